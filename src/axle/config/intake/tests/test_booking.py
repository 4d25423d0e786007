"""A small made-up book through the whole command: decisions, booked loans, entries, error lines, the second time.

20,000.00 at 6 % over 60 months is 386.66 a month (30/360); 12,000.00 at 6 % over 48 is 281.82, first due in two months.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from axle.config.intake import batch_take, run
from axle.config.intake.command import run as intake
from axle.decisioning.public import decide, decision_replay
from axle.platform.public import Subject, run_invariants

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parent / "sample_book.csv"
MAPPING = ("--mapping", "world_omni_abs_ee")


def rows(label: str) -> Any:
    return apps.get_model(label).objects


def take(*arguments: str, source: Path = SAMPLE) -> int:
    return intake([str(source), *MAPPING, *arguments])


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def counts() -> dict[str, int]:
    """How many rows every table has."""
    models = (model for model in apps.get_models() if model._meta.managed and not model._meta.proxy)
    return {model._meta.label: model._default_manager.count() for model in models}


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = counts()
    yield
    assert counts() == before


def invariants_broken() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return [f"{result.name}: {failure}" for result in run_invariants() for failure in result.failures]


def test_every_row_is_decided_and_the_bad_ones_are_told(place, tmp_path):
    errors, results = tmp_path / "errors.csv", tmp_path / "results.csv"

    assert take("--errors", str(errors), "--results", str(results)) == 0

    told = {int(line[0]): (line[1], line[2], bool(line[4]), line[5]) for line in lines(results)[1:]}
    assert told == {
        2: ("approve", "", True, "20000.00"),
        3: ("decline", "K07 F08 F09", False, ""),
        4: ("refer", "F03", False, ""),
        6: ("approve", "", True, "12000.00"),
        8: ("refer", "F09 source_no_answer", False, ""),
        9: ("decline", "K06", False, ""),
    }
    assert lines(errors) == [
        ["row", "field", "code", "reason_zh", "reason_en"],
        ["5", "originalLoanAmount", "not_an_amount", "“x”不是最多两位小数的金额",
         '"x" is not an amount with at most two decimals'],
        ["7", "originalInterestRatePercentage", "not_a_rate", "“7%”不是小数形式的比率",
         '"7%" is not a decimal fraction'],
        ["7", "originationDate", "not_a_month", "“13/2024”不是形如 08/2019 的月份",
         '"13/2024" is not a month such as 08/2019'],
    ]  # fmt: skip
    states = rows("origination.Application").order_by("pk").values_list("state", "decision", "source")
    assert list(states) == [
        ("disbursed", "approve", "file"), ("declined", "decline", "file"), ("in_review", "refer", "file"),
        ("disbursed", "approve", "file"), ("in_review", "refer", "file"), ("declined", "decline", "file"),
    ]  # fmt: skip


def test_approved_rows_are_booked_with_their_own_terms(place):
    take()

    contracts = rows("origination.Contract").order_by("pk")
    columns = ("principal", "annual_rate", "periods", "method", "instalment", "planned_start_on", "first_due_on")
    assert list(contracts.values_list(*columns)) == [
        (20_000_00, Decimal("0.06"), 60, "level_payment", 386_66, date(2026, 11, 20), date(2026, 12, 20)),
        (12_000_00, Decimal("0.06"), 48, "level_payment", 281_82, date(2026, 11, 20), date(2027, 1, 20)),
    ]
    first, second = rows("servicing.Loan").order_by("pk")
    assert (first.principal_balance, first.next_unpaid_due_on, first.matures_on) == (
        20_000_00, date(2026, 12, 20), date(2031, 11, 20)
    )  # fmt: skip
    assert first.instalments.count() == 60
    assert first.instalments.get(position=1).interest == 100_00
    assert second.instalments.exclude(position=48).values_list("principal", "interest")[0] == (221_82, 60_00)
    assert first.contract.application.customer.name.startswith("导入借款人")


def test_the_books_hold_what_was_paid_out(place):
    take()

    entries = rows("ledger.JournalEntry").filter(kind="loan_disbursed").order_by("pk")
    assert [entry.value_on for entry in entries] == [date(2026, 11, 20)] * 2
    booked = [
        list(entry.lines.order_by("line_no").values_list("account__code", "debit", "credit")) for entry in entries
    ]
    assert booked == [
        [("1303.01", 20_000_00, 0), ("1002", 0, 20_000_00)],
        [("1303.01", 12_000_00, 0), ("1002", 0, 12_000_00)],
    ]
    assert invariants_broken() == []


def test_a_decision_is_the_record_that_a_single_case_would_have_and_can_be_replayed(place):
    take()

    records = list(rows("decisioning.DecisionRecord").order_by("pk"))
    assert [record.outcome for record in records] == ["approve", "decline", "refer", "approve", "refer", "decline"]
    applications = rows("origination.Application").order_by("pk").values_list("pk", flat=True)
    assert [(record.subject_type, record.subject_id) for record in records] == [
        ("application", application_id) for application_id in applications
    ]
    for record in records:
        assert decision_replay(record.pk).is_same
        alone = decide(
            strategy="abs_us_book", subject=Subject("application", 1), inputs=record.inputs, on=record.business_on
        )
        assert rows("decisioning.DecisionRecord").get(pk=alone.record_id).content_hash == record.content_hash


def test_the_same_file_again_changes_nothing(place, tmp_path):
    take()
    copy = tmp_path / "another_name.csv"
    copy.write_bytes(SAMPLE.read_bytes())
    results = tmp_path / "results.csv"

    with nothing_changes():
        assert take("--results", str(results), source=copy) == 0

    assert [line[1] for line in lines(results)[1:]] == ["approve", "decline", "refer", "approve", "refer", "decline"]


def test_a_run_that_broke_off_goes_on_where_it_stopped(place, monkeypatch, tmp_path):
    monkeypatch.setattr(run, "STRETCH", 4)
    keep, calls = batch_take.rows_keep, []

    def breaks(*arguments: Any, **named: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 2:
            keep(*arguments, **named)
            raise RuntimeError("power cut")
        return keep(*arguments, **named)

    monkeypatch.setattr(batch_take, "rows_keep", breaks)
    with pytest.raises(RuntimeError):
        take()
    after_the_cut = [rows(label).count() for label in ("origination.Application", "servicing.Loan", "party.Customer")]
    assert after_the_cut == [2, 1, 2]
    monkeypatch.setattr(batch_take, "rows_keep", keep)

    assert take("--errors", str(tmp_path / "errors.csv")) == 0

    assert [rows(label).count() for label in ("origination.Application", "servicing.Loan", "party.Customer")] == [
        6,
        2,
        6,
    ]
    assert rows("decisioning.DecisionRecord").count() == 6
    assert [line[0] for line in lines(tmp_path / "errors.csv")[1:]] == ["5", "7", "7"]
    assert invariants_broken() == []


def test_the_report_tells_rows_decisions_loans_and_payments(place, tmp_path):
    page = tmp_path / "page.md"

    take("--report", str(page))

    told = page.read_text(encoding="utf-8")
    for line in (
        "| rows in the file | 8 |",
        "| refused | 2 |",
        "| approved | 2 | 33.3 % |",
        "| referred to a person | 2 | 33.3 % |",
        "| `F09` | refer | Region or product requirements | 2 | 33.3 % | 1 |",
        "| contracts and loans | 2 |",
        "| principal | 32,000.00 |",
        "5 rows report a scheduled payment; 1 report none",
        "so that a contract has that many instalments fewer: 5 rows\n(100.0 %) then agree to the cent.",
        "0 rows are further away.",
    ):
        assert line in told
    charts = sorted(path.name for path in (tmp_path / "page").iterdir())
    assert charts == ["outcomes.svg", "payments-as-booked.svg", "payments-as-filed.svg", "reasons.svg"]
    assert all(f"(page/{name})" in told for name in charts)
    assert "Debt burden (F03)" in (tmp_path / "page/reasons.svg").read_text(encoding="utf-8")

    take("--report", str(page))

    assert "6 rows had been taken before and were not taken twice" in page.read_text(encoding="utf-8")


def test_decide_only_books_nothing_and_a_later_wish_to_book_is_refused(place, capsys):
    assert take("--decide-only") == 0
    assert rows("servicing.Loan").count() == 0
    approved = rows("origination.Application").filter(state="approved")
    assert list(approved.order_by("pk").values_list("approved_amount", flat=True)) == [20_000_00, 12_000_00]

    with nothing_changes():
        assert take() == 1

    assert "taken before with another mapping" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "holds no rows"),
        (b"\xff\xfeo\x00", "neither UTF-8 nor GB18030: line 1"),
        (b"PK\x03\x04", "neither CSV nor JSON lines"),
        (b"originalLoanAmount\n1", "lacks these columns"),
        (SAMPLE.read_bytes().split(b"\n")[0] + b",mileage\n1", "Nothing says what these columns mean: mileage"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(place, tmp_path, capsys, content, told):
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    with nothing_changes():
        assert take(source=path) == 1

    assert told in capsys.readouterr().err


def test_where_there_is_no_such_company_nothing_is_kept(db, capsys):
    with nothing_changes():
        assert take() == 1

    assert "the company AXF, which does not exist here" in capsys.readouterr().err
