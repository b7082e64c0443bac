"""Model fields that are sealed in the database and open only in their own row and tenant."""

import json
from typing import Any, NoReturn

from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.query_utils import DeferredAttribute

from kooperacja.crypto import keys
from kooperacja.crypto.envelope import Keyring, bind, open_sealed, seal
from kooperacja.tenancy.context import current_tenant


class Sealed:
    """Bytes as the database holds them, not opened yet."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        self.content = content


class OpenedOnAccess(DeferredAttribute):
    """Opens the value when it is first asked for: only then is the key of the row known."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.open_in(instance, value)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field[Any, Any]):
    """Text sealed with the tenant's key and bound to tenant, table, column and row (REG §8.1)."""

    descriptor_class = OpenedOnAccess
    empty_strings_allowed = True

    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_text(self, value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(f"{self.name}: text was expected")
        return value

    def from_text(self, text: str) -> Any:
        return text

    def place(self, instance: models.Model) -> bytes:
        if instance.pk is None:
            raise FieldError(f"{self.name}: a row without a key can't be sealed")
        table = instance._meta.db_table
        return bind(current_tenant().id, table, self.column, instance.pk)

    def open_in(self, instance: models.Model, sealed: Sealed) -> Any:
        return self.from_text(self.opened(instance, sealed.content).decode())

    def sealed(self, instance: models.Model, plain: bytes) -> bytes:
        """Seal with the tenant's key, or with a closer one."""
        keyring = self.closer(instance) or keys.field_keyring(current_tenant().id)
        return seal(plain, aad=self.place(instance), keyring=keyring)

    def opened(self, instance: models.Model, content: bytes) -> bytes:
        """Open what `sealed` made."""
        keyring, place = self.closer(instance), self.place(instance)
        if keyring is None:
            return keys.open_for(current_tenant().id, content, aad=place)
        return open_sealed(content, aad=place, keyring=keyring)

    def is_closed(self, instance: models.Model) -> bool:
        """A key closer than the tenant's own seals the value in this row."""
        return False

    def closer(self, instance: models.Model) -> Keyring | None:
        """That key; KeyMissing where nobody has it."""
        return None

    def from_db_value(
        self, value: Any, expression: Expression, connection: BaseDatabaseWrapper
    ) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            if add:  # a copy would carry bytes that are bound to the row they came from
                raise FieldError(f"{self.name}: open the value before copying its row")
            return value
        if value is None:
            return None
        return Sealed(self.sealed(model_instance, self.to_text(value).encode()))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        # update(), bulk_update() and filters don't know the row, so they can't seal for it.
        raise FieldError(f"{self.name} is encrypted: change it by save(), find it by a blind index")

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return value.content if isinstance(value, Sealed) else value

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else self._refuse()

    def value_to_string(self, obj: models.Model) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise FieldError(f"{self.name} is encrypted: it is neither searched nor serialised")


class EncryptedJSONField(EncryptedTextField):
    """A JSON value sealed as EncryptedTextField seals text."""

    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def from_text(self, text: str) -> Any:
        return json.loads(text)


class _UnderNamedKey(EncryptedTextField):
    """Sealed with the key that the row names as its `key`, else with the tenant's."""

    def is_closed(self, instance: Any) -> bool:
        return instance.key is not None

    def closer(self, instance: Any) -> Keyring | None:
        return instance.key.keyring() if instance.key else None


class NamedKeyTextField(_UnderNamedKey):
    """Text of a row that says under which key it lies."""


class NamedKeyJSONField(_UnderNamedKey, EncryptedJSONField):
    """A JSON value of such a row."""
