"""Keep the customer, their card and the car of a submitted form."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from axle.kernel.errors import AxleError
from axle.origination.domain.form import ApplicationForm, ContactPart, CustomerPart, VehiclePart
from axle.origination.models import Application
from axle.party.public import Contact, CustomerData, CustomerView, bank_card_add, customer_save
from axle.platform.public import Actor
from axle.vehicle.public import VehicleData, VehicleView, vehicle_save


@dataclass(frozen=True)
class Particulars:
    """Who asks, and for which car."""

    customer: CustomerView
    vehicle: VehicleView


def particulars_save(*, actor: Actor, form: ApplicationForm, application: Application) -> Particulars:
    """Create or update customer, default card and car. Errors: those of party and vehicle, on the form's fields."""
    with on_form("customer"):
        customer = _customer_save(actor, form.customer, application)
    with on_form("vehicle"):
        vehicle = vehicle_save(
            actor=actor,
            data=_vehicle_data(form.vehicle),
            department_id=application.department_id,
            owner_id=application.owner_id,
            dealer_id=application.dealer_id,
        )
    return Particulars(customer, vehicle)


@contextmanager
def on_form(section: str) -> Iterator[None]:
    """Let a refusal name its field as the form does."""
    try:
        yield
    except AxleError as error:
        if error.field is not None:
            error.field = f"{section}.{error.field}"
        raise


def _customer_save(actor: Actor, part: CustomerPart, application: Application) -> CustomerView:
    customer = customer_save(
        actor=actor,
        data=_customer_data(part),
        department_id=application.department_id,
        owner_id=application.owner_id,
        dealer_id=application.dealer_id,
    )
    bank_card_add(
        actor=actor,
        customer_id=customer.id,
        card_no=part.card_no or "",
        bank_name=part.card_bank or "",
        reserved_phone=part.phone or "",
    )
    return customer


def _customer_data(part: CustomerPart) -> CustomerData:
    return CustomerData(
        name=part.name or "",
        id_no=part.id_no or "",
        phone=part.phone or "",
        id_is_long_term=part.id_is_long_term,
        id_valid_until=part.id_valid_until,
        marital_status=part.marital_status or "",
        education=part.education or "",
        residence_kind=part.residence_kind or "",
        residence_address=part.residence_address or "",
        region_code=part.region_code or "",
        employment_kind=part.employment_kind or "",
        employer=part.employer or "",
        employment_months=part.employment_months,
        monthly_income=part.monthly_income,
        monthly_debt=part.monthly_debt,
        has_driving_licence=part.has_driving_licence,
        contacts=tuple(_contact(contact) for contact in part.contacts),
    )


def _contact(part: ContactPart) -> Contact:
    return Contact(name=part.name or "", relation=part.relation or "", phone=part.phone or "")


def _vehicle_data(part: VehiclePart) -> VehicleData:
    assert part.trim_id is not None
    assert part.price is not None
    return VehicleData(
        vin=part.vin or "",
        trim_id=part.trim_id,
        is_new=part.kind == "new",
        use=part.use,
        price=part.price,
        first_registered_on=part.first_registered_on,
        mileage_km=part.mileage_km,
        plate_no=part.plate_no or "",
        engine_no=part.engine_no or "",
        colour=part.colour or "",
    )
