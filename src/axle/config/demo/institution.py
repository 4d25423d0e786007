"""The demo institution itself: companies, people, dealers, products, strategy, process, books, bank accounts."""

from dataclasses import dataclass
from datetime import date

from axle.accounting.public import books_prepare
from axle.channel.public import (
    DealerParticulars,
    DealerState,
    dealer_account_change,
    dealer_create,
    dealer_move,
)
from axle.config.demo.accounts import ACCOUNTS, CHECKED_COMMANDS, CUSTOMER_GRANTS, Account, demo_password
from axle.config.demo.identifiers import bank_account, company_code, phone
from axle.decisioning.public import strategy_load
from axle.origination.public import conditions_install, processes_install
from axle.payments.public import bank_account_create
from axle.platform.public import (
    Actor,
    approval_policy_set,
    business_date_set,
    department_create,
    dictionary_create,
    dictionary_item_add,
    employee_create,
    legal_entity_create,
    position_create,
    role_save,
    user_create,
)
from axle.product.public import product_load, products_on_sale
from axle.vehicle.public import starter_catalogue_load

BUSINESS_ON = date(2026, 11, 20)
BOOKS_FROM = date(2023, 1, 1)
_TREE = (
    ("总部", None),
    ("零售业务部", "总部"),
    ("华东区", "零售业务部"),
    ("华南区", "零售业务部"),
    ("风险管理部", "总部"),
    ("运营部", "总部"),
    ("财务部", "总部"),
    ("科技部", "总部"),
)
_DEALERS = (
    ("申海汽车销售服务有限公司", "310100", "A", "华东区"),
    ("杭联名车广场有限公司", "330100", "A", "华东区"),
    ("苏城新能源汽车有限公司", "320500", "B", "华东区"),
    ("金陵恒通汽贸有限公司", "320100", "B", "华东区"),
    ("甬江二手车交易有限公司", "330200", "C", "华东区"),
    ("羊城捷达汽车有限公司", "440100", "A", "华南区"),
    ("鹏城智行汽车有限公司", "440300", "B", "华南区"),
    ("禅城顺驰汽贸有限公司", "440600", "B", "华南区"),
    ("莞邑二手车市场有限公司", "441900", "C", "华南区"),
    ("榕城汇通汽车有限公司", "350100", "C", "华南区"),
)


@dataclass(frozen=True)
class Place:
    """What the portfolio is spread over: ids of companies, departments, managers, dealers, products."""

    entity_id: int
    departments: dict[str, int]
    managers: dict[str, int]
    dealers: tuple[tuple[int, str], ...]
    products: dict[str, tuple[int, str]]
    bank_account_id: int

    def dealer_grade(self, dealer_id: int) -> str:
        """The grade of one of the dealers."""
        return _DEALERS[[pk for pk, _department in self.dealers].index(dealer_id)][2]


def load(actor: Actor) -> Place:
    """Make the institution; gives what the portfolio needs."""
    business_date_set(BUSINESS_ON)
    entity = legal_entity_create(code="AXF", name="车轴汽车金融有限公司", uscc=company_code(1), kind="auto_finance")
    legal_entity_create(code="AXG", name="车轴融资担保有限公司", uscc=company_code(2), kind="guarantee")
    departments = _departments()
    books_prepare(actor=actor, effective_from=BOOKS_FROM)
    account = bank_account_create(
        actor=actor,
        legal_entity_id=entity,
        name="车轴汽车金融基本户",
        bank_name="沙箱银行",
        account_no=bank_account(1),
        channel="bank_sandbox",
        ledger_account_code="1002",
    )
    starter_catalogue_load()
    dealers = _dealers(actor, departments)
    managers = _people(departments, dealers)
    _dictionaries()
    strategy_load(actor=actor, strategy="auto_loan_standard", on=BOOKS_FROM)
    processes_install(actor=actor)
    conditions_install()
    product_load(actor=actor, catalogue="demo", legal_entity_id=entity, on=BOOKS_FROM)
    products = {view.code: (view.id, view.code) for view in products_on_sale(BUSINESS_ON)}
    return Place(entity, departments, managers, dealers, products, account.id)


def _departments() -> dict[str, int]:
    ids: dict[str, int] = {}
    for name, parent in _TREE:
        ids[name] = department_create(name=name, parent_id=ids[parent] if parent else None).pk
    return ids


_DICTIONARIES = {
    ("industry", "所属行业"): (
        "制造业",
        "批发零售",
        "交通运输",
        "住宿餐饮",
        "信息技术",
        "教育",
        "医疗卫生",
        "公共管理",
    ),
    ("complaint_kind", "投诉类型"): ("催收行为", "费用争议", "合同条款", "服务态度", "信息错误"),
}


def _dictionaries() -> None:
    for (code, name), values in _DICTIONARIES.items():
        dictionary_create(code=code, name=name)
        for order, value in enumerate(values, 1):
            dictionary_item_add(dictionary=code, code=f"{order:02d}", name=value, order=order, valid_from=BOOKS_FROM)


def _dealers(actor: Actor, departments: dict[str, int]) -> tuple[tuple[int, str], ...]:
    dealers = []
    for number, (name, region, grade, department) in enumerate(_DEALERS, 1):
        particulars = DealerParticulars(
            name, region, grade, "王经理", phone(9_000 + number), departments[department], None
        )
        dealer = dealer_create(actor=actor, uscc=company_code(100 + number), particulars=particulars)
        dealer_account_change(
            actor=actor, dealer_id=dealer.pk, name=name, bank="沙箱银行", account_no=bank_account(100 + number)
        )
        dealer_move(actor=actor, dealer_id=dealer.pk, to=DealerState.ACTIVE, reason="")
        dealers.append((dealer.pk, department))
    return tuple(dealers)


def _people(departments: dict[str, int], dealers: tuple[tuple[int, str], ...]) -> dict[str, int]:
    managers: dict[str, int] = {}
    for number, account in enumerate(ACCOUNTS, 1):
        employee_id = _sign_in(number, account, departments, dealers)
        if account.username == "account_manager" and employee_id:
            managers[account.department] = employee_id
    other = employee_create(
        employee_no="AX0100", name="许南枝", phone=phone(8_100), department_id=departments["华南区"],
        position_id=None, joined_on=BOOKS_FROM,
    )  # fmt: skip
    managers["华南区"] = other.pk
    role_save(code="customer", name="客户", is_active=True, grants=CUSTOMER_GRANTS)
    for command, min_amount, permission in CHECKED_COMMANDS:
        approval_policy_set(command=command, min_amount=min_amount, checker_permission=permission)
    return managers


def _sign_in(
    number: int, account: Account, departments: dict[str, int], dealers: tuple[tuple[int, str], ...]
) -> int | None:
    role = "dealer_user" if account.username == "dealer" else account.username
    role_save(code=role, name=account.title, is_active=True, grants=account.grants)
    employee_id = None
    if account.department:
        employee_id = employee_create(
            employee_no=f"AX{number:04d}", name=account.person, phone=phone(8_000 + number),
            department_id=departments[account.department],
            position_id=position_create(code=f"P{number:02d}", name=account.title).pk, joined_on=BOOKS_FROM,
        ).pk  # fmt: skip
    user_create(
        username=account.username,
        display_name=account.person,
        password=demo_password(account.username),
        kind="staff" if account.department else "dealer",
        roles=[role],
        employee_id=employee_id,
        channel_ids=[] if account.department else [dealers[0][0]],
        must_change_password=False,
    )
    return employee_id
