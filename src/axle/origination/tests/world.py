"""The institution in which origination is tested: its entity, people, dealer, products, strategy and processes."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps

from axle.channel.public import DealerParticulars, DealerState, dealer_account_change, dealer_create, dealer_move
from axle.decisioning.public import strategy_load
from axle.kernel.money import parse_yuan, yuan
from axle.messaging.services.sms_templates_install import sms_templates_install
from axle.origination import permissions as may
from axle.origination.domain.decision_input import DecisionFacts
from axle.origination.domain.form import ApplicationForm
from axle.origination.models import Application
from axle.origination.ports import CustomerStanding, EmptyLoanBook
from axle.origination.public import conditions_install, processes_install
from axle.origination.services.application_save_draft import application_save_draft
from axle.origination.services.application_submit import application_submit
from axle.origination.services.decision_facts import answers_given, case_ground, decision_facts
from axle.origination.tests.people import card_no, resident_id, vin
from axle.platform.public import Actor, Subject, actor_of, business_date_set, system_actor
from axle.platform.testing import act, make_department, make_entity, make_user
from axle.product.public import product_load
from axle.vehicle.public import vehicle_get
from axle.workflow.public import open_tasks, task_claim, task_complete

TODAY = date(2026, 11, 22)
DEALER_ACCOUNT = "3301040160001234567"
TASK_WORK = "workflow.task.work"
DECISION_VIEW = "decisioning.decision.view"

STAFF = {
    "manager": (may.APPLICATION_VIEW, may.APPLICATION_EDIT, may.APPLICATION_WITHDRAW),
    "first": (may.APPLICATION_VIEW, may.REVIEW_FIRST, TASK_WORK),
    "credit": (may.APPLICATION_VIEW, may.REVIEW_CREDIT, TASK_WORK),
    "appraiser": (may.APPLICATION_VIEW, may.REVIEW_APPRAISAL, TASK_WORK, "vehicle.appraisal.record"),
    "second": (may.APPLICATION_VIEW, may.REVIEW_SECOND, TASK_WORK),
    "clerk": (may.APPLICATION_VIEW, may.CONTRACT_VIEW, may.CONTRACT_MANAGE),
    "cashier": (
        may.CONTRACT_VIEW, may.DISBURSEMENT_VIEW, may.DISBURSEMENT_REGISTER, may.CONDITION_CONFIRM,
        "platform.file.upload",
    ),
    "checker": (may.DISBURSEMENT_VIEW, may.DISBURSEMENT_REVIEW),
}  # fmt: skip


@dataclass
class World:
    """Who and what there is."""

    entity_id: int
    department_id: int
    dealer_id: int
    products: dict[str, int]
    trims: dict[str, int]
    people: dict[str, Actor] = field(default_factory=dict)

    def person(self, name: str) -> Actor:
        """One of ``STAFF``, made on first use."""
        if name not in self.people:
            self.people[name] = actor_of(make_user(name, permissions=STAFF[name]))
        return self.people[name]

    def dealer_clerk(self, name: str = "dealer_clerk", dealer_id: int | None = None) -> Actor:
        """A clerk of the dealer, with the dealer's own cases."""
        permissions = (may.APPLICATION_VIEW, may.APPLICATION_EDIT, may.APPLICATION_WITHDRAW, TASK_WORK)
        channel = dealer_id or self.dealer_id
        user = make_user(name, permissions=permissions, scope="channel", kind="dealer", channel_ids=[channel])
        return actor_of(user)

    def form(self, serial: int = 1, **changes: Any) -> dict[str, Any]:
        """A form that the strategy approves; ``changes`` are dotted paths with ``__``: ``loan__amount="9.00"``."""
        form = _form(self, serial)
        for path, value in changes.items():
            section, _, name = path.partition("__")
            if name:
                form[section][name] = value
            else:
                form[section] = value
        return form

    def draft(self, actor: Actor | None = None, serial: int = 1, **changes: Any) -> Application:
        """A saved draft with its intake documents."""
        actor = actor or self.person("manager")
        form = self.form(serial, **changes)
        if actor.kind == "dealer":
            form.pop("credit_facts")
        with act(actor):
            application = application_save_draft(actor=actor, form=ApplicationForm.model_validate(form))
        capture(application, form)
        return application

    def submitted(self, actor: Actor | None = None, serial: int = 1, **changes: Any) -> Application:
        """A submitted application, decided as the strategy says."""
        actor = actor or self.person("manager")
        application = self.draft(actor, serial, **changes)
        with act(actor):
            application_submit(actor=actor, application_id=application.pk)
        application.refresh_from_db()
        return application

    def review(self, application: Application, who: str, node: str, action: str = "approve", **more: Any) -> None:
        """Claim (when open) and complete the node's task as one of the staff."""
        actor = self.person(who)
        (task,) = [task for task in open_tasks(Subject("application", application.pk)) if task.node == node]
        with act(actor):
            if task.assignee_id is None:
                task_claim(actor=actor, task_id=task.task_id)
            task_complete(actor=actor, task_id=task.task_id, action=action, opinion=more.pop("opinion", "同意"), **more)
        application.refresh_from_db()


def recorded(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """How a form was filled in, as a page sends it."""
    return {"is_agreed": True, "page": "console", "session": "a" * 16, "seconds": 200, "fields": list(fields)} | more


class DebtorBook(EmptyLoanBook):
    """A book in which everybody owes."""

    def __init__(self, standing: CustomerStanding) -> None:
        self.standing = standing

    def customer_standing(self, customer_id: int) -> CustomerStanding:
        return self.standing


def make_world() -> World:
    """Load everything that comes with Axle, and one active dealer."""
    admin = system_actor("setup")
    business_date_set(TODAY)
    entity, department = make_entity(), make_department("华东区")
    with act(admin):
        _strategy(admin)
        versions = product_load(actor=admin, catalogue="demo", legal_entity_id=entity.pk, on=TODAY)
        processes_install(admin)
        conditions_install()
        dealer_id = make_dealer(department.pk)
        sms_templates_install()
    return World(
        entity_id=entity.pk,
        department_id=department.pk,
        dealer_id=dealer_id,
        products={version.product.code: version.pk for version in versions},
        trims=_trims(),
    )


def make_dealer(department_id: int, uscc: str = "91330106MA2AXQ1X0K", *, is_active: bool = True) -> int:
    """A dealer with a settlement account."""
    admin = system_actor("setup")
    particulars = DealerParticulars(
        "杭州顺达汽车销售有限公司", "330100", "A", "王经理", "13700001111", department_id, None
    )
    dealer = dealer_create(actor=admin, uscc=uscc, particulars=particulars)
    dealer_account_change(
        actor=admin, dealer_id=dealer.pk, name=dealer.name, bank="中国工商银行杭州分行", account_no=DEALER_ACCOUNT
    )
    if is_active:
        dealer_move(actor=admin, dealer_id=dealer.pk, to=DealerState.ACTIVE, reason="准入")
    return int(dealer.pk)


def capture(
    application: Application, form: dict[str, Any], *kinds: str, state: str = "recognised", **read: Any
) -> None:
    """Captured documents as the reader leaves them, agreeing with the form unless ``read`` says otherwise."""
    customer = form["customer"]
    values = {
        "id_front": {"name": customer["name"], "id_no": customer["id_no"]},
        "id_back": {"valid_to": customer["id_valid_until"]},
        "driver_licence": {
            "name": customer["name"],
            "licence_no": customer["id_no"],
            "valid_to": customer["id_valid_until"],
        },
        "vehicle_invoice": {"vin": form["vehicle"]["vin"], "price_fen": parse_yuan(form["vehicle"]["price"] or "0")},
    }
    for kind in kinds or _INTAKE[form["vehicle"]["kind"]]:
        _captured(application, kind, values.get(kind, {}) | read, state)


_INTAKE = {
    "new": ("id_front", "id_back", "driver_licence"),
    "used": ("id_front", "id_back", "driver_licence", "vehicle_licence_main", "registration_certificate"),
}


def _captured(application: Application, kind: str, values: dict[str, Any], state: str) -> None:
    rows = apps.get_model("documents.CapturedDocument").objects
    earlier = rows.filter(subject_type="application", subject_id=application.pk, kind=kind)
    version = earlier.count() + 1
    earlier.update(is_current=False)
    stored = apps.get_model("platform.StoredFile").objects.create(
        sha256=f"{application.pk}{kind}{version}"[:64], name=kind, content_type="image/jpeg", size=1, uploaded_by="test"
    )
    rows.create(
        subject_type="application",
        subject_id=application.pk,
        kind=kind,
        version=version,
        file=stored,
        state=state,
        fields={name: {"value": value, "confidence": 0.99, "is_valid": True} for name, value in values.items()},
        captured_by="test",
    )


_compiled: dict[str, list[Any]] = {}
"""Rows of the compiled strategy; compiling takes a second, so it is done once per test run."""


def _strategy(admin: Actor) -> None:
    tables = (
        "Strategy",
        "StrategyVersion",
        "StrategyContent",
        "DecisionRule",
        "PolicyParameter",
        "PolicyCalibration",
        "PolicyChange",
        "PolicyContent",
        "PolicyActivation",
        "PolicyInForce",
        "PolicyFormula",
    )
    if not _compiled:
        strategy_load(actor=admin, strategy="auto_loan_standard", on=TODAY)
        _compiled.update({name: list(apps.get_model("decisioning", name).objects.all()) for name in tables})
    else:
        for name in tables:
            apps.get_model("decisioning", name).objects.bulk_create(_compiled[name])


def _trims() -> dict[str, int]:
    rows = apps.get_model("vehicle.Trim").objects
    made = {
        energy: rows.create(
            make="大众", series="朗逸", model_year=2026, name=energy, guide_price=16_500_000, energy=energy
        )
        for energy in ("petrol", "electric")
    }
    return {energy: trim.pk for energy, trim in made.items()}


def _form(world: World, serial: int) -> dict[str, Any]:
    return {
        "dealer_id": world.dealer_id,
        "customer": {
            "name": "张伟",
            "id_no": resident_id(serial),
            "id_valid_until": "2035-06-30",
            "phone": f"1380000{serial:04d}",
            "marital_status": "married",
            "residence_kind": "mortgaged",
            "residence_address": f"浙江省杭州市西湖区文三路{serial}号",
            "region_code": "330106",
            "employment_kind": "employed",
            "employer": f"杭州{serial}号科技有限公司",
            "employment_months": 72,
            "monthly_income": "15000.00",
            "monthly_debt": "3000.00",
            "has_driving_licence": True,
            "card_bank": "中国工商银行",
            "card_no": card_no(serial),
            "contacts": [{"name": "李娜", "relation": "spouse", "phone": f"1390000{serial:04d}"}],
        },
        "vehicle": {
            "trim_id": world.trims["petrol"],
            "vin": vin(serial),
            "kind": "new",
            "price": "160000.00",
            "engine_no": f"DLS{serial:06d}",
            "colour": "白",
        },
        "loan": {
            "product_version_id": world.products["NEW-CAR"],
            "amount": "100000.00",
            "down_payment": "60000.00",
            "periods": 36,
        },
        "credit_facts": {
            "identity_check": "match",
            "phone_check": "match",
            "phone_tenure_months": 60,
            "is_thin_file": False,
            "score": 730,
            "overdue": yuan(0),
            "overdue_months_24m": 0,
            "worst_status_24m": 0,
            "has_bad_status": False,
            "hard_queries_3m": 1,
            "card_use_rate": "0.35",
            "multi_lending_90d": 1,
            "other_overdue_days": 0,
            "judicial_status": "none",
            "vin_check": "match",
            "vehicle_lien": "none",
            "vehicle_accident": "none",
        },
    }


def facts_of(application: Application) -> DecisionFacts:
    """What the strategy is told of an application now."""
    ground = case_ground(application, vehicle_get(application.vehicle_id or 0))
    return decision_facts(application, ground, answers_given(application)).input
