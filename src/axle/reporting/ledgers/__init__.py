"""The ledgers (台账): one row per loan or per transaction.

Source: domain practice; columns and formulas in the catalogues.
"""
