"""How the loans of the demo stand, and the cars that were looked at."""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from axle.config.demo.institution import BUSINESS_ON
from axle.config.demo.live import photo
from axle.documents.public import captured_document_add
from axle.platform.public import Actor, Subject, acting, actor_named, file_save
from axle.servicing.public import (
    InspectionReport,
    inspection_approve,
    inspection_return,
    inspection_submit,
    inspections_plan,
    inspections_to_make,
    loans_classify,
    provide_losses,
    write_offs_to_ask,
)

_SEEN = {"position": ("31.230416", "121.473701"), "place": "演示市云栖路 18 号地下车库"}
_FOUND: tuple[tuple[str, str, Mapping[str, Any], str], ...] = (
    (
        "account_manager",
        "manager",
        {**_SEEN, "condition": "good", "mileage_km": 38_214,
         "opinion": "车辆正常使用，借款人收入稳定，建议维持分类。"},
        "done",
    ),
    (
        "account_manager",
        "manager",
        {**_SEEN, "condition": "worn", "mileage_km": 71_906, "signals": ("income_worse",),
         "opinion": "借款人更换工作，收入下降，车辆磨损明显，建议持续关注。"},
        "submitted",
    ),
    (
        "appraiser",
        "field",
        {**_SEEN, "condition": "damaged", "mileage_km": 102_330, "opinion": "左前侧碰撞未修复，照片不清晰。"},
        "returned",
    ),
    (
        "appraiser",
        "field",
        {"condition": "not_seen", "signals": ("debtor_unreachable", "car_pledged"), "suggested_class": "loss",
         "opinion": "登记地址无车，电话停机，邻居称车辆已被他人开走，疑似二押。"},
        "done",
    ),
)  # fmt: skip
"""Who looked, whose task it was, what was found, and how far it has come."""


def standings_and_inspections() -> None:
    """Classify the book and provide for its losses as the end of day does, plan inspections, and make some."""
    eve = BUSINESS_ON - timedelta(days=1)
    loans_classify(eve, 0, 1)
    provide_losses(BUSINESS_ON.replace(day=1) - timedelta(days=1), 0, 1)
    inspections_plan(eve, 0, 1)
    draw = random.Random(11)
    for username, kind, found, state in _FOUND:
        inspector = actor_named(username)
        for inspection_no, inspection_id in inspections_to_make(inspector, kind)[:1]:
            _make(inspector, inspection_no, inspection_id, found, draw)
            _review(inspection_no, state)


def write_off_evidence(loans: int = 3) -> None:
    """The collection records of some candidates for a write-off; a loan without them is refused."""
    manager, draw = actor_named("account_manager"), random.Random(13)
    for _loan_no, loan_id in write_offs_to_ask(manager, loans):
        with acting(manager, "captured_document_add"):
            stored = file_save(content=photo(draw), name="collection.jpg", actor=manager)
            subject = Subject("loan", loan_id)
            captured_document_add(actor=manager, subject=subject, kind="collection_record", file_id=stored.pk)


def _make(
    inspector: Actor, inspection_no: str, inspection_id: int, found: Mapping[str, Any], draw: random.Random
) -> None:
    with acting(inspector, "inspection_submit"):
        for number in range(2 if "position" in found else 0):
            stored = file_save(content=photo(draw), name=f"car-{number + 1}.jpg", actor=inspector)
            subject = Subject("inspection", inspection_id)
            captured_document_add(actor=inspector, subject=subject, kind="inspection_photo", file_id=stored.pk)
        report = InspectionReport(inspected_on=BUSINESS_ON, **found)
        inspection_submit(actor=inspector, inspection_no=inspection_no, report=report)


def _review(inspection_no: str, state: str) -> None:
    reviewer = actor_named("second_reviewer")
    if state == "done":
        with acting(reviewer, "inspection_approve"):
            inspection_approve(actor=reviewer, inspection_no=inspection_no, opinion="同意检查意见")
    elif state == "returned":
        with acting(reviewer, "inspection_return"):
            inspection_return(actor=reviewer, inspection_no=inspection_no, opinion="请补拍清晰的车损照片")
