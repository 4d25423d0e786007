"""Keeping the formulas by which prices move policy values."""

from axle.decisioning.domain.fields import FieldType
from axle.decisioning.domain.recalibration import formula_fault
from axle.decisioning.errors import PolicyFormulaInvalid, PolicyParameterUnknown
from axle.decisioning.models import PolicyFormula
from axle.decisioning.services.policy_parameters_declare import parameters_known
from axle.platform.public import Actor, created, track


def policy_formula_save(
    *, actor: Actor, code: str, parameter: str, expression: str, note: str, is_active: bool
) -> PolicyFormula:
    """Keep a formula under its code, new or changed; it counts when a calibration is next computed.

    Errors: PolicyParameterUnknown, PolicyFormulaInvalid.
    """
    field = parameters_known().get(parameter)
    if field is None or field.type is FieldType.BOOL:
        raise PolicyParameterUnknown(field="parameter", row=1, parameter=parameter)
    if fault := formula_fault(expression):
        raise PolicyFormulaInvalid(field="expression", detail=fault[:200])
    formula = PolicyFormula.objects.select_for_update().filter(code=code).first()
    is_new = formula is None
    formula = formula or PolicyFormula(code=code)
    if not is_new:
        track(formula)
    formula.parameter, formula.expression, formula.note = parameter, expression, note
    formula.is_active, formula.changed_by = is_active, actor.name
    formula.save()
    return created(formula) if is_new else formula
