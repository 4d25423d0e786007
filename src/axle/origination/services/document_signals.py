"""What the documents of a case say as inputs of the strategy: bank statements, pictures, papers with an end.

Each is asked only where there is something to look at: a case without statements is not asked about them. What waits to
be read, or could not be, is unknown, which sends the case to a person.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from axle.documents.public import (
    CapturedDocumentView,
    StatementFigures,
    pictures_elsewhere,
    statement_is_read_from,
)
from axle.origination.domain.form import ApplicationForm
from axle.origination.models import Application

STATEMENT, IMAGES, PAPERS = "statement", "documents", "papers"
"""The sources by the strategy's names."""
BROUGHT_OF_DOCUMENTS: Mapping[str, frozenset[str]] = {
    STATEMENT: frozenset(
        {"statement_check", "statement_income_fen", "statement_round_trip_rate", "statement_gambling"}
    ),
    IMAGES: frozenset({"image_duplicates", "image_tamper_score"}),
    PAPERS: frozenset({"documents_expired"}),
}
"""What is brought, by the strategy's names of sources."""
DATED: Mapping[str, str] = {
    "id_back": "valid_to",
    "driver_licence": "valid_to",
    "vehicle_licence_sub": "inspected_until",
}
"""By the kind of a paper, the field that says until when it counts."""
_SUBJECT, _KIND, _WAITS = "application", "bank_statement", "queued"
_CHECKS = ("genuine", "suspicious", "forged")
"""From the least to the gravest."""


def document_signals(
    application: Application, form: ApplicationForm, captured: Sequence[CapturedDocumentView], *, on: date
) -> tuple[list[str], dict[str, Any]]:
    """What is asked of the documents by the strategy's names, and what they bring."""
    asked: list[str] = []
    told: dict[str, Any] = {}
    statements = [one for one in captured if one.kind == _KIND and statement_is_read_from(one.content_type)]
    pictures = [one for one in captured if _is_picture_looked_at(one)]
    papers = [one for one in captured if one.kind in DATED]
    for source, documents, tell in (
        (STATEMENT, statements, lambda: statement_told([one.statement for one in statements], form)),
        (IMAGES, pictures, lambda: _images(application, pictures)),
        (PAPERS, papers, lambda: {"documents_expired": _expired(papers, on)}),
    ):
        if documents:
            asked.append(source)
            told |= tell()
    return asked, told


def _is_picture_looked_at(document: CapturedDocumentView) -> bool:
    """Pictures that came before pictures were looked at are not asked about."""
    is_picture = document.content_type.startswith("image/")
    return is_picture and (document.ocr_state == _WAITS or document.tamper_score is not None)


def statement_told(statements: Sequence[StatementFigures | None], form: ApplicationForm) -> dict[str, Any]:
    """What the statements say together: the gravest check, the incomes of different accounts, the largest share of
    round trips, gambling in any. Unknown as soon as one of them could not be read."""
    read = [one for one in statements if one is not None]
    if len(read) < len(statements):
        return dict.fromkeys(BROUGHT_OF_DOCUMENTS[STATEMENT])
    checks = [_check(one, form) for one in read]
    incomes = [one.income_fen for one in _by_account(read)]
    known = [income for income in incomes if income is not None]
    return {
        "statement_check": None if None in checks else max((check for check in checks if check), key=_CHECKS.index),
        "statement_income_fen": sum(known) if len(known) == len(incomes) else None,
        "statement_round_trip_rate": max(Decimal(one.round_trip_rate) for one in read),
        "statement_gambling": any(one.gambling for one in read),
    }


def _check(figures: StatementFigures, form: ApplicationForm) -> str | None:
    """The statement's own check; somebody else's statement is suspicious however genuine it is."""
    is_theirs = not figures.holder_name or figures.holder_name == (form.customer.name or "").strip()
    return figures.check if is_theirs or figures.check == "forged" else "suspicious"


def _by_account(read: Sequence[StatementFigures]) -> list[StatementFigures]:
    """One statement of each account, the latest: months that two of them cover count once."""
    latest: dict[str, StatementFigures] = {}
    for place, one in enumerate(sorted(read, key=lambda figures: figures.to_on)):
        latest[one.account_no or f"unnamed {place}"] = one
    return list(latest.values())


def _images(application: Application, pictures: Sequence[CapturedDocumentView]) -> dict[str, Any]:
    if any(one.ocr_state == _WAITS for one in pictures):
        return {"image_duplicates": None, "image_tamper_score": None}
    return {
        "image_duplicates": _used_by_others(application, {one.document_id for one in pictures}),
        "image_tamper_score": max(one.tamper_score or 0 for one in pictures),
    }


def _used_by_others(application: Application, document_ids: Collection[int]) -> int:
    """How many of the pictures are also in cases of other people; one's own earlier applications have them rightly."""
    elsewhere = pictures_elsewhere(document_ids, _SUBJECT)
    if not elsewhere:
        return 0
    ids = set().union(*elsewhere.values())
    same = Application.objects.filter(pk__in=ids, id_no_index=application.id_no_index).exclude(id_no_index="")
    own = set(same.values_list("pk", flat=True))
    return sum(bool(subjects - own) for subjects in elsewhere.values())


def _expired(papers: Sequence[CapturedDocumentView], on: date) -> int | None:
    """How many papers have ended; unknown while one waits, or where an end could not be read and nobody typed it."""
    if any(one.ocr_state == _WAITS or _is_end_unread(one) for one in papers):
        return None
    return sum(_has_ended(str(one.values.get(DATED[one.kind]) or ""), on) for one in papers)


def _is_end_unread(paper: CapturedDocumentView) -> bool:
    return DATED[paper.kind] in paper.doubtful and DATED[paper.kind] not in paper.confirmed


def _has_ended(until: str, on: date) -> bool:
    """``until`` is a day, or a month that counts to its end; 长期 and nothing do not end."""
    if len(until) == len("2026-05"):
        return until < f"{on:%Y-%m}"
    return len(until) == len("2026-05-01") and until < on.isoformat()
