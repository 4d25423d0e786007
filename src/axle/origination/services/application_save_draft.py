"""Keep what has been typed so far; a draft may lack anything."""

from dataclasses import dataclass

from axle.channel.public import dealer_get
from axle.origination.domain.device_session import DeviceHolder, DeviceSessionPart
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.form_behaviour import FormBehaviourPart
from axle.origination.domain.lifecycle import DRAFT, RETURNED
from axle.origination.errors import CreditFactsNotYours, DealerNotYours, DeviceNotApplicants
from axle.origination.models import Application
from axle.origination.parameters import LEGAL_ENTITY
from axle.origination.permissions import APPLICATION_EDIT
from axle.origination.services.application_lock import application_lock, application_store
from axle.origination.services.behaviour_keep import behaviour_keep
from axle.origination.services.device_session_keep import device_session_keep
from axle.platform.errors import NotFound, StateRefused
from axle.platform.public import Actor, business_date, created, legal_entities, next_no, parameter_value

_HOLDERS = {"staff": DeviceHolder.STAFF, "dealer": DeviceHolder.DEALER, "customer": DeviceHolder.APPLICANT}
_ENTERS_CREDIT_FACTS = frozenset({"staff", "system", "machine"})


@dataclass(frozen=True)
class _Desk:
    """Who is responsible for an application."""

    dealer_id: int | None
    department_id: int
    owner_id: int | None


def application_save_draft(
    *,
    actor: Actor,
    form: ApplicationForm,
    application_id: int | None = None,
    version: int | None = None,
    behaviour: FormBehaviourPart | None = None,
    device: DeviceSessionPart | None = None,
) -> Application:
    """Create a draft, or change a draft or returned application; ``behaviour`` is how the form was filled in since,
    ``device`` on what.

    Errors: NotFound, StaleVersion, StateRefused after submission, DealerNotYours, CreditFactsNotYours,
    DeviceNotApplicants when a program tells a device.
    """
    _credit_check(actor, form)
    desk = _desk(actor, form)
    if application_id is None:
        application = _create(actor, form, desk)
        behaviour_keep(application, behaviour, actor=actor, is_new=True)
        _device_keep(actor, application, device)
        return application
    application = application_lock(actor, application_id, permission=APPLICATION_EDIT, version=version)
    if application.state not in (DRAFT, RETURNED):
        raise StateRefused(state=application.state, act="save_draft")
    _fill(application, form, desk)
    application_store(application)
    behaviour_keep(application, behaviour, actor=actor, is_new=False)
    _device_keep(actor, application, device)
    return application


def _create(actor: Actor, form: ApplicationForm, desk: _Desk) -> Application:
    application = Application(
        application_no=next_no("AP", on=business_date()),
        source=actor.kind if actor.kind in ("staff", "dealer", "customer") else "file",
        legal_entity_id=_legal_entity_id(),
        created_by_id=actor.user_id,
        created_by_name=actor.name,
    )
    _fill(application, form, desk)
    application.save()
    return created(application)


def _fill(application: Application, form: ApplicationForm, desk: _Desk) -> None:
    application.form = form.model_dump(mode="json")
    application.dealer_id = desk.dealer_id
    application.department_id, application.owner_id = desk.department_id, desk.owner_id
    application.applicant_name = form.customer.name or ""
    application.vin = (form.vehicle.vin or "")[:17]
    application.vehicle_price, application.down_payment = form.vehicle.price, form.loan.down_payment
    application.amount, application.periods = form.loan.amount, form.loan.periods
    application.due_day, application.monthly_income = form.loan.due_day, form.customer.monthly_income


def _credit_check(actor: Actor, form: ApplicationForm) -> None:
    if form.credit_facts is not None and actor.kind not in _ENTERS_CREDIT_FACTS:
        raise CreditFactsNotYours(field="credit_facts")


def _device_keep(actor: Actor, application: Application, told: DeviceSessionPart | None) -> None:
    """A clerk's or a dealer's device is kept as theirs, a borrower's as the applicant's."""
    if told is None:
        return
    if actor.kind not in _HOLDERS:
        raise DeviceNotApplicants(field="device")
    device_session_keep(application, told, holder=_HOLDERS[actor.kind], ip=actor.ip, agreed_by=actor.name)


def _desk(actor: Actor, form: ApplicationForm) -> _Desk:
    dealer_id = _dealer_id(actor, form)
    if dealer_id is None:
        return _Desk(None, _department_of(actor), actor.employee_id)
    dealer = dealer_get(dealer_id)
    return _Desk(dealer_id, dealer.department_id, dealer.owner_id or actor.employee_id)


def _dealer_id(actor: Actor, form: ApplicationForm) -> int | None:
    if actor.kind != "dealer":
        return form.dealer_id
    own = form.dealer_id or next(iter(actor.channel_ids), None)
    if own not in actor.channel_ids:
        raise DealerNotYours(field="dealer_id")
    return own


def _department_of(actor: Actor) -> int:
    if actor.department_id is None:
        raise NotFound(field="department_id", what="department")
    return actor.department_id


def _legal_entity_id() -> int:
    code = parameter_value(LEGAL_ENTITY.code)
    for entity in legal_entities():
        if entity.code == code:
            return entity.id
    raise NotFound(field="legal_entity_id", what="legal_entity")
