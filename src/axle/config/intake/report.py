"""The report of a run over a book, as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from axle.config.intake.error_file import ErrorFile
from axle.config.intake.faults import Fault
from axle.config.intake.run import BookRun, Tally
from axle.config.intake.standard import STANDARD, StandardGaps
from axle.config.intake.study import AS_BOOKED, AS_FILED, BY_FACTOR, CLOSE_RATES, QUANTILES, Finding, Study
from axle.kernel.money import yuan

TOP = 20
_BAR = 40
_OUTCOMES = (("approve", "approved"), ("refer", "referred to a person"), ("decline", "declined"))
_EDGES = (-10_000, -1_000, -300, -100, -30, -10, -2, -1, 0, 1, 2, 10, 30, 100, 300, 1_000, 10_000)
"""Upper edges of the histogram's bars, in fen."""


@dataclass(frozen=True)
class Ran:
    """All that a report tells of."""

    run: BookRun
    tally: Tally
    errors: ErrorFile
    standard: StandardGaps
    study: Study
    business_on: date


def report(ran: Ran) -> str:
    """The whole page; the same run gives the same text."""
    parts = [
        _head(ran),
        _rows(ran),
        _decisions(ran),
        _standard(ran.standard),
        _booked(ran),
        _payments(ran.study),
        _reasons_why(ran.study),
    ]
    return "\n\n".join(parts) + "\n"


def _head(ran: Ran) -> str:
    mapping, source = ran.run.mapping, ran.run.source
    book = " --book-referred" if "refer" in ran.run.booked else " --book" if ran.run.booked else ""
    return (
        f"<!-- Written by `./axle intake … --mapping {mapping.name}{book} --report …`. -->\n\n"
        f"# An imported book: {mapping.title}\n\n"
        f"`{source.path.name}`, {source.size:,} bytes, {source.encoding}, SHA-256 `{source.sha256[:16]}…`, taken on the"
        f" business date {ran.business_on}. Amounts are {mapping.currency.said} called {mapping.currency.called} one to"
        " one. Obligors and VINs are synthetic; what the file does not say is unknown, never zero. The mapping is"
        f" `src/axle/config/intake/mappings/{mapping.name}.toml`."
    )


def _rows(ran: Ran) -> str:
    tally, errors = ran.tally, ran.errors
    lines = [("rows in the file", f"{tally.rows:,}"), ("taken", f"{tally.rows - errors.rows:,}")]
    lines.append(("refused", f"{errors.rows:,}"))
    lines += [(f"refused: {Fault(code).sentence('en-US')} (`{code}`)", f"{n:,}") for code, n in _most(errors.by_code)]
    return "## Rows\n\n" + _table(("", "rows"), lines)


def _decisions(ran: Ran) -> str:
    tally, total = ran.tally, sum(ran.tally.outcomes.values())
    outcomes = [(title, f"{tally.outcomes[name]:,}", _share(tally.outcomes[name], total)) for name, title in _OUTCOMES]
    codes = [_code_line(ran, code, count, total) for code, count in _most(tally.codes)[:TOP]]
    head = ("code", "weighs", "told outside", "rows", "share", "of them declined", "for example")
    return (
        f"## Decisions\n\nStrategy `{ran.run.mapping.strategy}`, made for this book: it asks for no more than the file"
        " says. A row may have several reasons.\n\n"
        + _table(("outcome", "rows", "share"), outcomes)
        + f"\n\n### Reasons (the {min(TOP, len(codes))} most frequent)\n\n"
        + _table(head, codes)
    )


def _code_line(ran: Ran, code: str, count: int, total: int) -> Sequence[str]:
    told = ran.tally.reasons[code]
    declined = ran.tally.by_outcome["decline", code]
    weight = told.severity.replace("_", "-")
    return f"`{code}`", weight, told.outside, f"{count:,}", _share(count, total), f"{declined:,}", told.example


def _standard(gaps: StandardGaps) -> str:
    if not gaps.rows:
        return f"### The standard strategy\n\n`{STANDARD}` is not in force here."
    always = sorted(name for name, count in gaps.inputs.items() if count == gaps.rows)
    return (
        f"### The standard strategy\n\nPut to `{STANDARD}`, {gaps.referred:,} of {gaps.rows:,} rows go to a person:"
        f" the file says nothing of {len(always)} inputs that it must be told ("
        + ", ".join(f"`{name}`" for name in always)
        + "). A missing answer is not a good one, so none of them would be approved by machine."
    )


def _booked(ran: Ran) -> str:
    tally = ran.tally
    average = tally.principal // tally.booked if tally.booked else 0
    lines = [
        ("contracts and loans", f"{tally.booked:,}"),
        ("principal", yuan(tally.principal)),
        ("average principal", yuan(average)),
    ]
    return (
        "## Booked\n\nA booked contract has the amount, the rate, the number of instalments and the months to the first"
        " one of the file, and starts on the business date: the file gives months, not days, and no history of"
        " payments before its own month.\n\n" + _table(("", ""), lines)
    )


def _payments(study: Study) -> str:
    filed, booked, factor = (study.finding(reading) for reading in (AS_FILED, AS_BOOKED, BY_FACTOR))
    lines = [_closeness(found) for found in study.findings]
    return (
        f"## Our level payment against the servicer's\n\n{filed.rows:,} rows report a scheduled payment;"
        f" {study.unreported:,} report none (their last month).\n\n"
        + _table(("reading", "meaning", "exact", "within 0.01", "within 1 %", "within 2.6 %"), lines)
        + "\n\nDifference, reported less ours, by quantile:\n\n"
        + _quantiles((filed, booked, factor))
        + "\n\n### As booked\n\n"
        + _histogram(booked)
        + "\n\n### As filed\n\n"
        + _histogram(filed)
    )


def _closeness(found: Finding) -> Sequence[str]:
    shares = [found.within_fen(0), found.within_fen(1), *(found.within_rate(rate) for rate in CLOSE_RATES)]
    return found.reading.title, found.reading.meaning, *(_share(count, found.rows) for count in shares)


def _quantiles(findings: Sequence[Finding]) -> str:
    head = ["quantile", *(f"{found.reading.title}{unit}" for found in findings for unit in ("", ", %"))]
    lines = [[f"{percent} %", *_at(findings, percent)] for percent in QUANTILES]
    return _table(head, lines)


def _at(findings: Iterable[Finding], percent: int) -> list[str]:
    cells = []
    for found in findings:
        amount, rate = found.quantile(percent)
        cells += [yuan(amount), f"{rate * 100:.3f}"]
    return cells


def _histogram(found: Finding) -> str:
    counts = [0] * (len(_EDGES) + 1)
    for difference in found.differences:
        counts[sum(difference > edge for edge in _EDGES)] += 1
    longest = max(counts)
    lines = [
        f"{label:>20} {count:6,} {'#' * -(-count * _BAR // longest)}"
        for label, count in zip(_labels(), counts, strict=True)
        if count
    ]
    return "```text\n" + "\n".join(lines) + "\n```"


def _labels() -> list[str]:
    inner = [_label(low, high) for low, high in pairwise(_EDGES)]
    return [f"≤ {yuan(_EDGES[0])}", *inner, f"> {yuan(_EDGES[-1])}"]


def _label(low: int, high: int) -> str:
    return yuan(high) if high - low == 1 else f"{yuan(low + 1)} … {yuan(high)}"


def _reasons_why(study: Study) -> str:
    filed, booked, factor = (study.finding(reading) for reading in (AS_FILED, AS_BOOKED, BY_FACTOR))
    others = [found for found in study.findings if found not in (filed, booked, factor)]
    tested = "; ".join(f"{found.reading.title} {found.within_fen(1):,}" for found in others)
    rest = len(study.outliers) - study.one_more
    return f"""## Why the payments differ

Read as filed, the reported payment lies {_percent(filed.quantile(50)[1])} above the plain annuity (median), and
{filed.within_fen(1):,} of {filed.rows:,} rows agree to the cent. Two readings were expected to explain it, interest by
actual days over 365 and a first period longer than a month; solved again, they explain (to the cent): {tested}.

The term explains it. `originalLoanTerm` counts the months before the first instalment too (`gracePeriodNumber`, one to
three), so that a contract has that many instalments fewer: {booked.within_fen(1):,} rows
({_share(booked.within_fen(1), booked.rows)}) then agree to the cent, the rest but {len(study.outliers):,} to two. The
servicer takes a payment factor cut to eight places and cuts the payment to the cent, where we round once: with its
factor {factor.within_fen(0):,} rows ({_share(factor.within_fen(0), factor.rows)}) are equal exactly. So the servicer's
payment ignores the day count and the length of the first period; both come out in the last payment, as simple interest
does.

{len(study.outliers):,} rows are further away. {study.one_more:,} of them are the annuity of one instalment more: their
first instalment was put off without shortening the contract. {rest:,} remain unexplained."""


def _percent(rate: Decimal) -> str:
    return f"{rate * 100:.2f} %"


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
