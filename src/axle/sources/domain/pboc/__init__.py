"""The second-generation personal credit report of the PBOC: its tree, and what is derived from it."""
