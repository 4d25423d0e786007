"""Weighted average rates and the daily average balance (加权平均贷款利率, 贷款日均余额), by product and in all."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, QuerySet, Sum

from axle.accounting.public import income_of_products, principal_account_ids
from axle.platform.listing import Col
from axle.platform.public import Actor, text
from axle.platform.reports import Choice, Report, ReportRows, Row, TableRows, report
from axle.reporting.asking import (
    DEALER,
    DEPARTMENT,
    ENTITY,
    MANAGER,
    PORTFOLIO_VIEW,
    PRODUCT,
    SINCE,
    UNTIL,
    is_whole,
    loans_chosen,
    since,
    until,
)
from axle.reporting.domain.averages import average_of, average_yield, rate_of

_COLUMNS = (
    Col("product_name"),
    Col("amount_new", "money"),
    Col("rate_new", "rate"),
    Col("irr_new", "rate"),
    Col("principal_closing", "money"),
    Col("rate_closing", "rate"),
    Col("average_balance", "money"),
    Col("rate_average", "rate"),
    Col("interest_income", "money"),
    Col("average_yield", "rate"),
)

_HELD = """
SELECT loan.product_code, sum(held.net), sum(held.days),
    sum(held.net * {rate}), sum(held.days * {rate})
FROM (
    SELECT loan_no, sum(net) AS net, sum(net * (%s::date - greatest(moved_on, %s::date) + 1)) AS days
    FROM (
        SELECT loan_no, booked_on AS moved_on, debit - credit AS net FROM ledger_entryline
        WHERE account_id = ANY(%s) AND booked_on <= %s AND loan_no <> ''
        UNION ALL
        SELECT l.loan_no, p.on, -(p.amounts ->> 'principal')::bigint
        FROM servicing_posting p JOIN servicing_loan l ON l.id = p.loan_id
        WHERE p.told_in <> '' AND p.amounts ? 'principal' AND p.on <= %s
        UNION ALL
        SELECT l.loan_no, l.disbursed_on, l.principal FROM servicing_loan l
        WHERE l.disbursed_on <= %s AND NOT EXISTS (
            SELECT FROM ledger_journalentry e
            WHERE e.source_type = 'loan' AND e.source_id = l.id AND e.kind = 'loan_disbursed'
        )
    ) AS moves GROUP BY loan_no
) AS held JOIN servicing_loan loan ON loan.loan_no = held.loan_no
WHERE {chosen}
GROUP BY loan.product_code
"""
_RATE = """coalesce((
    SELECT (c.before ->> 'annual_rate')::numeric FROM servicing_loanchange c
    WHERE c.loan_id = loan.id AND c.state = 'executed' AND c.executed_on > %s ORDER BY c.executed_on LIMIT 1
), loan.annual_rate)"""
"""The rate of a loan on a day: that before the first change after it, else the one in force."""


class Held(NamedTuple):
    """What loans of a product held: principal at the end, its sum over all day ends, and both times their rates."""

    closing: int
    balance_days: int
    closing_rated: Decimal
    balance_days_rated: Decimal


def _held(loans: QuerySet[Any], accounts: list[int], first: date, last: date) -> dict[str, Held]:
    chosen, params = loans.order_by().values("pk").query.sql_with_params()
    sql = _HELD.replace("{rate}", _RATE).replace("{chosen}", f"loan.id IN ({chosen})")
    with connection.cursor() as cursor:
        cursor.execute(sql, [last, last, last, first, accounts, last, last, last, *params])
        return {
            code: Held(int(net), int(days), Decimal(rated), Decimal(days_rated))
            for code, net, days, rated, days_rated in cursor.fetchall()
        }


def _new(loans: QuerySet[Any], first: date, last: date) -> dict[str, dict[str, Any]]:
    """What was paid out, by product."""
    paid = loans.filter(disbursed_on__range=(first, last)).order_by().values("product_code")
    rows = paid.annotate(
        amount=Sum("principal"),
        rated=Sum(F("principal") * F("contract__annual_rate")),
        irr=Sum(F("principal") * F("contract__annual_cost_rate")),
    )
    return {row["product_code"]: row for row in rows}


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    loans, first, last = loans_chosen(actor, choice), since(choice), until(choice)
    days, entity = (last - first).days + 1, choice["legal_entity_id"]
    held, new = _held(loans, principal_account_ids(entity), first, last), _new(loans, first, last)
    income = income_of_products(entity, first, last) if is_whole(actor, choice) else {}
    name = Col("name", source="product_version__product__name_{lang}").path
    names = dict(loans.order_by().values_list("product_code", name).distinct())
    codes = sorted(held.keys() | new.keys())
    rows = [_row(names.get(code, code), [code], held, new, income, days) for code in codes]
    if len(codes) > 1:
        rows.append(_row(text("text", "report_all"), codes, held, new, income, days))
    return TableRows(rows)


def _row(
    name: str,
    codes: list[str],
    held: dict[str, Held],
    new: dict[str, dict[str, Any]],
    income: Mapping[str, int],
    days: int,
) -> Row:
    own = [held[code] for code in codes if code in held]
    paid = [new[code] for code in codes if code in new]
    closing, balance_days = sum(one.closing for one in own), sum(one.balance_days for one in own)
    amount, average = sum(one["amount"] for one in paid), average_of(balance_days, days)
    earned = sum(income.get(code, 0) for code in codes)
    return {
        "product_name": name,
        "amount_new": amount,
        "rate_new": rate_of(sum((one["rated"] for one in paid), Decimal(0)), amount),
        "irr_new": rate_of(sum((one["irr"] for one in paid), Decimal(0)), amount),
        "principal_closing": closing,
        "rate_closing": rate_of(sum((one.closing_rated for one in own), Decimal(0)), closing),
        "average_balance": average,
        "rate_average": rate_of(sum((one.balance_days_rated for one in own), Decimal(0)), balance_days),
        "interest_income": earned if income else None,
        "average_yield": average_yield(earned, average, days) if income else None,
    }


report(
    Report(
        name="average_rates",
        shelf="statistics",
        permission=PORTFOLIO_VIEW,
        asked=(SINCE, UNTIL, ENTITY, DEPARTMENT, MANAGER, PRODUCT, DEALER),
        columns=_COLUMNS,
        rows=_rows,
    )
)
