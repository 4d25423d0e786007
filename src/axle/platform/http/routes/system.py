"""The operation log and the business date."""

from datetime import date, datetime

from pydantic import BaseModel

from axle.platform import permissions as may
from axle.platform.businessday import business_date
from axle.platform.errors import NotFound
from axle.platform.http.actor_name import ActorName
from axle.platform.http.history import ChangeOut
from axle.platform.http.routes.base import api
from axle.platform.listing import Col, Listing
from axle.platform.log_reading import changes_read
from axle.platform.models.identity import UserKind
from axle.platform.organisation import role_names
from axle.platform.scope import Actor
from axle.platform.selectors import operations_reached

ACTOR_KINDS = (*UserKind.values, "customer", "system")


class OperationOut(BaseModel):
    """One row of the operation log with its changes."""

    id: int
    at: datetime
    business_on: date
    operation: str
    actor_kind: str
    actor_name: ActorName
    roles: list[str]
    checker_name: ActorName
    subject_type: str
    subject_id: str
    changes: list[ChangeOut]
    note: str
    ip: str | None
    device: str
    control: str


class BusinessDateOut(BaseModel):
    business_date: str


@api.query("operation_get", "/operations/{operation_id}", permission=may.OPERATION_LOG_VIEW)
def operation_get(actor: Actor, operation_id: int) -> OperationOut:
    """One operation with what it changed."""
    row = operations_reached(actor).filter(pk=operation_id).first()
    if row is None:
        raise NotFound(what="operation")
    facts = {name: getattr(row, name) for name in OperationOut.model_fields}
    changes = [ChangeOut.model_validate(change, from_attributes=True) for change in changes_read(row.changes)]
    roles = role_names(code for code in row.roles.split(",") if code)
    return OperationOut(**facts | {"changes": changes, "roles": roles})


@api.query("business_date_get", "/business-date", permission=None)
def business_date_get(actor: Actor) -> BusinessDateOut:
    """The business date that the system is on."""
    return BusinessDateOut(business_date=business_date().isoformat())


api.listing(
    Listing(
        name="operations",
        is_growing=True,
        permission=may.OPERATION_LOG_VIEW,
        queryset=operations_reached,
        columns=[
            Col("at", "datetime"),
            Col("business_on", "date"),
            Col("operation", "enum", enum="Command"),
            Col("actor_name"),
            Col("actor_kind", "enum", enum="UserKind", choices=ACTOR_KINDS),
            Col("checker_name"),
            Col("subject_type", "enum", enum="Subject"),
            Col("subject_id"),
            Col("ip"),
            Col("device", is_hidden=True),
            Col("control", is_hidden=True),
        ],
        search=["actor_name", "operation", "subject_id"],
        filters=["at", "actor_name", "operation", "subject_type", "subject_id", "actor_kind"],
        row_link="/system/operations/{id}",
    )
)
