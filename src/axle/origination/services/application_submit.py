"""Submit an application, or submit a returned one again."""

from django.utils import timezone

from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.form_check import FieldFault, form_check
from axle.origination.domain.lifecycle import application_after
from axle.origination.errors import ApplicationIncomplete, DocumentsMissing
from axle.origination.events import ApplicationSubmitted
from axle.origination.models import Application, ApplicationRound
from axle.origination.permissions import APPLICATION_EDIT
from axle.origination.services.application_lock import application_lock, application_store
from axle.origination.services.application_ready import application_decide_if_ready
from axle.origination.services.consents_take import consents_refuse_lacking, consents_take
from axle.origination.services.dealer_admit import dealer_admit
from axle.origination.services.decision_facts import channel_of
from axle.origination.services.documents_gather import Captured, captured_of, missing_kinds
from axle.origination.services.duplicate_refuse import duplicate_refuse
from axle.origination.services.offer_make import Offer, documents_needed, offer_make
from axle.origination.services.particulars_save import Particulars, particulars_save
from axle.origination.services.traits_keep import traits_keep
from axle.platform.public import Actor, blind_index, business_date, created, publish, readings_kept


def application_submit(*, actor: Actor, application_id: int, version: int | None = None) -> Application:
    """Check the form, keep customer and car, begin a round, and decide as soon as the documents are read.

    Errors: NotFound, StaleVersion, StateRefused, ApplicationIncomplete with one entry per field, DealerNotActive,
    ApplicationDuplicate, ConsentMissing, InputInvalid with one entry per term that the product does not offer,
    DocumentsMissing, and what party and vehicle refuse.
    """
    with readings_kept():
        return _submit(actor, application_lock(actor, application_id, permission=APPLICATION_EDIT, version=version))


def _submit(actor: Actor, application: Application) -> Application:
    state = application_after(application.state, "submit")
    form = ApplicationForm.model_validate(application.form)
    _check(form)
    if application.dealer_id is not None:
        dealer_admit(application, application.dealer_id, on=business_date())
    duplicate_refuse(application, form)
    captured = captured_of(application)
    consents_refuse_lacking(form, taken=consents_take(application, form, captured, actor=actor))
    particulars = particulars_save(actor=actor, form=form, application=application)
    offer = offer_make(form.loan, particulars.vehicle, channel=channel_of(application), start_on=business_date())
    _refuse_missing_documents(application, offer, particulars, captured)
    _fill(application, form, offer, particulars)
    _begin_round(application, actor)
    application.state = state
    application_store(application)
    traits_keep(application, on=business_date())
    publish(_submitted(application))
    application_decide_if_ready(application, actor=actor, captured=captured)
    return application


def _check(form: ApplicationForm) -> None:
    faults = form_check(form, on=business_date())
    if faults:
        raise ApplicationIncomplete(count=len(faults), errors=[_error(fault) for fault in faults])


def _error(fault: FieldFault) -> dict[str, object]:
    return {"loc": tuple(fault.path.split(".")), "type": fault.code, "msg": fault.code, "ctx": fault.params}


def _refuse_missing_documents(
    application: Application, offer: Offer, particulars: Particulars, captured: Captured
) -> None:
    needed = documents_needed(offer.version, node="intake", is_new=particulars.vehicle.is_new)
    missing = missing_kinds(application, [*needed, *application.documents_asked], among=captured)
    if missing:
        raise DocumentsMissing(field="documents", kinds=missing)


def _fill(application: Application, form: ApplicationForm, offer: Offer, particulars: Particulars) -> None:
    application.customer_id, application.vehicle_id = particulars.customer.id, particulars.vehicle.id
    application.applicant_name = particulars.customer.name
    application.vehicle_title = particulars.vehicle.title[:160]
    application.product_version_id = offer.version.id
    application.legal_entity_id = offer.version.legal_entity_id
    application.method, application.annual_rate = offer.method, offer.annual_rate
    application.id_no_index = blind_index(form.customer.id_no or "")
    application.phone_index = blind_index(form.customer.phone or "")
    application.documents_asked = []


def _begin_round(application: Application, actor: Actor) -> None:
    now = timezone.now()
    application.round += 1
    application.submitted_at = application.submitted_at or now
    created(
        ApplicationRound.objects.create(
            application=application,
            round=application.round,
            form=application.form,
            submitted_at=now,
            submitted_by_name=actor.name,
        )
    )


def _submitted(application: Application) -> ApplicationSubmitted:
    assert application.customer_id is not None
    assert application.vehicle_id is not None
    return ApplicationSubmitted(
        application_id=application.pk,
        application_no=application.application_no,
        round=application.round,
        legal_entity_id=application.legal_entity_id,
        customer_id=application.customer_id,
        vehicle_id=application.vehicle_id,
        dealer_id=application.dealer_id,
    )
