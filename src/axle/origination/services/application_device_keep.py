"""Keep from which phone the applicant applies, before the application is submitted."""

from axle.origination.domain.lifecycle import DRAFT, RETURNED
from axle.origination.errors import DeviceNotApplicants
from axle.origination.models import Application
from axle.origination.permissions import APPLICATION_EDIT
from axle.origination.services.application_lock import application_lock, application_store
from axle.platform.errors import StateRefused
from axle.platform.public import Actor

_HAS_THE_APPLICANT = frozenset({"customer", "machine"})
"""Borrowers on their own phone, and partners whose page they are on. A clerk's device says nothing of an applicant."""


def application_device_keep(
    *, actor: Actor, application_id: int, version: int | None, token: str, ip: str | None
) -> Application:
    """Keep the device's token and its address in the net. Of a borrower's own session the address is the one that it
    came from, whatever was said.

    Errors: NotFound, StaleVersion, DeviceNotApplicants, StateRefused after submission.
    """
    application = application_lock(actor, application_id, permission=APPLICATION_EDIT, version=version)
    if actor.kind not in _HAS_THE_APPLICANT:
        raise DeviceNotApplicants(field="device_token")
    if application.state not in (DRAFT, RETURNED):
        raise StateRefused(state=application.state, act="device_keep")
    application.device_token = token
    application.device_ip = actor.ip if actor.kind == "customer" else ip
    application_store(application)
    return application
