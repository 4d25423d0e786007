"""The whole system as processes that die: web, worker and database, killed at named points of a loan's life."""
