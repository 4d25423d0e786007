"""Extra checks of a case, and how its form was filled in, over HTTP."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from axle.channel.public import DEALER_CONTROL_VIEW, ControlLevel, ExtraCheckKind, dealer_control
from axle.decisioning.public import DECISION_VIEW
from axle.kernel.rounding import round_rate
from axle.origination import permissions as may
from axle.origination.domain.device_session import TOKEN_TAIL, DeviceHolder, DeviceTrace
from axle.origination.domain.extra_checks import CheckCause, ExtraCheckState
from axle.origination.domain.form_behaviour import COUNTS
from axle.origination.domain.lifecycle import IN_REVIEW
from axle.origination.http.application_detail import application_visible
from axle.origination.http.base import api
from axle.origination.models import Application, DeviceSession, ExtraCheck, FormBehaviour
from axle.origination.services.extra_check_record import extra_check_record
from axle.platform.public import Actor, Ctx, Input, available_commands, business_date

Note = Annotated[str, StringConstraints(min_length=4, max_length=500), Field(json_schema_extra={"format": "textarea"})]


class ExtraCheckOut(BaseModel):
    """One thing to verify besides the usual, why, and what came of it."""

    extra_check: ExtraCheckKind
    check_cause: CheckCause
    extra_check_state: ExtraCheckState
    opened_on: date
    note: str
    checked_by: str
    checked_at: datetime | None
    actions: list[str]


class FieldRecordOut(BaseModel):
    """What happened at one field of the form."""

    form_field: str
    focuses: int
    keys: int
    deletions: int
    edits: int
    pastes: int
    after_error: int
    dwell_seconds: float


class FormCourseOut(BaseModel):
    """How the whole form was gone through; ``straightness`` is the distance between the ends of the mouse's strokes as
    a share of their length, None without a mouse."""

    jumps_back: int
    switches: int
    away_seconds: int
    strokes: int
    pauses: int
    straightness: Decimal | None


class FormRecordOut(BaseModel):
    """How the form was filled in, the most edited fields first. ``is_whole``: no save of it came without a record."""

    form_seconds: int
    form_sessions: int
    form_course: FormCourseOut | None
    pages: list[str]
    is_whole: bool
    agreed_by: str
    agreed_at: datetime
    field_records: list[FieldRecordOut]


class CaseControlOut(BaseModel):
    """The flexible control that the dealer of the case is under."""

    control_no: str
    control_level: ControlLevel
    control_reason: str
    note: str
    until_on: date


class DeviceSessionOut(BaseModel):
    """A device on which the case was written or signed, as its page told it; the address in the net is the one that the
    server saw. ``device_tail`` is the end of its name, by which two can be told apart."""

    device_holder: DeviceHolder
    device_tail: str
    ip: str | None
    device_traces: list[DeviceTrace]
    time_zone: str
    language: str
    device_place: str
    accuracy_m: int | None
    agreed_by: str
    told_at: datetime


class ExtraChecksOut(BaseModel):
    """What a case is verified for besides the usual, and what led to it."""

    extra_checks: list[ExtraCheckOut]
    form_record: FormRecordOut | None
    device_sessions: list[DeviceSessionOut]
    flexible_control: CaseControlOut | None


class ExtraCheckRecordIn(Input):
    """What came of an extra check."""

    application_id: int
    extra_check: ExtraCheckKind
    is_passed: bool
    note: Note


@api.query("application_extra_checks", "/applications/{application_id}/extra-checks", permission=DECISION_VIEW)
def application_extra_checks(actor: Actor, application_id: int) -> ExtraChecksOut:
    """The extra checks of a case, how its form was filled in, and the control of its dealer. Errors: NotFound."""
    application = application_visible(actor, application_id)
    kept = FormBehaviour.objects.filter(application=application).first()
    return ExtraChecksOut(
        extra_checks=[_check(row, _actions(actor, application)) for row in application.extra_checks.order_by("pk")],
        form_record=_record(kept) if kept else None,
        device_sessions=[_device(row) for row in application.device_sessions.order_by("told_at", "pk")],
        flexible_control=_control(application) if actor.may(DEALER_CONTROL_VIEW) else None,
    )


@api.command("extra_check_record", permission=may.EXTRA_CHECK_RECORD, subject="application")
def extra_check_record_command(ctx: Ctx, data: ExtraCheckRecordIn) -> ExtraCheckOut:
    """Record what came of an extra check (登记二次核验结果)."""
    check = extra_check_record(
        actor=ctx.actor,
        application_id=data.application_id,
        kind=data.extra_check,
        is_passed=data.is_passed,
        note=data.note,
    )
    return _check(check, ["extra_check_record"])


def _actions(actor: Actor, application: Application) -> list[str]:
    return available_commands(actor, "extra_check_record") if application.state == IN_REVIEW else []


def _check(row: ExtraCheck, actions: list[str]) -> ExtraCheckOut:
    return ExtraCheckOut(
        extra_check=ExtraCheckKind(row.kind),
        check_cause=CheckCause(row.cause),
        extra_check_state=ExtraCheckState(row.state),
        opened_on=row.opened_on,
        note=row.note,
        checked_by=row.checked_by,
        checked_at=row.checked_at,
        actions=actions,
    )


def _device(row: DeviceSession) -> DeviceSessionOut:
    return DeviceSessionOut(
        device_holder=DeviceHolder(row.holder),
        device_tail=row.token[-TOKEN_TAIL:],
        ip=row.ip,
        device_traces=[DeviceTrace(trace) for trace in row.traces],
        time_zone=row.time_zone,
        language=row.language,
        device_place=row.place,
        accuracy_m=row.accuracy_m,
        agreed_by=row.agreed_by,
        told_at=row.told_at,
    )


def _record(kept: FormBehaviour) -> FormRecordOut:
    fields = [
        FieldRecordOut(
            form_field=path,
            **{name: counts.get(name, 0) for name in COUNTS if name != "dwell_ms"},
            dwell_seconds=round(counts["dwell_ms"] / 1000, 1),
        )
        for path, counts in kept.fields.items()
    ]
    fields.sort(key=lambda field: (-field.edits, -field.deletions, -field.pastes, field.form_field))
    return FormRecordOut(
        form_seconds=kept.seconds,
        form_sessions=len(kept.sessions),
        form_course=_course(kept.course) if kept.course else None,
        pages=kept.pages,
        is_whole=kept.is_whole,
        agreed_by=kept.agreed_by,
        agreed_at=kept.agreed_at,
        field_records=fields,
    )


def _course(kept: dict[str, int]) -> FormCourseOut:
    path = kept["path_px"]
    return FormCourseOut(
        **{name: kept[name] for name in ("jumps_back", "switches", "away_seconds", "strokes", "pauses")},
        straightness=round_rate(Decimal(kept["span_px"]) / path, 4) if path else None,
    )


def _control(application: Application) -> CaseControlOut | None:
    control = dealer_control(application.dealer_id, on=business_date()) if application.dealer_id else None
    if control is None:
        return None
    return CaseControlOut(
        control_no=control.control_no,
        control_level=control.level,
        control_reason=control.reason,
        note=control.note,
        until_on=control.until_on,
    )
