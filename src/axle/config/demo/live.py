"""A few applications that really run: submitted by the demo dealer, decided, and waiting for their reviewers."""

import io
import random
from datetime import date

from PIL import Image

from axle.config.demo.identifiers import bank_account, phone, resident_id, vin
from axle.config.demo.institution import Place
from axle.documents.public import captured_document_add
from axle.kernel.money import yuan
from axle.origination.public import ApplicationForm, draft_save, draft_submit
from axle.platform.public import Actor, Subject, acting, actor_named, file_save
from axle.vehicle.public import trims

OPEN_CASES = 6
_FIRST = 9_000_000
_NAMES = ("秦望舒", "谢清扬", "沈嘉宁", "韩若曦", "许景行", "曹云舟")


def _form(place: Place, draw: random.Random, number: int) -> ApplicationForm:
    trim = draw.choice([trim for trim in trims() if trim.model_year == 2025 and trim.vehicle_class == "passenger"])
    price = trim.guide_price // 100_000 * 100_000
    principal = price * 6 // 10 // 100_000 * 100_000
    customer = {
        "name": _NAMES[number % len(_NAMES)],
        "id_no": resident_id(date(1988, 3, 1 + number), 801 + number),
        "id_valid_until": "2036-01-01",
        "phone": phone(_FIRST + number),
        "marital_status": "married",
        "residence_kind": "owned",
        "residence_address": f"演示市云栖路{number + 1}号",
        "region_code": "310100",
        "employment_kind": "employed",
        "employer": "云帆科技有限公司",
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


def _photo(draw: random.Random) -> bytes:
    """A picture in which there is nothing to read: recognition leaves it to a person."""
    image = Image.frombytes("RGB", (24, 15), draw.randbytes(24 * 15 * 3)).resize((720, 450))
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()


def _photographs(dealer: Actor, application_id: int, draw: random.Random) -> None:
    for kind in ("id_front", "id_back", "driver_licence"):
        stored = file_save(content=_photo(draw), name=f"{kind}.jpg", actor=dealer)
        subject = Subject("application", application_id)
        captured_document_add(actor=dealer, subject=subject, kind=kind, file_id=stored.pk)


def open_cases(place: Place) -> None:
    """Submit the cases as the demo dealer."""
    draw = random.Random(7)
    dealer = actor_named("dealer")
    for number in range(OPEN_CASES):
        with acting(dealer, "application_submit"):
            draft = draft_save(actor=dealer, form=_form(place, draw, number))
            _photographs(dealer, draft.id, draw)
            draft_submit(actor=dealer, application_id=draft.id)
