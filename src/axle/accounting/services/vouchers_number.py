"""Give vouchers their words and monthly numbers."""

import json

from django.db import connection, transaction

from axle.accounting.domain.words import ONE_WORD, SPLIT_WORDS
from axle.accounting.models import Voucher
from axle.accounting.parameters import is_split_into_words
from axle.platform.public import business_date, note_change

NUMBER = """
WITH waiting AS (
    SELECT id, period, %(words)s::jsonb ->> flow AS word,
           row_number() OVER (PARTITION BY period, %(words)s::jsonb ->> flow ORDER BY id) AS place
    FROM accounting_voucher WHERE legal_entity_id = %(entity)s AND number IS NULL
), taken AS (
    SELECT period, word, (
        SELECT max(number) FROM accounting_voucher v
        WHERE v.legal_entity_id = %(entity)s AND v.period = series.period AND v.word = series.word
    ) AS last
    FROM (SELECT DISTINCT period, word FROM waiting) AS series
)
UPDATE accounting_voucher v SET word = waiting.word, number = coalesce(taken.last, 0) + waiting.place
FROM waiting LEFT JOIN taken USING (period, word)
WHERE v.id = waiting.id
"""


def vouchers_number() -> int:
    """Number every voucher that has none: 1, 2, 3 … per entity, month and word; gives how many.

    A number is taken only by a committed voucher, so there are no gaps, and posting holds no lock for it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('accounting_voucher_number', 0))")
        waiting = Voucher.objects.filter(number=None).order_by("legal_entity_id")
        entity_ids = list(waiting.values_list("legal_entity_id", flat=True).distinct())
        count = sum(_number(entity_id) for entity_id in entity_ids)
    if count:
        note_change(type="voucher", id="*", after={"numbered": count})
    return count


def _number(legal_entity_id: int) -> int:
    is_split = is_split_into_words(on=business_date(), legal_entity_id=legal_entity_id)
    words = json.dumps(SPLIT_WORDS if is_split else ONE_WORD)
    with connection.cursor() as cursor:
        cursor.execute(NUMBER, {"entity": legal_entity_id, "words": words})
        return int(cursor.rowcount)
