"""Which loans may be written off (核销), on which ground and with which evidence: rules of a date, as data.

Source: REG-MOF-2017-90
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from axle.servicing.domain.standing import CLASSES


class WriteOffGround(StrEnum):
    """Why a claim counts as lost."""

    LONG_OVERDUE = "long_overdue"
    ENFORCEMENT_ENDED = "enforcement_ended"
    BANKRUPTCY = "bankruptcy"
    DEATH = "death"
    DISPOSAL_LOSS = "disposal_loss"


_KEYS = {"ground", "products", "classes", "least_days_past_due", "evidence"}


@dataclass(frozen=True)
class WriteOffRule:
    """What a ground asks of loans of some products (of all, when there are none): class, days, kinds of evidence."""

    ground: str
    products: tuple[str, ...]
    classes: tuple[str, ...]
    least_days: int
    evidence: tuple[str, ...]

    def fits(self, product: str) -> bool:
        """Whether it is a rule for a product."""
        return not self.products or product in self.products


def write_off_rules(data: Sequence[Mapping[str, Any]]) -> list[WriteOffRule]:
    """Rules as a parameter holds them; of a ground the first that fits the product counts. Errors: ValueError."""
    return [_rule(item) for item in data]


def _rule(item: Mapping[str, Any]) -> WriteOffRule:
    days = item.get("least_days_past_due", 0)
    rule = WriteOffRule(
        ground=WriteOffGround(item["ground"]).value,
        products=tuple(item.get("products", ())),
        classes=tuple(item.get("classes", ())),
        least_days=days,
        evidence=tuple(item.get("evidence", ())),
    )
    if set(item) - _KEYS or type(days) is not int or not 0 <= days <= 3600 or set(rule.classes) - set(CLASSES):
        raise ValueError(item)
    return rule


def write_off_rule(rules: Iterable[WriteOffRule], ground: str, product: str) -> WriteOffRule | None:
    """The rule of a ground for a product."""
    return next((rule for rule in rules if rule.ground == ground and rule.fits(product)), None)
