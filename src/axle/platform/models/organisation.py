"""Legal entities and the tree of people who work for them."""

from django.db import models

from axle.platform.fields import BlindIndexField, EncryptedTextField


class LegalEntity(models.Model):
    """A company that contracts, holds accounts and keeps books of its own."""

    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=128)
    uscc = models.CharField(max_length=18, blank=True)
    kind = models.CharField(max_length=24)
    is_active = models.BooleanField(default=True)


class Department(models.Model):
    """A node of the organisation tree. ``path`` is ``/1/4/`` down to the node itself: a prefix is a subtree."""

    name = models.CharField(max_length=64)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=400, db_index=True)
    manager = models.ForeignKey("Employee", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="department_name_once")]
        indexes = [models.Index(fields=["path"], name="department_subtree", opclasses=["text_pattern_ops"])]


class Position(models.Model):
    """A post (职务), separate from department and role."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=64)


class EmployeeState(models.TextChoices):
    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    LEFT = "left"


class Employee(models.Model):
    """A person on the staff; what they may do hangs on their user's roles."""

    employee_no = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=64)
    phone = EncryptedTextField(mask="phone", null=True, blank=True)
    phone_index = BlindIndexField(source="phone")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="employees")
    position = models.ForeignKey(Position, null=True, blank=True, on_delete=models.PROTECT, related_name="holders")
    delegate = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12, choices=EmployeeState, default=EmployeeState.ACTIVE)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
