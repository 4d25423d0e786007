"""Which field of the form a captured document's field speaks about (影像与表单交叉核验)."""

from collections.abc import Iterable, Mapping
from typing import Any

from axle.origination.domain.form import ApplicationForm

FORM_PATHS: Mapping[str, Mapping[str, str]] = {
    "id_front": {"name": "customer.name", "id_no": "customer.id_no"},
    "id_back": {"valid_to": "customer.id_valid_until"},
    "driver_licence": {"name": "customer.name", "licence_no": "customer.id_no"},
    "bank_card": {"card_no": "customer.card_no"},
    "vehicle_licence_main": {
        "vin": "vehicle.vin",
        "plate_no": "vehicle.plate_no",
        "engine_no": "vehicle.engine_no",
        "registered_on": "vehicle.first_registered_on",
    },
    "bank_statement": {"holder_name": "customer.name"},
    "vin_plate": {"vin": "vehicle.vin"},
    "vehicle_invoice": {"vin": "vehicle.vin", "price_fen": "vehicle.price", "buyer_name": "customer.name"},
}
"""Per kind of document: its field → the form's field."""

_EMPTY = ("", None)


def form_values(form: ApplicationForm, kind: str) -> dict[str, Any]:
    """The form's values under the names that a kind of document gives them; None where the form is empty."""
    values = {field: _at(form, path) for field, path in FORM_PATHS.get(kind, {}).items()}
    if form.customer.id_is_long_term:
        values.pop("valid_to", None)
    return values


def vin_verdict(form: ApplicationForm, documents: Iterable[Mapping[str, Any]]) -> str:
    """``match`` when every document that shows a VIN shows the form's, ``mismatch`` when one does not.

    ``unavailable`` when no document shows any.
    """
    seen = [str(values["vin"]) for values in documents if values.get("vin") not in _EMPTY]
    if not seen:
        return "unavailable"
    return "match" if all(vin == form.vehicle.vin for vin in seen) else "mismatch"


def _at(form: ApplicationForm, path: str) -> Any:
    section, name = path.split(".")
    return getattr(getattr(form, section), name)
