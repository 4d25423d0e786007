"""Customers, their contacts, and the dealers through whom they came."""

from django.db import models

from axle.platform.fields import BlindIndexField, EncryptedTextField, FenField, prefix_index


class Gender(models.TextChoices):
    MALE = "male"
    FEMALE = "female"


class MaritalStatus(models.TextChoices):
    SINGLE = "single"
    MARRIED = "married"
    DIVORCED = "divorced"
    WIDOWED = "widowed"


class Education(models.TextChoices):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    POSTGRADUATE = "postgraduate"


class ResidenceKind(models.TextChoices):
    OWNED = "owned"
    MORTGAGED = "mortgaged"
    FAMILY = "family"
    RENTED = "rented"


class EmploymentKind(models.TextChoices):
    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    PUBLIC_SERVICE = "public_service"
    FARMER = "farmer"
    DRIVER = "driver"
    RETIRED = "retired"
    UNEMPLOYED = "unemployed"


class Relation(models.TextChoices):
    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    FRIEND = "friend"
    COLLEAGUE = "colleague"


class Customer(models.Model):
    """One person. Amounts are fen per month; an empty text or null means that nobody has said."""

    customer_no = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=50)
    id_no = EncryptedTextField(mask="id_no")
    id_no_index = BlindIndexField(source="id_no", db_index=False)
    id_is_long_term = models.BooleanField(default=False)
    id_valid_until = models.DateField(null=True)
    gender = models.CharField(max_length=6, choices=Gender)
    birthday = models.DateField()
    phone = EncryptedTextField(mask="phone")
    phone_index = BlindIndexField(source="phone")
    marital_status = models.CharField(max_length=12, choices=MaritalStatus, blank=True)
    education = models.CharField(max_length=12, choices=Education, blank=True)
    residence_kind = models.CharField(max_length=12, choices=ResidenceKind, blank=True)
    residence_address = EncryptedTextField(mask="address", null=True)
    region_code = models.CharField(max_length=6, blank=True)
    employment_kind = models.CharField(max_length=16, choices=EmploymentKind, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    employment_months = models.PositiveIntegerField(null=True)
    monthly_income = FenField(null=True)
    monthly_debt = FenField(null=True)
    has_driving_licence = models.BooleanField(null=True)
    department = models.ForeignKey("platform.Department", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("platform.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id_no_index"], name="customer_id_once")]
        indexes = [
            models.Index(
                fields=["name", "birthday"], name="customer_name_birthday", opclasses=["text_pattern_ops", "date_ops"]
            ),
            prefix_index("name", "customer_name_prefix"),
            prefix_index("customer_no", "customer_no_prefix"),
            models.Index(fields=["department", "-id"], name="customer_department"),
            models.Index(fields=["owner", "-id"], name="customer_owner"),
            models.Index(fields=["gender", "id"], name="customer_gender"),
            models.Index(fields=["employment_kind", "id"], name="customer_employment"),
            models.Index(fields=["marital_status", "id"], name="customer_marital"),
            models.Index(fields=["monthly_income", "id"], name="customer_income"),
            models.Index(fields=["created_at", "id"], name="customer_created"),
        ]


class CustomerContact(models.Model):
    """An emergency contact of a customer; never a debtor."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=60)
    relation = models.CharField(max_length=12, choices=Relation)
    phone = EncryptedTextField(mask="phone")
    phone_index = BlindIndexField(source="phone")


class CustomerDealer(models.Model):
    """A dealer through whom the customer came; opens the customer to that dealer's people."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="dealers")
    dealer_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dealer_id", "customer"], name="customer_dealer_once")]
