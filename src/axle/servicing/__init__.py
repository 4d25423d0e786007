"""Servicing: loans in force, from the day the money leaves to the last fen.

Owns: loans with their instalments, the immutable events of each loan's life, receipts (registration, finance
confirmation, one by one or by the file, matching, dividing, reversal), refunds, payoff quotes, payoff letters,
changes that the parties agree on (asked for, decided by another person, signed where they have to be, executed,
reversed), papers that people sign, lien releases, pools of claims that are sold, how each loan is carried in the
books, its class and stage with their history and proposals, inspections, early warnings, expected losses by month,
the steps of the end of day, and the daily snapshots of the portfolio and of arrears.

Invariants: a loan's position is the replay of its events, and what is stored of it is a cache that the replay
reproduces; every split of money that the replay makes has exactly one posting that stands; what interest the
books hold as accrued is the replay's, to the fen; a receipt is posted by a person other than the one who
registered it; events are append-only, and a correction is a reversal; a posting stays as it was told in its era, the
time between two changes of carrying; a worse class counts at once, a better one when another person agrees.

Events out: ``LoanOpened``, ``LoanSettled``, ``LoanReopened``, ``LoansBecameOverdue``, ``LoanRestructured``,
``DebtTransferred``, ``PaperConcluded``, and money as ``ledger.events.MoneyEvent``. Events in:
``origination.events.ContractDisbursed``, ``payments.events.PayoutSucceeded`` and ``PayoutFailed``,
``decisioning.events.MarketFeedTaken`` and ``party.events.CustomerChanged``.

A new kind of change: its name in ``models.ChangeKind``, its work in ``services.change_works`` (of the plan: its event
in ``amortization.kinds``, what bounds it in ``domain.changes``), and the command that asks for it in
``http.change_requests``; review, signing, waiting for a day, execution and reversal are the same.
A new verb on a loan: a service that ends in ``loan_restate``. A new step of the day: ``eod.STEPS``, set-based over a
shard. A new way to carry a loan: ``domain.carrying`` (what moves) and ``domain.postings`` (which kinds tell it).
"""
