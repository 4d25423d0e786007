"""Platform: the mechanisms that every business context uses, once each.

Owns: legal entities, departments, positions, employees; users, roles, permissions and data scopes; sign-in;
commands (every write: permission, idempotency, maker-checker, operation log in one place); listings (every
list: scope, filter, sort, totals, export); parameters and dictionaries; numbers; files; domain events;
background jobs; the business date and the end-of-day runner; invariants; personal-data encryption.

Invariants: no write without an operation-log row, and that log is append-only in the database; the checker
is never the maker; a repeated idempotency key returns the stored result; personal data is stored only
encrypted; a listing shows no row outside the actor's scope.

Events out: none of its own; it carries everyone's. Entered by ``public``, ``fields``, ``http``, ``listing``,
``events``, ``errors`` and, from tests, ``testing``.
"""
