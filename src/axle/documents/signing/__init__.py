"""Electronic signatures: a local test authority, visible PAdES signatures with time stamps, and verification.

Source: REG-ESIGN-13 (exclusive creation data, later changes detectable), REG-ESIGN-14.
"""
