"""The institution that a stream of applications comes to: the demo's, with its seasoned book, and what a stream needs
beside it: clerks at the dealers, the cars' catalogue, black list, a dealer that has gone bad."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from _applicants import CITIES, DEALERS, Case
from _frauds import BAD_DEALER, LISTED
from _stream import Stream, stream

from axle.channel.models import Dealer
from axle.channel.public import DealerParticulars, DealerState, dealer_account_change, dealer_create, dealer_move
from axle.config.cli.prepare import migrate
from axle.config.demo import load
from axle.config.demo.cases import Case as DemoCase
from axle.config.demo.identifiers import bank_account, company_code, phone, vin
from axle.config.demo.institution import BUSINESS_ON, Place
from axle.config.demo.people import person
from axle.config.demo.portfolio import Agreements, cases_open
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.home import find_home
from axle.kernel.money import Fen
from axle.origination.models import Application
from axle.origination.permissions import APPLICATION_EDIT
from axle.origination.ports import loan_book
from axle.party.domain.watch_list import WatchList, WatchSubject
from axle.party.models import WatchReason, WatchSource
from axle.party.services.watch_entry_add import watch_entry_add
from axle.platform.models import Department, StoredFile, User
from axle.platform.public import (
    EVERYTHING,
    Actor,
    acting,
    actor_of,
    legal_entities,
    system_actor,
)
from axle.product.public import products_on_sale
from axle.vehicle.public import trims, trims_load

BOOK = 1200
CLERKS = 3
SETUP = system_actor("bench")
_CATALOGUE = "src/axle/vehicle/data/trims.csv"
_REGION, _BAD_MONTHS = "华东区", 4
_FIRST_OF_BAD = 3_950_000


@dataclass(frozen=True)
class Desks:
    """Who brings applications, and what they choose from."""

    clerks: dict[int, list[Actor]]
    dealer_ids: list[int]
    partner: Actor
    products: dict[str, int]
    trims: dict[tuple[str, str, int, str], int]
    financed: list[str]
    photo_id: int


def stream_of_data(size: int) -> Stream:
    """Applications of the data sets that AXLE_DATA names. Errors: SetupFailed."""
    data = Path(os.environ.get("AXLE_DATA", ""))
    if not (data / "baselines.json").is_file():
        raise SetupFailed("name the folder of the data sets with AXLE_DATA; bench/README.md tells which")
    return stream(size, data=data, catalogue=find_home().root / _CATALOGUE, on=BUSINESS_ON)


def books_prepare(stream: Stream) -> None:
    """Load the institution and what the stream needs. Errors: SetupFailed when there are books already."""
    migrate()
    if legal_entities():
        raise SetupFailed("the books for benchmarks are there already", "give the stream its own: AXLE_VAR=var/intake")
    load(lambda detail: sys.stderr.write(f"{detail}\n"), loans=BOOK, month=False)
    with acting(SETUP, "bench_prepare"):
        for number in range(len(CITIES), DEALERS):
            _dealer_open(f"演示{number}号车行", CITIES[number % len(CITIES)], number)
        _bad_dealer()
        _clerks_hire()
        trims_load(_trims(stream.cases))
        _listed(stream)
        StoredFile.objects.create(
            sha256="bench", name="bench.jpg", content_type="image/jpeg", size=1, uploaded_by="bench"
        )


def desks_open() -> Desks:
    """What ``books_prepare`` left, for a process."""
    dealer_ids = list(Dealer.objects.order_by("pk").values_list("pk", flat=True))
    clerks = {
        place: [actor_of(User.objects.get(username=f"clerk_{place}_{number}")) for number in range(CLERKS)]
        for place in range(len(dealer_ids))
    }
    department = Department.objects.get(name=_REGION)
    partner = Actor("machine", "云桥助贷平台", department_id=department.pk, grants={APPLICATION_EDIT: EVERYTHING})
    products = {view.code: view.id for view in products_on_sale(BUSINESS_ON)}
    return Desks(
        clerks=clerks,
        dealer_ids=dealer_ids,
        partner=partner,
        products={"new": products["NEW-CAR"], "used": products["USED-CAR"]},
        trims={(trim.make, trim.series, trim.model_year, trim.name): trim.id for trim in trims()},
        financed=_financed(),
        photo_id=StoredFile.objects.get(sha256="bench").pk,
    )


def _clerks_hire() -> None:
    """Clerks of every dealer, who may do what the demo's may; they never sign in, so all share one hash."""
    known = User.objects.get(username="dealer")
    for place, dealer_id in enumerate(Dealer.objects.order_by("pk").values_list("pk", flat=True)):
        for number in range(CLERKS):
            clerk = User.objects.create(
                username=f"clerk_{place}_{number}",
                display_name=f"进件员{place}-{number}",
                password=known.password,
                kind=known.kind,
                channel_ids=[dealer_id],
                must_change_password=False,
            )
            clerk.roles.set(known.roles.all())


def _trims(cases: Iterable[Case]) -> list[dict[str, str]]:
    """The models of the used cars."""
    used = {case.trim: case.new_price for case in cases if case.car is not None}
    return [
        {"make": make, "series": series, "model_year": str(year), "name": name, "guide_price": f"{price}.00",
         "energy": "petrol", "vehicle_class": "passenger"}
        for (make, series, year, name), price in used.items()
    ]  # fmt: skip


def _listed(stream: Stream) -> None:
    values = [(WatchSubject(kind), value) for kind, value in LISTED.items()]
    values += [(WatchSubject.ID_NO, id_no) for id_no in stream.listed_ids]
    for subject, value in values:
        watch_entry_add(
            actor=SETUP,
            watch_list=WatchList.BLACK,
            subject=subject,
            value=value,
            reason=WatchReason.FRAUD,
            source=WatchSource.OWN,
            note="bench",
        )


def _financed(wanted: int = 40) -> list[str]:
    """Cars that secure loans of ours."""
    found: list[str] = []
    for application_id, number in Application.objects.filter(state="disbursed").values_list("pk", "vin").order_by("pk"):
        if loan_book().is_any_financed({application_id}):
            found.append(number)
        if len(found) == wanted:
            break
    return found


def _dealer_open(name: str, city: str, number: int) -> int:
    department = Department.objects.get(name=_REGION)
    particulars = DealerParticulars(name, city, "B", "赵经理", phone(9_800 + number), department.pk, None)
    dealer = dealer_create(actor=SETUP, uscc=company_code(200 + number), particulars=particulars)
    account = {"name": name, "bank": "沙箱银行", "account_no": bank_account(200 + number)}
    dealer_account_change(actor=SETUP, dealer_id=dealer.pk, **account)
    dealer_move(actor=SETUP, dealer_id=dealer.pk, to=DealerState.ACTIVE, reason="")
    return int(dealer.pk)


def _bad_dealer() -> None:
    """A dealer most of whose applications of the last months were declined."""
    place = _place(Department.objects.get(name=_REGION).pk)
    cases = list(_bad_cases(_dealer_open("演示恒达车行", CITIES[0], BAD_DEALER), place))
    agreements = Agreements()
    cases_open(SETUP, place, cases, [agreements.of(case) for case in cases])


def _place(department_id: int) -> Place:
    products = {view.code: (view.id, view.code) for view in products_on_sale(BUSINESS_ON)}
    entity = legal_entities()[0]
    nobody: Any = None
    return Place(entity.id, {_REGION: department_id}, {_REGION: nobody}, (), products, 0)


def _bad_cases(dealer_id: int, place: Place) -> Iterable[DemoCase]:
    draw = Random("bad dealer")
    trim = next(trim for trim in trims() if trim.vehicle_class == "passenger")
    for number in range(_BAD_MONTHS * 10):
        month, told = divmod(number, 10)
        first = BUSINESS_ON.replace(day=1) - timedelta(days=31 * month + 10)
        price = Fen(trim.guide_price // 100_000 * 100_000)
        case = DemoCase(
            person=person(draw, _FIRST_OF_BAD + number, CITIES[0]),
            trim=trim,
            vin=vin(_FIRST_OF_BAD + number),
            is_new=True,
            price=price,
            principal=Fen(price * 7 // 10),
            periods=36,
            method="level_payment",
            annual_rate=Decimal("0.0899"),
            start_on=first,
            dealer_id=dealer_id,
            department=_REGION,
            product=place.products["NEW-CAR"],
            state="declined",
        )
        yield case if told < 7 else replace(case, state="withdrawn")
