"""The five ledgers on a small book, to the fen, tied to the general ledger, within scope, in files and on paper."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from axle.accounting.public import principal_account_ids
from axle.kernel.money import Fen, yuan
from axle.ledger.public import balance_of_accounts
from axle.platform.models import ParameterValue
from axle.platform.testing import client_for, make_department, make_entity, make_user
from axle.servicing.models import Loan, ProvisionMonth
from axle.servicing.public import next_debit_day
from tests.journeys.small_book import TODAY, asked, reader, small_book

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture(scope="module")
def book(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_book()
        transaction.set_rollback(True)


@pytest.fixture
def loan(book, db):
    return book


def get(client, path, **params):
    status, body = client.get(path, **params)
    assert status == 200, body
    return body


def test_the_balance_ledger_rolls_forward_and_stands_on_the_books(loan):
    client = reader()
    body = get(client, "/reports/balance_ledger", **asked())
    rows = {row["loan_no"]: row for row in body["items"]}
    paid, late = rows[loan.loan_no], next(row for no, row in rows.items() if no != loan.loan_no)
    moved = ("principal_opening", "disbursed", "repaid", "adjusted", "principal_closing", "principal_overdue")
    assert [paid[key] for key in moved] == ["92004.85", "0.00", "8055.11", "0.00", "83949.74", "0.00"]
    assert [late[key] for key in moved] == ["100000.00", "0.00", "0.00", "0.00", "100000.00", "16050.26"]
    # 83,949.74 × 9 % ÷ 360 × 6 days of the third period = 125.92; loan 2 owes 750.00 + 690.04 + its own 125.92
    assert (paid["interest_receivable"], late["interest_receivable"]) == ("125.92", "1565.96")
    assert (paid["days_past_due"], late["days_past_due"]) == (0, 33)

    summary = get(client, "/reports/balance_ledger/summary", **asked())
    assert summary["totals"]["principal_closing"] == "183949.74"
    assert [(check["code"], check["is_ok"]) for check in summary["checks"]] == [
        ("opening_in_out_closing", True),
        ("principal_accounts", True),
    ]
    entity = make_entity().pk
    books = balance_of_accounts(legal_entity_id=entity, account_ids=principal_account_ids(entity), on=date(2026, 3, 20))
    assert books == 18_394_974


def test_a_past_month_tells_the_same_after_more_has_happened(loan):
    span = asked(since="2026-02-01", until="2026-02-28")
    row = next(
        row for row in get(reader(), "/reports/balance_ledger", **span)["items"] if row["loan_no"] == loan.loan_no
    )
    assert [row[key] for key in ("principal_opening", "repaid", "principal_closing")] == [
        "100000.00",
        "7995.15",
        "92004.85",
    ]
    # 92,004.85 × 9 % ÷ 360 × 16 days, 15 February to 1 March in months of 30
    assert row["interest_receivable"] == "368.02"


def test_the_disbursement_ledger_adds_up(loan):
    span = asked(since="2026-01-01", until="2026-01-31")
    body = get(reader(), "/reports/disbursement_ledger", **span)
    assert [(row["principal"], row["cumulative"]) for row in body["items"]] == [
        ("100000.00", "100000.00"),
        ("100000.00", "200000.00"),
    ]
    assert all(row["entry_no"] for row in body["items"])
    summary = get(reader("second"), "/reports/disbursement_ledger/summary", group="month", **span)
    assert summary["totals"] == {"principal": "200000.00"}
    assert summary["groups"] == [{"group": "2026-01", "count": 2, "principal": "200000.00"}]


def test_the_repayment_ledger_tells_what_each_receipt_paid(loan):
    body = get(reader(), "/reports/repayment_ledger", **asked())
    (row,) = body["items"]
    paid = ("principal_paid", "interest_paid", "penalty_paid", "unapplied_paid", "paid_total", "principal_left")
    assert [row[key] for key in paid] == ["8055.11", "690.04", "15.10", "0.00", "8760.25", "83949.74"]
    assert (row["period_no"], row["due_amount"], row["is_early"]) == (2, "8745.15", False)
    assert row["voucher_no"].startswith("记-")
    totals = get(reader("second"), "/reports/repayment_ledger/summary", **asked(since="2026-01-01"))["totals"]
    assert (totals["principal_paid"], totals["paid_total"]) == ("16050.26", "17505.40")


def test_the_overdue_ledger_is_of_the_day_end_snapshot(loan):
    client = reader()
    body = get(client, "/reports/overdue_ledger", as_of="2026-03-20", legal_entity_id=make_entity().pk)
    (row,) = body["items"]
    parts = ("principal_overdue", "interest_overdue", "principal_balance", "periods_overdue", "days_past_due", "bucket")
    assert [row[key] for key in parts] == ["16050.26", "1440.04", "100000.00", 2, 33, "M2"]
    # 7,995.15 × 13.5 % ÷ 360 × 33 days = 98.94; 8,055.11 × 13.5 % ÷ 360 × 5 days = 15.10
    assert (row["penalty"], row["overdue_total"]) == ("114.04", "17604.34")
    earlier = get(client, "/reports/overdue_ledger", as_of="2026-03-19", legal_entity_id=make_entity().pk)
    assert sorted(row["days_past_due"] for row in earlier["items"]) == [4, 32]
    assert (row["days_in_arrears"], [one["days_in_arrears"] for one in earlier["items"]]) == (33, [32, 4])
    status, refused = client.get("/reports/overdue_ledger", as_of=TODAY.isoformat())
    assert (status, refused["code"], refused["field"]) == (422, "report_day_missing", "as_of")


def test_a_report_shows_no_row_outside_the_readers_scope(loan):
    other = reader("elsewhere", scope="department", department=make_department("别处"))
    assert get(other, "/reports/balance_ledger", **asked())["items"] == []
    assert get(other, "/reports/balance_ledger/summary", **asked())["totals"]["principal_closing"] == "0.00"
    assert get(other, "/reports/repayment_ledger", **asked())["items"] == []
    assert get(other, "/reports/overdue_ledger", as_of="2026-03-20")["items"] == []


def test_a_file_says_who_took_it_and_what_for(loan):
    client = reader()
    _status, answer = client.get("/reports/balance_ledger/export", format="csv", **asked())
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert answer["X-Total-Rows"] == "2"
    assert lines[0] == "余额台账"
    assert "导出人 reader" in lines[1]
    assert "起始日 2026-03-01" in lines[1]
    assert lines[2].startswith("序号,借据号")
    assert len(lines) == 6
    assert lines[-1].startswith("合计,")
    assert "183949.74" in lines[-1]
    _status, sheet = client.get("/reports/balance_ledger/export", format="xlsx", **asked())
    assert b"".join(sheet.streaming_content)[:2] == b"PK"


def test_a_print_is_a_pdf(loan):
    response = reader().raw.get("/api/v1/reports/overdue_ledger/print?as_of=2026-03-20")
    assert response.status_code == 200
    assert response.content[:5] == b"%PDF-"


def test_average_rates_are_weighted_and_count_every_day(loan):
    span = asked(since="2026-03-16", until="2026-03-20")
    (row,) = get(reader(), "/reports/average_rates", **span)["items"]
    # 192,004.85 on four days and 183,949.74 on 20 March: (4 × 192,004.85 + 183,949.74) ÷ 5
    assert row["average_balance"] == "190393.83"
    assert (row["rate_average"], row["rate_closing"], row["amount_new"]) == ("0.09", "0.09", "0.00")
    # two loans earn 20.99 a day for five days and one paid 15.10 of penalty; 6 % tax is split off each entry
    assert row["interest_income"] == "212.21"
    january = get(reader("second"), "/reports/average_rates", **asked(since="2026-01-01", until="2026-01-31"))["items"]
    assert [(row["amount_new"], row["rate_new"], row["irr_new"]) for row in january] == [("200000.00", "0.09", "0.09")]


def test_what_is_to_be_collected_is_listed_to_be_signed(loan):
    client, span = reader(), asked(since="2026-03-01", until="2026-03-31")
    (row,) = get(client, "/reports/interest_to_collect", **span)["items"]
    assert (row["period_no"], row["due_on"], row["interest_to_collect"]) == (2, "2026-03-15", "690.04")
    assert get(client, "/reports/fees_to_collect", **span)["items"] == []
    response = client.raw.get("/api/v1/reports/interest_to_collect/print?since=2026-02-01&until=2026-03-31")
    assert response.content[:5] == b"%PDF-"


def test_what_is_to_be_debited_is_reckoned_to_the_day(loan):
    client, span = reader(), {"legal_entity_id": make_entity().pk}
    assert get(client, "/reports/debit_list", **span)["items"] == []
    for one in Loan.objects.all():
        card = {"card_no": "6222020200112233", "bank_name": "工商银行", "is_default": True}
        one.customer.bank_cards.create(**card)
    (late,) = get(client, "/reports/debit_list", **span)["items"]
    parts = ("oldest_due_on", "periods_overdue", "principal_to_debit", "interest_to_debit", "penalty", "total_to_debit")
    # by 22 March: 7,995.15 × 13.5 % ÷ 360 × 35 days = 104.94; 8,055.11 × 13.5 % ÷ 360 × 7 days = 21.14
    assert [late[key] for key in parts] == ["2026-02-15", 2, "16050.26", "1440.04", "126.08", "17616.38"]
    assert late["card_no"].endswith("2233")
    assert "6222020200112233" not in late["card_no"]
    late, due = get(client, "/reports/debit_list", debit_on="2026-04-15", **span)["items"]
    assert (due["loan_no"], due["periods_overdue"], due["total_to_debit"]) == (loan.loan_no, 0, "8745.15")


def test_where_banks_rest_what_falls_due_on_a_holiday_is_debited_on_a_working_day(loan):
    client = reader()

    def banks_rest(rule):
        ParameterValue.objects.create(
            code="servicing.debit_on_holidays", value=rule, effective_from=date(2026, 1, 1), set_by="x"
        )

    def listed(on):
        rows = get(client, "/reports/debit_list", debit_on=on, legal_entity_id=make_entity().pk)["items"]
        return {row["loan_no"]: row for row in rows}

    for one in Loan.objects.all():
        one.customer.bank_cards.create(card_no="6222020200112233", bank_name="工商银行", is_default=True)
    banks_rest("previous")
    ahead = listed("2026-08-14")[loan.loan_no]  # 15 August is a Saturday
    assert (ahead["oldest_due_on"], ahead["periods_overdue"]) == ("2026-04-15", 4)
    banks_rest("next")
    own = listed("2026-08-14")[loan.loan_no]
    parts = ("principal_to_debit", "interest_to_debit", "penalty", "compound")
    more = [Decimal(ahead[part]) - Decimal(own[part]) for part in parts]
    assert (sum(more), more[2:]) == (Decimal("8745.15"), [0, 0])
    assert listed("2026-08-15") == listed("2026-08-16") == {}
    assert Decimal(listed("2026-08-17")[loan.loan_no]["interest_to_debit"]) == Decimal(ahead["interest_to_debit"])
    assert next_debit_day(make_entity().pk) == date(2026, 3, 23)  # today is a Saturday


def test_the_calendar_of_a_year_says_where_it_comes_from(book, db):
    client = client_for(make_user("admin2", permissions=("platform.parameter.view",)))

    def days(year):
        return get(client, "/reports/working_days", year=year, page_size=100)["items"]

    of_2026 = {row["on"]: row["day_kind"] for row in days(2026)}
    assert (of_2026["2026-10-10"], of_2026["2026-10-07"], "2026-10-08" in of_2026) == ("worked", "holiday", False)
    assert days(2027) == []
    entered = {"2027": {"holidays": [["2027-01-01", "2027-01-01"]], "worked": []}}
    ParameterValue.objects.create(
        code="platform.calendar_years", value=entered, effective_from=date(2026, 1, 1), set_by="x"
    )
    assert [(row["on"], row["weekday"], row["day_source"]) for row in days(2027)] == [("2027-01-01", "5", "entered")]


def test_roll_rates_follow_each_bucket_between_two_days(loan):
    client, entity = reader(), {"legal_entity_id": make_entity().pk}

    def rows(since, until):
        found = get(client, "/reports/roll_rates", since=since, until=until, **entity)["items"]
        keys = ("bucket_before", "loans", "principal_balance", "share_m0", "share_m1", "share_m2", "roll_rate")
        return [tuple(row[key] for key in keys) for row in found[:2]]

    assert rows("2026-03-01", "2026-03-19") == [
        ("M0", 1, "92004.85", "0", "1", "0", "1"),
        ("M1", 1, "100000.00", "0", "0", "1", "1"),
    ]
    assert rows("2026-03-19", "2026-03-20") == [
        ("M0", 0, "0.00", None, None, None, None),
        ("M1", 1, "92004.85", "1", "0", "0", "0"),
    ]
    elsewhere = reader("else", scope="department", department=make_department("另一处"))
    first = get(elsewhere, "/reports/roll_rates", since="2026-03-01", until="2026-03-19", **entity)["items"][0]
    assert (first["loans"], first["principal_balance"]) == (None, None)
    status, refused = client.get("/reports/roll_rates", since="2026-01-01", until="2026-03-19", **entity)
    assert (status, refused["code"], refused["field"]) == (422, "report_day_missing", "since")


def test_the_classes_of_loans_migrate_between_two_days(loan):
    client, span = reader(), asked(since="2026-03-01", until="2026-03-19")

    def rows(**more):
        found = get(client, "/reports/class_migration", **(span | more))["items"]
        return {row["class_before"]: row for row in found}

    # both were late on 19 March, loan 2 for 32 days and loan 1 for four: only more than seven count
    mention = rows()["special_mention"]
    told = ("loans", "principal_opening", "loans_normal", "loans_special_mention", "principal_special_mention")
    assert [mention[key] for key in told] == [1, "100000.00", 0, 1, "100000.00"]
    normal = rows()["normal"]
    assert [normal[key] for key in told] == [1, "92004.85", 1, 0, "0.00"]
    assert (normal["migration_rate"], normal["principal_normal"]) == ("0", "92004.85")
    summary = get(client, "/reports/class_migration/summary", **span)
    assert (summary["totals"]["loans"], summary["totals"]["principal_opening"]) == (2, "192004.85")
    assert [(check["code"], check["is_ok"]) for check in summary["checks"]] == [("principal_of_classes", True)]
    fell = rows(since="2026-02-16")["normal"]
    assert [fell[key] for key in told] == [2, "192004.85", 1, 1, "100000.00"]
    assert fell["migration_rate"] == "0.5208"
    cell = {"class_before": "normal", "class_after": "special_mention", "since": "2026-02-16"}
    (behind,) = get(client, "/reports/class_moves", **(span | cell))["items"]
    assert (behind["principal_opening"], behind["principal_closing"]) == ("100000.00", "100000.00")
    elsewhere = reader("migrated", scope="department", department=make_department("又一处"))
    assert get(elsewhere, "/reports/class_migration/summary", **span)["totals"]["loans"] == 0


def test_a_ledger_tells_the_allowance_of_each_loan(loan):
    rows = get(reader(), "/reports/balance_ledger", **asked())["items"]
    held = {row["loan_no"]: (row["stage"], row["allowance"]) for row in rows}
    # 92,004.85 × 2 % × 45 %; of stage 2 what was computed for the loan at the end of February
    months = {row.stage: yuan(Fen(row.provision)) for row in ProvisionMonth.objects.filter(business_on="2026-02-28")}
    assert held.pop(loan.loan_no) == (1, "828.04")
    assert list(held.values()) == [(2, months[2])]
    assert months[1] == "828.04"


def test_collection_is_told_of_what_fell_due(loan):
    body = get(reader(), "/reports/interest_fee_collection", **asked(since="2026-02-01", until="2026-03-31"))
    (row,) = body["items"]
    # two loans, 750.00 and 690.04 each; one paid both
    told = ("instalments", "interest_due", "interest_received", "interest_open", "interest_late")
    assert [row[key] for key in told] == [4, "2880.08", "1440.04", "1440.04", "1440.04"]
    assert (row["interest_rate_collected"], row["fee_rate_collected"]) == ("0.5", None)


def test_a_loan_that_was_told_in_sums_has_the_same_ledger(loan):
    def figures(name):
        client = reader(name)
        rows = get(client, "/reports/balance_ledger", **asked())["items"]
        part = get(client, "/reports/balance_ledger/summary", **asked(loan_no=loan.loan_no))
        rates = get(client, "/reports/average_rates", **asked())["items"]
        return rows, part["totals"], part["checks"], [(row["average_balance"], row["rate_average"]) for row in rates]

    before = figures("before")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        told = "UPDATE servicing_posting SET told_in = event_no WHERE loan_id = %s"
        cursor.execute(told, [loan.pk])
        cursor.execute("UPDATE ledger_entryline SET loan_no = '' WHERE loan_no = %s", [loan.loan_no])
        entries = "UPDATE ledger_journalentry SET source_type = 'eod' WHERE source_type = 'loan' AND source_id = %s"
        cursor.execute(entries, [loan.pk])
        cursor.execute("SET session_replication_role = origin")
    assert figures("after") == before
    (row,) = get(reader("third"), "/reports/repayment_ledger", **asked())["items"]
    assert (row["loan_no"], row["principal_paid"]) == (None, "8055.11")


def test_each_instalment_is_told_with_what_came_and_what_is_open(loan):
    client, span = reader(), asked(since="2026-02-01", until="2026-03-20")
    rows = get(client, "/reports/interest_receivable_detail", **span)["items"]
    second = next(row for row in rows if row["loan_no"] == loan.loan_no and row["period_no"] == 2)
    told = ("base_principal", "days", "annual_rate", "interest_due", "interest_received", "interest_open", "days_late")
    assert [second[key] for key in told] == ["92004.85", 30, "0.09", "690.04", "690.04", "0.00", 5]
    sums = get(client, "/reports/interest_receivable_detail/summary", **span)["totals"]
    assert sums == {"interest_due": "2880.08", "interest_received": "1440.04", "interest_open": "1440.04"}
    assert get(client, "/reports/fee_receivable_detail", **span)["items"] == []
    late = get(client, "/reports/overdue_receivable_detail", **span)["items"]
    assert [(row["period_no"], row["overdue_total"], row["days_past_due"]) for row in late] == [
        (1, "8745.15", 34),
        (2, "8745.15", 6),
    ]
    sums = get(client, "/reports/overdue_receivable_detail/summary", **span)["totals"]
    assert (sums["principal_overdue"], sums["overdue_total"]) == ("16050.26", "17490.30")


def test_a_loan_is_told_day_by_day(loan):
    client, span = reader(), {"since": "2026-03-14", "until": "2026-03-20"}
    late = next(
        row["loan_no"]
        for row in get(client, "/reports/balance_ledger", **asked())["items"]
        if row["loan_no"] != loan.loan_no
    )
    rows = get(client, "/reports/loan_accruals", loan_no=late, **span)["items"]
    assert [row["on"] for row in rows] == [f"2026-03-{day}" for day in range(14, 21)]
    last = rows[-1]
    assert (last["principal_overdue"], last["penalty_open"], last["interest_open"]) == ("16050.26", "114.04", "1440.04")
    # 83,949.74 × 9 % ÷ 360 = 20.99 a day; 16,050.26 × 13.5 % ÷ 360 = 6.02 a day
    assert (last["interest_accrued"], last["penalty_accrued"]) == ("20.99", "6.02")
    paid = get(client, "/reports/loan_accruals", loan_no=loan.loan_no, **span)["items"][-1]
    assert (paid["received"], paid["principal_balance"], paid["penalty_open"]) == ("8760.25", "83949.74", "0.00")
    status, refused = client.get("/reports/loan_accruals", loan_no=late, since="2020-01-01", until="2026-03-20")
    assert (status, refused["code"], refused["field"]) == (422, "span_too_long", "since")
    assert client.get("/reports/loan_accruals", **span)[0] == 422
    other = reader("afar", scope="department", department=make_department("远处"))
    assert get(other, "/reports/loan_accruals", loan_no=late, **span)["items"] == []


def test_classes_add_up_to_the_books(loan):
    client, on = reader(), {"as_of": "2026-03-20", "legal_entity_id": make_entity().pk}
    (row,) = get(client, "/reports/loan_quality", **on)["items"]
    told = ("risk_class", "class_before", "trend", "stage", "principal_balance", "days_past_due", "principal_overdue")
    assert [row[key] for key in told] == ["special_mention", "special_mention", "same", 2, "100000.00", 33, "16050.26"]
    body = get(client, "/reports/loan_classes", **on)["items"]
    lines = {line["class_line"]: (line["loans"], line["principal_balance"], line["share"]) for line in body}
    assert lines["normal"] == (1, "83949.74", "0.4564")
    assert lines["special_mention"] == (1, "100000.00", "0.5436")
    assert (lines["non_performing"], lines["all"]) == ((0, "0.00", "0"), (2, "183949.74", "1"))
    checks = get(client, "/reports/loan_classes/summary", **on)["checks"]
    assert [(check["code"], check["left"], check["is_ok"]) for check in checks] == [
        ("principal_accounts", "183949.74", True)
    ]
