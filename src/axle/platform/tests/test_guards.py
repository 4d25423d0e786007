"""What the database itself refuses, and what personal data looks like in it."""

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from axle.platform import crypto
from axle.platform.fields import blind_index
from axle.platform.masking import mask
from axle.platform.models import Employee, OperationLog
from axle.platform.testing import make_department

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged():
    return OperationLog.objects.create(
        at=timezone.now(), business_on="2026-01-01", operation="x", actor_kind="staff", actor_name="a"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE platform_operationlog SET actor_name = 'b'",
        "DELETE FROM platform_operationlog",
        "SET axle.maintenance = off; TRUNCATE platform_operationlog",
    ],
)
def test_the_operation_log_cannot_be_changed(logged, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    logged.refresh_from_db()
    assert logged.actor_name == "a"


def test_a_maintenance_setting_opens_nothing_outside_a_test_database(logged):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('axle_refuse_truncate'::regproc)")
        (definition,) = cursor.fetchone()
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone()
        elsewhere = definition.replace("current_database()", "'axle'")
        attempt = f"{elsewhere}; SET LOCAL axle.maintenance = on; TRUNCATE platform_operationlog"
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(attempt)
    assert database.startswith("test")
    assert OperationLog.objects.count() == 1


def test_personal_data_is_ciphertext_in_the_table():
    employee = Employee.objects.create(employee_no="1", name="甲", phone="13800001234", department=make_department())
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM platform_employee")
        (stored,) = cursor.fetchone()
    assert b"13800001234" not in bytes(stored)
    assert bytes(stored)[0] == 1  # SM4-GCM
    employee.refresh_from_db()
    assert employee.phone == "13800001234"


def test_encrypted_fields_cannot_be_searched():
    with pytest.raises(FieldError):
        Employee.objects.filter(phone="13800001234")


def test_altered_ciphertext_is_refused():
    stored = bytearray(crypto.encrypt("secret"))
    stored[-1] ^= 1
    with pytest.raises(InvalidTag):
        crypto.decrypt(bytes(stored))


def test_a_new_key_reads_what_the_old_one_wrote(settings):
    old = crypto.encrypt("13800001234")
    keys = settings.AXLE_SECRETS["data_keys"]
    settings.AXLE_SECRETS = settings.AXLE_SECRETS | {"data_keys": {**keys, "2": "ab" * 32}}
    new = crypto.encrypt("13800001234")
    assert (old[1], new[1]) == (1, 2)
    assert crypto.decrypt(old) == crypto.decrypt(new) == "13800001234"


def test_another_cipher_reads_what_the_first_one_wrote(settings):
    old = crypto.encrypt("13800001234")
    settings.AXLE_DATA_CIPHER = "AES"
    new = crypto.encrypt("13800001234")
    assert (old[0], new[0]) == (1, 2)
    assert crypto.decrypt(old) == crypto.decrypt(new) == "13800001234"


def test_encryption_is_randomised_and_the_index_is_not():
    assert crypto.encrypt("a") != crypto.encrypt("a")
    assert blind_index("11010519491231002x") == blind_index(" 11010519491231002X ")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("id_no", "11010519491231002X", "1101**********002X"),
        ("phone", "13800001234", "138****1234"),
        ("card", "6222020000001234567", "6222***********4567"),
        ("address", "江苏省南京市玄武区一号", "江苏省南京市*****"),
        ("phone", "123", "***"),
        ("phone", None, ""),
    ],
)
def test_masks(kind, value, shown):
    assert mask(value, kind) == shown
