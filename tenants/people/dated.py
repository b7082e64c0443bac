"""Rows that hold from a day and may end (REG §1.3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja import offers
from kooperacja.tenancy.models import TenantModel, in_order_if_known
from tenants.people import rules


@dataclass(frozen=True, slots=True)
class OfMember(offers.Offer):
    """The condition that the institution of a role is a kooperant on a day (REG §1.3.a)."""

    on: Callable[[date], models.Exists]


def holding(day: date, of: str = "") -> Q:
    """The condition that a row, or what `of` reaches from it, holds on a day."""
    is_open = Q(**{f"{of}ended_on": None}) | Q(**{f"{of}ended_on__gt": day})
    return is_open & Q(**{f"{of}from_on__lte": day})


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows that hold from a day (`from_on`) up to, not including, another (`ended_on`)."""

    def on(self, day: date) -> Self:
        return self.filter(holding(day))


class Dated(TenantModel):
    """A row that holds from a day and may end; its history is kept, never edited."""

    from_on = models.DateField("od")
    ended_on = models.DateField("do", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [in_order_if_known("from_on", "ended_on", name="%(class)s_from_before_end")]

    @classmethod
    def one_open(cls, *fields: str, name: str, **options: Any) -> list[models.BaseConstraint]:
        """The constraints of a table in which one row of these fields holds at a time."""
        once = models.UniqueConstraint(
            fields=fields, condition=Q(ended_on__isnull=True), name=name, **options
        )
        return [*Dated.Meta.constraints, once]

    def holds_on(self, day: date) -> bool:
        return rules.holds_on(day, self.from_on, self.ended_on)

    @property
    def is_over(self) -> bool:
        """It has ended; what ends on a day to come, with a membership for one, may end sooner."""
        return self.ended_on is not None and self.ended_on <= timezone.localdate()

    @property
    def last_on(self) -> date | None:
        """The last day on which it holds, where another of its kind may follow the next day."""
        return self.ended_on and self.ended_on - timedelta(days=1)

    def end(self, day: date, **also: object) -> None:
        """Let it hold no longer from a day on, which is never before it began."""
        self.ended_on = max(day, self.from_on)
        for name, value in also.items():
            setattr(self, name, value)
        self.save(update_fields=["ended_on", *also])
