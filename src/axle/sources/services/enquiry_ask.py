"""Ask sources: write the calls, let them leave, keep what comes back.

The calls are committed before they leave, and every answer is committed soon after it came, while the others are out: a
process that is killed loses no more than the last moments, and the calls that it left open are asked again under their
numbers.
"""

import json
import math
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from axle.platform.public import blind_index, business_date, next_nos, prepared_cursor, row_kept
from axle.sources.domain.answers_json import answer_to_json
from axle.sources.domain.catalogue import SOURCES
from axle.sources.domain.source import Billing, Outcome, Particulars, Purpose, Source, Stage
from axle.sources.models import Consent, SourceCall
from axle.sources.ports import Question, SourceTrouble, source_adapter, source_is_connected
from axle.sources.selectors import consents_in_force
from axle.sources.services.breaker_move import breaker_lets_pass, breakers_move
from axle.sources.services.enquiry_open import OpenEnquiry
from axle.sources.services.fan_out import Asking, FanOut, Heard

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
    _insert(enquiry, fresh, on=on)
    written.update((call.source_id, call) for call in fresh)
    return [*open_before, *(call for call in fresh if not call.outcome)]


class CallsOut:
    """The calls of an enquiry that are out. Outside of a transaction; what came is committed soon after it did."""

    def __init__(self, enquiry: OpenEnquiry) -> None:
        self._enquiry, self._fan = enquiry, FanOut()
        self._out: dict[str, SourceCall] = {}

    def leave(self, calls: Sequence[SourceCall]) -> None:
        """Let calls that are on record leave, all at once."""
        if calls:
            self._out |= {call.source_id: call for call in calls}
            self._fan.leave([_asking(call, self._enquiry.case) for call in calls])

    def hear(self, *, until: float = math.inf) -> None:
        """Keep what comes, until every call has an outcome or a monotonic time has come."""
        unkept, kept_at, ended = list[SourceCall](), time.monotonic(), dict[str, Outcome]()
        for came in self._fan.hear(pause_seconds=KEPT_WITHIN_SECONDS, until=until):
            if came is not None:
                call = _answered(self._out.pop(came[0]), came[1], self._enquiry.case)
                self._enquiry.hear(call)
                unkept.append(call)
                ended[call.source_id] = Outcome(call.outcome)
            if self._out and time.monotonic() - kept_at >= KEPT_WITHIN_SECONDS:
                _keep(unkept)
                unkept, kept_at = [], time.monotonic()
        _keep(unkept)
        if ended:
            with transaction.atomic():
                breakers_move(ended, self._enquiry.sources, now=timezone.now())


def longest_seconds(stages: Collection[Stage]) -> float:
    """The longest deadline of the sources of some stages."""
    return max((source.deadline_ms for source in SOURCES.values() if source.stage in stages), default=0) / 1000


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
    with prepared_cursor() as cursor:
        cursor.execute(_EARLIER, [list(asked), min(asked.values())])
        keys = [key for (key,) in cursor.fetchall()]
    rows = SourceCall.objects.filter(pk__in=keys).order_by("pk") if keys else ()
    return {row.source_id: row for row in rows if row.begun_at >= asked[row.question_index]}


_EARLIER = f"""
SELECT id FROM sources_sourcecall
WHERE question_index = ANY(%s) AND begun_at >= %s AND cached_from_id IS NULL
    AND (outcome IN ('{Outcome.HIT}', '{Outcome.NO_RECORD}') OR outcome = '{Outcome.LATE}' AND answer IS NOT NULL)
"""


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


def _insert(enquiry: OpenEnquiry, calls: Sequence[SourceCall], *, on: date) -> None:
    """Store new calls in one statement; they learn their keys."""
    now = timezone.now()
    columns = [
        [call.call_no for call in calls],
        [call.source_id for call in calls],
        [str(call.basis) for call in calls],
        [str(call.purpose) for call in calls],
        [call.consent_id for call in calls],
        [call.question_index for call in calls],
        [str(call.outcome) for call in calls],
        [call.reason for call in calls],
        [call.ended_at for call in calls],
        [call.duration_ms for call in calls],
        [None if call.answer is None else json.dumps(call.answer) for call in calls],
        [call.cached_from_id for call in calls],
    ]
    with prepared_cursor() as cursor:
        cursor.execute(_WRITE, [enquiry.row.pk, now, on, *columns])
        keys = dict(cursor.fetchall())
    for call in calls:
        call.begun_at = now
        row_kept(call, keys[call.call_no])


_WRITE = """
INSERT INTO sources_sourcecall (
    enquiry_id, begun_at, business_on, attempts, price, call_no, source, basis, purpose, consent_id, question_index,
    outcome, reason, ended_at, duration_ms, answer, cached_from_id
)
SELECT %s, %s, %s, 0, 0, call.* FROM unnest(
    %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[],
    %s::timestamptz[], %s::integer[], %s::jsonb[], %s::bigint[]
) AS call
RETURNING call_no, id
"""


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
