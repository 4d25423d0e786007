"""Facts of origination, all told in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from axle.kernel.money import Fen


@dataclass(frozen=True)
class ApplicationSubmitted:
    """An application was submitted, for the first time or again (``round`` counts)."""

    application_id: int
    application_no: str
    round: int
    legal_entity_id: int
    customer_id: int
    vehicle_id: int
    dealer_id: int | None


@dataclass(frozen=True)
class ApplicationDecided:
    """An application was approved or declined, by the strategy alone (``is_automatic``) or by people."""

    application_id: int
    application_no: str
    outcome: str
    is_automatic: bool
    approved_amount: Fen | None


@dataclass(frozen=True)
class ContractSigned:
    """Customer and company have signed."""

    contract_id: int
    contract_no: str
    application_id: int
    customer_id: int
    document_id: int


@dataclass(frozen=True)
class ContractDisbursed:
    """The money has reached the dealer: the loan begins on ``value_on``.

    ``terms`` is JSON: what ``amortization.Terms`` is built from, amounts in fen, rates as text, without the
    start date, and under ``rules`` the product's rules for servicing.
    """

    contract_id: int
    contract_no: str
    application_id: int
    legal_entity_id: int
    department_id: int
    owner_id: int | None
    customer_id: int
    dealer_id: int | None
    vehicle_id: int
    product_version_id: int
    product_code: str
    principal: Fen
    terms: Mapping[str, Any]
    value_on: date
    payout_no: str
    bank_account_id: int
