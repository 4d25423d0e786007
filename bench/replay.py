"""Replaying a loan: five years with 200 events, from its terms to its position.

``size`` is the number of events. The life has what makes replays slow: receipts in parts, late ones, charges, waivers,
early repayments that lay the schedule out anew, refunds and reversals. Goal: 200 events in 5 ms.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from axle.amortization.public import (
    Charge,
    Disbursement,
    Event,
    FeeBand,
    PartialPrepayment,
    Prepayment,
    Receipt,
    Refund,
    Reversal,
    Rules,
    Terms,
    Waiver,
    event_to_json,
    payoff_quote,
    replay,
    replay_json,
    rules_to_json,
    schedule,
    terms_to_json,
)
from axle.config.cli.measure import best_seconds, machine

TERMS = Terms(
    principal=20_000_000,
    annual_rate=Decimal("0.0899"),
    method="level_payment",
    periods=60,
    start_on=date(2021, 3, 31),
    day_count="actual/360",
)
RULES = Rules(
    grace_days=3,
    penalty_rate=Decimal("0.13485"),
    compound_rate=Decimal("0.13485"),
    prepayment=Prepayment(fee_bands=(FeeBand(before_month=12, rate=Decimal("0.03")),)),
)
AS_OF = date(2026, 3, 31)


def run(size: int = 200) -> dict[str, Any]:
    """Measure; times in milliseconds."""
    events = _life(size)
    document = {
        "terms": terms_to_json(TERMS) | rules_to_json(RULES),
        "events": [event_to_json(event) for event in events],
        "as_of": AS_OF.isoformat(),
    }
    whole = best_seconds(lambda: replay(TERMS, RULES, events, AS_OF), number=5) * 1e3
    return (
        {"events": len(events), "years": 5}
        | machine()
        | {
            "replay_ms": whole,
            "replay_goal_ms": 5,
            "replay_events_a_second": round(len(events) / whole * 1e3),
            "payoff_quote_ms": best_seconds(lambda: payoff_quote(TERMS, RULES, events, AS_OF), number=5) * 1e3,
            "replay_json_ms": best_seconds(lambda: replay_json(document), number=3) * 1e3,
            "position_after_every_event_ms": best_seconds(lambda: _day_by_day(events), repeat=2) * 1e3,
        }
    )


def _day_by_day(events: list[Event]) -> None:
    """The position on the day of every event, each by a replay from the start."""
    for event in events:
        replay(TERMS, RULES, events, event.on)


def _life(size: int) -> list[Event]:
    """A life of exactly ``size`` events, the same every time."""
    random, rows = Random(20261126), schedule(TERMS).instalments
    events: list[Event] = [Disbursement(id="d", on=TERMS.start_on, amount=TERMS.principal)]
    while len(events) < size:
        row, no = rows[len(events) % len(rows)], len(events)
        events += _month(random, row.due_on, row.total, no)
    return events[:size]


def _month(random: Random, due_on: date, total: int, no: int) -> list[Event]:
    """What may happen around a due date."""
    late = due_on + timedelta(days=random.choice([0, 0, 0, 2, 9, 40]))
    chance = random.random()
    part = total // 3
    if chance < 0.6:
        return [Receipt(id=f"r{no}", on=late, amount=part)]
    if chance < 0.7:
        return [Charge(id=f"c{no}", on=late, amount=20_00, code="reminder")]
    if chance < 0.8:
        return [Waiver(id=f"w{no}", on=late, component="penalty", amount=50_00)]
    if chance < 0.88:
        return [PartialPrepayment(id=f"p{no}", on=late, amount=total * 3)]
    if chance < 0.94:
        return [Refund(id=f"f{no}", on=late, amount=part)]
    wrong = Receipt(id=f"x{no}", on=late, amount=part)
    return [wrong, Reversal(id=f"v{no}", on=late + timedelta(days=1), of=wrong.id)]
