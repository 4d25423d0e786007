"""What our own applications, loans and dealers say as inputs of the strategy, in a fixed number of statements.

These are asked like any source, and answer always: what nobody shares is none, not unknown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from axle.channel.public import dealer_get, is_dealer_phone
from axle.kernel.money import Fen
from axle.kernel.rounding import round_rate
from axle.origination.domain.address_form import address_form
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.relations import Related, ring_of
from axle.origination.domain.traits import TraitKind, plain_text
from axle.origination.models import Application
from axle.origination.parameters import DEFAULTER_DAYS
from axle.origination.ports import loan_book
from axle.origination.services.dealer_signals import dealer_signals
from axle.origination.services.income_signals import INCOME_BAND, income_band
from axle.origination.services.relations_find import ring_test
from axle.platform.public import blind_index, is_employee_phone, parameter_value

GRAPH, DEALER, MORTGAGES, CONTROL = "graph", "dealer", "dealer_mortgages", "dealer_control"
ADDRESS_TEXT, PAYEE, CURVE = "address_text", "payee", "residual_curve"
EMPLOYER_DAYS = 30
BROUGHT_OF_OURS: Mapping[str, frozenset[str]] = {
    GRAPH: frozenset(
        {
            "address_applicants",
            "phone_applicants",
            "card_owners",
            "device_applicants",
            "vehicle_applicants",
            "employer_applicants_30d",
            "contact_applicants",
            "is_mutual_contact",
            "contact_is_staff",
            "vehicle_financed_here",
            "defaulters_near",
            "community_bad_rate",
            "ring_people",
        }
    ),
    ADDRESS_TEXT: frozenset({"address_form"}),
    INCOME_BAND: frozenset({"income_band_gap_rate"}),
    DEALER: frozenset({"dealer_abnormal_months", "dealer_first_default_rate", "dealer_salesperson_share"}),
    MORTGAGES: frozenset({"dealer_pending_mortgage_rate"}),
    CONTROL: frozenset({"dealer_is_controlled"}),
    PAYEE: frozenset({"payee_check"}),
}
"""What is brought of every dealer's case, by the strategy's names of sources."""
BROUGHT_OF_CURVES: Mapping[str, frozenset[str]] = {CURVE: frozenset({"residual_end_rate"})}
_PHONE, _CONTACT = TraitKind.PHONE, TraitKind.CONTACT
_VEHICLE = (TraitKind.VIN, TraitKind.PLATE, TraitKind.ENGINE)
_SHARE_MOST = Decimal(2)
"""More than that is a price that nobody pays, which other rules see."""
_REGISTERED = (TraitKind.VIN, TraitKind.PLATE)
"""Engines of two makers can have one number."""


def own_signals(
    application: Application, form: ApplicationForm, related: Related, *, is_of_dealer: bool, on: date, seller: str = ""
) -> tuple[list[str], dict[str, Any]]:
    """What is asked of our own data by the strategy's names, and what it brings. ``seller`` is who the captured invoice
    of a new car names."""
    told = _graph(related, form, on)
    told["address_form"] = address_form(form.customer.residence_address or "")
    band = income_band(form)
    asked, told = [GRAPH, ADDRESS_TEXT, *([INCOME_BAND] if band else [])], told | band
    if not is_of_dealer or application.dealer_id is None:
        return asked, told
    asked, told = [*asked, DEALER, MORTGAGES, CONTROL], told | dealer_signals(application.dealer_id, on=on)
    dealer = dealer_get(application.dealer_id)
    if dealer.has_account:  # without one nothing is paid, and there is nothing to look at yet
        asked.append(PAYEE)
        told["payee_check"] = _payee_check(dealer.account_name, [dealer.name, seller])
    return asked, told


def _payee_check(payee: str, named: Iterable[str]) -> str:
    """Whether the holder of the account that is paid is the dealer, and whoever sells by the invoice."""
    is_same = all(plain_text(name) == plain_text(payee) for name in named if name)
    return "match" if is_same else "mismatch"


def curve_signals(worth: Sequence[Fen], price: Fen | None) -> tuple[list[str], dict[str, Any]]:
    """What is left of the price when the loan ends, by our curves' values in fen of today and then. Not asked where no
    curve is of the car's make."""
    if not worth or not price:
        return [], {}
    return [CURVE], {"residual_end_rate": min(round_rate(Decimal(worth[-1]) / price, 4), _SHARE_MOST)}


def loans_near(related: Related) -> tuple[int, int]:
    """Of the other people within two steps: how many have or had a loan, and how many of these defaulted."""
    others = related.applications()
    if not others:
        return 0, 0
    near = Application.objects.filter(pk__in=others, customer__isnull=False)
    known = loan_book().borrowers(
        set(near.values_list("customer_id", flat=True)), defaulted_from_days=parameter_value(DEFAULTER_DAYS.code)
    )
    return len(known), sum(known.values())


def _graph(related: Related, form: ApplicationForm, on: date) -> dict[str, Any]:
    borrowers, defaulters = loans_near(related)
    return {
        "address_applicants": _and_the_applicant(related.people(_same(TraitKind.ADDRESS))),
        "phone_applicants": _and_the_applicant(related.people(_same(_PHONE))),
        "card_owners": _and_the_applicant(related.people(_same(TraitKind.CARD))),
        "device_applicants": _and_the_applicant(related.people(_same(TraitKind.DEVICE))),
        "vehicle_applicants": _and_the_applicant(related.people(*map(_same, _VEHICLE))),
        "employer_applicants_30d": _and_the_applicant(
            related.people(_same(TraitKind.EMPLOYER), since=on - timedelta(days=EMPLOYER_DAYS))
        ),
        "contact_applicants": related.most_people_of_one(_CONTACT),
        "is_mutual_contact": related.is_mutual_contact,
        "contact_is_staff": _is_staff(contact.phone for contact in form.customer.contacts if contact.phone),
        "vehicle_financed_here": _is_financed(related),
        "defaulters_near": defaulters,
        "community_bad_rate": round_rate(Decimal(defaulters) / borrowers, 4) if borrowers else Decimal(0),
        "ring_people": ring_of(related, ring_test()).people,
    }


def _same(kind: TraitKind) -> tuple[TraitKind, TraitKind]:
    return kind, kind


def _and_the_applicant(others: Collection[Any]) -> int:
    return 1 + len(others)


def _is_staff(phones: Iterable[str]) -> bool:
    """Whether a contact answers on the phone of a dealer or of one of our people."""
    indexes = [blind_index(phone) for phone in phones]
    return is_dealer_phone(indexes) or is_employee_phone(indexes)


def _is_financed(related: Related) -> bool:
    """Whether the car of another application, by VIN or plate, still secures one of our loans."""
    same = {tie.other_id for tie in related.near if tie.kind == tie.other_kind and tie.kind in _REGISTERED}
    return bool(same) and loan_book().is_any_financed(same)
