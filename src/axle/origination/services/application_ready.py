"""A submitted application whose documents are read is decided, after the sources were asked."""

from axle.origination.domain.lifecycle import SUBMITTED
from axle.origination.jobs import ask_sources
from axle.origination.models import Application
from axle.origination.services.application_decide import application_decide_now
from axle.origination.services.documents_gather import Captured, recognition_is_finished
from axle.origination.services.review_start import application_subject
from axle.platform.public import Actor
from axle.sources.public import enquiry_is_finished, sources_on


def application_decide_if_ready(application: Application, *, actor: Actor, captured: Captured = None) -> None:
    """Decide now when all captured documents are read; otherwise the last one to be read decides.

    When the institution uses data sources, a worker asks them first and then decides: nobody waits for them at a page.
    A case that people review already does not wait for its documents: they see for themselves.
    """
    is_ready = application.process_id is not None or recognition_is_finished(application, among=captured)
    if application.state != SUBMITTED or not is_ready:
        return
    if sources_on() and not enquiry_is_finished(application_subject(application), round=application.round):
        ask_sources.defer_once(f"ask_sources:{application.pk}", application_id=application.pk)
    else:
        application_decide_now(application, actor=actor)
