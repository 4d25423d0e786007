"""Real loans, where the file lies beside the repository: decided, booked, and their payments recomputed."""

import os
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from django.apps import apps

from axle.config.intake.book_row import BookRow
from axle.config.intake.command import run as intake
from axle.config.intake.mapping import mapping_read
from axle.config.intake.rows import book_rows
from axle.config.intake.source import source_open
from axle.config.intake.study import AS_BOOKED, AS_FILED, BY_FACTOR, compared
from axle.config.intake.tests.test_booking import invariants_broken
from axle.decisioning.public import decision_replay

SHARED = Path(os.environ.get("AXLE_SHARED", Path(__file__).parents[5] / "../shared"))
FILE = SHARED / "data/abs_ee_auto/world_omni_wosat2020a_202007.csv"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the file of real loans is not here")
SLICE = 60


def head_of(path: Path) -> Path:
    """The first rows of the file."""
    with FILE.open() as stream:
        path.write_text("".join(islice(stream, SLICE + 1)))
    return path


@pytest.mark.django_db
def test_real_loans_are_decided_and_booked_with_their_terms(place, tmp_path):
    path = head_of(tmp_path / "slice.csv")

    assert intake([str(path), "--mapping", "world_omni_abs_ee"]) == 0

    outcomes = Counter(apps.get_model("origination.Application").objects.values_list("decision", flat=True))
    assert outcomes == {"approve": 26, "refer": 29, "decline": 5}
    approved = {
        row: taken
        for row, taken in zip(
            book_rows(source_open(path), mapping_read("world_omni_abs_ee")),
            apps.get_model("origination.Application").objects.order_by("pk"),
            strict=True,
        )
        if isinstance(row, BookRow) and taken.decision == "approve"
    }
    for row, application in approved.items():
        contract = apps.get_model("origination.Contract").objects.get(application=application)
        assert (contract.principal, contract.annual_rate, contract.periods) == (
            row.amount,
            row.annual_rate,
            row.periods,
        )
        assert row.payment_reported is not None
        assert abs(contract.instalment - row.payment_reported) <= 2
        assert contract.schedule[0]["total"] == f"{contract.instalment / 100:.2f}"
    for record_id in apps.get_model("decisioning.DecisionRecord").objects.values_list("pk", flat=True):
        assert decision_replay(record_id).is_same
    assert invariants_broken() == []


def test_the_servicers_payment_is_our_annuity_once_the_months_before_the_first_are_taken_off_the_term():
    found = book_rows(source_open(FILE), mapping_read("world_omni_abs_ee"))
    rows = [row for row in islice(found, 600) if isinstance(row, BookRow)]

    filed, booked, factor = (compared(rows, reading) for reading in (AS_FILED, AS_BOOKED, BY_FACTOR))

    assert filed.within_fen(1) == 0
    assert (booked.rows, booked.within_fen(2)) == (600, 598)
    assert factor.within_fen(0) == 594
