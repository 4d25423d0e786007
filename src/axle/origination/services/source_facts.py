"""Between an application and the data sources: what they are told, and what their answers say of the form's facts."""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from axle.documents.public import CapturedDocumentView
from axle.kernel.money import Fen
from axle.origination.domain.form import ApplicationForm, CreditPart
from axle.origination.models import Application
from axle.sources.public import (
    Answers,
    CourtAnswer,
    CreditFigures,
    IdentityAnswer,
    LendingAnswer,
    Particulars,
    PhoneAnswer,
    ValuationAnswer,
    VehicleHistoryAnswer,
)
from axle.vehicle.public import VehicleView

VEHICLE_INVOICE = "vehicle_invoice"
_WITH_BATTERY = frozenset({"electric", "plug_in"})
_WITH_PERMITS = frozenset({"ride_hailing", "taxi", "freight", "passenger_line"})
_ON_PLATFORMS = frozenset({"ride_hailing", "freight"})
_CHECK = {"match": "match", "differ": "mismatch"}


def particulars_of(
    application: Application, car: VehicleView, captured: Iterable[CapturedDocumentView] = ()
) -> Particulars:
    """What sources are told of a case. Sources about used cars hear nothing of a new one, and no appraiser hears what
    is asked for the car: only what the model cost when it was new. The tax office hears what the invoice shows, where
    one was captured."""
    form = ApplicationForm.model_validate(application.form)
    invoice = next((one.values for one in captured if one.kind == VEHICLE_INVOICE), {})
    total = invoice.get("price_fen")
    customer, vehicle = form.customer, form.vehicle
    is_used = vehicle.kind == "used"
    return Particulars(
        name=customer.name or "",
        id_no=customer.id_no or "",
        phone=customer.phone or "",
        card_no=customer.card_no or "",
        employer=customer.employer or "",
        employer_phone=customer.employer_phone or "",
        employer_address=customer.employer_address or "",
        address=customer.residence_address or "",
        region_code=customer.region_code or "",
        vin=(vehicle.vin or "") if is_used else "",
        plate_no=(vehicle.plate_no or "") if is_used else "",
        model=car.title[:160],
        first_registered_on=vehicle.first_registered_on,
        mileage_km=vehicle.mileage_km,
        price=car.trim.guide_price,
        device_token=application.device_token,
        ip=application.device_ip or "",
        vehicle_class=car.trim.vehicle_class,
        operation="" if vehicle.operation == "none" else vehicle.operation,
        make=car.trim.make,
        series=car.trim.series,
        model_year=car.trim.model_year,
        traction=car.trim.energy if car.trim.energy in _WITH_BATTERY else "",
        permit_kind=_permit_kind(vehicle.operation, car.trim.vehicle_class),
        platform_kind=vehicle.operation if vehicle.operation in _ON_PLATFORMS else "",
        invoice_no=str(invoice.get("invoice_no", "")),
        invoiced_on=str(invoice.get("invoiced_on", "")),
        invoice_total=Fen(total) if isinstance(total, int) else None,
        invoice_vin=str(invoice.get("vin", "")),
    )


def seller_of(form: ApplicationForm, captured: Iterable[CapturedDocumentView]) -> str:
    """Who sells a new car by its captured invoice; empty without one. Used cars are invoiced by markets."""
    if form.vehicle.kind != "new":
        return ""
    return next((str(one.values.get("seller_name", "")) for one in captured if one.kind == VEHICLE_INVOICE), "")


def _permit_kind(operation: str, vehicle_class: str) -> str:
    """For which kind of transport a driver needs permits; empty where none are asked for: general freight with light
    trucks, whose total mass is 4.5 t at most, and cars that are let without a driver.

    Source: REG-TRANSPORT-24, REG-RIDE-HAILING-14.
    """
    if operation == "freight" and vehicle_class == "light_truck":
        return ""
    return operation if operation in _WITH_PERMITS else ""


def form_as_answered(form: ApplicationForm, answers: Answers) -> ApplicationForm:
    """The form with its facts about credit as the sources tell them.

    A source that was asked outweighs what somebody typed, also when it gave no answer: the fact is then unknown, never
    as typed. What no source was asked about stays as typed.
    """
    if not answers:
        return form
    facts = (form.credit_facts or CreditPart()).model_dump()
    for source, facts_of in _FACTS.items():
        if answers.was_asked(source):
            facts |= facts_of(answers)
    customer = form.customer
    report = answers.hit("credit_report", CreditFigures)
    if report is not None:
        due = max(report.monthly_due_fen, customer.monthly_debt or Fen(0))
        customer = customer.model_copy(update={"monthly_debt": Fen(due)})
    return form.model_copy(update={"credit_facts": CreditPart.model_construct(**facts), "customer": customer})


def form_at_best(form: ApplicationForm, waiting: Collection[str]) -> ApplicationForm:
    """The form as if the sources that were not asked yet had nothing but good to say: what is declined even so need
    not be asked about."""
    facts = (form.credit_facts or CreditPart()).model_dump()
    for source in waiting:
        facts |= _BEST.get(source, {})
    return form.model_copy(update={"credit_facts": CreditPart.model_construct(**facts)})


def values_told(answers: Answers) -> dict[str, Fen]:
    """What each appraiser that answered says that the car is worth to a private buyer."""
    told = {source: answers.hit(source, ValuationAnswer) for source in ("valuation_a", "valuation_b")}
    return {source: one.retail_fen for source, one in told.items() if one is not None}


def _identity(answers: Answers) -> dict[str, Any]:
    told = answers.hit("identity", IdentityAnswer)
    if told is None:
        return {"identity_check": "no_record" if answers.knows_nothing("identity") else "unavailable"}
    return {"identity_check": _CHECK[told.identity]}


def _phone(answers: Answers) -> dict[str, Any]:
    told = answers.hit("phone", PhoneAnswer)
    if told is None:
        return {"phone_check": "unavailable", "phone_tenure_months": None}
    return {"phone_check": _CHECK[told.identity], "phone_tenure_months": told.months_from}


def _court(answers: Answers) -> dict[str, Any]:
    told = answers.hit("court", CourtAnswer)
    if told is None:
        return {"judicial_status": "none" if answers.knows_nothing("court") else None}
    if told.certainty == "low":
        return {"judicial_status": "suspected"}
    found = {
        "dishonest": told.dishonest,
        "restricted": told.restricted,
        "enforcement": told.enforcements,
        "litigation": told.lawsuits or told.hearings,
        "suspected": told.criminal_records or told.judgments_24m,
    }
    return {"judicial_status": next((status for status, count in found.items() if count), "none")}


def _lending(answers: Answers) -> dict[str, Any]:
    told = answers.hit("lending", LendingAnswer)
    if told is None:
        nothing = 0 if answers.knows_nothing("lending") else None
        return {"multi_lending_90d": nothing, "other_overdue_days": nothing}
    return {"multi_lending_90d": told.applications_90d, "other_overdue_days": told.overdue_days}


_BUREAU_FACTS = ("is_thin_file", "score", "overdue", "overdue_months_24m", "worst_status_24m", "has_bad_status",
                 "hard_queries_3m", "card_use_rate")  # fmt: skip


def _credit_report(answers: Answers) -> dict[str, Any]:
    told = answers.hit("credit_report", CreditFigures)
    if told is None:
        is_thin = True if answers.knows_nothing("credit_report") else None
        return dict.fromkeys(_BUREAU_FACTS) | {"is_thin_file": is_thin}
    return {
        "is_thin_file": told.is_white,
        "score": told.score,
        "overdue": told.overdue_now_fen,
        "overdue_months_24m": sum(status in "1234567BDGZ" for status in told.status_24m),
        "worst_status_24m": told.worst_status_24m,
        "has_bad_status": told.has_bad_status,
        "hard_queries_3m": told.searches_3m,
        "card_use_rate": told.card_use_rate,
    }


def _history(answers: Answers) -> dict[str, Any]:
    told = answers.hit("vehicle_history", VehicleHistoryAnswer)
    if told is None:
        return {"vehicle_lien": "unavailable", "vehicle_accident": "unavailable"}
    is_major = told.accidents_major or told.is_total_loss or told.is_flooded
    return {
        "vehicle_lien": "seized" if told.is_seized else "financed" if told.is_mortgaged else "none",
        "vehicle_accident": "major" if is_major else "minor" if told.accidents_minor else "none",
    }


_FACTS: dict[str, Callable[[Answers], dict[str, Any]]] = {
    "identity": _identity,
    "phone": _phone,
    "court": _court,
    "lending": _lending,
    "credit_report": _credit_report,
    "vehicle_history": _history,
}
"""What each source says of the form's facts."""

_BEST: Mapping[str, Mapping[str, Any]] = {
    "identity": {"identity_check": "match"},
    "phone": {"phone_check": "match", "phone_tenure_months": 120},
    "court": {"judicial_status": "none"},
    "lending": {"multi_lending_90d": 0, "other_overdue_days": 0},
    "credit_report": {
        "is_thin_file": False,
        "score": 1000,
        "overdue": Fen(0),
        "overdue_months_24m": 0,
        "worst_status_24m": 0,
        "has_bad_status": False,
        "hard_queries_3m": 0,
        "card_use_rate": Decimal(0),
    },
    "vehicle_history": {"vehicle_lien": "none", "vehicle_accident": "none"},
}
