"""Ledger: double entry without a loan word (复式记账).

Owns the chart of accounts (会计科目), journal entries and their lines, the daily movement of every account,
and which month of a legal entity's books is closed. Any business can stand on it: an entry names its source
only as a ``Subject`` and carries dimensions (辅助核算) that the ledger stores and never reads.

Invariants, each said twice (a constraint or trigger in the database, a reading in ``checks``):

- an entry has at least two lines, each line exactly one side, and debits equal credits;
- a red entry (红字) has only negative amounts, any other entry only positive ones;
- lines join an entry only in the transaction that creates it; entries and lines are never changed or deleted;
- one entry per ``(event_no, kind)``: posting the same fact twice returns the first entry;
- an entry is reversed at most once, by the entry of the same lines with the opposite sign;
- no entry is booked in a closed month; months are closed in order, and only the last closed one opens again;
- the daily movements equal the sums of the lines.

Balances are sums, kept cheap without a hot row: a statement trigger adds one delta row per account and day
in the posting transaction, a job folds deltas into ``AccountDay``, and readers add both through one view.

Dates: ``value_on`` is when the fact takes effect, ``booked_on`` the day it stands in the books (the same,
unless that month is closed), ``period`` the month of ``booked_on`` as yyyymm.

Events out: none of its own; ``MoneyEvent`` is defined here because every context that moves money publishes
it, and ``accounting`` posts it. Events in: none.
"""
