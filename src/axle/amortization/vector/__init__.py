"""Many loans at once: the figures of the scalar form, in NumPy.

Amounts are ``int64`` fen, rates ``int64`` in units of 1e-8 or 1e-12, dates ``datetime64[D]``; a column of an array is a
loan, a row a period. No double holds money. Where a double decides how something is rounded (a level instalment, a
rate), its module proves the bound of its error; what lies closer to a half than that bound is solved again by the
scalar form, so that both forms give the same figure always.

``columns`` what a loan is here; ``calendar`` and ``courses`` due dates and parts of a year; ``interest`` exact
interest; ``level`` level instalments; ``schedules`` plain loans; ``laying``, ``stubs`` and ``charged`` the others, and
``laid`` what both become; ``position`` interest to a date, penalty and payoff; ``rates`` IRR; ``portfolio`` and
``standing`` all of these for loans of any terms.
"""
