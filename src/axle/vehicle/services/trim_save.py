"""Upkeep of the catalogue."""

from dataclasses import dataclass

from axle.kernel.money import Fen
from axle.platform.errors import NameTaken, NotFound
from axle.platform.public import Actor, created, track
from axle.vehicle.models import Trim


@dataclass(frozen=True)
class TrimData:
    """A variant as it is entered; ``guide_price`` in fen."""

    make: str
    series: str
    model_year: int
    name: str
    guide_price: Fen
    energy: str
    vehicle_class: str
    is_on_sale: bool


def trim_create(*, actor: Actor, data: TrimData) -> Trim:
    """Add a variant to the catalogue. Errors: NameTaken."""
    _refuse_twice(data)
    return created(Trim.objects.create(**vars(data)))


def trim_update(*, actor: Actor, trim_id: int, data: TrimData) -> Trim:
    """Correct or reprice a variant, or take it off sale; cars that have it keep it. Errors: NotFound, NameTaken."""
    trim = Trim.objects.select_for_update().filter(pk=trim_id).first()
    if trim is None:
        raise NotFound(field="trim_id", what="trim")
    _refuse_twice(data, but=trim_id)
    track(trim)
    for name, value in vars(data).items():
        setattr(trim, name, value)
    trim.save()
    return trim


def _refuse_twice(data: TrimData, *, but: int = 0) -> None:
    same = Trim.objects.filter(make=data.make, series=data.series, model_year=data.model_year, name=data.name)
    if same.exclude(pk=but).exists():
        raise NameTaken(field="name", name=data.name)
