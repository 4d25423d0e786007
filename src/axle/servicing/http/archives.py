"""The papers of loans as things: where they are kept and who has them."""

from datetime import date

from django.db.models import QuerySet
from pydantic import BaseModel, Field

from axle.platform.listing import Col, Listing
from axle.platform.public import Actor, Ctx, Input
from axle.servicing import permissions as may
from axle.servicing.http.base import api, one_of
from axle.servicing.models import ArchiveAct, ArchiveMove, ArchiveState, LoanArchive, LoanState, PaperKind
from axle.servicing.selectors.visible import loan_visible
from axle.servicing.services import archive_keep as keeping


class ArchivePlaceFields(Input):
    """What is in the file, and where it is kept by whom."""

    contents: list[PaperKind] = Field(min_length=1, max_length=20)
    shelf_no: str = Field(min_length=1, max_length=40)
    box_no: str = Field(min_length=1, max_length=40)
    keeper: str = Field(min_length=2, max_length=64)


class ArchiveFileIn(ArchivePlaceFields):
    loan_no: str = Field(max_length=24)


class ArchiveIn(Input):
    archive_no: str = Field(max_length=24)


class ArchivePlaceIn(ArchivePlaceFields):
    archive_no: str = Field(max_length=24)


class ArchiveLendIn(ArchiveIn):
    """Who takes it, until when and what for."""

    person: str = Field(min_length=2, max_length=64)
    due_back_on: date
    note: str = Field(min_length=2, max_length=200)


class ArchiveReturnIn(ArchiveIn):
    note: str = Field("", max_length=200)


class ArchiveHandOverIn(ArchiveIn):
    """Who takes the papers for good."""

    person: str = Field(min_length=2, max_length=64)
    note: str = Field("", max_length=200)


class ArchiveOut(BaseModel):
    archive_no: str
    archive_state: ArchiveState


def archives_visible(actor: Actor) -> QuerySet[LoanArchive]:
    """In the actor's scope."""
    return actor.scope(may.ARCHIVE_VIEW).filter(
        LoanArchive.objects.all(), channel="dealer_id", customer="loan__customer_id"
    )


def moves_visible(actor: Actor) -> QuerySet[ArchiveMove]:
    """Of the archives in the actor's scope."""
    return ArchiveMove.objects.filter(archive__in=archives_visible(actor))


def _seen(ctx: Ctx, data: ArchiveIn | ArchivePlaceIn) -> None:
    one_of(archives_visible(ctx.actor), "loan_archive", archive_no=data.archive_no)


def _out(archive: LoanArchive) -> ArchiveOut:
    return ArchiveOut(archive_no=archive.archive_no, archive_state=ArchiveState(archive.state))


@api.command("loan_archive_file", permission=may.ARCHIVE_KEEP, subject="loan_archive")
def loan_archive_file(ctx: Ctx, data: ArchiveFileIn) -> ArchiveOut:
    """Begin the file of a loan's papers."""
    loan_visible(ctx.actor, data.loan_no)
    return _out(keeping.archive_file(actor=ctx.actor, **data.model_dump(mode="json")))


@api.command("loan_archive_place", permission=may.ARCHIVE_KEEP, subject="loan_archive")
def loan_archive_place(ctx: Ctx, data: ArchivePlaceIn) -> ArchiveOut:
    _seen(ctx, data)
    return _out(keeping.archive_place(actor=ctx.actor, **data.model_dump(mode="json")))


@api.command("loan_archive_lend", permission=may.ARCHIVE_KEEP, subject="loan_archive")
def loan_archive_lend(ctx: Ctx, data: ArchiveLendIn) -> ArchiveOut:
    _seen(ctx, data)
    return _out(keeping.archive_lend(actor=ctx.actor, **data.model_dump()))


@api.command("loan_archive_return", permission=may.ARCHIVE_KEEP, subject="loan_archive")
def loan_archive_return(ctx: Ctx, data: ArchiveReturnIn) -> ArchiveOut:
    _seen(ctx, data)
    return _out(keeping.archive_return(actor=ctx.actor, **data.model_dump()))


@api.command("loan_archive_hand_over", permission=may.ARCHIVE_KEEP, subject="loan_archive")
def loan_archive_hand_over(ctx: Ctx, data: ArchiveHandOverIn) -> ArchiveOut:
    """The papers of a settled loan go to whom they belong."""
    _seen(ctx, data)
    return _out(keeping.archive_hand_over(actor=ctx.actor, **data.model_dump()))


_KEPT = ("loan_archive_place", "loan_archive_lend")
api.listing(
    Listing(
        name="loan_archives",
        is_growing=True,
        permission=may.ARCHIVE_VIEW,
        queryset=archives_visible,
        columns=[
            Col("archive_no"),
            Col("loan_no", source="loan__loan_no", link="/loan/loans/{loan_no}"),
            Col("customer_name", source="loan__customer__name"),
            Col("state", "enum", enum="ArchiveState", choices=ArchiveState.values),
            Col(
                "loan_state",
                "enum",
                source="loan__state",
                enum="LoanState",
                choices=LoanState.values,
                is_sortable=False,
            ),
            Col("contents", "json", is_hidden=True, is_sortable=False),
            Col("shelf_no", is_sortable=False),
            Col("box_no", is_sortable=False),
            Col("keeper", is_sortable=False),
            Col("holder", is_sortable=False),
            Col("due_back_on", "date", is_sortable=False),
            Col("filed_on", "date"),
        ],
        search=["archive_no", "loan__loan_no", "loan__customer__name"],
        filters=["loan_no", "state", "loan_state", "filed_on"],
        default_sort="-filed_on",
        tabs="state",
        toolbar=["loan_archive_file"],
        row_actions=[*_KEPT, "loan_archive_return", "loan_archive_hand_over"],
        row_rules={
            **{name: lambda row: row["state"] == ArchiveState.KEPT for name in _KEPT},
            "loan_archive_return": lambda row: row["state"] == ArchiveState.LENT,
            "loan_archive_hand_over": lambda row: (
                row["state"] == ArchiveState.KEPT and row["loan_state"] == LoanState.SETTLED
            ),
        },
    )
)
api.listing(
    Listing(
        name="archive_moves",
        is_growing=True,
        permission=may.ARCHIVE_VIEW,
        queryset=moves_visible,
        columns=[
            Col("on", "date"),
            Col("archive_no", source="archive__archive_no"),
            Col("loan_no", source="archive__loan__loan_no"),
            Col("act", "enum", enum="ArchiveAct", choices=ArchiveAct.values, is_sortable=False),
            Col("person", is_sortable=False),
            Col("place", is_sortable=False),
            Col("note", is_sortable=False),
            Col("entered_by"),
        ],
        search=["archive__archive_no", "archive__loan__loan_no"],
        filters=["archive_no", "loan_no", "act", "on"],
        default_sort="-on",
    )
)
