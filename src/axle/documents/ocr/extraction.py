"""From a page of text to the fields of a known kind of document."""

from axle.documents.ocr.consistency import agreed
from axle.documents.ocr.kinds import RULES, FieldRule
from axle.documents.ocr.layout import Layout, Printed
from axle.documents.ocr.page import Page
from axle.documents.ocr.readings import FieldReading

_UNLABELLED = 0.9  # certainty left when a value was found by its form, without its label


def extract(kind: str, page: Page) -> dict[str, FieldReading]:
    """The fields found on a page. A field that is not there is left out; KeyError for an unknown kind."""
    rules = RULES[kind]
    layout = Layout(page, {rule.labels[0]: rule.labels for rule in rules if rule.labels})
    reader = _FieldReader(layout, page.score)
    found = {rule.name: reading for rule in rules if (reading := reader.read(rule)) is not None}
    return {name: reading.capped() for name, reading in agreed(found).items()}


class _FieldReader:
    """Reads one page's fields; a value that no check digit proves is trusted as far as the whole page reads well."""

    def __init__(self, layout: Layout, page_score: float) -> None:
        self._layout, self._page_score = layout, page_score

    def read(self, rule: FieldRule) -> FieldReading | None:
        printed = self._layout.value(rule.labels[0], lines=rule.lines) if rule.labels else None
        labelled = self._parsed(rule, printed) if printed else None
        if labelled is not None and labelled.is_valid:
            return labelled
        return self._by_pattern(rule) or labelled

    def _by_pattern(self, rule: FieldRule) -> FieldReading | None:
        if rule.pattern is None:
            return None
        for row in self._layout.rows():
            match = rule.pattern.search(row.text)
            reading = self._parsed(rule, Printed(match.group(), row.score * _UNLABELLED)) if match else None
            if reading is not None and reading.is_valid:
                return reading
        return None

    def _parsed(self, rule: FieldRule, printed: Printed) -> FieldReading | None:
        parsed = rule.parse(printed.text)
        if parsed is None:
            return None
        quality = 1.0 if parsed.is_proved else self._page_score
        return FieldReading(parsed.value, printed.score * parsed.certainty * quality, parsed.is_valid)
