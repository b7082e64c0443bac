"""Helpers of the local community (REG §5.1.e)."""

from datetime import date
from typing import Self

from django.db import models

from kooperacja.ui.search import matching
from tenants.people.dated import Dated, DatedQuerySet


class CommunityResourceQuerySet(DatedQuerySet):
    """Resources of the local community."""

    def chosen(self, day: date, *, szukaj: str = "", rodzaj: str = "", stan: str = "") -> Self:
        """Rows that a filter chose: every word stands in the name, the place or the offer."""
        current = self.on(day)
        rows = self.exclude(pk__in=current.values("pk")) if stan == "zakonczone" else current
        if rodzaj:
            rows = rows.filter(kind=rodzaj)
        return matching(rows, szukaj, "name", "area", "offers")


class CommunityResource(Dated):
    """Somebody of the local community who helps and is no member (REG §5.1.e)."""

    PAGE, LIST_PAGE = "accession:resource", "accession:resources"

    class Kind(models.TextChoices):
        """Kinds of helpers."""

        FIRE_BRIGADE = "FIRE_BRIGADE", "ochotnicza straż pożarna"
        RURAL_WOMEN = "RURAL_WOMEN", "koło gospodyń wiejskich"
        VILLAGE_HEAD = "VILLAGE_HEAD", "sołtys, rada sołecka"
        VOLUNTEERS = "VOLUNTEERS", "wolontariusze"
        PARISH = "PARISH", "parafia"
        CLUB = "CLUB", "klub, stowarzyszenie zwykłe"
        BUSINESS = "BUSINESS", "przedsiębiorca"
        OTHER = "OTHER", "inne"

    name = models.CharField("nazwa", max_length=300)
    kind = models.CharField("rodzaj", max_length=12, choices=Kind.choices)
    area = models.CharField("miejscowość, sołectwo", max_length=200, blank=True)
    offers = models.TextField("w czym może pomóc")
    contact_name = models.CharField("osoba do kontaktu", max_length=200, blank=True)
    contact_email = models.EmailField("adres e-mail", blank=True)
    contact_phone = models.CharField("telefon", max_length=40, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = CommunityResourceQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.name
