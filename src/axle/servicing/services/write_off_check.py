"""What a write-off stands on: a ground that the rules know, the loan's class, and evidence that is filed."""

from axle.platform.public import text
from axle.servicing.domain.standing import CLASSES
from axle.servicing.errors import EvidenceMissing, WriteOffClassTooGood, WriteOffGroundUnknown
from axle.servicing.models import Loan, LoanChange, LoanStanding
from axle.servicing.selectors.write_offs import DEFAULT_GROUND, evidence_missing, write_off_rule_of


def write_off_check(loan: Loan, change: LoanChange) -> None:
    """See whether a write-off may be asked for, and again whether it may be agreed to; days are seen by its effect.

    Errors: WriteOffGroundUnknown, WriteOffClassTooGood, EvidenceMissing.
    """
    rule = write_off_rule_of(loan, change.asked.get("ground", DEFAULT_GROUND))
    if rule is None:
        raise WriteOffGroundUnknown(field="ground")
    if change.file_id is None:
        raise EvidenceMissing(field="file_id", missing=text("field", "file_id"))
    standing = LoanStanding.objects.filter(loan=loan).first()
    risk_class = standing.risk_class if standing else CLASSES[0]
    if rule.classes and risk_class not in rule.classes:
        raise WriteOffClassTooGood(risk_class=text("enum", f"RiskClass/{risk_class}"))
    if missing := evidence_missing(loan, rule):
        raise EvidenceMissing(missing="、".join(text("enum", f"CapturedKind/{kind}") for kind in missing))
