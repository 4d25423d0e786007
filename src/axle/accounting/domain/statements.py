"""Financial statements as data: rows that name accounts, or other rows, and how they add up.

An accountant changes a statement by a new version of its rows; nothing about its contents stands in code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from axle.kernel.money import Fen

Basis = Literal["balance", "movement", "cash"]
"""What figures of accounts a statement adds up: balances at a day, turnover of a span, or what moved cash in it."""

AccountPattern = Annotated[str, Field(pattern=r"^([0-9]{4}(\.[0-9]{2}){0,3}|[0-9]\*)$")]
"""An account with all below it (``1303``), or a whole class (``6*``)."""


class StatementTerm(BaseModel):
    """Accounts, and on which side they count: ``debit`` is debits less credits, ``credit`` the opposite.

    ``debit_side`` and ``credit_side`` take only the accounts that stand on that side (重分类).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    accounts: tuple[AccountPattern, ...] = Field(min_length=1)
    side: Literal["debit", "credit", "debit_side", "credit_side"] = "debit"
    is_less: bool = False


class StatementLine(BaseModel):
    """One row: a heading without a figure, or the sum of its terms and of other rows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{1,47}$")
    name_zh: str = Field(min_length=1, max_length=80)
    name_en: str = Field(min_length=1, max_length=120)
    level: int = Field(0, ge=0, le=3)
    terms: tuple[StatementTerm, ...] = ()
    adds: tuple[str, ...] = ()
    subtracts: tuple[str, ...] = ()

    @property
    def is_heading(self) -> bool:
        return not (self.terms or self.adds or self.subtracts)


class StatementBody(BaseModel):
    """The rows of a statement in their order. Sums name rows that stand before them."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    basis: Basis
    lines: tuple[StatementLine, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _rows_are_known(self) -> "StatementBody":
        before: set[str] = set()
        for line in self.lines:
            if line.key in before:
                raise ValueError("statement_row_twice")
            if not {*line.adds, *line.subtracts} <= before:
                raise ValueError("statement_row_unknown")
            before.add(line.key)
        return self


@dataclass(frozen=True)
class AccountFigure:
    """Debits and credits of a postable account over what a statement looks at, in fen."""

    debit: int
    credit: int

    @property
    def net(self) -> int:
        return self.debit - self.credit


Figures = Mapping[str, AccountFigure]


def covers(pattern: str, code: str) -> bool:
    """Whether an account belongs to a pattern."""
    if pattern.endswith("*"):
        return code.startswith(pattern[:-1])
    return code == pattern or code.startswith(f"{pattern}.")


def statement_values(body: StatementBody, figures: Figures, given: Mapping[str, int] | None = None) -> dict[str, Fen]:
    """The value of each row that has one; ``given`` adds amounts to rows that were named for them by hand."""
    values: dict[str, int] = {}
    for line in body.lines:
        value = sum(_term(term, figures) for term in line.terms) + (given or {}).get(line.key, 0)
        value += sum(values[key] for key in line.adds) - sum(values[key] for key in line.subtracts)
        values[line.key] = value
    return {line.key: Fen(values[line.key]) for line in body.lines if not line.is_heading}


def _term(term: StatementTerm, figures: Figures) -> int:
    nets = [figure.net for code, figure in figures.items() if any(covers(at, code) for at in term.accounts)]
    match term.side:
        case "debit":
            value = sum(nets)
        case "credit":
            value = -sum(nets)
        case "debit_side":
            value = sum(net for net in nets if net > 0)
        case _:
            value = -sum(net for net in nets if net < 0)
    return -value if term.is_less else value


def uncovered(body: StatementBody, codes: Sequence[str]) -> list[str]:
    """Accounts that no row takes up as a whole, or that two rows do: a statement would not tie out."""
    terms = [term for line in body.lines for term in line.terms]
    return [code for code in codes if sum(_share(term, code) for term in terms) != _WHOLE]


_WHOLE = 2


def _share(term: StatementTerm, code: str) -> int:
    """How much of an account a term takes up: the whole, or one of its sides."""
    if not any(covers(pattern, code) for pattern in term.accounts):
        return 0
    return 1 if term.side.endswith("_side") else _WHOLE
