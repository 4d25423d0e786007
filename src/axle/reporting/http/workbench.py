"""The workbench over HTTP."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from axle.kernel.money import yuan
from axle.platform.public import Actor
from axle.reporting.http.api import api
from axle.reporting.workbench import Card, workbench


class CardOut(BaseModel):
    """A figure: a count, an amount in yuan, or a fraction, as text."""

    key: str
    kind: Literal["count", "money", "rate"]
    value: str
    to: str | None


class SeriesOut(BaseModel):
    key: str
    values: list[float]


class ChartOut(BaseModel):
    """A chart; labels are codes of the catalogue, months or days."""

    key: str
    kind: Literal["bar", "line", "pie", "funnel"]
    labels: list[str]
    series: list[SeriesOut]


class WorkbenchTaskOut(BaseModel):
    """A task that waits for this person."""

    task_id: int
    title: str
    node: str
    due_at: datetime
    is_late: bool
    to: str


class WorkbenchOut(BaseModel):
    """A person's workbench."""

    business_date: date
    cards: list[CardOut]
    charts: list[ChartOut]
    my_tasks: list[WorkbenchTaskOut]


def _card(card: Card) -> CardOut:
    value = yuan(int(card.value)) if card.kind == "money" else str(card.value)
    return CardOut.model_validate({"key": card.key, "kind": card.kind, "value": value, "to": card.to})


@api.query("workbench_get", "/workbench", permission=None)
def workbench_get(actor: Actor) -> WorkbenchOut:
    """What waits for this person, and the state of the business in their scope."""
    board = workbench(actor)
    return WorkbenchOut(
        business_date=board.business_on,
        cards=[_card(card) for card in board.cards],
        charts=[
            ChartOut.model_validate(
                {
                    "key": chart.key,
                    "kind": chart.kind,
                    "labels": list(chart.labels),
                    "series": [{"key": series.key, "values": list(series.values)} for series in chart.series],
                }
            )
            for chart in board.charts
        ],
        my_tasks=[
            WorkbenchTaskOut(
                task_id=task.task_id,
                title=task.title,
                node=task.node,
                due_at=task.due_at,
                is_late=task.is_late,
                to=f"/review/{task.subject.type}s/{task.subject.id}",
            )
            for task in board.tasks
        ],
    )
