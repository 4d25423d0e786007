"""What sources need from outside: one adapter per source, installed by ``config.wiring``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import aiohttp

from axle.sources.domain.source import Particulars
from axle.sources.errors import SourceNotConnected

__all__ = [
    "AnswerComesLater",
    "LateAnswer",
    "NoRecord",
    "Particulars",
    "Question",
    "SourceAdapter",
    "SourceTrouble",
    "source_adapter",
    "source_adapters_install",
    "source_is_connected",
]


class NoRecord(Exception):
    """The source knows nothing of whom or what it was asked about."""

    def __init__(self, raw: str) -> None:
        super().__init__("no record")
        self.raw = raw


class SourceTrouble(Exception):
    """No trustworthy answer; ``code`` says why. ``is_final``: asking again would be no use."""

    def __init__(self, code: str, *, is_final: bool = False) -> None:
        super().__init__(code)
        self.code, self.is_final = code, is_final


class AnswerComesLater(Exception):
    """The source took the question and will call back."""


@dataclass(frozen=True)
class Question:
    """One question. ``request_no`` is ours and stays the same for every attempt: it is answered and billed once."""

    request_no: str
    case: Particulars
    purpose: str
    consent_no: str
    asked_on: date


@dataclass(frozen=True)
class LateAnswer:
    """An answer that came by call-back. ``raw`` is None when the source found nothing."""

    request_no: str
    raw: str
    is_record: bool


class SourceAdapter(Protocol):
    """A source as its vendor offers it."""

    async def ask(self, client: aiohttp.ClientSession, question: Question) -> str:
        """The verified raw answer. Errors: NoRecord, SourceTrouble, AnswerComesLater."""
        ...

    def read(self, raw: str, case: Particulars, *, on: date) -> Any:
        """The typed answer in a raw one. Errors: SourceTrouble."""
        ...

    def notice_read(self, headers: Mapping[str, str], body: bytes) -> LateAnswer:
        """Verify and read a call-back. Errors: SourceNoticeRefused."""
        ...


_installed: dict[str, SourceAdapter] = {}


def source_adapters_install(adapters: Mapping[str, SourceAdapter]) -> None:
    """Connect the sources; done once, in ``axle.config.wiring``."""
    _installed.clear()
    _installed.update(adapters)


def source_is_connected(code: str) -> bool:
    """Whether an adapter is installed."""
    return code in _installed


def source_adapter(code: str) -> SourceAdapter:
    """The adapter of a source. Errors: SourceNotConnected."""
    try:
        return _installed[code]
    except KeyError as error:
        raise SourceNotConnected(source=code) from error
