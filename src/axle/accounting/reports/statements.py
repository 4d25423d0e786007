"""The financial statements (资产负债表, 利润表, 现金流量表) as reports, with how they hold together."""

from axle.accounting import permissions
from axle.accounting.reports.asking import month, sees_books
from axle.accounting.selectors.statements import statement_rows, statement_ties
from axle.platform.listing import Col
from axle.platform.public import Actor, name_shown
from axle.platform.questions import ENTITY, PERIOD
from axle.platform.reports import Choice, Report, ReportCheck, ReportRows, TableRows, report

INDENT = "　"


def _statement(code: str) -> None:
    def rows(actor: Actor, choice: Choice) -> ReportRows:
        if not sees_books(actor):
            return TableRows(())
        found = statement_rows(code, legal_entity_id=choice["legal_entity_id"], period=month(choice))
        return TableRows(
            [
                {
                    "row_no": place,
                    "item": INDENT * row.level + name_shown(row),
                    "current": None if row.is_heading else row.current,
                    "beside": None if row.is_heading else row.beside,
                }
                for place, row in enumerate(found, 1)
            ]
        )

    def checks(actor: Actor, choice: Choice) -> list[ReportCheck]:
        if not sees_books(actor):
            return []
        ties = statement_ties(legal_entity_id=choice["legal_entity_id"], period=month(choice))
        return [ReportCheck(tie.code, tie.left, tie.right) for tie in ties]

    report(
        Report(
            name=code,
            shelf="books",
            permission=permissions.TRIAL_BALANCE_VIEW,
            asked=(ENTITY, PERIOD),
            columns=(Col("row_no", "integer"), Col("item"), Col("current", "money"), Col("beside", "money")),
            rows=rows,
            checks=checks,
            page_size=200,
        )
    )


for _code in ("balance_sheet", "income_statement", "cash_flow_statement", "cash_flow_reconciliation"):
    _statement(_code)
