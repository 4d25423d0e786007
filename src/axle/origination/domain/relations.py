"""How applications are related by what they share, and rings (团伙): several people who share several kinds of things.

Pure: ties are found by ``services.relations_find``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from axle.origination.domain.traits import BOND_OF, Bond, TraitKind


@dataclass(frozen=True)
class Tie:
    """One value that two applications said: ``kind`` is what it is of the one, ``other_kind`` of the other."""

    value: UUID
    application_id: int
    kind: TraitKind
    other_id: int
    other_kind: TraitKind
    other_person: UUID
    other_said_on: date

    @property
    def bond(self) -> Bond:
        return BOND_OF[self.kind]


@dataclass(frozen=True)
class RingTest:
    """When related applications are a ring: enough people within the window, each application tied to another by
    enough kinds of things. ``bonds`` are the kinds that count."""

    since: date
    bonds: frozenset[Bond]
    shared_min: int
    people_min: int


@dataclass(frozen=True)
class Ring:
    """The applications of a ring, the one that was looked at included, and how many people they are of."""

    application_ids: frozenset[int] = frozenset()
    people: int = 0
    bonds: frozenset[Bond] = frozenset()


@dataclass(frozen=True)
class Related:
    """Whom and what an application is related with, to two steps; ``steps`` of ties, the nearer first."""

    application_id: int
    person: UUID | None
    near: Sequence[Tie] = ()
    far: Sequence[Tie] = ()

    @property
    def ties(self) -> Sequence[Tie]:
        return (*self.near, *self.far)

    def people(self, *pairs: tuple[TraitKind, TraitKind], since: date | None = None) -> frozenset[UUID]:
        """Other people whose applications said one of this one's values: what it is of this one, and of theirs."""
        return frozenset(
            tie.other_person
            for tie in self.near
            if (tie.kind, tie.other_kind) in pairs
            and tie.other_person != self.person
            and (since is None or tie.other_said_on >= since)
        )

    def most_people_of_one(self, kind: TraitKind) -> int:
        """Of values that an application has several of: how many other people said the most common one."""
        people: dict[UUID, set[UUID]] = defaultdict(set)
        for tie in self.near:
            if tie.kind == tie.other_kind == kind and tie.other_person != self.person:
                people[tie.value].add(tie.other_person)
        return max(map(len, people.values()), default=0)

    @property
    def is_mutual_contact(self) -> bool:
        """Whether somebody is named as a contact here and names this applicant as theirs."""
        named = self.people((TraitKind.CONTACT, TraitKind.PHONE))
        return bool(named & self.people((TraitKind.PHONE, TraitKind.CONTACT)))

    def applications(self) -> frozenset[int]:
        """The other applications within two steps that are not of the applicant."""
        return frozenset(tie.other_id for tie in self.ties if tie.other_person != self.person)


def ring_of(related: Related, test: RingTest) -> Ring:
    """The ring that an application belongs to; an empty one when it belongs to none."""
    people = _people(related, test)
    bonds = _bonds(related.ties, people, test.bonds)
    links = {pair: shared for pair, shared in bonds.items() if _is_linked(pair, shared, people, test)}
    members = _component(related.application_id, links)
    inside = [shared for (one, other), shared in links.items() if one in members and other in members]
    ring = Ring(
        members, len({people[member] for member in members & people.keys()}), frozenset().union(*inside) - {Bond.PERSON}
    )
    return ring if ring.people >= test.people_min else Ring()


def ring_since(on: date, days: int) -> date:
    """The first day of the window in which applications can be of one ring."""
    return on - timedelta(days=days)


def _people(related: Related, test: RingTest) -> Mapping[int, UUID]:
    """The person of every application that can be of the ring."""
    people = {tie.other_id: tie.other_person for tie in related.ties if tie.other_said_on >= test.since}
    return people | ({related.application_id: related.person} if related.person else {})


def _bonds(
    ties: Iterable[Tie], people: Mapping[int, UUID], counted: Collection[Bond]
) -> dict[tuple[int, int], set[Bond]]:
    """What each pair of applications has in common, of what counts."""
    bonds: dict[tuple[int, int], set[Bond]] = defaultdict(set)
    for tie in ties:
        if tie.application_id in people and tie.other_id in people and tie.bond in (*counted, Bond.PERSON):
            one, other = sorted((tie.application_id, tie.other_id))
            bonds[one, other].add(tie.bond)
    return bonds


def _is_linked(pair: tuple[int, int], shared: set[Bond], people: Mapping[int, UUID], test: RingTest) -> bool:
    """One person's applications belong together; those of two people by enough kinds of things."""
    return people[pair[0]] == people[pair[1]] or len(shared - {Bond.PERSON}) >= test.shared_min


def _component(start: int, links: Iterable[tuple[int, int]]) -> frozenset[int]:
    neighbours: dict[int, set[int]] = defaultdict(set)
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    found, waiting = {start}, [start]
    while waiting:
        new = neighbours[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return frozenset(found)
