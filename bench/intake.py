"""A stream of ``size`` applications with planted frauds through the whole intake, and what the strategy made of them.

Applications are made from real rows (AXLE_DATA, see README) and come as those of one month to the demo institution with
its seasoned book: each is typed, submitted with its papers, asked about, decided, and approved, declined or given
to a person by the same services as in life. Papers come as read and sources answer from the stream, in the vendors'
words. Frauds are planted in one of twenty, one of a hundred belongs to a ring; what an application is, is kept apart
and compared afterwards. "Caught" is declined, refused at the door or sent to a person; "good" is honest, without
arrears, and paid.

``sources``: two hundred decisions with every source that applies over HTTP, each answering after 50 to 800 ms, in part
with one that is dead; ``AXLE_BENCH_SOURCES=0`` leaves them out. The stream needs books of its own.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from _at_once import at_once
from _intake_books import books_prepare
from _intake_take import share_take
from _intake_told import ends_of, figures_of
from _sources_asked import sources_measured
from _stream import Stream, stream

from axle.config.cli.measure import machine
from axle.config.demo.institution import BUSINESS_ON
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import find_home

SHARES = 2
CATALOGUE = "src/axle/vehicle/data/trims.csv"


def run(size: int = 10_000) -> dict[str, Any]:
    """Take the stream, compare, and measure the sources."""
    data = Path(os.environ.get("AXLE_DATA", ""))
    if not (data / "baselines.json").is_file():
        raise SetupFailed("name the folder of the data sets with AXLE_DATA; bench/README.md tells which")
    made = stream(size, data=data, catalogue=find_home().root / CATALOGUE, on=BUSINESS_ON)
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
    asked = sources_measured() if os.environ.get("AXLE_BENCH_SOURCES") != "0" else {}
    return figures | asked | machine("zen-engine") | {"load_average": os.getloadavg()}


def _taken(made: Stream) -> dict[int, dict[str, Any]]:
    with TemporaryDirectory() as folder:
        at_once(lambda share: share_take(made, share, SHARES, Path(folder) / str(share)), SHARES)
        told = [json.loads((Path(folder) / str(share)).read_text(encoding="utf-8")) for share in range(SHARES)]
    return {int(number): one for part in told for number, one in part.items()}
