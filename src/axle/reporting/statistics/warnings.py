"""Early warnings by the series of the cars (贷后预警统计): how many loans are warned of, and what they owe, by level.

As they stand now: a warning's balance is that of the last day's end or feed of prices.
"""

from axle.kernel.rounding import share
from axle.platform.listing import Col
from axle.platform.public import Actor
from axle.platform.reports import Asked, Choice, Report, ReportRows, Row, TableRows, report
from axle.reporting.asking import ENTITY
from axle.servicing.public import WARNING_CAUSES, WARNING_LEVELS, WARNING_VIEW, WarningSum, warnings_by_series

_WARNINGS = "/loan/warnings?warning_state=open,acknowledged&make={make}&series={series}"
_LEVELS = tuple(
    col
    for level in WARNING_LEVELS
    for col in (
        Col(f"loans_{level}", "integer", link=f"{_WARNINGS}&warning_level={level}"),
        Col(f"principal_{level}", "money"),
    )
)


def _rows(actor: Actor, choice: Choice) -> ReportRows:
    found = warnings_by_series(actor, legal_entity_id=choice["legal_entity_id"], cause=choice["warning_cause"])
    rows = [_row(one) for one in found]
    rows.sort(key=lambda row: (-row["principal_balance"], row["make"], row["series"]))
    return TableRows(rows, _SUMMED)


def _row(one: WarningSum) -> Row:
    worst = WARNING_LEVELS[-1]
    row: Row = {"make": one.make, "series": one.series, "loans": sum(one.loans.values())}
    row["principal_balance"] = sum(one.principal.values())
    for level in WARNING_LEVELS:
        row |= {f"loans_{level}": one.loans.get(level, 0), f"principal_{level}": one.principal.get(level, 0)}
    row["red_rate"] = share(one.principal.get(worst, 0), row["principal_balance"])
    return row


_SUMMED = ("loans", "principal_balance", *(col.key for col in _LEVELS))
report(
    Report(
        name="loan_warnings_by_series",
        shelf="statistics",
        permission=WARNING_VIEW,
        asked=(
            ENTITY,
            Asked(
                Col("warning_cause", "enum", enum="WarningCause", choices=WARNING_CAUSES),
                default=lambda: WARNING_CAUSES[0],
            ),
        ),
        columns=(
            Col("make"),
            Col("series"),
            Col("loans", "integer", link=_WARNINGS),
            Col("principal_balance", "money"),
            *_LEVELS,
            Col("red_rate", "rate"),
        ),
        rows=_rows,
        totals=_SUMMED,
    )
)
