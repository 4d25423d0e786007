"""``./axle intake FILE``: the options, and the run from the file to the report."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from axle.config.intake.batch_take import RowTaken, book_product
from axle.config.intake.book_case import decision_inputs
from axle.config.intake.book_row import BookRow
from axle.config.intake.error_file import ErrorFile, error_file
from axle.config.intake.forms_take import FormRun, forms_take
from axle.config.intake.mapping import BookMapping, mapping_read
from axle.config.intake.report import Ran, report_write
from axle.config.intake.results_file import results_file
from axle.config.intake.rows import book_rows
from axle.config.intake.run import BookRun, Tally, book_take
from axle.config.intake.source import Source, source_open
from axle.config.intake.standard import OF_A_BOOK, StandardGaps
from axle.config.intake.study import study
from axle.config.intake.watch_take import WatchRun, watch_take
from axle.config.runtime.progress import bar, say, step
from axle.kernel.errors import AxleError
from axle.kernel.money import yuan
from axle.platform.public import business_date, system_actor, text

LOCALE = "en-US"


def run(arguments: Sequence[str]) -> int:
    """Take a file; status 1 when the file was refused, 0 also when single rows were."""
    options = _parser().parse_args(arguments)
    try:
        _take(options)
    except AxleError as refusal:
        params = {name: str(value) for name, value in refusal.params.items()}
        say(text("error", refusal.code, locale=LOCALE, **params), to=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./axle intake",
        description="Take a file of applications (CSV or JSON lines) through the whole decision, each row once.",
    )
    parser.add_argument("file", type=Path, help="CSV with a head, or one JSON object per line; UTF-8 or GB18030")
    parser.add_argument("--mapping", help="a shipped mapping by name, or a TOML file; without it: our own form")
    parser.add_argument("--watch-list", action="store_true", help="the file holds entries of the black and grey lists")
    parser.add_argument("--errors", type=Path, metavar="OUT", help="write the rows that were not taken here (CSV)")
    parser.add_argument("--results", type=Path, metavar="OUT", help="write what became of each row here (CSV; mapped)")
    parser.add_argument("--report", type=Path, metavar="OUT", help="write the run's report here (Markdown; mapped)")
    parser.add_argument("--decide-only", action="store_true", help="book nothing: approved rows stay applications")
    parser.add_argument("--department", type=int, metavar="ID", help="owns the applications that name no dealer")
    return parser


def _take(options: argparse.Namespace) -> None:
    mapping = mapping_read(options.mapping) if options.mapping and not options.watch_list else None
    source = source_open(options.file)
    with error_file(options.errors) as errors:
        if options.watch_list:
            _take_watch_list(source, errors)
        elif mapping is None:
            _take_forms(source, options.department, errors)
        else:
            _take_book(source, mapping, options, errors)
    if errors.rows and options.errors:
        say(f"{errors.rows} rows were not taken: {options.errors}")


def _take_forms(source: Source, department_id: int | None, errors: ErrorFile) -> None:
    actor = system_actor("intake", department_id=department_id)
    with step(f"taking {source.path.name}") as ticker:

        def tell(run: FormRun) -> None:
            ticker.detail = f"{bar(run.line, source.lines)} {run.rows} rows"

        taken = forms_take(source, actor, errors, tell=tell)
    say(f"{taken.rows} rows: {taken.submitted} submitted, {taken.drafts} kept as drafts, {errors.rows} not taken")


def _take_watch_list(source: Source, errors: ErrorFile) -> None:
    with step(f"taking {source.path.name}") as ticker:

        def tell(run: WatchRun) -> None:
            ticker.detail = f"{bar(run.line, source.lines)} {run.rows} rows"

        taken = watch_take(source, system_actor("intake"), errors, tell=tell)
    say(f"{taken.rows} rows: {taken.listed} listed, {errors.rows} not taken")


def _take_book(source: Source, mapping: BookMapping, options: argparse.Namespace, errors: ErrorFile) -> None:
    run = BookRun(system_actor("intake"), source, mapping, not options.decide_only, timezone.now())
    rows: list[BookRow] = []
    with results_file(options.results) as write, step(f"taking {source.path.name}") as ticker:

        def tell(tally: Tally) -> None:
            pace = f"{tally.new / ticker.seconds:.0f} rows/s, " if tally.new else ""
            ticker.detail = f"{bar(tally.line, source.lines)} {tally.rows} rows, {pace}{tally.booked} booked"

        def keep(row: BookRow, taken: RowTaken) -> None:
            write(taken)
            if options.report:
                rows.append(row)

        worked = time.process_time()
        tally = book_take(run, book_rows(source, mapping), errors, keep=keep, tell=tell)
        spent = ticker.seconds, time.process_time() - worked
    say(_summary(tally, errors))
    if options.report:
        _report(run, tally, errors, rows, options.report, spent)


def _summary(tally: Tally, errors: ErrorFile) -> str:
    outcomes = ", ".join(f"{tally.outcomes[name]} {word}" for name, word in _WORDS)
    known = f" ({tally.known} of them taken before)" if tally.known else ""
    booked = f"{tally.booked} booked, principal {yuan(tally.principal)}"
    return f"{tally.rows} rows{known}: {outcomes}; {booked}; {errors.rows} not taken"


_WORDS = (("approve", "approved"), ("refer", "referred"), ("decline", "declined"))


def _report(
    run: BookRun, tally: Tally, errors: ErrorFile, rows: Sequence[BookRow], path: Path, spent: tuple[float, float]
) -> None:
    on = business_date()
    with step("comparing payments") as ticker:

        def tell(title: str) -> None:
            ticker.detail = f"({title})"

        ran = Ran(run, tally, errors, _standard(run, rows), study(rows, tell=tell), on, *spent)
    for page in report_write(ran, path):
        say(f"written: {page}")


def _standard(run: BookRun, rows: Sequence[BookRow]) -> StandardGaps:
    gaps = StandardGaps(business_date())
    if rows:
        product = book_product(run.place.product_version_id, gaps.on)
        for row in rows:
            gaps.add({**OF_A_BOOK, **decision_inputs(row, product, row.amount)})
    return gaps
