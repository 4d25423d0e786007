"""The written contract names every key of the terms, with its default."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

from axle.amortization.public import Terms, quote_json
from axle.kernel.money import yuan

PAGE = Path(__file__).parents[4] / "docs" / "conventions.md"
OTHER_RATES = {"monthly_rate", "flat_rate"}
LOAN = {
    "principal": "100000.00",
    "annual_rate": "0.09",
    "method": "level_payment",
    "periods": 36,
    "start_on": "2026-02-25",
}


def table():
    """Key to the default that the page tells, from the table of the quote's keys."""
    section = PAGE.read_text("utf-8").partition("## Quote: the keys")[2].partition("\n## ")[0]
    found = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 3 and cells[0].startswith("`"):
            names, defaults = re.findall(r"`(\w+)`", cells[0]), [part.strip() for part in cells[1].split(",")]
            found |= dict(zip(names, defaults * len(names) if len(defaults) == 1 else defaults, strict=False))
    return found


def test_every_key_is_on_the_page():
    assert set(table()) == {field.name for field in fields(Terms)} | OTHER_RATES


def test_defaults_are_those_of_the_page():
    told = table()
    for field in fields(Terms):
        if field.default is MISSING or field.default in (None, ()):
            assert told[field.name] in ("", "none", "rows of `irregular`"), field.name
        elif told[field.name].startswith('`"'):
            assert told[field.name] == f'`"{yuan(field.default)}"`'
        else:
            assert told[field.name].strip("`") == str(field.default), field.name


def test_the_answer_has_the_parts_of_the_page():
    told = PAGE.read_text("utf-8").partition("The answer: ")[2].partition(". A refusal")[0]
    assert set(re.findall(r"`(\w+)`", told)) == set(quote_json(LOAN))
