"""The report of a run over a book: Markdown, and its charts as SVG beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import connection

from axle.config.intake.book_row import BookRow
from axle.config.intake.error_file import ErrorFile
from axle.config.intake.faults import Fault
from axle.config.intake.report_charts import charts, most
from axle.config.intake.run import BookRun, Tally
from axle.config.intake.standard import STANDARD, StandardGaps
from axle.config.intake.study import (
    AS_BOOKED,
    AS_FILED,
    BY_FACTOR,
    CLOSE_RATES,
    QUANTILES,
    Finding,
    Study,
    as_booked,
)
from axle.config.runtime.machine import machine

TOP = 20
_OUTCOMES = (("approve", "approved"), ("refer", "referred to a person"), ("decline", "declined"))


@dataclass(frozen=True)
class Ran:
    """All that a report tells of; ``seconds`` is the time that the rows took, on the clock and on a processor."""

    run: BookRun
    tally: Tally
    errors: ErrorFile
    standard: StandardGaps
    study: Study
    business_on: date
    seconds: float
    processor_seconds: float


def report_write(ran: Ran, path: Path) -> Iterator[Path]:
    """Write the page and its charts, those in a folder named after it; gives the paths."""
    folder = path.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in charts(ran.tally, ran.study).items():
        chart = folder / f"{name}.svg"
        chart.write_text(content, encoding="utf-8")
        yield chart
    path.write_text(report(ran, folder.name), encoding="utf-8")
    yield path


def report(ran: Ran, folder: str) -> str:
    """The whole page. Only the section on the run's time differs between two runs over the same file."""
    parts = [
        _head(ran),
        _pace(ran),
        _rows(ran),
        _decisions(ran, folder),
        _standard(ran.standard),
        _booked(ran),
        _payments(ran.study, folder),
        _reasons_why(ran.study),
    ]
    return "\n\n".join(parts) + "\n"


def _command(ran: Ran) -> str:
    only = "" if ran.run.books else " --decide-only"
    return f"./axle intake {ran.run.source.path.name} --mapping {ran.run.mapping.name}{only} --report …"


def _head(ran: Ran) -> str:
    mapping, source = ran.run.mapping, ran.run.source
    return (
        f"<!-- Written by `{_command(ran)}`; do not edit. -->\n\n"
        f"# Real input: {mapping.title}\n\n"
        f"`{source.path.name}`, {source.size:,} bytes, {source.encoding}, SHA-256 `{source.sha256[:16]}…`, taken on the"
        f" business date {ran.business_on} by\n\n```sh\n{_command(ran)}\n```\n\n"
        f"Amounts are {mapping.currency.said} in the file and are called {mapping.currency.called} here, one to one:"
        " the currency is relabelled, nothing is converted. No person is in the file: obligors and VINs are synthetic."
        " What the file does not say is unknown, never zero. Which column means what is data:"
        f" `src/axle/config/intake/mappings/{mapping.name}.toml`."
    )


def _pace(ran: Ran) -> str:
    tally = ran.tally
    pace = _pace_told(ran) if tally.new else ""
    known = f"{tally.known:,} rows had been taken before and were not taken twice" if tally.known else ""
    told = ". ".join(part for part in (pace, known) if part)
    return (
        f"## The run\n\n{told}. A row is read, decided and recorded, and an approved one is booked with its schedule,"
        f" its entries and their vouchers. {machine()}, PostgreSQL {_postgresql()} on the same machine.\n\n"
        "A run that is interrupted goes on where it stopped when it is started again: a row is known by the file's hash"
        " and its line, and is taken once. Rows are taken in stretches of 500 lines, each in one transaction."
    )


def _pace_told(ran: Ran) -> str:
    rows, seconds = ran.tally.new, ran.seconds
    return (
        f"{rows:,} rows in {seconds:.1f} s, {rows / seconds:.0f} rows a second; the command itself worked for"
        f" {ran.processor_seconds:.1f} s of them, the rest is the database and whatever else the machine did"
    )


def _postgresql() -> str:
    return str(connection.pg_version // 10_000)  # type: ignore[attr-defined]


def _rows(ran: Ran) -> str:
    tally, errors = ran.tally, ran.errors
    lines = [("rows in the file", f"{tally.rows:,}"), ("taken", f"{tally.rows - errors.rows:,}")]
    lines.append(("refused", f"{errors.rows:,}"))
    lines += [(f"refused: {Fault(code).sentence('en-US')} (`{code}`)", f"{n:,}") for code, n in most(errors.by_code)]
    return "## Rows\n\n" + _table(("", "rows"), lines)


def _decisions(ran: Ran, folder: str) -> str:
    tally, total = ran.tally, sum(ran.tally.outcomes.values())
    outcomes = [(title, f"{tally.outcomes[name]:,}", _share(tally.outcomes[name], total)) for name, title in _OUTCOMES]
    codes = [_code_line(ran, code, count, total) for code, count in most(tally.codes)[:TOP]]
    head = ("code", "weighs", "told outside", "rows", "share", "of them declined", "for example")
    return (
        f"## Decisions\n\nStrategy `{ran.run.mapping.strategy}`, made for this book: it asks for no more than the file"
        " says. A row may have several reasons.\n\n"
        + _table(("outcome", "rows", "share"), outcomes)
        + f"\n\n![Decisions by outcome]({folder}/outcomes.svg)\n\n![Decisions by reason]({folder}/reasons.svg)"
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
        ("principal", _money(tally.principal)),
        ("average principal", _money(average)),
    ]
    return (
        "## Booked\n\nA booked contract has the amount, the rate, the number of instalments and the months to the first"
        " one of the file, and starts on the business date: the file gives months, not days, and no history of"
        " payments before its own month.\n\n" + _table(("", ""), lines)
    )


def _payments(study: Study, folder: str) -> str:
    filed, booked, factor = (study.finding(reading) for reading in (AS_FILED, AS_BOOKED, BY_FACTOR))
    lines = [_closeness(found) for found in study.findings]
    return (
        f"## Our level payment against the servicer's\n\n{filed.rows:,} rows report a scheduled payment;"
        f" {study.unreported:,} report none (their last month).\n\n"
        + _table(("reading", "meaning", "exact", "within 0.01", "within 1 %", "within 2.6 %"), lines)
        + "\n\nDifference, reported less ours, by quantile:\n\n"
        + _quantiles((filed, booked, factor))
        + f"\n\n![Difference as booked]({folder}/payments-as-booked.svg)"
        + f"\n\n![Difference as filed]({folder}/payments-as-filed.svg)"
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
        cells += [_money(amount), f"{rate * 100:.3f}"]
    return cells


def _reasons_why(study: Study) -> str:
    filed, booked, factor = (study.finding(reading) for reading in (AS_FILED, AS_BOOKED, BY_FACTOR))
    others = [found for found in study.findings if found not in (filed, booked, factor)]
    tested = "; ".join(f"{found.reading.title} {found.within_fen(1):,}" for found in others)
    explained = sum(months is not None for _row, months in study.outliers)
    rest = len(study.outliers) - explained
    return f"""## Why the payments differ

Read as filed, the reported payment lies {_percent(filed.quantile(50)[1])} above the plain annuity (median), and
{filed.within_fen(1):,} of {filed.rows:,} rows agree to the cent. Two readings were expected to explain it, interest by
actual days over 365 and a first period longer than a month; solved again, they explain (to the cent): {tested}.

The term explains it. `originalLoanTerm` counts the months before the first instalment too (`gracePeriodNumber`, one to
three), so that a contract has that many instalments fewer: {booked.within_fen(1):,} rows
({_share(booked.within_fen(1), booked.rows)}) then agree to the cent. The servicer takes a payment factor cut to eight
places and cuts the payment to the cent, where we round once: with its factor {factor.within_fen(0):,} rows
({_share(factor.within_fen(0), factor.rows)}) are equal exactly. So the servicer's payment ignores the day count and the
length of the first period; both come out in the last payment, as simple interest does.

{len(study.outliers):,} rows are further away. {explained:,} of them are the annuity of one or two instalments more: the
first instalment was put off and the contract was not shortened for it. {rest:,} remain unexplained.

{_outliers(study.outliers[:TOP])}"""


def _outliers(outliers: Sequence[tuple[BookRow, int | None]]) -> str:
    head = ("line", "amount", "rate", "term", "months to the first", "put off by", "reported", "ours")
    return _table(head, (_outlier(row, months) for row, months in outliers))


def _outlier(row: BookRow, months: int | None) -> Sequence[str]:
    told = (
        f"{row.annual_rate * 100:.2f} %",
        row.term_months,
        row.months_before_first,
        "–" if months is None else months,
    )
    payments = (row.payment_reported or 0, as_booked(row))
    return str(row.row), _money(row.amount), *map(str, told), *map(_money, payments)


def _money(fen: int) -> str:
    """An amount as people read it in a table."""
    return f"{Decimal(fen) / 100:,.2f}"


def _percent(rate: Decimal) -> str:
    return f"{rate * 100:.2f} %"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
