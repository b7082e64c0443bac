"""Institutions as members of the partnership (REG §1.3, §5.1.a)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef

from tenants.partnership.models import Membership
from tenants.people.dated import OfMember, holding
from tenants.people.models import Organisation, OrganisationQuerySet


def institutions_on(day: date) -> OrganisationQuerySet:
    """All, with `joined_on`: since when each has been a member, if it is one on the day."""
    since = Max("memberships__from_on", filter=holding(day, "memberships__"))
    return Organisation.objects.current().annotate(joined_on=since)


OF_MEMBER = OfMember(
    lambda day: Exists(Membership.objects.on(day).filter(organisation=OuterRef("organisation")))
)


def members_on(day: date) -> OrganisationQuerySet:
    return _joined(institutions_on(day), True)


PROFILE = (
    ("Kompetencje", "competences"),
    ("Sposoby działania", "ways_of_working"),
    ("Podstawa prawna działania", "legal_basis"),
)
FACTS = (
    ("Forma prawna", "legal_form"),
    ("NIP", "nip"),
    ("REGON", "regon"),
    ("KRS", "krs"),
    ("Siedziba", "address"),
    ("Adres e-mail", "email"),
    ("Telefon", "phone"),
    ("Strona internetowa", "website"),
    ("Adres do e-Doręczeń", "edelivery"),
)
CONTACT = (("Kompetencje", "competences"), ("Adres e-mail", "email"), ("Telefon", "phone"))


def facts_of(organisation: Organisation, names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each label of an institution on its pages, with its value."""
    return [(label, getattr(organisation, name)) for label, name in names]


def chosen_on(
    day: date, *, szukaj: str = "", sektor: str = "", czlonkostwo: str = ""
) -> OrganisationQuerySet:
    """The institutions that a filter chose."""
    institutions = institutions_on(day)
    institutions = institutions.matching(szukaj)
    if sektor:
        institutions = institutions.filter(sector=sektor)
    if czlonkostwo:
        institutions = _joined(institutions, czlonkostwo == "tak")
    return institutions


def _joined(institutions: Any, is_member: bool) -> OrganisationQuerySet:
    joined: OrganisationQuerySet = institutions.filter(joined_on__isnull=not is_member)
    return joined
