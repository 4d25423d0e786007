"""Expected losses: the worked examples, and the database's sums against them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from axle.kernel.money import Fen, yuan
from axle.platform.models import ParameterValue
from axle.platform.public import business_date_set
from axle.platform.testing import client_for, make_user
from axle.servicing import eod
from axle.servicing.domain.credit_loss import interest_on_allowance, loss_12_months, loss_impaired, loss_lifetime
from axle.servicing.models import Instalment, Loan, LoanProvision, LoanStanding, ProvisionMonth, scope_of
from axle.servicing.selectors import controls
from axle.servicing.selectors.accrual import interest_earned_of
from axle.servicing.selectors.standings import provided_at, provisions_at
from axle.servicing.services.losses_provide import losses_provide
from axle.servicing.tests.factories import make_loan

MONTH_END = date(2026, 2, 28)
RATE = Decimal("0.0938")


def test_worked_examples():
    assert loss_12_months(Fen(100_000_00), pd=Decimal("0.02"), lgd=Decimal("0.45")) == 900_00
    years = [Fen(69_600_00), Fen(34_800_00)]
    assert loss_lifetime(years, pds=[Decimal("0.12"), Decimal("0.0704")], lgd=Decimal("0.45"), rate=RATE) == 4_557_37
    comes = [(Decimal("0.5"), Fen(40_000_00))]
    assert loss_impaired(Fen(69_600_00), recoveries=comes, rate=RATE) == 31_353_56
    assert loss_impaired(Fen(100), recoveries=[(Decimal(0), Fen(101))], rate=RATE) == 0


@pytest.mark.parametrize(
    ("interest", "gross", "allowance", "taken_off"),
    [
        (750_00, 100_000_00, 45_000_00, 337_50),
        (1, 2, 1, 1),
        (1, 3, 1, 0),
        (100, 50, 60, 100),
        (0, 100, 50, 0),
        (-5, 100, 50, 0),
        (5, 0, 0, 0),
    ],
)
def test_what_the_allowance_covers_earns_nothing(interest, gross, allowance, taken_off):
    assert interest_on_allowance(Fen(interest), gross=Fen(gross), allowance=Fen(allowance)) == taken_off


def put(loan: Loan, stage: int, risk_class: str) -> None:
    LoanStanding.objects.create(
        loan=loan, stage=stage, risk_class=risk_class, class_since=MONTH_END, stage_since=MONTH_END, **scope_of(loan)
    )


@pytest.fixture
def book():
    loans = [make_loan(number, periods=24) for number in (1, 2, 3)]
    put(loans[1], 2, "special_mention")
    put(loans[2], 3, "substandard")
    business_date_set(date(2026, 3, 1))
    return loans


def told(books, kind):
    return [dict(event.amounts) for event in books if event.kind == kind]


def test_each_stage_is_what_the_formula_says_of_its_loans(book, books):
    eod.provide_losses(MONTH_END, 0, 1)
    one, two, three = (ProvisionMonth.objects.get(stage=stage) for stage in (1, 2, 3))
    assert one.provision == loss_12_months(Fen(10_000_000), pd=Decimal("0.02"), lgd=Decimal("0.45")) == 90_000
    rows = Instalment.objects.filter(loan=book[1])
    paid_in_a_year = sum(row.principal for row in rows if MONTH_END < row.due_on <= date(2027, 2, 28))
    pds = [Decimal("0.12"), Decimal("0.0704")]
    years = [Fen(10_000_000), Fen(10_000_000 - paid_in_a_year)]
    # what fell due before the month's end and is unpaid stays exposed for every year of the table
    overdue = 10_000_000 - sum(row.principal for row in rows if row.due_on > MONTH_END)
    later = [(Decimal("0.05"), overdue), (Decimal("0.04"), overdue), (Decimal("0.03"), overdue)]
    years += [Fen(amount) for _pd, amount in later]
    pds += [pd for pd, _amount in later]
    assert two.provision == loss_lifetime(years, pds=pds, lgd=Decimal("0.45"), rate=Decimal("0.09"))
    gross = Fen(10_000_000)
    comes = [(Decimal("0.5"), Fen(5_500_000))]
    assert three.provision == loss_impaired(gross, recoveries=comes, rate=Decimal("0.09"))
    assert (one.general_reserve, two.general_reserve, three.general_reserve) == (150_000, 300_000, 3_000_000)
    assert [row.stage for row in LoanProvision.objects.order_by("stage")] == [2, 3]
    (amounts,) = told(books, "provision_charged")
    assert amounts == {"stage_1": one.provision, "stage_2": two.provision, "stage_3": three.provision}


def test_the_next_month_tells_the_difference_and_releases_in_red(book, books):
    eod.provide_losses(MONTH_END, 0, 1)
    LoanStanding.objects.filter(loan=book[2]).update(stage=2)
    eod.provide_losses(date(2026, 3, 31), 0, 1)
    (released,) = told(books, "provision_released")
    assert released["stage_3"] == ProvisionMonth.objects.get(stage=3).provision
    entity = book[0].legal_entity_id
    assert controls.allowance(entity, 3) == 0
    assert controls.allowance(entity, 2) == ProvisionMonth.objects.get(stage=2, business_on=date(2026, 3, 31)).provision


def test_only_a_months_end_provides_and_only_once(book, books):
    assert eod.provide_losses(date(2026, 2, 27), 0, 1) == 0
    assert eod.provide_losses(MONTH_END, 0, 1) == 1
    assert losses_provide(MONTH_END) == {}
    assert len(told(books, "provision_charged")) == 1


def test_scenarios_weigh_the_probabilities_and_products_have_their_own(book):
    common = {
        "pd": "0.02", "lgd": "0.45", "pds": ["0.1"], "recovered": "1", "recovered_years": "0",
        "scenarios": [{"name": "down", "weight": "1", "factor": "1.5"}],
    }  # fmt: skip
    ParameterValue.objects.create(
        code="servicing.loss_parameters", value={"common": common, "products": {"new_car": {"lgd": "0.5"}}},
        effective_from=date(2026, 1, 1), set_by="x",
    )  # fmt: skip
    losses_provide(MONTH_END)
    assert ProvisionMonth.objects.get(stage=1).provision == 150_000
    assert ProvisionMonth.objects.get(stage=3).provision == 0


def test_interest_of_impaired_loans_counts_on_the_net_amount(book, books):
    eod.provide_losses(MONTH_END, 0, 1)
    held = LoanProvision.objects.get(loan=book[2])
    eod.provide_losses(date(2026, 3, 31), 0, 1)
    assert told(books, "interest_netted") == []
    ParameterValue.objects.create(
        code="servicing.accrual_policy", value="stage_3_net", effective_from=date(2026, 4, 1), set_by="x"
    )
    LoanProvision.objects.filter(loan=book[2], business_on=date(2026, 3, 31)).update(provision=held.provision)
    eod.provide_losses(date(2026, 4, 30), 0, 1)
    # from 1 to 30 April: 14 days of the period to 15 April, all of it then, and 16 days of the next
    earned = interest_earned_of([book[2].pk], date(2026, 5, 1))[book[2].pk]
    earned -= interest_earned_of([book[2].pk], date(2026, 4, 1))[book[2].pk]
    part = Decimal(earned) * held.provision / held.principal_balance
    assert told(books, "interest_netted") == [{"interest": int(part.quantize(Decimal(1), ROUND_HALF_UP))}]
    assert (
        controls.allowance(book[0].legal_entity_id, 3)
        == ProvisionMonth.objects.get(stage=3, business_on=date(2026, 4, 30)).provision
    )


def test_the_allowance_of_single_loans_adds_up(book):
    eod.provide_losses(MONTH_END, 0, 1)
    provided = provided_at(book[0].legal_entity_id, date(2026, 3, 15))
    held = provisions_at([loan.pk for loan in book], provided.on)
    assert held.keys() == {book[1].pk, book[2].pk}
    assert provided.in_stage_1("new_car", Fen(10_000_000)) == ProvisionMonth.objects.get(stage=1).provision
    assert provided_at(book[0].legal_entity_id, date(2026, 2, 27)) is None


def test_who_may_see_provisions_sees_what_is_held_against_a_loan(book):
    may = ["servicing.loan.view", "servicing.provision.view"]
    risk, cashier = (
        client_for(make_user("risk", permissions=may)),
        client_for(make_user("cashier", permissions=may[:1])),
    )
    nothing = {"provided_on": None, "stage": None, "allowance": None}
    assert risk.get(f"/loans/{book[0].loan_no}/allowance") == (200, nothing)
    eod.provide_losses(MONTH_END, 0, 1)
    for loan, month in zip(book, ProvisionMonth.objects.order_by("stage"), strict=True):
        told = {"provided_on": "2026-02-28", "stage": month.stage, "allowance": yuan(Fen(month.provision))}
        assert risk.get(f"/loans/{loan.loan_no}/allowance") == (200, told)
    assert cashier.get(f"/loans/{book[0].loan_no}/allowance")[0] == 403
    Loan.objects.filter(pk=book[0].pk).update(carrying="sold")
    assert risk.get(f"/loans/{book[0].loan_no}/allowance") == (200, nothing)
