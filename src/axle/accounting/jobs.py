"""Scheduled work of accounting."""

from axle.accounting.services.vouchers_number import vouchers_number
from axle.platform.public import job


@job("accounting_vouchers_number", cron="* * * * *")
def accounting_vouchers_number() -> None:
    """Number the vouchers of the last minute."""
    vouchers_number()
