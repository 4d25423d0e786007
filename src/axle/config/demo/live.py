"""What really runs: applications that wait for their reviewers, and changes of loans that were asked for."""

import io
import random
from datetime import date
from typing import Any

from PIL import Image

from axle.config.demo.identifiers import bank_account, phone, resident_id, vin
from axle.config.demo.institution import BOOKS_FROM, Place
from axle.documents.public import captured_document_add
from axle.kernel.money import yuan
from axle.origination.public import ApplicationForm, draft_save, draft_submit
from axle.platform.public import PARAMETERS, Actor, Subject, acting, actor_named, file_save, parameter_set
from axle.servicing.public import ChangeTerms, change_approve, change_reject, change_request, loans_paid_up
from axle.vehicle.public import trims

_SIGNED = "servicing.signed_changes"
_FIRST = 9_000_000
_CHANGES: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("extension", {"periods": 6}, "收入下降，申请延长还款期限", "executed"),
    ("due_day_change", {"due_day": 20}, "发薪日调整，申请每月20日还款", "executed"),
    ("deferral", {"periods": 2, "interest": "paid"}, "住院治疗，申请延期两期", "rejected"),
    ("rate_change", {"annual_rate": "0.0599"}, "优质客户申请下调利率", "executed"),
    ("plate_change", {"plate_no": "沪A6B386"}, "上牌后登记车牌", "executed"),
    ("restructuring", {"more_periods": 6, "annual_rate": "0.0499", "periods_off": 2}, "失业，申请重组", "requested"),
    ("plate_change", {"plate_no": "苏E9K217"}, "异地迁移换牌", "requested"),
)
"""Kind, what is asked, why, and how far it has come."""
_APPLICANTS = (
    ("秦望舒", 801),
    ("谢清扬", 802),
    ("沈嘉宁", 803),
    ("韩若曦", 904),
    ("许景行", 805),
    ("曹云舟", 914),
    ("袁星野", 807),
    ("冯听澜", 903),
    ("吕书瑶", 907),
    ("宋南絮", 919),
)
"""Names, and the end of their ids: from 901 on the sandbox's sources tell something of them that asks for people, a
decline or a lower amount."""


def _form(place: Place, draw: random.Random, number: int) -> ApplicationForm:
    trim = draw.choice([trim for trim in trims() if trim.model_year == 2025 and trim.vehicle_class == "passenger"])
    price = trim.guide_price // 100_000 * 100_000
    principal = price * 6 // 10 // 100_000 * 100_000
    customer = {
        "name": _APPLICANTS[number][0],
        "id_no": resident_id(date(1988, 3, 1 + number), _APPLICANTS[number][1]),
        "id_valid_until": "2036-01-01",
        "phone": phone(_FIRST + number),
        "marital_status": "married",
        "residence_kind": "owned",
        "residence_address": f"演示市云栖路{number + 1}号",
        "region_code": "310100",
        "employment_kind": "employed",
        "employer": f"云帆{number + 1}号科技有限公司",
        "employment_months": 48,
        "monthly_income": "18000.00",
        "monthly_debt": "1500.00",
        "has_driving_licence": True,
        "card_bank": "沙箱银行",
        "card_no": bank_account(_FIRST + number),
        "contacts": [{"name": "秦晚", "relation": "spouse", "phone": phone(_FIRST + 100 + number)}],
    }
    vehicle = {"trim_id": trim.id, "vin": vin(_FIRST + number), "kind": "new", "price": yuan(price)}
    loan = {"product_version_id": place.products["NEW-CAR"][0], "amount": yuan(principal), "periods": 36}
    loan |= {"down_payment": yuan(price - principal), "method": "level_payment", "due_day": 20}
    return ApplicationForm.model_validate(
        {"dealer_id": place.dealers[0][0], "customer": customer, "vehicle": vehicle, "loan": loan}
    )


def photo(draw: random.Random) -> bytes:
    """A picture in which there is nothing to read: recognition leaves it to a person."""
    image = Image.frombytes("RGB", (24, 15), draw.randbytes(24 * 15 * 3)).resize((720, 450))
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()


def _photographs(dealer: Actor, application_id: int, draw: random.Random) -> None:
    for kind in ("id_front", "id_back", "driver_licence", "consent_letter"):
        stored = file_save(content=photo(draw), name=f"{kind}.jpg", actor=dealer)
        subject = Subject("application", application_id)
        captured_document_add(actor=dealer, subject=subject, kind=kind, file_id=stored.pk)


def open_cases(place: Place) -> None:
    """Submit the cases as the demo dealer."""
    draw = random.Random(7)
    dealer = actor_named("dealer")
    for number in range(len(_APPLICANTS)):
        with acting(dealer, "application_submit"):
            draft = draft_save(actor=dealer, form=_form(place, draw, number))
            _photographs(dealer, draft.id, draw)
            draft_submit(actor=dealer, application_id=draft.id)


def loan_changes() -> None:
    """Ask for changes as the account manager, and decide on some of them as the checker."""
    manager, checker = actor_named("account_manager"), actor_named("checker")
    _signed_changes([])
    for loan_no, (kind, asked, reason, state) in zip(loans_paid_up(manager, len(_CHANGES)), _CHANGES, strict=False):
        with acting(manager, f"{'payment_holiday' if kind == 'deferral' else kind}_request"):
            change = change_request(actor=manager, loan_no=loan_no, kind=kind, asked=asked, reason=reason)
        if state == "executed":
            with acting(checker, "loan_change_approve"):
                change_approve(actor=checker, change_no=change.change_no, opinion="同意")
        elif state == "rejected":
            with acting(checker, "loan_change_reject"):
                change_reject(actor=checker, change_no=change.change_no, opinion="未提供证明材料")
    _signed_changes(PARAMETERS[_SIGNED].default)
    for loan_no in loans_paid_up(manager, len(_CHANGES) + 1)[len(_CHANGES) :]:
        _extension_to_sign(loan_no, manager, checker)


def _extension_to_sign(loan_no: str, manager: Actor, checker: Actor) -> None:
    """An extension that waits for the borrower and the guarantor to sign it on their phones."""
    guarantor = {"name": "韩望舒", "id_no": resident_id(date(1968, 5, 6), 8), "phone": phone(_FIRST + 300)}
    asked: tuple[tuple[str, dict[str, Any], dict[str, Any] | None], ...] = (
        ("guarantor_change", {}, {"asked": guarantor}),
        ("extension", {"periods": 6}, None),
    )
    for kind, values, private in asked:
        with acting(manager, f"{kind}_request"):
            change = change_request(
                actor=manager,
                loan_no=loan_no,
                kind=kind,
                asked=values,
                reason="收入下降，追加保证人后展期",
                terms=ChangeTerms(private=private),
            )
        with acting(checker, "loan_change_approve"):
            change_approve(actor=checker, change_no=change.change_no, opinion="同意")


def _signed_changes(kinds: list[str]) -> None:
    """Which changes the borrower signs on the phone: those of the demo were signed on paper."""
    admin = actor_named("admin")
    with acting(admin, "parameter_set"):
        parameter_set(
            actor=admin, code=_SIGNED, value=kinds, effective_from=BOOKS_FROM, legal_entity_id=None, note="演示"
        )
