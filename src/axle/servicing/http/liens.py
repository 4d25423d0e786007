"""Lien releases: open once a loan is settled, done with the number of the proof."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel, Field

from axle.kernel.types import ApiPath, Yuan
from axle.platform.http import ActorName, evidence_answer
from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input
from axle.servicing import permissions as may
from axle.servicing.http.base import actions_of, api, one_of
from axle.servicing.models import ArchiveState, LienRelease, LienReleaseState, PaperKind
from axle.servicing.selectors.visible import lien_releases_listed, lien_releases_visible
from axle.servicing.services import lien_release as releasing
from axle.servicing.services.archive_keep import archive_of
from axle.servicing.services.payoff_letter_issue import payoff_letter_of


class LienReleaseIn(Input):
    release_no: str = Field(max_length=24)


class LienReleaseCompleteIn(LienReleaseIn):
    """When the mortgage was released, and the number of the paper that proves it."""

    released_on: date
    evidence_no: str = Field(min_length=2, max_length=64)
    file_id: int | None = None


class LienReleaseReopenIn(LienReleaseIn):
    reason: str = Field(min_length=2, max_length=200)


class LienReleaseOut(BaseModel):
    release_no: str
    state: LienReleaseState


class LienReleaseDetail(LienReleaseOut):
    """A lien release with the papers that are to be handed over for it, and what may be done next."""

    id: int
    loan_id: int
    loan_no: str
    contract_no: str
    customer_name: str
    vehicle_id: int
    vin: str
    plate_no: str
    principal: Yuan
    letter_no: str | None
    archive_no: str | None
    archive_state: ArchiveState | None
    shelf_no: str
    box_no: str
    holder: str
    papers: list[PaperKind]
    settled_on: date
    due_on: date
    released_on: date | None
    evidence_no: str
    file: ApiPath | None
    done_by: ActorName
    done_at: datetime | None
    closing_reason: str
    actions: list[str]


def _out(release: LienRelease) -> LienReleaseOut:
    return LienReleaseOut(release_no=release.release_no, state=LienReleaseState(release.state))


def _visible(actor: Actor, release_no: str) -> LienRelease:
    rows = lien_releases_visible(actor).select_related("loan__customer", "vehicle")
    return one_of(rows, "lien_release", release_no=release_no)


@api.command("lien_release_complete", permission=may.LIEN_RELEASE, subject="lien_release")
def lien_release_complete(ctx: Ctx, data: LienReleaseCompleteIn) -> LienReleaseOut:
    _visible(ctx.actor, data.release_no)
    return _out(releasing.lien_release_complete(actor=ctx.actor, **data.model_dump()))


@api.command("lien_release_reopen", permission=may.LIEN_RELEASE, subject="lien_release")
def lien_release_reopen(ctx: Ctx, data: LienReleaseReopenIn) -> LienReleaseOut:
    """What was recorded is wrong: the release is still to be done."""
    _visible(ctx.actor, data.release_no)
    return _out(releasing.lien_release_reopen(**data.model_dump()))


@api.query("lien_release_get", "/lien-releases/{release_no}", permission=may.LIEN_VIEW)
def lien_release_get(actor: Actor, release_no: str) -> LienReleaseDetail:
    """A lien release in scope."""
    release = _visible(actor, release_no)
    own = ("id", "release_no", "state", "settled_on", "due_on", "released_on", "evidence_no")
    facts: dict[str, Any] = {name: getattr(release, name) for name in (*own, "done_by", "done_at", "closing_reason")}
    loan, vehicle = release.loan, release.vehicle
    letter, archive = payoff_letter_of(loan.pk), archive_of(loan)
    return LienReleaseDetail(
        **facts,
        file=f"/lien-releases/{release.release_no}/file" if release.file_id else None,
        **{name: getattr(loan, name) for name in ("loan_no", "contract_no", "vehicle_id", "principal")},
        loan_id=loan.pk,
        customer_name=loan.customer.name,
        vin=vehicle.vin,
        plate_no=vehicle.plate_no,
        letter_no=letter.document_no if letter else None,
        archive_no=archive.archive_no if archive else None,
        archive_state=ArchiveState(archive.state) if archive else None,
        shelf_no=archive.shelf_no if archive else "",
        box_no=archive.box_no if archive else "",
        holder=archive.holder if archive else "",
        papers=[PaperKind(kind) for kind in archive.contents] if archive else [],
        actions=_actions(actor, release, has_letter=letter is not None),
    )


@api.query("lien_release_file", "/lien-releases/{release_no}/file", permission=may.LIEN_VIEW)
def lien_release_file(actor: Actor, release_no: str, download: bool = False) -> HttpResponse:
    """The paper that proves the release; every look is in the operation log."""
    release = _visible(actor, release_no)
    return evidence_answer(
        actor,
        operation="lien_release_file",
        type="lienrelease",
        id=release.pk,
        file_id=release.file_id,
        is_download=download,
    )


def _actions(actor: Actor, release: LienRelease, *, has_letter: bool) -> list[str]:
    letter = [] if has_letter else ["payoff_letter_issue"]
    possible = {
        LienReleaseState.OPEN: ["lien_release_complete", *letter],
        LienReleaseState.DONE: ["lien_release_reopen"],
    }
    return actions_of(actor, *possible.get(LienReleaseState(release.state), []))


api.history("lien_release", "/lien-releases", permission=may.LIEN_VIEW, find=_visible, key=str)
api.listing(
    Listing(
        name="lien_releases",
        is_growing=True,
        permission=may.LIEN_VIEW,
        queryset=lien_releases_listed,
        columns=[
            Col("release_no"),
            Col("loan_no", source="loan__loan_no"),
            Col("contract_no", source="loan__contract_no"),
            Col("customer_name", source="loan__customer__name"),
            Col("vin", source="vehicle__vin"),
            Col("plate_no", source="vehicle__plate_no"),
            Col("state", "enum", enum="LienReleaseState", choices=LienReleaseState.values),
            Col("settled_on", "date"),
            Col("due_on", "date"),
            Col("is_late", "bool"),
            Col("released_on", "date"),
            Col("evidence_no", is_sortable=False),
            Col("done_by"),
            Col("customer_id", "integer", source="loan__customer_id", is_hidden=True),
        ],
        search=["release_no", "loan__loan_no", "loan__contract_no", "loan__customer__name", "vehicle__vin"],
        filters=["customer_id", "loan_no", "state", "is_late", "settled_on", "due_on"],
        default_sort="due_on",
        row_link="/loan/lien-releases/{release_no}",
        tabs="state",
        row_actions=["lien_release_complete"],
        row_rules={"lien_release_complete": lambda row: row["state"] == LienReleaseState.OPEN},
    )
)
