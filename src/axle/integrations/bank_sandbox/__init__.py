"""The bank adapter: signed form requests out, signed JSON replies and signed call-backs in."""
