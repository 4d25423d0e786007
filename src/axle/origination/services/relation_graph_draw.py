"""Draw the relations of an application for a reader, bounded and within what they may look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from axle.channel.public import dealer_names
from axle.origination.domain.device_session import TOKEN_TAIL
from axle.origination.domain.relation_graph import RelationGraph, ShownApplication, graph_of
from axle.origination.domain.relations import Related, Ring, ring_of
from axle.origination.domain.traits import TraitKind, traits_said
from axle.origination.models import Application, ApplicationGuarantor
from axle.origination.selectors import applications_related
from axle.origination.services.own_signals import loans_near
from axle.origination.services.relations_find import related_of, ring_test, ties_of
from axle.origination.services.traits_keep import trait_hash
from axle.platform.public import Actor, mask

SHOWN = 60
"""More applications than these cannot be told apart in a drawing."""
STEP = 20
"""Applications that one further step adds to a drawing at a time."""
_MASKS = {TraitKind.PHONE: "phone", TraitKind.CONTACT: "phone", TraitKind.CARD: "card", TraitKind.ADDRESS: "address"}


@dataclass(frozen=True)
class Relations:
    """What is drawn, and the facts beside it; ``not_drawn`` applications may be looked at and have no room."""

    graph: RelationGraph
    ring: Ring
    people: int
    borrowers: int
    defaulters: int
    not_drawn: int


@dataclass(frozen=True)
class RelationStep:
    """The relations of an application to one step, a page of them; ``next_offset`` is None where no more come."""

    graph: RelationGraph
    next_offset: int | None


def relations_draw(actor: Actor, application: Application) -> Relations:
    """The relations of an application that the reader may look at, in a fixed number of statements."""
    related = related_of(application.pk)
    nearest = list(dict.fromkeys(tie.other_id for tie in related.ties if tie.other_id != application.pk))
    visible = set(applications_related(actor).filter(pk__in=nearest).values_list("pk", flat=True))
    drawn = [one for one in nearest if one in visible][: SHOWN - 1]
    ring = ring_of(related, ring_test())
    borrowers, defaulters = loans_near(related)
    return Relations(
        graph=graph_of(
            related,
            _shown([application.pk, *drawn]),
            hidden=set(nearest) - visible,
            ring=ring,
            key_of=_value_key,
        ),
        ring=ring,
        people=_people(related),
        borrowers=borrowers,
        defaulters=defaulters,
        not_drawn=len(visible) - len(drawn),
    )


def relations_step(actor: Actor, application: Application, *, value_key: str, offset: int) -> RelationStep:
    """The next applications that share something with this one, or one value of it, and that the reader may look at.

    The latest that were said come first, ``STEP`` at a time. The caller has checked that this one may be looked at.
    """
    ties = [tie for tie in ties_of(application.pk) if not value_key or _value_key(tie.value) == value_key]
    others = list(dict.fromkeys(tie.other_id for tie in ties))
    visible = set(applications_related(actor).filter(pk__in=others).values_list("pk", flat=True))
    hidden, seen = set(others) - visible, [one for one in others if one in visible]
    page = seen[offset : offset + STEP]
    drawn = Related(application.pk, None, [tie for tie in ties if tie.other_id in hidden or tie.other_id in page])
    graph = graph_of(drawn, _shown([application.pk, *page]), hidden=hidden, ring=Ring(), key_of=_value_key)
    return RelationStep(graph, offset + STEP if offset + STEP < len(seen) else None)


def _value_key(value: UUID) -> str:
    """Names a value in drawings; the hash by which it is found is not told."""
    return f"v{trait_hash(f'node:{value}').hex[:16]}"


def _people(related: Related) -> int:
    return len({tie.other_person for tie in related.ties} - {related.person})


def _shown(application_ids: Sequence[int]) -> Mapping[int, ShownApplication]:
    rows = Application.objects.in_bulk(application_ids)
    names = dealer_names({row.dealer_id for row in rows.values() if row.dealer_id})
    guarantors: dict[int, dict[UUID, str]] = {}
    told = ApplicationGuarantor.objects.filter(application__in=application_ids).order_by("pk")
    for one, person, name in told.values_list("application_id", "person", "name"):
        guarantors.setdefault(one, {})[person] = name
    return {one: _application(rows[one], names, guarantors.get(one, {})) for one in application_ids}


def _application(row: Application, dealers: Mapping[int, str], guarantors: Mapping[UUID, str]) -> ShownApplication:
    return ShownApplication(
        application_id=row.pk,
        application_no=row.application_no,
        state=row.state,
        name=row.applicant_name,
        customer_id=row.customer_id,
        dealer_id=row.dealer_id,
        dealer_name=dealers.get(row.dealer_id, "") if row.dealer_id else "",
        said={**_said(row), **guarantors},
    )


def _said(row: Application) -> dict[UUID, str]:
    """The values of a form, as the reader may see them."""
    return {
        trait_hash(trait.value): row.applicant_name
        if trait.kind == TraitKind.PERSON
        else mask(trait.text, _MASKS[trait.kind])
        if trait.kind in _MASKS
        else trait.text[-TOKEN_TAIL:]
        if trait.kind == TraitKind.DEVICE
        else trait.text
        for trait in traits_said(row.form, device=row.device_token, place=row.device_place)
    }
