"""Keeping decided rows of a book: people, vehicles, applications, and loans for those that are booked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from axle.accounting.public import events_import
from axle.config.intake.book_case import BookProduct
from axle.config.intake.book_row import BookRow
from axle.config.intake.obligors import Obligor
from axle.config.intake.place import BookPlace
from axle.config.intake.vehicles import book_vehicles, title_of
from axle.decisioning.public import DecisionDraft
from axle.kernel.money import Fen
from axle.origination.public import ApplicationForm, ImportedCase, TakenCase, cases_import
from axle.party.public import CustomerData, ImportedCustomer, customers_import
from axle.payments.public import PayeeAccount, SettledPayout, settled_payouts_import
from axle.platform.public import Ctx, Subject, next_nos
from axle.product.public import rules_under
from axle.servicing.public import ImportedLoan, LoanOpening, loans_import

_STATES = {"approve": "approved", "refer": "in_review", "decline": "declined"}
_BOOKED = "disbursed"


@dataclass(frozen=True)
class DecidedRow:
    """A row with who stands for its obligor and what the strategy said."""

    row: BookRow
    person: Obligor
    decision: DecisionDraft
    is_booked: bool

    @property
    def state(self) -> str:
        """The state that the application begins in."""
        return _BOOKED if self.is_booked else _STATES[self.decision.outcome]


@dataclass(frozen=True)
class _Kept:
    """A row's customer, vehicle and application."""

    decided: DecidedRow
    customer_id: int
    vehicle_id: int
    case: ImportedCase
    taken: TakenCase


def rows_keep(
    ctx: Ctx, rows: Sequence[DecidedRow], *, place: BookPlace, product: BookProduct, mapping: str
) -> list[TakenCase]:
    """Keep the rows set-based; gives their applications and contracts in the same order."""
    people = _customers(ctx, rows, place)
    vehicles = book_vehicles([one.row for one in rows], [one.person for one in rows], place.department_id)
    cases = [_case(ctx, *parts, place=place, product=product) for parts in zip(rows, people, vehicles, strict=True)]
    taken = cases_import(cases, made_by=mapping)
    kept = [_Kept(*parts) for parts in zip(rows, people, vehicles, cases, taken, strict=True)]
    loans = list(_loans(kept, place))
    if loans:
        settled_payouts_import(actor=ctx.actor, payouts=_payouts(ctx, kept, place))
        events_import(loans_import(actor=ctx.actor, loans=loans, business_on=ctx.business_on))
    return taken


def _customers(ctx: Ctx, rows: Sequence[DecidedRow], place: BookPlace) -> list[int]:
    numbers = next_nos("CU", on=ctx.business_on, count=len(rows))
    return customers_import(
        [
            ImportedCustomer(number, _customer(one.person), place.department_id, None, None)
            for number, one in zip(numbers, rows, strict=True)
        ]
    )


def _customer(person: Obligor) -> CustomerData:
    return CustomerData(name=person.name, id_no=person.id_no, phone=person.phone)


def _case(
    ctx: Ctx,
    one: DecidedRow,
    customer_id: int,
    vehicle_id: int,
    *,
    place: BookPlace,
    product: BookProduct,
) -> ImportedCase:
    row, terms = one.row, product.terms(one.row, ctx.business_on)
    return ImportedCase(
        legal_entity_id=place.legal_entity_id,
        department_id=place.department_id,
        owner_id=None,
        dealer_id=None,
        customer_id=customer_id,
        vehicle_id=vehicle_id,
        product_version_id=place.product_version_id,
        product_code=product.version.code,
        applicant_name=one.person.name,
        id_no=one.person.id_no,
        phone=one.person.phone,
        vin=one.person.vin,
        vehicle_title=title_of(row),
        vehicle_price=row.vehicle_value,
        down_payment=_down_payment(row),
        principal=row.amount,
        annual_rate=row.annual_rate,
        periods=row.periods,
        method=terms.method,
        terms=terms,
        rules=rules_under(product.version.terms, annual_rate=row.annual_rate),
        state=one.state,
        submitted_on=ctx.business_on,
        decision=one.decision.outcome,
        score=one.decision.score,
        form=_form(one, place),
    )


def _down_payment(row: BookRow) -> Fen:
    """What the vehicle is worth above the amount; a loan above the value left none."""
    return Fen(max(row.vehicle_value - row.amount, 0))


def _form(one: DecidedRow, place: BookPlace) -> dict[str, Any]:
    """What the file says, as our form would; the rest is left out."""
    row = one.row
    form = ApplicationForm.model_validate(
        {
            "customer": {"name": one.person.name, "id_no": one.person.id_no, "phone": one.person.phone},
            "vehicle": {"vin": one.person.vin, "kind": row.vehicle_kind, "price": row.vehicle_value},
            "loan": {
                "product_version_id": place.product_version_id,
                "amount": row.amount,
                "periods": row.periods,
                "annual_rate": row.annual_rate,
            },
        }
    )
    return form.model_dump(mode="json")


def _loans(kept: Sequence[_Kept], place: BookPlace) -> Iterator[ImportedLoan]:
    for one in kept:
        if one.taken.contract_id is not None:
            yield ImportedLoan(_opening(one, one.taken.contract_id, place), one.case.terms, one.case.rules)


def _payouts(ctx: Ctx, kept: Sequence[_Kept], place: BookPlace) -> list[SettledPayout]:
    """The money of each booked loan, which left before this system knew it; to whom, the file does not say."""
    booked = [one for one in kept if one.taken.contract_id is not None]
    numbers = next_nos("PO", on=ctx.business_on, count=len(booked))
    return [_payout(one, number, place) for one, number in zip(booked, numbers, strict=True)]


def _payout(one: _Kept, number: str, place: BookPlace) -> SettledPayout:
    return SettledPayout(
        order_no=number,
        legal_entity_id=place.legal_entity_id,
        department_id=place.department_id,
        owner_id=None,
        bank_account_id=place.bank_account_id,
        amount=one.decided.row.amount,
        payee=PayeeAccount(one.decided.person.name, "", ""),
        purpose=one.taken.contract_no,
        ref=Subject("application", one.taken.application_id),
        value_on=one.case.terms.start_on,
        bank_serial="",
    )


def _opening(one: _Kept, contract_id: int, place: BookPlace) -> LoanOpening:
    return LoanOpening(
        contract_id=contract_id,
        contract_no=one.taken.contract_no,
        legal_entity_id=place.legal_entity_id,
        department_id=place.department_id,
        owner_id=None,
        dealer_id=None,
        customer_id=one.customer_id,
        vehicle_id=one.vehicle_id,
        product_version_id=place.product_version_id,
        product_code=one.case.product_code,
        bank_account_id=place.bank_account_id,
    )
