"""Cards and charts over HTTP."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from axle.kernel.money import yuan
from axle.reporting.figures import Card, Figure


class CardOut(BaseModel):
    """A figure: a count, an amount in yuan, or a fraction, as text."""

    key: str
    kind: Literal["count", "money", "rate"]
    value: str
    to: str | None


class SeriesOut(BaseModel):
    key: str
    values: list[float | None]


class ChartOut(BaseModel):
    """A chart; labels are codes of the catalogue (of ``enum``, if it is named), months, days or numbers."""

    key: str
    kind: Literal["bar", "line", "trend", "pie", "funnel"]
    labels: list[str]
    series: list[SeriesOut]
    unit: Literal["number", "share"]
    enum: str


def cards_out(cards: Sequence[Card]) -> list[CardOut]:
    """Cards as they leave the server."""
    return [_card(card) for card in cards]


def _card(card: Card) -> CardOut:
    value = yuan(int(card.value)) if card.kind == "money" else str(card.value)
    return CardOut.model_validate({"key": card.key, "kind": card.kind, "value": value, "to": card.to})


def charts_out(charts: Sequence[Figure]) -> list[ChartOut]:
    """Charts as they leave the server."""
    return [
        ChartOut.model_validate(
            {
                **{name: getattr(chart, name) for name in ("key", "kind", "unit", "enum")},
                "labels": list(chart.labels),
                "series": [{"key": series.key, "values": list(series.values)} for series in chart.series],
            }
        )
        for chart in charts
    ]
