"""Close a month, and open it again (结账 / 反结账)."""

from dataclasses import asdict
from datetime import date

from axle.accounting.errors import PeriodChecksFailed, SecondPersonNeeded
from axle.accounting.models import PeriodAct
from axle.accounting.selectors.period_checks import CloseCheck, period_checks
from axle.accounting.services.profit_transfer import profit_transfer_reverse
from axle.accounting.services.vouchers_number import vouchers_number
from axle.ledger.errors import PeriodInvalid
from axle.ledger.public import books_close, books_reopen, is_period
from axle.platform.public import Actor, created


def period_close(
    *, actor: Actor, legal_entity_id: int, period: int, business_on: date, checker: Actor | None = None
) -> PeriodAct:
    """Number the month's last vouchers, check it and close it.

    Errors: PeriodInvalid, PeriodChecksFailed naming the checks, PeriodOutOfOrder, PeriodBusy.
    """
    if not is_period(period):
        raise PeriodInvalid(field="period", period=period)
    books_close(actor=actor, legal_entity_id=legal_entity_id, period=period)
    vouchers_number()
    checks = period_checks(legal_entity_id=legal_entity_id, period=period, business_on=business_on)
    failed = [check.code for check in checks if check.is_blocking and not check.is_ok]
    if failed:
        raise PeriodChecksFailed(checks=", ".join(failed))
    return _act("close", actor, checker, legal_entity_id, period, checks=checks)


def period_reopen(*, actor: Actor, checker: Actor | None, legal_entity_id: int, period: int, reason: str) -> PeriodAct:
    """Open the last closed month again and take its transfer of profit back; takes a second person and a reason.

    Errors: SecondPersonNeeded, PeriodInvalid, PeriodOutOfOrder, PeriodBusy.
    """
    if checker is None:
        raise SecondPersonNeeded(command="period_reopen")
    books_reopen(legal_entity_id=legal_entity_id, period=period)
    profit_transfer_reverse(actor=actor, checker=checker, legal_entity_id=legal_entity_id, period=period)
    return _act("reopen", actor, checker, legal_entity_id, period, reason=reason)


def _act(
    act: str,
    actor: Actor,
    checker: Actor | None,
    legal_entity_id: int,
    period: int,
    *,
    reason: str = "",
    checks: list[CloseCheck] | None = None,
) -> PeriodAct:
    return created(
        PeriodAct.objects.create(
            legal_entity_id=legal_entity_id,
            period=period,
            act=act,
            maker_id=actor.user_id,
            checker_id=checker.user_id if checker else None,
            reason=reason,
            checks=[asdict(check) for check in checks or []],
        )
    )
