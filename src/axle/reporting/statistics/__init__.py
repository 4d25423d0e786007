"""Statistics: figures over many loans."""
