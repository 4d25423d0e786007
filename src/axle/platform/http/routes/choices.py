"""Names that forms of every staff member offer: departments and colleagues, without anything else about them."""

from axle.platform.http.routes.base import api
from axle.platform.http.routes.organisation import ChoiceOut
from axle.platform.models import Department, Employee
from axle.platform.models.organisation import EmployeeState
from axle.platform.scope import Actor


@api.query("department_choices", "/choices/departments", permission=None)
def department_choices(actor: Actor) -> list[ChoiceOut]:
    """Every department; nothing for people outside of the institution."""
    if actor.kind != "staff":
        return []
    rows = Department.objects.filter(is_active=True).order_by("path")
    return [ChoiceOut(id=row.pk, code="", name=row.name) for row in rows]


@api.query("employee_choices", "/choices/employees", permission=None)
def employee_choices(actor: Actor) -> list[ChoiceOut]:
    """The colleagues at work; nothing for people outside of the institution."""
    if actor.kind != "staff":
        return []
    rows = Employee.objects.exclude(state=EmployeeState.LEFT).order_by("name")
    return [ChoiceOut(id=row.pk, code=row.employee_no, name=row.name) for row in rows]
