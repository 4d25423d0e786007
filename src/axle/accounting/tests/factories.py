"""Events and books in accounting's own words."""

from datetime import date
from typing import Any

from axle.accounting.handlers import money_event_post
from axle.kernel.money import parse_yuan
from axle.ledger.events import MoneyEvent
from axle.platform.public import Subject

ON = date(2026, 3, 12)
DIMENSIONS = {"loan_no": "LN1", "contract_no": "HT1", "product_code": "NEW36"}


def money_event(entity_id: int, kind: str = "loan_disbursed", event_no: str = "E1", **more: Any) -> MoneyEvent:
    """An event; amounts are given as yuan: ``amounts={"principal": "100.00"}``."""
    amounts = more.pop("amounts", {"principal": "100000.00"})
    return MoneyEvent(
        kind=kind,
        event_no=event_no,
        legal_entity_id=entity_id,
        value_on=more.pop("on", ON),
        amounts={name: parse_yuan(amount) for name, amount in amounts.items()},
        dimensions=more.pop("dimensions", DIMENSIONS),
        source=Subject("loan", 7),
        **more,
    )


def post(entity_id: int, kind: str = "loan_disbursed", event_no: str = "E1", **more: Any) -> None:
    money_event_post(money_event(entity_id, kind, event_no, **more))
