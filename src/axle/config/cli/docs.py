"""``./axle docs``: write every generated file again, or (``--check``) tell which ones have drifted."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from axle.config.cli.framework import django_ready
from axle.config.cli.glossary import glossary_page, glossary_read
from axle.config.runtime.console import npm, packages_install
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import Home, find_home
from axle.config.runtime.progress import say, step


def run(arguments: Sequence[str]) -> int:
    """Write the API file, the typed client, the reference pages and the glossary."""
    parser = argparse.ArgumentParser(prog="./axle docs", description=run.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 when a file has drifted")
    is_check = parser.parse_args(arguments).check
    home = find_home()
    django_ready()
    wanted = _wanted(home)
    drifted = [path for path, content in wanted.items() if not _is(path, content)]
    if not is_check:
        for path in drifted:
            _write(path, wanted[path])
    names = [str(path.relative_to(home.root)) for path in drifted]
    if not _client(home, is_check=is_check):
        names.append("console/src/api (the typed client)")
    return _tell(names, is_check=is_check)


def openapi_text() -> str:
    """Give the OpenAPI document; fields keep the order of their declaration, which forms follow."""
    from axle.config.api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n"


def _wanted(home: Home) -> dict[Path, str]:
    reference = home.root / "docs" / "reference"
    openapi = openapi_text()
    from axle.config.cli.pages import pages

    return {
        reference / "openapi.json": openapi,
        **{reference / name: content for name, content in pages().items()},
        home.root / "GLOSSARY.md": glossary_page(glossary_read(home.root / "docs" / "glossary.tsv")),
    }


def _client(home: Home, *, is_check: bool) -> bool:
    """Generate the console's typed client from the API file, or tell whether it is current."""
    node, log = packages_install(home), home.var / "log" / "client.log"
    with step("typed client"):
        status = npm(home, node, ["run", "--silent", "api", *(["--", "--check"] if is_check else [])], log)
    if status and not is_check:
        raise SetupFailed("the typed client could not be generated", f"why is in {log}")
    return not status


def _is(path: Path, content: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == content


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    say(f"written: {path}")


def _tell(names: list[str], *, is_check: bool) -> int:
    if not is_check:
        return 0
    for name in names:
        say(f"drifted: {name}; run ./axle docs")
    if not names:
        say("every published file is current")
    return 1 if names else 0
