"""Three abnormal months of a dealer propose its flexible control; a person agrees or not (柔性风控)."""

from datetime import date, timedelta

from axle.channel.public import ControlLevel, ExtraCheckKind, dealer_control
from axle.origination.domain.dealer_months import CONTROL_ADVISED_MONTHS
from axle.origination.services.dealer_signals import dealers_abnormal
from axle.platform.public import command_propose, system_actor, text

CONTROL_DAYS = 90
_CHECKS = (ExtraCheckKind.INCOME, ExtraCheckKind.APPLICANT_CALL, ExtraCheckKind.DOWN_PAYMENT)


def dealer_controls_propose(*, on: date) -> int:
    """Propose the control of every dealer that is under none and has three abnormal months or more behind it, once a
    month; gives how many proposals are new."""
    actor = system_actor("decision")
    proposed = 0
    for dealer_id, months in dealers_abnormal(on=on).items():
        if months < CONTROL_ADVISED_MONTHS or dealer_control(dealer_id, on=on) is not None:
            continue
        wish = {
            "dealer_id": dealer_id,
            "control_level": ControlLevel.CHECKED,
            "extra_checks": list(_CHECKS),
            "reason": "abnormal_months",
            "until_on": on + timedelta(days=CONTROL_DAYS),
            "note": text("text", "control_proposed", locale="zh-CN", months=months),
        }
        proposed += command_propose("dealer_control_set", wish, actor=actor, key=f"control:{dealer_id}:{on:%Y-%m}")
    return proposed
