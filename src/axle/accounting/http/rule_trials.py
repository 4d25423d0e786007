"""Sample events of a posting rule, and the vouchers that would come of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from axle.accounting import permissions
from axle.accounting.domain.expressions import Facts
from axle.accounting.domain.rules import Posting, RuleBody, RuleText, SampleEvent, rule_agreed, rule_lines, rule_summary
from axle.accounting.http.api import api
from axle.accounting.models import PostingRule
from axle.accounting.selectors.rule_checks import rule_companies, rule_require
from axle.accounting.selectors.rules import Rates, rates_for, rule_book
from axle.accounting.selectors.statements import cash_item_codes
from axle.kernel.errors import AxleError
from axle.kernel.types import Yuan
from axle.ledger.public import account_names
from axle.platform.public import Actor, Ctx, Input, business_date, current_locale, text


class SampleLineOut(BaseModel):
    """A line that a sample event makes."""

    account: str
    account_name: str
    summary: str
    debit: Yuan
    credit: Yuan
    dimensions: dict[str, str]
    cash_flow: str


class SampleOut(BaseModel):
    """A sample event and the voucher that comes of it, or what is wrong with it."""

    amounts: dict[str, Yuan]
    summary: str
    lines: list[SampleLineOut]
    problem: str


class PostingRuleTryIn(Input):
    """A rule as it is being written, to be tried on its sample events."""

    legal_entity_id: int | None = None
    rule: RuleText


class PostingRuleTryOut(BaseModel):
    """The vouchers that would come of the sample events."""

    samples: list[SampleOut]


class RuleKindOut(BaseModel):
    """A kind of business event, and the version of its rule that is in force."""

    kind: str
    rule_id: int
    version: int


class CashItemOut(BaseModel):
    """An item of the cash-flow statement that a line on cash may name."""

    code: str
    name: str


@api.command("posting_rule_try", permission=permissions.POSTING_RULE_MANAGE, subject="postingrule")
def posting_rule_try(ctx: Ctx, data: PostingRuleTryIn) -> PostingRuleTryOut:
    """Try a rule that is not kept yet; nothing is posted."""
    body = rule_agreed(data.rule)
    rule_require(body, legal_entity_id=data.legal_entity_id, on=ctx.business_on)
    return PostingRuleTryOut(samples=samples_tried(body, data.legal_entity_id))


@api.query("posting_rule_kinds", "/posting-rule-kinds", permission=permissions.POSTING_RULE_VIEW)
def posting_rule_kinds(actor: Actor) -> list[RuleKindOut]:
    """The kinds of business events with the common rule that is in force today, to begin a new version from."""
    today, book = business_date(), rule_book()
    in_force = {
        kind: next((rule_id for effective_from, rule_id in versions if effective_from <= today), None)
        for (kind, entity), versions in book.versions.items()
        if entity is None
    }
    reached = actor.scope(permissions.POSTING_RULE_VIEW).filter(PostingRule.objects.all(), department=None, owner=None)
    found = reached.filter(pk__in=[rule_id for rule_id in in_force.values() if rule_id]).order_by("kind")
    return [RuleKindOut(kind=rule.kind, rule_id=rule.pk, version=rule.version) for rule in found]


@api.query("cash_flow_items", "/cash-flow-items", permission=permissions.VOUCHER_VIEW)
def cash_flow_items(actor: Actor) -> list[CashItemOut]:
    """The items of the cash-flow statement in force."""
    place = 1 if current_locale.get() == "en-US" else 0
    return [CashItemOut(code=code, name=names[place]) for code, names in cash_item_codes(business_date()).items()]


@dataclass(frozen=True)
class _Trial:
    body: RuleBody
    rates: Rates
    names: Mapping[str, str]


def samples_tried(body: RuleBody, legal_entity_id: int | None) -> list[SampleOut]:
    """Every sample event of a rule with its voucher, at today's tax rates."""
    company = next(iter(rule_companies(legal_entity_id)), 0)
    rates = rates_for(body.rates, on=business_date(), legal_entity_id=company)
    trial = _Trial(body, rates, account_names(company, body.accounts))
    return [_sample(trial, sample) for sample in body.samples]


def _sample(trial: _Trial, sample: SampleEvent) -> SampleOut:
    summary = rule_summary(trial.body.summary, sample.dimensions)
    try:
        postings = rule_lines(trial.body, Facts(sample.amounts, sample.dimensions, trial.rates))
    except AxleError as error:
        problem = text("error", error.code, **error.params)
        return SampleOut(amounts=sample.amounts, summary=summary, lines=[], problem=problem)
    lines = [_line(posting, trial, sample, summary) for posting in postings]
    return SampleOut(amounts=sample.amounts, summary=summary, lines=lines, problem="")


def _line(posting: Posting, trial: _Trial, sample: SampleEvent, summary: str) -> SampleLineOut:
    return SampleLineOut(
        account=posting.account,
        account_name=trial.names.get(posting.account, ""),
        summary=rule_summary(posting.summary, sample.dimensions) or summary,
        debit=posting.debit,
        credit=posting.credit,
        dimensions=dict(posting.dimensions(sample.dimensions)),
        cash_flow=posting.cash_flow,
    )
