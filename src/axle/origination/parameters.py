"""Dated settings of origination."""

from collections.abc import Mapping, Sequence
from typing import Any

from axle.kernel.money import parse_yuan
from axle.origination.domain.traits import Bond
from axle.platform.public import parameter
from axle.sources.public import Purpose


def _purposes(names: Sequence[str]) -> list[Purpose]:
    return [Purpose(name) for name in names]


LEGAL_ENTITY = parameter("origination.legal_entity_code", type_=str, default="AXF")
DUPLICATE_DAYS = parameter("origination.duplicate_application_days", type_=int, default=30, minimum=1, maximum=365)
AUTOMATIC_APPROVAL_MAX = parameter("origination.automatic_approval_max_fen", type_=int, default=30_000_000, minimum=0)
"""The institution's outer limit, set apart from any strategy: neither a version nor a calibration of the authority by
grade lets a machine approve more."""
APPROVAL_VALID_DAYS = parameter("origination.approval_valid_days", type_=int, default=60, minimum=1, maximum=365)
REVIEW_REQUEST_DAYS = parameter(
    "origination.review_request_days", type_=int, default=15, minimum=0, maximum=365, source="REG-PIPL-24"
)
"""Days after a machine's decline within which the applicant may ask for people."""
SOURCES_IN_STAGES = parameter("origination.sources_in_stages", type_=bool, default=True)
"""Whether the credit bureau waits for what the cheap sources say. All at once is faster, and asks for reports of people
who would have been declined without."""
SOURCES_WITHIN_MS = parameter("origination.sources_within_ms", type_=int, default=2_600, minimum=2_000, maximum=20_000)
"""Milliseconds within which all sources of a case have answered or run out of their own time, in stages too: the bureau
waits for the cheap sources until just its own time is left."""
CLOSED_REGIONS = parameter("origination.closed_regions", type_=list, default=[])
RESTRICTED_REGIONS = parameter("origination.restricted_regions", type_=list, default=[])
SIGNING_LINK_HOURS = parameter("origination.signing_link_hours", type_=int, default=72, minimum=1, maximum=720)
READ_SECONDS = parameter("origination.contract_read_seconds", type_=int, default=10, minimum=0, maximum=600)
CONSENT_PURPOSES = parameter(
    "origination.consent_letter_purposes",
    type_=list,
    default=[purpose.value for purpose in Purpose],
    check=_purposes,
    source="REG-CREDIT-18",
)
"""What the institution's consent letter says that the applicant agrees to."""
CONSENT_DEMANDED = parameter("origination.consent_demanded", type_=bool, default=True, source="REG-CREDIT-18")
"""Whether an application is submitted only with the consents that the sources in use wait for."""
CONSENT_CLAUSES = parameter("origination.consent_letter_clauses", type_=list, default=[])
"""The institution's own clauses of the consent letter, after those that come with Axle."""
CONSENT_DAYS = parameter("origination.consent_letter_days", type_=int, default=90, minimum=1, maximum=1825)


def _bonds(names: Sequence[str]) -> list[Bond]:
    return [Bond(name) for name in names]


RING_DAYS = parameter("origination.ring_days", type_=int, default=180, minimum=1, maximum=3650)
RING_SHARED_MIN = parameter("origination.ring_shared_min", type_=int, default=2, minimum=1, maximum=5)
RING_PEOPLE_MIN = parameter("origination.ring_people_min", type_=int, default=3, minimum=2, maximum=1000)
RING_BONDS = parameter(
    "origination.ring_bonds",
    type_=list,
    default=[Bond.PHONE.value, Bond.CARD.value, Bond.ADDRESS.value, Bond.VEHICLE.value, Bond.DEVICE.value],
    check=_bonds,
)
"""Kinds of shared things that make a ring; an employer is none by default, because colleagues share a dormitory too."""
DEFAULTER_DAYS = parameter("origination.defaulter_days", type_=int, default=60, minimum=1, maximum=3650)
"""Days overdue, now or ever, from which the borrower of a loan counts as a defaulter among relations."""
BEHAVIOUR_DAYS = parameter("origination.form_behaviour_days", type_=int, default=90, minimum=1, maximum=365)
"""How long the record of how a form was filled in is kept."""
MORTGAGE_DAYS = parameter("origination.mortgage_papers_days", type_=int, default=45, minimum=1, maximum=365)
"""Days after the payment from which a dealer's loan without mortgage papers in its file counts as late."""
FIELD_EDITS = parameter("origination.field_edits_checked", type_=int, default=3, minimum=1, maximum=100)
"""From so many edits on a field is verified once more where a decision came to no policy values that say it."""


_WAGES_LED = frozenset({"employed", "public_service"})


def _levels(told: Mapping[str, Any]) -> None:
    """A source, and by place, two, four or six digits or none for the country, the yearly wage by employment."""
    if not told["source"] or "" not in told["levels"]:
        raise ValueError("a source and the level of the whole country are needed")
    for place, by_kind in told["levels"].items():
        if len(place) not in (0, 2, 4, 6) or not place.isascii() or not (place or "0").isdigit():
            raise ValueError(place)
        if not set(by_kind) <= _WAGES_LED or any(parse_yuan(level) <= 0 for level in by_kind.values()):
            raise ValueError(place)


WAGE_LEVELS = parameter(
    "origination.wage_levels",
    type_=dict,
    default={
        "source": "国家统计局：2024年城镇非私营单位就业人员年平均工资（2025年5月16日发布）",
        "levels": {"": {"employed": "124110.00", "public_service": "124110.00"}},
    },
    check=_levels,
)
"""The yearly wage before tax that a stated income is held against, in yuan, by place and employment, with where the
figures come from. Private companies pay less on average (69,476 in the same year); as nobody states whose company it
is, the higher figure counts."""
