"""The workbench over HTTP."""

from datetime import date, datetime

from pydantic import BaseModel

from axle.platform.public import Actor
from axle.reporting.http.api import api
from axle.reporting.http.figures import CardOut, ChartOut, cards_out, charts_out
from axle.reporting.workbench import workbench


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


@api.query("workbench_get", "/workbench", permission=None)
def workbench_get(actor: Actor) -> WorkbenchOut:
    """What waits for this person, and the state of the business in their scope."""
    board = workbench(actor)
    return WorkbenchOut(
        business_date=board.business_on,
        cards=cards_out(board.cards),
        charts=charts_out(board.charts),
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
