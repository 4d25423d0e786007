"""The paper that the parties of a change sign: an addendum to the contract, or the transfer of the debt."""

from collections.abc import Sequence
from typing import Any

from axle.documents.public import DocumentView, document_render
from axle.kernel.money import Fen, yuan
from axle.party.public import customer_contact
from axle.platform.public import Actor, Subject, business_date
from axle.servicing.models import ChangeKind, Loan, LoanChange
from axle.servicing.services.change_effect import PLAN_KINDS, change_effect
from axle.servicing.services.guarantor_sign import GUARANTOR
from axle.servicing.services.loan_paper import paper_facts
from axle.servicing.services.loan_restate import life_of
from axle.servicing.services.paper_send import Signer

PLAN_LINES = ("annual_rate", "instalments_left", "next_due_on", "next_due", "matures_on", "total_to_come")
"""What a paper tells of a plan."""


def change_paper(actor: Actor, loan: Loan, change: LoanChange, signers: Sequence[Signer]) -> DocumentView:
    """Render the paper as a draft with a place for each party."""
    is_transfer = change.kind == ChangeKind.DEBT_TRANSFER
    return document_render(
        actor=actor,
        template="debt_transfer_agreement" if is_transfer else "loan_change_addendum",
        data=(_transfer if is_transfer else _addendum)(loan, change, signers),
        subject=Subject("loan_change", change.pk),
        legal_entity_id=loan.legal_entity_id,
        title=f"{'债务转让协议' if is_transfer else '合同变更补充协议'} {loan.contract_no}",
    )


def _addendum(loan: Loan, change: LoanChange, signers: Sequence[Signer]) -> dict[str, Any]:
    is_plan, before, after = change.kind in PLAN_KINDS, change.before or {}, change.after or {}
    return _common(loan, change) | {
        "change": change.kind,
        "borrower_signs": any(signer.role == "borrower" for signer in signers),
        "guarantor_name": _guarantor_name(signers),
        "fee": yuan(Fen(change.fee)),
        "before": plan_summary(before) if is_plan else None,
        "after": plan_summary(after) if is_plan else None,
        "agreed": _agreed_rows(loan, change),
        "values": [] if is_plan else [{"name": name, "before": before[name], "after": after[name]} for name in after],
    }


def _agreed_rows(loan: Loan, change: LoanChange) -> list[dict[str, Any]]:
    """Of a plan that is agreed one by one, the rows that the parties sign."""
    if not change.asked.get("rows"):
        return []
    effect = change_effect(loan, kind=change.kind, asked=change.asked, on=business_date())
    rows = [row for row in effect.after.schedule.instalments if row.due_on > effect.after.as_of]
    return [{"due_on": row.due_on.isoformat(), "principal": yuan(row.principal)} for row in rows]


def _transfer(loan: Loan, change: LoanChange, signers: Sequence[Signer]) -> dict[str, Any]:
    new, position = customer_contact(change.asked["customer_id"]), life_of(loan).position(business_date())
    return _common(loan, change) | {
        "guarantor_name": _guarantor_name(signers),
        "new_borrower_name": new.name,
        "new_borrower_id_no": new.id_no,
        "principal_balance": yuan(position.principal_balance),
        "instalments_left": len([row for row in position.schedule.instalments if row.due_on > position.as_of]),
        "matures_on": loan.matures_on.isoformat() if loan.matures_on else None,
    }


def _guarantor_name(signers: Sequence[Signer]) -> str | None:
    return next((customer_contact(signer.customer_id).name for signer in signers if signer.role == GUARANTOR), None)


def _common(loan: Loan, change: LoanChange) -> dict[str, Any]:
    effective_on = change.effective_on or business_date()
    return paper_facts(loan, number="paper_no", prefix="BC") | {
        "change_no": change.change_no,
        "effective_on": effective_on.isoformat(),
    }


def plan_summary(plan: dict[str, Any]) -> dict[str, Any]:
    """A kept plan as papers tell it."""
    return {name: plan[name] for name in PLAN_LINES}
