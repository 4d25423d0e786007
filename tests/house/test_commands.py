"""The commands on the maths and on the books, as a shell sees them."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from axle.config.cli.table import main
from axle.platform.public import INVARIANTS, business_date

TERMS = {
    "principal": "100000.00",
    "annual_rate": "0.09",
    "method": "level_payment",
    "periods": 36,
    "start_on": "2026-02-25",
}


@pytest.fixture
def books(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands on the books use the test's own transaction."""
    monkeypatch.setattr("axle.config.cli.books.books_open", nullcontext)


def test_quote_reads_a_file_and_prints_the_schedule(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "terms.json").write_text(json.dumps(TERMS))

    assert main(["quote", str(tmp_path / "terms.json")]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["instalment"] == "3179.97"
    assert len(told["instalments"]) == 36


def test_replay_reads_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    paid_out = {"id": "d", "on": "2026-02-25", "kind": "disbursement", "amount": "100000.00"}
    terms = TERMS | {"penalty_rate": "0.135", "compound_rate": "0.135"}
    story = {"terms": terms, "events": [paid_out], "as_of": "2026-03-25"}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(story)))

    assert main(["replay", "-"]) == 0

    assert json.loads(capsys.readouterr().out)["principal_balance"] == "100000.00"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "is not UTF-8 (byte 0)"),
        (b"", "refused: not json: This is no JSON (line 1"),
        (b"[]", "refused: not an object: A JSON object is expected"),
        (
            json.dumps(TERMS | {"principal": "-1"}).encode(),
            "refused: principal out of range in principal: Principal must",
        ),
    ],
)
def test_a_bad_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str):
    (tmp_path / "terms.json").write_bytes(content)

    assert main(["quote", str(tmp_path / "terms.json")]) == 1

    told = capsys.readouterr()
    assert words in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ("{", "not_json", None),
        ('{"principal": NaN}', "not_json", None),
        ('{"periods": ' + "9" * 5000 + "}", "not_json", None),
        ("[" * 100_000, "not_json", None),
        ('{"periods": 1, "periods": 2}', "duplicate_key", "periods"),
        (json.dumps(TERMS | {"periods": 0}), "periods_out_of_range", "periods"),
        (json.dumps(TERMS | {"annual_rate": "24"}), "rate_out_of_range", "annual_rate"),
    ],
)
def test_a_refusal_is_json_with_code_key_and_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, code: str, field: str | None
):
    (tmp_path / "terms.json").write_text(content)

    assert main(["quote", str(tmp_path / "terms.json")]) == 1

    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["code"], error["field"]) == (code, field)
    assert " " in error["message"]


@pytest.mark.usefixtures("books")
def test_check_exits_1_with_a_line_for_each_failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(INVARIANTS, "cash_is_there", lambda: ["bank A lacks 1.00", "bank B lacks 2.00"])

    assert main(["check"]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["cash_is_there: bank A lacks 1.00", "cash_is_there: bank B lacks 2.00"]
    assert lines[-1].endswith("invariants, 1 broken")


@pytest.mark.usefixtures("books")
def test_check_is_silent_about_what_holds(capsys: pytest.CaptureFixture[str]):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == f"axle: {len(INVARIANTS)} invariants, 0 broken\n"


@pytest.mark.usefixtures("books")
def test_eod_closes_a_range_of_dates(capsys: pytest.CaptureFixture[str]):
    today: date = business_date()

    assert main(["eod", "--date", (today + timedelta(days=1)).isoformat()]) == 0

    assert business_date() == today + timedelta(days=2)
    assert capsys.readouterr().out.startswith("axle: 2 business dates closed")


@pytest.mark.parametrize("command", ["quote", "eod", "bench", "up", "docs", "check", "prepare"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    assert f"usage: ./axle {command}" in capsys.readouterr().out


def test_an_unknown_workload_waits_for_its_file(capsys: pytest.CaptureFixture[str]):
    assert main(["bench", "nothing"]) == 2
    assert "bench waits for the workload bench/nothing.py" in capsys.readouterr().err


def test_a_database_that_gives_up_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    @contextmanager
    def full(home: object) -> Iterator[None]:
        yield

    def give_up(**how: object) -> list[str]:
        raise OperationalError('could not extend file "base/1/2": No space left on device\nHINT: Free it.')

    monkeypatch.setattr("axle.config.cli.framework.database_ready", full)
    monkeypatch.setattr("axle.platform.public.run_invariants", give_up)

    assert main(["check"]) == 1
    assert capsys.readouterr().err == (
        "axle: the database's disk is full; free some space and run the same command again\n"
    )
