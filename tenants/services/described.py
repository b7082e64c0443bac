"""The description of a service, wherever it is kept: its columns, and what they say in words (REG §3.2)."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import models

from tenants.services.hours import Hours, hours_of
from tenants.services.listed import ListedFacts
from tenants.services.said import COUNTED_DAYS, first_groups
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way, labels
from tenants.services.types import ServiceType
from tenants.services.visibility import DEFAULT, Visibility
from tenants.services.vocabulary import type_of

LONGEST = 2000
_NO_UNITS = models.Value({}, models.JSONField())


class Described(models.Model):
    """All that is said of a service: what it is, how one gets in, when, where, who may see it (REG §3.2)."""

    # What it is.
    name = models.CharField("nazwa usługi", max_length=200)
    type_code = models.CharField("rodzaj", max_length=40)
    about = models.TextField("na czym polega", max_length=LONGEST)
    groups = models.JSONField("dla kogo", default=list)
    age_from = models.PositiveSmallIntegerField("wiek od", null=True)
    age_until = models.PositiveSmallIntegerField("wiek do", null=True)
    # Units of the register (TERYT): their labels by their codes; none: as far as the Partnerstwo.
    units = models.JSONField("gminy i powiaty", default=dict, db_default=_NO_UNITS)
    area = models.CharField("na jakim terenie", max_length=300, blank=True, default="")
    ways = models.JSONField("gdzie", default=list)
    legal_basis = models.CharField("podstawa prawna", max_length=300, blank=True, default="")
    # How one gets in.
    access = models.TextField("jak skorzystać", max_length=LONGEST)
    referral = models.CharField("kto kieruje", max_length=300, blank=True, default="")
    needs_decision = models.BooleanField("trzeba decyzji administracyjnej", default=False)
    conditions = models.TextField("warunki", max_length=LONGEST, blank=True, default="")
    papers = models.TextField("potrzebne dokumenty", max_length=LONGEST, blank=True, default="")
    # All of it for a family, in few words.
    in_ukrainian = models.TextField(
        "tekst po ukraińsku", max_length=1000, blank=True, default="", db_default=""
    )
    easy_to_read = models.TextField(
        "tekst łatwy do czytania", max_length=1000, blank=True, default="", db_default=""
    )
    cost = models.CharField("koszt", max_length=6, choices=Cost.choices)
    cost_about = models.CharField("ile to kosztuje", max_length=300, blank=True, default="")
    # When.
    hours = models.JSONField("godziny", null=True)
    hours_about = models.CharField("uwagi o godzinach", max_length=300, blank=True, default="")
    waiting_days = models.PositiveSmallIntegerField("czas oczekiwania w dniach", null=True)
    places = models.PositiveSmallIntegerField("wolne miejsca", null=True)
    counted_on = models.DateField("stan na dzień", null=True)
    valid_from = models.DateField("działa od", null=True)
    valid_until = models.DateField("działa do", null=True)
    # Where, and with whom.
    street = models.CharField("ulica i numer", max_length=200, blank=True, default="")
    postal_code = models.CharField("kod pocztowy", max_length=6, blank=True, default="")
    city = models.CharField("miejscowość", max_length=100, blank=True, default="")
    seat = models.JSONField("gmina adresu", default=dict, db_default=_NO_UNITS)  # as units, one
    is_protected = models.BooleanField("adres chroniony", default=False)
    features = models.JSONField("dostępność", default=dict)
    languages = models.JSONField("języki", default=list)
    contact_name = models.CharField("osoba do kontaktu", max_length=200, blank=True, default="")
    phone = models.CharField("telefon", max_length=40, blank=True, default="")
    email = models.EmailField("adres e-mail", blank=True, default="")
    website = models.URLField("strona internetowa", blank=True, default="")
    # Who may see each part of it.
    sees_service = models.CharField(
        "kto widzi usługę", max_length=6, choices=Visibility.choices, default=DEFAULT
    )
    sees_contact = models.CharField(
        "kto widzi kontakt", max_length=6, choices=Visibility.choices, default=DEFAULT
    )
    sees_place = models.CharField(
        "kto widzi adres", max_length=6, choices=Visibility.choices, default=DEFAULT
    )

    class Meta:
        abstract = True

    @cached_property
    def type(self) -> ServiceType | None:
        return type_of(self.type_code)

    @property
    def opening(self) -> Hours | None:
        """The hours; None where nobody said them."""
        return hours_of(self.hours)

    @property
    def groups_said(self) -> str:
        return ", ".join(labels(Group, self.groups))

    @property
    def first_groups(self) -> str:
        """A few of its groups, for a list."""
        return first_groups(self.groups)

    @property
    def ways_said(self) -> str:
        return ", ".join(labels(Way, self.ways))

    @property
    def languages_said(self) -> str:
        return ", ".join(labels(Language, self.languages))

    @property
    def features_known(self) -> dict[Has, list[str]]:
        """Features by what is known of them: "nie wiadomo" is not "brak"."""
        return {
            has: [str(one.label) for one in Feature if self.features.get(one, "") == has]
            for has in Has
        }

    def counts_on(self, day: date) -> bool:
        """Its places and its waiting time were counted within 30 days."""
        return self.counted_on is not None and day <= self.counted_on + timedelta(days=COUNTED_DAYS)


# The names of all that is said of a service.
FACTS = tuple(field.name for field in Described._meta.local_fields)
_LEVELS = frozenset({"sees_service", "sees_contact", "sees_place"})
_SEVERAL = ("groups", "ways", "languages")


def facts_of(described: Described) -> dict[str, Any]:
    """All that is said of a service, by column."""
    return {name: getattr(described, name) for name in FACTS}


def facts_from(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same as it comes out of a message, where days are text."""
    known = (name for name in FACTS if name in given)  # a message may be of the release before
    return {name: Described._meta.get_field(name).to_python(given[name]) for name in known}  # type: ignore[union-attr]


def listed_facts(described: Described, **more: Any) -> ListedFacts:
    """The same as the words of pages are made of."""
    told = {name: value for name, value in facts_of(described).items() if name not in _LEVELS}
    told |= {name: tuple(told[name]) for name in _SEVERAL}
    return ListedFacts(**told, **more)
