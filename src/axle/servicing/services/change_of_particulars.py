"""Changes of what is known about a loan's car, card, guarantor and debtor's person; no money moves."""

from datetime import date
from typing import Any

from axle.kernel.errors import InvalidIdentifier
from axle.kernel.identifiers import is_mobile, is_resident_id
from axle.origination.public import guarantor_keep
from axle.party.public import (
    bank_card_default,
    bank_card_restore,
    bank_card_switch,
    bank_card_switch_check,
    bank_name_of,
    customer_contact,
    customer_particulars,
    customer_particulars_change,
)
from axle.platform.public import Actor, mask
from axle.servicing.errors import ChangeNotDifferent, ChangeOvertaken, GuarantorIsDebtor, GuarantorUnknown
from axle.servicing.models import Loan, LoanChange, LoanGuarantor
from axle.servicing.services.change_work import Outcome
from axle.vehicle.public import vehicle_get, vehicle_plate_change

_MASKS = {"phone": "phone", "residence_address": "address", "name": "", "employer": "", "region_code": ""}


class PlateWork:
    """The plate of the car that stands behind the loan (车牌变更); its mortgage is registered anew by hand."""

    def tried(self, loan: Loan, change: LoanChange, on: date) -> Outcome:
        before = vehicle_get(loan.vehicle_id).plate_no
        if before == change.asked["plate_no"]:
            raise ChangeNotDifferent(field="plate_no")
        return Outcome({"plate_no": before}, {"plate_no": change.asked["plate_no"]})

    def executed(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> Outcome:
        outcome = self.tried(loan, change, on)
        vehicle_plate_change(vehicle_id=loan.vehicle_id, plate_no=outcome.after["plate_no"])
        return outcome

    def taken_back(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> None:
        before, after = change.before or {}, change.after or {}
        if vehicle_get(loan.vehicle_id).plate_no != after["plate_no"]:
            raise ChangeOvertaken()
        vehicle_plate_change(vehicle_id=loan.vehicle_id, plate_no=before["plate_no"])


class ParticularsWork:
    """Name, phone, address and employer of the debtor (客户信息变更)."""

    def tried(self, loan: Loan, change: LoanChange, on: date) -> Outcome:
        asked, known = _private(change)["asked"], customer_particulars(loan.customer_id)
        differing = {name: value for name, value in asked.items() if value != known[name]}
        if not differing:
            raise ChangeNotDifferent()
        return Outcome(_shown({name: known[name] for name in differing}), _shown(differing))

    def executed(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> Outcome:
        outcome, asked = self.tried(loan, change, on), _private(change)["asked"]
        before = customer_particulars_change(customer_id=loan.customer_id, values=asked)
        change.private = {"asked": asked, "before": before}
        return outcome

    def taken_back(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> None:
        kept, known = _private(change), customer_particulars(loan.customer_id)
        if any(known[name] != value for name, value in kept["asked"].items()):
            raise ChangeOvertaken()
        customer_particulars_change(customer_id=loan.customer_id, values=kept["before"])


class BankCardWork:
    """The card from which the debtor repays (换卡); the old one is suspended."""

    def tried(self, loan: Loan, change: LoanChange, on: date) -> Outcome:
        asked = _private(change)["asked"]
        bank_card_switch_check(customer_id=loan.customer_id, **asked)
        old = bank_card_default(loan.customer_id)
        number, bank = (old.card_no_masked, old.bank_name) if old else ("", "")
        new_bank = bank_name_of(asked["card_no"]) or asked["bank_name"]
        after = {"card_no": mask(asked["card_no"], "card"), "bank_name": new_bank}
        return Outcome({"card_no": number, "bank_name": bank}, after)

    def executed(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> Outcome:
        outcome, asked = self.tried(loan, change, on), _private(change)["asked"]
        old_id, new_id = bank_card_switch(customer_id=loan.customer_id, **asked)
        change.private = {"asked": asked, "old_card_id": old_id, "new_card_id": new_id}
        return outcome

    def taken_back(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> None:
        kept = _private(change)
        is_restored = bank_card_restore(
            customer_id=loan.customer_id, old_card_id=kept["old_card_id"], new_card_id=kept["new_card_id"]
        )
        if not is_restored:
            raise ChangeOvertaken()


class GuarantorWork:
    """Another guarantor, a first one, or none any more (保证人变更)."""

    def tried(self, loan: Loan, change: LoanChange, on: date) -> Outcome:
        asked, present = _private(change)["asked"], _guarantor(loan)
        if not asked:
            if present is None:
                raise GuarantorUnknown()
            return Outcome(_named(present.name, present.id_no, present.phone), _named("", "", ""))
        if not is_resident_id(asked["id_no"]):
            raise InvalidIdentifier(field="id_no", kind="resident_id")
        if not is_mobile(asked["phone"]):
            raise InvalidIdentifier(field="phone", kind="mobile")
        if asked["id_no"] == customer_contact(loan.customer_id).id_no:
            raise GuarantorIsDebtor(field="id_no")
        if present and (present.name, present.id_no, present.phone) == tuple(asked.values()):
            raise ChangeNotDifferent(field="id_no")
        before = _named(present.name, present.id_no, present.phone) if present else _named("", "", "")
        return Outcome(before, _named(asked["name"], asked["id_no"], asked["phone"]))

    def executed(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> Outcome:
        outcome, asked, present = self.tried(loan, change, on), _private(change)["asked"], _guarantor(loan)
        if present:
            present.until = on
            present.save()
        made = LoanGuarantor.objects.create(loan=loan, since=on, **asked) if asked else None
        if made:
            guarantor_keep(contract_id=loan.contract_id, name=made.name, id_no=made.id_no, on=on)
        change.private = {"asked": asked, "old_id": present and present.pk, "new_id": made and made.pk}
        return outcome

    def taken_back(self, actor: Actor, loan: Loan, change: LoanChange, on: date) -> None:
        kept, present = _private(change), _guarantor(loan)
        if (present and present.pk) != kept["new_id"]:
            raise ChangeOvertaken()
        if present:
            present.until = on
            present.save()
        LoanGuarantor.objects.filter(pk=kept["old_id"]).update(until=None)


def _guarantor(loan: Loan) -> LoanGuarantor | None:
    return loan.guarantors.select_for_update().filter(until=None).first()


def _private(change: LoanChange) -> dict[str, Any]:
    assert change.private is not None  # such a change is asked for with what nobody else may read
    return dict(change.private)


def _named(name: str, id_no: str | None, phone: str | None) -> dict[str, str]:
    return {
        "guarantor_name": name,
        "guarantor_id_no": mask(id_no, "id_no") if id_no else "",
        "guarantor_phone": mask(phone, "phone") if phone else "",
    }


def _shown(values: dict[str, str]) -> dict[str, str]:
    return {name: mask(value, _MASKS[name]) if _MASKS[name] and value else value for name, value in values.items()}
