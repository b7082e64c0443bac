"""Visibility of a service, a contact and a place: the strictest of their levels counts (REG §3.4, §5.1.g)."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import TextChoices


class Visibility(TextChoices):
    """A level, the widest first; each is also how far a reader may see."""

    PUBLIC = "PUBLIC", "wszyscy"
    REGION = "REGION", "partnerzy w województwie"
    TENANT = "TENANT", "Lider i kooperanci tego Partnerstwa"
    OFFICE = "OFFICE", "tylko OPS i Lider"


# "Pracownicy Lidera i Kooperantów" (REG §3.4 s.1); every wider level is the owner's choice.
DEFAULT = Visibility.TENANT
# All that is ever given of a protected place, such as a shelter or a crisis flat.
GIVEN_OF_PROTECTED = frozenset({"area", "telephone"})

_STRICTNESS = {level: strictness for strictness, level in enumerate(Visibility)}
Value = TypeVar("Value")


def strictest(*levels: Visibility) -> Visibility:
    """The level of what tells of all that have these."""
    return max(levels, key=_STRICTNESS.__getitem__)


def reaches(reach: Visibility, level: Visibility) -> bool:
    """A reader who sees up to `reach` sees what has this level."""
    return _STRICTNESS[level] <= _STRICTNESS[reach]


def may_see(
    reach: Visibility, *, service: Visibility, contact: Visibility, place: Visibility
) -> bool:
    """A reader who sees up to `reach` sees what tells of all three."""
    return reaches(reach, strictest(service, contact, place))


def given_of(place: Mapping[str, Value], *, is_protected: bool) -> dict[str, Value]:
    """The fields of a place that may be given; of a protected one those that are named, and no other."""
    return {
        field: value
        for field, value in place.items()
        if not is_protected or field in GIVEN_OF_PROTECTED
    }
