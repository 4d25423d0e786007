"""Accounting over HTTP: from the trial balance down to the business fact, and nobody without the right."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from axle.accounting import permissions
from axle.accounting.models import PostingRule, VoucherDocument
from axle.accounting.selectors.statements import statement_rows
from axle.accounting.services.vouchers_number import vouchers_number
from axle.accounting.standard import chart_drafts, rule_bodies
from axle.accounting.tests.factories import DIMENSIONS, post
from axle.ledger import permissions as ledger_permissions
from axle.ledger.models import JournalEntry
from axle.platform.models import ApprovalPolicy, OperationLog, PendingCommand
from axle.platform.permissions import FILE_UPLOAD, PENDING_COMMAND_VIEW
from axle.platform.testing import client_for, make_user

VIEWER = [
    permissions.VOUCHER_VIEW,
    permissions.TRIAL_BALANCE_VIEW,
    permissions.POSTING_RULE_VIEW,
    ledger_permissions.ACCOUNT_VIEW,
    ledger_permissions.ENTRY_VIEW,
    ledger_permissions.PERIOD_VIEW,
]
MANAGER = [
    *VIEWER,
    permissions.VOUCHER_MANAGE,
    permissions.POSTING_RULE_MANAGE,
    permissions.PERIOD_CLOSE,
    permissions.PERIOD_REOPEN,
    ledger_permissions.ACCOUNT_MANAGE,
]
MANUAL = {
    "booked_on": "2026-03-15",
    "summary": "付办公费",
    "lines": [
        {"account": "6602", "debit": "50.00"},
        {"account": "1002", "credit": "50.00", "cash_flow": "other_operating"},
    ],
}


@pytest.fixture
def books(entity_id):
    post(entity_id)
    parts = {"cash": "3179.97", "principal": "2429.97", "interest": "750.00"}
    post(entity_id, "receipt_posted", "E2", amounts=parts, on=date(2026, 4, 12))
    vouchers_number()
    return entity_id


@pytest.fixture
def viewer(db):
    return client_for(make_user("viewer", permissions=VIEWER))


@pytest.fixture
def manager(db):
    return client_for(make_user("manager", permissions=MANAGER))


def _months(entity_id, start=202603, end=202604, **more):
    return {"legal_entity_id": entity_id, "period_from": start, "period_to": end, **more}


def test_the_way_down_from_trial_balance_to_fact(books, viewer):
    _status, balance = viewer.get("/trial-balance", **_months(books, 202604, 202604))
    principal = next(row for row in balance["rows"] if row["code"] == "1303.01")
    assert (principal["opening_debit"], principal["period_credit"]) == ("100000.00", "2429.97")
    assert (principal["closing_debit"], principal["closing_credit"]) == ("97570.03", "0.00")
    assert balance["is_balanced"]
    assert balance["totals"]["period_debit"] == balance["totals"]["period_credit"] == "3179.97"

    span = {"start_on": balance["start_on"], "end_on": balance["end_on"]}
    _status, ledger = viewer.get("/account-ledger", legal_entity_id=books, account="1303.01", **span)
    assert [(line["credit"], line["balance"]) for line in ledger["items"]] == [("2429.97", "97570.03")]

    _status, voucher = viewer.get(f"/vouchers/{ledger['items'][0]['entry_no']}")
    assert (voucher["voucher_no"], voucher["kind"], voucher["amount"]) == ("记-1", "receipt_posted", "3179.97")
    assert voucher["source_subject"] == {"type": "loan", "id": 7}
    assert [line["account"] for line in voucher["lines"]] == ["1002", "1303.01", "1132.01"]
    assert voucher["actions"] == []


def test_levels_hide_the_accounts_below(books, viewer):
    _status, balance = viewer.get("/trial-balance", **_months(books, level=1))
    assert [row["code"] for row in balance["rows"]] == ["1002", "1132", "1303"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"period_from": 202613}, "period_from"), ({"period_to": 0}, "period_to"), ({"period_to": 202602}, "period_to")],
)
def test_a_wrong_month_is_named(books, viewer, change, field):
    status, body = viewer.get("/trial-balance", **_months(books) | change)
    assert (status, body["code"], body["field"]) == (422, "period_invalid", field)


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("vouchers", 2),
        ("entry_lines", 5),
        ("accounts", len(list(chart_drafts()))),
        ("posting_rules", len(rule_bodies())),
        ("periods", 2),
    ],
)
def test_the_lists_answer(books, viewer, listing, expected):
    status, body = viewer.get(f"/lists/{listing}", page_size=1)
    assert (status, body["total"]) == (200, expected)
    assert viewer.get(f"/lists/{listing}/meta")[0] == 200
    assert viewer.get(f"/lists/{listing}/export", format="csv")[0] == 200


def test_the_voucher_list_filters_and_sums(books, viewer):
    _status, body = viewer.get("/lists/vouchers", period_min=202604, kind="receipt_posted", q="收到还款")
    assert [(row["voucher_no"], row["amount"]) for row in body["items"]] == [("记-1", "3179.97")]
    assert body["totals"] == {"amount": "3179.97"}


READS = [
    "/lists/vouchers",
    "/lists/entry_lines",
    "/lists/accounts",
    "/lists/posting_rules",
    "/lists/periods",
    "/lists/period_acts",
    "/posting-rules/1",
    "/vouchers/JE0",
]


@pytest.mark.parametrize("path", READS)
def test_nobody_reads_without_the_right(books, path):
    assert client_for().get(path)[0] == 401
    assert client_for(make_user("nobody")).get(path)[0] == 403


@pytest.mark.parametrize("scope", ["own", "department", "department_tree", "channel"])
def test_books_are_read_whole_or_not_at_all(books, scope):
    client = client_for(make_user("part", permissions=VIEWER, scope=scope))
    assert all(client.get(path)[1]["total"] == 0 for path in READS[:5])
    assert client.get("/trial-balance", **_months(books))[0] == 404
    assert client.get(f"/vouchers/{JournalEntry.objects.earliest('pk').entry_no}")[0] == 404
    ledger = {"legal_entity_id": books, "account": "1002", "start_on": "2026-01-01", "end_on": "2026-12-31"}
    assert client.get("/account-ledger", **ledger)[0] == 404


def test_a_manual_voucher_waits_for_its_checker(books, manager):
    ApprovalPolicy.objects.create(command="voucher_create", min_amount=0, checker_permission=permissions.VOUCHER_CHECK)
    before = JournalEntry.objects.count()
    status, pending = manager.command("voucher_create", MANUAL | {"legal_entity_id": books})
    assert (status, JournalEntry.objects.count()) == (202, before)
    checker = client_for(make_user("checker", permissions=[permissions.VOUCHER_CHECK, PENDING_COMMAND_VIEW]))
    status, _body = checker.command("pending_command_approve", {"pending_no": pending["pending_no"], "opinion": "同意"})
    assert status == 200
    entry = JournalEntry.objects.get(kind="manual")
    _status, voucher = manager.get(f"/vouchers/{entry.entry_no}")
    assert (voucher["maker"], voucher["checker"], voucher["amount"]) == ("manager", "checker", "50.00")
    assert voucher["actions"] == ["voucher_reverse", "voucher_attach"]
    assert PendingCommand.objects.get().state == "approved"


@pytest.mark.parametrize(
    ("command", "data"),
    [
        ("voucher_create", MANUAL),
        ("period_reopen", {"period": 202603, "reason": "x"}),
    ],
)
def test_without_a_policy_a_two_person_command_is_refused(books, manager, command, data):
    logged, entries = OperationLog.objects.count(), JournalEntry.objects.count()
    status, body = manager.command(command, data | {"legal_entity_id": books})
    assert (status, body["code"]) == (403, "second_person_needed")
    assert (OperationLog.objects.count(), JournalEntry.objects.count()) == (logged, entries)


def test_a_rule_is_drafted_shown_with_its_samples_and_activated(books, manager):
    body = rule_bodies()["fee_charged"].model_dump(mode="json")
    status, draft = manager.command("posting_rule_create", {"kind": "fee_charged", "rule": body})
    assert (status, draft["version"], draft["state"]) == (200, 2, "draft")
    _status, shown = manager.get(f"/posting-rules/{draft['rule_id']}")
    assert shown["actions"] == ["posting_rule_create", "posting_rule_activate"]
    assert [(line["account"], line["debit"], line["credit"]) for line in shown["samples"][0]["lines"]] == [
        ("1122.01", "300.00", "0.00"),
        ("6021.02", "0.00", "283.02"),
        ("2221.01.02", "0.00", "16.98"),
    ]
    status, active = client_for(make_user("second", permissions=[permissions.POSTING_RULE_MANAGE])).command(
        "posting_rule_activate", {"rule_id": draft["rule_id"], "effective_from": "2026-05-01"}
    )
    assert (status, active["state"], active["effective_from"]) == (200, "active", "2026-05-01")


def test_a_wrong_expression_is_named_by_its_line(books, manager):
    body = rule_bodies()["fee_charged"].model_dump(mode="json")
    body["lines"][1]["amount"] = "fee * 2"
    status, answer = manager.command("posting_rule_create", {"kind": "fee_charged", "rule": body})
    assert status == 422
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [
        ("rule.lines.1.amount", "expression_invalid")
    ]


def test_a_month_shows_what_stands_in_its_way_and_closes(books, manager, own_controls):
    path = f"/legal-entities/{books}/periods"
    _status, state = manager.get(f"{path}/202603")
    assert (state["is_closed"], state["next_to_close"], state["actions"]) == (
        False,
        202603,
        ["profit_transfer", "reserve_set_aside", "period_close"],
    )
    assert {check["code"] for check in state["checks"]} >= {"period_over", "trial_balance", "vouchers_numbered"}
    status, act = manager.command("period_close", {"legal_entity_id": books, "period": 202603})
    assert (status, act["act"]) == (200, "close")
    assert manager.get(f"{path}/202603")[1]["actions"] == ["period_reopen"]
    assert manager.get(f"{path}/202605")[1]["actions"] == []
    assert manager.get("/lists/period_acts")[1]["total"] == 1


def test_an_account_is_added_below_one_without_lines(books, manager):
    account = {"code": "6602.01", "name_zh": "办公费", "name_en": "Office"}
    status, created = manager.command("account_create", account)
    assert (status, created["code"]) == (200, "6602.01")
    assert manager.command("account_create", account)[1]["code"] == "account_code_taken"
    status, body = manager.command("account_create", account | {"code": "1002.01"})
    assert (status, body["code"]) == (409, "state_refused")
    update = {"account_id": created["account_id"], "name_zh": "办公", "name_en": "Office", "is_active": False}
    assert manager.command("account_update", update)[1]["is_active"] is False


def test_vouchers_are_printed_several_on_a_page(books, manager):
    response = manager.raw.get(f"/api/v1/voucher-prints?legal_entity_id={books}&period=202603")
    assert (response.status_code, response.content[:5]) == (200, b"%PDF-")
    one = manager.raw.get(f"/api/v1/voucher-prints?entry_no={JournalEntry.objects.earliest('pk').entry_no}")
    assert one.content[:5] == b"%PDF-"
    status, body = manager.get("/voucher-prints", legal_entity_id=books, period=202601)
    assert (status, body["code"]) == (404, "vouchers_not_found")
    part = client_for(make_user("part", permissions=[permissions.VOUCHER_VIEW], scope="department"))
    assert part.get("/voucher-prints", legal_entity_id=books, period=202603)[0] == 404


def test_a_rule_shows_what_it_changes_and_is_put_into_force_by_another(books, manager):
    body = rule_bodies()["fee_charged"].model_dump(mode="json")
    body["lines"][1]["account"] = "6021.01"
    _status, draft = manager.command("posting_rule_create", {"kind": "fee_charged", "rule": body})
    shown = manager.get(f"/posting-rules/{draft['rule_id']}")[1]
    assert (shown["against_version"], [(change["before"], change["after"]) for change in shown["changes"]]) == (
        1,
        [("6021.02", "6021.01")],
    )
    move = {"rule_id": draft["rule_id"], "effective_from": "2026-06-01"}
    status, refused = manager.command("posting_rule_activate", move)
    assert (status, refused["code"]) == (403, "second_person_needed")
    assert manager.get(f"/posting-rules/{draft['rule_id']}")[1]["state"] == "draft"
    other = client_for(make_user("other", permissions=[permissions.POSTING_RULE_MANAGE]))
    assert other.command("posting_rule_activate", move)[1]["state"] == "active"


def _rule(**changes):
    return rule_bodies()["receipt_posted"].model_dump(mode="json") | changes


def _changed_line(place, **changes):
    lines = _rule()["lines"]
    lines[place] |= changes
    return {"lines": lines}


WRONG_RULES = [
    (_changed_line(0, account="1009"), "account_unknown", "rule.lines.0.account"),
    (_changed_line(2, account="1303"), "account_not_postable", "rule.lines.2.account"),
    (_changed_line(1, amount="gift"), "rule_amount_unknown", "rule.lines.1.amount"),
    (_changed_line(1, when="gift > 0"), "rule_amount_unknown", "rule.lines.1.when"),
    (_changed_line(1, summary="收 {plate_no}"), "summary_place_unknown", "rule.lines.1.summary"),
    (_changed_line(2, cash_flow="loans_net"), "cash_item_missing", "rule.lines.0.cash_flow"),
    (_changed_line(0, cash_flow="no_such_item"), "cash_item_missing", "rule.lines.0.cash_flow"),
    ({"amounts": [*_rule()["amounts"], "gift"]}, "rule_amount_unposted", "rule.amounts"),
    ({"summary": "收到 {gift}"}, "summary_place_unknown", "rule.summary"),
    ({"samples": [{"amounts": {"gift": "1.00"}}]}, "rule_amount_unknown", "rule.samples.0.amounts"),
]


def test_what_a_rule_cannot_post_is_named_by_its_field(books, manager):
    before = PostingRule.objects.count()
    for changes, code, field in WRONG_RULES:
        for command, more in (("posting_rule_create", {"kind": "receipt_posted"}), ("posting_rule_try", {})):
            status, answer = manager.command(command, {"rule": _rule(**changes), **more})
            assert (status, answer["code"], answer["field"]) == (422, code, field)
    assert PostingRule.objects.count() == before


def test_a_rule_is_tried_while_it_is_written_and_nothing_is_kept(books, manager, viewer):
    before = (PostingRule.objects.count(), JournalEntry.objects.count())
    named = {"amounts": {"cash": "10.00", "interest": "10.00"}, "dimensions": {"loan_no": "LN1", "dealer_id": "4"}}
    lines = _changed_line(0, cash_flow="interest_fees", summary="入账 {loan_no}", dimensions=["product_code"])
    status, tried = manager.command("posting_rule_try", {"rule": _rule(**lines, samples=[named])})
    (sample,) = tried["samples"]
    assert (status, sample["summary"], sample["problem"]) == (200, "收到还款 LN1", "")
    cash, interest = sample["lines"]
    assert (cash["account_name"], cash["summary"], cash["debit"]) == ("银行存款", "入账 LN1", "10.00")
    assert (cash["cash_flow"], cash["dimensions"]) == ("interest_fees", {"loan_no": "LN1"})
    assert (interest["summary"], interest["dimensions"]) == ("收到还款 LN1", {"loan_no": "LN1", "dealer_id": "4"})
    unbalanced = [{"amounts": {"cash": "10.00", "interest": "9.00"}}]
    assert (
        "10.00" in manager.command("posting_rule_try", {"rule": _rule(samples=unbalanced)})[1]["samples"][0]["problem"]
    )
    assert (PostingRule.objects.count(), JournalEntry.objects.count()) == before
    assert viewer.command("posting_rule_try", {"rule": _rule()})[0] == 403


def test_a_line_posts_what_its_rule_says_of_it(books, manager):
    lines = _changed_line(0, cash_flow="other_operating", summary="入账 {loan_no}", dimensions=["product_code"])
    _status, draft = manager.command("posting_rule_create", {"kind": "receipt_posted", "rule": _rule(**lines)})
    other = client_for(make_user("other", permissions=[permissions.POSTING_RULE_MANAGE]))
    move = {"rule_id": draft["rule_id"], "effective_from": "2026-05-01"}
    assert other.command("posting_rule_activate", move)[0] == 200
    parts = {"cash": "10.00", "interest": "10.00"}
    post(books, "receipt_posted", "E3", amounts=parts, on=date(2026, 5, 2))
    cash, interest = JournalEntry.objects.get(event_no="E3").lines.order_by("line_no")
    assert cash.summary == "入账 LN1"
    assert cash.dimensions == {"loan_no": "LN1", "product_code": "NEW36", "cash_flow": "other_operating"}
    assert (interest.summary, interest.dimensions) == ("", DIMENSIONS)
    rows = {row.key: row.current for row in statement_rows("cash_flow_statement", legal_entity_id=books, period=202605)}
    assert (rows["other_operating"], rows["interest_fees"], rows["cash_change"]) == (10_00, 0, 10_00)


def test_the_kinds_and_items_to_choose_from(books, viewer):
    kinds = {row["kind"]: row["version"] for row in viewer.get("/posting-rule-kinds")[1]}
    assert (kinds["receipt_posted"], len(kinds)) == (1, len(rule_bodies()))
    assert {"code": "other_operating", "name": "其他与经营活动有关的现金净额"} in viewer.get("/cash-flow-items")[1]
    part = client_for(make_user("part", permissions=[permissions.POSTING_RULE_VIEW], scope="department"))
    assert part.get("/posting-rule-kinds")[1] == []


def _photo(maker, colour):
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(picture, "PNG")
    file = SimpleUploadedFile("发票.png", picture.getvalue())
    return maker.raw.post("/api/v1/files", {"file": file}).json()["file_id"]


def test_documents_are_seen_by_the_checker_stay_and_prove_the_reversal(books):
    for command in ("voucher_create", "voucher_reverse"):
        ApprovalPolicy.objects.create(command=command, min_amount=0, checker_permission=permissions.VOUCHER_CHECK)
    maker = client_for(make_user("maker", permissions=[*MANAGER, FILE_UPLOAD, PENDING_COMMAND_VIEW]))
    checks = [permissions.VOUCHER_CHECK, permissions.VOUCHER_VIEW, PENDING_COMMAND_VIEW, FILE_UPLOAD]
    checker = client_for(make_user("checker", permissions=checks))
    invoice, foreign = _photo(maker, "red"), _photo(checker, "blue")

    documents = [{"file_id": invoice, "note": "发票"}]
    asked = MANUAL | {"legal_entity_id": books, "documents": documents}
    pending_no = maker.command("voucher_create", asked)[1]["pending_no"]
    (enclosed,) = checker.get(f"/pending-commands/{pending_no}")[1]["files"]
    assert enclosed == {"name": "发票.png", "file": f"/pending-commands/{pending_no}/files/{invoice}"}
    assert checker.raw.get(f"/api/v1{enclosed['file']}").content[1:4] == b"PNG"
    assert checker.get(f"/pending-commands/{pending_no}/files/{foreign}")[0] == 404
    assert checker.command("pending_command_approve", {"pending_no": pending_no})[0] == 200

    voucher_no = JournalEntry.objects.get(kind="manual").entry_no
    voucher = maker.get(f"/vouchers/{voucher_no}")[1]
    assert (voucher["attachments"], voucher["actions"]) == (1, ["voucher_reverse", "voucher_attach"])
    (document,) = voucher["documents"]
    assert (document["name"], document["note"], document["added_by"]) == ("发票.png", "发票", "maker")
    assert checker.raw.get(f"/api/v1{document['file']}").content[1:4] == b"PNG"
    assert OperationLog.objects.filter(operation="voucher_document").count() == 1
    part = client_for(make_user("part", permissions=[permissions.VOUCHER_VIEW], scope="department"))
    assert part.get(document["file"])[0] == 404

    for wrong, code in ((foreign, "not_found"), (invoice, "voucher_document_twice")):
        answer = maker.command("voucher_attach", {"entry_no": voucher_no, "documents": [{"file_id": wrong}]})[1]
        assert (answer["code"], answer["field"]) == (code, "documents.0.file_id")
    assert VoucherDocument.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        VoucherDocument.objects.all().delete()

    undone = maker.command("voucher_reverse", {"entry_no": voucher_no, "reason": "重复"})[1]["pending_no"]
    assert checker.command("pending_command_approve", {"pending_no": undone})[0] == 200
    red_no = JournalEntry.objects.get(reversal_of__entry_no=voucher_no).entry_no
    more = [{"file_id": _photo(maker, "green"), "note": "说明"}]
    assert maker.command("voucher_attach", {"entry_no": red_no, "documents": more})[0] == 200
    red = maker.get(f"/vouchers/{red_no}")[1]
    assert [one["note"] for one in red["documents"]] == ["发票", "说明"]
    assert maker.get(f"/vouchers/{voucher_no}")[1]["attachments"] == 1
    assert maker.raw.get(f"/api/v1/voucher-prints?entry_no={red_no}").content[:5] == b"%PDF-"
