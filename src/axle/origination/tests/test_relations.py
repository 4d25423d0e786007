"""What applications share, who is near whom, and rings; what our own data tells the strategy."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axle.kernel.money import Fen
from axle.origination import permissions as may
from axle.origination.domain.dealer_months import DealerMonth, abnormal_months, busiest_share, first_default_rate
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.relations import Related, Ring, RingTest, Tie, ring_of
from axle.origination.domain.traits import Bond, TraitKind, plain_text, traits_said
from axle.origination.models import Application, ApplicationGuarantor, ApplicationTrait, Contract
from axle.origination.ports import EmptyLoanBook, loan_book_install
from axle.origination.services import relation_graph_draw
from axle.origination.services.guarantor_keep import guarantor_keep
from axle.origination.services.own_signals import BROUGHT_OF_OURS, curve_signals, own_signals
from axle.origination.services.relations_find import related_of, ring_test
from axle.origination.tests import papers
from axle.origination.tests.people import vin
from axle.origination.tests.world import TODAY, World
from axle.platform.public import system_actor
from axle.platform.testing import act, client_for, make_department, make_user

PHONE, CARD, ADDRESS, CONTACT = TraitKind.PHONE, TraitKind.CARD, TraitKind.ADDRESS, TraitKind.CONTACT
TEST = RingTest(TODAY - timedelta(days=180), frozenset({Bond.PHONE, Bond.CARD, Bond.ADDRESS}), 2, 3)


def tie(one: int, other: int, kind: TraitKind = PHONE, person: int = 0, days: int = 1) -> Tie:
    """Application numbers stand for people unless told otherwise."""
    return Tie(UUID(int=100), one, kind, other, kind, UUID(int=person or other), TODAY - timedelta(days=days))


def pair(one: int, other: int, *kinds: TraitKind, **how: int) -> list[Tie]:
    return [tie(one, other, kind, **how) for kind in kinds or (PHONE, CARD)]


@pytest.mark.parametrize(
    ("near", "far", "members"),
    [
        ([*pair(1, 2), *pair(1, 3)], [], {1, 2, 3}),
        (pair(1, 2), pair(2, 3), {1, 2, 3}),
        (pair(1, 2), [], set()),  # two people are none
        ([*pair(1, 2), *pair(1, 3, PHONE)], [], set()),  # one kind of thing is chance
        ([*pair(1, 2), *pair(1, 3, PHONE, CONTACT)], [], set()),  # a phone is one kind, whoever answers it
        ([*pair(1, 2), *pair(1, 3, days=181)], [], set()),  # too long ago
        ([*pair(1, 2), *pair(1, 3, TraitKind.EMPLOYER, PHONE)], [], set()),  # colleagues do not count
        ([*pair(1, 2), *pair(1, 3, TraitKind.PERSON, person=1)], pair(3, 4), {1, 2, 3, 4}),  # through an own case
        ([*pair(1, 2), *pair(1, 3, person=2)], [], set()),  # two cases of one person
    ],
)
def test_a_ring_is_enough_people_tied_by_enough_kinds_of_things(near: list[Tie], far: list[Tie], members: set[int]):
    ring = ring_of(Related(1, UUID(int=1), near, far), TEST)
    assert ring.application_ids == members
    assert ring == Ring() if not members else ring.bonds == {Bond.PHONE, Bond.CARD}


def test_what_is_written_differently_is_the_same():
    assert plain_text("浙江省 杭州市，文三路 ＡＢ-1 号") == plain_text("浙江省杭州市文三路ab1号")
    form = {
        "customer": {"id_no": "1", "residence_address": "杭州市", "employer": "个体", "contacts": [{}, {"phone": "9"}]}
    }
    assert traits_said(form) == [(TraitKind.PERSON, "person:1", "1"), (CONTACT, "phone:9", "9")]
    assert traits_said({}) == []


MONTHS = [DealerMonth(date(2026, month, 1), applications=5) for month in range(1, 8)]


@pytest.mark.parametrize(
    ("last", "abnormal"),
    [
        ([], 0),
        ([DealerMonth(TODAY, applications=5, declined=3)], 1),
        ([DealerMonth(TODAY, applications=4, declined=4)], 0),
        ([DealerMonth(TODAY, first_dues=19, first_defaults=2)], 1),
        ([DealerMonth(TODAY, first_dues=20, first_defaults=2)], 0),
        ([DealerMonth(TODAY, first_dues=1, first_defaults=1)], 0),
        ([DealerMonth(TODAY, applications=10)], 1),
        ([DealerMonth(TODAY, applications=9)], 0),
        ([DealerMonth(TODAY, applications=30), DealerMonth(TODAY, applications=60)], 2),
        ([DealerMonth(TODAY, applications=30), DealerMonth(TODAY)], 0),
    ],
)
def test_abnormal_months_are_counted_back_from_the_last(last: list[DealerMonth], abnormal: int):
    assert abnormal_months([*MONTHS, *last]) == abnormal


def test_shares_of_a_dealer():
    assert first_default_rate([DealerMonth(TODAY, first_dues=3, first_defaults=1), *MONTHS]) == Decimal("0.3333")
    assert first_default_rate(MONTHS) == 0
    assert [busiest_share(cases) for cases in ([], [40], [9, 10], [5, 15])] == [0, 0, 0, Decimal("0.75")]


@pytest.mark.parametrize(
    ("worth", "price", "expected"),
    [
        ([Fen(9_000_000), Fen(4_000_000)], Fen(8_000_000), (["residual_curve"], {"residual_end_rate": Decimal("0.5")})),
        ([Fen(9_000_000), Fen(4_000_000)], Fen(1), (["residual_curve"], {"residual_end_rate": Decimal(2)})),
        ([], Fen(8_000_000), ([], {})),
        ([Fen(9_000_000), Fen(4_000_000)], None, ([], {})),
    ],
)
def test_what_is_left_at_the_end_is_a_share_of_the_price(worth: list[Fen], price: Fen | None, expected: object):
    assert curve_signals(worth, price) == expected


@pytest.mark.django_db
def test_the_account_that_is_paid_is_the_dealers_or_nobody_looks(world: World):
    first = world.submitted(serial=1)
    dealer = apps.get_model("channel.Dealer").objects.get(pk=world.dealer_id)
    said = {}
    for name in (f" {dealer.name[:4]}（{dealer.name[4:]}）", "王经理", dealer.name):
        apps.get_model("channel.Dealer").objects.filter(pk=dealer.pk).update(account_name=name)
        said[name] = signals(first)["payee_check"]
    assert list(said.values()) == ["match", "mismatch", "match"]

    apps.get_model("channel.Dealer").objects.filter(pk=dealer.pk).update(account_no=None)
    form = ApplicationForm.model_validate(first.form)
    asked, told = own_signals(first, form, related_of(first.pk), is_of_dealer=True, on=TODAY)
    assert ("payee" in asked, "payee_check" in told) == (False, False)


class Defaulters(EmptyLoanBook):
    """A book in which everybody borrowed, some defaulted, and every car is financed."""

    bad: frozenset[int] = frozenset()

    def borrowers(self, customer_ids, *, defaulted_from_days):
        return {customer: customer in self.bad for customer in customer_ids}

    def is_any_financed(self, application_ids):
        return bool(application_ids)


def signals(application: Application) -> dict[str, object]:
    form = ApplicationForm.model_validate(application.form)
    asked, told = own_signals(application, form, related_of(application.pk), is_of_dealer=True, on=TODAY)
    assert asked == list(BROUGHT_OF_OURS)
    assert told.keys() == frozenset().union(*BROUGHT_OF_OURS.values())
    return told


def statements_of(application: Application) -> int:
    with CaptureQueriesContext(connection) as statements:
        signals(application)
    return len(statements)


NOTHING = {
    "address_applicants": 1, "phone_applicants": 1, "card_owners": 1, "vehicle_applicants": 1,
    "device_applicants": 1, "address_form": "plausible",
    "employer_applicants_30d": 1, "contact_applicants": 0, "is_mutual_contact": False, "contact_is_staff": False,
    "vehicle_financed_here": False, "defaulters_near": 0, "community_bad_rate": 0, "ring_people": 0,
    "dealer_abnormal_months": 0, "dealer_first_default_rate": 0, "dealer_salesperson_share": 0,
    "dealer_pending_mortgage_rate": 0, "dealer_is_controlled": False, "payee_check": "match",
    "income_band_gap_rate": Decimal("1.4503"),
}  # fmt: skip


@pytest.mark.django_db
def test_our_own_data_tells_the_rules_what_applications_share(world: World):
    book = Defaulters()
    loan_book_install(book)
    first = world.submitted(serial=1)
    assert signals(first) == NOTHING
    assert first.decision == "approve"
    address = {"customer__residence_address": "浙江省杭州市 西湖区文三路 1 号"}
    contact = [{"name": "李娜", "relation": "friend", "phone": "13800000001"}]
    with CaptureQueriesContext(connection) as alone:
        related_of(first.pk)

    second = world.submitted(serial=2, customer__contacts=contact, **address)
    third = world.submitted(
        serial=3,
        customer__phone="13800000001",
        customer__employer="杭州1号科技有限公司",
        vehicle__vin=vin(5),
        **address,
    )
    book.bad = frozenset({second.customer_id})

    told = signals(first)
    assert told == NOTHING | {
        "address_applicants": 3,
        "phone_applicants": 2,
        "employer_applicants_30d": 2,
        "defaulters_near": 1,
        "community_bad_rate": Decimal("0.5"),
        "ring_people": 3,
    }
    assert ring_of(related_of(first.pk), ring_test()).application_ids == {first.pk, second.pk, third.pk}
    assert (third.decision, third.state) == ("refer", "in_review")  # a phone of two applicants, and a ring of three
    with CaptureQueriesContext(connection) as together:
        related_of(first.pk)
    assert (len(alone), len(together)) == (1, 2)
    drawn_within_what_the_reader_may_see(first, second, third)


def drawn_within_what_the_reader_may_see(first: Application, second: Application, third: Application) -> None:
    department = first.department
    Application.objects.filter(pk=third.pk).update(department=make_department("西北区"), owner=None, dealer=None)
    sees = (may.APPLICATION_VIEW, may.RELATION_VIEW, "decisioning.decision.view")
    reader = client_for(make_user("bert", permissions=sees, scope="department", department=department))
    status, graph = reader.get(f"/applications/{first.pk}/relations")
    assert status == 200
    kinds = Counter(node["node_kind"] for node in graph["nodes"])
    assert kinds == {"application": 2, "phone": 1, "address": 1, "employer": 1, "dealer": 1}
    assert {node["label"] for node in graph["nodes"] if node["node_kind"] == "phone"} == {"138****0001"}
    hidden = {node["node_kind"]: node["applications_hidden"] for node in graph["nodes"] if node["applications_hidden"]}
    assert hidden == {"phone": 1, "address": 1, "employer": 1}
    assert third.application_no not in str(graph)
    counts = {
        "applications_hidden": 1,
        "people_near": 2,
        "defaulters_near": 1,
        "ring_people": 3,
        "ring_applications": 3,
    }
    assert {name: graph[name] for name in counts} == counts
    assert graph["ring_bonds"] == ["address", "phone"]
    assert {(edge["application"], edge["trait_role"]) for edge in graph["edges"]} == {
        *((f"a{first.pk}", role) for role in ("phone", "address", "employer", "dealer")),
        *((f"a{second.pk}", role) for role in ("contact", "address", "dealer")),
    }
    assert reader.get(f"/customers/{first.customer_id}/relations") == (200, graph)
    assert reader.get(f"/customers/{third.customer_id}/relations")[0] == 404
    assert reader.get(f"/applications/{third.pk}/relations")[0] == 404
    assert client_for(make_user("anna", permissions=sees[:1])).get(f"/applications/{first.pk}/relations")[0] == 403

    checks = {check["code"]: check for check in reader.get(f"/applications/{second.pk}")[1]["decisions"][0]["checks"]}
    assert len(checks) == 72
    assert (checks["C71"]["check_status"], checks["C14"]["check_status"]) == ("pass", "no_data")
    assert checks["C14"]["says"] == "未核验：缺少结婚证或征信报告中的婚姻信息"
    assert {"name": "address_applicants", "label": "同地址申请人数", "value": "2"} in checks["C71"]["evidence"]


@pytest.mark.django_db
def test_contacts_cards_and_cars_are_found_again(world: World):
    loan_book_install(Defaulters())
    staff = [{"name": "王经理", "relation": "friend", "phone": "13700001111"}]
    first = world.submitted(serial=1)
    again = world.submitted(
        serial=2,
        customer__card_no=first.form["customer"]["card_no"],
        customer__contacts=[*first.form["customer"]["contacts"], *staff],
        vehicle__engine_no="DLS 000001",
    )
    expected = {"card_owners": 2, "contact_applicants": 1, "contact_is_staff": True, "vehicle_applicants": 2}
    assert signals(again) == NOTHING | expected  # an engine alone does not finance a car
    ApplicationTrait.objects.filter(application=again, kind=TraitKind.ENGINE).update(
        kind=TraitKind.VIN, value=ApplicationTrait.objects.get(application=first, kind=TraitKind.VIN).value
    )
    assert signals(again) == NOTHING | expected | {"vehicle_financed_here": True}
    mutual = world.draft(serial=3)
    assert signals(mutual) == NOTHING
    assert statements_of(again) <= statements_of(first) <= 24


def guaranteed(world: World, application: Application, id_no: str, name: str = "王母") -> None:
    """Somebody guarantees the loan of an application."""
    contract = Contract.objects.filter(application=application).first() or papers.contracted(world, application)
    with act(system_actor("servicing")):
        for _again in range(2):
            guarantor_keep(contract_id=contract.pk, name=name, id_no=id_no, on=TODAY)


@pytest.mark.django_db
def test_guarantors_are_nodes_and_lead_from_loan_to_loan(world: World):
    """One person guarantees two loans, and another one asks for a loan of their own."""
    first, second = world.submitted(serial=1), world.submitted(serial=2)
    third = world.submitted(serial=3)
    guaranteed(world, first, "110101195001010022")
    guaranteed(world, second, "110101195001010022".lower())
    guaranteed(world, second, third.form["customer"]["id_no"], name="第三人")
    assert ApplicationGuarantor.objects.count() == ApplicationTrait.objects.filter(kind="guarantor").count() == 3

    reader = client_for(make_user("anna", permissions=(may.APPLICATION_VIEW, may.RELATION_VIEW)))
    graph = reader.get(f"/applications/{first.pk}/relations")[1]

    told = {node["label"] for node in graph["nodes"] if node["node_kind"] == "guarantor"}
    assert told == {"王母", "第三人"}
    assert "110101195001010022" not in str(graph)
    steps = {node["application_id"]: node["step"] for node in graph["nodes"] if node["node_kind"] == "application"}
    assert steps == {first.pk: 0, second.pk: 1, third.pk: 2}
    roles = Counter((edge["application"], edge["trait_role"]) for edge in graph["edges"])
    assert (roles[f"a{second.pk}", "guarantor"], roles[f"a{third.pk}", "person"]) == (2, 1)
    assert (graph["people_near"], graph["ring_people"]) == (2, 0), "who guarantees makes no ring"
    book = Defaulters()
    book.bad = frozenset({second.customer_id})
    loan_book_install(book)
    assert signals(first)["defaulters_near"] == 1


def chain(world: World, length: int) -> list[Application]:
    """Applications of which each names the next one's phone as a contact's."""
    found = []
    for serial in range(1, length + 1):
        contact = [{"name": "李娜", "relation": "friend", "phone": f"1390000{serial:04d}"}]
        own = f"1390000{serial - 1:04d}"
        found.append(world.submitted(serial=serial, customer__phone=own, customer__contacts=contact))
    return found


@pytest.mark.django_db
def test_relations_are_followed_step_by_step(world: World):
    cases = chain(world, 5)
    reader = client_for(make_user("anna", permissions=(may.APPLICATION_VIEW, may.RELATION_VIEW)))
    first = reader.get(f"/applications/{cases[0].pk}/relations")[1]
    shown = {node["application_id"] for node in first["nodes"] if node["node_kind"] == "application"}
    assert shown == {case.pk for case in cases[:3]}, "two steps at first"

    status, step = reader.get(f"/applications/{cases[2].pk}/relations/step")

    assert (status, step["next_offset"]) == (200, None)
    assert {node["application_id"]: node["step"] for node in step["nodes"] if node["application_id"]} == {
        cases[2].pk: 0, cases[1].pk: 1, cases[3].pk: 1,
    }  # fmt: skip
    before = {node["key"] for node in first["nodes"]}
    again = [node for node in step["nodes"] if node["key"] in before]
    assert {node["label"] for node in again if node["node_kind"] == "phone"} == {"139****0002"}, "keys are the same"
    last = reader.get(f"/applications/{cases[3].pk}/relations/step")[1]
    assert cases[4].pk in {node["application_id"] for node in last["nodes"]}


@pytest.mark.django_db
def test_a_step_has_pages_and_can_follow_one_value(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(relation_graph_draw, "STEP", 2)
    address = {"customer__residence_address": "浙江省杭州市 西湖区文三路 1 号"}
    hub = world.submitted(serial=1, **address)
    others = [world.submitted(serial=serial, **address) for serial in range(2, 6)]
    reader = client_for(make_user("anna", permissions=(may.APPLICATION_VIEW, may.RELATION_VIEW)))

    def page(**asked: Any) -> tuple[set[int], int | None, Any]:
        status, step = reader.get(f"/applications/{hub.pk}/relations/step", **asked)
        assert status == 200
        found = {node["application_id"] for node in step["nodes"] if node["application_id"]} - {hub.pk}
        return found, step["next_offset"], step

    first, offset, step = page()
    assert (len(first), offset) == (2, 2)
    second, offset, _step = page(offset=offset)
    assert (first | second, offset) == ({case.pk for case in others}, None)
    (value,) = [node["key"] for node in step["nodes"] if node["node_kind"] == "address"]
    assert page(value_key=value)[0] == first
    assert page(value_key="v0000000000000000")[0] == page(offset=4)[0] == set()
    with CaptureQueriesContext(connection) as few:
        page()
    monkeypatch.setattr(relation_graph_draw, "STEP", 4)
    with CaptureQueriesContext(connection) as many:
        page()
    assert len(few) == len(many)
    for wrong in ({"offset": -1}, {"offset": 10_001}, {"value_key": "v" * 18}):
        assert reader.get(f"/applications/{hub.pk}/relations/step", **wrong)[0] == 422


@pytest.mark.django_db
def test_each_step_stays_within_what_the_reader_may_see(world: World):
    cases = chain(world, 4)
    department = cases[0].department
    far = make_department("西北区")
    Application.objects.filter(pk=cases[2].pk).update(department=far, owner=None, dealer=None)
    sees = (may.APPLICATION_VIEW, may.RELATION_VIEW)
    reader = client_for(make_user("bert", permissions=sees, scope="department", department=department))

    step = reader.get(f"/applications/{cases[1].pk}/relations/step")[1]

    assert {node["application_id"] for node in step["nodes"] if node["application_id"]} == {cases[0].pk, cases[1].pk}
    assert step["applications_hidden"] == 1
    assert cases[2].application_no not in str(step)
    status, body = reader.get(f"/applications/{cases[2].pk}/relations/step")
    assert (status, body["code"]) == (404, "not_found")
    assert reader.get("/applications/999999/relations/step")[0] == 404
    other = client_for(make_user("fred", permissions=(may.APPLICATION_VIEW,)))
    assert other.get(f"/applications/{cases[1].pk}/relations/step")[0] == 403
