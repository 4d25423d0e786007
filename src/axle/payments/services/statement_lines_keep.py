"""Keep what a bank states."""

from collections.abc import Sequence

from axle.payments.models import BankStatementLine
from axle.payments.ports import StatementLine


def statement_lines_keep(bank_account_id: int, lines: Sequence[StatementLine]) -> None:
    """Keep the movements of an account as its bank states them; one with a serial that is known stays as it was."""
    rows = [
        BankStatementLine(
            bank_account_id=bank_account_id,
            bank_serial=line.bank_serial,
            direction=line.direction,
            amount_fen=line.amount,
            value_on=line.value_on,
            order_no=line.order_no,
            counterparty_name=line.counterparty_name,
            counterparty_account=line.counterparty_account,
            remark=line.remark,
        )
        for line in lines
    ]
    BankStatementLine.objects.bulk_create(rows, ignore_conflicts=True)
