"""The guarantor as a person who signs on the phone, like the debtor.

Source: REG-CIVIL-695 (a change that makes the debt heavier binds only a guarantor who agreed in writing).
"""

from axle.party.public import customer_ensure
from axle.platform.public import Actor, parameter_value
from axle.servicing.models import ChangeKind, Loan, LoanChange
from axle.servicing.parameters import GUARANTOR_SIGNED_KINDS

GUARANTOR = "guarantor"


def guarantor_to_sign(actor: Actor, loan: Loan, change: LoanChange) -> int | None:
    """The customer who signs a change as the guarantor; None where nobody does.

    Of a change of the guarantor it is the new one. Errors: those of ``party.public.customer_ensure``.
    """
    if change.kind not in parameter_value(GUARANTOR_SIGNED_KINDS.code, legal_entity_id=loan.legal_entity_id):
        return None
    if change.kind == ChangeKind.GUARANTOR_CHANGE:
        asked = (change.private or {}).get("asked")
        return _customer(actor, loan, **asked) if asked else None
    present = loan.guarantors.select_for_update().filter(until=None).first()
    if present is None:
        return None
    if present.customer_id is None:
        present.customer_id = _customer(actor, loan, present.name, present.id_no, present.phone)
        present.save()
    return present.customer_id


def _customer(actor: Actor, loan: Loan, name: str, id_no: str, phone: str) -> int:
    return customer_ensure(
        actor=actor, name=name, id_no=id_no, phone=phone, department_id=loan.department_id, owner_id=loan.owner_id
    )
