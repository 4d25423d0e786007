"""Channel: the dealers through whom applications come and to whom purchase prices are paid.

Owns: dealers (经销商) with their company code, region, grade, state and settlement account.

Invariants: a dealer receives money only on the account that a second person has checked (the command is meant
for maker-checker); the account number is encrypted at rest; an exited dealer never becomes active again.

Events out: ``DealerSuspended``. Events in: none. A dealer's own sign-ins are platform users whose channel ids
name the dealer; their data scope is ``channel``.
"""
