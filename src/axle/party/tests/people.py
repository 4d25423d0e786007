"""Invented people with right check digits."""

from datetime import date
from typing import Any

from axle.kernel.money import Fen
from axle.party.domain.particulars import Contact, CustomerData

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(birthday: date = date(1990, 3, 7), serial: int = 1, region: str = "330106") -> str:
    """A right resident id; an odd serial is a man's."""
    body = f"{region}{birthday:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def card_no(prefix: str = "621226", digits: int = 19, serial: int = 1) -> str:
    """A number that passes the Luhn check; the default prefix is a debit card of 工商银行."""
    body = f"{prefix}{serial:0{digits - 1 - len(prefix)}d}"
    doubled = [int(digit) * (2 - position % 2) for position, digit in enumerate(reversed(body))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return body + str(-total % 10)


def person(**changes: Any) -> CustomerData:
    """张伟, with every field said."""
    said: dict[str, Any] = {
        "name": "张伟",
        "id_no": resident_id(),
        "phone": "13800001234",
        "id_valid_until": date(2035, 1, 1),
        "marital_status": "married",
        "residence_kind": "owned",
        "residence_address": "浙江省杭州市西湖区文三路1号",
        "region_code": "330106",
        "employment_kind": "employed",
        "employer": "杭州某科技有限公司",
        "employment_months": 36,
        "monthly_income": Fen(1_500_000),
        "monthly_debt": Fen(200_000),
        "has_driving_licence": True,
        "contacts": (Contact("李娜", "spouse", "13900005678"),),
    }
    return CustomerData(**{**said, **changes})
