"""Background steps of servicing."""

from django.db import transaction

from axle.platform.public import acting, business_date, job, system_actor
from axle.servicing.domain.warnings import WarningCause
from axle.servicing.services.paper_stamp import paper_stamp_waiting
from axle.servicing.services.payoff_letter_issue import payoff_letter_issue_settled
from axle.servicing.services.pool_close import pool_carry_out
from axle.servicing.services.receipt_file_confirm import receipt_file_carry_out
from axle.servicing.services.receipt_file_read import receipt_file_enter
from axle.servicing.services.reminders_make import reminders_write
from axle.servicing.services.warnings_settle import warnings_settle


@job("stamp_paper", retries=10)
def stamp_paper(signing_id: int) -> None:
    """Put a signature that waits for its time stamp on its paper; tried for most of a day."""
    with acting(system_actor("signing"), "paper_sign"):
        paper_stamp_waiting(signing_id=signing_id)


@job("sell_claims", retries=10)
def sell_claims(pool_no: str) -> None:
    """Carry the sale of a pool out; run again, it goes on where it stopped."""
    pool_carry_out(pool_no)


@job("issue_payoff_letter", retries=10)
def issue_payoff_letter(loan_no: str) -> None:
    """Issue the letter of a loan that was settled; tried for most of a day while the time-stamp authority is away."""
    actor = system_actor("servicing")
    with transaction.atomic(), acting(actor, "payoff_letter_issue"):
        payoff_letter_issue_settled(actor=actor, loan_no=loan_no)


@job("enter_receipt_file", retries=10)
def enter_receipt_file(file_no: str, part: int = 0) -> None:
    """Enter the rows of a part of a file of receipts; run again, it goes on where it stopped."""
    receipt_file_enter(file_no, part)


@job("confirm_receipt_file", retries=10)
def confirm_receipt_file(file_no: str, part: int = 0) -> None:
    """Confirm the receipts of a part of a file; run again, it goes on where it stopped."""
    receipt_file_carry_out(file_no, part)


@job("write_reminders", retries=10)
def write_reminders() -> None:
    """Write the texts of the reminders that a day's end has decided on."""
    reminders_write()


@job("warn_of_car_values", retries=10)
def warn_of_car_values() -> None:
    """Look at every car again after prices became known; run again, it changes nothing more."""
    warnings_settle(business_date(), causes=[WarningCause.CAR_VALUE])
