"""Writes of party, one verb each."""
