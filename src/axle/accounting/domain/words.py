"""Voucher words (凭证字)."""

from collections.abc import Iterable
from typing import Literal

from axle.accounting.domain.rules import Posting

Flow = Literal["in", "out", "none"]
CASH_ACCOUNTS = ("1001", "1002", "1012")
SPLIT_WORDS: dict[Flow, str] = {"in": "收", "out": "付", "none": "转"}
ONE_WORD: dict[Flow, str] = {"in": "记", "out": "记", "none": "记"}


def cash_flow(postings: Iterable[Posting]) -> Flow:
    """Whether a voucher brings cash in, takes it out, or moves none.

    A transfer between cash accounts counts as out, by the custom of booking it once, where the money leaves;
    a red line counts as its original would.
    """
    cash = [posting for posting in postings if posting.account.split(".")[0] in CASH_ACCOUNTS]
    if not cash:
        return "none"
    return "out" if any(posting.credit for posting in cash) else "in"
