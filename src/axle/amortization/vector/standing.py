"""Where the loans of a portfolio stand on a date, and what they yield; every figure is that of the scalar form."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from axle.amortization.cash_flows import irr_annual, rates_of
from axle.amortization.errors import NoRate, NotForMethod, RateTooFine
from axle.amortization.kinds.disbursement import Disbursement
from axle.amortization.kinds.kind import Event
from axle.amortization.kinds.receipt import Receipt
from axle.amortization.payoff import PayoffQuote
from axle.amortization.periods import times_of
from axle.amortization.replay import payoff_quote
from axle.amortization.rules import Rules
from axle.amortization.schedule import Schedule, interest_accrued_to, schedule
from axle.amortization.terms import Terms
from axle.amortization.vector.columns import Int64
from axle.amortization.vector.laid import Laid
from axle.amortization.vector.portfolio import Part, Portfolio
from axle.amortization.vector.position import Payoffs, earned_interest, payoffs_of
from axle.amortization.vector.rates import NO_RATE, RATES_UNIT, irrs
from axle.kernel.money import Fen


def portfolio_interest_to(book: Portfolio, on: date) -> Int64:
    """Interest that each loan has earned from its start to a date, as ``interest_accrued_to``."""
    found = np.zeros(len(book.terms), np.int64)
    for part in book.parts:
        found[part.places] = earned_interest(part.plan, on)
    for place, plan in book.singles.items():
        found[place] = interest_accrued_to(plan, on)
    return found


def portfolio_payoffs(book: Portfolio, paid: Int64, on: date, rules: Rules) -> Payoffs:
    """What repays each loan on a date, penalty in it, its first ``paid`` rows being paid on time and nothing else.

    Equals ``payoff_quote`` of that life; a loan that starts later owes nothing. Money: int64 fen.
    Errors: NotForMethod when a loan paid rows ahead of their due dates; as ``payoff_quote``.
    """
    if (paid < 0).any() or (paid > (book.dues <= np.datetime64(on)).sum(axis=0)).any():
        raise NotForMethod(field="paid", method="rows ahead of their due dates")
    found = Payoffs(*(np.zeros(len(book.terms), np.int64) for _ in Payoffs._fields))
    alone = list(book.singles.items())
    for part in book.parts:
        try:
            _place_part(found, part, paid, on, rules)
        except RateTooFine:
            alone += [(place, schedule(book.terms[place])) for place in part.places.tolist()]
    for place, plan in alone:
        quote = payoff_quote(plan.terms, rules, _life(plan, int(paid[place]), on), on)
        _place_quote(found, place, quote)
    return found


def portfolio_rates(book: Portfolio) -> Int64:
    """Each loan's rate by period in units of 1e-10, as ``irr_annual(plan).periodic``; NO_RATE where it has none."""
    found = np.empty(len(book.terms), np.int64)
    for part in book.parts:
        _place_rates(found, part, book.terms)
    for place, plan in book.singles.items():
        found[place] = _rate(plan)
    return found


def _place_rates(found: Int64, part: Part, terms: Sequence[Terms]) -> None:
    """Together where rows fall due at whole periods; a broken first period stands in the exponent, loan by loan."""
    plan, whole = part.plan, ~part.plan.is_broken
    payments = plan.principal + plan.interest
    flows = np.vstack([-plan.lent[None, :], payments])
    if terms[part.places[0]].timing == "advance":
        flows = np.vstack([flows[:2].sum(axis=0)[None, :], flows[2:]])
    found[part.places[whole]] = irrs(flows[:, whole])
    for loan in np.flatnonzero(plan.is_broken).tolist():
        found[part.places[loan]] = _broken_rate(terms[part.places[loan]], payments[:, loan].tolist(), plan, loan)


def _broken_rate(terms: Terms, payments: list[int], plan: Laid, loan: int) -> int:
    """The rate of one loan, whose rows stand at broken times; a row of broken interest upfront is number 0."""
    has_row_at_start = int(plan.counts[loan]) - terms.periods - (terms.timing == "advance" and terms.residual > 0)
    times = times_of(terms, range(1 - has_row_at_start, int(plan.counts[loan]) + 1 - has_row_at_start))
    flows = [(0.0, -terms.principal), *zip(times.values(), payments, strict=False)]
    try:
        return int(rates_of(terms, flows).periodic * RATES_UNIT)
    except NoRate:
        return int(NO_RATE)


def _place_part(found: Payoffs, part: Part, paid: Int64, on: date, rules: Rules) -> None:
    """A loan that starts after the date owes nothing yet."""
    has_begun = part.plan.start_on <= np.datetime64(on)
    quotes = payoffs_of(part.plan, paid[part.places], on, rules)
    for column, amounts in zip(found, quotes, strict=True):
        column[part.places] = np.where(has_begun, amounts, 0)


def _place_quote(found: Payoffs, place: int, quote: PayoffQuote) -> None:
    for name, column in found._asdict().items():
        column[place] = getattr(quote, name)


def _life(plan: Schedule, paid: int, on: date) -> Sequence[Event]:
    """The loan disbursed on its start date, and its first rows paid on their due dates."""
    terms = plan.terms
    if on < terms.start_on:
        return []
    receipts = [
        Receipt(id=f"paid-{index}", on=row.due_on, amount=row.total)
        for index, row in enumerate(plan.instalments[:paid])
        if row.total
    ]
    return [Disbursement(id="disbursed", on=terms.start_on, amount=Fen(terms.principal)), *receipts]


def _rate(plan: Schedule) -> int:
    try:
        return int(irr_annual(plan).periodic * RATES_UNIT)
    except NoRate:
        return int(NO_RATE)
