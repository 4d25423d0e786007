"""What the role of web and worker may do: work with rows, change no table, and keep what is append-only.

The rights are those that the tables' own triggers leave: whoever owns a table can switch its triggers off, so the role
that does the business owns none, and is refused by the database before any trigger is asked.
"""

from psycopg import sql

_GIVEN = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
)
_REFUSED = """
SELECT tgrelid::regclass::text, right_name
FROM pg_trigger CROSS JOIN (VALUES (8, 'DELETE'), (16, 'UPDATE')) AS event (bit, right_name)
WHERE tgfoid = 'axle_refuse_change'::regproc AND tgtype & bit <> 0
ORDER BY 1, 2
"""


def rights_give(role: str) -> None:
    """Give a role, as the owner of the tables, what the business needs, and nothing that a trigger refuses."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _GIVEN:
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
        cursor.execute(_REFUSED)
        for table, right in cursor.fetchall():
            revoke = sql.SQL("REVOKE {} ON {} FROM {}")
            cursor.execute(revoke.format(sql.SQL(right), sql.Identifier(table), sql.Identifier(role)))
