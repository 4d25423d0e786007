"""``replay``: terms, rules and dated events as JSON in; position, schedule and allocations as JSON out."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from axle.amortization import errors
from axle.amortization.bounds import check_date
from axle.amortization.choices import COMPONENTS
from axle.amortization.events_json import events_from_json
from axle.amortization.payoff import PayoffQuote
from axle.amortization.position import AllocationLine, Amounts, Declared, Position, RowPosition
from axle.amortization.quote import instalment_json
from axle.amortization.reader import Reader
from axle.amortization.replay import replay, replay_with_payoff
from axle.amortization.rules_json import read_rules
from axle.amortization.terms_json import read_terms
from axle.amortization.terms_parts_json import rate_text
from axle.kernel.money import yuan

MAX_HISTORY_DAYS = 3700
"""Ten years of days."""


def replay_json(data: object) -> dict[str, Any]:
    """The position of a loan at ``as_of``, the schedule as it now stands, allocations and the payoff quote.

    Input keys: ``terms`` (terms and servicing rules), ``events``, ``as_of``, and ``history`` with ``from`` and ``to``
    for the position at the end of each of those days. Amounts are yuan strings, dates ISO.
    Errors: those of reading terms, rules and events, and of ``replay``; HistoryTooLong.
    """
    reader = Reader(data)
    agreed = reader.nested("terms")
    terms, rules = read_terms(agreed), read_rules(agreed)
    agreed.close()
    events, as_of = events_from_json(reader.objects("events")), reader.on("as_of")
    days = _history_days(reader.nested("history")) if reader.has("history") else []
    reader.close()
    position, quote = replay_with_payoff(terms, rules, events, as_of)
    answer = position_json(position) | {"payoff": payoff_json(quote)}
    if days:
        answer["history"] = [_day_json(replay(terms, rules, events, day)) for day in days]
    return answer


def _history_days(reader: Reader) -> list[date]:
    first, last = reader.on("from"), reader.on("to")
    reader.close()
    check_date(first, reader.field("from"))
    check_date(last, reader.field("to"))
    count = (last - first).days + 1
    if not 0 < count <= MAX_HISTORY_DAYS:
        raise errors.HistoryTooLong(field=reader.field("to"), days=MAX_HISTORY_DAYS)
    return [first + timedelta(days=index) for index in range(count)]


def _day_json(position: Position) -> dict[str, Any]:
    return {
        "on": position.as_of.isoformat(),
        "principal_balance": yuan(position.principal_balance),
        "interest_accrued": yuan(position.interest_accrued),
        "outstanding": {component: _amount(position.outstanding, component) for component in COMPONENTS},
        "overdue": yuan(position.overdue),
        "unapplied": yuan(position.unapplied),
        "days_past_due": position.days_past_due,
        "is_settled": position.is_settled,
    }


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
        "credited": yuan(position.credited),
        "refunded": yuan(position.refunded),
        "charged_back": yuan(position.charged_back),
        "recovered": yuan(position.recovered),
        "subvention_received": yuan(position.subvention_received),
        "annual_rate": rate_text(position.annual_rate),
        "declared": _declared_json(position.declared),
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


def _declared_json(declared: Declared) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for name in (field.name for field in fields(declared)):
        value = getattr(declared, name)
        written[name] = value.isoformat() if isinstance(value, date) else value
    written["interest_suspended"] = yuan(declared.interest_suspended)
    if declared.written_off is not None:
        written["written_off"] = {name: _amount(declared.written_off, name) for name in COMPONENTS}
    return written


def payoff_json(quote: PayoffQuote) -> dict[str, str]:
    """A payoff quote, item by item."""
    items = {field.name: getattr(quote, field.name) for field in fields(quote) if field.name != "on"}
    return {"on": quote.on.isoformat(), **{name: yuan(amount) for name, amount in items.items()}}


def _by_component(owed: Position | RowPosition) -> dict[str, dict[str, str]]:
    parts = {name: getattr(owed, name) for name in ("due", "paid", "waived", "moved", "outstanding")}
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
