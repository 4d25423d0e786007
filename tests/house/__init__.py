"""The house itself: launcher, command line, embedded PostgreSQL, supervisor."""
