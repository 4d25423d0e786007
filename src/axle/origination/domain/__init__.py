"""Pure rules of origination: state machines, checks, decision input. No Django."""
