"""Which extra checks (二次核验) a decided case needs because of how its form was filled in. The limits are the policy
values that the rules read; the checks are named as ``channel`` names them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

FORM_CHECK = "C58"
"""The named check of how the form was filled in."""
_EDITS = {
    "income_field_edits": ("income_edits_refer", "income"),
    "id_field_edits": ("id_edits_refer", "identity"),
    "employer_field_edits": ("employer_edits_refer", "employer"),
}


class CheckCause(StrEnum):
    """Why a case is checked once more."""

    FORM_BEHAVIOUR = "form_behaviour"
    DEALER_CONTROL = "dealer_control"


class ExtraCheckState(StrEnum):
    """Open until a person says what came of it."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


def checks_of_behaviour(
    told: Mapping[str, Any], policy: Mapping[str, Any], statuses: Mapping[str, str], *, edits_otherwise: int
) -> Sequence[str]:
    """Of each field edited too often its own check; of anything else found in how the form was filled in, a call.

    ``edits_otherwise`` counts where the decision came to no policy values: what the rules could not look at is no pass.
    """
    edited = [
        kind for name, (limit, kind) in _EDITS.items() if _reaches(told.get(name), policy.get(limit, edits_otherwise))
    ]
    is_found = statuses.get(FORM_CHECK) in ("warn", "fail")
    return edited or (["applicant_call"] if is_found else [])


def _reaches(edits: Any, limit: Any) -> bool:
    return isinstance(edits, int) and isinstance(limit, int) and edits >= limit
