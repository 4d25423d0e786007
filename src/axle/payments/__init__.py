"""Payments: money that leaves through a bank, and the proof that it left once. Knows no loan.

Owns the legal entities' bank accounts, payment orders with every step that they took, the bank's
call-backs, bank statements and their reconciliation (three-way: our order, the bank's own record, the
statement).

Invariants:
- an order is written in the business transaction and sent after its commit; the order number is the bank's
  idempotency key, and an order whose fate is unknown is asked for before it is sent again, under the same
  number;
- states only go forward: created → sent → accepted → succeeded | failed. ``unknown`` is left by a query or
  by reconciliation only, never by a guess, a timer or a person;
- an order ends once: one final step per order (database constraint), written in the transaction that
  publishes ``PayoutSucceeded`` or ``PayoutFailed``;
- a success counts only with the ordered amount; a call-back counts only with the bank's signature;
  duplicates and late ones change nothing;
- a failed order is paid again only by a new order that names it, once;
- paid orders of a reconciled day equal the bank statement.

Events out: ``PayoutSucceeded``, ``PayoutFailed``, ``StatementCompared`` (same transaction). Events in: none.
Ports: ``BankGateway``.
"""
