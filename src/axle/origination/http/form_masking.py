"""The form as people see it who may not see personal data in full."""

from axle.origination.domain.form import ApplicationForm, ContactPart, CustomerPart
from axle.platform.public import mask

_MASKS = {"id_no": "id_no", "phone": "phone", "card_no": "card", "residence_address": "address"}


def form_masked(form: ApplicationForm) -> ApplicationForm:
    """A copy with id number, phones, card and address masked."""
    return form.model_copy(update={"customer": _customer(form.customer)})


def _customer(part: CustomerPart) -> CustomerPart:
    hidden: dict[str, object] = {name: mask(getattr(part, name), kind) or None for name, kind in _MASKS.items()}
    return part.model_copy(update=hidden | {"contacts": [_contact(contact) for contact in part.contacts]})


def _contact(part: ContactPart) -> ContactPart:
    return part.model_copy(update={"phone": mask(part.phone, "phone") or None})
