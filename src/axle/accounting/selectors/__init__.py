"""Reads of accounting. Books are read whole: every read names the legal entity."""
