"""Rules of servicing, without a framework."""
