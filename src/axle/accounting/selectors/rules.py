"""Reads of posting rules."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial

from django.db.models import Max

from axle.accounting.domain.rules import RuleBody
from axle.accounting.errors import PostingRuleMissing
from axle.accounting.models import PostingRule, RuleState
from axle.accounting.parameters import vat_rate, vat_rates
from axle.platform.public import ParameterHistory, prepared_cursor

Rates = Mapping[str, Decimal]


@dataclass(frozen=True)
class RuleInForce:
    """The version that counts for an event."""

    rule_id: int
    body: RuleBody


class _RatesOn(dict[str, Decimal]):
    """The tax rates of a date; one is looked up when a line asks for it, which most receipts do not."""

    def __init__(self, read: Callable[[str], ParameterHistory], on: date) -> None:
        super().__init__()
        self._read, self._on = read, on

    def __missing__(self, name: str) -> Decimal:
        self[name] = self._read(name).on(self._on)
        return self[name]


@dataclass
class RuleBook:
    """The active versions of some kinds, latest first, and the tax rates looked up so far."""

    versions: Mapping[tuple[str, int | None], list[tuple[date, int]]]
    known_rates: dict[tuple[date, int], Rates] = field(default_factory=dict)

    def in_force(self, *, kind: str, legal_entity_id: int, on: date) -> RuleInForce:
        """The version of a date: the entity's own rule before the common one. Errors: PostingRuleMissing."""
        for entity in (legal_entity_id, None):
            for effective_from, rule_id in self.versions.get((kind, entity), []):
                if effective_from <= on:
                    return RuleInForce(rule_id, active_body(rule_id))
        raise PostingRuleMissing(kind=kind, on=on.isoformat())

    def rates(self, *, on: date, legal_entity_id: int) -> Rates:
        """The tax rates in force on a date, by name."""
        key = on, legal_entity_id
        if key not in self.known_rates:
            self.known_rates[key] = _RatesOn(partial(vat_rates, legal_entity_id=legal_entity_id), on)
        return self.known_rates[key]


def rule_book(kinds: Iterable[str] | None = None) -> RuleBook:
    """The active versions of these kinds of events, or of all."""
    versions = defaultdict[tuple[str, int | None], list[tuple[date, int]]](list)
    with prepared_cursor() as cursor:
        cursor.execute(_ACTIVE, [None if kinds is None else sorted(kinds)])
        for kind, entity, effective_from, rule_id in cursor.fetchall():
            versions[kind, entity].append((effective_from, rule_id))
    return RuleBook(versions)


_ACTIVE = """
SELECT kind, legal_entity_id, effective_from, id FROM accounting_postingrule
WHERE state = 'active' AND effective_from IS NOT NULL AND kind = ANY(coalesce(%s::text[], ARRAY[kind]))
ORDER BY effective_from DESC
"""


@lru_cache(maxsize=512)
def active_body(rule_id: int) -> RuleBody:
    """The body of an active version; it may be kept because the database never lets it change."""
    return rule_body(PostingRule.objects.get(pk=rule_id))


def rule_body(rule: PostingRule) -> RuleBody:
    """The stored body, as the rule language reads it."""
    return RuleBody.model_validate(rule.body)


def next_version(*, kind: str, legal_entity_id: int | None) -> int:
    """The number of the next version of a rule."""
    rows = PostingRule.objects.filter(kind=kind, legal_entity_id=legal_entity_id)
    return int(rows.aggregate(last=Max("version"))["last"] or 0) + 1


def rates_for(names: Iterable[str], *, on: date, legal_entity_id: int) -> Rates:
    """The tax rates that a rule names, in force on a date."""
    return {name: vat_rate(name, on=on, legal_entity_id=legal_entity_id) for name in names}


def rule_before(rule: PostingRule) -> PostingRule | None:
    """What a version is compared with: the one in force for a draft, else the one that it replaced."""
    active = PostingRule.objects.filter(kind=rule.kind, legal_entity_id=rule.legal_entity_id, state=RuleState.ACTIVE)
    if rule.effective_from is not None:
        active = active.filter(effective_from__lt=rule.effective_from)
    return active.exclude(pk=rule.pk).order_by("-effective_from").first()
