"""Writes of decisioning, one verb per file."""
