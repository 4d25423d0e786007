"""Find what applications share, by value and set-based: two statements, whatever they share and however many."""

from collections.abc import Collection
from uuid import UUID

from axle.origination.domain.relations import Related, RingTest, Tie, ring_since
from axle.origination.domain.traits import BOND_OF, Bond, TraitKind
from axle.origination.parameters import RING_BONDS, RING_DAYS, RING_PEOPLE_MIN, RING_SHARED_MIN
from axle.platform.public import business_date, parameter_value, prepared_cursor

PER_VALUE = 500
"""The latest applications that are looked at of one value: a large employer has more, which say nothing more."""
PER_VALUE_FAR = 10
APPLICATIONS_NEAR = 100
_STRONG = frozenset(BOND_OF) - {TraitKind.EMPLOYER, TraitKind.PLACE}
"""Colleagues and people within the same kilometre are shown or counted, and lead no further."""

_TIES = """
SELECT m.id, m.value, m.application_id, m.kind, t.application_id, t.kind, t.person, t.said_on
FROM origination_applicationtrait m
LEFT JOIN LATERAL (
    SELECT o.application_id, o.kind, o.person, o.said_on
    FROM origination_applicationtrait o
    WHERE o.value = m.value AND o.application_id <> m.application_id
    ORDER BY o.said_on DESC, o.application_id DESC
    LIMIT %s
) t ON true
WHERE m.application_id = ANY(%s) AND m.kind = ANY(%s)
ORDER BY t.said_on DESC, t.application_id DESC, m.application_id, m.kind, t.kind
"""


def related_of(application_id: int) -> Related:
    """What an application shares with others, to two steps. One statement where it shares nothing, else two."""
    said, near = _ties([application_id], kinds=list(TraitKind), per_value=PER_VALUE)
    nearest = list(dict.fromkeys(tie.other_id for tie in near if tie.kind in _STRONG))[:APPLICATIONS_NEAR]
    far = _ties(nearest, kinds=_STRONG, per_value=PER_VALUE_FAR)[1] if nearest else []
    return Related(application_id, said.get(TraitKind.PERSON), near, far)


def ties_of(application_id: int) -> list[Tie]:
    """What an application shares with others directly, the latest said first; one statement."""
    return _ties([application_id], kinds=list(TraitKind), per_value=PER_VALUE)[1]


def ring_test() -> RingTest:
    """When related applications are a ring, as the parameters say today."""
    return RingTest(
        since=ring_since(business_date(), parameter_value(RING_DAYS.code)),
        bonds=frozenset(Bond(bond) for bond in parameter_value(RING_BONDS.code)),
        shared_min=parameter_value(RING_SHARED_MIN.code),
        people_min=parameter_value(RING_PEOPLE_MIN.code),
    )


def _ties(
    application_ids: Collection[int], *, kinds: Collection[TraitKind], per_value: int
) -> tuple[dict[TraitKind, UUID], list[Tie]]:
    """What applications said first, and what of all that they said others say too."""
    said: dict[TraitKind, tuple[int, UUID]] = {}
    ties: list[Tie] = []
    with prepared_cursor() as cursor:
        cursor.execute(_TIES, [per_value, list(application_ids), [str(kind) for kind in kinds]])
        for key, value, one, kind, other, other_kind, person, said_on in cursor.fetchall():
            said[TraitKind(kind)] = min((key, value), said.get(TraitKind(kind), (key, value)))
            if other is not None:
                ties.append(Tie(value, one, TraitKind(kind), other, TraitKind(other_kind), person, said_on))
    return {kind: value for kind, (_, value) in said.items()}, ties
