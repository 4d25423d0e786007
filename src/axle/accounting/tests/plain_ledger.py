"""Reads ledgers as an accountant writes them down: facts, the entries they make, balances in between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from axle.accounting.domain.rules import Posting
from axle.kernel.money import Fen, parse_yuan, yuan

FOLDER = Path(__file__).with_name("ledgers")
_SIDES = {"借": "debit", "贷": "credit"}


@dataclass
class Fact:
    """A money event and the lines it must make."""

    line: int
    on: date
    kind: str
    amounts: dict[str, Fen]
    label: str = ""
    reverses: str = ""
    lines: list[Posting] = field(default_factory=list)

    @property
    def event_no(self) -> str:
        return f"T{self.line}"


@dataclass
class Balances:
    """What accounts must stand at, at the end of a day: debit balances positive."""

    line: int
    on: date
    nets: dict[str, Fen] = field(default_factory=dict)


def ledger(name: str) -> list[Fact | Balances]:
    """The facts and balances of a file, in its order."""
    blocks: list[Fact | Balances] = []
    for number, text in _lines(name):
        if not text.startswith(" "):
            blocks.append(_block(number, text.split()))
        elif isinstance(block := blocks[-1], Fact):
            side, account, amount = text.split()
            block.lines.append(Posting(account, **{_SIDES[side]: parse_yuan(amount)}))
        else:
            account, side, amount = text.split()
            block.nets[account] = Fen(parse_yuan(amount) * (-1 if side == "贷" else 1))
    return blocks


def shown(posting: Posting) -> str:
    """A line as it stands in the files."""
    side, amount = ("借", posting.debit) if posting.debit else ("贷", posting.credit)
    return f"{side} {posting.account} {yuan(amount)}"


def _lines(name: str) -> Iterator[tuple[int, str]]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def _block(number: int, words: list[str]) -> Fact | Balances:
    if words[0] == "余额":
        return Balances(number, date.fromisoformat(words[1]))
    amounts = dict(re.findall(r"(\w+)=(\S+)", " ".join(words)))
    marks = {word[0]: word[1:] for word in words[2:] if word[0] in "#~"}
    return Fact(
        line=number,
        on=date.fromisoformat(words[0]),
        kind=words[1],
        amounts={name: parse_yuan(amount) for name, amount in amounts.items()},
        label=marks.get("#", ""),
        reverses=marks.get("~", ""),
    )
