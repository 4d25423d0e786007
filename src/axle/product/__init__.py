"""Product: what the institution sells, and on which terms.

Owns products, their versions with every term (amount, loan-to-value caps, periods, rates, methods, fees, penalty,
grace, allocation, early repayment, documents, process, strategy), the check of a request against them, live quotes
with the annual cost, and the cost sheet that a borrower must see (综合融资成本明示表).

Invariants
- A version's terms never change after it is stored (a database trigger refuses it); a change is a new version, and
  contracts keep the version that they were signed on.
- On any date at most one version of a product is on sale.
- A version goes on sale only when its strategy is active and its highest rate keeps the legal entity's cost cap.
- Amounts are fen inside and yuan strings outside; nothing is rounded here that ``amortization`` has not rounded.

Events out: ProductVersionActivated, ProductVersionRetired (same transaction). Events in: none.
"""
