"""The command line's own behaviour: help, refusals, counts, stamps, ports."""

import errno
import json
import socket
from pathlib import Path

import pytest

from axle.config.cli.borrowed import borrow
from axle.config.cli.table import COMMANDS, NotBuilt, main
from axle.config.cli.tally import Tally, tally_of_check, tally_of_pytest, tally_of_vitest
from axle.config.cli.verify import Report
from axle.config.runtime.digest import digest, files_below, is_stamped, stamp_write
from axle.config.runtime.failures import SetupFailed, explain
from axle.config.runtime.home import find_home
from axle.config.runtime.locks import held, is_held
from axle.config.runtime.node import is_new_enough
from axle.config.runtime.ports import port_require
from axle.kernel.errors import InvalidAmount

CONTRACT = ["up", "test", "quote", "replay", "intake", "eod", "check", "bench", "manage"]


def test_help_lists_every_command_of_the_contract(capsys: pytest.CaptureFixture[str]):
    assert main(["--help"]) == 0

    listed = capsys.readouterr().out
    assert all(f"\n  {name} " in listed for name in CONTRACT)


def test_an_unknown_command_exits_2(capsys: pytest.CaptureFixture[str]):
    assert main(["lend"]) == 2
    assert capsys.readouterr().err == "axle: unknown command 'lend'; ./axle --help lists them\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_loaded(name: str):
    assert callable(COMMANDS[name].load())


def test_a_command_that_waits_for_a_feature_exits_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def wait(arguments: object) -> int:
        raise NotBuilt("the lease engine")

    monkeypatch.setattr("axle.config.cli.table.Command.load", lambda command: wait)

    assert main(["quote", "-"]) == 2
    assert capsys.readouterr().err == "axle: quote waits for the lease engine\n"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (SetupFailed("port 80 is taken", "choose another"), "axle: port 80 is taken; choose another"),
        (InvalidAmount(field="principal", value="abc"), "axle: refused: invalid amount in principal: An amount"),
        (OSError(errno.ENOSPC, "", "/data"), "axle: the disk is full (/data); free some space and run the same"),
        (FileNotFoundError(errno.ENOENT, "", "a.json"), "axle: no such file or folder (a.json); check the name"),
    ],
)
def test_a_failure_is_one_line(
    error: Exception, line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def fail(arguments: object) -> int:
        raise error

    monkeypatch.setattr("axle.config.cli.table.Command.load", lambda command: fail)

    assert main(["quote", "-"]) == 1
    told = capsys.readouterr().err
    assert told.startswith(line)
    assert told.count("\n") == 1


def test_an_error_of_the_program_itself_is_not_hidden(monkeypatch: pytest.MonkeyPatch):
    def fail(arguments: object) -> int:
        raise OSError(errno.EBADF, "a mistake")

    monkeypatch.setattr("axle.config.cli.table.Command.load", lambda command: fail)

    with pytest.raises(OSError, match="a mistake"):
        main(["quote"])


def test_borrowing_tells_the_missing_from_the_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "lender_broken.py").write_text("import no_such_library")
    (tmp_path / "lender_half.py").write_text("")

    for entry in ("lender_absent:f", "lender_half:f"):
        with pytest.raises(NotBuilt):
            borrow(entry, waits_for="a feature")
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        borrow("lender_broken:f", waits_for="a feature")


def test_pytest_is_counted_from_its_report(tmp_path: Path):
    report = tmp_path / "r.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>')

    assert tally_of_pytest(report, 1) == Tally(5, 2, 2)
    assert tally_of_pytest(tmp_path / "none.xml", 2) == Tally(0, 1, 0)
    report.write_text('<testsuites><testsuite tests="0" failures="0" errors="0" skipped="0"/></testsuites>')
    assert tally_of_pytest(report, 5) == Tally(0, 1, 0)


def test_vitest_is_counted_from_its_report(tmp_path: Path):
    report = tmp_path / "r.json"
    counts = {"numPassedTests": 7, "numFailedTests": 0, "numPendingTests": 1, "numTodoTests": 1}
    report.write_text(json.dumps(counts))

    assert tally_of_vitest(report, 0) == Tally(7, 0, 2)
    assert tally_of_vitest(report, 1) == Tally(7, 1, 2)


def test_the_closing_line_counts_everything(capsys: pytest.CaptureFixture[str]):
    report = Report()
    report.run("lint", lambda: tally_of_check(0))
    report.run("unit", lambda: Tally(10, 0, 2))
    assert report.close() == 0
    assert capsys.readouterr().out.splitlines()[-1] == "axle: 11 passed, 0 failed, 2 skipped"

    def cannot() -> Tally:
        raise SetupFailed("no Chromium", "install one")

    report.run("browser", cannot)
    assert report.close() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "axle: 11 passed, 1 failed, 2 skipped"


def test_a_digest_changes_with_names_and_contents(tmp_path: Path):
    (tmp_path / "src").mkdir()
    (tmp_path / "made").mkdir()
    (tmp_path / "src" / "a").write_text("1")
    (tmp_path / "made" / "b").write_text("1")

    def now() -> str:
        return digest(files_below(tmp_path, without=["made"]), root=tmp_path)

    first = now()
    (tmp_path / "made" / "b").write_text("2")
    assert now() == first
    (tmp_path / "src" / "a").write_text("2")
    second = now()
    assert second != first
    (tmp_path / "src" / "a").rename(tmp_path / "src" / "c")
    assert now() not in (first, second)


def test_a_stamp_counts_only_when_it_is_the_same(tmp_path: Path):
    stamp = tmp_path / "stamp"
    assert not is_stamped(stamp, "x")
    stamp_write(stamp, "x")
    assert is_stamped(stamp, "x")
    assert not is_stamped(stamp, "y")


@pytest.mark.parametrize(
    ("version", "is_enough"),
    [
        ("v18.20.0", False),
        ("v20.18.9", False),
        ("v20.19.0", True),
        ("v21.7.0", False),
        ("v22.12.0", False),
        ("v22.13.0", True),
        ("v24.19.0", True),
        ("", False),
        ("nonsense", False),
    ],
)
def test_which_node_builds_the_console(version: str, is_enough: bool):
    assert is_new_enough(version) is is_enough


def test_a_taken_port_is_named_with_another_to_choose():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SetupFailed) as refused:
            port_require("127.0.0.1", port, variable="AXLE_PORT")

    assert str(refused.value) == (
        f"port {port} is taken by another program; choose another: AXLE_PORT={port + 10} ./axle up"
    )
    port_require("127.0.0.1", port, variable="AXLE_PORT")


def test_a_lock_names_its_holder_and_ends_with_the_block(tmp_path: Path):
    lock = tmp_path / "a.lock"
    with held(lock, purpose="running already", way_on="stop it"):
        assert is_held(lock)
        with pytest.raises(SetupFailed, match=r"running already \(process \d+\); stop it"):
            held(lock, purpose="running already", way_on="stop it").__enter__()
    assert not is_held(lock)


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("AXLE_VAR", str(tmp_path / "file" / "var"))

    with pytest.raises(SetupFailed, match=r"cannot write to .*set AXLE_VAR to a folder of yours"):
        find_home()


def test_only_errors_that_a_person_can_mend_are_explained():
    assert explain(OSError(errno.EBADF, "")) is None
    told = explain(OSError(errno.EACCES, "", "/x"))
    assert told is not None
    assert told.problem == "no permission (/x)"
