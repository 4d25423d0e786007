"""Files of the black and grey lists in the console: looked at row by row, listed by the word of a second person."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from axle.party import permissions as may
from axle.party.checks import watch_files_add_up
from axle.party.domain.watch_list import WatchList, WatchSubject
from axle.party.models import WatchEntry, WatchFile, WatchFileRow, WatchReason, WatchSource
from axle.party.services import watch_file_lines, watch_file_list, watch_file_read
from axle.party.services.watch_entry_add import watch_entry_add
from axle.platform.models import OperationLog
from axle.platform.public import business_date, business_date_set
from axle.platform.testing import act, client_for, make_actor, make_department, make_user, run_jobs

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
HEAD = "watch_list,subject_kind,watched_value,name,reason,source,expires_on,note"
ZH_HEAD = "黑灰名单,对象类别,名单对象,姓名或名称,列入原因,来源,有效期至,备注"
NOTE = "同业通报的名单"


@pytest.fixture(autouse=True)
def today() -> None:
    business_date_set(TODAY)


@pytest.fixture
def maker() -> Any:
    see = ("platform.file.upload", may.WATCH_LIST_VIEW)
    return client_for(make_user("analyst", permissions=(*see, may.WATCH_LIST_MANAGE, may.WATCH_LIST_CHECK)))


@pytest.fixture
def checker() -> Any:
    return client_for(make_user("reviewer", permissions=(may.WATCH_LIST_VIEW, may.WATCH_LIST_CHECK)))


def phone(number: int) -> str:
    return f"1380000{number:04d}"


def line(number: int, *, on: str = "black", until: str = "", kind: str = "phone") -> str:
    return f"{on},{kind},{phone(number)},,fraud,own,{until},{NOTE}"


def uploaded(client: Any, content: bytes | str, name: str = "名单.csv") -> Any:
    raw = content if isinstance(content, bytes) else content.encode()
    return client.raw.post("/api/v1/files", {"file": SimpleUploadedFile(name, raw, "text/csv")}).json()


def registered(client: Any, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> tuple[int, Any]:
    file = uploaded(client, "\n".join([head, *lines]).encode(encoding))
    status, body = client.command("watch_file_register", {"file_id": file["file_id"]})
    return status, body


def read(client: Any, *lines: str, **how: Any) -> str:
    status, body = registered(client, *lines, **how)
    assert (status, body["file_state"]) == (200, "reading")
    run_jobs()
    return str(body["file_no"])


def problems(file_no: str) -> list[tuple[int, str, str]]:
    rows = WatchFileRow.objects.filter(file__file_no=file_no).order_by("row")
    return list(rows.values_list("row", "problem", "detail"))


def test_two_people_and_nothing_is_listed_before_the_second(maker: Any, checker: Any) -> None:
    file_no = read(maker, line(1), line(2, on="grey", until="2027-01-31"))
    told = maker.get(f"/watch-files/{file_no}")[1]
    assert (told["file_state"], told["rows"], told["refused"]) == ("read", 2, 0)
    assert told["actions"] == ["watch_file_reject"], "nobody checks their own file"
    shown = checker.get("/lists/watch_file_rows", file_no=file_no)[1]["items"]
    assert [(row["row_problem"], row["watched_value"]) for row in shown] == [
        ("none", "138****0001"), ("none", "138****0002"),
    ]  # fmt: skip
    assert not WatchEntry.objects.exists()

    status, refused = maker.command("watch_file_confirm", {"file_no": file_no})
    assert (status, refused["code"]) == (403, "maker_may_not_check")
    assert checker.command("watch_file_confirm", {"file_no": file_no})[0] == 200
    run_jobs()

    told = checker.get(f"/watch-files/{file_no}")[1]
    assert (told["file_state"], told["checked_by"], told["actions"]) == ("listed", "reviewer", [])
    entries = WatchEntry.objects.order_by("pk")
    assert [(one.watch_list, str(one.value), one.listed_by, one.listed_on, one.expires_on) for one in entries] == [
        ("black", phone(1), "analyst", TODAY, None), ("grey", phone(2), "analyst", TODAY, date(2027, 1, 31)),
    ]  # fmt: skip
    assert not any(row.value for row in WatchFileRow.objects.all())
    assert phone(1) not in str(list(OperationLog.objects.values()))
    assert watch_files_add_up() == []
    status, body = checker.command("watch_file_reject", {"file_no": file_no, "reason": "太迟"})
    assert (status, body["code"]) == (409, "watch_file_state_refused")


def test_each_row_that_cannot_be_listed_says_why_and_the_others_count(maker: Any, checker: Any) -> None:
    with act(make_actor(name="风控")) as actor:
        entry = watch_entry_add(
            actor=actor, watch_list=WatchList.BLACK, subject=WatchSubject.PHONE, value=phone(9),
            reason=WatchReason.FRAUD, source=WatchSource.OWN, note=NOTE,
        )  # fmt: skip
    file_no = read(
        maker,
        line(1),
        "pink,phone,13800000002,,fraud,own,,粉色的名单",
        "black,phone,1380,,fraud,own,,号码不对的一行",
        line(3, until="2026-11-19"),
        f"grey,phone,138 0000 0001,,fraud,own,,{NOTE}",
        line(9),
        "black,phone,13800000004,,fraud,own,2026-13-01,短",
        "black,phone",
        "",
        line(5),
    )
    assert problems(file_no) == [
        (1, "none", ""),
        (2, "unreadable", "watch_list"),
        (3, "value_invalid", "watched_value"),
        (4, "expiry_past", "2026-11-19"),
        (5, "repeated", "1"),
        (6, "listed_already", entry.entry_no),
        (7, "unreadable", "expires_on, note"),
        (8, "unreadable", "watched_value, reason, source, note"),
        (9, "none", ""),
    ]
    file = WatchFile.objects.get()
    assert (file.rows, file.refused) == (9, 7)
    checker.command("watch_file_confirm", {"file_no": file_no})
    run_jobs()
    assert sorted(str(entry.value) for entry in WatchEntry.objects.all()) == [phone(1), phone(5), phone(9)]
    assert watch_files_add_up() == []


def test_what_became_known_or_ran_out_before_the_check_is_told_then(maker: Any, checker: Any) -> None:
    file_no = read(maker, line(1), line(2, until="2026-11-21"), line(3))
    with act(make_actor(name="风控")) as actor:
        entry = watch_entry_add(
            actor=actor, watch_list=WatchList.GREY, subject=WatchSubject.PHONE, value=phone(1),
            reason=WatchReason.OTHER, source=WatchSource.COURT, note=NOTE, expires_on=TODAY + timedelta(days=30),
        )  # fmt: skip
        run_out = watch_entry_add(
            actor=actor, watch_list=WatchList.GREY, subject=WatchSubject.PHONE, value=phone(3),
            reason=WatchReason.OTHER, source=WatchSource.COURT, note=NOTE, expires_on=TODAY + timedelta(days=1),
        )  # fmt: skip
    business_date_set(TODAY + timedelta(days=2))
    checker.command("watch_file_confirm", {"file_no": file_no})
    run_jobs()
    assert problems(file_no) == [
        (1, "listed_already", entry.entry_no), (2, "expiry_past", "2026-11-21"), (3, "none", ""),
    ]  # fmt: skip
    run_out.refresh_from_db()
    assert (run_out.state, WatchFile.objects.get().refused) == ("expired", 2)
    assert WatchEntry.objects.get(value_index=run_out.value_index, state="listed").file_row.row == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_heads_and_words_of_either_language_in_the_encodings_of_spreadsheets(maker: Any, encoding: str) -> None:
    zh = f"黑名单,手机号,{phone(1)},张三,欺诈,行业共享,2027/1/5,{NOTE}"
    mixed = f"grey,Company,某某商贸有限公司,,Other,公安,,{NOTE}"
    file_no = read(maker, zh, mixed, head=ZH_HEAD, encoding=encoding)
    assert problems(file_no) == [(1, "none", ""), (2, "none", "")]
    row = WatchFileRow.objects.get(row=1)
    assert (row.watch_list, row.name, row.reason, row.source, row.expires_on) == (
        "black", "张三", "fraud", "industry", date(2027, 1, 5),
    )  # fmt: skip


def test_the_template_is_filled_in_and_as_it_is_lists_nothing(maker: Any) -> None:
    answer = maker.raw.get("/api/v1/watch-file-template")
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[0] == ZH_HEAD
    english = maker.raw.get("/api/v1/watch-file-template", headers={"Accept-Language": "en-US"})
    for content in (answer.content, english.content):
        file_id = uploaded(maker, content)["file_id"]
        status, body = maker.command("watch_file_register", {"file_id": file_id})
        assert status == 200, body
        run_jobs()
        told = {detail for _row, _problem, detail in problems(body["file_no"])}
        assert told == {"note"}, "all but the value and the note is chosen already"
    filled = text.replace(",示例,", f",{phone(7)},").replace(",\r\n", f",{NOTE}\r\n")
    status, body = maker.command("watch_file_register", {"file_id": uploaded(maker, filled)["file_id"]})
    run_jobs()
    good = WatchFileRow.objects.filter(file__file_no=body["file_no"], problem="none")
    assert set(good.values_list("subject_kind", flat=True)) == {"phone", "company", "device", "address"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "upload_refused"),
        ("黑名单".encode("utf-16"), "upload_refused"),
        (b"PK\x03\x04" + bytes(60), "upload_refused"),
        (b"", "upload_refused"),
    ],
)
def test_what_is_no_table_is_refused_when_it_is_uploaded(maker: Any, content: bytes, code: str) -> None:
    assert uploaded(maker, content)["code"] == code


@pytest.mark.parametrize(
    ("lines", "head", "reason"),
    [
        ([line(1)], "watch_list,watched_value", "对象类别, 列入原因, 来源, 备注"),
        ([line(1)], HEAD.replace("name", "note"), "note"),
        ([], HEAD, "0"),
        ([f'black,phone,"{phone(1)},,fraud,own,,{NOTE}'], HEAD, "unexpected end of data"),
        ([line(number) for number in range(4)], HEAD, "> 3"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    maker: Any, monkeypatch: pytest.MonkeyPatch, lines: list[str], head: str, reason: str
) -> None:
    monkeypatch.setattr(watch_file_lines, "MOST_ROWS", 3)
    status, body = registered(maker, *lines, head=head)
    assert (status, body["code"]) == (422, "watch_file_unreadable")
    assert reason in body["message"]
    assert not WatchFile.objects.exists()


def test_a_picture_or_another_persons_file_is_refused(maker: Any, checker: Any) -> None:
    stranger = client_for(make_user("other", permissions=("platform.file.upload", may.WATCH_LIST_MANAGE)))
    file_id = uploaded(maker, "\n".join([HEAD, line(1)]))["file_id"]
    status, body = stranger.command("watch_file_register", {"file_id": file_id})
    assert (status, body["code"]) == (404, "not_found")
    pdf = maker.raw.post(
        "/api/v1/files", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}
    )
    status, body = maker.command("watch_file_register", {"file_id": pdf.json()["file_id"]})
    assert (status, body["code"]) == (422, "upload_refused")
    assert checker.command("watch_file_register", {"file_id": file_id})[0] == 403


def test_the_same_file_counts_once_and_may_come_again_after_a_rejection(maker: Any, checker: Any) -> None:
    file_no = read(maker, line(1))
    status, body = registered(maker, line(1))
    assert (status, body["code"]) == (409, "watch_file_known")
    assert file_no in body["message"]
    assert maker.command("watch_file_reject", {"file_no": file_no, "reason": "选错了文件"})[0] == 200
    assert (WatchFileRow.objects.get().value, WatchEntry.objects.count()) == ("", 0)
    again = read(maker, line(1))
    assert problems(again) == [(1, "none", "")]
    status, body = checker.command("watch_file_confirm", {"file_no": "WF404"})
    assert (status, body["code"]) == (404, "not_found")


def test_a_file_that_was_interrupted_goes_on_where_it_stopped(
    maker: Any, checker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_file_read, "STRETCH", 2)
    monkeypatch.setattr(watch_file_list, "STRETCH", 2)
    lines = [line(number) for number in range(1, 6)]
    _status, body = registered(maker, *lines, line(1))

    def dies_at_the_second(module: Any, name: str, run: Any) -> None:
        whole, calls = getattr(module, name), []

        def dies(*given: Any) -> Any:
            calls.append(given)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return whole(*given)

        with monkeypatch.context() as patch:
            patch.setattr(module, name, dies)
            with pytest.raises(KeyboardInterrupt):
                run(body["file_no"])

    dies_at_the_second(watch_file_read, "_stretch", watch_file_read.watch_file_read)
    assert (WatchFile.objects.get().row, WatchFileRow.objects.count()) == (2, 2)
    run_jobs()
    assert problems(body["file_no"])[4:] == [(5, "none", ""), (6, "repeated", "1")]
    checker.command("watch_file_confirm", {"file_no": body["file_no"]})
    dies_at_the_second(watch_file_list, "_stretch", watch_file_list.watch_file_carry_out)
    assert (WatchFile.objects.get().state, WatchEntry.objects.count()) == ("listing", 2)
    run_jobs()
    watch_file_list.watch_file_carry_out(body["file_no"])
    assert (WatchFile.objects.get().state, WatchEntry.objects.count()) == ("listed", 5)
    assert watch_files_add_up() == []


def test_a_row_more_asks_no_more(maker: Any, checker: Any) -> None:
    counts = []
    for begin, count in ((1, 1), (11, 2), (21, 8)):  # the first of a series begins it
        _status, body = registered(maker, *(line(begin + number) for number in range(count)))
        with CaptureQueriesContext(connection) as reading:
            watch_file_read.watch_file_read(body["file_no"])
        checker.command("watch_file_confirm", {"file_no": body["file_no"]})
        with CaptureQueriesContext(connection) as listing:
            watch_file_list.watch_file_carry_out(body["file_no"])
        counts.append((len(reading), len(listing)))
    assert counts[1] == counts[2]


def test_a_narrow_scope_and_others_see_and_do_nothing(maker: Any) -> None:
    file_no = read(maker, line(1))
    user = make_user(
        "local", permissions=(may.WATCH_LIST_VIEW, may.WATCH_LIST_MANAGE, may.WATCH_LIST_CHECK), scope="department",
        department=make_department("分部"),
    )  # fmt: skip
    local, stranger = client_for(user), client_for(make_user("guest", permissions=("party.customer.view",)))
    assert local.get("/lists/watch_files")[1]["items"] == local.get("/lists/watch_file_rows")[1]["items"] == []
    assert local.get(f"/watch-files/{file_no}")[0] == 404
    for command, more in (("watch_file_confirm", {}), ("watch_file_reject", {"reason": "不认可"})):
        status, body = local.command(command, {"file_no": file_no, **more})
        assert (status, body["code"]) == (403, "scope_too_narrow")
        assert stranger.command(command, {"file_no": file_no, **more})[0] == 403
    assert stranger.get("/watch-file-template")[0] == stranger.get(f"/watch-files/{file_no}")[0] == 403
    assert WatchFile.objects.get().state == "read"


def test_the_table_keeps_one_person_from_doing_both(maker: Any) -> None:
    read(maker, line(1))
    file = WatchFile.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        WatchFile.objects.update(state="listing", checked_by_id=file.registered_by_id)
    WatchFile.objects.update(rows=7)
    assert watch_files_add_up() == [f"file {file.file_no}: says 7 and 0, has 1 and 0"]
    assert business_date() == TODAY
