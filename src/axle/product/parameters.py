"""Dated parameters of product: the caps on what a borrower may be charged, by kind of legal entity.

A cap is the highest all-in simple annual rate. Kinds without a cap of their own fall under private lending: four
times the one-year loan prime rate.

Source: REG-SPC-2017-22 (financial loans), REG-NFRA-2025-9 (bank facilitation), REG-PBOC-2025-247 (microloans),
REG-SPC-2020-17 (private lending), REG-PBOC-2019-15 (loan prime rate).
"""

from decimal import Decimal

from axle.platform.public import parameter

LPR_ONE_YEAR = "product.lpr_one_year"
PRIVATE_MULTIPLE = "product.private_lending_lpr_multiple"
COST_CAPS = {
    "auto_finance": "product.cost_cap_auto_finance",
    "guarantee": "product.cost_cap_guarantee",
    "microloan": "product.cost_cap_microloan",
    "lease": "product.cost_cap_lease",
    "bank": "product.cost_cap_bank",
}

_SPC_2017 = "REG-SPC-2017-22"
_SOURCES = {
    "auto_finance": _SPC_2017,
    "guarantee": _SPC_2017,
    "microloan": "REG-PBOC-2025-247",
    "lease": _SPC_2017,
    "bank": "REG-NFRA-2025-9",
}
for _kind, _code in COST_CAPS.items():
    parameter(
        _code, type_=Decimal, default=Decimal("0.24"), minimum=Decimal(0), maximum=Decimal(1), source=_SOURCES[_kind]
    )
parameter(
    LPR_ONE_YEAR,
    type_=Decimal,
    default=Decimal("0.03"),
    minimum=Decimal(0),
    maximum=Decimal(1),
    source="REG-PBOC-2019-15",
)
parameter(
    PRIVATE_MULTIPLE,
    type_=Decimal,
    default=Decimal(4),
    minimum=Decimal(1),
    maximum=Decimal(10),
    source="REG-SPC-2020-17",
)
