"""Taking a stream through the real path: draft, papers, submission, sources, decision, and where it goes.

Two things only are not as in life: papers come as the reader leaves them, because 40,000 pictures take days to read,
and sources answer from the stream instead of over HTTP. What they say is in the vendors' words and is read by the real
adapters, under the real consents, calls, stages and breakers. Silence of a source is drawn for one call in a thousand.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from _applicants import Case
from _frauds import FINANCED
from _intake_books import Desks, desks_open
from _stream import Stream
from _vendors import car_answers, person_answers

from axle.documents.models import CapturedDocument
from axle.kernel.errors import AxleError
from axle.origination.public import ApplicationForm, draft_save, draft_submit
from axle.origination.services.application_device_keep import application_device_keep
from axle.origination.services.sources_ask import sources_ask
from axle.platform.public import Actor, acting, business_date
from axle.sources.ports import NoRecord, SourceTrouble, _installed, source_adapters_install

SILENT = 0.001
_TOLD_EVERY = 250


class FromTheStream:
    """A source that answers what the stream says of the case in hand; the answer is read by the real adapter."""

    answers: Mapping[str, str | None] = {}

    def __init__(self, code: str, real: Any) -> None:
        self._code, self._real = code, real
        self.read, self.notice_read = real.read, real.notice_read

    async def ask(self, client: Any, question: Any) -> str:
        if self._code not in FromTheStream.answers:
            raise SourceTrouble("unreachable", is_final=True)
        raw = FromTheStream.answers[self._code]
        if raw is None:
            raise NoRecord("{}")
        return raw


def share_take(stream: Stream, share: int, shares: int, told: Path) -> None:
    """Take every so-manieth application in its order; keep what became of each by its number."""
    desks = desks_open()
    source_adapters_install({code: FromTheStream(code, real) for code, real in dict(_installed).items()})
    became, begun = {}, perf_counter()
    for place, case in enumerate(stream.cases[share::shares], 1):
        became[case.number] = _take(case, desks)
        if place % _TOLD_EVERY == 0:
            sys.stderr.write(f"[{perf_counter() - begun:.0f} s] {place} by process {share}\n")
    told.write_text(json.dumps(became), encoding="utf-8")


def _take(case: Case, desks: Desks) -> dict[str, Any]:
    """The application's key, or the code by which it was refused before anybody decided."""
    actor = desks.partner if case.dealer is None else desks.clerks[case.dealer][case.clerk]
    form = form_of(case, desks)
    on = business_date()
    answers = person_answers(case.known, on=on, is_public=form.customer.employment_kind == "public_service")
    if case.car is not None:
        answers |= car_answers(case.car)
    silence = Random(f"silence:{case.number}")
    FromTheStream.answers = {code: raw for code, raw in answers.items() if silence.random() >= SILENT}
    try:
        application_id = draft_submitted(case, form, actor, desks)
    except AxleError as refusal:
        return {"refused": refusal.code}
    sources_ask(application_id=application_id)
    return {"application_id": application_id}


def draft_submitted(case: Case, form: ApplicationForm, actor: Actor, desks: Desks) -> int:
    """Type, photograph and submit an application; gives its key. Errors: those of ``draft_submit``."""
    with acting(actor, "application_save_draft"):
        draft = draft_save(actor=actor, form=form)
    if case.device is not None:
        token, ip = case.device
        with acting(actor, "application_device_keep"):
            application_device_keep(actor=actor, application_id=draft.id, version=None, token=token, ip=ip)
    CapturedDocument.objects.bulk_create(
        CapturedDocument(
            subject_type="application",
            subject_id=draft.id,
            kind=kind,
            version=1,
            file_id=desks.photo_id,
            state="recognised",
            fields={name: {"value": value, "confidence": 0.98, "is_valid": True} for name, value in shown.items()},
            captured_by="bench",
        )
        for kind, shown in case.papers.items()
    )
    with acting(actor, "application_submit"):
        draft_submit(actor=actor, application_id=draft.id)
    return draft.id


def form_of(case: Case, desks: Desks) -> ApplicationForm:
    """The form as it is typed."""
    kind = case.vehicle["kind"]
    vehicle = {name: value for name, value in case.vehicle.items() if value is not None}
    if vehicle["vin"] == FINANCED:
        vehicle["vin"] = desks.financed[case.number % len(desks.financed)]
        for shown in case.papers.values():
            if "vin" in shown:
                shown["vin"] = vehicle["vin"]
    price, amount = vehicle["price"], case.loan["amount"]
    money = {name: f"{case.customer[name]:.2f}" for name in ("monthly_income", "monthly_debt")}
    return ApplicationForm.model_validate(
        {
            "dealer_id": None if case.dealer is None else desks.dealer_ids[case.dealer],
            "customer": case.customer | money,
            "vehicle": vehicle | {"trim_id": desks.trims[case.trim], "price": f"{price:.2f}"},
            "loan": {
                "product_version_id": desks.products[kind],
                "amount": f"{amount:.2f}",
                "down_payment": f"{price - amount:.2f}",
                "periods": case.loan["periods"],
                "method": "level_payment",
                "due_day": 20,
            },
        }
    )
