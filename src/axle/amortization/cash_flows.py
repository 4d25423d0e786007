"""Cash flows of a schedule as each party sees them, and the rates that follow from them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from axle.amortization.fees import fees_at_start
from axle.amortization.irr import AnnualRates, annual_rates, irr_at, xirr
from axle.amortization.periods import periods_a_year, row_times
from axle.amortization.schedule import Schedule
from axle.amortization.terms import Terms
from axle.amortization.transfers import Party, Transfer, transfers
from axle.kernel.money import Fen


def received_at_start(terms: Terms) -> Fen:
    """What the borrower can use: the principal less fees withheld or paid on the start date."""
    return Fen(terms.principal - fees_at_start(terms, "upfront") - fees_at_start(terms, "financed"))


def party_transfers(every: Iterable[Transfer], party: Party) -> list[tuple[Transfer, Fen]]:
    """A party's transfers with its sign, in (+) and out (-); a borrower's without the purchase."""
    found = []
    for transfer in every:
        if party not in (transfer.payer, transfer.payee) or (party == "borrower" and transfer.kind == "purchase"):
            continue
        found.append((transfer, Fen(transfer.amount if transfer.payee == party else -transfer.amount)))
    return found


def party_flows(every: Iterable[Transfer], party: Party) -> tuple[tuple[date, Fen], ...]:
    """A party's money in (+) and out (-), by date."""
    flows: dict[date, int] = {}
    for transfer, amount in party_transfers(every, party):
        flows[transfer.on] = flows.get(transfer.on, 0) + amount
    return tuple((on, Fen(flow)) for on, flow in sorted(flows.items()))


def borrower_flows(plan: Schedule) -> tuple[tuple[date, Fen], ...]:
    """Money in (+) and out (-) of the borrower's hands, by date; all costs of the loan are in it.

    Source: REG-PBOC-2021-3.
    """
    return party_flows(transfers(plan), "borrower")


def irr_annual(plan: Schedule) -> AnnualRates:
    """The yield of principal against principal and interest, without any fee. Errors: NoRate."""
    times = row_times(plan)
    rows = [(times[row.no], row.principal + row.interest) for row in plan.instalments]
    return rates_of(plan.terms, [(0.0, -plan.terms.principal), *rows])


def apr(plan: Schedule) -> AnnualRates:
    """The annualised rate of all costs of the loan over the principal really used (综合年化).

    Fees, VAT added to rents, deposit and purchase price count. ``compound`` is the IRR-based figure, ``simple`` must be
    labelled 单利 where it is shown. Errors: NoRate.
    Source: REG-PBOC-2021-3.
    """
    own = party_transfers(transfers(plan), "borrower")
    return rates_of(plan.terms, [(transfer.time, -amount) for transfer, amount in own])


def irr_lender(plan: Schedule) -> AnnualRates:
    """The lender's yield on the whole loan: all parties' payments but the funder's. Errors: NoRate."""
    own = [pair for pair in party_transfers(transfers(plan), "lender") if pair[0].kind != "funding"]
    return rates_of(plan.terms, [(transfer.time, amount) for transfer, amount in own])


def xirr_of(plan: Schedule) -> Decimal:
    """The annual compound rate of the borrower's dated flows, looked for from the loan's own. Errors: NoRate."""
    return xirr(((on, -flow) for on, flow in borrower_flows(plan)), guess=float(plan.terms.annual_rate))


def rates_of(terms: Terms, flows: Iterable[tuple[float, int]]) -> AnnualRates:
    """The yield of flows of the terms. Errors: NoRate.

    Times count in whole periods; a broken first period counts as its part of a whole one.
    """
    by_time: dict[float, int] = {}
    for time, flow in flows:
        by_time[time] = by_time.get(time, 0) + flow
    if sum(by_time.values()) == 0:
        return AnnualRates(Decimal(0), Decimal(0), Decimal(0))
    guess = float(terms.annual_rate / periods_a_year(terms))
    return annual_rates(irr_at(sorted(by_time.items()), guess=guess), periods_a_year(terms))
