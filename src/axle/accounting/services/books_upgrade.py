"""Bring what a release ships for the books to an installation that has some: accounts, statements, posting rules.

What accountants wrote stays in force. Accounts, and statements and rules of new kinds, are added. Where the standard
rule or statement has changed, its new version takes force on the business date if only the program has written versions
of it so far; else it waits as a draft, to be tried and activated by people. Run again, it finds nothing to do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import NamedTuple

from django.db.models import Min

from axle.accounting.domain.rules import RuleBody
from axle.accounting.domain.statements import StatementBody
from axle.accounting.models import PostingRule, RuleState, StatementVersion
from axle.accounting.selectors.rules import rule_body
from axle.accounting.services.books_prepare import rule_add, rules_missing, statement_add, statements_missing
from axle.accounting.services.posting_rule_activate import posting_rule_activate
from axle.accounting.services.posting_rule_create import posting_rule_create
from axle.accounting.services.statement_version_draft import statement_version_activate, statement_version_draft
from axle.accounting.standard import chart_drafts, rule_bodies, statement_bodies
from axle.kernel.errors import AxleError
from axle.ledger.public import AccountDraft, chart_load, chart_missing
from axle.platform.public import Actor, acting, attempt

PROGRAM = frozenset({"demo", "intake", "upgrade"})
"""Under which names the program itself writes versions."""


@dataclass
class BooksUpgraded:
    """What an upgrade did, by name. ``drafts`` wait for people; ``refused`` has the code of its reason behind it."""

    accounts: int = 0
    added: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def add(self, name: str, act: Callable[[], object]) -> None:
        """Do something of that name; what is refused leaves nothing and is noted."""
        try:
            with attempt():
                act()
        except AxleError as refused:
            self.refused.append(f"{name} ({refused.code})")
        else:
            self.added.append(name)


def books_upgrade(*, actor: Actor, on: date) -> BooksUpgraded:
    """Add and renew what the release ships; nothing where there are no books. ``on`` is the business date."""
    done = BooksUpgraded()
    rules = PostingRule.objects.filter(legal_entity=None, state=RuleState.ACTIVE)
    since = rules.aggregate(first=Min("effective_from"))["first"]
    if since is None:
        return done
    accounts, dates = chart_missing(chart_drafts()), {"actor": actor, "effective_from": since}
    missing = {code: partial(statement_add, code=code, **dates) for code in statements_missing()}
    missing |= {kind: partial(_rule_add, actor, kind, body, (since, on)) for kind, body in rules_missing().items()}
    renewed = [*_statements_renewed(actor, on), *_rules_renewed(actor, on)]
    if accounts or missing or renewed:
        with acting(actor, "books_upgrade"):
            _accounts_add(done, accounts)
            for name, act in missing.items():
                done.add(name, act)
            for renewal in renewed:
                _renew(done, renewal)
    return done


def _accounts_add(done: BooksUpgraded, accounts: list[AccountDraft]) -> None:
    """All at once, or one by one where one of them is refused."""
    try:
        with attempt():
            done.accounts = chart_load(accounts)
    except AxleError:
        for draft in sorted(accounts, key=lambda draft: draft.code):
            try:
                with attempt():
                    done.accounts += chart_load([draft])
            except AxleError as refused:
                done.refused.append(f"{draft.code} ({refused.code})")


def _rule_add(actor: Actor, kind: str, body: RuleBody, dates: tuple[date, date]) -> None:
    """From the first day of the books, or from the later one where the books of that time have no place for it."""
    try:
        with attempt():
            rule_add(actor=actor, kind=kind, body=body, effective_from=dates[0])
    except AxleError:
        rule_add(actor=actor, kind=kind, body=body, effective_from=dates[1])


class _Renewal(NamedTuple):
    """A standard that has changed: who had a hand in its versions, how it is drafted, and how a draft is activated."""

    name: str
    hands: Set[str]
    draft: Callable[[], PostingRule | StatementVersion]
    activate: Callable[[int], object]


def _statements_renewed(actor: Actor, on: date) -> Iterator[_Renewal]:
    versions: dict[str, list[StatementVersion]] = defaultdict(list)
    for version in StatementVersion.objects.select_related("statement"):
        versions[version.statement.code].append(version)
    for code, (_name_zh, _name_en, body) in statement_bodies().items():
        own = versions[code]
        if own and body.model_dump() not in [StatementBody.model_validate(one.body).model_dump() for one in own]:
            hands = {name for one in own for name in (one.created_by, one.activated_by)}
            draft = partial(statement_version_draft, actor=actor, code=code, body=body)
            yield _Renewal(code, hands, draft, partial(_statement_activate, actor, on))


def _statement_activate(actor: Actor, on: date, version_id: int) -> None:
    statement_version_activate(actor=actor, version_id=version_id, effective_from=on, business_on=on)


def _rules_renewed(actor: Actor, on: date) -> Iterator[_Renewal]:
    versions: dict[str, list[PostingRule]] = defaultdict(list)
    for rule in PostingRule.objects.filter(legal_entity=None):
        versions[rule.kind].append(rule)
    for kind, body in rule_bodies().items():
        own = versions[kind]
        if own and body.model_dump() not in [rule_body(one).model_dump() for one in own]:
            hands = {name for one in own for name in (one.made_by, one.activated_by)}
            draft = partial(posting_rule_create, actor=actor, kind=kind, body=body)
            yield _Renewal(kind, hands, draft, partial(_rule_activate, actor, on))


def _rule_activate(actor: Actor, on: date, rule_id: int) -> None:
    posting_rule_activate(actor=actor, rule_id=rule_id, effective_from=on)


def _renew(done: BooksUpgraded, renewal: _Renewal) -> None:
    try:
        with attempt():
            draft = renewal.draft()
    except AxleError as refused:
        done.refused.append(f"{renewal.name} ({refused.code})")
        return
    is_programs_own = renewal.hands <= {*PROGRAM, ""}
    kept = done.renewed if is_programs_own and _activated(renewal, draft.pk) else done.drafts
    kept.append(renewal.name)


def _activated(renewal: _Renewal, draft_id: int) -> bool:
    try:
        with attempt():
            renewal.activate(draft_id)
    except AxleError:
        return False
    return True
