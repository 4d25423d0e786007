"""Published schedules: every row, to the cent."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from axle.amortization.annuity import future_worth, present_worth
from axle.amortization.published.source import Outcome, Source, figures, outcome
from axle.amortization.schedule import schedule
from axle.amortization.terms import Terms
from axle.kernel.money import parse_yuan, yuan
from axle.kernel.rounding import round_fen


def _level_payment() -> list[Outcome]:
    return [_table(case) for name in ("level_payment", "level_payment_more") for case in figures(name)["cases"]]


def _table(case: dict[str, Any]) -> Outcome:
    terms = Terms(
        principal=parse_yuan(case["principal"]),
        annual_rate=Decimal(case["annual_rate_percent"]) / 100,
        method=case.get("method", "level_payment"),
        periods=case["periods"],
        every=case["every"],
        unit=case["unit"].removesuffix("s"),
        start_on=date.fromisoformat(case["start"]),
        day_count=case["day_count"],
        month_end=case.get("month_end", "clamp"),
        principal_grace_periods=case.get("principal_grace_periods", 0),
        tail="levelled" if case.get("method") is None else "last",
    )
    found = [(row.due_on.isoformat(), row.principal, row.interest) for row in schedule(terms).instalments]
    published = [(on, parse_yuan(principal), parse_yuan(interest)) for on, principal, interest in case["rows"]]
    matching = sum(row == other for row, other in zip(found, published, strict=False))
    name = case["id"].removeprefix("@TestRailId:")
    days = f"{case['day_count']}, {case['periods']} x {case['every']} {case['unit']}"
    return Outcome(
        f"{name}: {case['principal']} at {case['annual_rate_percent']} %, {days}",
        f"{len(published)} rows",
        f"{matching} rows",
        found == published,
    )


LEVEL_PAYMENT = Source(
    "Level-payment schedules",
    "End-to-end tests of Apache Fineract (Apache License 2.0, figures only)",
    "due date, principal and interest of every row; `tail` levelled",
    "the cent",
    _level_payment,
)


def _lease_of_the_standard() -> list[Outcome]:
    """A lessee's liability: rents in advance, the first paid; the guide rounds what it shows, not what it carries."""
    case = figures("cas_21_lease")
    rate, rent, count = Fraction(case["rate"]), case["rent"], case["rents_left"]
    liability = present_worth(rate, count, -rent)
    found = [_amount("lease liability", case["lease_liability"], liability)]
    found.append(outcome("finance charge", case["unrecognised_finance_charge"], round(count * rent - liability)))
    for row in case["schedule"]:
        opening = -future_worth(rate, row["year"] - 1, -rent, liability)
        closing = -future_worth(rate, row["year"], -rent, liability)
        found.append(_amount(f"year {row['year']}, opening", row["opening"], opening))
        found.append(_amount(f"year {row['year']}, interest", row["interest"], opening * rate))
        found.append(_amount(f"year {row['year']}, closing", row["closing"], closing))
    return found


def _amount(name: str, published: float, found: Fraction) -> Outcome:
    amount = yuan(round_fen(found * 100))
    return Outcome(name, f"{published:.2f}", amount, amount == f"{published:.2f}")


CAS_21 = Source(
    "Lease of a lessee, 10 years at 5 %",
    "Application guide of CAS 21 (企业会计准则第21号——租赁 应用指南), recalled and derived again",
    "liability, finance charge; opening, interest and closing of every year",
    "the cent",
    _lease_of_the_standard,
)
