"""A stream of ``size`` applications with planted frauds through the whole intake, and what the strategy made of them.

Applications are made from real rows (AXLE_DATA, see README) and come as those of one month to the demo institution with
its seasoned book: each is typed, submitted with its papers, asked about, decided, and approved, declined or given
to a person by the same services as in life. Papers come as read and sources answer from the stream, in the vendors'
words. Frauds are planted in one of twenty, one of a hundred belongs to a ring; what an application is, is kept apart
and compared afterwards. "Caught" is declined, refused at the door or sent to a person; "good" is honest, without
arrears, and paid.
The stream needs books of its own.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from _at_once import at_once
from _intake_books import books_prepare, stream_of_data
from _intake_take import share_take
from _intake_told import ends_of, figures_of
from _stream import Stream

from axle.config.cli.measure import machine

SHARES = 2


def run(size: int = 10_000) -> dict[str, Any]:
    """Take the stream and compare."""
    made = stream_of_data(size)
    at_once(lambda _: books_prepare(made), processes=1)
    begun = perf_counter()
    became = _taken(made)
    seconds = perf_counter() - begun
    sys.stderr.write(f"{size} applications in {seconds:.0f} s\n")
    figures = {
        "size": size,
        "frauds planted": sum(label.is_fraud for label in made.labels.values()),
        "thin files": sum(label.is_thin for label in made.labels.values()),
        **figures_of(ends_of(made, became)),
        "seconds": round(seconds),
        "applications a second by two processes": round(size / seconds, 1),
    }
    return figures | machine("zen-engine") | {"load_average": os.getloadavg()}


def _taken(made: Stream) -> dict[int, dict[str, Any]]:
    with TemporaryDirectory() as folder:
        at_once(lambda share: share_take(made, share, SHARES, Path(folder) / str(share)), SHARES)
        told = [json.loads((Path(folder) / str(share)).read_text(encoding="utf-8")) for share in range(SHARES)]
    return {int(number): one for part in told for number, one in part.items()}
