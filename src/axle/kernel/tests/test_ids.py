"""Keys that sort by time, and numbers for people."""

import time
from datetime import date

from axle.kernel.ids import printed_no, time_ordered_id


def test_time_ordered_ids():
    before = time.time_ns() // 1_000_000
    found = time_ordered_id()
    after = time.time_ns() // 1_000_000
    assert (found.version, found.variant) == (7, "specified in RFC 4122")
    assert before <= found.int >> 80 <= after
    assert len({time_ordered_id() for _ in range(1000)}) == 1000


def test_printed_no():
    assert printed_no("AP", date(2026, 11, 22), 1) == "AP20261122000001"
    assert printed_no("HT", date(2026, 1, 2), 1234567) == "HT202601021234567"
