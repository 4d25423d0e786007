"""Class and stage of loans by the rules of a date: computed over all, written where something changes."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from axle.platform.public import legal_entities, next_nos, parameter_value, rows_copy
from axle.servicing.domain.standing import (
    CLASSES,
    SUBSTANDARD,
    Computed,
    Outcome,
    Standing,
    collateral_ranks,
    standing_step,
)
from axle.servicing.models import ClassProposal, LoanStanding, ProposalState, StandingChange
from axle.servicing.parameters import (
    CLASS_BY_COLLATERAL,
    CLASS_DAYS,
    CURE_MONTHS,
    IS_CLASSED_BY_CUSTOMER,
    OBSERVATION_MONTHS,
    STAGE_2_DAYS,
)
from axle.servicing.services.loan_lock import loans_lock

_COMPUTED = f"""
SELECT {{columns}} FROM (
    SELECT found.*, greatest(
        width_bucket(days, %(from_days)s::int[]),
        CASE WHEN %(is_by_customer)s THEN width_bucket(customer_days, %(from_days)s::int[]) ELSE 0 END,
        CASE times WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 3 END,
        collateral,
        CASE carrying WHEN 'non_accrual' THEN 2 WHEN 'written_off' THEN 4 ELSE 0 END
    ) AS rank
    FROM (
        SELECT loan.id, loan.department_id, loan.owner_id, loan.dealer_id, loan.carrying,
            greatest(%(on)s - loan.next_unpaid_due_on, 0) AS days, coalesce(late.days, 0) AS customer_days,
            coalesce(restructured.times, 0) AS times, coalesce(seen.rank, 0) AS collateral,
            standing.risk_class, standing.class_since, standing.stage, standing.stage_since, standing.reason,
            standing.better_since, standing.held_until, standing.held_rank
        FROM servicing_loan AS loan
        LEFT JOIN (
            SELECT customer_id, max(%(on)s - next_unpaid_due_on) AS days FROM servicing_loan
            WHERE state = 'in_force' AND carrying <> 'sold' AND next_unpaid_due_on < %(on)s
                AND legal_entity_id = %(entity)s
            GROUP BY customer_id
        ) AS late ON late.customer_id = loan.customer_id
        LEFT JOIN (
            SELECT loan_id, count(*) AS times FROM servicing_loanchange WHERE kind = 'restructuring'
                AND state = 'executed' AND executed_on + make_interval(months => %(observed)s) > %(on)s
            GROUP BY loan_id
        ) AS restructured ON restructured.loan_id = loan.id
        LEFT JOIN (
            SELECT loan_id, (SELECT max((%(by_collateral)s::jsonb ->> told.signal)::int) FROM
                jsonb_array_elements_text(signals || found || jsonb_build_array(condition)) AS told(signal)) AS rank
            FROM (
                SELECT DISTINCT ON (loan_id) * FROM servicing_inspection WHERE state = 'done'
                ORDER BY loan_id, inspected_on DESC, id DESC
            ) AS last
        ) AS seen ON seen.loan_id = loan.id
        LEFT JOIN servicing_loanstanding AS standing ON standing.loan_id = loan.id
        WHERE loan.state = 'in_force' AND loan.carrying <> 'sold' AND loan.legal_entity_id = %(entity)s {{which}}
    ) AS found
    WHERE customer_days > 0 OR times > 0 OR collateral > 0 OR carrying <> 'performing' OR risk_class <> 'normal'
        OR stage > 1 OR better_since IS NOT NULL OR held_until IS NOT NULL
) AS asked
WHERE better_since IS NOT NULL OR held_until IS NOT NULL
    OR coalesce(array_position(%(classes)s, risk_class), 1) <> rank + 1
    OR coalesce(stage, 1) <> CASE
        WHEN rank >= {SUBSTANDARD} THEN 3 WHEN rank = 1 OR days > %(stage_2_days)s THEN 2 ELSE 1 END
"""
"""The loans that do not stand as ``class_computed`` has them, or wait to get better: a loan of which neither is true
stays as it is (``standing_step``). One way through the loans in force, by several processes."""
_COLUMNS = """id, department_id, owner_id, dealer_id, carrying, days, customer_days, times, collateral, risk_class,
    class_since, stage, stage_since, reason, better_since, held_until, held_rank"""


@dataclass(frozen=True)
class Rules:
    """The rule set of a company on a date."""

    over_days: Sequence[int]
    stage_2_days: int
    cure_months: int
    observation_months: int
    is_by_customer: bool
    by_collateral: Mapping[str, int]


@dataclass(frozen=True)
class _Case:
    """A loan to look at, as the statement gives it."""

    loan_id: int
    scope: dict[str, Any]
    computed: Computed
    before: Standing
    class_since: date | None
    stage_since: date | None


def rules_of(legal_entity_id: int, on: date) -> Rules:
    """The rule set in force for a company on a date."""

    def value(code: str) -> Any:
        return parameter_value(code, on=on, legal_entity_id=legal_entity_id)

    return Rules(
        over_days=[int(days) for days in value(CLASS_DAYS.code)],
        stage_2_days=value(STAGE_2_DAYS.code),
        cure_months=value(CURE_MONTHS.code),
        observation_months=value(OBSERVATION_MONTHS.code),
        is_by_customer=value(IS_CLASSED_BY_CUSTOMER.code),
        by_collateral=collateral_ranks(value(CLASS_BY_COLLATERAL.code)),
    )


def class_computed(
    rules: Rules, *, days: int, customer_days: int, restructured: int, carrying: str, collateral: int = 0
) -> Computed:
    """What the rules make of one loan: the worst class that any of them asks for, and its reason.

    ``collateral`` is the rank that the last inspection of its car asks for.
    """
    own = sum(1 for over in rules.over_days if days > over)
    joint = sum(1 for over in rules.over_days if customer_days > over) if rules.is_by_customer else 0
    asked = [
        (own, "days_past_due"),
        (joint, "customer_past_due"),
        (1 if restructured else 0, "restructured"),
        (3 if restructured > 1 else 0, "restructured_again"),
        (collateral, "collateral"),
        (2 if carrying == "non_accrual" else 0, "non_accrual"),
        (4 if carrying == "written_off" else 0, "written_off"),
    ]
    rank = max(rank for rank, _reason in asked)
    reason = next(reason for asked_rank, reason in asked if asked_rank == rank) if rank else "recovered"
    stage = 3 if rank >= 2 else 2 if rank == 1 or days > rules.stage_2_days else 1
    return Computed(rank, stage, reason)


def loans_classify(on: date, shard: int, shards: int) -> int:
    """Classify the loans on the date after ``on``; gives how many changed.

    Worse is written at once with its reason; a better class is proposed and waits for a person. What is to be written
    is decided again once the loans are locked: a person may have decided on their class meanwhile.
    """
    today, changed = on + timedelta(days=1), 0
    for entity in legal_entities():
        asking = _Asking(entity.id, rules_of(entity.id, today), today)
        loan_ids = [case.loan_id for case in asking.cases() if asking.moves(case)]
        if loan_ids:
            loans_lock(loan_ids)
            changed += _settle(asking, list(asking.cases(loan_ids)))
    return changed


@dataclass(frozen=True)
class _Asking:
    """What is looked for in a company on a date."""

    entity_id: int
    rules: Rules
    today: date

    def step(self, case: _Case) -> Outcome:
        return standing_step(case.before, case.computed, self.today, cure_months=self.rules.cure_months)

    def moves(self, case: _Case) -> bool:
        outcome = self.step(case)
        return outcome.standing != case.before or outcome.proposed is not None

    def cases(self, loan_ids: Sequence[int] | None = None) -> Iterator[_Case]:
        """The loans to look at, or those of some that are."""
        rules = self.rules
        asked: dict[str, Any] = {
            "on": self.today,
            "entity": self.entity_id,
            "observed": rules.observation_months,
            "from_days": [days + 1 for days in sorted(rules.over_days)],
            "is_by_customer": rules.is_by_customer,
            "by_collateral": json.dumps(dict(rules.by_collateral)),
            "stage_2_days": rules.stage_2_days,
            "classes": list(CLASSES),
            "loans": loan_ids,
        }
        which = "" if loan_ids is None else "AND loan.id = ANY(%(loans)s)"
        with connection.cursor() as cursor:
            cursor.execute(_COMPUTED.format(which=which, columns=_COLUMNS), asked)
            rows = cursor.fetchall()
        return _cases(self.entity_id, rules, rows)


def _settle(asking: _Asking, cases: Sequence[_Case]) -> int:
    outcomes = [(case, asking.step(case)) for case in cases]
    moved = [(case, outcome) for case, outcome in outcomes if outcome.standing != case.before]
    _write(moved, asking.today)
    _propose([(case, outcome) for case, outcome in outcomes if outcome.proposed is not None], asking.today)
    return len(moved)


def _cases(entity_id: int, rules: Rules, rows: Sequence[Sequence[Any]]) -> Iterator[_Case]:
    for loan_id, department, owner, dealer, carrying, days, customer_days, times, collateral, *kept in rows:
        scope = {"legal_entity_id": entity_id, "department_id": department, "owner_id": owner, "dealer_id": dealer}
        risk_class, class_since, stage, stage_since, reason, better_since, held_until, held_rank = kept
        before = Standing()
        if risk_class is not None:
            before = Standing(CLASSES.index(risk_class), stage, reason, better_since, held_until, held_rank)
        computed = class_computed(
            rules,
            days=days,
            customer_days=customer_days,
            restructured=times,
            carrying=carrying,
            collateral=collateral,
        )
        yield _Case(loan_id, scope, computed, before, class_since, stage_since)


def _write(moved: Sequence[tuple[_Case, Outcome]], today: date) -> None:
    rows, told = [], []
    for case, outcome in moved:
        before, after = case.before, outcome.standing
        rows.append(standing_row(case.loan_id, case.scope, before, after, today, case.class_since, case.stage_since))
        if (after.rank, after.stage) != (before.rank, before.stage):
            reason = case.computed.reason if after.rank == before.rank else after.reason
            told.append(change_row(case.loan_id, before, after, today, reason))
    standings_store(rows)
    rows_copy(told)


def standing_row(
    loan_id: int,
    scope: dict[str, Any],
    before: Standing,
    after: Standing,
    today: date,
    class_since: date | None,
    stage_since: date | None,
) -> LoanStanding:
    """A standing as it is stored."""
    return LoanStanding(
        loan_id=loan_id,
        **scope,
        risk_class=CLASSES[after.rank],
        class_since=class_since if class_since and after.rank == before.rank else today,
        stage=after.stage,
        stage_since=stage_since if stage_since and after.stage == before.stage else today,
        reason=after.reason,
        better_since=after.better_since,
        held_until=after.held_until,
        held_rank=after.held_rank,
    )


def change_row(
    loan_id: int, before: Standing, after: Standing, on: date, reason: str, *, note: str = "", entered_by: str = ""
) -> StandingChange:
    """A row of a loan's history of class and stage."""
    return StandingChange(
        loan_id=loan_id,
        on=on,
        class_before=CLASSES[before.rank],
        class_after=CLASSES[after.rank],
        stage_before=before.stage,
        stage_after=after.stage,
        reason=reason,
        note=note,
        entered_by=entered_by,
    )


def standings_store(rows: Iterable[LoanStanding]) -> None:
    """Keep standings, one per loan."""
    columns = [f.name for f in LoanStanding._meta.concrete_fields if f.name not in {"id", "loan"}]
    LoanStanding.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["loan"], update_fields=columns, batch_size=5000
    )


def _propose(cases: Sequence[tuple[_Case, Outcome]], today: date) -> None:
    loan_ids = [case.loan_id for case, _outcome in cases]
    open_ones = ClassProposal.objects.filter(loan_id__in=loan_ids, state=ProposalState.PROPOSED)
    waiting = set(open_ones.values_list("loan_id", flat=True))
    new = [(case, outcome) for case, outcome in cases if case.loan_id not in waiting]
    if new:
        numbers = next_nos("FL", on=today, count=len(new))
        ClassProposal.objects.bulk_create(
            [
                ClassProposal(
                    proposal_no=number,
                    loan_id=case.loan_id,
                    **case.scope,
                    class_before=CLASSES[outcome.standing.rank],
                    class_after=CLASSES[outcome.proposed or 0],
                    reason="recovered",
                    proposed_on=today,
                )
                for number, (case, outcome) in zip(numbers, new, strict=True)
            ],
            batch_size=5000,
        )
