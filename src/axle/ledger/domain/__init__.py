"""Pure rules of double entry: drafts that balance, red reversals, accounting months."""
