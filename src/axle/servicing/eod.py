"""Servicing's steps of the end of day.

Accrued interest is a function of the plan and the date: nothing is written per loan on an ordinary day. The books
get one entry per company and product, the sum over the rows that run that day.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.db import connection

from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.platform.public import EodStep, StepFunction, Subject, publish
from axle.servicing.events import LoansBecameOverdue
from axle.servicing.jobs import write_reminders
from axle.servicing.models import Loan, LoanState
from axle.servicing.selectors.day_sums import (
    DUE_ON_DAY,
    INTEREST_RUN,
    RUNNING_INTEREST,
    Amounts,
    DaySum,
    Group,
    sums_complete,
    sums_settle,
)
from axle.servicing.services.accrual_stop import accruals_stop
from axle.servicing.services.arrears_keep import arrears_keep
from axle.servicing.services.change_execute import carry_out_changes
from axle.servicing.services.figure_settle import figure_keep, figure_settle
from axle.servicing.services.inspections_plan import inspections_plan
from axle.servicing.services.interest_net import interest_net
from axle.servicing.services.loans_classify import loans_classify
from axle.servicing.services.losses_provide import is_month_end, losses_provide
from axle.servicing.services.overpayments_apply import overpayments_apply
from axle.servicing.services.portfolio_keep import portfolio_keep
from axle.servicing.services.reminders_make import reminders_make
from axle.servicing.services.warnings_settle import warnings_settle

SHARDS = 4
"""Into how many shards the steps over many loans are cut."""
Sums = Mapping[Group, Amounts]
OVERDUE_PRINCIPAL = "overdue_principal"
"""The figure that the account of overdue principal carries."""


def _group_event(kind: str, group: Group, on: date, amounts: dict[str, Fen]) -> MoneyEvent:
    entity, product = group
    return MoneyEvent(
        kind=kind,
        event_no=f"{kind}/{on:%Y%m%d}/{entity}/{product}",
        legal_entity_id=entity,
        value_on=on,
        amounts=amounts,
        dimensions={"product_code": product},
        source=Subject("eod", int(f"{on:%Y%m%d}")),
    )


def accruals_prepare(on: date) -> StepFunction:
    """Sum up the interest of one day; what is left is to post it."""
    return _prepared(RUNNING_INTEREST, on, _accruals_post)


def post_daily_accruals(on: date, shard: int, shards: int) -> int:
    """Post the interest of one day."""
    return accruals_prepare(on)(on, shard, shards)


def due_prepare(on: date) -> StepFunction:
    """Sum up what falls due on one day; what is left is to post it."""
    return _prepared(DUE_ON_DAY, on, _due_post)


def post_due_instalments(on: date, shard: int, shards: int) -> int:
    """Post what fell due on one day: the tax point of interest, and fees paid by instalment."""
    return due_prepare(on)(on, shard, shards)


def _prepared(what: DaySum, on: date, post: Callable[[Sums, date], None]) -> StepFunction:
    settled = sums_settle(what, on)

    def complete(on: date, shard: int, shards: int) -> int:
        sums = sums_complete(what, on, settled)
        post(sums, on)
        return sum(amounts["rows"] for amounts in sums.values())

    return complete


def _accruals_post(sums: Sums, on: date) -> None:
    """As income, or off balance for loans that are non-accrual; what has run and is not due is kept."""
    for group, amounts in sums.items():
        for kind, name in (("interest_accrued", "interest"), ("memo_interest_accrued", "memo_interest")):
            if amounts[name]:
                publish(_group_event(kind, group, on, {"interest": Fen(amounts[name])}))
    for figure in INTEREST_RUN:
        figure_keep(figure, on, {group: amounts[figure] for group, amounts in sums.items()})


def _due_post(sums: Sums, on: date) -> None:
    for group, amounts in sums.items():
        for kind, name in (("interest_due", "interest"), ("fee_charged", "fee")):
            if amounts[name]:
                publish(_group_event(kind, group, on, {name: Fen(amounts[name])}))


def mark_overdue(on: date, shard: int, shards: int) -> int:
    """Tell which loans have become overdue by the end of the day."""
    late = Loan.objects.filter(state=LoanState.IN_FORCE, next_unpaid_due_on=on).order_by("pk")
    loan_ids = tuple(late.values_list("pk", flat=True))
    if loan_ids:
        publish(LoansBecameOverdue(on, loan_ids))
    return len(loan_ids)


def remind_debtors(on: date, shard: int, shards: int) -> int:
    """Decide whom to remind of an instalment on the new business date; the texts are written behind it."""
    made = reminders_make(on)
    if made:
        write_reminders.defer()
    return made


def snapshot_portfolio(on: date, shard: int, shards: int) -> int:
    """Keep the portfolio by company, product and bucket at the end of the day."""
    return portfolio_keep(on)


def snapshot_arrears(on: date, shard: int, shards: int) -> int:
    """Keep which loans are in arrears at the end of the day, and by how much."""
    return arrears_keep(on)


_OVERDUE = """
SELECT loan.legal_entity_id, loan.product_code, sum(late.principal_overdue)::bigint
FROM servicing_arrearsday AS late JOIN servicing_loan AS loan ON loan.id = late.loan_id
WHERE late.business_on = %(on)s AND loan.carrying = 'performing' GROUP BY 1, 2
"""


def reclassify_overdue(on: date, shard: int, shards: int) -> int:
    """Carry the overdue principal of performing loans as overdue (1303.02), by company and product."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERDUE, {"on": on})
        now = {(entity, product): amount for entity, product, amount in cursor.fetchall()}

    changes = figure_settle(OVERDUE_PRINCIPAL, on, now)
    for group, amount in changes.items():
        kind = "principal_overdue_reduced" if amount < 0 else "principal_overdue"
        publish(_group_event(kind, group, on, {"principal": Fen(abs(amount))}))
    return len(changes)


def provide_losses(on: date, shard: int, shards: int) -> int:
    """At a month's end, bring the allowances to the expected losses: more is charged, less is released in red.

    Where interest counts on the net amount, that of impaired loans is reduced.
    """
    changes = losses_provide(on) if is_month_end(on) else {}
    for group, stages in changes.items():
        for kind, sign in (("provision_charged", 1), ("provision_released", -1)):
            amounts = {f"stage_{n}": Fen(sign * amount) for n, amount in stages.items() if sign * amount > 0}
            if amounts:
                publish(_group_event(kind, group, on, amounts))
    for group, interest in (interest_net(on) if is_month_end(on) else {}).items():
        publish(_group_event("interest_netted", group, on, {"interest": interest}))
    return len(changes)


def warn_of_loans(on: date, shard: int, shards: int) -> int:
    """Raise, lead on and close early warnings by the rules of the new business date."""
    return warnings_settle(on + timedelta(days=1))


STEPS = (
    EodStep("post_daily_accruals", post_daily_accruals, is_closing=True, prepare=accruals_prepare),
    EodStep("post_due_instalments", post_due_instalments, is_closing=True, prepare=due_prepare),
    EodStep("snapshot_portfolio", snapshot_portfolio, reads_at_once=True),
    EodStep("snapshot_arrears", snapshot_arrears, reads_at_once=True, is_beside=True),
    EodStep("apply_overpayments", overpayments_apply, is_beside=True),
    EodStep("carry_out_changes", carry_out_changes),
    EodStep("mark_overdue", mark_overdue),
    EodStep("remind_debtors", remind_debtors, is_beside=True),
    EodStep("stop_accrual", accruals_stop, shards=SHARDS, is_beside=True),
    EodStep("classify_loans", loans_classify),
    EodStep("plan_inspections", inspections_plan),
    EodStep("reclassify_overdue", reclassify_overdue, is_beside=True),
    EodStep("provide_losses", provide_losses),
    EodStep("warn_of_loans", warn_of_loans, is_beside=True),
)
