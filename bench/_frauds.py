"""Frauds planted into honest applications: what a fraudster changes, and the traces that this leaves.

Few leave every trace: each has its odds, told beside it, and what leaves none passes unless something else gives it
away. Nothing here looks at the strategy.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from _applicants import DEALERS, FIRST, Case
from _vendors import list_row

from axle.config.demo.identifiers import bank_account, phone, vin

LISTED_PHONE, LISTED_CARD, LISTED_CAR = phone(3_900_001), bank_account(3_900_001), vin(3_900_001)
LISTED_COMPANY = "演示空壳商贸有限公司"
LISTED = {"phone": LISTED_PHONE, "card": LISTED_CARD, "vin": LISTED_CAR, "company": LISTED_COMPANY}
"""What stands on the black list before the stream begins; single people are listed by their id."""
BAD_DEALER = DEALERS
"""The place of the dealer that has gone bad, after the honest ones."""
FINANCED = "financed"
"""In place of a VIN: that of a car that secures a loan of ours."""
SALESMAN = phone(9_001)
"""The phone of a dealer's contact."""


def shared_device(draw: Random, case: Case, on: date) -> None:
    """Several identities from one phone; the maker of the fingerprint has seen them."""
    case.dealer = None
    case.device = (f"farm-{draw.randrange(4)}", "10.200.0.1")
    case.known.device_people = draw.randint(3, 9)


def hidden_network(draw: Random, case: Case, on: date) -> None:
    """From behind a proxy (0.5), from a data centre (0.2) or out of an emulator (0.3)."""
    case.dealer, case.device = None, (f"hidden-{case.number}", "10.201.0.1")
    chance = draw.random()
    if chance < 0.7:
        case.known.network = "PROXY" if chance < 0.5 else "IDC"
    else:
        case.known.device_flags = ["EMULATOR"]


def forged_income(draw: Random, case: Case, on: date) -> None:
    """The income stated is 1.8 to 3 times the true one; only those to whom it is paid from or declared know better: the
    housing fund, social insurance and the tax office, where they know the person at all."""
    told, times = case.known.told_before, draw.uniform(1.8, 3.0)
    case.known.told_before = replace(told, fund=round(told.fund / times))
    case.known.wage /= times


def listed(draw: Random, case: Case, on: date) -> None:
    """Somebody or something on the black list comes again; who did it to us, did it to others, who told of it (0.3)."""
    if Random(f"list:again:{case.number}").random() < 0.3:
        case.known.listed = [list_row("B", "CERT", "欺诈", on - timedelta(days=200))]
    which = draw.choice(("phone", "card", "company", "vin", "id"))
    if which == "phone":
        case.customer["phone"] = case.known.phone = LISTED_PHONE
    elif which == "card":
        case.customer["card_no"] = LISTED_CARD
    elif which == "company":
        case.customer["employer"], case.customer["employment_kind"] = LISTED_COMPANY, "employed"
        case.known.employer_phones = []
    elif which == "vin":
        case.vehicle["vin"] = LISTED_CAR


def is_listed_by_id(case: Case) -> bool:
    """Whether a listed case carries no other listed value, so that its id is what stands on the list."""
    told = (case.customer["phone"], case.customer["card_no"], case.customer["employer"], case.vehicle["vin"])
    return not set(told) & set(LISTED.values())


def financed_twice(draw: Random, case: Case, on: date) -> None:
    """A car that secures another lender's loan, or one of ours (a third; new cars always)."""
    if case.car is None or draw.random() < 1 / 3:
        case.vehicle["vin"] = FINANCED
    else:
        case.car.is_mortgaged = True


def bad_dealer(draw: Random, case: Case, on: date) -> None:
    """Through a dealer whose cases have been going wrong for months; a third of them ask too much for the car."""
    case.dealer, case.device = BAD_DEALER, None
    if draw.random() < 1 / 3:
        inflated_price(draw, case, on)


def impersonated(draw: Random, case: Case, on: date) -> None:
    """In another's name: a card (0.7) and a phone (0.6) that are not that person's, a phone of weeks (0.5), a virtual
    number (0.2), a paper that shows another number (0.3); the police find the two apart seldom (0.15)."""
    known = case.known
    known.card_is_theirs, known.phone_is_theirs = draw.random() >= 0.7, draw.random() >= 0.6
    known.id_is_theirs = draw.random() >= 0.15
    if draw.random() < 0.5:
        known.phone_months = 0
    known.phone_is_virtual = draw.random() < 0.2
    if draw.random() < 0.3:
        case.forged["id_front"] = {"id_no": case.customer["id_no"][:16] + "9" + case.customer["id_no"][17]}


def inflated_price(draw: Random, case: Case, on: date) -> None:
    """A used car at 1.15 to 1.6 times its value, financed as far as the product goes; a new one a tenth or more over
    its guide price."""
    ratio = draw.uniform(1.15, 1.6) if case.car else draw.uniform(1.1, 1.3)
    case.vehicle["price"] = round(case.vehicle["price"] * ratio, -2)
    most = 300_000 if case.car else 500_000
    case.loan["amount"] = min(int(case.vehicle["price"] * (0.7 if case.car else 0.8) // 1_000 * 1_000), most)


def hidden_past(draw: Random, case: Case, on: date) -> None:
    """A used car with a broken frame (0.4), turned back mileage (0.4) or flood (0.2). A new one is bought at a price
    that no such car has."""
    if case.car is None:
        inflated_price(draw, case, on)
        return
    chance = draw.random()
    if chance < 0.4:
        case.car.is_turned_back = True
    else:
        case.car.events = ["FRAME" if chance < 0.8 else "FLOOD"]


def straw_borrower(draw: Random, case: Case, on: date) -> None:
    """Somebody borrows for somebody else: a salesman as contact (0.5), a phone of weeks (0.4), a made-up employer
    (0.3), money asked for everywhere in a week (0.4)."""
    if draw.random() < 0.5:
        case.customer["contacts"][0]["phone"] = SALESMAN
    if draw.random() < 0.4:
        case.known.phone_months = 0
    if draw.random() < 0.3:
        made_up_employer(draw, case, on)
    if draw.random() < 0.4:
        stacking(draw, case, on)


def stacking(draw: Random, case: Case, on: date) -> None:
    """Loans at many lenders within days, before any of them shows in a report."""
    week = draw.randint(3, 6)
    month, quarter = week + draw.randint(1, 5), week + draw.randint(5, 9)
    case.known.lending = {"d7": week, "d30": month, "d90": quarter, "d180": quarter + 1, "d360": quarter + 2}


def made_up_employer(draw: Random, case: Case, on: date) -> None:
    """An employer that was struck off (0.4), that nobody knows (0.4) or that was founded last month; its phone is an
    accomplice's, which no list shows."""
    chance = draw.random()
    case.customer["employment_kind"] = "employed"
    case.known.employer_status = "注销" if chance < 0.4 else "" if chance < 0.8 else "存续"
    case.known.employer_since = on - timedelta(days=40) if chance >= 0.8 else case.known.employer_since
    case.customer["employer_phone"] = phone(FIRST + 3_600_000 + case.number)
    case.known.employer_phones = ["0571-60000000"] if chance < 0.4 else []


def forged_papers(draw: Random, case: Case, on: date) -> None:
    """Papers that show something else than the form: name, number or, of a used car, its VIN (0.85; the others are
    done well)."""
    if draw.random() >= 0.85:
        return
    if case.car is not None and draw.random() < 0.5:
        case.forged["vehicle_licence_main"] = {"vin": vin(FIRST + 3_000_000 + case.number)}
    else:
        name = "王" + case.customer["name"] if draw.random() < 0.5 else "张三丰"
        case.forged["id_front"] = {"name": name}


SINGLE: Mapping[str, Callable[[Random, Case, date], None]] = {
    "shared device": shared_device,
    "hidden network": hidden_network,
    "forged income": forged_income,
    "black list": listed,
    "financed twice": financed_twice,
    "bad dealer": bad_dealer,
    "impersonated": impersonated,
    "inflated price": inflated_price,
    "hidden past of the car": hidden_past,
    "straw borrower": straw_borrower,
    "loan stacking": stacking,
    "made-up employer": made_up_employer,
    "forged papers": forged_papers,
}
"""Frauds of one application."""


def ring(draw: Random, cases: Sequence[Case], on: date) -> None:
    """People who share an accomplice's phone as a contact, an address and an employer of their own; half of them a
    card, half of them have a phone of weeks, and those without a dealer one device."""
    first = cases[0]
    accomplice = phone(FIRST + 3_500_000 + first.number)
    for place, case in enumerate(cases):
        case.customer["contacts"][0]["phone"] = accomplice
        case.customer["residence_address"] = first.customer["residence_address"]
        case.customer["employer"], case.customer["employment_kind"] = f"演示联营{first.number}号商行", "employed"
        case.known.employer_staff = 3
        case.known.employer_phones = []
        if draw.random() < 0.5:
            case.customer["card_no"] = first.customer["card_no"]
            case.known.card_is_theirs = place == 0
        if draw.random() < 0.5:
            case.known.phone_months = 0
        if case.dealer is None:
            case.device = (f"ring-{first.number}", "10.202.0.1")
            case.known.device_people = place + 1


def family(draw: Random, cases: Sequence[Case], on: date) -> None:
    """No fraud: relatives at one address, the first of whom the others name as their contact."""
    first = cases[0]
    for case in cases[1:]:
        case.customer["residence_address"] = first.customer["residence_address"]
        case.customer["contacts"][0]["phone"] = first.customer["phone"]
    if len(cases) > 1:
        first.customer["contacts"][0]["phone"] = cases[1].customer["phone"]
