"""The register of members as a list that is shown, printed and exported alike (REG §5.1.a)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from kooperacja.ui.polish import polish_order
from tenants.partnership.models import FlagKind, Membership, register_on


def members_in_order(day: date) -> QuerySet[Membership]:
    """The register of the day in Polish order of names."""
    return register_on(day).order_by(polish_order("organisation__name"), "pk")


def coordinators_of(member: Any) -> str:
    return ", ".join(seat.person.full_name for seat in member.seats)


def level_of(member: Any) -> str:
    return ", ".join(row.get_level_display() for row in member.levels)


def flags_of(member: Any) -> str:
    return "; ".join(flag.label for flag in _flags(member))


def flags_in_short(member: Any) -> str:
    return "; ".join(flag.in_short for flag in _flags(member))


def _flags(member: Any) -> list[FlagKind]:
    """In the order of the regulation."""
    kinds = {row.kind for row in member.marks}
    return [flag for flag in FlagKind if flag in kinds]
