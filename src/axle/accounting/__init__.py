"""Accounting: from business facts to vouchers, months and proofs (财务核算).

Owns posting rules as data (event kind → lines, versioned and dated), vouchers (凭证: the presentation of a
ledger entry with its word and monthly number), the close of a month with its checks, manual vouchers, the controls
that hold the sub-ledgers against the general ledger, and the clearing of bank statements with the books (勾对).

Invariants:

- every ``MoneyEvent`` is posted exactly once, in the transaction that publishes it, by the rule version in
  force on its value date; nothing of its amounts is left out or unknown;
- a rule version balances on all of its sample events before it is activated, and never changes afterwards;
- tax inside an amount is split so that net and tax add up to the amount exactly;
- a reversal event posts the red entry (红冲) of the original, whatever the rules say today;
- a fact dated in a closed month is booked on the first day of the first open month and keeps its value date;
- voucher numbers of a month run 1, 2, 3 … without a gap per word; no voucher changes after it has a number;
- a month closes only when its checks pass, in order; a close and a reopening leave an append-only row;
- cleared lines of the books and of a bank's statement add up to the same, and none is cleared twice; as of a day both
  balances differ by exactly what was in transit on it;
- manual vouchers have a maker and another checker, and only manual vouchers are reversed by hand.

Events in: ``ledger.events.MoneyEvent``, ``payments.events.StatementCompared`` (same transaction). Events out: none.
"""
