"""Reads of the ledger. Books belong to a legal entity and are read whole: every read names the entity."""
