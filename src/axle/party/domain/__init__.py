"""Pure rules of party."""
