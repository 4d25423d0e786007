"""From a report to its figures, all counted back from the day on which the report was made."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from axle.kernel.money import Fen
from axle.kernel.rounding import half_up, round_rate
from axle.sources.domain.pboc.figures import CreditFigures, Reached
from axle.sources.domain.pboc.report import HARD_REASONS, RECOVERY, Account, MonthCell, PbocReport

_CAR_BUSINESS = frozenset({"21", "92"})
_UNSECURED = "4"
_LENDERS = {"micro": {"25", "51"}, "consumer": {"24"}, "car": {"23"}, "lessor": {"22"}}
"""Kinds of institutions: 贷款公司 and 小额贷款公司, 消费金融公司, 汽车金融公司, 融资租赁公司."""
_WRITTEN_OFF = {"B": 7, "G": 7, "D": 3, "Z": 3}
"""Letters that stand for arrears, as the number of terms behind that they are taken for."""
_DISPOSED, _PAID_BY_GUARANTOR, _EXTENDED = {"3", "12", "13"}, {"2"}, {"1", "11", "16"}
_BUSINESS_OF_RECOVERY = {"A1": "disposed", "B1": "compensated"}
CARD_DUE_PERCENT = 10
"""What a used card asks for in a month where the report does not say."""


@dataclass(frozen=True)
class Told:
    """What the applicant says of themselves, to be found in the report."""

    id_no: str
    phone: str = ""
    employer: str = ""
    address: str = ""


def credit_figures(report: PbocReport, told: Told, *, on: date) -> CreditFigures:
    """Everything that is derived; ``on`` is the day of the application."""
    accounts = [account for account in report.accounts if account.kind != RECOVERY]
    figures: dict[str, Any] = {
        "report_age_days": (on - report.reported_on).days,
        "is_white": not report.accounts,
        "score": report.score,
        "score_position": report.score_position,
        **_history(report, accounts),
        **_debts(report, accounts),
        **_habit(report, accounts),
        **_disposals(report),
        **_searches(report),
        **_person(report, told),
    }
    bad = ("bad_debt_accounts", "asset_disposals", "guarantor_paid", "court_recoveries", "stopped_accounts")
    return CreditFigures(**figures, has_bad_status=any(figures[name] for name in bad))


def _months(since: date, until: date) -> int:
    """Calendar months from one day to another, whatever the days."""
    return (until.year - since.year) * 12 + until.month - since.month


def _sum(amounts: Iterable[Fen | None]) -> Fen:
    return Fen(sum(amount for amount in amounts if amount is not None))


def _rate(part: int, whole: int) -> Decimal | None:
    return round_rate(Decimal(part) / whole, 4) if whole > 0 else None


def _behind(cell: MonthCell) -> int:
    """How many terms behind a month was."""
    return int(cell.status) if cell.status.isdigit() else _WRITTEN_OFF.get(cell.status, 0)


def _history(report: PbocReport, accounts: Sequence[Account]) -> dict[str, Any]:
    def oldest(days: Iterable[date | None]) -> int | None:
        known = [day for day in days if day is not None]
        return _months(min(known), report.reported_on) if known else None

    return {
        "months_since_first_account": oldest(account.opened_on for account in accounts),
        "months_since_first_loan": oldest(account.opened_on for account in accounts if account.is_loan),
        "months_since_first_card": oldest(account.opened_on for account in accounts if account.is_card),
        "months_since_first_housing_loan": oldest([report.first_housing_loan]),
    }


def _debts(report: PbocReport, accounts: Sequence[Account]) -> dict[str, Any]:
    living = [account for account in accounts if account.is_open]
    loans = [account for account in living if account.is_loan]
    cards = [account for account in living if account.is_card]
    cars = [account for account in loans if account.business in _CAR_BUSINESS]
    balance, used, limit = (
        _sum(loan.balance for loan in loans),
        _sum(card.used if card.used is not None else card.balance for card in cards),
        _sum(card.limit for card in cards),
    )
    rates = [rate for card in cards if (rate := _rate(card.used or 0, card.limit or 0)) is not None]
    dues = [_due(account) for account in living]
    return {
        "open_accounts": len(living),
        "open_loans": len(loans),
        "open_cards": len(cards),
        "loan_institutions": len({_lender(loan) for loan in loans}),
        "card_institutions": len({_lender(card) for card in cards}),
        "open_car_loans": len(cars),
        **{f"{kind}_loans": sum(loan.institution_kind in codes for loan in loans) for kind, codes in _LENDERS.items()},
        "overdue_car_loans": sum(1 for car in cars if car.overdue),
        "debt_fen": Fen(balance + used),
        "loan_balance_fen": balance,
        "loan_balance_rate": _rate(balance, _sum(loan.amount or loan.limit for loan in loans)),
        "unsecured_debt_fen": Fen(used + _sum(loan.balance for loan in loans if loan.guarantee == _UNSECURED)),
        "card_limit_fen": limit,
        "card_used_fen": used,
        "card_use_rate": _rate(used, limit),
        "card_use_rate_max": max(rates, default=None),
        "institutions_using_70": _using(cards, 70),
        "institutions_using_80": _using(cards, 80),
        "monthly_due_fen": _sum(dues),
        "loans_without_due": sum(due is None for due in dues),
        "duty_fen": _sum(duty.balance for duty in report.duties),
        "duty_overdue": sum(1 for duty in report.duties if duty.overdue_months or duty.tier in {"3", "4", "5", "6"}),
    }


def _due(account: Account) -> Fen | None:
    """What an open account asks for in a month: as reported, or the balance over the terms to come; of a card a part
    of what is used. None of a loan when the report tells neither."""
    if account.due is not None:
        return account.due
    if account.is_card:
        return Fen(half_up((account.used or 0) * CARD_DUE_PERCENT, 100))
    if not account.balance:
        return Fen(0)
    return Fen(half_up(account.balance, account.months_left)) if account.months_left else None


def _lender(account: Account) -> str:
    """The institution; one that the report does not name counts by its kind."""
    return account.institution or f"kind {account.institution_kind}"


def _using(cards: Sequence[Account], percent: int) -> int:
    used: dict[str, int] = defaultdict(int)
    limits: dict[str, int] = defaultdict(int)
    for card in cards:
        used[_lender(card)] += card.used or 0
        limits[_lender(card)] += card.limit or 0
    return sum(1 for lender, limit in limits.items() if used[lender] * 100 > limit * percent)


def _habit(report: PbocReport, accounts: Sequence[Account]) -> dict[str, Any]:
    has_any = bool(accounts)
    late = [
        (account, _months(cell.month, report.reported_on), _behind(cell))
        for account in accounts
        for cell in {cell.month: cell for cell in (*account.cells, *account.last_24)}.values()
        if _behind(cell)
    ]
    late_24 = [(account, _behind(cell)) for account in accounts for cell in account.last_24 if _behind(cell)]

    def within(months: int) -> int:
        return len({id(account) for account, age, _ in late if age <= months})

    peaks: dict[date, int] = defaultdict(int)
    for account in accounts:
        for cell in account.cells:
            peaks[cell.month] += cell.overdue or 0
    overdue = [account.overdue for account in accounts if account.overdue]
    return {
        "status_24m": _status_string(report, accounts),
        "worst_status_24m": max((behind for _, behind in late_24), default=0) if has_any else None,
        "worst_status_60m": max((behind for *_, behind in late), default=0) if has_any else None,
        "overdue_months_24m": len(late_24) if has_any else None,
        "overdue_months_60m": len(late) if has_any else None,
        "overdue_peak_60m_fen": Fen(max(peaks.values(), default=0)) if has_any else None,
        "accounts_overdue_3m": within(3),
        "accounts_overdue_6m": within(6),
        "accounts_overdue_12m": within(12),
        "accounts_overdue_24m": within(24),
        "accounts_m3_plus": len({id(account) for account, _, behind in late if behind >= 3}),
        "months_since_overdue": min((age for _, age, _ in late), default=None),
        "overdue_now_fen": _sum(overdue),
        "accounts_overdue_now": len(overdue),
        "worst_tier": max((account.tier for account in accounts if account.tier not in {"", "9"}), default=""),
        "clean_cards_6m": _clean_cards(report, accounts, 6),
        "clean_cards_12m": _clean_cards(report, accounts, 12),
    }


def _status_string(report: PbocReport, accounts: Sequence[Account]) -> str:
    """Each of the 24 months before the report by its worst account; ``/`` where no account was open."""
    worst: dict[int, str] = {}
    for account in accounts:
        for cell in account.last_24:
            age = _months(cell.month, report.reported_on)
            if age not in worst or _weight(cell.status) > _weight(worst[age]):
                worst[age] = cell.status
    return "".join(worst.get(age, "/") for age in range(24, 0, -1)) if accounts else ""


def _weight(status: str) -> tuple[int, bool]:
    return _behind(MonthCell(date.min, status)), status in {"N", "M"}


def _clean_cards(report: PbocReport, accounts: Sequence[Account], months: int) -> int:
    return sum(
        1
        for card in accounts
        if card.is_card
        and card.opened_on is not None
        and _months(card.opened_on, report.reported_on) >= months
        and not any(_behind(cell) for cell in (*card.cells, *card.last_24))
    )


def _disposals(report: PbocReport) -> dict[str, Any]:
    kinds = [_BUSINESS_OF_RECOVERY.get(account.business) for account in report.accounts if account.kind == RECOVERY]
    accounts = report.accounts

    def marked(events: set[str], letter: str = "") -> int:
        return sum(
            1
            for account in accounts
            if events & set(account.events) or (letter and any(cell.status == letter for cell in account.last_24))
        )

    def enforced(months: int) -> int:
        ages = [_months(row.filed_on, report.reported_on) for row in report.enforcements if row.filed_on]
        return sum(age <= months for age in ages)

    return {
        "bad_debt_accounts": sum(account.is_bad_debt for account in accounts),
        "asset_disposals": kinds.count("disposed") + marked(_DISPOSED, "Z"),
        "guarantor_paid": kinds.count("compensated") + marked(_PAID_BY_GUARANTOR, "D"),
        "court_recoveries": sum(account.is_recovered_by_court for account in accounts) + marked({"8"}),
        "stopped_accounts": sum(account.is_stopped for account in accounts),
        "extensions": marked(_EXTENDED),
        "enforcements_12m": enforced(12),
        "enforcements_24m": enforced(24),
        "enforcement_fen": _sum(row.amount for row in report.enforcements),
        "judgments_24m": sum(1 for day in report.judgments if day and _months(day, report.reported_on) <= 24),
        "telecom_arrears_fen": _sum(report.telecom_arrears),
        "tax_arrears_fen": _sum(report.tax_arrears),
        "penalties": len(report.penalties),
        "penalties_fen": _sum(row.amount for row in report.penalties),
    }


def _searches(report: PbocReport) -> dict[str, Any]:
    hard = [search for search in report.searches if search.reason in HARD_REASONS]
    ages = {
        (search.institution, search.reason, search.on.year, search.on.month): (report.reported_on - search.on).days
        for search in sorted(hard, key=lambda search: search.on)
    }

    def count(months: int) -> int:
        return sum(age <= months * 30 for age in ages.values())

    def institutions(months: int) -> int:
        return len({key[0] for key, age in ages.items() if age <= months * 30})

    def last(reason: str) -> int | None:
        days = [search.on for search in hard if HARD_REASONS[search.reason] == reason]
        return _months(max(days), report.reported_on) if days else None

    return {
        **{f"searches_{months}m": count(months) for months in (1, 2, 3, 6, 12)},
        **{f"searchers_{months}m": institutions(months) for months in (1, 3, 6, 12)},
        "months_since_loan_search": last("loan"),
        "months_since_card_search": last("card"),
        "months_since_guarantee_search": last("guarantee"),
    }


def _person(report: PbocReport, told: Told) -> dict[str, Any]:
    paying = [fund.monthly for fund in report.housing_funds if fund.status == "1" and fund.monthly is not None]
    recent = [day for _, day in report.addresses if day and _months(day, report.reported_on) <= 24]
    return {
        "fraud_alerts": report.fraud_alerts,
        "dissents": report.dissents,
        "statements": report.statements,
        "marital": report.marital,
        "id_is_same": report.id_no == told.id_no.upper(),
        "phone": _reached(told.phone, report.phones),
        "employer": _reached(told.employer, report.employers),
        "address": _reached(told.address, [address for address, _ in report.addresses]),
        "addresses_24m": len(recent),
        "housing_fund_fen": _sum(paying) if paying else None,
    }


def _reached(said: str, shown: Sequence[str]) -> Reached:
    """Whether one of the texts contains what was said, or is contained in it."""
    if not said or not shown:
        return "unknown"
    return "match" if any(said in text or text in said for text in shown if text) else "differ"
