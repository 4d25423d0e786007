"""Writes of product, one verb per file."""
