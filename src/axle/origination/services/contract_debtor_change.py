"""Another customer is the borrower of a contract in force (债务转让)."""

from axle.origination.services.contract_lock import contract_store, contract_take


def contract_debtor_change(*, contract_id: int, customer_id: int) -> None:
    """Put a contract in another customer's name; its papers stay as they were signed. Errors: NotFound."""
    contract = contract_take(contract_id)
    contract.customer_id = customer_id
    contract_store(contract)
