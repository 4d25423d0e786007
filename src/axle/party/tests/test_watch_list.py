"""The black and grey lists: what may stand there, who meets it, and that two people put it there."""

from datetime import date
from typing import Any

import pytest

from axle.kernel.errors import AxleError
from axle.kernel.identifiers import vin_check_digit
from axle.party import permissions as may
from axle.party.domain.watch_list import Watched, WatchHit, WatchList, WatchRole, WatchSubject, watch_status
from axle.party.errors import WatchedAlready, WatchedValueInvalid, WatchEntryClosed, WatchExpiryPast
from axle.party.models import WatchEntry, WatchMatch, WatchReason, WatchSource
from axle.party.services.watch_entry_add import watch_entry_add, watch_entry_lift
from axle.party.services.watch_match import watch_hits, watch_matches_keep
from axle.party.tests.people import card_no, resident_id
from axle.platform.models import OperationLog, PendingCommand
from axle.platform.permissions import PENDING_COMMAND_VIEW
from axle.platform.public import Subject, approval_policy_set, business_date, business_date_set
from axle.platform.testing import act, client_for, make_actor, make_department, make_user

pytestmark = pytest.mark.django_db
ALL = (may.WATCH_LIST_VIEW, may.WATCH_LIST_MANAGE)
ID, PHONE, COMPANY = resident_id(), "13800001234", "某某商贸有限公司"


def listed(kind: WatchSubject, value: str, *, on: WatchList = WatchList.BLACK, until: date | None = None) -> WatchEntry:
    with act(make_actor(name="风控")) as actor:
        return watch_entry_add(
            actor=actor,
            watch_list=on,
            subject=kind,
            value=value,
            reason=WatchReason.FRAUD,
            source=WatchSource.OWN,
            note="伪造流水",
            expires_on=until,
        )


def hits(*values: tuple[WatchRole, WatchSubject, str]) -> list[WatchHit]:
    return watch_hits([Watched(*one) for one in values], on=business_date())


@pytest.mark.parametrize(
    ("kind", "value", "written", "shown"),
    [
        (WatchSubject.ID_NO, f" {ID.lower()} ", ID, f"3301**********{ID[-4:]}"),
        (WatchSubject.PHONE, "138 0000 1234", PHONE, "138****1234"),
        (WatchSubject.CARD, card_no(), card_no(), f"6212***********{card_no()[-4:]}"),
        (WatchSubject.PLATE, "浙a12345", "浙A12345", "浙A12345"),
        (WatchSubject.PLATE, "浙AD12345", "浙AD12345", "浙AD12345"),
        (WatchSubject.VIN, "lsvau033852123458", "LSVAU033852123458", "LSVAU033852123458"),
        (WatchSubject.COMPANY, "某某 商贸有限公司", COMPANY, COMPANY),
        (WatchSubject.DEVICE, "a7f0-Device-01", "a7f0-Device-01", "a7f0-Device-01"),
        (WatchSubject.ADDRESS, "演示市 云栖路ａ座-8号", "演示市云栖路A座8号", "演示市云栖路A座8号"),
    ],
)
def test_a_value_is_written_one_way_and_found_again(kind: WatchSubject, value: str, written: str, shown: str) -> None:
    if kind == WatchSubject.VIN:
        value = value[:8] + vin_check_digit(value.upper()) + value[9:]
        written = shown = value.upper()
    entry = listed(kind, value)
    assert (WatchEntry.objects.get().value, entry.shown) == (written, shown)
    assert [hit.entry_no for hit in hits((WatchRole.DEBTOR, kind, value))] == [entry.entry_no]


@pytest.mark.parametrize(
    ("kind", "value", "until", "error"),
    [
        (WatchSubject.ID_NO, ID[:-1] + ("1" if ID[-1] != "1" else "2"), None, WatchedValueInvalid),
        (WatchSubject.PHONE, "1380000123", None, WatchedValueInvalid),
        (WatchSubject.CARD, "6212", None, WatchedValueInvalid),
        (WatchSubject.PLATE, "A12345", None, WatchedValueInvalid),
        (WatchSubject.VIN, "LSVAU0338521234I8", None, WatchedValueInvalid),
        (WatchSubject.COMPANY, "公司", None, WatchedValueInvalid),
        (WatchSubject.DEVICE, "短", None, WatchedValueInvalid),
        (WatchSubject.PHONE, PHONE, date(2020, 1, 1), WatchExpiryPast),
    ],
)
def test_what_cannot_stand_there(kind: WatchSubject, value: str, until: date | None, error: type[AxleError]) -> None:
    with pytest.raises(error):
        listed(kind, value, until=until)
    assert not WatchEntry.objects.exists()


def test_once_listed_until_lifted_or_expired() -> None:
    today = business_date()
    first = listed(WatchSubject.PHONE, PHONE, on=WatchList.GREY, until=today)
    with pytest.raises(WatchedAlready):
        listed(WatchSubject.PHONE, PHONE)
    business_date_set(date(today.year + 1, 1, 1))
    assert hits((WatchRole.DEBTOR, WatchSubject.PHONE, PHONE)) == []
    second = listed(WatchSubject.PHONE, PHONE)
    first.refresh_from_db()
    assert first.state == "expired"
    with act(make_actor(name="风控")) as actor:
        watch_entry_lift(actor=actor, entry_id=second.pk, note="核实无误")
        with pytest.raises(WatchEntryClosed):
            watch_entry_lift(actor=actor, entry_id=second.pk, note="再来一次")
    assert hits((WatchRole.DEBTOR, WatchSubject.PHONE, PHONE)) == []


def test_the_heaviest_counts_and_a_contact_only_makes_a_person_look(django_assert_num_queries: Any) -> None:
    listed(WatchSubject.PHONE, PHONE)
    listed(WatchSubject.COMPANY, COMPANY, on=WatchList.GREY)
    phone = (WatchRole.CONTACT, WatchSubject.PHONE, PHONE)
    company = (WatchRole.EMPLOYER, WatchSubject.COMPANY, COMPANY)
    debtor = (WatchRole.DEBTOR, WatchSubject.PHONE, PHONE)
    asked = [Watched(*one) for one in (phone, company, debtor, (WatchRole.VEHICLE, WatchSubject.PLATE, ""))]
    today = business_date()
    with django_assert_num_queries(1):
        found = watch_hits(asked, on=today)
    assert [(hit.role, hit.watch_list) for hit in found] == [
        (WatchRole.CONTACT, WatchList.BLACK),
        (WatchRole.DEBTOR, WatchList.BLACK),
        (WatchRole.EMPLOYER, WatchList.GREY),
    ]
    assert [watch_status(hits(*one)) for one in ((), (phone,), (company,), (phone, debtor))] == [
        "none",
        "grey",
        "grey",
        "black",
    ]
    with act(make_actor()):
        for _again in range(2):
            watch_matches_keep(found, found_in=Subject("application", 7), number="AP7", on=today)
    assert WatchMatch.objects.filter(ref_type="application", ref_id=7).count() == 3


def test_two_people_list_and_lift_and_nothing_personal_is_logged() -> None:
    for command in ("watch_entry_add", "watch_entry_lift"):
        approval_policy_set(command=command, min_amount=0, checker_permission=may.WATCH_LIST_CHECK)
    maker = client_for(make_user("analyst", permissions=ALL))
    checker = client_for(make_user("reviewer", permissions=(*ALL[:1], may.WATCH_LIST_CHECK, PENDING_COMMAND_VIEW)))
    form = {"watch_list": "black", "subject_kind": "phone", "watched_value": PHONE, "reason": "fraud"}
    form |= {"source": "own", "note": "伪造流水"}
    assert maker.command("watch_entry_add", {**form, "watched_value": "1380"})[1]["field"] == "watched_value"
    status, pending = maker.command("watch_entry_add", form)
    assert (status, WatchEntry.objects.count()) == (202, 0)
    assert (
        checker.command("pending_command_approve", {"pending_no": pending["pending_no"], "opinion": "同意"})[0] == 200
    )
    row = maker.get("/lists/watch_entries", q=PHONE)[1]["items"][0]
    assert (row["watched_value"], row["state"], row["listed_by"]) == ("138****1234", "listed", "analyst")
    status, _pending = maker.command("watch_entry_lift", {"watch_entry_id": row["id"], "note": "核实无误"})
    assert (status, PendingCommand.objects.count()) == (202, 2)
    assert PHONE not in str(list(OperationLog.objects.values()))


def test_a_narrow_scope_neither_sees_nor_writes() -> None:
    listed(WatchSubject.PHONE, PHONE)
    user = make_user("local", permissions=ALL, scope="department", department=make_department("分部"))
    client = client_for(user)
    assert client.get("/lists/watch_entries")[1]["items"] == []
    form = {"watch_list": "grey", "subject_kind": "company", "watched_value": COMPANY, "reason": "other"}
    status, body = client.command("watch_entry_add", {**form, "source": "own", "note": "同业通报"})
    assert (status, body["code"]) == (403, "scope_too_narrow")
