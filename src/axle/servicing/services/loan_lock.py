"""Taking a loan for a change."""

from collections.abc import Sequence

from django.db import connection

from axle.platform.errors import NotFound
from axle.platform.public import track
from axle.servicing.errors import LoanNotInForce
from axle.servicing.models import Loan, LoanState


def loan_locked(loan_no: str) -> Loan:
    """A loan locked for a change and noted for the log. Errors: NotFound."""
    loan = Loan.objects.select_for_update().filter(loan_no=loan_no).first()
    if loan is None:
        raise NotFound(field="loan_no", what="loan")
    return track(loan)


def loans_locked(loan_ids: Sequence[int]) -> dict[int, Loan]:
    """Some loans locked for a change and noted for the log, by their keys."""
    return {loan.pk: track(loan) for loan in Loan.objects.select_for_update().filter(pk__in=loan_ids).order_by("pk")}


def loans_lock(loan_ids: Sequence[int]) -> None:
    """Lock many loans for a batch, in the order of their keys; what is read afterwards stays true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM servicing_loan WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(loan_ids)])


def loan_in_force(loan_no: str) -> Loan:
    """A locked loan that still owes. Errors: NotFound, LoanNotInForce."""
    loan = loan_locked(loan_no)
    if loan.state != LoanState.IN_FORCE:
        raise LoanNotInForce(loan_no=loan_no)
    return loan
