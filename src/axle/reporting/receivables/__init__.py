"""Receivables: what borrowers have to pay, and by when."""
