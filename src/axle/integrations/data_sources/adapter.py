"""``sources.ports.SourceAdapter`` over a wire: what can go wrong is the same for every vendor."""

import hmac
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import aiohttp

from axle.integrations.data_sources.wires import NotAdmitted, NotTrusted, Place, Reply, SecretFile, Wire
from axle.kernel.money import Fen
from axle.sources.errors import SourceNoticeRefused
from axle.sources.ports import AnswerComesLater, LateAnswer, NoRecord, Particulars, Question, SourceTrouble

NOTICE_AGE_SECONDS = 86_400
_UNREADABLE = (ValueError, KeyError, TypeError, ArithmeticError, AttributeError)


@dataclass(frozen=True)
class Notices:
    """How call-backs of sources are signed."""

    secret: SecretFile

    def read(self, headers: Mapping[str, str], body: bytes) -> Any:
        """The content of a call-back. Errors: SourceNoticeRefused."""
        stamp, nonce = headers.get("X-Timestamp", ""), headers.get("X-Nonce", "")
        try:
            expected = self.secret.mac(f"{stamp}\n{nonce}\n".encode() + body)
            is_true = hmac.compare_digest(expected.encode(), headers.get("X-Signature", "").encode())
            if not is_true or abs(int(stamp) - time.time()) > NOTICE_AGE_SECONDS:
                raise SourceNoticeRefused
            return json.loads(body)
        except (ValueError, OSError) as error:
            raise SourceNoticeRefused from error


class VendorSource(ABC):
    """One vendor. Subclasses say how a question is worded and what an answer means."""

    def __init__(self, wire: Wire, place: Place, notices: Notices) -> None:
        self._wire, self._place, self._notices = wire, place, notices

    @abstractmethod
    def worded(self, question: Question) -> dict[str, str]:
        """The question in the vendor's words."""

    @abstractmethod
    def is_nothing(self, content: Any) -> bool:
        """Whether an answer says "no record"."""

    @abstractmethod
    def told(self, content: Any, case: Particulars, on: date) -> Any:
        """The typed answer."""

    def parsed(self, raw: str) -> Any:
        """An answer's content. Errors: ValueError."""
        return json.loads(raw)

    async def ask(self, client: aiohttp.ClientSession, question: Question) -> str:
        """Ask once. Errors: NoRecord, SourceTrouble, AnswerComesLater."""
        try:
            reply = await self._wire.send(client, self._place, self.worded(question))
        except aiohttp.ClientError as error:
            raise SourceTrouble("unreachable") from error
        except NotAdmitted as error:
            raise SourceTrouble("not_admitted") from error
        except OSError as error:
            raise SourceTrouble("keys_missing", is_final=True) from error
        raw = self._verified(reply)
        try:
            is_nothing = self.is_nothing(self.parsed(raw))
        except _UNREADABLE as error:
            raise SourceTrouble("answer_unreadable") from error
        if is_nothing:
            raise NoRecord(raw)
        return raw

    def read(self, raw: str, case: Particulars, *, on: date) -> Any:
        """The typed answer in a raw one. Errors: SourceTrouble."""
        try:
            return self.told(self.parsed(raw), case, on)
        except _UNREADABLE as error:
            raise SourceTrouble("answer_unreadable", is_final=True) from error

    def notice_read(self, headers: Mapping[str, str], body: bytes) -> LateAnswer:
        """Verify and read a call-back. Errors: SourceNoticeRefused."""
        content = self._notices.read(headers, body)
        try:
            return LateAnswer(str(content["request_no"]), str(content["answer"]), content["found"] is True)
        except (KeyError, TypeError) as error:
            raise SourceNoticeRefused from error

    def _verified(self, reply: Reply) -> str:
        if reply.status == HTTPStatus.ACCEPTED:
            raise AnswerComesLater
        if reply.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise SourceTrouble("not_admitted", is_final=True)
        if reply.status != HTTPStatus.OK:
            is_busy = reply.status == HTTPStatus.TOO_MANY_REQUESTS
            raise SourceTrouble("busy" if is_busy else "http_error")
        try:
            return self._wire.open(reply)
        except NotTrusted as error:
            raise SourceTrouble("signature_wrong") from error
        except _UNREADABLE as error:
            raise SourceTrouble("answer_unreadable") from error


def fen(yuan: Any) -> Fen:
    """An amount that a vendor gives in yuan, as a text or a number, to the nearest fen below. Errors: ValueError."""
    return Fen(int(Decimal(str(yuan)) * 100))
