"""Model fields and migration operations that carry the platform's rules into tables."""

import json
from typing import Any, TypeVar

from django.contrib.postgres.indexes import OpClass
from django.core.exceptions import FieldError
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.functions import Upper

from axle.platform.crypto import blind_index, decrypt, encrypt

__all__ = [
    "BlindIndexField",
    "CreateTables",
    "EncryptedJSONField",
    "EncryptedTextField",
    "FenField",
    "RateField",
    "append_only",
    "blind_index",
    "prefix_index",
]


_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class FenField(models.BigIntegerField[_Set, _Get]):
    """An amount in fen."""


class RateField(models.DecimalField[Any, Any]):
    """A Decimal annual fraction, ``numeric(12,8)``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 8)
        super().__init__(*args, **kwargs)


class EncryptedTextField(models.BinaryField[Any, Any]):
    """Personal text: ciphertext in the database, ``str`` in Python, masked in logs and lists.

    ``mask`` names the masking rule. It cannot be searched; add a ``BlindIndexField`` for equality.
    """

    def __init__(self, *args: Any, mask: str = "text", **kwargs: Any) -> None:
        self.mask = mask
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "mask": self.mask}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt(bytes(value))

    def to_python(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(None if value is None else encrypt(str(value)), connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: search by its blind index")
        return super().get_lookup(lookup_name)


class EncryptedJSONField(EncryptedTextField):
    """Personal data as a JSON document: encrypted whole."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        text = super().from_db_value(value, expression, connection)
        return None if text is None else json.loads(text)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        text = None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
        return super().get_db_prep_value(text, connection, prepared)


class BlindIndexField(models.CharField[Any, Any]):
    """The keyed hash of another field of the row, kept equal to it on every save."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("db_index", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.source)
        index = blind_index(value) if value else ""
        setattr(model_instance, self.attname, index)
        return index


def prefix_index(column: str, name: str) -> models.Index:
    """The index behind a list's search by the beginning of a column, whatever the case of its letters."""
    return models.Index(OpClass(Upper(column), name="text_pattern_ops"), name=name)


def append_only(table: str) -> migrations.RunSQL:
    """A migration step after which rows of ``table`` can be added, and never changed or deleted."""
    row = (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION axle_refuse_change();"
    )
    whole = (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION axle_refuse_truncate();"
    )
    undo = f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_no_truncate ON {table};"
    return migrations.RunSQL(row + whole, undo)


class CreateTables(Operation):
    """Many ``CreateModel`` as one migration step.

    Django derives every model that is related to a new one anew after each step, which for a hundred tables takes
    longer than the tables themselves; here that is done once for all of them.
    """

    def __init__(self, *tables: migrations.CreateModel) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        vars(state).pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.tables)} tables"
