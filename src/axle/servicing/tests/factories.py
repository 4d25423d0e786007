"""A loan and the rows it stands on, made directly."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps

from axle.amortization.public import FeeBand, Prepayment, Rules, Terms
from axle.kernel.money import Fen
from axle.platform.testing import make_actor, make_department, make_entity
from axle.servicing.models import Loan
from axle.servicing.services.loan_open import loan_open
from axle.servicing.services.opening import LoanOpening

START = date(2026, 1, 15)
PAID_UP_ON = date(2026, 3, 1)
CASHIER = make_actor(name="出纳", user_id=1)
FINANCE = make_actor(name="会计", user_id=2)
RULES = Rules(
    penalty_rate=Decimal("0.135"),
    grace_days=3,
    prepayment=Prepayment(fee_bands=(FeeBand(before_month=None, rate=Decimal("0.03")),)),
)


def make_terms(**more: Any) -> Terms:
    """100,000.00 yuan at 9 % over 12 months unless told otherwise."""
    base: dict[str, Any] = {
        "principal": Fen(100_000_00),
        "annual_rate": Decimal("0.09"),
        "method": "level_payment",
        "periods": 12,
        "start_on": START,
    }
    return Terms(**(base | more))


def _row(label: str, **columns: Any) -> Any:
    return apps.get_model(label).objects.create(**columns)


def make_opening(number: int = 1) -> LoanOpening:
    """The contract, customer, car and product behind a loan."""
    entity, department = make_entity(), make_department()
    scope = {"legal_entity": entity, "department": department}
    customer = _row(
        "party.Customer", customer_no=f"CU{number}", name="张三", id_no=f"11010519491231{number:03d}X",
        phone=f"138{number:08d}", gender="male", birthday=date(1990, 1, 1), department=department,
    )  # fmt: skip
    trim = apps.get_model("vehicle.Trim").objects.get_or_create(
        make="大众", series="朗逸", model_year=2025, name="1.5L", defaults={"guide_price": 1, "energy": "petrol"}
    )[0]
    vehicle = _row("vehicle.Vehicle", vin=f"VIN{number:014d}", trim=trim, is_new=True, price=1, department=department)
    product = apps.get_model("product.Product").objects.get_or_create(
        code="new_car", defaults={"name_zh": "新车贷", "name_en": "New car", "legal_entity": entity}
    )[0]
    version = apps.get_model("product.ProductVersion").objects.get_or_create(
        product=product, version_no=1, defaults={"terms": {}, "created_by": "x"}
    )[0]
    application = _row(
        "origination.Application", application_no=f"AP{number}", product_version=version, form={}, **scope
    )
    contract = _row(
        "origination.Contract", contract_no=f"HT{number}", application=application, customer=customer,
        vehicle=vehicle, product_version=version, product_code="new_car", vin=vehicle.vin, vehicle_price=1,
        down_payment=0, principal=1, annual_rate=Decimal("0.09"), periods=12, method="level_payment", due_day=15,
        planned_start_on=START, first_due_on=START, instalment=1, total_interest=0, total_due=1,
        annual_cost_rate=Decimal("0.09"), terms={}, schedule=[], created_by_name="x", **scope,
    )  # fmt: skip
    return LoanOpening(
        contract_id=contract.pk,
        contract_no=contract.contract_no,
        legal_entity_id=entity.pk,
        department_id=department.pk,
        owner_id=None,
        dealer_id=None,
        customer_id=customer.pk,
        vehicle_id=vehicle.pk,
        product_version_id=version.pk,
        product_code="new_car",
        bank_account_id=1,
    )


def make_loan(number: int = 1, *, business_on: date = START, rules: Rules = RULES, **terms: Any) -> Loan:
    """An open loan."""
    return loan_open(
        actor=CASHIER, opening=make_opening(number), terms=make_terms(**terms), rules=rules, business_on=business_on
    )
