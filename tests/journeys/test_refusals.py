"""What must not happen, tried over HTTP by the demo institution's people: each is refused, and no row changes.

Proven beside their code: disbursement without conditions and one's own registration reviewed (origination, over HTTP),
malformed intake files (config).
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from axle.config.demo.accounts import ACCOUNTS
from axle.config.demo.identifiers import bank_account, phone, resident_id, vin
from axle.config.demo.institution import BUSINESS_ON, Place
from axle.kernel.money import Fen, parse_yuan, yuan
from axle.platform.models import User
from axle.platform.public import actor_named, business_date_set
from axle.platform.testing import ApiClient, client_for, make_user
from axle.servicing.public import loans_paid_up
from axle.vehicle.public import trims
from tests.journeys import papers
from tests.journeys.book import Book, other_customer, other_dealer
from tests.journeys.car_loan import BUYER
from tests.journeys.fingerprint import nothing_changes
from tests.journeys.people import Desk, at_desk

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

MEGABYTE = 1024 * 1024


def form(place: Place, serial: int, **changes: Any) -> dict[str, Any]:
    """A form that the product takes; ``changes`` are ``section__field``."""
    trim = next(trim for trim in trims(make="宝马", series="3系") if trim.model_year == 2025)
    filled: dict[str, Any] = {
        "dealer_id": place.dealers[0][0],
        "customer": {
            "name": "林知远", "id_no": resident_id(date(1990, 6, 15), 700 + serial), "id_valid_until": "2040-01-01",
            "phone": phone(700_000 + serial), "marital_status": "married", "education": "bachelor",
            "residence_kind": "owned", "residence_address": "演示市样本路375号", "region_code": "320500",
            "employment_kind": "employed", "employer": "样例科技有限公司", "employment_months": 60,
            "monthly_income": "45000.00", "monthly_debt": "0.00", "has_driving_licence": True,
            "card_bank": "沙箱银行", "card_no": bank_account(900 + serial),
            "contacts": [{"name": "林晚", "relation": "spouse", "phone": phone(710_000 + serial)}],
        },
        "vehicle": {"trim_id": trim.id, "vin": vin(7_100_000 + serial), "kind": "new", "price": "340000.00"},
        "loan": {
            "product_version_id": place.products["NEW-CAR"][0], "amount": "240000.00", "down_payment": "100000.00",
            "periods": 12, "method": "level_payment", "due_day": 20,
        },
    }  # fmt: skip
    for path, value in changes.items():
        section, name = path.split("__")
        filled[section][name] = value
    return filled


def draft_of(book: Book, **changes: Any) -> dict[str, Any]:
    """A draft at the first dealer."""
    return dict(at_desk("dealer").do("application_save_draft", form=form(book.place, 1, **changes)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"customer__id_no": "999900199006157001"}, "resident_id_wrong"),
        ({"customer__id_no": resident_id(date(2009, 6, 15), 701)}, "under_age"),
        ({"customer__phone": "12800001234"}, "mobile_wrong"),
        ({"customer__card_no": "6212260000000000001"}, "bank_card_wrong"),
        ({"vehicle__vin": "LXX0000000X000001"}, "vin_wrong"),
        ({"loan__amount": "320000.00", "loan__down_payment": "20000.00"}, "amount_over_ltv"),
    ],
)
def test_a_form_that_cannot_be_right(book: Book, changes: dict[str, Any], code: str) -> None:
    draft = draft_of(book, **changes)
    with nothing_changes():
        status, body = at_desk("dealer").client.command(
            "application_submit", {"application_id": draft["application_id"], "version": draft["version"]}
        )
    assert status == 422
    assert code in {error["code"] for error in body["errors"]}


@pytest.mark.parametrize("same", ["id", "car"])
def test_a_second_application_for_the_same_person_or_car(book: Book, same: str) -> None:
    open_one = apps.get_model("origination.Application").objects.filter(state="in_review").order_by("pk")[0]
    customer, car = open_one.form["customer"], open_one.form["vehicle"]
    changes = {"customer__id_no": customer["id_no"]} if same == "id" else {"vehicle__vin": car["vin"]}
    draft = draft_of(book, **changes)
    with nothing_changes():
        code = at_desk("dealer").refused(
            "application_submit", application_id=draft["application_id"], version=draft["version"]
        )
    assert code == "application_duplicate"


def test_a_form_that_somebody_else_has_changed(book: Book) -> None:
    draft = draft_of(book)
    dealer, number = at_desk("dealer"), draft["application_id"]
    dealer.do("application_save_draft", application_id=number, version=draft["version"], form=form(book.place, 2))
    with nothing_changes():
        stale = {"application_id": number, "version": draft["version"]}
        assert dealer.refused("application_save_draft", **stale, form=form(book.place, 3)) == "stale_version"
        assert dealer.refused("application_submit", **stale) == "stale_version"
    assert dealer.see(f"/applications/{number}")["form"]["vehicle"]["vin"] == vin(7_100_002)


def receipt(book: Book, **changes: Any) -> dict[str, Any]:
    """A receipt as the cashier enters it."""
    today = BUSINESS_ON.isoformat()
    return {"loan_no": book.loan.loan_no, "amount": "100.00", "value_on": today, "payer_name": "张三"} | changes


def test_a_double_click_counts_once(book: Book) -> None:
    cashier, receipts = at_desk("cashier").client, apps.get_model("servicing.Receipt").objects
    before = receipts.count()
    answers = [cashier.command("receipt_register", receipt(book), key="click-1") for _click in range(2)]
    assert answers[0] == answers[1]
    assert (answers[0][0], receipts.count()) == (200, before + 1)
    with nothing_changes():
        _status, body = cashier.command("receipt_register", receipt(book, amount="200.00"), key="click-1")
    assert body["code"] == "idempotency_key_reused"


@pytest.mark.parametrize(
    ("changes", "code", "field_code"),
    [
        ({"amount": "-100.00"}, "input_invalid", "greater_than"),
        ({"amount": "0.00"}, "input_invalid", "greater_than"),
        ({"amount": 100}, "input_invalid", "invalid_amount"),
        ({"amount": 100.5}, "input_invalid", "invalid_amount"),
        ({"value_on": (BUSINESS_ON + timedelta(days=1)).isoformat()}, "receipt_date_in_future", None),
        ({"value_on": "2019-01-01"}, "receipt_before_disbursement", None),
        ({"payoff_quote_no": "PQ0"}, "not_found", None),
    ],
)
def test_a_receipt_that_cannot_be(book: Book, changes: dict[str, Any], code: str, field_code: str | None) -> None:
    with nothing_changes():
        _status, body = at_desk("cashier").client.command("receipt_register", receipt(book, **changes))
    assert body["code"] == code
    assert [error["code"] for error in body["errors"]] == ([field_code] if field_code else [])


def test_a_receipt_of_a_closed_month_is_booked_in_the_open_one(book: Book) -> None:
    apps.get_model("ledger.Period").objects.update_or_create(
        legal_entity_id=book.place.entity_id, period=202610, defaults={"is_closed": True}
    )
    entered = at_desk("cashier").do("receipt_register", **receipt(book, value_on="2026-10-31"))
    at_desk("accountant").do("receipt_confirm", receipt_no=entered["receipt_no"])
    entries = apps.get_model("ledger.JournalEntry").objects.filter(
        kind="receipt_posted", event_no__contains=entered["receipt_no"]
    )
    assert set(entries.values_list("value_on", "booked_on")) == {(date(2026, 10, 31), date(2026, 11, 1))}


def test_ones_own_receipt_is_not_confirmed(book: Book) -> None:
    both = make_user("both", permissions=[grant for account in ACCOUNTS for grant, _scope in account.grants])
    alone = Desk(client_for(both))
    entered = alone.do("receipt_register", **receipt(book))
    with nothing_changes():
        assert alone.refused("receipt_confirm", receipt_no=entered["receipt_no"]) == "confirmer_is_registrar"
    assert alone.see(f"/receipts/{entered['receipt_no']}")["state"] == "registered"


def test_more_than_is_owed_waits(book: Book) -> None:
    cashier, path = at_desk("cashier"), f"/loans/{book.loan.loan_no}"
    before = cashier.see(path)
    owed = parse_yuan(before["due_now"]["total"])
    entered = cashier.do("receipt_register", **receipt(book, amount=yuan(Fen(owed + 500_00))))
    at_desk("accountant").do("receipt_confirm", receipt_no=entered["receipt_no"])
    after = cashier.see(path)
    assert after["due_now"]["total"] == "0.00"
    assert parse_yuan(after["unapplied"]) == parse_yuan(before["unapplied"]) + 500_00


def test_a_payoff_quote_out_of_date(book: Book) -> None:
    cashier = at_desk("cashier")
    quote = cashier.do("payoff_quote_create", loan_no=book.loan.loan_no, on=BUSINESS_ON.isoformat())
    paying = receipt(book, amount=quote["total"], payoff_quote_no=quote["quote_no"])
    late = date.fromisoformat(quote["expires_on"]) + timedelta(days=1)
    business_date_set(late)
    with nothing_changes():
        assert cashier.refused("receipt_register", **paying) == "payoff_quote_expired"
        assert cashier.refused("receipt_register", **paying | {"value_on": late.isoformat()}) == "payoff_quote_expired"


def pages_of(loan: Any) -> list[str]:
    """Every page about a loan, its borrower, its car and its papers."""
    application = loan.contract.application_id
    return [
        f"/loans/{loan.loan_no}",
        f"/me/loans/{loan.loan_no}",
        f"/me/loans/{loan.loan_no}/payoff",
        f"/contracts/{loan.contract_id}",
        f"/contracts/{loan.contract_id}/file",
        f"/applications/{application}",
        f"/customers/{loan.customer_id}",
        f"/vehicles/{loan.vehicle_id}",
    ]


@pytest.mark.parametrize("stranger", [other_dealer, other_customer])
def test_somebody_elses_pages(book: Book, stranger: Callable[[Book], ApiClient]) -> None:
    client = stranger(book)
    with nothing_changes():
        answers = {path: client.get(path)[0] for path in pages_of(book.loan)}
    assert {path: status for path, status in answers.items() if status not in (403, 404)} == {}
    assert answers[f"/loans/{book.loan.loan_no}"] == 404
    listed = client.get("/lists/loans", page_size=200)[1]["items"]
    assert book.loan.loan_no not in {row["loan_no"] for row in listed}


def test_somebody_elses_draft(book: Book) -> None:
    draft = draft_of(book)
    stranger = Desk(other_dealer(book))
    seen = {"application_id": draft["application_id"], "version": draft["version"]}
    with nothing_changes():
        assert stranger.refused("application_submit", **seen) == "not_found"
        assert stranger.refused("application_withdraw", **seen, reason="不要了") == "not_found"
        assert stranger.refused("application_save_draft", **seen, form=form(book.place, 4)) in (
            "not_found",
            "dealer_not_yours",
        )


JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64)
ARCHIVE = b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("id.jpg", JPEG + bytes(20 * MEGABYTE), "too_large"),
        ("id.jpg", b"MZ" + bytes(200), "wrong_type"),
        ("id.jpg", b"<svg onload=alert(1)/>", "name_contradicts"),
        ("id.jpg", b"", "empty"),
        ("id.pdf", JPEG, "name_contradicts"),
        ("id.jpg.html", JPEG, "name_contradicts"),
        ("id.jpg", JPEG + ARCHIVE, "two_in_one"),
        ("id.jpg", JPEG[:20] + b"<script>" + JPEG[20:], "two_in_one"),
    ],
)
def test_uploads_that_are_not_papers(book: Book, name: str, content: bytes, reason: str) -> None:
    with nothing_changes():
        answer = at_desk("dealer").client.raw.post(
            "/api/v1/files", {"file": SimpleUploadedFile(name, content, "image/jpeg")}
        )
    assert (answer.status_code, answer.json()["code"]) == (422, "upload_refused")
    assert answer.json()["params"]["reason"] == reason
    assert answer.json()["field"] == "file"


@pytest.mark.parametrize("body", [b"--x\r\nnot multipart", b"", b"\xff" * 100])
def test_an_upload_that_breaks_off(book: Book, body: bytes) -> None:
    with nothing_changes():
        answer = at_desk("dealer").client.raw.post(
            "/api/v1/files", body, content_type="multipart/form-data; boundary=x"
        )
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"] in ("input_invalid", "request_refused")


def test_every_refusal_says_what_to_do_in_both_languages(book: Book) -> None:
    for language, words in (("zh-CN", "请核对到账日和借据。"), ("en-US", "Check the date and the loan.")):
        client = client_for(User.objects.get(username="cashier"), language=language)
        _status, body = client.command("receipt_register", receipt(book, value_on="2019-01-01"))
        assert (body["code"], body["field"]) == ("receipt_before_disbursement", "value_on")
        assert words in body["message"]
        _status, body = client.command("receipt_register", receipt(book, amount="-1.00"))
        (error,) = body["errors"]
        assert (error["field"], error["code"]) == ("amount", "greater_than")
        assert error["message"] == {"zh-CN": "应大于 0", "en-US": "Must be more than 0"}[language]


def test_a_broken_picture_is_no_document(book: Book) -> None:
    dealer, draft = at_desk("dealer"), draft_of(book)
    buyer = papers.Buyer("林知远", resident_id(date(1990, 6, 15), 701), "演示市样本路375号", vin(1), "340000.00")
    file_id = dealer.upload(papers.id_back(buyer)[:2000])
    with nothing_changes():
        code = dealer.refused(
            "captured_document_add", subject_type="application", subject_id=draft["application_id"],
            kind="id_front", file_id=file_id,
        )  # fmt: skip
    assert code == "image_broken"


def test_nobody_proves_a_thing_with_anothers_file(book: Book) -> None:
    asker, other, pdf = at_desk("account_manager"), at_desk("cashier"), papers.id_back(BUYER)
    (loan_no,) = loans_paid_up(actor_named("account_manager"), 1)
    asked = {"loan_no": loan_no, "plate_no": "沪A12345", "reason": "换牌"}
    theirs, mine, table = other.upload(pdf), asker.upload(pdf), asker.upload(b"a,b", "a.csv")
    with nothing_changes():
        assert asker.refused("plate_change_request", **asked, file_id=theirs) == "not_found"
        assert asker.refused("plate_change_request", **asked, file_id=10**9) == "not_found"
        assert asker.refused("plate_change_request", **asked, file_id=table) == "upload_refused"
    change = asker.do("plate_change_request", **asked, file_id=mine)
    path = asker.see(f"/loan-changes/{change['change_no']}")["file"]
    assert other.client.raw.get(f"/api/v1{path}").content == pdf
    looked = apps.get_model("platform.OperationLog").objects.filter(operation="loan_change_file")
    assert [row.user_id for row in looked] == [User.objects.get(username="cashier").pk]
    assert other_dealer(book).raw.get(f"/api/v1{path}").status_code in (403, 404)
