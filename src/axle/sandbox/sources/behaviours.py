"""How a source treats a question: chosen by a control rule, else it answers."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum


class Behaviour(StrEnum):
    """The named ways in which a source can behave."""

    ANSWER = "answer"
    NO_RECORD = "no_record"
    ERROR = "error"  # status 500
    BUSY = "busy"  # status 429
    MALFORMED = "malformed"  # signed well, but unreadable
    WRONG_SIGNATURE = "wrong_signature"
    SILENT = "silent"  # holds the line until the delay is over, then ends it without an answer
    LATER = "later"  # takes the question and calls back
    LATER_TWICE = "later_twice"  # calls back with two copies at the same moment
    LATER_FORGED = "later_forged"  # calls back with a wrong signature


LATER = frozenset({Behaviour.LATER, Behaviour.LATER_TWICE, Behaviour.LATER_FORGED})


@dataclass(frozen=True)
class Choice:
    """The behaviour for one question and how long it takes."""

    behaviour: Behaviour
    delay_seconds: float


def behaviour_choose(connection: sqlite3.Connection, *, party: str, subject: str) -> Choice:
    """The newest matching rule decides, and is used up by one."""
    rule = connection.execute(
        "SELECT * FROM source_rule WHERE (party IS NULL OR party = ?) AND (subject IS NULL OR subject = ?)"
        " AND (times_left IS NULL OR times_left > 0) ORDER BY rule_id DESC LIMIT 1",
        (party, subject),
    ).fetchone()
    if rule is None:
        return Choice(Behaviour.ANSWER, 0.0)
    connection.execute("UPDATE source_rule SET times_left = times_left - 1 WHERE rule_id = ?", (rule["rule_id"],))
    return Choice(Behaviour(rule["behaviour"]), rule["delay_seconds"] or 0.0)
