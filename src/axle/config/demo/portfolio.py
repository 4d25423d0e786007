"""A seasoned book of any size: applications in every state, loans of the last thirty months.

Every case has its own person, car and dealer; from ``STORIES`` loans on, amounts, dates and payments come round
again, so that a large book loads in minutes.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from axle.accounting.public import DocumentDraft, ManualVoucher, events_import, voucher_create
from axle.amortization.public import Rules, Terms
from axle.config.demo.aftercare import claim_pools, lien_releases, receipt_file, refunds, unmatched_money
from axle.config.demo.banks import bank_statement
from axle.config.demo.cases import DAYS_BACK, OTHERS_PER_LOAN, SEED, Case, cases_drawn
from axle.config.demo.decided import Month
from axle.config.demo.identifiers import bank_account
from axle.config.demo.inspections import standings_and_inspections, write_off_evidence
from axle.config.demo.institution import BUSINESS_ON, Place
from axle.config.demo.live import loan_changes, open_cases, photo
from axle.config.demo.mailbox import report_schedules
from axle.config.demo.payers import Habit, history
from axle.decisioning.public import DecisionDraft
from axle.kernel.money import Fen, yuan
from axle.ledger.events import MoneyEvent
from axle.ledger.public import LineDraft
from axle.monitoring.public import day_refill
from axle.origination.public import ImportedCase, TakenCase, cases_import
from axle.party.public import ImportedCustomer, customers_import
from axle.payments.public import PayeeAccount, SettledPayout, settled_payouts_import
from axle.platform.public import Actor, Subject, constraints_check, file_save, next_nos
from axle.product.public import loan_rules, loan_terms
from axle.servicing.public import (
    ImportedLoan,
    ImportedReceipt,
    LoanOpening,
    arrears_keep,
    loans_import,
    loans_paid_up,
    portfolio_backfill,
)
from axle.vehicle.public import ImportedVehicle, VehicleData, vehicles_import

CHUNK = 2000
LEAST_CAPITAL = 1_000_000_000_00
CAPITAL_PER_LOAN = 150_000_00
"""Paid-in capital in fen: the least that an auto-finance company must have, and enough for every loan."""
_DECISIONS = {"declined": "decline", "in_review": "refer", "draft": "none", "withdrawn": "none"}
_ENDED = ("draft", "declined", "withdrawn", "contracted", "disbursed")
"""States in which nobody is asked about the applicant any more, or not yet."""


class Agreements:
    """Terms and rules of cases, with each product version read once."""

    def __init__(self) -> None:
        self._models: dict[int, Terms] = {}
        self._rules: dict[tuple[int, Decimal], Rules] = {}

    def of(self, case: Case) -> tuple[Terms, Rules]:
        """What one case agreed to."""
        version_id = case.product[0]
        if version_id not in self._models:
            self._models[version_id] = loan_terms(version_id=version_id, **_wish(case))
        if (version_id, case.annual_rate) not in self._rules:
            rules = loan_rules(version_id=version_id, annual_rate=case.annual_rate)
            self._rules[version_id, case.annual_rate] = rules
        return replace(self._models[version_id], **_wish(case)), self._rules[version_id, case.annual_rate]


def _wish(case: Case) -> dict[str, Any]:
    return {
        "principal": case.principal,
        "annual_rate": case.annual_rate,
        "periods": case.periods,
        "method": case.method,
        "start_on": case.start_on,
        "due_day": min(case.start_on.day, 28),
    }


def _customers(cases: Sequence[Case], place: Place) -> list[int]:
    numbers = next_nos("CU", on=BUSINESS_ON, count=len(cases))
    return customers_import(
        [
            ImportedCustomer(
                number,
                case.person.data,
                place.departments[case.department],
                place.managers[case.department],
                case.dealer_id,
            )
            for number, case in zip(numbers, cases, strict=True)
        ]
    )


def _vehicle(case: Case) -> VehicleData:
    return VehicleData(
        vin=case.vin,
        trim_id=case.trim.id,
        is_new=case.is_new,
        use="private",
        price=case.price,
        first_registered_on=None if case.is_new else date(case.trim.model_year, 6, 1),
        mileage_km=None if case.is_new else 20_000 + case.price % 50_000,
    )


def _vehicles(cases: Sequence[Case], place: Place) -> list[int]:
    return vehicles_import(
        [
            ImportedVehicle(
                _vehicle(case), place.departments[case.department], place.managers[case.department], case.dealer_id
            )
            for case in cases
        ]
    )


def _form(case: Case) -> dict[str, Any]:
    """The form as the dealer would have typed it."""
    data = case.person.data
    customer = {"name": data.name, "id_no": data.id_no, "phone": data.phone, "region_code": data.region_code}
    vehicle = {"trim_id": case.trim.id, "vin": case.vin, "kind": "new" if case.is_new else "used"}
    loan = {"product_version_id": case.product[0], "amount": yuan(case.principal), "periods": case.periods}
    return {
        "dealer_id": case.dealer_id,
        "customer": customer,
        "vehicle": vehicle | {"price": yuan(case.price)},
        "loan": loan | {"method": case.method, "annual_rate": str(case.annual_rate)},
    }


def _imported(
    case: Case,
    place: Place,
    customer_id: int,
    vehicle_id: int,
    agreed: tuple[Terms, Rules],
    draft: DecisionDraft | None,
) -> ImportedCase:
    data, trim = case.person.data, case.trim
    return ImportedCase(
        legal_entity_id=place.entity_id,
        department_id=place.departments[case.department],
        owner_id=place.managers[case.department],
        dealer_id=case.dealer_id,
        customer_id=customer_id,
        vehicle_id=vehicle_id,
        product_version_id=case.product[0],
        product_code=case.product[1],
        applicant_name=data.name,
        id_no=data.id_no,
        phone=data.phone,
        vin=case.vin,
        vehicle_title=f"{trim.make} {trim.series} {trim.model_year}款 {trim.name}",
        vehicle_price=case.price,
        down_payment=Fen(case.price - case.principal),
        principal=case.principal,
        annual_rate=case.annual_rate,
        periods=case.periods,
        method=case.method,
        terms=agreed[0],
        rules=agreed[1],
        state=case.state,
        submitted_on=case.applied_on,
        decision=draft.outcome if draft else _DECISIONS.get(case.state, "approve"),
        score=draft.score if draft else None,
        source="dealer",
        consent_reference="" if case.state in _ENDED else f"XY-{case.vin}",
        form=_form(case),
    )


Opened = tuple[Case, TakenCase, int, int, tuple[Terms, Rules]]
Paid = tuple[tuple[Fen, date], ...]


class Histories:
    """How each loan was paid; loans that agreed the same on the same day were paid the same."""

    def __init__(self) -> None:
        self._draw = random.Random(SEED + 1)
        self._known: dict[Terms, tuple[Paid, date | None]] = {}

    def of(self, terms: Terms, rules: Rules) -> tuple[Paid, date | None]:
        """The receipts before the business date, and the day of an early payoff if there was one."""
        if terms not in self._known:
            habit = Habit.drawn(self._draw)
            self._known[terms] = history(self._draw, habit, terms, rules, until=BUSINESS_ON)
        return self._known[terms]


def book_load(
    actor: Actor, place: Place, *, loans: int, tell: Callable[[str], None], month: Month | None = None
) -> None:
    """Load the book: customers, cars, cases, loans with their receipts, and the entries behind them; with a ``month``
    also what was decided in it."""
    _capital_pay_in(actor, place, loans)
    events_import(_events(actor, place, loans, tell, month))
    if month:
        month.close()
    constraints_check()
    portfolio_backfill([BUSINESS_ON.replace(day=1) - timedelta(days=1 + 30 * back) for back in range(DAYS_BACK // 30)])


def live_load(actor: Actor, place: Place) -> None:
    """Let people begin to work on the book."""
    open_cases(place)
    loan_changes()
    unmatched_money(place)
    refunds(place, loans_paid_up(actor, 9)[6:])
    receipt_file(place, loans_paid_up(actor, 12)[9:])
    lien_releases()
    claim_pools(place)
    bank_statement(actor, place)
    report_schedules()
    arrears_keep(BUSINESS_ON - timedelta(days=1))
    standings_and_inspections()
    write_off_evidence()


def month_end_keep() -> None:
    """Keep the arrears and the vintages of the last month's end as well, so that there are two days to compare."""
    month_end = BUSINESS_ON.replace(day=1) - timedelta(days=1)
    arrears_keep(month_end)
    day_refill(month_end)


def _capital_pay_in(actor: Actor, place: Place, loans: int) -> None:
    """The owners' money, which the loans are paid out of; more of it for a larger book."""
    capital = Fen(max(LEAST_CAPITAL, loans * CAPITAL_PER_LOAN))
    held = {"bank_account": str(place.bank_account_id), "cash_flow": "capital_received"}
    paid_in = ManualVoucher(
        legal_entity_id=place.entity_id,
        booked_on=BUSINESS_ON - timedelta(days=DAYS_BACK),
        summary="股东投入注册资本",
        lines=[LineDraft("1002", debit=capital, dimensions=held), LineDraft("4001", credit=capital)],
        documents=[
            DocumentDraft(file_save(content=photo(random.Random(place)), name=f"{name}.jpg", actor=actor).pk, name)
            for place, name in enumerate(("验资报告", "银行进账单"))
        ],
    )
    voucher_create(actor=actor, checker=actor, draft=paid_in)


def _events(
    actor: Actor, place: Place, loans: int, tell: Callable[[str], None], month: Month | None
) -> Iterator[MoneyEvent]:
    """Load the book in chunks; gives what the books must be told of each."""
    agreements, histories = Agreements(), Histories()
    cases, count = cases_drawn(place, loans), 0
    while chunk := list(islice(cases, CHUNK)):
        opened = cases_open(actor, place, chunk, [agreements.of(case) for case in chunk], month)
        taken = list(_loans(opened, place, histories))
        yield from loans_import(actor=actor, loans=taken, business_on=BUSINESS_ON)
        constraints_check()
        count += len(chunk)
        tell(f"{count} of {int(loans * (1 + OTHERS_PER_LOAN))} applications with their loans")


def cases_open(
    actor: Actor,
    place: Place,
    cases: Sequence[Case],
    agreed: Sequence[tuple[Terms, Rules]],
    month: Month | None = None,
) -> list[Opened]:
    """Keep people, cars, cases and what was paid out for them; gives those of the cases that have a contract."""
    people, cars = _customers(cases, place), _vehicles(cases, place)
    drafts = [month.draft(case, terms) if month else None for case, (terms, _rules) in zip(cases, agreed, strict=True)]
    joined = zip(cases, people, cars, agreed, drafts, strict=True)
    imported = cases_import([_imported(case, place, who, car, terms, draft) for case, who, car, terms, draft in joined])
    if month:
        month.keep(list(zip(cases, imported, drafts, strict=True)))
    opened = [case for case in zip(cases, imported, people, cars, agreed, strict=True) if case[1].contract_id]
    if opened:
        settled_payouts_import(actor=actor, payouts=list(_payouts(opened, place)))
    return opened


def opening_of(opened: Opened, place: Place) -> LoanOpening:
    """What the loan of an opened case stands on."""
    case, taken, customer_id, vehicle_id, _agreed = opened
    return LoanOpening(
        contract_id=taken.contract_id or 0,
        contract_no=taken.contract_no,
        legal_entity_id=place.entity_id,
        department_id=place.departments[case.department],
        owner_id=place.managers[case.department],
        dealer_id=case.dealer_id,
        customer_id=customer_id,
        vehicle_id=vehicle_id,
        product_version_id=case.product[0],
        product_code=case.product[1],
        bank_account_id=place.bank_account_id,
    )


def _loans(opened: Sequence[Opened], place: Place, histories: Histories) -> Iterator[ImportedLoan]:
    for one in opened:
        terms, rules = one[4]
        paid, payoff_on = histories.of(terms, rules)
        receipts = tuple(ImportedReceipt(amount, on, one[0].person.name) for amount, on in paid)
        yield ImportedLoan(opening_of(one, place), terms, rules, receipts, payoff_on)


def _payouts(opened: Sequence[Opened], place: Place) -> Iterator[SettledPayout]:
    numbers = next_nos("PO", on=BUSINESS_ON, count=len(opened))
    for number, (case, taken, *_rest) in zip(numbers, opened, strict=True):
        yield SettledPayout(
            order_no=number,
            legal_entity_id=place.entity_id,
            department_id=place.departments[case.department],
            owner_id=place.managers[case.department],
            bank_account_id=place.bank_account_id,
            amount=case.principal,
            payee=PayeeAccount("演示经销商", "沙箱银行", bank_account(100 + case.dealer_id)),
            purpose="购车款",
            ref=Subject("application", taken.application_id),
            value_on=case.start_on,
            bank_serial=f"DEMO{number}",
        )
