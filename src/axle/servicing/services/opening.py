"""What a loan is opened with, besides its terms."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LoanOpening:
    """The contract and the people of a new loan; ids of rows in lower contexts."""

    contract_id: int
    contract_no: str
    legal_entity_id: int
    department_id: int
    owner_id: int | None
    dealer_id: int | None
    customer_id: int
    vehicle_id: int
    product_version_id: int
    product_code: str
    bank_account_id: int
