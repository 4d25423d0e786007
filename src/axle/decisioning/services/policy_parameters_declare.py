"""Keeping the list of policy parameters in step with what strategies read."""

from collections.abc import Iterable, Mapping

from axle.decisioning.domain.fields import Field, FieldType, Words
from axle.decisioning.errors import PolicyParameterDiffers
from axle.decisioning.models import PolicyParameter


def policy_parameters_declare(fields: Iterable[Field]) -> None:
    """Enter the parameters that a strategy's contract reads; known ones keep their bounds until it is activated.

    Errors: PolicyParameterDiffers when a name is already taken by another kind of value.
    """
    known = parameters_known()
    for field in fields:
        before = known.get(field.name)
        if before is not None and (before.type, before.unit) != (field.type, field.unit):
            raise PolicyParameterDiffers(parameter=field.name, known=before.type, found=field.type)
    PolicyParameter.objects.bulk_create(_row(field) for field in fields if field.name not in known)


def policy_bounds_settle(fields: Iterable[Field]) -> None:
    """Let the bounds and names of an activated strategy hold."""
    columns = ["minimum", "maximum", "name_zh", "name_en"]
    rows = [_row(field) for field in fields]
    if rows:
        PolicyParameter.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=columns)


def parameters_known() -> Mapping[str, Field]:
    """Every declared parameter by its name."""
    return {row.code: _field(row) for row in PolicyParameter.objects.all()}


def _row(field: Field) -> PolicyParameter:
    words = {"name_zh": field.words.zh, "name_en": field.words.en}
    bounds = {"minimum": field.minimum, "maximum": field.maximum}
    return PolicyParameter(code=field.name, type=field.type, unit=field.unit, **bounds, **words)


def _field(row: PolicyParameter) -> Field:
    return Field(
        name=row.code,
        type=FieldType(row.type),
        unit=row.unit,
        minimum=row.minimum,
        maximum=row.maximum,
        words=Words(zh=row.name_zh, en=row.name_en),
    )
