"""Who pays whom, when, under the terms: the one list from which every party's cash flows are read.

The loan's money goes to the borrower, who pays the dealer the price with it. That purchase is no part of the
borrower's own flows (a car stands against it); every other transfer is.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from axle.amortization.choices import Payer
from axle.amortization.deposit import deposit_amount, deposit_offsets
from axle.amortization.due_dates import lease_ends_on, payable_on
from axle.amortization.fees import by_instalment, fee_at_start, fee_of_row, fees_at_start
from axle.amortization.funding import funded_amount, funder_payments
from axle.amortization.periods import end_time, row_times
from axle.amortization.schedule import Schedule
from axle.amortization.subvention import subvention_payments
from axle.amortization.terms import Terms
from axle.kernel.money import Fen

Party = Literal["borrower", "lender", "dealer", "manufacturer", "funder"]
TransferKind = Literal[
    "disbursement", "purchase", "instalment", "fee", "vat", "deposit", "subvention", "purchase_price", "funding"
]


class Transfer(NamedTuple):
    """Money that one party pays another; ``time`` counts periods from the start."""

    on: date
    time: float
    payer: Party
    payee: Party
    kind: TransferKind
    amount: Fen


def transfers(plan: Schedule) -> list[Transfer]:
    """Every payment under the terms, in order of dates; none of nothing."""
    every = [*_at_start(plan.terms), *_rows(plan), *_sponsored(plan), *_at_end(plan), *_funded(plan)]
    return sorted((transfer for transfer in every if transfer.amount), key=lambda transfer: transfer.on)


def _at_start(terms: Terms) -> Iterator[Transfer]:
    start = terms.start_on
    yield Transfer(start, 0.0, "lender", "borrower", "disbursement", terms.principal)
    price = terms.principal - fees_at_start(terms, "financed") + terms.down_payment
    yield Transfer(start, 0.0, "borrower", "dealer", "purchase", Fen(price))
    for fee in terms.fees:
        if fee.timing != "by_instalment":
            yield Transfer(start, 0.0, fee.payer, "lender", "fee", fee_at_start(terms, fee))
    yield Transfer(start, 0.0, "borrower", "lender", "deposit", deposit_amount(terms))


def _rows(plan: Schedule) -> Iterator[Transfer]:
    times, fees = row_times(plan), _fees_of_others(plan)
    for row in plan.instalments:
        parts = row.principal + row.interest, row.fee, row.charges - row.fee
        for kind, amount in zip(_ROW_KINDS, parts, strict=True):
            yield Transfer(row.due_on, times[row.no], "borrower", "lender", kind, Fen(amount))
        for payer, amount in fees.get(row.no, ()):
            yield Transfer(row.due_on, times[row.no], payer, "lender", "fee", amount)
    for row, amount in deposit_offsets(plan):
        yield Transfer(row.due_on, times[row.no], "lender", "borrower", "deposit", amount)


_ROW_KINDS: tuple[TransferKind, ...] = ("instalment", "fee", "vat")


def _fees_of_others(plan: Schedule) -> dict[int, list[tuple[Payer, Fen]]]:
    """The fees by instalment that dealer and manufacturer pay, by row."""
    payers: tuple[Payer, ...] = ("dealer", "manufacturer")
    owed = [(payer, fee) for payer in payers for fee in by_instalment(plan.terms, payer)]
    if not owed:
        return {}
    opening, found = plan.terms.principal, {}
    for row in plan.instalments:
        payment = row.principal + row.interest
        if row.no:
            found[row.no] = [(payer, fee_of_row(plan.terms, fee, opening, payment)) for payer, fee in owed]
        opening = row.balance
    return found


def _sponsored(plan: Schedule) -> Iterator[Transfer]:
    times = row_times(plan)
    for on, no, amount in subvention_payments(plan):
        assert plan.terms.subvention is not None  # or there are no payments
        yield Transfer(on, times.get(no, 0.0), plan.terms.subvention.payer, "lender", "subvention", amount)


def _at_end(plan: Schedule) -> Iterator[Transfer]:
    terms = plan.terms
    (end,) = payable_on(terms, [lease_ends_on(terms)])
    yield Transfer(end, end_time(plan), "borrower", "lender", "purchase_price", terms.purchase_price)
    if terms.deposit is not None and terms.deposit.mode == "refunded":
        last = plan.instalments[-1]
        time = row_times(plan)[last.no]
        yield Transfer(last.due_on, time, "lender", "borrower", "deposit", deposit_amount(terms))


def _funded(plan: Schedule) -> Iterator[Transfer]:
    times = row_times(plan)
    yield Transfer(plan.terms.start_on, 0.0, "funder", "lender", "funding", funded_amount(plan.terms))
    for row, amount in funder_payments(plan):
        yield Transfer(row.due_on, times[row.no], "lender", "funder", "funding", amount)
