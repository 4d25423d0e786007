"""Value-added tax by event (增值税计算表): output and deferred tax of a span by the kind of business fact.

The tax base follows from the entries: what an entry of the kind brought in as income, and the tax that it split off.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum

from axle.accounting import permissions
from axle.accounting.reports.asking import sees_books
from axle.accounting.standard import account_of
from axle.kernel.money import Fen
from axle.ledger.public import account_ids_under, balance_of_accounts, lines_journal
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.questions import ENTITY, SINCE, UNTIL
from axle.platform.reports import Choice, Report, ReportCheck, ReportRows, TableRows, report

PARTS = {"output_tax": "output_tax", "deferred_tax": "deferred_output_tax", "input_tax": "input_tax"}
"""Columns and the parts that their accounts play in the chart."""


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    if not sees_books(actor):
        return TableRows(())
    entity = choice["legal_entity_id"]
    lines = lines_journal().filter(legal_entity_id=entity, booked_on__range=(choice["since"], choice["until"]))
    ids = {column: account_ids_under(entity, account_of(role)) for column, role in PARTS.items()}
    taxed = lines.filter(account_id__in=[account for group in ids.values() for account in group])
    sums = {
        column: Sum(F("credit") - F("debit"), filter=Q(account_id__in=group), default=0)
        for column, group in ids.items()
    }
    kinds: Any = taxed.order_by().values("entry__kind").annotate(entries=Count("entry_id", distinct=True), **sums)
    rows = [
        {
            "kind": row["entry__kind"],
            "entries": row["entries"],
            "output_tax": row["output_tax"],
            "deferred_tax": row["deferred_tax"],
            "input_tax": -row["input_tax"],
            "tax_payable": row["output_tax"] + row["input_tax"],
        }
        for row in kinds.order_by("entry__kind")
    ]
    return TableRows(rows, summed=("entries", "output_tax", "deferred_tax", "input_tax", "tax_payable"))


def _checks(actor: Actor, choice: Choice) -> list[ReportCheck]:
    if not sees_books(actor):
        return []
    entity = choice["legal_entity_id"]
    ids = account_ids_under(entity, account_of("output_tax"))
    after = balance_of_accounts(legal_entity_id=entity, account_ids=ids, on=choice["until"])
    before = balance_of_accounts(legal_entity_id=entity, account_ids=ids, on=choice["since"] - timedelta(days=1))
    told = _rows(actor, choice).totals()["output_tax"]
    return [ReportCheck("output_tax_account", Fen(told), Fen(before - after))]


report(
    Report(
        name="vat_worksheet",
        shelf="books",
        permission=permissions.TRIAL_BALANCE_VIEW,
        asked=(SINCE, UNTIL, ENTITY),
        columns=(
            Col("kind", "enum", enum="MoneyEventKind"),
            Col("entries", "integer"),
            Col("output_tax", "money"),
            Col("deferred_tax", "money"),
            Col("input_tax", "money"),
            Col("tax_payable", "money"),
        ),
        rows=_rows,
        totals=("entries", "output_tax", "deferred_tax", "input_tax", "tax_payable"),
        checks=_checks,
    )
)
