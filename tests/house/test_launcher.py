"""``./axle`` finds its Python, trusts only a finished environment and explains what stands in its way."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "cat", "cksum", "cut", "date", "df", "awk", "dirname", "du", "kill", "mkdir", "printf", "rm", "sleep")


def executable(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy what the launcher needs; its ``.venv`` is made by a stand-in for uv that tells what it was asked."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("axle", "pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, folder)
    version = next(line for line in (ROOT / "axle").read_text().splitlines() if line.startswith("UV_VERSION="))
    executable(
        folder / ".bootstrap/bin/uv",
        f"""[ "$1" = --version ] && echo "uv {version.partition("=")[2]}" && exit
echo "$@" >> "{tmp_path}/uv.calls"
[ -e "{tmp_path}/uv.broken" ] && exit 1
mkdir -p "{folder}/.venv/bin"
printf '#!/bin/sh\\n[ "$1" = -c ] || echo ran "$@"\\n' > "{folder}/.venv/bin/python"
chmod +x "{folder}/.venv/bin/python" """,
    )
    return folder


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with the plain tools of a Unix and no Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        if found:
            (folder / tool).symlink_to(found)
    return str(folder)


def launch(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "axle", *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def uv_calls(checkout: Path) -> list[str]:
    calls = checkout.parent / "uv.calls"
    return calls.read_text().splitlines() if calls.exists() else []


def test_makes_the_locked_environment_once_and_passes_the_arguments_on(checkout: Path):
    first = launch(checkout, "quote", "two words")
    second = launch(checkout, "quote")

    assert first.stdout == "ran -m axle quote two words\n"
    assert second.stdout == "ran -m axle quote\n"
    assert second.stderr == ""
    assert uv_calls(checkout) == [f"--project {checkout} sync --locked --quiet"]


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.lock"])
def test_a_changed_requirement_is_installed(checkout: Path, name: str):
    launch(checkout)
    with (checkout / name).open("a") as file:
        file.write("# changed\n")

    launch(checkout)

    assert len(uv_calls(checkout)) == 2


def test_an_environment_that_was_cut_off_is_made_again(checkout: Path):
    launch(checkout)
    (checkout / ".venv/half.py").touch()
    (checkout / ".bootstrap/.unfinished").touch()

    run = launch(checkout)

    assert run.stdout == "ran -m axle\n"
    assert not (checkout / ".venv/half.py").exists()
    assert not (checkout / ".bootstrap/.unfinished").exists()


def test_an_environment_without_its_python_is_made_again(checkout: Path):
    launch(checkout)
    (checkout / ".venv/bin/python").unlink()

    assert launch(checkout).stdout == "ran -m axle\n"


def test_a_failed_installation_says_so_in_one_line_and_is_tried_again(checkout: Path):
    broken = checkout.parent / "uv.broken"
    broken.touch()
    failed = launch(checkout)
    broken.unlink()

    assert failed.returncode == 1
    assert "the locked packages could not be installed" in failed.stderr.splitlines()[-1]
    assert launch(checkout).stdout == "ran -m axle\n"


def test_no_python_is_one_line_with_a_way_on(checkout: Path, bare_path: str):
    run = launch(checkout, PATH=bare_path)

    assert run.returncode == 1
    assert run.stderr.startswith("axle: Python 3.11 or newer was not found; install it")
    assert len(run.stderr.splitlines()) == 1


def test_a_python_without_venv_is_one_line_with_a_way_on(checkout: Path, bare_path: str, tmp_path: Path):
    executable(tmp_path / "thin-python", 'case "$2" in *ensurepip*) exit 1 ;; esac')

    run = launch(checkout, PATH=bare_path, AXLE_PYTHON=str(tmp_path / "thin-python"))

    assert run.returncode == 1
    assert "has no venv; install it" in run.stderr
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_checkout_is_one_line_with_a_way_on(checkout: Path):
    checkout.chmod(0o555)
    try:
        run = launch(checkout)
    finally:
        checkout.chmod(0o755)

    assert run.returncode == 1
    assert run.stderr == f"axle: cannot write to {checkout}; run in a checkout of yours, or change its owner\n"


def test_a_full_disk_is_named(checkout: Path, bare_path: str):
    (checkout.parent / "uv.broken").touch()
    df = Path(bare_path) / "df"
    df.unlink()
    executable(df, "echo header; echo fs 100 90 1000 90% /")

    run = launch(checkout, PATH=f"{bare_path}:{os.environ['PATH']}")

    assert "is full (0 MB free); free about 3 GB" in run.stderr.splitlines()[-1]


def test_another_index_installs_the_same_hashes(checkout: Path):
    run = launch(checkout, AXLE_PYPI="https://mirror.example/simple")

    assert run.stdout == "ran -m axle\n"
    sync = next(call for call in uv_calls(checkout) if " pip sync " in call)
    assert "--require-hashes --index-url https://mirror.example/simple" in sync
