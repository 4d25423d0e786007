"""``quote``: terms as JSON in; schedule, totals, annual rates, cash flows and cost sheet as JSON out."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from axle.amortization.cash_flows import apr, irr_annual, irr_lender, party_transfers, received_at_start, xirr_of
from axle.amortization.charges import vat_inside
from axle.amortization.deposit import deposit_amount, deposit_offsets
from axle.amortization.disclosure import ContingentItem, CostItem, Disclosure, disclosure
from axle.amortization.errors import NoRate
from axle.amortization.fees import fee_at_start, fees_at_start
from axle.amortization.irr import AnnualRates
from axle.amortization.reader import Reader
from axle.amortization.rules_json import read_rules
from axle.amortization.schedule import Instalment, Schedule, schedule
from axle.amortization.subvention import subvention_payments
from axle.amortization.terms import Terms
from axle.amortization.terms_json import read_terms
from axle.amortization.terms_parts_json import rate_text
from axle.amortization.transfers import Party, Transfer, transfers
from axle.kernel.calendar import calendar
from axle.kernel.money import Fen, yuan


def quote_json(data: object) -> dict[str, Any]:
    """The schedule of terms, with totals, rates, every party's cash flows and the sheet of all costs.

    Servicing rules may stand beside the terms; they tell the costs of lateness. Amounts are yuan strings, rates
    decimal strings, dates ISO. Errors: those of ``read_terms``, ``read_rules`` and ``schedule``.
    """
    reader = Reader(data)
    terms, rules = read_terms(reader), read_rules(reader)
    reader.close()
    plan = schedule(terms)
    return {
        "instalments": [instalment_json(row) for row in plan.instalments],
        "instalment": yuan(plan.instalment),
        "annual_rate": rate_text(terms.annual_rate),
        "totals": _totals(plan),
        "irr_annual": _rates_of(irr_annual, plan),
        "apr": _rates_of(apr, plan),
        "xirr": _xirr_text(plan),
        "irr_lender": _rates_of(irr_lender, plan),
        "cash_flows": _flows_json(transfers(plan)),
        "deposit": _deposit_json(plan),
        "subvention": _subvention_json(plan),
        "unannounced_years": _unannounced_years(plan),
        "disclosure": _sheet_json(disclosure(plan, rules)),
    }


def instalment_json(row: Instalment) -> dict[str, Any]:
    """One row of a schedule; interest that joins the principal instead of being paid is told where there is any."""
    joins = {"capitalised": yuan(row.capitalised)} if row.capitalised else {}
    return {
        "no": row.no,
        "due_on": row.due_on.isoformat(),
        "days": row.days,
        "principal": yuan(row.principal),
        "interest": yuan(row.interest),
        "fee": yuan(row.fee),
        "vat": yuan(row.vat),
        "total": yuan(row.total),
        "balance": yuan(row.balance),
        **joins,
    }


def _totals(plan: Schedule) -> dict[str, str]:
    terms = plan.terms
    upfront, financed = fees_at_start(terms, "upfront"), fees_at_start(terms, "financed")
    cost = plan.total - terms.principal + upfront + financed + terms.purchase_price
    return {
        "principal": yuan(terms.principal),
        "interest": yuan(plan.interest_total),
        "fee": yuan(plan.fee_total),
        "vat": yuan(plan.vat_total),
        "total": yuan(plan.total),
        "fee_upfront": yuan(upfront),
        "fee_financed": yuan(financed),
        "vat_at_start": yuan(_vat_at_start(terms)),
        "purchase_price": yuan(terms.purchase_price),
        "received": yuan(received_at_start(terms)),
        "cost": yuan(Fen(cost)),
    }


def _vat_at_start(terms: Terms) -> Fen:
    """The tax inside the fees that are settled with the disbursement."""
    fees = [fee for fee in terms.fees if fee.timing != "by_instalment"]
    return Fen(sum(vat_inside(fee_at_start(terms, fee), fee.vat_rate) for fee in fees))


# --- cash flows ----------------------------------------------------------------------------------------------

_ALWAYS: tuple[Party, ...] = ("borrower", "lender", "dealer", "funder")


def _flows_json(every: Sequence[Transfer]) -> dict[str, Any]:
    """Each party's flows by date, with what they are made of; parties without a part have none."""
    parties = {name: _party_json(every, name) for name in get_args(Party)}
    return {name: flows for name, flows in parties.items() if flows or name in _ALWAYS}


def _party_json(every: Sequence[Transfer], party: Party) -> list[dict[str, Any]]:
    days: dict[date, dict[str, int]] = {}
    for transfer, amount in party_transfers(every, party):
        kinds = days.setdefault(transfer.on, {})
        kinds[transfer.kind] = kinds.get(transfer.kind, 0) + amount
    return [
        {
            "on": on.isoformat(),
            "amount": yuan(sum(kinds.values())),
            "items": {kind: yuan(amount) for kind, amount in kinds.items()},
        }
        for on, kinds in sorted(days.items())
    ]


def _deposit_json(plan: Schedule) -> dict[str, Any] | None:
    deposit = plan.terms.deposit
    if deposit is None:
        return None
    offsets = [{"no": row.no, "amount": yuan(amount)} for row, amount in deposit_offsets(plan)]
    return {"amount": yuan(deposit_amount(plan.terms)), "mode": deposit.mode, "offsets": offsets}


def _subvention_json(plan: Schedule) -> dict[str, Any] | None:
    found = plan.terms.subvention
    if found is None:
        return None
    payments = subvention_payments(plan)
    return {
        "amount": yuan(sum(amount for _, _, amount in payments)),
        "payer": found.payer,
        "payments": [{"on": on.isoformat(), "no": no, "amount": yuan(amount)} for on, no, amount in payments],
    }


def _unannounced_years(plan: Schedule) -> list[int]:
    """Years of the schedule whose public holidays are not announced yet, so that only weekends were known."""
    if plan.terms.holidays is None:
        return []
    announced = calendar(plan.terms.holidays.calendar).announced_years
    return sorted({row.due_on.year for row in plan.instalments} - announced)


# --- rates ---------------------------------------------------------------------------------------------------


def _xirr_text(plan: Schedule) -> str | None:
    """The dated rate; none where the first day's rent already repays everything."""
    try:
        return rate_text(xirr_of(plan))
    except NoRate:
        return None


def _rates_of(rates_of: Callable[[Schedule], AnnualRates], plan: Schedule) -> dict[str, str] | None:
    """A rate three ways; none where no rate solves the flows."""
    try:
        return _rates_json(rates_of(plan))
    except NoRate:
        return None


def _rates_json(rates: AnnualRates) -> dict[str, str]:
    return {
        "periodic": rate_text(rates.periodic),
        "simple": rate_text(rates.simple),
        "compound": rate_text(rates.compound),
    }


# --- the sheet of all costs ----------------------------------------------------------------------------------


def _sheet_json(sheet: Disclosure) -> dict[str, Any]:
    return {
        "principal": yuan(sheet.principal),
        "received": yuan(sheet.received),
        "down_payment": yuan(sheet.down_payment),
        "deposit": yuan(sheet.deposit),
        "cash_at_signing": yuan(sheet.cash_at_signing),
        "items": [_item_json(item) for item in sheet.items],
        "total_amount": yuan(sheet.total_amount),
        "annualised": None if sheet.total is None else _rates_json(sheet.total),
        "contingent": [_contingent_json(item) for item in sheet.contingent],
    }


def _item_json(item: CostItem) -> dict[str, Any]:
    return {
        "code": item.code,
        "collected": item.collected,
        "amount": yuan(item.amount),
        "rate": _optional_rate(item.rate),
        "base": item.base,
        "collector": item.collector,
        "annualised": _optional_rate(item.annualised),
    }


def _contingent_json(item: ContingentItem) -> dict[str, Any]:
    return {
        "code": item.code,
        "rate": _optional_rate(item.rate),
        "amount": None if item.amount is None else yuan(item.amount),
        "before_month": item.before_month,
    }


def _optional_rate(rate: Decimal | None) -> str | None:
    return None if rate is None else rate_text(rate)
