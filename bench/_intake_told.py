"""What became of a stream, held against what it really was."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from _stream import HONEST, RING_KIND, Label, Stream

from axle.decisioning.models import DecisionRecord, DecisionRule
from axle.origination.models import Application
from axle.origination.parameters import AUTOMATIC_APPROVAL_MAX
from axle.platform.public import parameter_value

APPROVED, DECLINED, PEOPLE, REFUSED = "approved", "declined", "people", "refused"
_STATES = {"approved": APPROVED, "declined": DECLINED, "in_review": PEOPLE}
_TOP = 4


@dataclass(frozen=True)
class End:
    """How an application ended, and the codes that stand behind it: rules, silent sources, or why it was refused."""

    number: int
    label: Label
    outcome: str
    codes: frozenset[str]
    is_reduced: bool = False

    @property
    def is_automatic(self) -> bool:
        return self.outcome != PEOPLE

    @property
    def is_stopped(self) -> bool:
        """Whether it was not approved without people."""
        return self.outcome != APPROVED


def ends_of(stream: Stream, became: Mapping[int, Mapping[str, Any]]) -> list[End]:
    """Every application's end. Errors: AssertionError when one is still open."""
    numbers = {told["application_id"]: number for number, told in became.items() if "application_id" in told}
    records = DecisionRecord.objects.filter(subject_type="application", subject_id__in=numbers)
    decided = {row.subject_id: row for row in records.only("subject_id", "outcome", "result")}
    rows = Application.objects.filter(pk__in=numbers).only("state", "amount", "approved_amount")
    ends = [_end(stream, numbers[row.pk], row, decided[row.pk]) for row in rows]
    ends += [
        End(number, stream.labels[number], REFUSED, frozenset({told["refused"]}))
        for number, told in became.items()
        if "refused" in told
    ]
    assert len(ends) == len(stream.cases)
    return sorted(ends, key=lambda end: end.number)


def _end(stream: Stream, number: int, row: Application, record: DecisionRecord) -> End:
    outcome = _STATES[row.state]
    wanted = {DECLINED: "knock_out", PEOPLE: "refer"}.get(outcome)
    codes = {hit["code"] for hit in record.result["hits"] if hit["severity"] == wanted}
    if outcome == PEOPLE:
        codes |= {f"{fault['code']}: {fault['where']}" for fault in record.result["faults"][:1]}
        codes |= {"beyond the automatic authority"} if record.outcome == "approve" else set()
    is_reduced = outcome == APPROVED and (row.approved_amount or 0) < (row.amount or 0)
    return End(number, stream.labels[number], outcome, frozenset(codes), is_reduced)


def figures_of(ends: Sequence[End]) -> dict[str, Any]:
    """The shares, the confusion table, frauds by kind, and the reasons."""
    good = [end for end in ends if end.label.is_good]
    frauds = [end for end in ends if end.label.is_fraud]
    paid = [end for end in ends if end.label.kind == HONEST and not end.label.has_defaulted]
    approved = [end for end in ends if end.outcome == APPROVED and end.label.kind == HONEST]
    alone = [end for end in frauds if end.label.kind != RING_KIND]
    return {
        "automatic %": _share(ends, lambda end: end.is_automatic),
        "automatic % goal": 90,
        "automatic % of honest applications": _share(
            [end for end in ends if not end.label.is_fraud], lambda end: end.is_automatic
        ),
        "approved without people %": _share(ends, lambda end: end.outcome == APPROVED),
        "of these for less than asked %": _share(
            [end for end in ends if end.outcome == APPROVED], lambda end: end.is_reduced
        ),
        "declined without people %": _share(ends, lambda end: end.outcome in (DECLINED, REFUSED)),
        "fraud caught %": _share(frauds, lambda end: end.is_stopped),
        "fraud caught % goal": 95,
        "fraud caught % without rings": _share(alone, lambda end: end.is_stopped),
        "good declined %": _share(good, lambda end: end.outcome in (DECLINED, REFUSED)),
        "good declined % goal": 0.3,
        "honest who paid, with or without arrears elsewhere, declined %": _share(
            paid, lambda end: end.outcome in (DECLINED, REFUSED)
        ),
        "bad rate of honest approved %": _share(approved, lambda end: end.label.has_defaulted),
        "bad rate of honest declined %": _share(
            [end for end in ends if end.outcome == DECLINED and end.label.kind == HONEST],
            lambda end: end.label.has_defaulted,
        ),
        "automatic authority yuan": parameter_value(AUTOMATIC_APPROVAL_MAX.code) // 100,
        "confusion": [_confusion(name, [end for end in ends if belongs(end.label)]) for name, belongs in _CLASSES],
        "frauds": [_fraud(kind, frauds) for kind in sorted({end.label.kind for end in frauds})],
        "why people": _reasons(ends, PEOPLE),
        "why declined": _reasons(ends, DECLINED),
    }


_CLASSES: tuple[tuple[str, Callable[[Label], bool]], ...] = (
    ("good, with a history", lambda label: label.is_good and not label.is_thin),
    ("good, thin file", lambda label: label.is_good and label.is_thin),
    ("honest, has arrears, paid", lambda label: _is_honest(label) and label.has_arrears and not label.has_defaulted),
    ("honest, defaulted", lambda label: _is_honest(label) and label.has_defaulted),
    ("fraud", lambda label: label.is_fraud),
)


def _is_honest(label: Label) -> bool:
    return not label.is_fraud


def _share(ends: Sequence[End], holds: Callable[[End], bool]) -> float | None:
    return round(100 * sum(map(holds, ends)) / len(ends), 2) if ends else None


def _confusion(name: str, ends: Sequence[End]) -> dict[str, Any]:
    count = Counter(end.outcome for end in ends)
    return {"who": name, "applications": len(ends)} | {
        outcome: count[outcome] for outcome in (APPROVED, PEOPLE, DECLINED, REFUSED)
    }


def _fraud(kind: str, frauds: Sequence[End]) -> dict[str, Any]:
    ends = [end for end in frauds if end.label.kind == kind]
    by = Counter(code for end in ends for code in end.codes)
    return _confusion(kind, ends) | {
        "caught %": _share(ends, lambda end: end.is_stopped),
        "by": ", ".join(f"{_named(code)} {times}" for code, times in by.most_common(_TOP)),
    }


def _reasons(ends: Sequence[End], outcome: str) -> list[dict[str, Any]]:
    """Each code with the cases that it stands behind, those that it alone stands behind, and those of good people."""
    there = [end for end in ends if end.outcome == outcome]
    count = Counter(code for end in there for code in end.codes)
    alone = Counter(next(iter(end.codes)) for end in there if len(end.codes) == 1)
    good = Counter(code for end in there if end.label.is_good for code in end.codes)
    fraud = Counter(code for end in there if end.label.is_fraud for code in end.codes)
    return [
        {"reason": _named(code), "cases": cases, "alone": alone[code], "good": good[code], "fraud": fraud[code]}
        for code, cases in count.most_common(24)
    ]


def _named(code: str) -> str:
    return f"{code} {_rule_names()[code]}" if code in _rule_names() else code


@cache
def _rule_names() -> Mapping[str, str]:
    return dict(DecisionRule.objects.values_list("code", "name_en"))
