"""Post money events by the rules in force."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from axle.accounting.domain.expressions import Facts
from axle.accounting.domain.rules import Posting, RuleBody, rule_lines, rule_summary
from axle.accounting.selectors.rules import RuleBook, rule_book
from axle.accounting.services.vouchers_record import VoucherDraft, vouchers_record
from axle.ledger.events import MoneyEvent
from axle.ledger.public import CASH_ITEM, EntryDraft, LineDraft, PostedEntry, entries_post
from axle.product.public import product_name


@dataclass(frozen=True)
class RuledEvent:
    """An event with the rule version that counts for it and the lines that this makes."""

    event: MoneyEvent
    rule_id: int
    body: RuleBody
    postings: tuple[Posting, ...]


def events_post(events: Sequence[MoneyEvent], book: RuleBook | None = None) -> int:
    """Make the entries and vouchers of events that reverse nothing; gives how many are new.

    Call inside a transaction: all are posted, or none. A ``book`` of rules read before saves reading them.
    The same event again changes nothing; an event of which the rule makes no line, such as the tax of a few fen,
    moves nothing and leaves nothing.
    Dates: the rule is the one of the value date; the booking date moves on when that month is closed.
    Errors: PostingRuleMissing, AmountUnknown, AmountNegative, RuleDoesNotBalance, and the ledger's.
    """
    moving = [event for event in events if any(event.amounts.values())]
    if not moving:
        return 0
    rules = book or rule_book({event.kind for event in moving})
    ruled = [fact for event in moving if (fact := event_ruled(event, rules)).postings]
    posted = entries_post([event_draft(fact, fact.postings, is_red=fact.body.is_red) for fact in ruled])
    return vouchers_record(_vouchers(ruled, posted))


def event_ruled(event: MoneyEvent, book: RuleBook) -> RuledEvent:
    """An event with the lines that the rule of its value date makes. Errors: as ``events_post``."""
    rule = book.in_force(kind=event.kind, legal_entity_id=event.legal_entity_id, on=event.value_on)
    rates = book.rates(on=event.value_on, legal_entity_id=event.legal_entity_id)
    postings = rule_lines(rule.body, Facts(event.amounts, event.dimensions, rates))
    return RuledEvent(event, rule.rule_id, rule.body, postings)


def event_draft(
    fact: RuledEvent, postings: Sequence[Posting], *, summary: str = "", is_red: bool = False
) -> EntryDraft:
    """The entry of an event with some lines; ``summary`` goes before what the rule says."""
    event = fact.event
    return EntryDraft(
        legal_entity_id=event.legal_entity_id,
        kind=event.kind,
        event_no=event.event_no,
        value_on=event.value_on,
        summary=(summary + rule_summary(fact.body.summary, _named(fact.body.summary, event.dimensions)))[:200],
        source_type=event.source.type,
        source_id=event.source.id,
        lines=[_line(posting, event) for posting in postings],
        is_red=is_red,
    )


def _named(summary: str, dimensions: Mapping[str, str]) -> Mapping[str, str]:
    """The dimensions with the name of the product, where the summary tells it, in the place of its code."""
    if "{product_code}" not in summary or not dimensions.get("product_code"):
        return dimensions
    return {**dimensions, "product_code": product_name(dimensions["product_code"])}


def _line(posting: Posting, event: MoneyEvent) -> LineDraft:
    summary = rule_summary(posting.summary, _named(posting.summary, event.dimensions)) if posting.summary else ""
    dimensions = posting.dimensions(event.dimensions)
    if posting.cash_flow:
        dimensions = {**dimensions, CASH_ITEM: posting.cash_flow}
    return LineDraft(posting.account, posting.debit, posting.credit, summary[:200], dimensions)


def _vouchers(ruled: Sequence[RuledEvent], posted: Sequence[PostedEntry]) -> Iterator[VoucherDraft]:
    for fact, entry in zip(ruled, posted, strict=True):
        if entry.is_new:
            yield VoucherDraft(
                entry, fact.event.legal_entity_id, fact.postings, rule_id=fact.rule_id, amounts=fact.event.amounts
            )
