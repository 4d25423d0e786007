"""The breaker as a table of what happens after what."""

from datetime import UTC, datetime, timedelta

from axle.sources.domain.breaker import OPENS_AFTER, PROBE, REST, Breaker, BreakerState

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


def after_troubles(count: int, breaker: Breaker | None = None) -> Breaker:
    breaker = breaker or Breaker()
    for _ in range(count):
        breaker = breaker.after(is_trouble=True, now=NOW)
    return breaker


def test_it_opens_after_some_failures_in_a_row():
    almost = after_troubles(OPENS_AFTER - 1)
    assert (almost.state(NOW), almost.lets_pass(NOW)) == (BreakerState.CLOSED, True)

    opened = after_troubles(1, almost)
    assert (opened.state(NOW), opened.lets_pass(NOW)) == (BreakerState.OPEN, False)


def test_an_answer_between_failures_counts_from_the_beginning():
    breaker = after_troubles(OPENS_AFTER - 1).after(is_trouble=False, now=NOW)

    assert after_troubles(OPENS_AFTER - 1, breaker).state(NOW) == BreakerState.CLOSED


def test_after_its_rest_one_call_may_try():
    opened, later = after_troubles(OPENS_AFTER), NOW + REST
    assert opened.lets_pass(later)

    probing = Breaker(opened.failures, opened.opened_at, probe_at=later)
    assert (probing.state(later), probing.lets_pass(later)) == (BreakerState.PROBING, False)
    assert probing.lets_pass(later + PROBE)


def test_a_probe_closes_it_or_begins_the_rest_anew():
    later = NOW + REST + timedelta(seconds=1)
    probing = Breaker(OPENS_AFTER, NOW, probe_at=later)

    assert probing.after(is_trouble=False, now=later) == Breaker()
    failed = probing.after(is_trouble=True, now=later)
    assert (failed.opened_at, failed.lets_pass(later + REST / 2)) == (later, False)
