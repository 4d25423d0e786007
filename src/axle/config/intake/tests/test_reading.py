"""Malformed files: what refuses the file, what refuses a row, and how little memory a giant line takes."""

import csv
import tracemalloc
from os import SEEK_CUR
from pathlib import Path

import pytest

from axle.config.intake.book_row import BookRow
from axle.config.intake.error_file import error_file
from axle.config.intake.faults import BadRow, Fault
from axle.config.intake.mapping import mapping_read
from axle.config.intake.rows import book_rows
from axle.config.intake.source import source_open
from axle.kernel.errors import AxleError

MAPPING = mapping_read("world_omni_abs_ee")
VALUES = {
    "originalLoanAmount": "25855.84",
    "originalInterestRatePercentage": "0.0664",
    "originalLoanTerm": "76",
    "originationDate": "08/2019",
    "originalFirstPaymentDate": "09/2019",
    "subvented": "0",
    "vehicleManufacturerName": "NISSAN",
    "vehicleModelName": "ROGUE",
    "vehicleModelYear": "2017",
    "vehicleNewUsedCode": "2",
    "vehicleTypeCode": "3",
    "vehicleValueAmount": "17561",
    "obligorCreditScore": "769",
    "paymentToIncomePercentage": "0.0825",
    "coObligorIndicator": "true",
    "obligorIncomeVerificationLevelCode": "2",
    "underwritingIndicator": "true",
    "reportingPeriodScheduledPaymentAmount": "422.15",
}
HEAD = ",".join(VALUES)
ROW = ",".join(VALUES.values())


def line(**changes: str) -> str:
    return ",".join((VALUES | changes).values())


def read(path: Path, content: bytes) -> list[BookRow | BadRow]:
    path.write_bytes(content)
    return list(book_rows(source_open(path), MAPPING))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "intake_file_empty"),
        (b" \r\n", "intake_file_empty"),
        (HEAD.encode() + b"\n", "intake_file_empty"),
        (b"\xff\xfea\x00", "intake_encoding_unknown"),
        (f"{HEAD}\n{ROW}\n".encode() + b"\xff\xff,", "intake_encoding_unknown"),
        (b"PK\x03\x04rest", "intake_format_unknown"),
        (b"[{}]", "intake_format_unknown"),
        (HEAD.replace("subvented,", "").encode() + b"\n1", "intake_columns_missing"),
        (f"{HEAD},subvented\n{ROW},0".encode(), "intake_columns_repeated"),
        (f"{HEAD},mileage\n{ROW},0".encode(), "intake_columns_unknown"),
        (f'"{HEAD}\n{ROW}'.encode(), "intake_head_unreadable"),
        (b"a" * 1_000_001, "intake_head_unreadable"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, code: str):
    with pytest.raises(AxleError) as refused:
        read(tmp_path / "file.csv", content)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ROW + ",1", "ragged_row"),
        (ROW.rpartition(",")[0], "ragged_row"),
        (line(vehicleModelName="RO\0GUE"), "nul_byte"),
        (line(vehicleModelName="RO\x07GUE"), "control_character"),
        (line(vehicleModelName='"ROGUE'), "csv_broken"),
        (line(originalLoanAmount="x"), "not_an_amount"),
        (line(originalLoanAmount="1.005"), "not_an_amount"),
        (line(originalLoanAmount="NA"), "field_missing"),
        (line(originalLoanAmount="0"), "too_small"),
        (line(originalInterestRatePercentage="7%"), "not_a_rate"),
        (line(originalInterestRatePercentage="1.5"), "too_large"),
        (line(originalLoanTerm="6x"), "not_a_whole_number"),
        (line(originationDate="13/2019"), "not_a_month"),
        (line(vehicleNewUsedCode="3"), "not_a_choice"),
        (line(coObligorIndicator="maybe"), "not_a_flag"),
        (line(originalFirstPaymentDate="08/2019"), "first_instalment_misplaced"),
        (line(originalLoanTerm="1"), "no_instalment_left"),
        ("x" * 1_000_002, "line_too_long"),
    ],
)
def test_a_bad_row_is_told_and_the_rows_around_it_are_taken(tmp_path: Path, row: str, code: str):
    before, bad, after = read(tmp_path / "file.csv", f"{HEAD}\n{ROW}\n{row}\n{ROW}\n".encode())

    assert isinstance(bad, BadRow)
    assert (bad.row, [fault.code for fault in bad.faults]) == (3, [code])
    assert isinstance(before, BookRow)
    assert isinstance(after, BookRow)
    assert after.row == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_are_found(tmp_path: Path, encoding: str):
    content = f"{HEAD}\n{line(vehicleModelName='轩逸')}\n".encode(encoding)

    (row,) = read(tmp_path / "file.csv", content)

    assert isinstance(row, BookRow)
    assert row.model == "轩逸"


def test_what_nobody_said_is_unknown_and_not_zero(tmp_path: Path):
    changes = {"obligorCreditScore": "NA", "paymentToIncomePercentage": "0"}
    (row,) = read(tmp_path / "file.csv", f"{HEAD}\n{line(**changes)}\n".encode())

    assert isinstance(row, BookRow)
    assert (row.score, row.payment_to_income) == (None, None)
    assert row.periods == 75


def test_a_giant_line_does_not_fill_the_memory(tmp_path: Path):
    path = tmp_path / "giant.csv"
    with path.open("wb") as stream:
        stream.write(f"{HEAD}\n".encode())
        stream.seek(1 << 30, SEEK_CUR)  # a gigabyte without a line end, that takes no disk
        stream.write(f"\n{ROW}\n".encode())
    tracemalloc.start()

    bad, good = list(book_rows(source_open(path), MAPPING))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(bad, BadRow)
    assert isinstance(good, BookRow)
    assert peak < 16 * (1 << 20)


def test_the_error_file_names_row_field_code_and_reason(tmp_path: Path):
    rows = read(tmp_path / "file.csv", f"{HEAD}\n{line(originalLoanAmount='x')}\n".encode())
    with error_file(tmp_path / "errors.csv") as errors:
        for row in rows:
            if isinstance(row, BadRow):
                errors.write(row)

    assert (tmp_path / "errors.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "row,field,code,reason_zh,reason_en",
        "2,originalLoanAmount,not_an_amount,“x”不是最多两位小数的金额,"
        '"""x"" is not an amount with at most two decimals"',
    ]


@pytest.mark.parametrize("name", ["=HYPERLINK(A1)", "+1+cmd", "@SUM(A1)", "-2+3"])
def test_a_name_out_of_the_file_is_no_formula_in_the_error_file(tmp_path: Path, name: str):
    bad = BadRow(2, (Fault("field_unknown", name),))
    with error_file(tmp_path / "errors.csv") as errors:
        errors.write(bad)

    (_head, row) = csv.reader((tmp_path / "errors.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row[:3] == ["2", f"'{name}", "field_unknown"]
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "row",
    [
        "," * 900_000,
        '"' + "a" * 900_000,
        '"' + ("x" * 200 + "\n") * 200,
        '"' * 900_001,
    ],
    ids=["a million cells", "a quote without end", "a record over 200 lines", "quotes only"],
)
def test_a_row_made_to_burst_spoils_itself_only(tmp_path: Path, row: str):
    tracemalloc.start()
    rows = read(tmp_path / "file.csv", f"{HEAD}\n{ROW}\n{row}\n{ROW}\n".encode())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(rows[0], BookRow)
    assert isinstance(rows[-1], BookRow)
    assert [row for row in rows[1:-1] if not isinstance(row, BadRow)] == []
    assert peak < 128 * (1 << 20)
