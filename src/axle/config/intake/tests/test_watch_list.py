"""Files of the black and grey lists: row by row, with a report, and nothing twice."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from pydantic import BaseModel

from axle.config.intake import watch_take
from axle.config.intake.command import run as intake
from axle.config.intake.commands import once
from axle.platform.public import Actor, business_date_set

pytestmark = pytest.mark.django_db
HEAD = "watch_list,subject_kind,watched_value,name,reason,source,expires_on,note"
GOOD = "black,phone,13800001234,,fraud,own,2027-11-20,冒用他人号码申请"


@pytest.fixture(autouse=True)
def today() -> None:
    business_date_set(date(2026, 11, 20))


def take(path: Path) -> list[list[str]]:
    """Take a file and give the error lines: row, field and code."""
    errors = path.with_suffix(".errors.csv")
    assert intake([str(path), "--watch-list", "--errors", str(errors)]) == 0
    with errors.open(encoding="utf-8-sig", newline="") as stream:
        return [line[:3] for line in list(csv.reader(stream))[1:]]


def entries() -> list[tuple[str, str, str]]:
    rows = apps.get_model("party.WatchEntry").objects.order_by("pk")
    return [(row.watch_list, row.subject_kind, row.listed_by) for row in rows]


def test_each_row_is_listed_once_and_the_error_file_tells_the_rest(tmp_path: Path):
    path = tmp_path / "watched.csv"
    wrong = ["black,phone,123,,fraud,own,,号码不对的一行", "pink,phone,13800001235,,fraud,own,,名单不对的一行",
             "grey,phone,13800001236,,fraud,own,2020-01-01,已经过期的一行", GOOD]  # fmt: skip
    path.write_text("\n".join([HEAD, GOOD, *wrong, "grey,phone,13800001237,,fraud,own,,需要人工核实"]) + "\n")
    expected = [
        ["3", "watched_value", "watched_value_invalid"],
        ["4", "watch_list", "enum"],
        ["5", "expires_on", "watch_expiry_past"],
        ["6", "watched_value", "watched_already"],
    ]

    assert take(path) == expected
    assert take(path) == expected

    assert entries() == [("black", "phone", "intake"), ("grey", "phone", "intake")]


def test_an_interrupted_file_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "watched.csv"
    rows = [f"black,phone,1380000{number:04d},,fraud,own,,批量导入的名单" for number in range(3)]
    path.write_text("\n".join([HEAD, *rows]) + "\n")

    def dies_at_the_third(name: str, data: BaseModel, *, actor: Actor, key: str) -> Any:
        if key.endswith(":4"):
            raise KeyboardInterrupt
        return once(name, data, actor=actor, key=key)

    with monkeypatch.context() as patch:
        patch.setattr(watch_take, "once", dies_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            intake([str(path), "--watch-list"])
    assert len(entries()) == 2
    assert take(path) == []
    assert len(entries()) == 3


def test_a_file_without_its_columns_is_refused_as_a_whole(tmp_path: Path):
    path = tmp_path / "watched.csv"
    path.write_text("watch_list,watched_value\nblack,1\n")
    assert intake([str(path), "--watch-list"]) == 1
    assert entries() == []
