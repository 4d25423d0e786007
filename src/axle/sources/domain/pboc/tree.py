"""Reading the report's XML as a tree of coded elements. Amounts stand in whole yuan, months as ``2024-05``."""

from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from axle.kernel.money import Fen


class ReportUnreadable(Exception):
    """The text is no credit report, or a coded element holds what it must not."""


class Part:
    """An element of the report; what it lacks reads as missing, never as zero."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element

    def part(self, path: str) -> "Part | None":
        """The first element at a path."""
        found = self._element.find(path)
        return None if found is None else Part(found)

    def parts(self, path: str) -> Iterator["Part"]:
        """Every element at a path."""
        return (Part(found) for found in self._element.findall(path))

    def text(self, path: str) -> str:
        """The text at a path; empty when it is missing."""
        return (self._element.findtext(path) or "").strip()

    def texts(self, path: str) -> tuple[str, ...]:
        """Every text at a path that is not empty."""
        return tuple(text for found in self._element.findall(path) if (text := (found.text or "").strip()))

    def number(self, path: str) -> int | None:
        """A whole number. Errors: ReportUnreadable."""
        text = self.text(path)
        if text in ("", "--"):
            return None
        try:
            return int(text.replace(",", ""))
        except ValueError as error:
            raise ReportUnreadable(path) from error

    def fen(self, path: str) -> Fen | None:
        """An amount. Errors: ReportUnreadable."""
        yuan = self.number(path)
        return None if yuan is None else Fen(yuan * 100)

    def day(self, path: str) -> date | None:
        """A date, or the first day of a month. Errors: ReportUnreadable."""
        text = self.text(path)
        if text in ("", "--"):
            return None
        try:
            return date.fromisoformat(f"{text}-01" if len(text) == len("2024-05") else text[:10])
        except ValueError as error:
            raise ReportUnreadable(path) from error

    def moment(self, path: str) -> datetime:
        """A point in time. Errors: ReportUnreadable, also when it is missing."""
        try:
            return datetime.fromisoformat(self.text(path))
        except ValueError as error:
            raise ReportUnreadable(path) from error


def tree_of(xml: str) -> Part:
    """The report's root; entities are not resolved and nothing is fetched. Errors: ReportUnreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReportUnreadable("xml") from error
    if root.tag != "Document" or root.find("PRH/PA01/PA01A") is None:
        raise ReportUnreadable("PRH")
    return Part(root)
