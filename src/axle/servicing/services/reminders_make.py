"""Deciding whom to remind of an instalment on a day (还款提醒), and writing to them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db import connection, transaction

from axle.kernel.money import Fen, yuan
from axle.messaging.public import SmsDraft, sms_send_all
from axle.party.public import CustomerReached, customers_reached
from axle.platform.public import Subject, legal_entities, parameter_value, working_calendar
from axle.servicing.domain.debit_days import due_dates_debited, due_dates_late
from axle.servicing.models import Reminder
from axle.servicing.parameters import DEBIT_ON_HOLIDAYS, REMINDER_DAYS

BEFORE, BEFORE_WITHOUT_CARD, AFTER = "instalment_due", "instalment_due_no_card", "instalment_overdue"
NOBODY = "-"
"""Stands for the number of a text that cannot be written, because no mobile phone is known."""
_BATCH = 500
_OPEN = "principal - principal_paid + interest - interest_paid + fee - fee_paid"
_MAKE = f"""
INSERT INTO servicing_reminder (loan_id, due_on, days_before, reminded_on, amount, message_no)
SELECT loan.id, owed.due_on, asked.days_before, %(today)s, owed.amount - loan.unapplied, ''
FROM (
    SELECT loan_id, due_on, sum({_OPEN}) AS amount, false AS is_late FROM servicing_instalment
    WHERE due_on = ANY(%(ahead)s) AND settled_on IS NULL GROUP BY loan_id, due_on
    UNION ALL
    SELECT row.loan_id, late.due_on, sum({_OPEN}), true
    FROM (
        SELECT DISTINCT loan_id, due_on FROM servicing_instalment WHERE due_on = ANY(%(past)s) AND settled_on IS NULL
    ) AS late
    JOIN servicing_instalment AS row
        ON row.loan_id = late.loan_id AND row.settled_on IS NULL AND row.due_on <= late.due_on
    GROUP BY row.loan_id, late.due_on
) AS owed
JOIN servicing_loan AS loan ON loan.id = owed.loan_id
JOIN unnest(%(asked)s::date[], %(days)s::smallint[], %(rules)s::text[]) AS asked(due_on, days_before, rule)
    ON asked.due_on = owed.due_on AND (asked.days_before < 0) = owed.is_late
        AND (asked.rule IS NULL OR asked.rule = coalesce(loan.terms #>> '{{holidays,rule}}', %(rule)s))
WHERE loan.state = 'in_force' AND loan.carrying <> 'written_off' AND loan.legal_entity_id = %(entity)s
    AND owed.amount > loan.unapplied
ON CONFLICT DO NOTHING
"""


def reminders_make(on: date) -> int:
    """Keep whom to remind on the date after ``on``; gives how many. Once each, however often it is asked.

    Days count to the one on which an instalment is debited. Before it an instalment counts alone, after it with all
    that was due earlier; money that waits is taken off.
    """
    today, made = on + timedelta(days=1), 0
    for entity in legal_entities():
        asked = list(_asked(entity.id, today))
        told = {
            "today": today,
            "entity": entity.id,
            "rule": parameter_value(DEBIT_ON_HOLIDAYS.code, on=today, legal_entity_id=entity.id),
            "asked": [due_on for due_on, _days, _rule in asked],
            "days": [days for _due_on, days, _rule in asked],
            "rules": [rule for _due_on, _days, rule in asked],
            "ahead": sorted({due_on for due_on, days, _rule in asked if days >= 0}),
            "past": sorted({due_on for due_on, days, _rule in asked if days < 0}),
        }
        with connection.cursor() as cursor:
            cursor.execute(_MAKE, told)
            made += cursor.rowcount
    return made


def _asked(entity_id: int, today: date) -> Iterator[tuple[date, int, str | None]]:
    """Of which due dates a company reminds today, how many days ahead, and by which rule for holidays."""
    working = working_calendar(legal_entity_id=entity_id, on=today)
    for days in parameter_value(REMINDER_DAYS.code, on=today, legal_entity_id=entity_id):
        dues = due_dates_debited if days >= 0 else due_dates_late
        for rule, due_on in dues(working, today + timedelta(days=days)):
            yield due_on, days, rule


def reminders_write() -> int:
    """Write the texts that are not written yet, a batch in a transaction each; gives how many."""
    written = 0
    while batch := _write():
        written += batch
    return written


@transaction.atomic
def _write() -> int:
    waiting = Reminder.objects.filter(message_no="").select_for_update(skip_locked=True, of=("self",))
    rows = list(waiting.select_related("loan").order_by("pk")[:_BATCH])
    reached = customers_reached({row.loan.customer_id for row in rows})
    numbers = sms_send_all(list(_drafts(rows, reached)))
    for row, number in zip(rows, numbers, strict=True):
        row.message_no = number or NOBODY
    Reminder.objects.bulk_update(rows, ["message_no"])
    return len(rows)


def _drafts(rows: Sequence[Reminder], reached: dict[int, CustomerReached]) -> Iterator[SmsDraft]:
    for row in rows:
        debtor = reached[row.loan.customer_id]
        told = {"name": debtor.name, "loan_no": row.loan.loan_no, "amount": yuan(Fen(row.amount))}
        template = AFTER if row.days_before < 0 else BEFORE if debtor.card_tail else BEFORE_WITHOUT_CARD
        more = {
            "days": str((row.reminded_on - row.due_on).days),
            "due_on": _pay_on(row, by_card=bool(debtor.card_tail)).isoformat(),
            "card_tail": debtor.card_tail,
        }
        yield SmsDraft(template, debtor.phone, told | more, Subject("loan", row.loan_id))


def _pay_on(row: Reminder, *, by_card: bool) -> date:
    """The day on which money must be there: that of the debit, or the due date for those who pay themselves."""
    return row.reminded_on + timedelta(days=row.days_before) if by_card else row.due_on
