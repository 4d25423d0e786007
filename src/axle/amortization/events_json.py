"""Events as JSON: ``id``, ``on``, ``kind`` and the fields of the kind. What is written reads back to equal events."""

from collections.abc import Callable
from typing import Any

from axle.amortization import errors
from axle.amortization.choices import Component, PartialMode
from axle.amortization.events import (
    Charge,
    Disbursement,
    Event,
    PartialPrepayment,
    Payoff,
    Receipt,
    Refund,
    Reversal,
    Waiver,
)
from axle.amortization.reader import Reader
from axle.kernel.money import yuan

UNSUPPORTED_KINDS = frozenset(
    {
        "rate_change",
        "due_day_change",
        "extension",
        "deferral",
        "re_amortisation",
        "re_ageing",
        "interest_pause",
        "write_off",
        "recovery",
        "acceleration",
        "charge_off",
        "subvention_receipt",
        "deposit_offset",
        "claim_transfer",
        "lease_termination",
        "purchase_option",
        "chargeback",
    }
)
"""Kinds of the contract that wait for their feature."""

PARTIAL, FULL = "partial", "full"


def events_from_json(readers: list[Reader]) -> list[Event]:
    """Read events. Errors: those of ``errors``; LoansMixed when two of them name different loans."""
    loans: set[str] = set()
    events = []
    for reader in readers:
        if reader.has("loan"):
            loans.add(reader.text("loan"))
        if len(loans) > 1:
            raise errors.LoansMixed(field=reader.field("loan"))
        events.append(_event(reader))
    return events


def event_from_json(data: object) -> Event:
    """Read one event."""
    return events_from_json([Reader(data)])[0]


def _event(reader: Reader) -> Event:
    kind = reader.text("kind")
    if kind in UNSUPPORTED_KINDS:
        raise errors.UnsupportedKey(field=reader.field("kind"), key=kind)
    if kind not in _READERS:
        raise errors.UnknownChoice(field=reader.field("kind"), value=kind[:40], choices=", ".join(_READERS))
    event = _READERS[kind](reader)
    reader.close()
    return event


def _head(reader: Reader) -> dict[str, Any]:
    return {"id": reader.text("id"), "on": reader.on("on")}


def _disbursement(reader: Reader) -> Event:
    return Disbursement(**_head(reader), amount=reader.yuan("amount"))


def _receipt(reader: Reader) -> Event:
    return Receipt(**_head(reader), amount=reader.yuan("amount"))


def _refund(reader: Reader) -> Event:
    return Refund(**_head(reader), amount=reader.yuan("amount"))


def _reversal(reader: Reader) -> Event:
    return Reversal(**_head(reader), of=reader.text("of"))


def _charge(reader: Reader) -> Event:
    code = reader.text("code") if reader.has("code") else ""
    return Charge(**_head(reader), amount=reader.yuan("amount"), code=code)


def _waiver(reader: Reader) -> Event:
    no = reader.whole("no") if reader.has("no") else None
    component = reader.choice("component", Component)
    return Waiver(**_head(reader), component=component, amount=reader.yuan("amount"), no=no)


def _prepayment(reader: Reader) -> Event:
    scope = reader.text("scope")
    if scope == FULL:
        return Payoff(**_head(reader), amount=reader.yuan("amount"))
    if scope != PARTIAL:
        raise errors.UnknownChoice(field=reader.field("scope"), value=scope[:40], choices=f"{PARTIAL}, {FULL}")
    mode = reader.choice("mode", PartialMode) if reader.has("mode") else None
    return PartialPrepayment(**_head(reader), amount=reader.yuan("amount"), mode=mode)


_READERS: dict[str, Callable[[Reader], Event]] = {
    "disbursement": _disbursement,
    "receipt": _receipt,
    "refund": _refund,
    "reversal": _reversal,
    "fee": _charge,
    "waiver": _waiver,
    "prepayment": _prepayment,
}

_KINDS: dict[type[Event], str] = {
    Disbursement: "disbursement",
    Receipt: "receipt",
    Refund: "refund",
    Reversal: "reversal",
    Charge: "fee",
    Waiver: "waiver",
    PartialPrepayment: "prepayment",
    Payoff: "prepayment",
}


def event_to_json(event: Event) -> dict[str, Any]:
    """Write an event so that ``event_from_json`` gives an equal one."""
    written: dict[str, Any] = {"id": event.id, "on": event.on.isoformat(), "kind": _KINDS[type(event)]}
    if isinstance(event, PartialPrepayment | Payoff):
        written["scope"] = PARTIAL if isinstance(event, PartialPrepayment) else FULL
    for name in ("amount", "of", "code", "component", "no", "mode"):
        value = getattr(event, name, None)
        if value not in (None, ""):
            written[name] = yuan(value) if name == "amount" else value
    return written
