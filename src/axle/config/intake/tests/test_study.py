"""Payments beside those that a servicer reported: which months explain a difference, and how it is drawn."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from axle.config.intake.book_row import BookRow
from axle.config.intake.charts import bars
from axle.config.intake.report_charts import histogram
from axle.config.intake.study import AS_BOOKED, compared, put_off_months
from axle.kernel.money import Fen


def row(**changes: Any) -> BookRow:
    """36,283.60 at 5.9 % over 73 months, three of them before the first instalment."""
    facts: dict[str, Any] = {
        "row": 2, "amount": Fen(36_283_60), "annual_rate": Decimal("0.059"), "term_months": 73,
        "originated_on": date(2020, 1, 1), "first_due_on": date(2020, 4, 1), "vehicle_kind": "new", "make": "M",
        "model": "A", "model_year": 2020, "vehicle_value": Fen(40_000_00), "is_subvented": False,
    }  # fmt: skip
    return BookRow(**(facts | changes))


@pytest.mark.parametrize(
    ("reported", "months"),
    [(606_66, 1), (606_65, 1), (599_61, 2), (599_63, None), (592_75, None), (650_00, None)],
)
def test_a_first_instalment_put_off_without_shortening_is_found(reported, months):
    assert put_off_months(row(payment_reported=Fen(reported))) == months


def test_differences_are_reported_less_ours_and_drawn_by_range():
    reported = [613_90, 613_89, 613_91, 612_40, 599_61]
    found = compared([row(payment_reported=Fen(amount)) for amount in reported], AS_BOOKED)

    assert found.differences == (0, -1, 1, -150, -1429)
    assert [line for line in histogram(found) if line[1]] == [
        ("-99.99 … -10.00", 1), ("-2.99 … -1.00", 1), ("-0.01", 1), ("0.00", 1), ("0.01", 1)
    ]  # fmt: skip


def test_bars_are_as_long_as_their_figures_and_texts_are_escaped():
    drawn = bars("A & B", [("<first>", 200), ("second", 50)], colour="#000000")

    assert "<title>A &amp; B</title>" in drawn
    assert "&lt;first&gt;" in drawn
    assert "width='368.0' height='15'" in drawn
    assert "width='92.0' height='15'" in drawn


def test_nothing_to_draw_is_an_empty_chart():
    assert "rx='2'" not in bars("none", [], colour="#000000")
