"""Ask sources: write the calls, let them leave, keep what comes back.

The calls are committed before they leave, and every answer is committed soon after it came, while the others are out: a
process that is killed loses no more than the last moments, and the calls that it left open are asked again under their
numbers.
"""

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from axle.platform.public import blind_index, business_date, next_nos, prepared_cursor
from axle.sources.domain.answers_json import answer_to_json
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Billing, Outcome, Particulars, Purpose, Source, Stage
from axle.sources.models import Consent, SourceCall
from axle.sources.ports import Question, SourceTrouble, source_adapter, source_is_connected
from axle.sources.selectors import consents_in_force
from axle.sources.services.breaker_move import breaker_lets_pass, breakers_move
from axle.sources.services.enquiry_open import OpenEnquiry
from axle.sources.services.fan_out import Asking, Heard, fan_out

KEPT_WITHIN_SECONDS = 0.2


def calls_write(enquiry: OpenEnquiry, stages: Collection[Stage]) -> list[SourceCall]:
    """Write, in the caller's transaction, the calls to every source of the stages that is used and applies; gives those
    that must leave.

    Calls that an earlier run has ended are left alone; those that it left open leave again under their number.
    """
    case, written = enquiry.case, enquiry.calls
    open_before = [call for code, call in written.items() if not call.outcome and SOURCES[code].stage in stages]
    wanted = [
        source
        for code, source in SOURCES.items()
        if source.stage in stages and code in enquiry.sources and case.has(source.needs) and code not in written
    ]
    if not wanted:
        return open_before
    on = business_date()
    consents = consents_in_force(blind_index(case.id_no), on=on) if case.id_no else {}
    ground = _Ground(on, consents, _earlier(wanted, case))
    numbers = next_nos("SC", on=on, count=len(wanted))
    fresh = [_call(enquiry, source, number, ground) for source, number in zip(wanted, numbers, strict=True)]
    SourceCall.objects.bulk_create(fresh)
    written.update((call.source_id, call) for call in fresh)
    return [*open_before, *(call for call in fresh if not call.outcome)]


def calls_make(enquiry: OpenEnquiry, leaving: Sequence[SourceCall]) -> None:
    """Let calls that are on record leave, all at once; afterwards each has an outcome. Outside of a transaction."""
    if not leaving:
        return
    out, unkept, kept_at = {call.source_id: call for call in leaving}, list[SourceCall](), time.monotonic()
    for came in fan_out([_asking(call, enquiry.case) for call in leaving], pause_seconds=KEPT_WITHIN_SECONDS):
        if came is not None:
            code, heard = came
            unkept.append(_answered(out.pop(code), heard, enquiry.case))
        if out and time.monotonic() - kept_at >= KEPT_WITHIN_SECONDS:
            _keep(unkept)
            unkept, kept_at = [], time.monotonic()
    _keep(unkept)
    outcomes = {call.source_id: Outcome(call.outcome) for call in leaving}
    with transaction.atomic():
        breakers_move(outcomes, enquiry.sources, now=timezone.now())


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
    consents: Mapping[Purpose, Consent]
    earlier: Mapping[str, SourceCall]


def _call(enquiry: OpenEnquiry, source: Source, number: str, ground: _Ground) -> SourceCall:
    """A call as it stands before it leaves; with an outcome when it does not leave at all."""
    case, row = enquiry.case, enquiry.sources[source.code]
    consent = ground.consents.get(source.purpose) if source.purpose else None
    call = SourceCall(
        call_no=number,
        enquiry=enquiry.row,
        source=row,
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
    if not breaker_lets_pass(row, now=timezone.now()):
        return _ended(call, Outcome.REFUSED, "breaker_open")
    return call


def _ended(call: SourceCall, outcome: Outcome, reason: str) -> SourceCall:
    call.outcome, call.reason, call.ended_at = outcome, reason, timezone.now()
    return call


def _earlier(wanted: Sequence[Source], case: Particulars) -> dict[str, SourceCall]:
    """For each source the latest answer to the same question that is not too old; a late one serves too."""
    now = timezone.now()
    asked = {question_index(source, case): now - timedelta(days=source.cache_days) for source in wanted}
    answered = Q(outcome__in=[Outcome.HIT, Outcome.NO_RECORD]) | Q(outcome=Outcome.LATE, answer__isnull=False)
    rows = SourceCall.objects.filter(
        answered, question_index__in=asked, begun_at__gte=min(asked.values()), cached_from__isnull=True
    )
    return {row.source_id: row for row in rows.order_by("pk") if row.begun_at >= asked[row.question_index]}


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


def _answered(call: SourceCall, heard: Heard, case: Particulars) -> SourceCall:
    """The call as it ended; an answer that cannot be read is none."""
    outcome, reason, answer = heard.outcome, heard.reason, None
    if outcome is Outcome.HIT:
        try:
            read = source_adapter(call.source_id).read(heard.raw or "", case, on=call.business_on)
            answer = answer_to_json(call.source_id, read)
        except SourceTrouble as trouble:
            outcome, reason = Outcome.FAILED, trouble.code
    call.outcome, call.reason, call.ended_at = outcome, reason, timezone.now()
    call.attempts, call.duration_ms = call.attempts + heard.attempts, heard.duration_ms
    call.price, call.answer, call.raw = price_of(SOURCES[call.source_id], outcome), answer, heard.raw
    return call


def _keep(calls: Sequence[SourceCall]) -> None:
    """Write down how calls ended, in one statement."""
    if not calls:
        return
    raw_stored = SourceCall._meta.get_field("raw").get_db_prep_value
    columns = [
        [call.pk for call in calls],
        [str(call.outcome) for call in calls],
        [call.reason for call in calls],
        [call.ended_at for call in calls],
        [call.attempts for call in calls],
        [call.duration_ms for call in calls],
        [call.price for call in calls],
        [None if call.answer is None else json.dumps(call.answer) for call in calls],
        [raw_stored(call.raw, connection) for call in calls],
    ]
    with prepared_cursor() as cursor:
        cursor.execute(_KEEP, columns)


_KEEP = f"""
UPDATE sources_sourcecall AS call SET
    outcome = heard.outcome, reason = heard.reason, ended_at = heard.ended_at, attempts = heard.attempts,
    duration_ms = heard.duration_ms,
    price = CASE heard.outcome WHEN '{Outcome.LATE}' THEN call.price ELSE heard.price END,
    answer = CASE heard.outcome WHEN '{Outcome.LATE}' THEN call.answer ELSE heard.answer END,
    raw = CASE heard.outcome WHEN '{Outcome.LATE}' THEN call.raw ELSE heard.raw END
FROM unnest(
    %s::bigint[], %s::text[], %s::text[], %s::timestamptz[], %s::smallint[], %s::integer[], %s::bigint[], %s::jsonb[],
    %s::bytea[]
) AS heard (id, outcome, reason, ended_at, attempts, duration_ms, price, answer, raw)
WHERE call.id = heard.id
"""
"""What a call-back wrote meanwhile to a call that was late stays."""
