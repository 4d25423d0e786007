"""What every source does with a question: knows its client, answers a repeated number the same, behaves as told."""

import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from threading import Event

from axle.sandbox.callbacks import Callback, callback_queue
from axle.sandbox.sources.behaviours import LATER, Behaviour, Choice, behaviour_choose
from axle.sandbox.sources.people import Trait, trait_of
from axle.sandbox.sources.schemes import HeaderMac, Refused, Scheme, forged
from axle.sandbox.store import Store
from axle.sandbox.web import BadRequest, Request, Response, json_response

Asked = Mapping[str, str]
_BROKEN_OFF = 12
"""After so many letters a malformed answer ends."""


@dataclass(frozen=True)
class Party:
    """One source. ``read`` gives the question's fields from its text, ``subject`` names the one that says about whom
    or what, ``tell`` the answer's text (None: no record) and ``nothing`` the text of "no record"."""

    code: str
    path: str
    scheme: Scheme
    read: Callable[[str], Asked]
    subject: str
    request_no: str
    tell: Callable[[Asked, Set[Trait]], str | None]
    nothing: str
    content_type: str = "application/json; charset=utf-8"
    method: str = "POST"


class Desk:
    """Takes questions to a party."""

    def __init__(self, store: Store, party: Party, notices: HeaderMac, stopping: Event) -> None:
        self._store, self.party, self._notices, self._stopping = store, party, notices, stopping

    def handle(self, request: Request) -> Response:
        """Answer one question; the delay counts from its arrival."""
        party, arrived = self.party, time.monotonic()
        try:
            asked = party.read(party.scheme.open(request))
            subject, number = asked[party.subject].upper(), asked[party.request_no]
        except (Refused, KeyError, ValueError):
            return json_response({"error": "client, signature or question is wrong"}, 401)
        with self._store.transaction() as connection:
            choice = behaviour_choose(connection, party=party.code, subject=subject)
            text = self._text(connection, asked, subject, number, choice.behaviour)
            if choice.behaviour in LATER:
                callback_queue(connection, self._notice(request, number, text, choice))
                return json_response({"status": "accepted"}, 202)
        self._stopping.wait(max(arrived + choice.delay_seconds - time.monotonic(), 0))
        return self._respond(choice.behaviour, text)

    def _respond(self, behaviour: Behaviour, text: str) -> Response:
        party = self.party
        match behaviour:
            case Behaviour.ERROR | Behaviour.SILENT:
                return json_response({"error": "internal"}, 500)
            case Behaviour.BUSY:
                return json_response({"error": "too many requests"}, 429)
            case Behaviour.MALFORMED:
                return party.scheme.close(text[:_BROKEN_OFF], party.content_type)
            case Behaviour.WRONG_SIGNATURE:
                return forged(party.scheme.close(text, party.content_type))
            case _:
                return party.scheme.close(text, party.content_type)

    def _text(
        self, connection: sqlite3.Connection, asked: Asked, subject: str, number: str, behaviour: Behaviour
    ) -> str:
        """The answer's text; a repeated number gives the first one and is counted, not charged again."""
        key = (self.party.code, number)
        again = "UPDATE source_request SET times = times + 1 WHERE party = ? AND request_no = ? RETURNING content"
        known = connection.execute(again, key).fetchone()
        if known is not None:
            return str(known["content"])
        rows = connection.execute("SELECT trait FROM source_plant WHERE subject = ?", (subject,)).fetchall()
        traits = {Trait(row["trait"]) for row in rows} or {trait for trait in [trait_of(subject)] if trait}
        told = None if behaviour is Behaviour.NO_RECORD else self.party.tell(asked, traits)
        text = self.party.nothing if told is None else told
        connection.execute(
            "INSERT INTO source_request (party, request_no, subject, times, content) VALUES (?, ?, ?, 1, ?)",
            (*key, subject, text),
        )
        return text

    def _notice(self, request: Request, number: str, text: str, choice: Choice) -> Callback:
        url = request.headers.get("x-notify-url", "")
        if not url:
            raise BadRequest("X-Notify-Url is needed")
        told = {"request_no": number, "found": text != self.party.nothing, "answer": text}
        body, now = json.dumps(told, ensure_ascii=False).encode(), time.time()
        stamp, nonce = str(int(now)), secrets.token_hex(8)
        mac = self._notices.mac(f"{stamp}\n{nonce}\n".encode() + body)
        return Callback(
            party=f"source:{self.party.code}",
            url=url,
            headers={
                "Content-Type": "application/json",
                "X-Timestamp": stamp,
                "X-Nonce": nonce,
                "X-Signature": mac[::-1] if choice.behaviour is Behaviour.LATER_FORGED else mac,
            },
            body=body,
            due_at=now + choice.delay_seconds,
            copies=2 if choice.behaviour is Behaviour.LATER_TWICE else 1,
        )
