"""The page that lists which published figures the engine reproduces (``docs/reference/accuracy.md``)."""

from axle.amortization.public import PUBLISHED_SOURCES, Outcome, Source

_LEAD = """Published figures run through the calculation engine, as they are in this repository
(`src/axle/amortization/published/data`). A test runs the same cases and refuses one that neither matches nor is
explained here. Besides, property tests compare the engine with a second model built on other algorithms, with
numpy-financial and with pyxirr (`src/axle/amortization/tests`).
"""

_BEYOND = """## Not the engine's

Spreadsheet functions for securities, depreciation and coins (ACCRINT, COUPDAYS, DB, DDB, DISC, DOLLARDE, DOLLARFR,
PRICEDISC, SLN, SYD, TBILLEQ, TBILLPRICE, TBILLYIELD), and cases that pass text in the place of a number, are published
beside those above and are not run: a loan has no use for them.
"""


def accuracy() -> str:
    """Every source with its cases and matches, the differences that stand, and each case."""
    runs = [(source, source.run()) for source in PUBLISHED_SOURCES]
    parts = [f"# Accuracy\n\n{_LEAD}", _summary(runs), _differences(runs), _BEYOND]
    parts += [_cases(source, outcomes) for source, outcomes in runs]
    return "\n".join(parts)


def _summary(runs: list[tuple[Source, list[Outcome]]]) -> str:
    rows = [
        f"| {source.name} | {source.origin} | {source.figures} | {source.to} | {len(outcomes)} | {_matches(outcomes)} |"
        for source, outcomes in runs
    ]
    total, matching = (
        sum(counts) for counts in zip(*((len(found), _matches(found)) for _, found in runs), strict=True)
    )
    head = "| source | from | what is compared | to | cases | match |\n| --- | --- | --- | --- | --- | --- |"
    return "\n".join([f"{matching} of {total} cases match.\n", head, *rows, ""])


def _matches(outcomes: list[Outcome]) -> int:
    return sum(outcome.is_match for outcome in outcomes)


def _differences(runs: list[tuple[Source, list[Outcome]]]) -> str:
    lines = [
        f"- {source.name}, {outcome.case}: published {outcome.published}, found {outcome.found}: {outcome.why}."
        for source, outcomes in runs
        for outcome in outcomes
        if not outcome.is_match
    ]
    return "\n".join(["## Differences that stand\n", *lines, ""])


def _cases(source: Source, outcomes: list[Outcome]) -> str:
    rows = [f"| {outcome.case} | {outcome.published} | {outcome.found} |" for outcome in outcomes]
    head = "| case | published | found |\n| --- | --- | --- |"
    return "\n".join([f"## {source.name}\n", head, *rows, ""])
