"""What holds from a day and may end; never edited, never deleted."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from kooperacja.tenancy.models import TenantModel
from tenants.partnership import rules


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows that hold from a day (`from_on`) up to, not including, another (`ended_on`)."""

    def on(self, day: date) -> Self:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), from_on__lte=day)


class Dated(TenantModel):
    """What holds from a day and may end; its history is kept, never edited."""

    from_on = models.DateField("od")
    ended_on = models.DateField("do", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on")),
                name="%(class)s_from_before_end",
            )
        ]

    def holds_on(self, day: date) -> bool:
        return rules.holds_on(day, self.from_on, self.ended_on)
