"""A second opinion on servicing: what the commands left in the database against a model that shares no code with it.

The people of the institution do at random what they may do with a few loans, and every day ends. Whatever a command
answered is told to a slow model of each loan (``axle.amortization.tests.slow_life``: fractions, day by day) and to a
ledger of a page of plain Python. After every day both must say what the tables say.
"""
