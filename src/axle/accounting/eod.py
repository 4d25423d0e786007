"""Accounting's steps of the end of day."""

from collections.abc import Iterator, Sequence
from datetime import date

from axle.accounting.controls import ControlResult, cash_compare, controls_compare_at_close
from axle.accounting.services.vouchers_number import vouchers_number
from axle.kernel.money import yuan
from axle.platform.public import EodStep, LegalEntityView, legal_entities, set_aside

COMPARE = "compare_ledgers"
Found = tuple[str, bool, str]
"""What was compared, whether it ties, and both sides in words."""


def compare_ledgers(on: date, shard: int, shards: int) -> int:
    """Compare every sub-ledger with its control accounts, and each bank account with receipts and payments (总分核对).

    What does not tie is set aside with both amounts until it ties again; it stops nothing. Gives how many there are.
    """
    entities = legal_entities()
    controls = controls_compare_at_close([entity.id for entity in entities])
    found = [one for entity in entities for one in _compared(entity, controls[entity.id])]
    set_aside(COMPARE, on, {name: told for name, is_tied, told in found if not is_tied})
    return len(found)


def _compared(entity: LegalEntityView, controls: Sequence[ControlResult]) -> Iterator[Found]:
    for control in controls:
        sides = f"{yuan(control.sub_ledger)} ≠ {'+'.join(control.account_codes)} {yuan(control.general_ledger)}"
        yield f"{entity.code}/{control.name}"[:40], control.is_tied, sides
    for cash in cash_compare(entity.id):
        sides = f"{yuan(cash.received_less_paid)} ≠ {yuan(cash.general_ledger)}"
        yield f"{entity.code}/bank/{cash.bank_account}", cash.is_tied, sides


def number_vouchers(on: date, shard: int, shards: int) -> int:
    """Number the vouchers of the day."""
    return vouchers_number()


EOD_STEPS = (
    EodStep("number_vouchers", number_vouchers),
    EodStep(COMPARE, compare_ledgers, reads_at_once=True),
)
