"""What must always hold about documents, for ``./axle check``."""

from django.db import connection

from axle.platform.public import invariant


def _lines(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [str(row[0]) for row in cursor.fetchall()]


@invariant("document_revisions_chained")
def document_revisions_chained() -> list[str]:
    """Each revision starts from the hash where the one before it ended, and the newest is the document's own."""
    return _lines(
        """
        SELECT 'document ' || d.document_no || ': evidence does not lead to its file'
        FROM documents_document d
        LEFT JOIN LATERAL (
            SELECT bool_and(sha256_before = before) AS is_chain, (array_agg(sha256_after ORDER BY id DESC))[1] AS latest
            FROM (SELECT e.*, coalesce(lag(sha256_after) OVER (ORDER BY id), '') AS before
                  FROM documents_documentevidence e WHERE e.document_id = d.id) steps
        ) chain ON true
        WHERE chain.is_chain IS NOT TRUE OR chain.latest IS DISTINCT FROM d.sha256
        ORDER BY d.document_no
        """
    )


@invariant("document_files_match")
def document_files_match() -> list[str]:
    """The hash on a document and on each piece of evidence is that of the stored file."""
    return _lines(
        """
        SELECT 'document ' || d.document_no || ': hash differs from its file' FROM documents_document d
        JOIN platform_storedfile f ON f.id = d.file_id WHERE f.sha256 <> d.sha256
        UNION ALL
        SELECT 'evidence ' || e.id || ': hash differs from its file' FROM documents_documentevidence e
        JOIN platform_storedfile f ON f.id = e.file_id WHERE f.sha256 <> e.sha256_after
        """
    )


@invariant("document_state_matches_evidence")
def document_state_matches_evidence() -> list[str]:
    """sealed, signed, draft and void say what the evidence says."""
    return _lines(
        """
        SELECT 'document ' || d.document_no || ': state ' || d.state || ' but its acts are ' || e.acts
        FROM documents_document d
        JOIN LATERAL (SELECT string_agg(DISTINCT act, ',') AS acts FROM documents_documentevidence
                      WHERE document_id = d.id) e ON true
        WHERE d.state <> CASE WHEN e.acts LIKE '%voided%' THEN 'void' WHEN e.acts LIKE '%sealed%' THEN 'sealed'
                              WHEN e.acts LIKE '%signed%' THEN 'signed' ELSE 'draft' END
        """
    )
