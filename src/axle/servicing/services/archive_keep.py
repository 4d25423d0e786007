"""Keeping a loan's papers: filed, placed, lent and returned, handed over once the loan is settled (档案借阅与移交)."""

from collections.abc import Sequence
from datetime import date

from axle.platform.errors import NotFound
from axle.platform.public import Actor, business_date, created, next_no, parameter_value, text, track
from axle.servicing.errors import (
    ArchiveDateRefused,
    ArchiveIncomplete,
    ArchiveKnown,
    ArchiveLoanOwes,
    ArchiveStateRefused,
)
from axle.servicing.models import (
    ArchiveAct,
    ArchiveMove,
    ArchiveState,
    Loan,
    LoanArchive,
    LoanState,
    PaperKind,
    scope_of,
)
from axle.servicing.parameters import ARCHIVE_CONTENTS
from axle.servicing.services.loan_lock import loan_locked
from axle.servicing.services.payoff_letter_issue import payoff_letter_of


def archive_file(
    *, actor: Actor, loan_no: str, contents: Sequence[str], shelf_no: str, box_no: str, keeper: str
) -> LoanArchive:
    """Begin the file of a loan. Errors: NotFound, ArchiveKnown."""
    loan = loan_locked(loan_no)
    known = LoanArchive.objects.filter(loan=loan).first()
    if known:
        raise ArchiveKnown(archive_no=known.archive_no)
    archive = created(
        LoanArchive.objects.create(
            archive_no=next_no("DA", on=business_date()),
            loan=loan,
            contents=sorted(set(contents)),
            shelf_no=shelf_no,
            box_no=box_no,
            keeper=keeper,
            filed_on=business_date(),
            **scope_of(loan),
        )
    )
    _note(actor, archive, ArchiveAct.FILED, keeper)
    return archive


def archive_place(
    *, actor: Actor, archive_no: str, contents: Sequence[str], shelf_no: str, box_no: str, keeper: str
) -> LoanArchive:
    """It is kept elsewhere, by somebody else, or more or less of it. Errors: NotFound, ArchiveStateRefused."""
    archive = _locked(archive_no, ArchiveState.KEPT)
    archive.contents, archive.shelf_no, archive.box_no = sorted(set(contents)), shelf_no, box_no
    archive.keeper = keeper
    return _kept(actor, archive, ArchiveAct.PLACED, keeper)


def archive_lend(*, actor: Actor, archive_no: str, person: str, due_back_on: date, note: str) -> LoanArchive:
    """Somebody takes it for a while. Errors: NotFound, ArchiveStateRefused, ArchiveDateRefused."""
    archive = _locked(archive_no, ArchiveState.KEPT)
    if due_back_on < business_date():
        raise ArchiveDateRefused(field="due_back_on")
    archive.state, archive.holder, archive.due_back_on = ArchiveState.LENT, person, due_back_on
    return _kept(actor, archive, ArchiveAct.LENT, person, note)


def archive_return(*, actor: Actor, archive_no: str, note: str = "") -> LoanArchive:
    """It is back in its place. Errors: NotFound, ArchiveStateRefused."""
    archive = _locked(archive_no, ArchiveState.LENT)
    person = archive.holder
    archive.state, archive.holder, archive.due_back_on = ArchiveState.KEPT, "", None
    return _kept(actor, archive, ArchiveAct.RETURNED, person, note)


def archive_hand_over(*, actor: Actor, archive_no: str, person: str, note: str = "") -> LoanArchive:
    """The papers of a settled loan go to whom they belong, for the release of the mortgage.

    Errors: NotFound, ArchiveStateRefused, ArchiveLoanOwes, ArchiveIncomplete while papers are missing.
    """
    archive = _locked(archive_no, ArchiveState.KEPT)
    if archive.loan.state != LoanState.SETTLED:
        raise ArchiveLoanOwes(loan_no=archive.loan.loan_no)
    missing = papers_missing(archive)
    if missing:
        raise ArchiveIncomplete(missing="、".join(text("enum", f"PaperKind/{kind}") for kind in missing))
    archive.state, archive.holder = ArchiveState.HANDED_OVER, person
    return _kept(actor, archive, ArchiveAct.HANDED_OVER, person, note)


def papers_missing(archive: LoanArchive) -> list[str]:
    """What a hand-over waits for: kinds of papers that are not in the file, and the letter that proves the payoff."""
    asked = parameter_value(ARCHIVE_CONTENTS.code, legal_entity_id=archive.legal_entity_id)
    missing = [kind for kind in asked if kind not in archive.contents]
    return missing if payoff_letter_of(archive.loan_id) else [*missing, PaperKind.PAYOFF_LETTER]


def archive_of(loan: Loan) -> LoanArchive | None:
    """The file of a loan, if there is one."""
    return LoanArchive.objects.filter(loan=loan).first()


def _locked(archive_no: str, state: str) -> LoanArchive:
    rows = LoanArchive.objects.select_for_update(of=("self",)).select_related("loan")
    archive = rows.filter(archive_no=archive_no).first()
    if archive is None:
        raise NotFound(field="archive_no", what="loan_archive")
    if archive.state != state:
        raise ArchiveStateRefused(state=archive.state)
    return track(archive)


def _kept(actor: Actor, archive: LoanArchive, act: str, person: str, note: str = "") -> LoanArchive:
    archive.save()
    _note(actor, archive, act, person, note)
    return archive


def _note(actor: Actor, archive: LoanArchive, act: str, person: str, note: str = "") -> None:
    place = f"{archive.shelf_no} / {archive.box_no}"
    ArchiveMove.objects.create(
        archive=archive, act=act, on=business_date(), person=person, place=place, note=note, entered_by=actor.name
    )
