"""Kernel: the words every context shares, in pure Python.

Owns money (integers of fen), rates, rounding, dates and calendars, identifier checks (resident id, VIN,
bank card, company code), ids and the error base. Imports nothing of Axle and no Django.

Invariants: no float touches money; rounding happens only in ``kernel.rounding``; an error carries a code,
and its sentence lives in a locale catalogue.
"""
