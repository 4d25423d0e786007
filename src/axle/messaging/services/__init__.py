"""Writes of messaging, one verb each."""
