"""Users, roles and machine tokens."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from axle.platform.fields import EncryptedTextField
from axle.platform.models.organisation import Employee


class ScopeKind(models.TextChoices):
    OWN = "own"
    DEPARTMENT = "department"
    DEPARTMENT_TREE = "department_tree"
    CHANNEL = "channel"
    CUSTOMER = "customer"
    ALL = "all"


class Role(models.Model):
    """A named set of permissions, each with the rows it reaches."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=64)
    is_active = models.BooleanField(default=True)


class RoleGrant(models.Model):
    """One permission of a role with its data scope."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="grants")
    permission = models.CharField(max_length=80)
    scope = models.CharField(max_length=16, choices=ScopeKind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="role_permission_once")]


class UserKind(models.TextChoices):
    STAFF = "staff"
    DEALER = "dealer"
    MACHINE = "machine"


class UserManager(BaseUserManager["User"]):
    """Looks users up by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """A sign-in: of an employee, of a dealer's clerk, or of a machine."""

    username = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=UserKind, default=UserKind.STAFF)
    employee = models.OneToOneField(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="user")
    channel_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    roles = models.ManyToManyField(Role, related_name="users", blank=True)
    is_active = models.BooleanField(default=True)
    failed_attempts = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    totp_secret = EncryptedTextField(mask="text", null=True, blank=True)
    is_totp_on = models.BooleanField(default=False)
    totp_last_step = models.BigIntegerField(null=True, blank=True)
    locale = models.CharField(max_length=8, default="zh-CN")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"


class SignIn(models.Model):
    """A session of a person: where it was opened, and when it ended before it ran out."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    ip = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True)
    signed_in_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-signed_in_at"], name="sign_in_of_user")]


class ApiToken(models.Model):
    """A machine's bearer token for some of its user's permissions; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    permissions = ArrayField(models.CharField(max_length=80), default=list)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
