"""What the captured documents of an application say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from axle.documents.public import CapturedDocumentView, Difference, captured_documents, compare
from axle.origination.domain.cross_check import FORM_PATHS, form_values
from axle.origination.domain.form import ApplicationForm
from axle.origination.models import Application
from axle.origination.services.review_start import application_subject

Captured = Sequence[CapturedDocumentView] | None
"""The documents where they have been gathered already."""
_UNREAD = "queued"


@dataclass(frozen=True)
class FormDifference:
    """A difference between a document and the form's field ``path``."""

    kind: str
    path: str
    difference: Difference


def captured_of(application: Application) -> list[CapturedDocumentView]:
    """The application's current captured documents."""
    return captured_documents(application_subject(application))


def missing_kinds(application: Application, wanted: Iterable[str], *, among: Captured = None) -> list[str]:
    """Of the wanted kinds, those that nobody has captured; in the order asked, each once."""
    present = {document.kind for document in _captured(application, among)}
    return [kind for kind in dict.fromkeys(wanted) if kind not in present]


def recognition_is_finished(application: Application, *, among: Captured = None) -> bool:
    """Whether no captured document waits to be read."""
    return all(document.ocr_state != _UNREAD for document in _captured(application, among))


def differences(application: Application, *, among: Captured = None) -> list[FormDifference]:
    """Where documents and form disagree, and where a document could fill the form."""
    form = ApplicationForm.model_validate(application.form)
    return [
        FormDifference(document.kind, FORM_PATHS[document.kind][found.field], found)
        for document in _captured(application, among)
        for found in compare(form_values(form, document.kind), document.values)
    ]


def critical_differences(application: Application, *, among: Captured = None) -> int:
    """How many fields that identify person, car or amount disagree."""
    return sum(found.difference.severity == "critical" for found in differences(application, among=among))


def _captured(application: Application, among: Captured) -> Sequence[CapturedDocumentView]:
    return captured_of(application) if among is None else among
