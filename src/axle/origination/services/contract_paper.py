"""The contract's figures in the words of the paper, made out in Chinese as Chinese law reads it."""

from decimal import Decimal
from typing import Any

from axle.channel.public import settlement_account
from axle.kernel.money import Fen, yuan
from axle.origination.domain.form import ApplicationForm
from axle.origination.models import Contract
from axle.party.public import bank_name_of, customer_contact
from axle.platform.public import legal_entity, text
from axle.product.public import ContingentItem, CostItem, CostSheet, ProductTerms, Quote
from axle.vehicle.public import vehicle_get

TEMPLATE = "car_loan_contract"
_LOCALE = "zh-CN"


def contract_paper(contract: Contract, form: ApplicationForm, quote: Quote, terms: ProductTerms) -> dict[str, Any]:
    """The data of the contract's template. Errors: NotFound, DealerHasNoAccount."""
    lender = legal_entity(contract.legal_entity_id)
    payee = settlement_account(contract.dealer_id or 0)
    return {
        "contract_no": contract.contract_no,
        "made_on": contract.planned_start_on,
        "lender": {"name": lender.name, "uscc": lender.uscc},
        "borrower": _borrower(contract),
        "dealer_name": payee.name,
        "vehicle": _vehicle(contract),
        "loan": _loan(contract, quote, terms),
        "payee": vars(payee),
        "repayment_account": _repayment_account(contract, form),
        "schedule": contract.schedule,
        "cost": _cost(quote.costs, lender.name),
    }


def _borrower(contract: Contract) -> dict[str, str]:
    person = customer_contact(contract.customer_id)
    return {
        "name": person.name,
        "id_no": person.id_no,
        "phone": person.phone,
        "address": person.residence_address,
    }


def _vehicle(contract: Contract) -> dict[str, Any]:
    vehicle = vehicle_get(contract.vehicle_id)
    return {
        "description": vehicle.title,
        "vin": vehicle.vin,
        "engine_no": vehicle.engine_no,
        "plate_no": vehicle.plate_no,
        "condition": "new" if vehicle.is_new else "used",
        "price": Fen(contract.vehicle_price),
    }


def _loan(contract: Contract, quote: Quote, terms: ProductTerms) -> dict[str, Any]:
    rows = quote.schedule.instalments
    return {
        "principal": Fen(contract.principal),
        "down_payment": Fen(contract.down_payment),
        "periods": contract.periods,
        "method": contract.method,
        "annual_rate": contract.annual_rate,
        "irr_annual": contract.annual_cost_rate,
        "penalty_rate": contract.annual_rate * terms.penalty.rate_multiple,
        "grace_days": terms.penalty.grace_days,
        "start_on": contract.planned_start_on,
        "first_due_on": rows[0].due_on,
        "last_due_on": rows[-1].due_on,
        "early_settlement": _early_settlement(terms),
    }


def _early_settlement(terms: ProductTerms) -> str:
    """The prepayment clause: notice, and the fee by the loan's age."""
    bands = [_words("fee_band", rate=_percent(band.rate), months=band.before_month) for band in terms.prepayment.bands]
    fee = "；".join(bands) if bands else _words("no_fee")
    return _words("early_settlement", fee=fee)


def _repayment_account(contract: Contract, form: ApplicationForm) -> dict[str, str]:
    card_no = form.customer.card_no or ""
    return {
        "name": customer_contact(contract.customer_id).name,
        "bank_name": form.customer.card_bank or bank_name_of(card_no),
        "account_no": card_no,
    }


def _cost(sheet: CostSheet, lender: str) -> dict[str, Any]:
    """The all-in cost sheet (综合融资成本明示表). Source: REG-NFRA-2026-2."""
    return {
        "principal": sheet.principal,
        "items": [_cost_item(item) for item in sheet.items],
        "total_annualised": sheet.total.simple,
        "contingent": [_contingent(item, lender) for item in sheet.contingent],
    }


def _cost_item(item: CostItem) -> dict[str, Any]:
    return {
        "name": item.name_zh or _cost_name(item.code),
        "collection_way": _words(f"timing/{item.timing}"),
        "standard": _words("rate_standard", rate=_percent(item.rate)) if item.rate is not None else yuan(item.amount),
        "collecting_party": item.collector,
        "amount": item.amount,
        "annualised": item.annualised,
    }


def _contingent(item: ContingentItem, lender: str) -> dict[str, str]:
    key = "fee_band" if item.code == "prepayment_fee" else "rate_standard"
    return {
        "name": _cost_name(item.code),
        "standard": _words(key, rate=_percent(item.rate), months=item.before_month),
        "collecting_party": lender,
    }


def _cost_name(code: str) -> str:
    return text("text", f"cost_item/{code}", locale=_LOCALE)


def _words(key: str, **params: Any) -> str:
    if key == "fee_band" and params.get("months") is None:
        key = "fee_band_open"
    return text("text", f"contract_paper/{key}", locale=_LOCALE, **params)


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}%"
