"""The notice of a changed plan (还款计划变更通知书)."""

from typing import Any

from axle.amortization.public import Position
from axle.documents.public import DocumentView, document_render, document_seal
from axle.kernel.money import yuan
from axle.platform.public import Actor, Subject, business_date
from axle.servicing.errors import NoticeNotMade
from axle.servicing.models import ChangeState, Loan, LoanChange
from axle.servicing.services.change_effect import INTERNAL_KINDS, PLAN_KINDS
from axle.servicing.services.change_paper import plan_summary
from axle.servicing.services.change_request import change_locked
from axle.servicing.services.loan_paper import paper_facts
from axle.servicing.services.loan_restate import life_of

_AMOUNTS = ("principal", "interest", "fee", "total", "balance")


def change_notice_issue(*, actor: Actor, change_no: str) -> DocumentView:
    """Write and seal the notice of an executed change, with the plan as it now stands.

    Errors: NotFound, ChangeStateRefused, NoticeNotMade for a change that has none.
    """
    loan, change = change_locked(change_no, ChangeState.EXECUTED)
    if change.kind in INTERNAL_KINDS or change.kind not in PLAN_KINDS:
        raise NoticeNotMade(field="change_no")
    notice = document_render(
        actor=actor,
        template="loan_change_notice",
        data=_facts(loan, change),
        subject=Subject("loan", loan.pk),
        legal_entity_id=loan.legal_entity_id,
        title=f"还款计划变更通知书 {loan.contract_no}",
    )
    return document_seal(document_id=notice.document_id, legal_entity_id=loan.legal_entity_id)


def _facts(loan: Loan, change: LoanChange) -> dict[str, Any]:
    return paper_facts(loan, number="notice_no", prefix="TZ") | {
        "change_no": change.change_no,
        "executed_on": change.executed_on.isoformat() if change.executed_on else "",
        "change": change.kind,
        "before": plan_summary(change.before or {}),
        "after": plan_summary(change.after or {}),
        "schedule": _schedule(life_of(loan).position(business_date())),
    }


def _schedule(position: Position) -> list[dict[str, Any]]:
    return [
        {
            "no": row.no,
            "due_on": row.due_on.isoformat(),
            **{name: yuan(getattr(row, name)) for name in _AMOUNTS},
        }
        for row in position.schedule.instalments
        if row.due_on > position.as_of
    ]
