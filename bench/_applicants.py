"""Applications made from real rows: an honest applicant, a car, a loan, the papers, and what sources know.

From the sets come age, kind of employment, loan to value, the place of the car among cheap and dear ones, all that a
bureau knows (accounts, arrears, searches, the rank of the score; nothing for a thin file), and of used cars price, that
when new, age, mileage and owners. What no set has is drawn, at the rates of ``HABITS``. Rupees are read as yuan at a
tenth.
"""

import csv
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from math import log
from pathlib import Path
from random import Random
from typing import Any

from _real_rows import CarRow, LoanRow
from _vendors import Account, Declared, Insured, Known, KnownCar, Person, court_row, list_row

from axle.config.demo.identifiers import bank_account, phone, resident_id, vin

FIRST = 4_000_000
"""Numbers of people and cars; the demo's lie below and far above."""
HOME = "999900"
"""The area of ids that was never issued: where everybody comes from."""
CITIES = ("310100", "330100", "320500", "320100", "330200", "440100", "440300", "440600", "441900", "350100")
"""By dealer, in the order of the demo's ten, and over again."""
DEALERS = 40
"""The demo's ten have a book of a hundred loans each, three of them with much in arrears; the others are new."""
HABITS = {
    "used car": 0.3,
    "through a partner, on the own phone": 0.3,
    "phone from home": 0.28,
    "phone from elsewhere": 0.01,
    "new phone": 0.02,
    "virtual number": 0.01,
    "second-class card": 0.02,
    "name read wrongly from a paper": 0.01,
    "no driving licence": 0.02,
    "address not found to the door": 0.005,
    "lawsuit": 0.012,
    "unregistered trade": 0.02,
    "employer of thousands": 0.12,
    "housing fund of the employed": 0.6,
    "scratch on a used car": 0.35,
    "phone on the least plan": 0.02,
    "employer in no yellow pages": 0.25,
    "employer listed with another phone": 0.15,
    "insured by the employer": 0.8,
    "insured on one's own": 0.2,
    "base at the wage": 0.28,
    "base at the lower bound": 0.32,
    "paid through an agency": 0.05,
    "insurance stopped": 0.02,
    "stated with what comes beside the wage": 0.25,
    "wages declared, of the insured": 0.97,
    "wages declared, of others": 0.5,
    "wages declared in part": 0.15,
    "wages free of tax declared": 0.5,
    "trade taxed": 0.5,
    "price over what appraisers say": 0.02,
    "phone that somebody on the industry's list had before": 0.003,
    "reported to the industry's list, of those in arrears": 0.05,
    "VIN that the appraiser's library takes for a sister model": 0.003,
    "used car of a series that is made no more": 0.01,
}
"""The last four are drawn with dice of their own. Numbers that were given up are sold again, and stay on lists that
nobody cleans; libraries of VINs are kept by hand; how many series of the file have ended is not known."""
"""Of phones: small companies are often listed with the phone of whoever keeps their books, or with an old one; a guess.

Of those about wages. *Insured by the employer*: 379 of 470 million people at work in towns paid into the employees'
pension in 2023 (statistical bulletin of the ministry of human resources); authorities insure everybody, at the wage.
*On one's own*: of some 200 million in flexible work, somewhat over 40 million. *Base*: of the companies asked for the
white paper on social insurance of 2018 (51社保), 27 in 100 pay by the wage and 32 by the lower bound, the others by
something between, as basic pay without what is added to it. *Agency*: dispatched labour is at most a tenth of a
company's people; half of that is taken. *Declared*: the law wants all wages declared (individual income tax law,
article 10); those of small shops, where nobody insures either, often are not, and below 5,000 yuan nothing is due. That
a part is paid as expenses or in cash, and that people state what comes in beside the wage, are guesses: nobody
publishes it."""
_AVERAGES = {"31": 12_307, "32": 8_132, "33": 8_310, "35": 7_000, "44": 9_167}
"""About the monthly average wage by which bases were bounded in 2024, by province, in yuan."""
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "子轩浩宇梓涵雨桐欣怡思远嘉宁若曦景行清扬书瑶云舟安歌知夏明澈星野望舒青岚沐阳"
_LARGE = [f"演示{name}集团" for name in ("启明电子", "远山汽车", "云帆物流", "禾木食品", "青枫纺织", "星海船舶")]
_TRADES = ("机械", "餐饮", "贸易", "装饰", "物流", "科技", "服装", "建材")
_SCORES = ((0.0, 540), (0.1, 610), (0.25, 660), (0.5, 715), (0.75, 765), (1.0, 845))
"""The bureau's score by the rank of the other bureau's."""
_CAPS = {"new": 0.8, "used": 0.7}
_RATES = {"new": 0.0899, "used": 0.1188}
_APPRAISER_SPREAD = 0.035
"""Standard deviation of an appraiser from the price: half of them are within 2.4 %."""


@dataclass(frozen=True)
class NewCar:
    """A trim of the catalogue on sale; the guide price in yuan."""

    make: str
    series: str
    model_year: int
    name: str
    guide_price: int


Trim = tuple[str, str, int, str]


@dataclass
class Case:
    """What the system is told of an application. Nothing in it says what it really is.

    ``dealer`` is a place among the dealers, None through a partner; ``trim`` names the car in the catalogue, ``car`` is
    None for a new one. ``forged`` is what papers show that differ from the form.
    """

    number: int
    dealer: int | None
    clerk: int
    trim: Trim
    new_price: int
    customer: dict[str, Any]
    vehicle: dict[str, Any]
    loan: dict[str, Any]
    known: Known
    car: KnownCar | None
    papers: dict[str, dict[str, Any]] = field(default_factory=dict)
    forged: dict[str, dict[str, Any]] = field(default_factory=dict)
    device: tuple[str, str] | None = None


def new_cars(catalogue: Path) -> list[NewCar]:
    """Passenger cars of the newest year, the cheapest first."""
    with catalogue.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["vehicle_class"] == "passenger"]
    newest = max(int(row["model_year"]) for row in rows)
    cars = [
        NewCar(row["make"], row["series"], newest, row["name"], round(float(row["guide_price"])))
        for row in rows
        if int(row["model_year"]) == newest and float(row["guide_price"]) <= 400_000
    ]
    return sorted(cars, key=lambda car: car.guide_price)


def used_trim(car: CarRow) -> Trim:
    """How the catalogue names a used car's model."""
    return f"品牌{car.brand}", f"车系{car.series}", car.model_year, f"{car.model}号 {car.new_price}"


def applicant(draw: Random, number: int, row: LoanRow, car: NewCar | CarRow, *, on: date) -> Case:
    """An honest application. The same dice give the same one."""
    is_direct = _happens(draw, "through a partner, on the own phone")
    dealer = draw.randrange(DEALERS)
    city = CITIES[dealer % len(CITIES)]
    kind = "new" if isinstance(car, NewCar) else "used"
    known = _known(draw, number, row, city, on)
    customer = _customer(draw, number, row, known, city, on)
    vehicle, told_car = _vehicle(draw, number, car, on)
    loan = _loan(draw, row, kind, vehicle, car)
    _incomes(draw, row, kind, customer, loan, known)
    known.told_before = _told_before(draw, customer, known)
    _phones(Random(f"phones:{number}"), number, customer, known)
    _wages(Random(f"wages:{number}"), customer, known)
    known.is_licensed = bool(customer["has_driving_licence"])
    return Case(
        number=number,
        dealer=None if is_direct else dealer,
        clerk=draw.randrange(3),
        trim=used_trim(car) if isinstance(car, CarRow) else (car.make, car.series, car.model_year, car.name),
        new_price=car.new_price if isinstance(car, CarRow) else car.guide_price,
        customer=customer,
        vehicle=vehicle,
        loan=loan,
        known=known,
        car=told_car,
        device=(f"device-{number}", f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
        if is_direct
        else None,
    )


def papers_photograph(draw: Random, case: Case) -> None:
    """What is read from the papers: what the form says, but for a name that is read wrongly, and what is forged."""
    customer, vehicle = case.customer, case.vehicle
    name = customer["name"]
    seen = name[:-1] + "口" if _happens(draw, "name read wrongly from a paper") else name
    until = {} if customer["id_is_long_term"] else {"valid_to": customer["id_valid_until"]}
    case.papers = {
        "id_front": {"name": seen, "id_no": customer["id_no"]},
        "id_back": until,
        "driver_licence": {"name": name, "licence_no": customer["id_no"]},
        "consent_letter": {},
    }
    if vehicle["kind"] == "used":
        shown = {name: vehicle[name] for name in ("vin", "plate_no", "engine_no")}
        case.papers["vehicle_licence_main"] = shown | {"registered_on": vehicle["first_registered_on"]}
        case.papers["registration_certificate"] = {}
    for kind, shown in case.forged.items():
        case.papers[kind] |= shown


def instalment_of(principal: float, kind: str, periods: int) -> float:
    """The level payment in yuan at the product's ordinary rate."""
    rate = _RATES[kind] / 12
    return principal * rate / (1 - (1 + rate) ** -periods)


def _happens(draw: Random, habit: str) -> bool:
    return draw.random() < HABITS[habit]


def _known(draw: Random, number: int, row: LoanRow, city: str, on: date) -> Known:
    age = min(max(row.age, 20), 62)
    birthday = on - timedelta(days=365 * age + 120 + draw.randrange(200))
    known = Known(
        name=draw.choice(_FAMILY) + "".join(draw.choices(_GIVEN, k=draw.choice((1, 2, 2)))),
        id_no=_id_no(birthday, number),
        phone=phone(FIRST + number),
        phone_city=city,
        phone_months=draw.choices((6, 12, 24), (5, 10, 85))[0],
        network_city=city,
        address_city=city,
    )
    if _happens(draw, "phone from home"):
        known.phone_city = HOME
    elif _happens(draw, "phone from elsewhere"):
        known.phone_city = "650100"
    if _happens(draw, "new phone"):
        known.phone_months = 3
    if _happens(draw, "virtual number"):
        known.phone = f"170{number % 10**8:08d}"
    if Random(f"address:{number}").random() < HABITS["address not found to the door"]:
        known.address_level = "区县"
    known.card_class = 2 if _happens(draw, "second-class card") else 1
    if _happens(draw, "lawsuit"):
        known.court = [court_row("ssws", on - timedelta(days=draw.randrange(30, 700)), draw.randrange(5_000, 80_000))]
    _bureau(draw, row, known, on)
    known.listed = _listed(Random(f"list:{number}"), row, on)
    return known


def _listed(draw: Random, row: LoanRow, on: date) -> list[dict[str, str]]:
    """What lenders reported to each other of a person or of who had the phone before."""
    reported = on - timedelta(days=draw.randrange(60, 900))
    if draw.random() < HABITS["phone that somebody on the industry's list had before"]:
        return [list_row("B", "MOBILE", "欺诈", reported)]
    if row.overdue and draw.random() < HABITS["reported to the industry's list, of those in arrears"]:
        return [list_row("G", "CERT", "逾期", reported)]
    return []


def _id_no(birthday: date, number: int) -> str:
    """No two of fourteen thousand have a birthday and a number in common."""
    shifted = birthday - timedelta(days=(birthday.toordinal() - number // 900) % 16)
    return resident_id(shifted, 100 + number % 900)


def _bureau(draw: Random, row: LoanRow, known: Known, on: date) -> None:
    """The report: as many accounts as the row counts, the debts shared among the open ones, arrears where it has
    them."""
    opened = min(row.active, 9)
    closed = min(row.accounts - row.active, 12)
    months = [draw.randint(14, 110) for _ in range(opened + closed)]
    months[: row.opened_6m] = [draw.randint(1, 6) for _ in range(min(row.opened_6m, len(months)))]
    balance, due = min(row.balance // 10, 900_000), min(row.due // 10, 7_000)
    for place, age in enumerate(months):
        is_open, part = place < opened, max(opened, 1)
        account = Account(place + 1, "D1", f"L{draw.randrange(60):05d}", "11", "91", age, guarantee="4")
        if is_open and place == 0 and opened > 1:
            limit = draw.choice((10_000, 20_000, 30_000, 50_000))
            used = round(limit * min(draw.betavariate(1.3, 2.4), 0.99))
            account = replace(account, kind="R2", business="81", lender_kind="11", limit=limit, balance=used)
        elif is_open:
            account.amount = balance * 2 // part + 5_000
            account.balance, account.due, account.left = balance // part + 1_000, due // part + 100, 24
            account.guarantee = "2" if balance > 300_000 else "4"
        else:
            account = replace(account, amount=30_000, status="3", is_closed=True, guarantee="2")
        known.accounts.append(account)
    _arrears(draw, row, known.accounts[:opened])
    if row.score_rank is not None:
        known.score = _score(row.score_rank)
    known.searches = [(draw.randint(5, 170), f"Q{place:05d}", "02") for place in range(min(row.searches, 20))]
    recent = sum(days <= 90 for days, *_ in known.searches)
    known.lending = {"d7": sum(days <= 7 for days, *_ in known.searches), "d30": min(recent, 1), "d90": recent,
                     "d180": len(known.searches), "d360": len(known.searches)}  # fmt: skip


def _arrears(draw: Random, row: LoanRow, accounts: list[Account]) -> None:
    for account in accounts[: row.overdue]:
        behind = draw.choice((1, 1, 2, 3))
        account.overdue = draw.choice((400, 900, 1_800, 4_500, 12_000))
        account.late = {ago: str(behind - ago + 1) for ago in range(1, behind + 1)}
        account.status, account.tier = ("2" if account.kind == "D1" else "1"), "2" if behind < 3 else "3"
    for account in accounts[row.overdue : row.overdue + row.late_6m]:
        account.late = {draw.randint(2, 6): "1"}
    for account in accounts:
        account.late = {ago: status for ago, status in account.late.items() if ago <= account.months}


def _score(rank: float) -> int:
    for (low, least), (high, most) in pairwise(_SCORES):
        if rank <= high:
            return round(least + (most - least) * (rank - low) / (high - low))
    return _SCORES[-1][1]


def _customer(draw: Random, number: int, row: LoanRow, known: Known, city: str, on: date) -> dict[str, Any]:
    employment = "employed" if row.is_salaried else draw.choice(("self_employed",) * 8 + ("driver", "farmer"))
    if row.is_salaried and draw.random() < 0.12:
        employment = "public_service"
    birthday = date(*(int(known.id_no[start:end]) for start, end in ((6, 10), (10, 12), (12, 14))))
    contact = phone(FIRST + 2_000_000 + number)
    spouse = draw.random() < 0.6
    return {
        "name": known.name,
        "id_no": known.id_no,
        **_validity(draw, birthday, on),
        "phone": known.phone,
        "marital_status": "married" if spouse else "single",
        "education": draw.choice(("secondary", "college", "bachelor")),
        "residence_kind": draw.choice(("owned", "owned", "mortgaged", "family", "rented")),
        "residence_address": f"演示市{draw.choice(_TRADES)}路{number % 997 + 1}号{number % 31 + 1}栋{number}室",
        "region_code": city,
        "employment_kind": employment,
        "employer": _employer(draw, number, employment, known, on),
        "employment_months": min(draw.choice((5, 14, 30, 60, 100, 150)), max((on - birthday).days // 30 - 216, 4)),
        "has_driving_licence": not _happens(draw, "no driving licence"),
        "card_bank": "沙箱银行",
        "card_no": bank_account(FIRST + number),
        "contacts": [
            {"name": draw.choice(_FAMILY) + "晓", "relation": "spouse" if spouse else "parent", "phone": contact}
        ],
    }


def _validity(draw: Random, birthday: date, on: date) -> dict[str, Any]:
    """An id holds ten years from 16 on, twenty from 26 on, for life from 46 on; it was issued some time ago."""
    age = (on - birthday).days / 365.25
    first, years = (16, 10) if age < 26 else (26, 20)
    if age >= 46 and draw.random() < 0.6:
        return {"id_is_long_term": True, "id_valid_until": None}
    ago = draw.random() * min(age - first + 1, years)
    until = on + timedelta(days=round((years - ago) * 365.25))
    return {"id_is_long_term": False, "id_valid_until": until.isoformat()}


def _employer(draw: Random, number: int, employment: str, known: Known, on: date) -> str:
    known.employer_since = on - timedelta(days=draw.randrange(400, 9_000))
    if employment == "public_service":
        return f"演示市第{number % 300 + 1}中学"
    if employment == "employed" and _happens(draw, "employer of thousands"):
        known.employer_staff = 6_000
        return draw.choice(_LARGE)
    known.employer_staff = draw.choice((3, 8, 20, 60, 200, 500))
    if employment != "employed":
        known.employer_staff = 0
        known.employer_status = "" if _happens(draw, "unregistered trade") else "存续"
    return f"演示{draw.choice(_TRADES)}{number}号经营部"


def _vehicle(draw: Random, number: int, car: NewCar | CarRow, on: date) -> tuple[dict[str, Any], KnownCar | None]:
    vehicle: dict[str, Any] = {"vin": vin(FIRST + number), "engine_no": f"EN{number:07d}", "colour": "白"}
    if isinstance(car, NewCar):
        price = round(car.guide_price * draw.uniform(0.86, 1.0), -2)
        return vehicle | {"kind": "new", "price": price, "plate_no": None}, None
    value = car.price
    price = round(value * (draw.uniform(1.1, 1.2) if _happens(draw, "price over what appraisers say") else 1), -2)
    values = tuple(round(value * draw.lognormvariate(0, _APPRAISER_SPREAD)) for _ in range(2))
    first = on - timedelta(days=round(car.months * 30.44))
    told = KnownCar((values[0], values[1]), car.mileage_km, car.transfers, first)
    if _happens(draw, "scratch on a used car"):
        told.events = ["SCRATCH"]
    _market(Random(f"market:{number}"), told, used_trim(car), on)
    vehicle |= {"kind": "used", "price": price, "plate_no": f"沪A{number % 10**5:05d}"}
    return vehicle | {"first_registered_on": first.isoformat(), "mileage_km": car.mileage_km}, told


def _market(draw: Random, told: KnownCar, trim: Trim, on: date) -> None:
    """What the appraiser's library and market know of the model, and the insurers of scratches: sales take five weeks,
    seldom three times as long; a scratch of the last three years was claimed."""
    make, series, model_year, _ = trim
    is_mistaken = draw.random() < HABITS["VIN that the appraiser's library takes for a sister model"]
    told.models = [{"brand": make, "series": f"{series}L" if is_mistaken else series, "year": str(model_year)}]
    told.sale_days = round(draw.lognormvariate(log(35), 0.45))
    told.is_discontinued = draw.random() < HABITS["used car of a series that is made no more"]
    told.claims = [(on - timedelta(days=draw.randrange(1_095)), draw.randrange(500, 4_000)) for _ in told.events]


def _loan(draw: Random, row: LoanRow, kind: str, vehicle: dict[str, Any], car: NewCar | CarRow) -> dict[str, Any]:
    share = min(row.ltv, _CAPS[kind])
    most = 500_000 if kind == "new" else 300_000
    amount = min(int(vehicle["price"] * share // 1_000 * 1_000), most)
    periods = draw.choice((24, 36, 36, 48, 60) if kind == "new" else (24, 36, 36))
    if isinstance(car, CarRow) and car.months + periods > 118:
        periods = 24
    return {"amount": max(amount, 12_000), "periods": periods}


def _incomes(
    draw: Random, row: LoanRow, kind: str, customer: dict[str, Any], loan: dict[str, Any], known: Known
) -> None:
    """An income that bears the loan: what goes to debts is around three tenths of it, seldom a half."""
    due = sum(account.due for account in known.accounts) + sum(
        account.balance // 10 for account in known.accounts if account.kind == "R2"
    )
    paid = due + instalment_of(loan["amount"], kind, loan["periods"])
    income = max(4_500, round(paid / max(draw.betavariate(4, 10), 0.08), -2))
    customer["monthly_income"] = min(income, 90_000)
    customer["monthly_debt"] = round(due * draw.uniform(0.7, 1.0))


def _phones(draw: Random, number: int, customer: dict[str, Any], known: Known) -> None:
    """What the phone costs, around the operators' 47 yuan a month and seldom eight, the plan that only keeps a number;
    the employer's phone, and those that are listed of it."""
    known.phone_bill = 8.0 if _happens(draw, "phone on the least plan") else draw.lognormvariate(3.7, 0.5)
    if customer["employment_kind"] not in ("employed", "public_service"):
        return
    is_public = customer["employment_kind"] == "public_service"
    customer["employer_phone"] = f"0571-8{number:07d}"
    known.employer_phones = [customer["employer_phone"]]
    if not is_public and _happens(draw, "employer in no yellow pages"):
        known.employer_phones = []
    elif not is_public and _happens(draw, "employer listed with another phone"):
        known.employer_phones = [f"0571-6{number:07d}"]


def _wages(draw: Random, customer: dict[str, Any], known: Known) -> None:
    """What is true of the income, who insures the person, and what is declared."""
    kind, employed_for = customer["employment_kind"], int(customer["employment_months"])
    is_public = kind == "public_service"
    known.wage = customer["monthly_income"]
    if _happens(draw, "stated with what comes beside the wage") and not is_public:
        known.wage *= draw.uniform(0.75, 1.0)
    average = _AVERAGES[customer["region_code"][:2]]
    months = min(employed_for + draw.randrange(60), 300)
    if kind not in ("employed", "public_service"):
        if kind != "farmer" and _happens(draw, "insured on one's own"):
            known.insured = Insured("", months, draw.choice((None, None, 0.5)), 0, average)
        known.declared = Declared(trade=draw.uniform(0.1, 0.5) if _happens(draw, "trade taxed") else 0.0)
        return
    payer = (
        "演示人力资源有限公司" if _happens(draw, "paid through an agency") and not is_public else customer["employer"]
    )
    is_insured = is_public or _happens(draw, "insured by the employer")
    if is_insured:
        idle = draw.randint(4, 20) if _happens(draw, "insurance stopped") and not is_public else 0
        known.insured = Insured(payer, max(months - idle, 1), 1.0 if is_public else _base_share(draw), idle, average)
    if is_public or _happens(draw, f"wages declared, of {'the insured' if is_insured else 'others'}"):
        share = draw.uniform(0.6, 0.95) if _happens(draw, "wages declared in part") and not is_public else 1.0
        is_when_free = is_public or (is_insured and _happens(draw, "wages free of tax declared"))
        known.declared = Declared(payer, min(employed_for, 12), share, is_when_free)


def _base_share(draw: Random) -> float | None:
    """The share of the wage by which contributions are paid; None for the lower bound."""
    chance = draw.random()
    if chance < HABITS["base at the lower bound"]:
        return None
    at_wage = chance < HABITS["base at the lower bound"] + HABITS["base at the wage"]
    return 1.0 if at_wage else draw.uniform(0.5, 0.95)


def _told_before(draw: Random, customer: dict[str, Any], known: Known) -> Person:
    """What the bureau was told of the person: much of it is old."""
    fund = 0
    if customer["employment_kind"] in ("employed", "public_service") and _happens(draw, "housing fund of the employed"):
        base = customer["monthly_income"] * draw.uniform(0.6, 1.0)
        fund = round(base * draw.choice((0.1, 0.14, 0.2, 0.24)))
    return Person(
        phone=customer["phone"] if draw.random() < 0.85 else phone(9_990_000),
        address=customer["residence_address"] if draw.random() < 0.6 else "演示市旧居路1号",
        employer=customer["employer"] if draw.random() < 0.6 else "演示旧单位",
        fund=fund,
    )
