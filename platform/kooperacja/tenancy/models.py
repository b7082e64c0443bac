"""The two kinds of table: of the shared plane, and of a tenant."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from uuid6 import uuid7

from kooperacja.tenancy.context import current_tenant_or_none
from kooperacja.tenancy.errors import ForeignObject


class SharedModel(models.Model):
    """A row of the shared plane."""

    # UUIDs, so that a row of one tenant can never be mistaken for another's.
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class TenantModel(models.Model):
    """A row of one tenant; remembers whose it is and refuses to be written elsewhere.

    `PAGE` is the name of its page's address, `LIST_PAGE` that of the list it stands in,
    `INSTITUTION` the way to the institution whose row it is. Rows that are `IS_PASSING` are of the
    moment: no backup and no exit package has them.
    """

    IS_PASSING: ClassVar[bool] = False
    PAGE: ClassVar[str] = ""
    LIST_PAGE: ClassVar[str] = ""
    INSTITUTION: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tenant = current_tenant_or_none()
        self._made_in = tenant.schema if tenant else None

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_elsewhere()
        super().save_base(*args, **kwargs)

    def _prepare_related_fields_for_save(self, *args: Any, **kwargs: Any) -> None:
        # Django asks this of each object also where it calls no save: bulk_create, bulk_update.
        self._refuse_elsewhere()
        super()._prepare_related_fields_for_save(*args, **kwargs)  # type: ignore[misc]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_elsewhere()
        return super().delete(*args, **kwargs)

    def _refuse_elsewhere(self) -> None:
        tenant = current_tenant_or_none()
        here = tenant.schema if tenant else None
        if here != self._made_in:
            raise ForeignObject(f"{self._meta.label} of {self._made_in} written in {here}")

    def url_of(self, page: str = "") -> str:
        """The address of its page, or of its page of that name: `PAGE_page`."""
        return reverse(f"{self.PAGE}_{page}" if page else self.PAGE, args=[self.pk])

    @property
    def url(self) -> str:
        return self.url_of()

    @classmethod
    def list_url(cls) -> str:
        return reverse(cls.LIST_PAGE)


def in_order(first: str, then: str, *, name: str) -> models.CheckConstraint:
    """The rule that the second of two days is not before the first."""
    return models.CheckConstraint(condition=Q(**{f"{then}__gte": F(first)}), name=name)


def in_order_if_known(first: str, then: str, *, name: str) -> models.CheckConstraint:
    """The same where the second may not be known yet."""
    known = Q(**{f"{then}__isnull": True}) | Q(**{f"{then}__gte": F(first)})
    return models.CheckConstraint(condition=known, name=name)
