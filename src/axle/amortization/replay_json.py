"""``replay``: terms, rules and dated events as JSON in; position, schedule and allocations as JSON out."""

from dataclasses import fields
from typing import Any

from axle.amortization.choices import COMPONENTS
from axle.amortization.events_json import events_from_json
from axle.amortization.payoff import PayoffQuote
from axle.amortization.position import AllocationLine, Amounts, Position, RowPosition
from axle.amortization.quote import instalment_json
from axle.amortization.reader import Reader
from axle.amortization.replay import replay_with_payoff
from axle.amortization.rules_json import UNSUPPORTED_RULES, read_rules
from axle.amortization.terms_json import read_terms
from axle.kernel.money import yuan


def replay_json(data: object) -> dict[str, Any]:
    """The position of a loan at ``as_of``, the schedule as it now stands, allocations and the payoff quote.

    Input keys: ``terms`` (terms and servicing rules), ``events``, ``as_of``. Amounts are yuan strings, dates ISO.
    Errors: those of reading terms, rules and events, and of ``replay``.
    """
    reader = Reader(data)
    agreed = reader.nested("terms")
    terms, rules = read_terms(agreed), read_rules(agreed)
    agreed.close(UNSUPPORTED_RULES)
    events, as_of = events_from_json(reader.objects("events")), reader.on("as_of")
    reader.close({"history"})
    position, quote = replay_with_payoff(terms, rules, events, as_of)
    return position_json(position) | {"payoff": payoff_json(quote)}


def position_json(position: Position) -> dict[str, Any]:
    """A position; ``components`` add up the rows that fell due."""
    return {
        "as_of": position.as_of.isoformat(),
        "disbursed": yuan(position.disbursed),
        "components": _by_component(position),
        "principal_balance": yuan(position.principal_balance),
        "principal_not_due": yuan(position.principal_not_due),
        "interest_accrued": yuan(position.interest_accrued),
        "overdue": yuan(position.overdue),
        "received": yuan(position.received),
        "refunded": yuan(position.refunded),
        "unapplied": yuan(position.unapplied),
        "days_past_due": position.days_past_due,
        "next_due_on": position.next_due_on.isoformat() if position.next_due_on else None,
        "next_due": yuan(position.next_due),
        "is_settled": position.is_settled,
        "settled_on": position.settled_on.isoformat() if position.settled_on else None,
        "rows": [_row_json(row) for row in position.rows],
        "schedule": [instalment_json(row) for row in position.schedule.instalments],
        "allocations": [_line_json(line) for line in position.allocations],
        "plain_receipts": list(position.plain_receipts),
    }


def payoff_json(quote: PayoffQuote) -> dict[str, str]:
    """A payoff quote, item by item."""
    items = {field.name: getattr(quote, field.name) for field in fields(quote) if field.name != "on"}
    return {"on": quote.on.isoformat(), **{name: yuan(amount) for name, amount in items.items()}}


def _by_component(owed: Position | RowPosition) -> dict[str, dict[str, str]]:
    parts = {"due": owed.due, "paid": owed.paid, "waived": owed.waived, "outstanding": owed.outstanding}
    return {
        component: {name: _amount(amounts, component) for name, amounts in parts.items()} for component in COMPONENTS
    }


def _amount(amounts: Amounts, component: str) -> str:
    return yuan(getattr(amounts, component))


def _row_json(row: RowPosition) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "no": row.no,
        "ref": row.ref,
        "due_on": row.due_on.isoformat(),
        "components": _by_component(row),
        "outstanding": yuan(row.outstanding.total),
        "days_past_due": row.days_past_due,
        "settled_on": row.settled_on.isoformat() if row.settled_on else None,
    }


def _line_json(line: AllocationLine) -> dict[str, Any]:
    return {
        "receipt_id": line.receipt_id,
        "on": line.on.isoformat(),
        "kind": line.kind,
        "no": line.no,
        "ref": line.ref,
        "component": line.component,
        "amount": yuan(line.amount),
    }
