"""Make the file of a delivery, with what its recipient may see now."""

from tempfile import TemporaryFile
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from axle.kernel.errors import AxleError
from axle.platform.errors import NotFound, PermissionMissing
from axle.platform.http import answer_keep
from axle.platform.public import Actor, acting, file_made, text, track, user_actors
from axle.platform.reports import report_words
from axle.reporting.domain.rhythms import days_of
from axle.reporting.files import report_file
from axle.reporting.models import DeliveryState, FileFormat, ReportDelivery
from axle.reporting.paper import report_print
from axle.reporting.services.report_schedule_create import report_named

_TYPES = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv",
    FileFormat.PDF: "application/pdf",
}


def delivery_make(*, delivery_id: int) -> None:
    """Make a waiting delivery: rights and scope of the recipient are those of now, not of when it was asked for.

    The rows go to the file as they are read, outside any transaction: a large report neither fills the memory nor
    keeps a day from ending. A refusal is kept as the reason why there is no file. Anything else that goes wrong goes
    on to the queue, and the delivery still waits.
    """
    delivery = _begun(delivery_id)
    if delivery is None:
        return
    try:
        with TemporaryFile() as target:
            recipient = _recipient(delivery)
            _write(delivery, recipient, target)
            _keep(delivery, recipient, target)
    except AxleError as error:
        with transaction.atomic():
            _end(delivery_id, DeliveryState.FAILED, problem=text("error", error.code, **error.params)[:300])


def _begun(delivery_id: int) -> ReportDelivery | None:
    """A delivery that waits, its attempt counted; None when it waits no more."""
    with transaction.atomic():
        rows = ReportDelivery.objects.select_for_update(of=("self",)).select_related("schedule")
        delivery = rows.filter(pk=delivery_id, state=DeliveryState.WAITING).first()
        if delivery:
            delivery.attempts += 1
            delivery.save(update_fields=["attempts"])
        return delivery


def _recipient(delivery: ReportDelivery) -> Actor:
    """Who gets it and may see the report. Errors: NotFound, PermissionMissing."""
    recipient = user_actors([delivery.recipient_id]).get(delivery.recipient_id)
    if recipient is None:
        raise NotFound(what="user")
    permission = report_named(delivery.schedule.report).permission
    if not recipient.may(permission):
        raise PermissionMissing(permission=permission)
    return recipient


def _write(delivery: ReportDelivery, recipient: Actor, target: BinaryIO) -> None:
    schedule = delivery.schedule
    report = report_named(schedule.report)
    choice = report.choice(days_of(schedule.rhythm, delivery.closed_on) | schedule.asked)
    if schedule.format == FileFormat.PDF:
        target.write(report_print(report, recipient, choice))
    else:
        answer_keep(report_file(report, recipient, choice, schedule.format), target)


def _keep(delivery: ReportDelivery, recipient: Actor, made: BinaryIO) -> None:
    title, format = report_words("report", delivery.schedule.report), FileFormat(delivery.schedule.format)
    name = f"{title}-{delivery.closed_on:%Y%m%d}.{format}"
    with acting(recipient, "report_deliver"):
        file = file_made(content=made, name=name, content_type=_TYPES[format], actor=recipient)
        _end(delivery.pk, DeliveryState.MADE, file_id=file.pk)


def _end(delivery_id: int, state: DeliveryState, *, file_id: int | None = None, problem: str = "") -> None:
    """Say how it ended, unless another worker was quicker."""
    delivery = track(ReportDelivery.objects.select_for_update().get(pk=delivery_id))
    if delivery.state != DeliveryState.WAITING:
        return
    delivery.state, delivery.problem, delivery.file_id = state, problem, file_id
    delivery.delivered_at = timezone.now() if state == DeliveryState.MADE else None
    delivery.save()
