"""Writes of payments, one verb each."""
