"""Expected credit loss (预期信用损失) of one loan by its stage.

Stage 1: what twelve months may cost. Stage 2: what the whole life may cost, year by year, discounted to the middle of
each year at the effective rate. Stage 3: what is left of the gross amount once the recoveries to come are discounted.

Source: REG-CAS-22.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from axle.kernel.money import Fen

ONE, HALF_A_YEAR = Decimal(1), Decimal("0.5")
STAGE_3_NET = "stage_3_net"


def accrual_policy(data: str) -> str:
    """How interest of impaired loans is counted. Errors: ValueError for anything else."""
    if data not in ("non_accrual", STAGE_3_NET):
        raise ValueError(data)
    return data


def _fen(amount: Decimal) -> Fen:
    return Fen(int(amount.quantize(ONE, ROUND_HALF_UP)))


def loss_12_months(exposure: Fen, *, pd: Decimal, lgd: Decimal) -> Fen:
    """Stage 1: exposure × probability of default × loss given default; fen, half up."""
    return _fen(exposure * pd * lgd)


def loss_lifetime(exposures: Sequence[Fen], *, pds: Sequence[Decimal], lgd: Decimal, rate: Decimal) -> Fen:
    """Stage 2: the sum over the years to come; ``exposures`` and ``pds`` by year, ``rate`` the effective rate."""
    total = Decimal(0)
    for year, (exposure, pd) in enumerate(zip(exposures, pds, strict=False)):
        total += exposure * pd * lgd / (ONE + rate) ** (year + HALF_A_YEAR)
    return _fen(total)


def loss_impaired(gross: Fen, *, recoveries: Sequence[tuple[Decimal, Fen]], rate: Decimal) -> Fen:
    """Stage 3: gross less the recoveries, each with the years until it comes; never below nothing."""
    present = sum((amount / (ONE + rate) ** years for years, amount in recoveries), Decimal(0))
    return max(_fen(gross - present), Fen(0))


def interest_on_allowance(interest: Fen, *, gross: Fen, allowance: Fen) -> Fen:
    """Stage 3: of the interest of a span on the gross amount the part that is no income, fen, half up.

    Interest is income on the net carrying amount: what the allowance covers of the gross amount earns nothing.
    """
    if interest <= 0 or gross <= 0:
        return Fen(0)
    return min(_fen(Decimal(interest) * allowance / gross), interest)
