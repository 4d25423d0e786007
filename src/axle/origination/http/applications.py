"""Writing applications."""

from pydantic import BaseModel, Field, IPvAnyAddress

from axle.origination import permissions as may
from axle.origination.domain.device_session import DeviceSessionPart
from axle.origination.domain.form import ApplicationForm
from axle.origination.domain.form_behaviour import FormBehaviourPart
from axle.origination.domain.lifecycle import ApplicationState
from axle.origination.http.base import api
from axle.origination.models import Application
from axle.origination.services.application_device_keep import application_device_keep
from axle.origination.services.application_save_draft import application_save_draft
from axle.origination.services.application_submit import application_submit
from axle.origination.services.application_withdraw import application_withdraw
from axle.origination.services.review_ask import review_ask
from axle.platform.public import Ctx, Input


class ApplicationIn(Input):
    """An application as the person saw it."""

    application_id: int
    version: int


class ApplicationDraftIn(Input):
    """A form so far; without ``application_id`` a new application. ``behaviour`` and ``device`` are sent when whoever
    types agreed."""

    application_id: int | None = None
    version: int | None = None
    form: ApplicationForm
    behaviour: FormBehaviourPart | None = None
    device: DeviceSessionPart | None = None


class ApplicationDeviceIn(ApplicationIn):
    """The applicant's own device: what its fingerprint is called, and its address in the net."""

    device_token: str = Field(min_length=8, max_length=64, pattern=r"^[\x21-\x7e]+$")
    device_ip: IPvAnyAddress | None = None


class ApplicationWithdrawIn(ApplicationIn):
    """Why the applicant does not want it any more."""

    reason: str = Field(min_length=1, max_length=500)


class ApplicationReviewAskIn(ApplicationIn):
    """What the applicant holds against the decision, or can show besides."""

    reason: str = Field(min_length=1, max_length=500)


class ApplicationOut(BaseModel):
    """An application after a write."""

    application_id: int
    application_no: str
    state: ApplicationState
    decision: str
    version: int


@api.command("application_save_draft", permission=may.APPLICATION_EDIT, subject="application")
def application_save_draft_command(ctx: Ctx, data: ApplicationDraftIn) -> ApplicationOut:
    """Keep what has been typed so far."""
    application = application_save_draft(
        actor=ctx.actor,
        form=data.form,
        application_id=data.application_id,
        version=data.version,
        behaviour=data.behaviour,
        device=data.device,
    )
    return application_out(application)


@api.command("application_device_keep", permission=may.APPLICATION_EDIT, subject="application")
def application_device_keep_command(ctx: Ctx, data: ApplicationDeviceIn) -> ApplicationOut:
    """Keep from which phone the applicant applies; told by the applicant's page or by a partner's."""
    application = application_device_keep(
        actor=ctx.actor,
        application_id=data.application_id,
        version=data.version,
        token=data.device_token,
        ip=str(data.device_ip) if data.device_ip else None,
    )
    return application_out(application)


@api.command("application_submit", permission=may.APPLICATION_EDIT, subject="application")
def application_submit_command(ctx: Ctx, data: ApplicationIn) -> ApplicationOut:
    """Submit a draft, or a returned application again."""
    application = application_submit(actor=ctx.actor, application_id=data.application_id, version=data.version)
    return application_out(application)


@api.command("application_withdraw", permission=may.APPLICATION_WITHDRAW, subject="application")
def application_withdraw_command(ctx: Ctx, data: ApplicationWithdrawIn) -> ApplicationOut:
    """End an application at the applicant's wish."""
    application = application_withdraw(
        actor=ctx.actor, application_id=data.application_id, reason=data.reason, version=data.version
    )
    return application_out(application)


@api.command("application_review_ask", permission=may.APPLICATION_EDIT, subject="application")
def application_review_ask_command(ctx: Ctx, data: ApplicationReviewAskIn) -> ApplicationOut:
    """Have people look again at what a machine declined or approved for less, because the applicant asks for it."""
    application = review_ask(
        actor=ctx.actor, application_id=data.application_id, reason=data.reason, version=data.version
    )
    return application_out(application)


def application_out(application: Application) -> ApplicationOut:
    """The answer to a write."""
    return ApplicationOut(
        application_id=application.pk,
        application_no=application.application_no,
        state=ApplicationState(application.state),
        decision=application.decision,
        version=application.version,
    )
