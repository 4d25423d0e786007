"""The credit bureau: a second-generation personal report in XML (二代个人信用报告), made up from the id number."""

import random
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from axle.sandbox.sources.desk import Asked
from axle.sandbox.sources.people import Trait, draw_for

_MONTHS = 60
Tree = list[tuple[str, Any]]
Search = tuple[int, str, str]


def question_read(text: str) -> Asked:
    """The request's fields. Errors: ValueError."""
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError("xml") from error
    return {str(child.tag): child.text or "" for child in root}


@dataclass
class Account:
    """One account as it is drawn; amounts in yuan, ``late`` the status of months by how long ago they were."""

    number: int
    kind: str
    lender: str
    lender_kind: str
    business: str
    months: int
    amount: int = 0
    limit: int = 0
    balance: int = 0
    due: int = 0
    left: int = 0
    guarantee: str = "4"
    status: str = "1"
    tier: str = "1"
    overdue: int = 0
    late: dict[int, str] = field(default_factory=dict)
    is_closed: bool = False


def report_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The whole report; a person without any credit has one too, with nothing in it."""
    draw = draw_for("bureau", asked["certNo"])
    accounts = [] if Trait.BUREAU_WHITE in traits else _accounts(draw, traits)
    score = None if not accounts else 520 if traits & _POOR else draw.randint(690, 830)
    about = Person(phone=asked.get("mobile", ""), address="演示市云栖路")
    penalties = [(14, 2_000)] if Trait.BUREAU_PENALISED in traits else []
    searches = _searches(draw, traits)
    return report_of(asked, about, accounts, score=score, searches=searches, penalties=penalties)


@dataclass(frozen=True)
class Person:
    """What the bureau was told of a person before; an empty text or zero is left out. ``fund`` is the monthly deposit
    of the housing fund in yuan."""

    phone: str = ""
    address: str = ""
    employer: str = ""
    fund: int = 0


def report_of(
    asked: Asked,
    person: Person,
    accounts: Sequence[Account],
    *,
    score: int | None,
    searches: Sequence[Search],
    penalties: Sequence[tuple[int, int]] = (),
) -> str:
    """The report in the bureau's own layout; searches as days ago, who asked and why, penalties as months ago and
    yuan."""
    on = date.fromisoformat(asked["reqDate"])
    tree: Tree = [
        ("PRH", [("PA01", [("PA01A", [("PA01AI01", asked["reqNo"]), ("PA01AR01", f"{on}T09:00:00")]), ("PA01B", [
            ("PA01BQ01", asked["name"]), ("PA01BD01", "10"), ("PA01BI01", asked["certNo"]),
            ("PA01BI02", asked["orgCode"]), ("PA01BD02", asked["queryReason"])]), ("PA01E", [("PA01ES01", 0)])])]),
        ("PIM", [("PB01", [("PB01A", [("PB01AD01", "1"), ("PB01AD02", "20")]), ("PB01B", [("PB01BS01", 1), ("PB01BH", [
            ("PB01BQ01", person.phone), ("PB01BR01", f"{_month(on, 20)}-01")])])])]),
        ("PMM", [("PB02", [("PB020D01", "20")])]),
    ]  # fmt: skip
    if person.address:
        tree.append(("PRM", [("PB03", [("PB030Q01", person.address), ("PB030R01", f"{_month(on, 9)}-01")])]))
    if person.employer:
        tree.append(("POM", [("PB04", [("PB040Q01", person.employer), ("PB040R01", f"{_month(on, 9)}-01")])]))
    if score is not None:
        tree.append(("PSM", [("PC01", [("PC010Q01", score), ("PC010Q02", score // 10)])]))
    tree.append(("PDA", [("PD01", _account_tree(account, on)) for account in accounts]))
    if penalties:
        shown = [("PF04A", [("PF04AJ01", fine), ("PF04AR01", f"{_month(on, ago)}-05")]) for ago, fine in penalties]
        tree.append(("PAP", [("PF04", [row]) for row in shown]))
    if person.fund:
        fund = [("PF05AD01", "1"), ("PF05AJ01", person.fund), ("PF05AR03", f"{_month(on, 1)}-01")]
        tree.append(("PHF", [("PF05", [("PF05A", fund)])]))
    tree.append(("POQ", [("PH01", _search_tree(search, on)) for search in sorted(searches)]))
    return f"<?xml version='1.0' encoding='utf-8'?>\n{_xml('Document', tree)}"


_POOR = {Trait.BUREAU_OVERDUE, Trait.BUREAU_BAD_DEBT, Trait.BUREAU_GUARANTOR_PAID, Trait.BUREAU_CARDS_FULL}
REPORT_NOTHING = "<?xml version='1.0' encoding='utf-8'?>\n<NoRecord/>"


def _accounts(draw: random.Random, traits: Set[Trait]) -> list[Account]:
    full = Trait.BUREAU_CARDS_FULL in traits
    limit = draw.choice((20_000, 30_000, 50_000))
    home, home_age = draw.choice((600_000, 900_000)), draw.randint(30, 58)
    term = draw.choice((6_000, 12_000))
    accounts = [
        Account(1, "D1", "A10001", "11", "11", home_age, amount=home, balance=home - home * home_age // 360,
                 due=home // 300, left=360 - home_age, guarantee="2"),
        Account(2, "R2", "A10002", "11", "81", draw.randint(26, 70), limit=limit,
                 balance=limit * (97 if full else draw.randint(5, 45)) // 100),
        Account(3, "D1", "B20003", "24", "91", draw.randint(3, 10), amount=term, balance=term // 2, due=term // 12,
                 left=6),
        Account(4, "D1", "C30004", "23", "21", 40, amount=80_000, status="3", is_closed=True, guarantee="2"),
    ]  # fmt: skip
    card, term_loan = accounts[1], accounts[2]
    if draw.random() < 0.15:
        card.late = {draw.randint(7, 22): "1"}
    if Trait.BUREAU_OVERDUE in traits:
        term_loan.months, term_loan.late = 10, {3: "1", 2: "2", 1: "3"}
        term_loan.status, term_loan.tier, term_loan.overdue = "2", "3", 2_800
    if Trait.BUREAU_BAD_DEBT in traits:
        card.status, card.tier, card.late = "5", "5", dict.fromkeys(range(2, 9), "7") | {1: "B"}
    if Trait.BUREAU_MICROLOANS in traits:
        accounts += [Account(10 + no, "D1", f"G7000{no}", "51", "91", 4, amount=3_000, balance=2_000, due=300, left=8)
                     for no in range(4)]  # fmt: skip
    if Trait.BUREAU_GUARANTOR_PAID in traits:
        accounts.append(Account(5, "C1", "D40005", "53", "B1", 14, amount=30_000, balance=12_000))
    return accounts


def _month(on: date, ago: int) -> str:
    count = on.year * 12 + on.month - 1 - ago
    return f"{count // 12}-{count % 12 + 1:02d}"


def _account_tree(account: Account, on: date) -> Tree:
    opened = f"{_month(on, account.months)}-10"
    basics: Tree = [("PD01AI01", f"T{account.number:05d}"), ("PD01AI02", account.lender), ("PD01AD01", account.kind),
              ("PD01AD02", account.lender_kind), ("PD01AD03", account.business), ("PD01AR01", opened),
              ("PD01AD04", "CNY")]  # fmt: skip
    basics += [("PD01AJ01", account.amount)] if account.amount else []
    basics += [("PD01AJ02", account.limit)] if account.limit else []
    basics += [("PD01AD06", "03"), ("PD01AD07", account.guarantee)]
    tree: Tree = [("PD01A", basics)]
    if account.kind == "C1" or account.is_closed:
        return [*tree, ("PD01B", [("PD01BD01", account.status), ("PD01BJ01", account.balance),
                                  ("PD01BR01", f"{_month(on, 2)}-10")])]  # fmt: skip
    cells = [(ago, account.late.get(ago, "N")) for ago in range(min(account.months, _MONTHS), 0, -1)]
    sixty = [("PD01EH", [("PD01ER03", _month(on, ago)), ("PD01ED01", status), ("PD01EJ01", 900 * status.isdigit())])
             for ago, status in cells]  # fmt: skip
    shown = [("PD01DH", [("PD01DR03", _month(on, ago)), ("PD01DD01", status)]) for ago, status in cells[-24:]]
    now = [("PD01CR01", _month(on, 1)), ("PD01CD01", account.status), ("PD01CJ01", account.balance)]
    now += [("PD01CJ02", account.balance)] if account.limit else []
    now += [("PD01CJ04", account.due)] if account.due else []
    now += [("PD01CS01", account.left)] if account.left else []
    now += [("PD01CD02", account.tier), ("PD01CS02", 0), ("PD01CJ06", account.overdue)]
    return [*tree, ("PD01E", [("PD01ES01", len(sixty)), *sixty]), ("PD01C", now), ("PD01D", shown)]


def _searches(draw: random.Random, traits: Set[Trait]) -> list[Search]:
    many = Trait.BUREAU_SEARCHED in traits
    rows = [(draw.randint(100, 600), "E50001", "03"), (draw.randint(5, 700), "A10001", "01")]
    return rows + ([(4 * place + 3, f"F6{place:04d}", "02") for place in range(12)] if many else [])


def _search_tree(search: Search, on: date) -> Tree:
    days, lender, reason = search
    searched_on = date.fromordinal(on.toordinal() - days).isoformat()
    return [("PH010R01", searched_on), ("PH010D01", "11"), ("PH010Q02", lender), ("PH010Q03", reason)]


def _xml(name: str, value: Any) -> str:
    inner = "".join(_xml(*child) for child in value) if isinstance(value, list) else escape(str(value))
    return f"<{name}>{inner}</{name}>"
