"""Writes of the ledger, one verb each."""
