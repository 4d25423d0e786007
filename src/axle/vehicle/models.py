"""Trims, vehicles and appraisals."""

from django.db import models

from axle.platform.fields import FenField, RateField, prefix_index


class Energy(models.TextChoices):
    PETROL = "petrol"
    DIESEL = "diesel"
    HYBRID = "hybrid"
    PLUG_IN = "plug_in"
    ELECTRIC = "electric"


class VehicleClass(models.TextChoices):
    PASSENGER = "passenger"
    LIGHT_TRUCK = "light_truck"
    HEAVY_TRUCK = "heavy_truck"


class VehicleUse(models.TextChoices):
    PRIVATE = "private"
    COMMERCIAL = "commercial"


class Trim(models.Model):
    """One variant of a car in the catalogue, with the maker's guide price."""

    make = models.CharField(max_length=40)
    series = models.CharField(max_length=60)
    model_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    guide_price = FenField()
    energy = models.CharField(max_length=12, choices=Energy)
    vehicle_class = models.CharField(max_length=16, choices=VehicleClass, default=VehicleClass.PASSENGER)
    is_on_sale = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["make", "series", "model_year", "name"], name="trim_once")]


class Vehicle(models.Model):
    """A car by its VIN."""

    vin = models.CharField(max_length=17, unique=True)
    trim = models.ForeignKey(Trim, on_delete=models.PROTECT, related_name="+")
    is_new = models.BooleanField()
    use = models.CharField(max_length=12, choices=VehicleUse, default=VehicleUse.PRIVATE)
    price = FenField()
    plate_no = models.CharField(max_length=10, blank=True)
    engine_no = models.CharField(max_length=30, blank=True)
    colour = models.CharField(max_length=20, blank=True)
    first_registered_on = models.DateField(null=True, blank=True)
    mileage_km = models.PositiveIntegerField(null=True, blank=True)
    dealer_id = models.BigIntegerField(null=True, db_index=True, help_text="the channel that entered it")
    department = models.ForeignKey("platform.Department", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at"], name="vehicle_latest"),
            models.Index(fields=["price", "id"], name="vehicle_price"),
            models.Index(fields=["is_new", "-created_at"], name="vehicle_new"),
            prefix_index("vin", "vehicle_vin_prefix"),
            prefix_index("plate_no", "vehicle_plate_prefix"),
        ]


class ConditionGrade(models.TextChoices):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class AppraisalSource(models.TextChoices):
    """Who says what a car is worth: a person who saw it, one of two vendors of values, or our own residual curves."""

    PERSON = "person"
    VALUATION_A = "valuation_a"
    VALUATION_B = "valuation_b"
    CURVE = "curve"


class Appraisal(models.Model):
    """What a person found a vehicle to be worth on a date, or what a vendor or our curves said. Append-only."""

    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="appraisals")
    source = models.CharField(max_length=16, choices=AppraisalSource, default=AppraisalSource.PERSON)
    value = FenField()
    condition = models.CharField(max_length=1, choices=ConditionGrade, blank=True)
    note = models.CharField(max_length=500, blank=True)
    appraised_on = models.DateField()
    appraiser_name = models.CharField(max_length=64)
    appraiser_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["vehicle", "source", "appraised_on"],
                condition=~models.Q(source="person"),
                name="appraisal_unseen_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(source="person") | ~models.Q(condition=""),
                name="appraisal_by_person_tells_condition",
            ),
        ]


class CurveState(models.TextChoices):
    """draft → active → superseded; a superseded one may become active again."""

    DRAFT = "draft"
    ACTIVE = "active"
    SUPERSEDED = "superseded"


class ResidualCurve(models.Model):
    """What used cars are worth by model and age, as one set of curves made of one file of sales or listings."""

    curve_no = models.CharField(max_length=24, unique=True)
    source = models.CharField(max_length=80)
    cars = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=CurveState, default=CurveState.DRAFT)
    drafted_by = models.CharField(max_length=80)
    drafted_by_id = models.BigIntegerField(null=True)
    drafted_at = models.DateTimeField(auto_now_add=True)
    activated_by = models.CharField(max_length=80, blank=True)
    activated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-drafted_at"], name="residual_curve_latest")]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="active"), name="residual_active_once")
        ]


class ResidualPoint(models.Model):
    """The share of the guide price that is left at an age, as quantiles; without a make it holds for all cars.

    Append-only.
    """

    curve = models.ForeignKey(ResidualCurve, on_delete=models.PROTECT, related_name="points", db_index=False)
    make = models.CharField(max_length=40, blank=True)
    series = models.CharField(max_length=60, blank=True)
    age_months = models.PositiveSmallIntegerField()
    low = RateField()
    middle = RateField()
    high = RateField()
    cars = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["curve", "make", "series", "age_months"], name="residual_point_once")
        ]
