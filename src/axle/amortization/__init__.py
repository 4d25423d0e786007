"""Amortization (计算引擎): the arithmetic of a loan, pure and exact to the fen.

Owns repayment schedules by every method, day counts and due dates, rates (IRR, XIRR, the annualised rate that
must be disclosed), who pays whom under the terms, VAT, the order in which money pays what is due, penalty and
compound interest, early repayment, and ``replay``: a loan account as a fold of dated events over its terms. It knows
no table, no clock and no file; the same functions answer a dealer's quote, post a receipt and run end of day.

Invariants:
- money is ``int`` fen; a rate is a ``Decimal`` annual fraction; an amount is rounded once, half up, when it becomes
  due (``kernel.rounding``); the parts of a split add up to the whole;
- every schedule repays its principal exactly; the last row takes the remainder;
- ``replay`` depends on the set of events, not on the order in which they were entered; a reversed event leaves no
  trace; no balance is negative; due = paid + waived + moved + outstanding, for each component of each instalment.

Where to start reading: ``terms`` -> ``schedule`` -> ``transfers`` and ``cash_flows``; ``rules`` and ``kinds`` ->
``replay``. A new kind of event is a module of ``kinds``; one that changes the rows to come ends in ``layout``, by way
of the loan's ``course``. The front door is ``public``; ``quote_json`` and ``replay_json`` are the same in JSON.
``vector`` does the same for arrays of loans, ``published`` proves it on published figures; ``docs/conventions.md`` has
the conventions.

Events out and in: none; this is arithmetic. What it calls events are the facts of a loan's life (``kinds``).
"""
