"""The front-door rule as an import-linter contract.

Contexts meet only at ``public``, ``events``, ``errors`` and ``ports``.
"""

from dataclasses import dataclass
from typing import Any, cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

_EXEMPT_ROOMS = {"migrations", "tests", "testing", "conftest"}


@dataclass(frozen=True)
class Doors:
    """Which room of which context may be entered from outside."""

    common: frozenset[str]
    extra: dict[str, frozenset[str]]
    open_packages: frozenset[str]
    composition_roots: frozenset[str]
    composition: frozenset[str]

    def refuses(self, importer: tuple[str, ...], imported: tuple[str, ...]) -> bool:
        """Tell whether an import between two modules (path parts below the container) is forbidden."""
        if importer[0] in (imported[0], "__main__") or imported[0] in self.open_packages:
            return False
        if len(importer) > 1 and importer[1] in _EXEMPT_ROOMS:
            return False
        return len(imported) < 2 or imported[1] not in self._open_to(importer[0], imported[0])

    def _open_to(self, visitor: str, host: str) -> frozenset[str]:
        composed = self.composition if visitor in self.composition_roots else frozenset()
        return self.common | self.extra.get(host, frozenset()) | composed


class FrontDoorContract(Contract):
    """Forbid every import that enters another context other than by one of its doors.

    Tests, factories and migrations may look behind the doors; nothing else may.
    Options: ``container``; ``doors`` of every context; ``extra_doors`` as "context: room room";
    ``open_packages`` without rooms; ``composition_roots``, which also use the ``composition_doors``.
    """

    type_name = "front_door"

    container = fields.StringField()
    doors = fields.SetField(subfield=fields.StringField())
    extra_doors = fields.SetField(subfield=fields.StringField(), required=False)
    open_packages = fields.SetField(subfield=fields.StringField(), required=False)
    composition_roots = fields.SetField(subfield=fields.StringField(), required=False)
    composition_doors = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every direct import below the container."""
        doors = self._doors()
        broken = [
            (importer, imported, _line_numbers(graph, importer, imported))
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._is_refused(doors, importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that walks past a door."""
        for importer, imported, lines in check.metadata["broken"]:
            output.print_error(f"{importer} walks past the front door: {imported} (l.{lines})", bold=False)

    def _is_refused(self, doors: Doors, importer: str, imported: str) -> bool:
        prefix = f"{self.container}."
        if not (importer.startswith(prefix) and imported.startswith(prefix)):
            return False
        return doors.refuses(_below(prefix, importer), _below(prefix, imported))

    def _doors(self) -> Doors:
        return Doors(
            common=_texts(self.doors),
            extra=dict(map(_extra_door, _texts(self.extra_doors))),
            open_packages=_texts(self.open_packages),
            composition_roots=_texts(self.composition_roots),
            composition=_texts(self.composition_doors),
        )


def _below(prefix: str, module: str) -> tuple[str, ...]:
    return tuple(module.removeprefix(prefix).split("."))


def _texts(option: Any) -> frozenset[str]:
    return frozenset(cast("set[str]", option or ()))


def _extra_door(line: str) -> tuple[str, frozenset[str]]:
    context, _, rooms = line.partition(":")
    return context.strip(), frozenset(rooms.split())


def _line_numbers(graph: ImportGraph, importer: str, imported: str) -> str:
    details = graph.get_import_details(importer=importer, imported=imported)
    return ", ".join(str(detail["line_number"]) for detail in details)
