"""The disbursement ledger (贷款发放台账): every loan paid out in a span of days, oldest first."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet, Sum

from axle.ledger.public import entry_nos_about
from axle.origination.public import payees_of
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Chart, Choice, KeyedRows, Report, ReportRows, Row, report
from axle.reporting.asking import LOAN_QUESTIONS, PORTFOLIO_VIEW, SINCE, UNTIL, loans_chosen, since, until
from axle.reporting.grouping import groups, sums_by
from axle.reporting.loan_columns import (
    AGREED,
    LOAN_LINK,
    NAMED,
    NUMBER,
    PLACED,
    SECURED,
    loan_columns,
    numbered,
    secured_columns,
)

_READ = (
    *NAMED,
    *AGREED,
    *PLACED,
    Col("irr_rate", "rate", source="contract__annual_cost_rate"),
    Col("method", "enum", enum="RepaymentMethod"),
)
_COLUMNS = (
    NUMBER,
    *NAMED,
    *AGREED,
    Col("cumulative", "money"),
    Col("irr_rate", "rate"),
    Col("method", "enum", enum="RepaymentMethod"),
    Col("payee_name"),
    Col("payee_account"),
    Col("payee_bank"),
    Col("maker"),
    Col("checker"),
    Col("entry_no", link="/finance/vouchers/{entry_no}"),
    *SECURED,
    *PLACED,
)


def _loans(actor: Actor, choice: Choice) -> QuerySet[Any]:
    return loans_chosen(actor, choice).filter(disbursed_on__range=(since(choice), until(choice)))


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    loans = _loans(actor, choice)

    def fill(keys: Sequence[int], start: int) -> list[Row]:
        facts = loan_columns(loans, keys, (*_READ, Col("contract_id")))
        contract_ids = [loan["contract_id"] for loan in facts.values()]
        payees, secured = payees_of(contract_ids), secured_columns(contract_ids)
        entries = entry_nos_about(source_type="loan", source_ids=keys, kind="loan_disbursed")
        paid = _paid_before(loans, facts[keys[0]]["disbursed_on"], keys[0])
        rows = []
        for key in keys:
            loan = facts[key]
            paid += loan["principal"]
            payee = payees.get(loan["contract_id"])
            own = loan | secured[loan["contract_id"]] | (_payee(payee) if payee else {})
            rows.append(own | {"cumulative": paid, "entry_no": entries.get(key)})
        return numbered(rows, start)

    return KeyedRows(loans.order_by("disbursed_on", "pk"), fill, lambda: loans.aggregate(principal=Sum("principal")))


def _payee(payee: Any) -> Row:
    return {
        "payee_name": payee.name,
        "payee_account": payee.account_masked,
        "payee_bank": payee.bank,
        "maker": payee.maker,
        "checker": payee.checker,
    }


def _paid_before(loans: QuerySet[Any], on: Any, key: int) -> int:
    """What was paid out in the span before the first row shown."""
    before = Q(disbursed_on__lt=on) | Q(disbursed_on=on, pk__lt=key)
    return int(loans.filter(before).aggregate(total=Sum("principal"))["total"] or 0)


def _grouped(actor: Actor, choice: Choice, group: str) -> list[Row]:
    return sums_by(_loans(actor, choice), group, {"principal": Sum("principal")}, month="disbursed_on")


report(
    Report(
        name="disbursement_ledger",
        shelf="loan_ledgers",
        permission=PORTFOLIO_VIEW,
        asked=(SINCE, UNTIL, *LOAN_QUESTIONS),
        columns=_COLUMNS,
        rows=_rows,
        totals=("principal",),
        groups=groups("month"),
        grouped=_grouped,
        chart=Chart("bar", "month", ("principal",)),
        row_link=LOAN_LINK,
    )
)
