"""Real loans of other servicers with the payments that really came in, in our books: whose interest is whose?

Reads the monthly reports of ``../shared/data/abs_ee_auto`` (SEC ABS-EE filings of 2017; or of the folder of
``AXLE_REPORTS``). ``size`` takes the first so many loans that have a payment. The loans are taken back at the end.
"""

import os
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import transaction

from axle.config.cli.prepare import migrate
from axle.config.demo import institution
from axle.config.histories.book import compared, share, stories_load, taken_over_on
from axle.config.histories.comparison import REASONS, Compared, reason
from axle.config.histories.reports import loans_reported
from axle.config.histories.stories import Story, story_of
from axle.config.runtime.failures import SetupFailed
from axle.platform.public import acting, business_date_set, run_invariants, system_actor
from axle.servicing.models import Loan

FOLDER = Path(os.environ.get("AXLE_REPORTS", Path(__file__).parents[1] / "../shared/data/abs_ee_auto"))
FILE = FOLDER / "raw_loan_months_2017_multi_trust.csv"


def run(size: int = 1_000_000) -> dict[str, Any]:
    """How many payments agree, and why the others do not."""
    if not FILE.exists():
        raise SetupFailed(f"there are no monthly reports at {FILE}", "name their folder in AXLE_REPORTS")
    migrate()
    if Loan.objects.exists():
        raise SetupFailed("the books for benchmarks hold other loans", "remove var/bench, or name another AXLE_VAR")
    reported = loans_reported(FILE)
    stories = [story for loan in reported if (story := story_of(loan))][:size]
    with transaction.atomic():
        seconds, ours, broken = _in_books(stories)
        transaction.set_rollback(True)
    return {
        "loans reported": len(reported),
        "loan-months reported": sum(len(loan.months) for loan in reported),
        "loans with a payment to compare": len(stories),
        "payments compared": len(ours),
        "seconds: load": round(seconds, 1),
        "invariants broken": len(broken),
        **_agreement(ours),
        "reasons": list(_by_reason(ours)),
        "servicers": list(_by_servicer(ours)),
    }


def _in_books(stories: list[Story]) -> tuple[float, list[Compared], list[str]]:
    actor, begun, on = system_actor("demo"), perf_counter(), taken_over_on(stories)
    with acting(actor, "histories"):
        place = institution.load(actor)
        business_date_set(on)
        contracts = stories_load(actor, place, stories, on=on)
    seconds = perf_counter() - begun
    both = zip(contracts, stories, strict=True)
    found = [one for contract, story in both for one in compared(contract, story, on=on)]
    return seconds, found, [line for result in run_invariants() for line in result.failures]


def _agreement(found: list[Compared]) -> dict[str, Any]:
    """Shares of the payments by how far the interest is apart."""
    far = [abs(one.apart) for one in found]
    near = [abs(one.apart) <= max(1, one.theirs.interest // 100) for one in found]
    return {
        "to the cent %": share(far.count(0), len(found)),
        "within a cent %": share(sum(1 for apart in far if apart <= 1), len(found)),
        "within 1 % %": share(sum(near), len(found)),
    }


def _by_reason(found: list[Compared]) -> Any:
    counts = Counter(reason(one) for one in found)
    for name in REASONS:
        if counts[name]:
            apart = sum(abs(one.apart) for one in found if reason(one) == name)
            yield {
                "reason": name,
                "payments": counts[name],
                "share %": share(counts[name], len(found)),
                "interest apart": apart / 100,
            }


def _by_servicer(found: list[Compared]) -> Any:
    for name in sorted({one.story.loan.originator for one in found}):
        own = [one for one in found if one.story.loan.originator == name]
        yield {"servicer": name or "not named", "payments": len(own), **_agreement(own)}
