"""Make the file of a delivery, with what its recipient may see now."""

from django.utils import timezone

from axle.kernel.errors import AxleError
from axle.platform.errors import NotFound, PermissionMissing
from axle.platform.http import answer_bytes
from axle.platform.public import Actor, acting, file_made, text, track, user_actors
from axle.platform.reports import Report, report_words
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


def delivery_make(*, delivery_id: int) -> ReportDelivery:
    """Make a waiting delivery: rights and scope of the recipient are those of now, not of when it was asked for.

    A refusal is kept as the reason why there is no file. Anything else that goes wrong goes on to the queue.
    """
    delivery = ReportDelivery.objects.select_for_update().select_related("schedule").get(pk=delivery_id)
    if delivery.state != DeliveryState.WAITING:
        return delivery
    track(delivery).attempts += 1
    try:
        delivery.file_id = _made(delivery)
        delivery.state, delivery.problem, delivery.delivered_at = DeliveryState.MADE, "", timezone.now()
    except AxleError as error:
        delivery.state, delivery.problem = DeliveryState.FAILED, text("error", error.code, **error.params)[:300]
    delivery.save()
    return delivery


def _made(delivery: ReportDelivery) -> int:
    schedule = delivery.schedule
    recipient = user_actors([delivery.recipient_id]).get(delivery.recipient_id)
    report = report_named(schedule.report)
    if recipient is None:
        raise NotFound(what="user")
    if not recipient.may(report.permission):
        raise PermissionMissing(permission=report.permission)
    with acting(recipient, "report_deliver"):
        content = _content(report, recipient, delivery)
        title = report_words("report", report.name)
        name = f"{title}-{delivery.closed_on:%Y%m%d}.{schedule.format}"
        content_type = _TYPES[FileFormat(schedule.format)]
        return file_made(content=content, name=name, content_type=content_type, actor=recipient).pk


def _content(report: Report, recipient: Actor, delivery: ReportDelivery) -> bytes:
    schedule = delivery.schedule
    choice = report.choice(days_of(schedule.rhythm, delivery.closed_on) | schedule.asked)
    if schedule.format == FileFormat.PDF:
        return report_print(report, recipient, choice)
    return answer_bytes(report_file(report, recipient, choice, schedule.format))
