"""A file of receipts is done in parts, by as many workers at once; the receipts of a loan are of one part, in order."""

from collections.abc import Callable
from typing import NamedTuple
from zlib import crc32

from django.conf import settings

from axle.platform.errors import NotFound
from axle.platform.public import Actor, acting, constraints_check, track, user_actors
from axle.servicing.models import ReceiptFile, ReceiptFilePart, ReceiptFileState


class Phase(NamedTuple):
    """What is done to every part of a file before the file goes on; it is logged as ``operation``."""

    operation: str
    state: ReceiptFileState
    ends_as: ReceiptFileState


ENTERING = Phase("receipt_file_register", ReceiptFileState.READING, ReceiptFileState.REGISTERED)
CONFIRMING = Phase("receipt_file_confirm", ReceiptFileState.CONFIRMING, ReceiptFileState.CONFIRMED)


class Progress(NamedTuple):
    """The row of the file that a stretch of a part came to, whether more come, what it adds to the file's figures."""

    row: int
    is_last: bool
    rows: int = 0
    refused: int = 0
    amount: int = 0


Stretch = Callable[[Actor, ReceiptFilePart], Progress]
"""Does the next rows of a part."""


def parts_make(file: ReceiptFile, *, rows: int, stretch: int) -> None:
    """Divide a new file: among as many workers as there are, if it has a stretch for each."""
    count = max(1, min(settings.EOD_WORKERS, rows // stretch))
    ReceiptFilePart.objects.bulk_create([ReceiptFilePart(file=file, part=part) for part in range(count)])


def parts_turn(file: ReceiptFile) -> None:
    """All parts of a locked file go where the file went, and begin anew."""
    file.parts.update(state=file.state, row=0)


def part_of(loan_no: str, row: int, parts: int) -> int:
    """The part that a row of a file belongs to: that of its loan."""
    return (crc32(loan_no.encode()) if loan_no else row) % parts


def part_do(actor: Actor, phase: Phase, file_no: str, part: int, stretch: Stretch) -> None:
    """Do what is left of a part, a stretch in a transaction; the last part takes the file on.

    Run again, it goes on where it stopped; who else is at the same part is waited for.
    """
    is_open = True
    while is_open:
        with acting(actor, phase.operation):
            is_open = _stretch(actor, phase, file_no, part, stretch)


def _stretch(actor: Actor, phase: Phase, file_no: str, part: int, stretch: Stretch) -> bool:
    """Do the next rows; gives whether more may come."""
    parts = ReceiptFilePart.objects.select_for_update(of=("self",), no_key=True).select_related("file")
    own = parts.get(file__file_no=file_no, part=part)
    if own.state != phase.state:
        return False
    done = stretch(actor, own)
    own.row, own.state = done.row, phase.ends_as if done.is_last else phase.state
    own.save()
    _file_keep(phase, file_no, done)
    return not done.is_last


def _file_keep(phase: Phase, file_no: str, done: Progress) -> None:
    """Add a stretch to the figures of its file, and take the file on with its last part.

    Other parts wait for the lock: what the end of the transaction would check is checked before it.
    """
    constraints_check()
    file = file_locked(file_no)
    file.rows += done.rows
    file.refused += done.refused
    file.amount += done.amount
    if done.is_last and not file.parts.filter(state=phase.state).exists():
        file.state = phase.ends_as
    file.save()


def file_locked(file_no: str) -> ReceiptFile:
    """A file locked for a change."""
    return track(ReceiptFile.objects.select_for_update(no_key=True).get(file_no=file_no))


def acting_person(user_id: int) -> Actor:
    """Who entered or confirmed a file, with today's rights. Errors: NotFound when they have left."""
    found = user_actors([user_id])
    if user_id not in found:
        raise NotFound(what="user")
    return found[user_id]
