"""Reads of servicing, each within the actor's data scope."""
