"""Debtors are reminded of an instalment before its day and after it, once each, at an hour when one may write."""

from datetime import date, datetime

import pytest

from axle.messaging.domain.quiet_hours import seconds_of_quiet
from axle.messaging.models import Message, SmsTemplate
from axle.messaging.services.sms_templates_install import sms_templates_install
from axle.party.models import BankCard
from axle.platform.models import ParameterValue
from axle.servicing.domain.reminders import reminder_days
from axle.servicing.models import Instalment, Loan, Reminder
from axle.servicing.services.reminders_make import reminders_make, reminders_write
from axle.servicing.tests.acts import INSTALMENT, days_to, pay
from axle.servicing.tests.factories import make_loan

DUE_1, DUE_2 = date(2026, 2, 15), date(2026, 3, 15)


def told():
    return [
        (row.days_before, row.due_on.isoformat(), row.amount) for row in Reminder.objects.order_by("reminded_on", "pk")
    ]


def texts():
    return [message.content for message in Message.objects.order_by("pk")]


def test_three_days_one_day_on_the_day_and_the_day_after(loan):
    days_to(date(2026, 3, 20))
    of_second = [row for row in told() if row[1] == "2026-03-15"]
    assert of_second == [(days, "2026-03-15", 874_515) for days in (3, 1, 0, -1)]
    assert reminders_make(date(2026, 3, 15)) == 0  # asked again, nothing new


def test_what_is_paid_is_not_asked_for_and_what_waits_is_taken_off(loan):
    Reminder.objects.all().delete()
    pay(loan, 100_000)
    days_to(date(2026, 3, 13))
    assert told() == [(3, "2026-03-15", 774_515)]
    pay(loan, 774_515)
    days_to(date(2026, 3, 20))
    assert len(told()) == 1


def test_after_its_day_an_instalment_counts_with_all_that_is_late(loan):
    days_to(date(2026, 4, 20))
    last = told()[-1]
    assert last == (-1, "2026-04-15", 2 * INSTALMENT)
    assert told()[-2] == (0, "2026-04-15", INSTALMENT)


def test_the_texts_are_written_once_and_name_the_card(loan):
    sms_templates_install()
    Reminder.objects.all().delete()
    days_to(date(2026, 3, 13))
    assert (reminders_write(), reminders_write()) == (1, 0)
    card = BankCard.objects.create(
        customer_id=loan.customer_id, card_no="6222021234567890", bank_name="工商银行", is_default=True
    )
    days_to(date(2026, 3, 15))
    days_to(date(2026, 3, 17))
    assert reminders_write() == 3
    head = f"【车轴金融】张三您好，您的贷款{loan.loan_no}"
    assert texts() == [
        f"{head}本期应还8745.15元，还款日2026-03-15，请按时还款。",
        f"{head}本期应还8745.15元，还款日2026-03-15，请确保尾号{card.card_no[-4:]}的银行卡余额充足。",
        f"{head}本期应还8745.15元，还款日2026-03-15，请确保尾号{card.card_no[-4:]}的银行卡余额充足。",
        f"{head}已逾期1天，应还8745.15元，请尽快还款以免影响征信记录。",
    ]
    numbers = list(Reminder.objects.order_by("pk").values_list("message_no", flat=True))
    assert numbers == list(Message.objects.order_by("pk").values_list("request_no", flat=True))


def test_nobody_is_written_to_without_a_mobile_phone_or_by_a_template_out_of_use(loan):
    sms_templates_install()
    Reminder.objects.all().delete()
    other = make_loan(number=2)
    type(other.customer).objects.filter(pk=other.customer_id).update(phone="021-5555")
    SmsTemplate.objects.filter(code="instalment_overdue").update(is_active=False)
    days_to(date(2026, 3, 17))
    reminders_write()
    by_loan = dict.fromkeys((loan.pk, other.pk), ())
    for row in Reminder.objects.filter(due_on=DUE_2).order_by("pk"):
        by_loan[row.loan_id] += (row.message_no != "-",)
    assert by_loan == {loan.pk: (True, True, True, False), other.pk: (False, False, False, False)}


def test_the_days_are_a_parameter(loan):
    Reminder.objects.all().delete()
    ParameterValue.objects.create(
        code="servicing.reminder_days", value=[5], effective_from=date(2026, 1, 1), set_by="x"
    )
    days_to(date(2026, 3, 20))
    assert told() == [(5, "2026-03-15", 874_515)]


def spring(rule, loan):
    """Whom February 2026 reminds of 15 February, the first day of the Spring Festival; people work on Saturday 14."""
    Reminder.objects.all().delete()
    Instalment.objects.filter(loan=loan, due_on=DUE_1).update(settled_on=None, interest_paid=0, principal_paid=0)
    ParameterValue.objects.create(
        code="servicing.debit_on_holidays", value=rule, effective_from=date(2026, 1, 1), set_by="x"
    )
    for day in range(1, 28):
        reminders_make(date(2026, 2, day))
    return [
        (row.days_before, f"{row.reminded_on:%m-%d}") for row in Reminder.objects.filter(due_on=DUE_1).order_by("pk")
    ]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("keep", ["02-12", "02-14", "02-15", "02-16"]),
        ("previous", ["02-11", "02-13", "02-14", "02-16"]),
        ("next", ["02-21", "02-23", "02-24", "02-25"]),
    ],
)
def test_where_banks_rest_days_count_to_the_debit(loan, rule, days):
    assert spring(rule, loan) == list(zip((3, 1, 0, -1), days, strict=True))


def test_the_rule_of_the_loans_own_terms_comes_first(loan):
    loan.terms["holidays"] = {"calendar": "cn", "rule": "previous"}
    Loan.objects.filter(pk=loan.pk).update(terms=loan.terms)
    assert [on for _days, on in spring("next", loan)] == ["02-11", "02-13", "02-14", "02-16"]


def test_a_text_about_a_card_names_the_day_of_the_debit(loan):
    sms_templates_install()
    BankCard.objects.create(
        customer_id=loan.customer_id, card_no="6222021234567890", bank_name="工商银行", is_default=True
    )
    spring("previous", loan)
    reminders_write()
    assert [text.split("还款日")[-1][:10] for text in texts()[:3]] == ["2026-02-14"] * 3
    assert "已逾期1天" in texts()[3]


@pytest.mark.parametrize("data", [[1.5], [31], ["3"], [3, 3], [True]])
def test_days_that_mean_nothing(data):
    with pytest.raises(ValueError, match=r".*"):
        reminder_days(data)


@pytest.mark.parametrize(
    ("now", "seconds"),
    [("08:00", 0), ("20:59", 0), ("21:00", 11 * 3600), ("23:30", 8 * 3600 + 1800), ("00:00", 8 * 3600), ("07:59", 60)],
)
def test_quiet_hours(now, seconds):
    moment = datetime.fromisoformat(f"2026-03-12T{now}:00+08:00")
    assert seconds_of_quiet(moment, 21, 8) == seconds
