"""Gather what the strategy is told about an application."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from axle.channel.public import dealer_get
from axle.decisioning.public import Assignment, contract_of, trial_assign
from axle.documents.public import CapturedDocumentView
from axle.kernel.money import Fen
from axle.origination.domain.cross_check import vin_verdict
from axle.origination.domain.decision_input import (
    DealerFacts,
    DecisionFacts,
    DocumentFacts,
    HistoryFacts,
    PolicyFacts,
    ProductFacts,
    VehicleFacts,
    decision_case,
    decision_input,
)
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.relations import Related
from axle.origination.domain.vehicles import decision_energy, series_key
from axle.origination.models import Application
from axle.origination.parameters import CLOSED_REGIONS, RESTRICTED_REGIONS
from axle.origination.ports import loan_book
from axle.origination.services.behaviour_keep import behaviour_signals
from axle.origination.services.device_session_keep import device_signals, distance_signals
from axle.origination.services.document_signals import document_signals
from axle.origination.services.documents_gather import (
    captured_of,
    critical_differences,
    missing_kinds,
    recognition_is_finished,
)
from axle.origination.services.duplicate_refuse import submitted_recently
from axle.origination.services.offer_make import Offer, documents_needed, offer_make
from axle.origination.services.own_signals import curve_signals, own_signals
from axle.origination.services.relations_find import related_of
from axle.origination.services.review_start import application_subject
from axle.origination.services.source_facts import form_as_answered, form_at_best, seller_of, values_told
from axle.origination.services.source_signals import signals_told
from axle.party.public import Watched, WatchHit, WatchRole, WatchSubject, watch_hits, watch_status
from axle.platform.public import business_date, legal_entity, parameter_value, read_once
from axle.sources.public import Answers, answers_of, enquiry_was_stopped, sources_on
from axle.vehicle.public import VehicleView, values_by_curve, vehicle_get


@dataclass(frozen=True)
class CaseFacts:
    """The case's number, the input's facts, which strategy and process the product names, what the case met on the
    watch lists, and what appraisers and our curves said of the car."""

    case_no: str
    strategy: str
    process: str
    input: DecisionFacts
    hits: list[WatchHit]
    values: dict[str, Fen]


def channel_of(application: Application) -> str:
    """How the case came: by a dealer, by the borrower themselves, or directly by staff."""
    if application.source == "customer":
        return "online"
    return "direct" if application.dealer_id is None else "dealer"


@dataclass(frozen=True)
class CaseGround:
    """What the strategy is told of a case whatever the sources say: gathered once, before they are asked."""

    version: int
    form: ApplicationForm
    vehicle: VehicleView
    offer: Offer
    own_value: Fen | None
    hits: list[WatchHit]
    related: Related
    asked: list[str]
    signals: dict[str, Any]
    captured: list[CapturedDocumentView]
    history: HistoryFacts
    dealer: DealerFacts | None


def case_ground(application: Application, vehicle: VehicleView) -> CaseGround:
    """Gather it. Errors: those of ``offer_make`` when the product changed meanwhile."""
    form, today = ApplicationForm.model_validate(application.form), business_date()
    channel = channel_of(application)
    hits = watch_hits(_watched(form, application.device_token), on=today)
    related = related_of(application.pk)
    captured = captured_of(application)
    of_us, own = own_signals(
        application, form, related, is_of_dealer=channel == "dealer", on=today, seller=seller_of(form, captured)
    )
    of_form, behaviour = behaviour_signals(application)
    of_device, session = device_signals(application)
    worth = values_by_curve(vehicle, today, months=(0, form.loan.periods or 0))
    of_curve, residual = curve_signals(worth, form.vehicle.price)
    of_documents, documents = document_signals(application, form, captured, on=today)
    return CaseGround(
        version=application.version,
        form=form,
        vehicle=vehicle,
        offer=offer_make(form.loan, vehicle, channel=channel, start_on=today),
        own_value=worth[0] if worth else None,
        hits=hits,
        related=related,
        asked=[*of_us, *of_form, *of_device, *of_curve, *of_documents],
        signals=own | behaviour | session | residual | documents,
        captured=captured,
        history=_history(application, watch_status(hits)),
        dealer=_dealer(application),
    )


def ground_renewed(application: Application, ground: CaseGround) -> CaseGround:
    """The ground as it is after the sources were asked: what others may have done to the case meanwhile is looked at
    again, and everything is gathered anew where somebody did."""
    is_same = (
        application.version == ground.version
        and watch_hits(_watched(ground.form, application.device_token), on=business_date()) == ground.hits
        and captured_of(application) == ground.captured
        and related_of(application.pk) == ground.related
    )
    return ground if is_same else case_ground(application, vehicle_get(application.vehicle_id or 0))


def decision_facts(
    application: Application, ground: CaseGround, answers: Answers, *, waiting: Collection[str] = ()
) -> CaseFacts:
    """Everything that the strategy is told, as if the sources in ``waiting`` had only good to say."""
    form = form_as_answered(ground.form, answers)
    if waiting:
        form = form_at_best(form, waiting)
    asked, signals = signals_told(ground.form, answers, on=business_date(), instalment=ground.offer.instalment)
    of_distance, distance = distance_signals(application.device_place, answers)
    values = values_told(answers)
    reference = ground.offer.reference_value or min(values.values(), default=ground.own_value)
    if ground.own_value:
        values["curve"] = ground.own_value
    facts = DecisionFacts(
        applied_on=business_date(),
        channel=channel_of(application),
        form=form,
        product=_product(ground.offer, ground.vehicle),
        policy=_policy(ground.offer, form),
        history=ground.history,
        vehicle=_vehicle(ground.captured, form, ground.vehicle, reference),
        dealer=ground.dealer,
        documents=_documents(application, ground),
        legal_entity_code=legal_entity(application.legal_entity_id).code,
        sources_asked=[*asked, *ground.asked, *of_distance],
        signals=signals | ground.signals | distance,
    )
    terms = ground.offer.version.terms
    return CaseFacts(application.application_no, terms.strategy, terms.workflow, facts, ground.hits, values)


def assigned_of(facts: CaseFacts, on: date) -> Assignment:
    """The version that answers the case; the one that a case was asked about with answers it, too."""
    return read_once(("assigned", facts.case_no), lambda: trial_assign(facts.strategy, case_no=facts.case_no, on=on))


def case_told(facts: CaseFacts, assigned: Assignment) -> dict[str, Any]:
    """The case as the contract of the version that answers it declares it: what nobody brought is null."""
    contract = contract_of(assigned)
    return decision_case(decision_input(facts.input), contract.known if contract else ())


def answers_given(application: Application) -> Answers:
    """What the sources said in this round."""
    return answers_of(application_subject(application), round=application.round)


def sources_spared(application: Application) -> frozenset[str]:
    """The sources that are not asked any more, because their best answer would not have helped."""
    if not enquiry_was_stopped(application_subject(application), round=application.round):
        return frozenset()
    return sources_on() - answers_given(application).keys()


def _product(offer: Offer, vehicle: VehicleView) -> ProductFacts:
    terms = offer.version.terms
    cap = terms.ltv_cap("new" if vehicle.is_new else "used", decision_energy(vehicle.trim.energy), vehicle.use)
    assert cap is not None  # offer_make refuses a car that the product does not finance
    return ProductFacts(
        code=offer.version.code,
        amount_min=terms.amount_min,
        amount_max=terms.amount_max,
        down_payment_min_rate=terms.down_payment_min_rate,
        terms=terms.terms,
        annual_rate=offer.annual_rate,
        is_subvented=terms.is_subvented,
        ltv_cap=cap,
        vehicle_age_cap_months=terms.vehicle_age_max_months,
        instalment=offer.instalment,
    )


def _policy(offer: Offer, form: ApplicationForm) -> PolicyFacts:
    return PolicyFacts(
        rate_cap=offer.quote.cap.rate,
        exposure_cap=offer.version.terms.exposure_max,
        region_status=_region_status(form.customer.region_code or ""),
    )


def _region_status(region: str) -> str:
    for status, code in (("closed", CLOSED_REGIONS.code), ("restricted", RESTRICTED_REGIONS.code)):
        if region.startswith(tuple(parameter_value(code))):
            return status
    return "served"


def _watched(form: ApplicationForm, device_token: str) -> list[Watched]:
    """What of a case is looked up on the black and grey lists."""
    customer, vehicle = form.customer, form.vehicle
    values = [
        (WatchRole.DEBTOR, WatchSubject.ID_NO, customer.id_no),
        (WatchRole.DEBTOR, WatchSubject.PHONE, customer.phone),
        (WatchRole.DEBTOR, WatchSubject.CARD, customer.card_no),
        (WatchRole.DEBTOR, WatchSubject.DEVICE, device_token),
        (WatchRole.EMPLOYER, WatchSubject.COMPANY, customer.employer),
        (WatchRole.RESIDENCE, WatchSubject.ADDRESS, customer.residence_address),
        (WatchRole.VEHICLE, WatchSubject.VIN, vehicle.vin),
        (WatchRole.VEHICLE, WatchSubject.PLATE, vehicle.plate_no),
        *((WatchRole.CONTACT, WatchSubject.PHONE, contact.phone) for contact in customer.contacts),
    ]
    return [Watched(role, subject, value or "") for role, subject, value in values]


def _history(application: Application, blacklist_status: str) -> HistoryFacts:
    standing = loan_book().customer_standing(application.customer_id or 0)
    earlier = submitted_recently(application)
    same = earlier.filter(id_no_index=application.id_no_index) | earlier.filter(vin=application.vin)
    return HistoryFacts(
        exposure=standing.exposure,
        duplicate_applications=same.count(),
        overdue_days=standing.overdue_days,
        blacklist_status=blacklist_status,
        is_returning=standing.is_returning,
    )


def _vehicle(
    captured: Sequence[CapturedDocumentView], form: ApplicationForm, vehicle: VehicleView, reference_value: Fen | None
) -> VehicleFacts:
    read = [document.values for document in captured]
    return VehicleFacts(
        energy=decision_energy(vehicle.trim.energy),
        drive=vehicle.trim.energy,
        vehicle_class=vehicle.trim.vehicle_class,
        series=series_key(vehicle.trim.make, vehicle.trim.series),
        reference_value=reference_value,
        vin_check=_vin_check(form, read),
    )


def _vin_check(form: ApplicationForm, read: list[dict[str, str | int]]) -> str:
    """What the documents show; where none shows a VIN, what staff or a file found."""
    by_documents = vin_verdict(form, read)
    if by_documents != "unavailable" or form.credit_facts is None:
        return by_documents
    return form.credit_facts.vin_check


def _dealer(application: Application) -> DealerFacts | None:
    if channel_of(application) != "dealer" or application.dealer_id is None:
        return None
    dealer = dealer_get(application.dealer_id)
    return DealerFacts(dealer.state, dealer.grade, loan_book().dealer_overdue_rate(dealer.id))


def _documents(application: Application, ground: CaseGround) -> DocumentFacts:
    needed = documents_needed(ground.offer.version, node="intake", is_new=ground.vehicle.is_new)
    is_read = recognition_is_finished(application, among=ground.captured)
    return DocumentFacts(
        missing=len(missing_kinds(application, needed, among=ground.captured)),
        differences=critical_differences(application, among=ground.captured) if is_read else None,
    )
