"""Ask sources: write the calls, let them leave, keep what came back. Three steps, two transactions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from axle.platform.public import blind_index, business_date, next_nos
from axle.sources.domain.answers_json import answer_to_json
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Billing, Outcome, Particulars, Purpose, Source, Stage
from axle.sources.models import Consent, DataSource, Enquiry, SourceCall
from axle.sources.ports import Question, SourceTrouble, source_adapter, source_is_connected
from axle.sources.selectors import consents_in_force
from axle.sources.services.breaker_move import breaker_lets_pass, breakers_move
from axle.sources.services.fan_out import Asking, Heard, fan_out


def enquiry_ask(*, enquiry: Enquiry, stages: Collection[Stage]) -> None:
    """Ask every source of the stages that is used and applies; afterwards each has a call with an outcome.

    Calls that an earlier run has ended are left alone; those that it left open are asked again under their number.
    """
    case = particulars_of(enquiry)
    with transaction.atomic():
        leaving = _calls_write(enquiry, stages, case)
    heard = fan_out([_asking(call, case) for call in leaving])
    with transaction.atomic():
        for call in leaving:
            _keep(call, heard[call.source_id], case)
        breakers_move({call.source_id: Outcome(call.outcome) for call in leaving}, now=timezone.now())


def particulars_of(enquiry: Enquiry) -> Particulars:
    """What the sources are told about the case."""
    told: dict[str, Any] = dict(enquiry.particulars)
    if told["first_registered_on"]:
        told["first_registered_on"] = date.fromisoformat(told["first_registered_on"])
    return Particulars(**told)


def price_of(source: Source, outcome: Outcome) -> int:
    """What a call costs that ended so."""
    is_charged = outcome is Outcome.HIT or (outcome is Outcome.NO_RECORD and source.billing is Billing.ANSWER)
    return source.price if is_charged else 0


def question_index(source: Source, case: Particulars) -> str:
    """Equal for equal questions, and no way back to whom they are about."""
    return blind_index("\n".join([source.code, *(str(getattr(case, name)) for name in source.keyed_by)]))


@dataclass(frozen=True)
class _Ground:
    """What the calls of a stage are decided by, read once."""

    on: date
    rows: Mapping[str, DataSource]
    consents: Mapping[Purpose, Consent]
    earlier: Mapping[str, SourceCall]


def _calls_write(enquiry: Enquiry, stages: Collection[Stage], case: Particulars) -> list[SourceCall]:
    """Write the calls of some stages; gives those that must leave."""
    rows = {row.code: row for row in DataSource.objects.filter(is_on=True)}
    written = {call.source_id: call for call in enquiry.calls.defer("raw")}
    wanted = [
        source
        for code, source in SOURCES.items()
        if source.stage in stages and code in rows and case.has(source.needs) and code not in written
    ]
    on = business_date()
    consents = consents_in_force(blind_index(case.id_no), on=on) if case.id_no else {}
    ground = _Ground(on, rows, consents, _earlier(wanted, case))
    numbers = next_nos("SC", on=on, count=len(wanted)) if wanted else []
    fresh = [_call(enquiry, source, case, number, ground) for source, number in zip(wanted, numbers, strict=True)]
    SourceCall.objects.bulk_create(fresh)
    open_before = [call for code, call in written.items() if not call.outcome and SOURCES[code].stage in stages]
    return [*open_before, *(call for call in fresh if not call.outcome)]


def _call(enquiry: Enquiry, source: Source, case: Particulars, number: str, ground: _Ground) -> SourceCall:
    """A call as it stands before it leaves; with an outcome when it does not leave at all."""
    consent = ground.consents.get(source.purpose) if source.purpose else None
    call = SourceCall(
        call_no=number,
        enquiry=enquiry,
        source=ground.rows[source.code],
        basis=source.basis,
        purpose=source.purpose or "",
        consent=consent,
        question_index=question_index(source, case),
        business_on=ground.on,
    )
    if source.purpose and consent is None:
        return _ended(call, Outcome.NO_CONSENT, str(source.purpose))
    if not source_is_connected(source.code):
        return _ended(call, Outcome.FAILED, "not_connected")
    if (used := ground.earlier.get(source.code)) is not None and _answer_again(call, used, case):
        return call
    if not breaker_lets_pass(ground.rows[source.code], now=timezone.now()):
        return _ended(call, Outcome.REFUSED, "breaker_open")
    return call


def _ended(call: SourceCall, outcome: Outcome, reason: str) -> SourceCall:
    call.outcome, call.reason, call.ended_at = outcome, reason, timezone.now()
    return call


def _earlier(wanted: Sequence[Source], case: Particulars) -> dict[str, SourceCall]:
    """For each source the latest answer to the same question that is not too old; a late one serves too."""
    chosen = Q(pk__in=[])
    for source in wanted:
        since = timezone.now() - timedelta(days=source.cache_days)
        chosen |= Q(source=source.code, question_index=question_index(source, case), begun_at__gte=since)
    answered = Q(outcome__in=[Outcome.HIT, Outcome.NO_RECORD]) | Q(outcome=Outcome.LATE, answer__isnull=False)
    rows = SourceCall.objects.filter(chosen, answered, cached_from__isnull=True).order_by("pk")
    return {row.source_id: row for row in rows}


def _answer_again(call: SourceCall, used: SourceCall, case: Particulars) -> bool:
    """Use an earlier answer, read for this case; False when it cannot be read any more."""
    if used.outcome == Outcome.NO_RECORD:
        _ended(call, Outcome.NO_RECORD, "")
    else:
        try:
            answer = source_adapter(used.source_id).read(used.raw or "", case, on=call.business_on)
        except SourceTrouble:
            return False
        call.answer = answer_to_json(used.source_id, answer)
        _ended(call, Outcome.HIT, "")
    call.cached_from, call.duration_ms = used, 0
    return True


def _asking(call: SourceCall, case: Particulars) -> Asking:
    consent_no = call.consent.consent_no if call.consent else ""
    question = Question(call.call_no, case, call.purpose, consent_no, call.business_on)
    return Asking(SOURCES[call.source_id], source_adapter(call.source_id), question)


def _keep(call: SourceCall, heard: Heard, case: Particulars) -> None:
    """Write down how a call ended."""
    outcome, reason, answer = heard.outcome, heard.reason, None
    if outcome is Outcome.HIT:
        try:
            read = source_adapter(call.source_id).read(heard.raw or "", case, on=call.business_on)
            answer = answer_to_json(call.source_id, read)
        except SourceTrouble as trouble:
            outcome, reason = Outcome.FAILED, trouble.code
    call.outcome, call.reason, call.ended_at = outcome, reason, timezone.now()
    call.attempts, call.duration_ms = call.attempts + heard.attempts, heard.duration_ms
    call.price = price_of(SOURCES[call.source_id], outcome)
    columns = ["outcome", "reason", "ended_at", "attempts", "duration_ms"]
    if outcome is not Outcome.LATE:  # what a call-back may have written meanwhile stays
        call.answer, call.raw = answer, heard.raw
        columns += ["answer", "raw", "price"]
    call.save(update_fields=columns)
