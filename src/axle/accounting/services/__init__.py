"""Writes of accounting, one verb each."""
