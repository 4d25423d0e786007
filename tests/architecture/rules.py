"""House rules as functions of a folder or of data, so that each can be shown to bite on a planted fault."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "axle"
LONGEST_FILE = 500
SHORTEST_CONTEXT_DOCSTRING = 200
SHAPELESS_NAMES = {"utils.py", "util.py", "common.py", "helpers.py", "misc.py", "base_service.py"}
_PRIVATE = re.compile(r"\bdomain \d\d\b|\bspec/(?:domain|features|seed)|\bseed-\d{3}|/work/|\b(?:domain|the) brief\b")
_REGULATION = re.compile(r"\bREG-[A-Z0-9]+(?:-[A-Z0-9]+)*")


def python_files(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts)


def long_files(files: Iterable[Path]) -> list[str]:
    """Files with too many lines, each with its count."""
    counts = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    return [f"{path}: {count} lines" for path, count in counts.items() if count >= LONGEST_FILE]


def shapeless_files(files: Iterable[Path]) -> list[str]:
    """Files whose name says nothing about what they do."""
    return [str(path) for path in files if path.name in SHAPELESS_NAMES]


def undescribed_contexts(package: Path) -> list[str]:
    """Contexts whose ``__init__.py`` does not tell what they own."""
    contexts = [path for path in package.iterdir() if (path / "__init__.py").exists()]
    docstrings = {path.name: ast.get_docstring(ast.parse((path / "__init__.py").read_text())) for path in contexts}
    return sorted(name for name, text in docstrings.items() if len(text or "") < SHORTEST_CONTEXT_DOCSTRING)


def regulations_cited(files: Iterable[Path]) -> dict[str, str]:
    """Every regulation id that code cites, with one file that does."""
    return {cited: str(path) for path in files for cited in _REGULATION.findall(path.read_text(encoding="utf-8"))}


def regulations_known(document: str) -> set[str]:
    """The ids that the register of regulations defines: at a heading or in the first cell of a table row."""
    defined = re.findall(r"^(?:#+ |\| *`?)(REG-[A-Z0-9-]+)", document, flags=re.MULTILINE)
    return set(defined)


def private_references(files: Iterable[Path]) -> list[str]:
    """Citations of papers that a reader of the repository does not have."""
    return [f"{path}: {found}" for path in files for found in _PRIVATE.findall(path.read_text(encoding="utf-8"))]


def catalogue_texts(catalogue: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a catalogue with its path."""
    for key, value in catalogue.items():
        if isinstance(value, dict):
            yield from catalogue_texts(value, (*path, key))
        else:
            yield (*path, key), value


def catalogue_differences(folder: Path) -> list[str]:
    """Keys that one language has and the other has not, and texts whose placeholders differ."""
    chinese, english = _catalogue(folder, "zh-CN"), _catalogue(folder, "en-US")
    lonely = [f"{'/'.join(path)} is in one language only" for path in sorted(chinese.keys() ^ english.keys())]
    return lonely + [
        f"{'/'.join(path)} has different placeholders"
        for path in sorted(chinese.keys() & english.keys())
        if _placeholders(chinese[path]) != _placeholders(english[path])
    ]


def empty_texts(folder: Path) -> list[str]:
    """Keys whose text is empty in a language."""
    return [
        f"{'/'.join(path)} is empty in {locale}"
        for locale in ("zh-CN", "en-US")
        for path, text in _catalogue(folder, locale).items()
        if not text.strip()
    ]


def words_that_differ(folders: Iterable[Path]) -> list[str]:
    """Keys for which several contexts have different words, with them."""
    found: dict[tuple[str, str], list[str]] = {}
    for folder in folders:
        for locale in ("zh-CN", "en-US"):
            for path, words in _catalogue(folder, locale).items():
                said = found.setdefault((locale, "/".join(path)), [])
                if words not in said:
                    said.append(words)
    return [f"{locale}: {key}: {', '.join(said)}" for (locale, key), said in found.items() if len(said) > 1]


_ADVICE = {"zh-CN": r"(?<!申)请(?![求款])", "en-US": r"[.;:,] \S|^(Please|Enter|Give|Say|Upload) "}
"""What a sentence has that tells what to do: 请, or a second clause in English unless it is an order itself."""


def refusals_without_advice(folder: Path) -> list[str]:
    """Refusals that state a condition and leave people alone with it; texts at a field are short and may."""
    return [
        f"{locale}: {'/'.join(path)}"
        for locale, advice in _ADVICE.items()
        for path, text in _catalogue(folder, locale).items()
        if path[0] == "error" and len(path) == 2 and not re.search(advice, text)
    ]


def _catalogue(folder: Path, locale: str) -> dict[tuple[str, ...], str]:
    return dict(catalogue_texts(json.loads((folder / f"{locale}.json").read_text(encoding="utf-8"))))


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


def identifiers(file: Path) -> set[str]:
    """Names that a Python file gives: modules, classes, functions, parameters, attributes and fields."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    named = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return {_snake(name) for name in named | stored | {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}}


def system_actors(files: Iterable[Path]) -> set[str]:
    """Names under which parts of the system act."""
    return {name for file in files for name in re.findall(r'system_actor\("(\w+)"', file.read_text(encoding="utf-8"))}


def banned_names(names: Iterable[str], banned: Mapping[str, str]) -> list[str]:
    """Names that use a word for which the glossary has another."""
    return [
        f"{name}: say {right}, not {wrong}"
        for name in sorted(names)
        for wrong, right in banned.items()
        if f"_{wrong}_" in f"_{name}_"
    ]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def unlisted_writes(openapi: Mapping[str, Any], allowed: Iterable[str]) -> list[str]:
    """Routes that write and are neither a command nor on the short list."""
    routes = [
        f"{method.upper()} {path}"
        for path, methods in openapi["paths"].items()
        for method in methods
        if method in {"post", "put", "patch", "delete"}
    ]
    known = set(allowed)
    return [route for route in routes if "/commands/" not in route and route not in known]


def operations(openapi: Mapping[str, Any]) -> set[str]:
    return {route["operationId"] for methods in openapi["paths"].values() for route in methods.values()}


def referenced(node: Any) -> list[str]:
    """The schemas that a part of an OpenAPI document names directly."""
    if isinstance(node, Mapping):
        own = [str(node["$ref"]).rpartition("/")[2]] if "$ref" in node else []
        return own + [name for value in node.values() for name in referenced(value)]
    return [name for value in node for name in referenced(value)] if isinstance(node, list) else []


def unproven_features(document: str, known_operations: set[str], root: Path) -> list[str]:
    """Rows of the feature table that name an operation or a test that is not there, or neither."""
    return [fault for row in _feature_rows(document) for fault in _row_faults(row, known_operations, root)]


def _feature_rows(document: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    head: list[str] = []
    for line in document.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            head = []
        elif not head:
            head = [cell.lower() for cell in cells]
        elif "operations" in head and not set(cells[0]) <= set("-: "):
            rows.append(dict(zip(head, cells, strict=False)))
    return rows


def _row_faults(row: Mapping[str, str], known_operations: set[str], root: Path) -> Iterator[str]:
    for operation in re.findall(r"`([^`]+)`", row["operations"]):
        if operation not in known_operations:
            yield f"{row['id']}: no operation {operation}"
    tests = re.findall(r"`([^`]+)`", row.get("tests", ""))
    for test in tests:
        if not (root / test.partition("::")[0]).exists():
            yield f"{row['id']}: no test {test}"
    if not tests:
        yield f"{row['id']}: no test is named"


def descendants(ancestor: type[Any]) -> Iterator[type[Any]]:
    """Our own subclasses of a class, tests apart."""
    for child in ancestor.__subclasses__():
        if child.__module__.startswith("axle.") and ".tests" not in child.__module__:
            yield child
        yield from descendants(child)
