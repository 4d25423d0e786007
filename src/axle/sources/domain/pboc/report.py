"""The report as typed rows (二代个人信用报告). Codes are the bureau's own; comments give their Chinese names."""

from dataclasses import dataclass
from datetime import date

from axle.kernel.money import Fen
from axle.sources.domain.pboc.tree import Part, tree_of

LOAN_KINDS = frozenset({"D1", "R1", "R4"})
CARD_KINDS = frozenset({"R2", "R3"})
RECOVERY = "C1"
HARD_REASONS = {"02": "loan", "03": "card", "08": "guarantee"}
"""Why somebody asked: 贷款审批, 信用卡审批, 担保资格审查. Other reasons do not count as a search for credit."""

_CLOSED = {"D1": {"3", "5"}, "R1": {"3"}, "R4": {"3"}, "R2": {"4"}, "R3": {"4"}, "C1": {"2"}}
_BAD_DEBT = {"D1": "4", "R1": "4", "R4": "4", "R2": "5", "R3": "5"}
_STOPPED = {"R1": {"5"}, "R2": {"2", "3", "31"}, "R3": {"2", "3", "31"}}
JUDICIAL_RECOVERY = "8"


@dataclass(frozen=True)
class MonthCell:
    """One month of an account: the status letter or digit, and the overdue amount where the report gives one."""

    month: date
    status: str
    overdue: Fen | None = None


@dataclass(frozen=True)
class Account:
    """One account. ``amount`` of a loan, ``limit`` of a line or card; missing amounts are None, not zero.

    ``tier`` is the five-tier class, ``due`` what is to be paid this month, ``months_left`` the terms to come.
    ``cells`` are the last 60 months that the report shows, oldest first; ``last_24`` the last 24 of them.
    """

    kind: str
    institution: str
    institution_kind: str
    business: str
    guarantee: str
    opened_on: date | None
    amount: Fen | None
    limit: Fen | None
    status: str
    tier: str
    balance: Fen | None
    used: Fen | None
    due: Fen | None
    overdue: Fen | None
    months_left: int | None
    cells: tuple[MonthCell, ...]
    last_24: tuple[MonthCell, ...]
    events: tuple[str, ...]

    @property
    def is_loan(self) -> bool:
        return self.kind in LOAN_KINDS

    @property
    def is_card(self) -> bool:
        return self.kind in CARD_KINDS

    @property
    def is_open(self) -> bool:
        return self.status not in _CLOSED.get(self.kind, set())

    @property
    def is_bad_debt(self) -> bool:
        return self.status == _BAD_DEBT.get(self.kind) or any(cell.status == "B" for cell in self.last_24)

    @property
    def is_stopped(self) -> bool:
        """Frozen or stopped by the bank (冻结, 止付)."""
        return self.status in _STOPPED.get(self.kind, set())

    @property
    def is_recovered_by_court(self) -> bool:
        return self.kind != RECOVERY and self.status == JUDICIAL_RECOVERY


@dataclass(frozen=True)
class Duty:
    """A debt of somebody else for which this person answers (相关还款责任)."""

    kind: str
    amount: Fen | None
    balance: Fen | None
    tier: str
    overdue_months: int | None


@dataclass(frozen=True)
class Search:
    """Somebody asked for the report."""

    on: date
    institution: str
    reason: str


@dataclass(frozen=True)
class Enforcement:
    """An enforcement on record (强制执行记录)."""

    filed_on: date | None
    amount: Fen | None


@dataclass(frozen=True)
class Penalty:
    """An administrative penalty on record (行政处罚记录)."""

    from_on: date | None
    amount: Fen | None


@dataclass(frozen=True)
class HousingFund:
    """A housing fund membership (公积金参缴): ``status`` 1 paying, 2 dormant, 3 closed."""

    status: str
    monthly: Fen | None
    paid_until: date | None


@dataclass(frozen=True)
class PbocReport:
    """A whole report. ``phones``, ``addresses`` and ``employers`` are personal data: they never leave the parser's
    caller."""

    report_no: str
    reported_on: date
    id_no: str
    reason: str
    marital: str
    score: int | None
    score_position: int | None
    fraud_alerts: int
    dissents: int
    statements: int
    phones: tuple[str, ...]
    addresses: tuple[tuple[str, date | None], ...]
    employers: tuple[str, ...]
    accounts: tuple[Account, ...]
    duties: tuple[Duty, ...]
    searches: tuple[Search, ...]
    enforcements: tuple[Enforcement, ...]
    penalties: tuple[Penalty, ...]
    judgments: tuple[date | None, ...]
    telecom_arrears: tuple[Fen, ...]
    tax_arrears: tuple[Fen, ...]
    housing_funds: tuple[HousingFund, ...]
    first_housing_loan: date | None


def report_read(xml: str) -> PbocReport:
    """Read a report. Errors: ReportUnreadable."""
    tree = tree_of(xml)
    return PbocReport(
        report_no=tree.text("PRH/PA01/PA01A/PA01AI01"),
        reported_on=tree.moment("PRH/PA01/PA01A/PA01AR01").date(),
        id_no=tree.text("PRH/PA01/PA01B/PA01BI01").upper(),
        reason=tree.text("PRH/PA01/PA01B/PA01BD02"),
        marital=tree.text("PMM/PB02/PB020D01"),
        score=tree.number("PSM/PC01/PC010Q01"),
        score_position=tree.number("PSM/PC01/PC010Q02"),
        fraud_alerts=sum(1 for _ in tree.parts("PRH/PA01/PA01D/PA01DH")),
        dissents=tree.number("PRH/PA01/PA01E/PA01ES01") or 0,
        statements=sum(1 for _ in tree.parts("POS/PG01")),
        phones=tree.texts("PIM/PB01/PB01B/PB01BH/PB01BQ01"),
        addresses=tuple((row.text("PB030Q01"), row.day("PB030R01")) for row in tree.parts("PRM/PB03")),
        employers=tree.texts("POM/PB04/PB040Q01"),
        accounts=tuple(_account(row) for row in tree.parts("PDA/PD01")),
        duties=tuple(_duty(row) for row in tree.parts("PCR/PD03/PD03A")),
        searches=tuple(_search(row) for row in tree.parts("POQ/PH01")),
        enforcements=tuple(
            Enforcement(row.day("PF03AR01"), row.fen("PF03AJ01")) for row in tree.parts("PCE/PF03/PF03A")
        ),
        penalties=tuple(Penalty(row.day("PF04AR01"), row.fen("PF04AJ01")) for row in tree.parts("PAP/PF04/PF04A")),
        judgments=tuple(row.day("PF02AR01") for row in tree.parts("PCJ/PF02/PF02A")),
        telecom_arrears=tuple(
            row.fen("PE01AJ01") or Fen(0)
            for row in tree.parts("PND/PE01/PE01A")
            if row.text("PE01AD01") == "TE" and row.text("PE01AD03") == "1"
        ),
        tax_arrears=tuple(row.fen("PF01AJ01") or Fen(0) for row in tree.parts("POT/PF01/PF01A")),
        housing_funds=tuple(
            HousingFund(row.text("PF05AD01"), row.fen("PF05AJ01"), row.day("PF05AR03"))
            for row in tree.parts("PHF/PF05/PF05A")
        ),
        first_housing_loan=_first_housing_loan(tree),
    )


def _account(row: Part) -> Account:
    cells = tuple(
        MonthCell(cell.day("PD01ER03") or date.min, cell.text("PD01ED01"), cell.fen("PD01EJ01"))
        for cell in row.parts("PD01E/PD01EH")
    )
    shown = tuple(
        MonthCell(cell.day("PD01DR03") or date.min, cell.text("PD01DD01")) for cell in row.parts("PD01D/PD01DH")
    )
    now = "PD01C/PD01C" if row.part("PD01C") else "PD01B/PD01B"
    return Account(
        kind=row.text("PD01A/PD01AD01"),
        institution=row.text("PD01A/PD01AI02"),
        institution_kind=row.text("PD01A/PD01AD02"),
        business=row.text("PD01A/PD01AD03"),
        guarantee=row.text("PD01A/PD01AD07"),
        opened_on=row.day("PD01A/PD01AR01"),
        amount=row.fen("PD01A/PD01AJ01"),
        limit=row.fen("PD01A/PD01AJ02"),
        status=row.text(f"{now}D01"),
        tier=row.text("PD01C/PD01CD02") or row.text("PD01B/PD01BD03"),
        balance=row.fen(f"{now}J01"),
        used=row.fen("PD01C/PD01CJ02"),
        due=row.fen("PD01C/PD01CJ04"),
        overdue=row.fen("PD01C/PD01CJ06"),
        months_left=row.number("PD01C/PD01CS01"),
        cells=tuple(sorted(cells or shown, key=lambda cell: cell.month)),
        last_24=tuple(sorted(shown or cells[-24:], key=lambda cell: cell.month)),
        events=row.texts("PD01F/PD01FH/PD01FD01"),
    )


def _duty(row: Part) -> Duty:
    return Duty(
        kind=row.text("PD03AD03"),
        amount=row.fen("PD03AJ01"),
        balance=row.fen("PD03AJ02"),
        tier=row.text("PD03AD05"),
        overdue_months=row.number("PD03AS01"),
    )


def _search(row: Part) -> Search:
    return Search(row.day("PH010R01") or date.min, row.text("PH010Q02"), row.text("PH010Q03"))


def _first_housing_loan(tree: Part) -> date | None:
    for row in tree.parts("PCO/PC02/PC02A/PC02AH"):
        if row.text("PC02AD01") == "11":
            return row.day("PC02AR01")
    return None
