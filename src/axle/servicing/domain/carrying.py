"""How a loan is carried in the books (核算状态), and what moves when that changes.

Each change of it begins an era. A posting belongs to the era in which it was made and stays as it was made; what is
posted later follows the carrying then in force, whatever its value date. What a change moves is counted back from the
present position over the postings of the eras since, so that money entered late, or taken back, corrects it too.

Source: REG-CAS-22 and domain practice: interest of a non-accrual loan is income on receipt (非应计).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from axle.amortization.public import Position

PERFORMING, NON_ACCRUAL, WRITTEN_OFF, SOLD = "performing", "non_accrual", "written_off", "sold"
IN_BOOKS = (PERFORMING, NON_ACCRUAL)
"""The carryings under which principal and interest stand in our books."""


class Era(NamedTuple):
    """A time under one carrying, from the business date on which it began.

    When it began the books had ``interest_earned`` in all, of it ``interest_due`` with its tax point passed, and
    ``fee_due`` of fees; ``claim`` was owed by the borrower, and ``price`` paid for it if it was sold. Fen.
    """

    carrying: str
    event_no: str = ""
    on: date = date.min
    interest_earned: int = 0
    interest_due: int = 0
    fee_due: int = 0
    claim: int = 0
    price: int = 0


SINCE_OPENING = Era(PERFORMING)
"""Every loan begins as performing."""


class Lowered(NamedTuple):
    """What a posting took off principal, interest and fees, and all of it together; or what it charged; fen."""

    principal: int
    interest: int
    taxed_interest: int
    fee: int
    total: int
    charged: int = 0


class Move(NamedTuple):
    """What a change of carrying tells the books: a kind and its amounts in fen by name."""

    kind: str
    on: date
    amounts: dict[str, int]


_INTEREST = ("interest", "interest_taxed", "written_off_interest", "due_interest")
_PARTS = (*_INTEREST, "principal", "fee", "penalty", "compound")
CHARGED = "charged"
"""The amount of a charge, which adds to the fees that a receipt takes off."""


def carrying_of(position: Position) -> str:
    """What a replayed position says of how the loan is carried."""
    declared = position.declared
    if declared.holder:
        return SOLD
    if declared.written_off_on:
        return WRITTEN_OFF
    return NON_ACCRUAL if declared.non_accrual_since else PERFORMING


def taxed_until(eras: Sequence[Era]) -> date:
    """The day up to which due interest had its tax point while the loan was performing."""
    stopped = date.max
    for before, era in pairwise(eras):
        if era.carrying == PERFORMING:
            stopped = date.max
        elif before.carrying == PERFORMING:
            stopped = era.on
    return stopped


def lowered(amounts: Mapping[str, int]) -> Lowered:
    """What a posting of money, or a waiver, took off what the borrower owes."""
    return Lowered(
        principal=amounts.get("principal", 0),
        interest=sum(amounts.get(name, 0) for name in _INTEREST),
        taxed_interest=amounts.get("interest_taxed", 0),
        fee=amounts.get("fee", 0),
        total=sum(amounts.get(name, 0) for name in _PARTS),
        charged=amounts.get(CHARGED, 0),
    )


def moves(position: Position, eras: Sequence[Era], posted: Mapping[int, Iterable[Lowered]]) -> dict[int, Move]:
    """What each change of carrying moves, by the number of the era that it began.

    ``posted`` is what the postings that stand took off, or charged, by their era.
    """
    took = [_sum([_none(), *posted.get(number, ())]) for number in range(len(eras))]
    fees = _fees_moved(position, eras, took)
    return {number: _move(position, eras, number, took, fees) for number in range(1, len(eras))}


def _fees_moved(position: Position, eras: Sequence[Era], took: Sequence[Lowered]) -> dict[int, int]:
    """The fees that leave the books, or come back, with each change of carrying.

    All that stands on the account leaves. What comes back for good is counted back from what is owed now: a fee that
    came up while the claim was another's, or written off, was never told.
    """
    found: dict[int, int] = {}
    stands = 0
    for number in range(1, len(eras)):
        was, is_ = (eras[index].carrying in IN_BOOKS for index in (number - 1, number))
        stands += was * (took[number - 1].charged - took[number - 1].fee)
        if was and not is_:
            left = max(stands, 0) if _returns(eras, number) else max(stands - position.waived.fee, 0)
            found[number], stands = left, 0
        elif is_ and not was:
            found[number] = stands = _fees_back(position, eras, number, took)
    return found


def _returns(eras: Sequence[Era], number: int) -> bool:
    return any(era.carrying in IN_BOOKS for era in eras[number:])


def _fees_back(position: Position, eras: Sequence[Era], number: int, took: Sequence[Lowered]) -> int:
    since = took[number:]
    if all(era.carrying in IN_BOOKS for era in eras[number:]):
        told = sum(part.charged - part.fee for part in since)
        return max(position.outstanding.fee + position.waived.fee - told, 0)
    gone = position.paid.fee + position.waived.fee
    return max(eras[number].fee_due - gone + sum(part.fee for part in since), 0)


class _Held(NamedTuple):
    """What stood in the books when an era began. ``claim_left`` is what the era before it left of its claim."""

    principal: int
    interest: int
    fee: int
    claim: int
    claim_left: int


def _none() -> Lowered:
    return Lowered(0, 0, 0, 0, 0)


def _sum(parts: Iterable[Lowered]) -> Lowered:
    return Lowered(*(sum(column) for column in zip(*parts, strict=True)))


def _held(
    position: Position, eras: Sequence[Era], number: int, took: Sequence[Lowered], fees: Mapping[int, int]
) -> _Held:
    era, since = eras[number], _sum(took[number:])
    gone = position.paid.interest + position.waived.interest
    is_last = number == len(eras) - 1
    return _Held(
        principal=position.principal_balance + since.principal,
        interest=max(era.interest_earned - gone + since.interest, 0),
        fee=fees.get(number, 0),
        claim=position.outstanding.total + since.total if is_last else max(era.claim, took[number].total),
        claim_left=max(eras[number - 1].claim - took[number - 1].total, 0),
    )


def _move(
    position: Position, eras: Sequence[Era], number: int, took: Sequence[Lowered], fees: Mapping[int, int]
) -> Move:
    before, era = eras[number - 1], eras[number]
    held = _held(position, eras, number, took, fees)
    kind, amounts = _told(before, era, held, position, _sum(took[number:]))
    return Move(kind, era.on, {name: amount for name, amount in amounts.items() if amount > 0})


def _told(before: Era, era: Era, held: _Held, position: Position, since: Lowered) -> tuple[str, dict[str, int]]:
    match before.carrying, era.carrying:
        case "performing", "non_accrual":
            not_due = min(max(era.interest_earned - era.interest_due, 0), held.interest)
            return "accrual_stopped", {
                "principal": held.principal, "interest": not_due, "taxed_interest": held.interest - not_due,
            }  # fmt: skip
        case "non_accrual", "performing":
            return "accrual_resumed", _resumed(before, era, held, position, since)
        case from_, "written_off":
            return "loan_written_off", _on_balance(from_, held) | {"fee": held.fee, "claim": held.claim}
        case "written_off", to:
            kept = {"fee": held.fee, "claim": held.claim_left}
            return "write_off_reversed", _on_balance(to, held) | kept
        case from_, "sold":
            given = _on_balance(from_, held) | {"fee": held.fee}
            return "claim_sold", given | _against_price(given, era.price)
        case _:
            given = _on_balance(era.carrying, held) | {"fee": held.fee}
            return "claim_bought_back", given | _against_price(given, era.price)


def _on_balance(carrying: str, held: _Held) -> dict[str, int]:
    """Principal and interest by the accounts of a carrying; interest of a non-accrual loan stands off balance."""
    if carrying == NON_ACCRUAL:
        return {"non_accrual_principal": held.principal, "memo_interest": held.interest}
    return {"principal": held.principal, "interest": held.interest}


def _against_price(given: Mapping[str, int], price: int) -> dict[str, int]:
    difference = price - sum(amount for name, amount in given.items() if name != "memo_interest")
    return {"price": price, "gain": max(difference, 0), "loss": max(-difference, 0)}


def _resumed(before: Era, era: Era, held: _Held, position: Position, since: Lowered) -> dict[str, int]:
    """Interest that is income again: not due, due since the stop, and due before it, whose tax was paid then."""
    gone = position.paid.interest + position.waived.interest - since.interest
    due = min(max(era.interest_due - gone, 0), held.interest)
    taxed = min(max(before.interest_due - gone, 0), due)
    return {
        "principal": held.principal,
        "interest": held.interest - due,
        "due_interest": due - taxed,
        "taxed_interest": taxed,
    }


class Reckoned(NamedTuple):
    """Interest that the books have reckoned with: all that was earned, and of it what had its tax point; fen."""

    earned: int
    due: int


NOTHING_RECKONED = Reckoned(0, 0)


def reckoned(position: Position) -> Reckoned:
    """What a position says of interest."""
    return Reckoned(position.due.interest + position.interest_accrued, position.due.interest)


def due_today(position: Position) -> int:
    """Interest of instalments that fall due on the position's own date: their tax point is the close of that day."""
    rows = (row for row in position.rows if row.kind == "instalment" and row.due_on == position.as_of)
    return sum(row.due.interest for row in rows)


def not_due(position: Position) -> int:
    """Interest that is earned and falls due after the position's date."""
    return max(position.interest_accrued, 0)


def interest_differences(carrying: str, before: Reckoned, after: Reckoned) -> dict[str, int]:
    """What the books of a loan so carried must be told of interest that was earned or fell due; may be negative."""
    if carrying == PERFORMING:
        return {"interest_accrued": after.earned - before.earned, "interest_due": after.due - before.due}
    if carrying == NON_ACCRUAL:
        return {"memo_interest_accrued": after.earned - before.earned}
    return {}
