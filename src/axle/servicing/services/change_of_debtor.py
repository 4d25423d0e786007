"""Another person owes the loan (债务转让, 债务承担): with the creditor's and both debtors' consent.

Source: REG-CIVIL-551 (the creditor's consent), REG-CIVIL-553 (the new debtor may raise the old one's defences).
"""

from datetime import date

from axle.origination.public import contract_debtor_change
from axle.party.public import (
    WatchHit,
    bank_card_default,
    customer_get,
    customer_watched,
    watch_hits,
    watch_matches_keep,
    watch_status,
)
from axle.platform.public import Actor, Subject, publish
from axle.servicing.errors import ChangeOvertaken, NewDebtorListed, NewDebtorRefused, NewDebtorWithoutCard
from axle.servicing.events import DebtTransferred
from axle.servicing.models import Loan, LoanChange, LoanDebtor
from axle.servicing.services.change_work import Outcome

_ADULT = 18


class DebtorWork:
    """Loan and contract go over to the new debtor from a day on; what is owed stays as it is."""

    def tried(self, loan: Loan, change: LoanChange, on: date) -> Outcome:
        old, new = customer_get(loan.customer_id), customer_get(change.asked["customer_id"])
        if new.id == old.id or new.age < _ADULT:
            raise NewDebtorRefused(field="customer_id", name=new.name)
        hits = _hits(new.id, on)
        if watch_status(hits) == "black":
            raise NewDebtorListed(field="customer_id", name=new.name)
        if bank_card_default(new.id) is None:
            raise NewDebtorWithoutCard(field="customer_id", name=new.name)
        names = ("customer_no", "name", "id_no_masked")
        before, after = ({f"debtor_{name}": getattr(person, name) for name in names} for person in (old, new))
        before["debtor_watch_entries"] = ""
        after["debtor_watch_entries"] = "、".join(sorted({hit.entry_no for hit in hits}))
        return Outcome(before, after)

    def executed(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> Outcome:
        outcome = self.tried(loan, change, on)
        found_in = Subject("loan_change", change.pk)
        watch_matches_keep(_hits(change.asked["customer_id"], on), found_in=found_in, number=change.change_no, on=on)
        LoanDebtor.objects.create(loan=loan, customer_id=loan.customer_id, until=on, change=change)
        _debtor_set(loan, change.asked["customer_id"], on)
        return outcome

    def taken_back(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> None:
        former = change.left_debtor
        if loan.customer_id != change.asked["customer_id"] or loan.former_debtors.filter(pk__gt=former.pk).exists():
            raise ChangeOvertaken()
        _debtor_set(loan, former.customer_id, on)
        former.delete()


def _hits(customer_id: int, on: date) -> list[WatchHit]:
    return watch_hits(customer_watched(customer_id), on=on)


def _debtor_set(loan: Loan, customer_id: int, on: date) -> None:
    before = loan.customer_id
    loan.customer_id = customer_id
    loan.version += 1
    loan.save()
    contract_debtor_change(contract_id=loan.contract_id, customer_id=customer_id)
    publish(DebtTransferred(loan.pk, before, customer_id, on))
