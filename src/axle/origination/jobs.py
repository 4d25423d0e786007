"""Background steps of origination."""

from axle.origination.services.application_decide import application_decide, overdue_decisions
from axle.origination.services.behaviour_keep import behaviour_forget
from axle.origination.services.consent_letter_stamp import letter_stamp_waiting
from axle.origination.services.contract_stamp import contract_stamp_waiting
from axle.origination.services.dealer_control_propose import dealer_controls_propose
from axle.origination.services.device_session_keep import device_sessions_forget
from axle.origination.services.offers_look_again import offers_look_again
from axle.origination.services.review_start import review_start_taken_over
from axle.origination.services.sources_ask import sources_ask
from axle.platform.public import acting, business_date, job, system_actor


@job("decide_application", retries=5)
def decide_application(application_id: int) -> None:
    """Decide one application that has waited long enough for its documents to be read."""
    with acting(system_actor("decision"), "application_decide"):
        application_decide(application_id=application_id)


@job("ask_sources", retries=3)
def ask_sources(application_id: int) -> None:
    """Ask the data sources about a submitted application, then decide it."""
    sources_ask(application_id=application_id)


@job("decide_waiting_applications", cron="* * * * *")
def decide_waiting_applications() -> None:
    """Every minute: queue the applications whose documents take too long to be read."""
    for application_id in overdue_decisions():
        decide_application.defer_once(f"decide_application:{application_id}", application_id=application_id)


@job("begin_reviews", retries=5)
def begin_reviews(application_ids: list[int]) -> None:
    """Begin the reviews of referred cases that were taken over, each in a transaction of its own."""
    for application_id in application_ids:
        with acting(system_actor("intake"), "application_review_begin"):
            review_start_taken_over(application_id=application_id)


@job("stamp_contract", retries=10)
def stamp_contract(contract_id: int) -> None:
    """Put the signatures that wait for their time stamps on a contract; tried for most of a day."""
    with acting(system_actor("signing"), "contract_stamp"):
        contract_stamp_waiting(contract_id=contract_id)


@job("stamp_letter", retries=10)
def stamp_letter(letter_id: int) -> None:
    """Put the signature that waits for its time stamp on a consent letter; tried for most of a day."""
    with acting(system_actor("signing"), "consent_letter_stamp"):
        letter_stamp_waiting(letter_id=letter_id)


@job("look_at_offers_again", retries=3, cron="40 4 * * *")
def look_at_offers_again() -> None:
    """When policy changed, and every night for versions that begin on a day: hold approvals that would not stand."""
    offers_look_again()


@job("propose_dealer_controls", retries=3, cron="10 5 * * *")
def propose_dealer_controls() -> None:
    """Every night: three abnormal months of a dealer propose its flexible control, once a month."""
    dealer_controls_propose(on=business_date())


@job("forget_form_behaviour", cron="20 3 * * *")
def forget_form_behaviour() -> None:
    """Every night: delete what is older than it may be kept of how forms were filled in, and on which devices."""
    with acting(system_actor("intake"), "form_behaviour_forget"):
        behaviour_forget()
        device_sessions_forget()
