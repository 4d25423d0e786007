"""What an enquiry brought: one entry per source that was asked or could not be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from axle.sources.domain.source import Outcome

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Gathered:
    """One source about one case. ``answer`` is there with a hit only; ``call_id`` is the evidence.

    ``outcome`` None: the call is still out, which is no answer either.
    """

    source: str
    call_id: int
    outcome: Outcome | None
    reason: str
    answer: Any = None

    @property
    def was_asked(self) -> bool:
        """Whether the source was reached for; without a consent it was not."""
        return self.outcome is not Outcome.NO_CONSENT


class Answers(Mapping[str, Gathered]):
    """The entries of a case by source."""

    def __init__(self, entries: Mapping[str, Gathered]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, source: str) -> Gathered:
        return self._entries[source]

    def __iter__(self) -> Any:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def hit(self, source: str, kind: type[Answer]) -> Answer | None:
        """What the source said; None when it gave no answer or knows nothing."""
        entry = self._entries.get(source)
        return entry.answer if entry is not None and isinstance(entry.answer, kind) else None

    def knows_nothing(self, source: str) -> bool:
        """Whether the source answered that it has no record."""
        entry = self._entries.get(source)
        return entry is not None and entry.outcome is Outcome.NO_RECORD

    def was_asked(self, source: str) -> bool:
        """Whether the source was reached for, with or without success."""
        entry = self._entries.get(source)
        return entry is not None and entry.was_asked
