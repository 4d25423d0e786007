"""Files of our own application form: each row becomes a draft and is submitted like one that a person typed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from axle.config.intake.commands import FILE_TAKE, api, key_of, once
from axle.config.intake.error_file import ErrorFile
from axle.config.intake.faults import BadRow, refusals
from axle.config.intake.records import Columns, Record, records_read
from axle.config.intake.source import Source
from axle.kernel.errors import AxleError
from axle.origination.public import ApplicationForm, consent_tell, draft_save, draft_submit
from axle.platform.errors import InputInvalid
from axle.platform.public import Actor, Ctx, Input

_REQUIRED = frozenset({"customer.name", "customer.id_no", "customer.phone", "vehicle.vin", "loan.amount"})
_CONSENT = "consent_reference"
_PARTS = frozenset(ApplicationForm.model_fields)


class FormKeepIn(Input):
    """A row's form, and where the consent letter is kept that the applicant signed elsewhere."""

    form: ApplicationForm
    consent_reference: str = Field(default="", max_length=64)


class FormSubmitIn(Input):
    """The draft that a row became."""

    application_id: int


class FormOut(BaseModel):
    """An application as it then stands."""

    application_id: int
    application_no: str
    state: str


@dataclass
class FormRun:
    """How many rows were read, submitted, and kept as drafts; ``line`` is where the last one begins."""

    rows: int = 0
    line: int = 0
    submitted: int = 0
    drafts: int = 0


@api.command("intake_form_keep", permission=FILE_TAKE)
def intake_form_keep(ctx: Ctx, data: FormKeepIn) -> FormOut:
    """Keep a row as a draft. Errors: those of ``draft_save``."""
    view = draft_save(actor=ctx.actor, form=data.form)
    if data.consent_reference:
        consent_tell(actor=ctx.actor, application_id=view.id, version=None, reference=data.consent_reference)
    return FormOut(application_id=view.id, application_no=view.application_no, state=view.state)


@api.command("intake_form_submit", permission=FILE_TAKE)
def intake_form_submit(ctx: Ctx, data: FormSubmitIn) -> FormOut:
    """Submit the draft of a row. Errors: those of ``draft_submit``."""
    view = draft_submit(actor=ctx.actor, application_id=data.application_id)
    return FormOut(application_id=view.id, application_no=view.application_no, state=view.state)


def forms_take(source: Source, actor: Actor, errors: ErrorFile, *, tell: Callable[[FormRun], None]) -> FormRun:
    """Take every row once. One that cannot be submitted yet stays a draft, and the error file says what it lacks.

    Errors: those of ``records_read``.
    """
    run = FormRun()
    for record in records_read(source, _columns(source)):
        run.rows, run.line = run.rows + 1, record.row
        faults = record.faults or _take(record, source, actor, run)
        if faults:
            errors.write(BadRow(record.row, faults))
        tell(run)
    return run


def _columns(source: Source) -> Columns:
    if source.format == "jsonl":
        return Columns(required=frozenset({"customer", "vehicle", "loan"}), known=_PARTS | {_CONSENT})
    return Columns(required=_REQUIRED, known=frozenset(_paths(ApplicationForm)) | {_CONSENT})


def _paths(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """The columns that a form has: ``loan.amount``; lists (contacts) only come in JSON."""
    for name, field in model.model_fields.items():
        part = _part_of(field.annotation)
        if part is not None:
            yield from _paths(part, f"{before}{name}.")
        elif "list" not in str(field.annotation):
            yield before + name


def _part_of(annotation: Any) -> type[BaseModel] | None:
    choices = getattr(annotation, "__args__", (annotation,))
    return next((one for one in choices if isinstance(one, type) and issubclass(one, BaseModel)), None)


def _take(record: Record, source: Source, actor: Actor, run: FormRun) -> tuple[Any, ...]:
    try:
        said = {name: value for name, value in record.said.items() if name != _CONSENT}
        reference = {_CONSENT: record.said.get(_CONSENT) or ""}
        data = FormKeepIn.model_validate({"form": nested(said)} | reference)
    except ValidationError as error:
        within = [{**one, "loc": _place(one["loc"])} for one in error.errors(include_url=False)]
        return refusals(InputInvalid(errors=within))
    key = key_of(source.sha256, record.row)
    try:
        kept = once("intake_form_keep", data, actor=actor, key=key)
        run.drafts += 1
        once(
            "intake_form_submit", FormSubmitIn(application_id=kept["application_id"]), actor=actor, key=f"{key}:submit"
        )
    except AxleError as refusal:
        return refusals(refusal)
    run.drafts -= 1
    run.submitted += 1
    return ()


def _place(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """A field as the file names it."""
    return loc[1:] if loc[0] == "form" else loc


def nested(said: Mapping[str, Any]) -> dict[str, Any]:
    """Columns such as ``loan.amount`` as a tree; an empty cell says nothing."""
    tree: dict[str, Any] = {}
    for path, value in said.items():
        *parts, name = path.split(".")
        branch = tree
        for part in parts:
            branch = branch.setdefault(part, {})
        if value != "":
            branch[name] = value
    return tree
