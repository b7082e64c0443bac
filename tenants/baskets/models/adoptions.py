"""Services that a basket took over from the directory of the voivodeship (REG §3.2)."""

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import TenantModel
from tenants.baskets.models.services import Service
from tenants.services.hours import Hours, hours_of
from tenants.services.visibility import Visibility

# Services that their own institution describes here.
OWN = Q(adoption=None) | Q(adoption__detached_on__isnull=False)
TO_REVIEW = Q(adoption__review_since__isnull=False, adoption__detached_on=None)
HIDDEN_PLACE = Q(adoption__hidden_since__isnull=False, ended_on=None)


class Adoption(TenantModel):
    """A service that follows its master, with what the Lider said of it for this unit alone.

    What is empty is as at the master. A detached one follows no longer, and its origin is kept.
    """

    INSTITUTION = "service__card__organisation"

    service = models.OneToOneField(Service, models.PROTECT, related_name="adoption")
    master_id = models.UUIDField()
    origin = models.CharField("z karty", max_length=300)
    revision = models.PositiveIntegerField(default=0)  # of the master, as it was brought last
    adopted_on = models.DateField("przyjęta z katalogu")
    adopted_by_name = models.CharField(max_length=200)
    # For this unit alone.
    note = models.CharField("jak skorzystać u nas", max_length=1000, blank=True, default="")
    units = models.JSONField("teren", default=list)  # TERYT codes within its borders
    street = models.CharField("ulica i numer", max_length=200, blank=True, default="")
    postal_code = models.CharField("kod pocztowy", max_length=6, blank=True, default="")
    city = models.CharField("miejscowość", max_length=100, blank=True, default="")
    hours = models.JSONField("godziny", null=True)
    hours_about = models.CharField("uwagi o godzinach", max_length=300, blank=True, default="")
    contact_name = models.CharField("osoba do kontaktu", max_length=200, blank=True, default="")
    phone = models.CharField("telefon", max_length=40, blank=True, default="")
    email = models.EmailField("adres e-mail", blank=True, default="")
    sees_service = models.CharField(
        "kto widzi usługę", max_length=6, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    sees_contact = models.CharField(
        "kto widzi kontakt", max_length=6, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    sees_place = models.CharField(
        "kto widzi adres", max_length=6, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    # Something changed that the Lider is to look at, since the entry of this number.
    review_since = models.DateField("do przejrzenia od", null=True)
    seen_number = models.PositiveIntegerField(default=1)
    silent_since = models.DateField("brak kontaktu od", null=True)  # with those who keep the master
    withdrawn_on = models.DateField("wycofana z katalogu", null=True)
    # Detached before its master became a protected place: the address waits for the Lider.
    hidden_since = models.DateField("adres ukryty od", null=True)
    saw_place = models.CharField(
        max_length=6, choices=Visibility.choices, blank=True, default="", db_default=""
    )
    detached_on = models.DateField("odłączona", null=True)
    detached_by_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["adopted_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["master_id"], condition=Q(detached_on=None), name="adoption_once"
            ),
            models.CheckConstraint(
                condition=Q(detached_on=None, detached_by_name="")
                | Q(detached_on__isnull=False) & ~Q(detached_by_name=""),
                name="adoption_detached_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} ({self.origin})"

    def url_of(self, page: str = "") -> str:
        return self.service.url_of(page)

    @property
    def opening(self) -> Hours | None:
        """The hours in this unit; None where they are as at the master."""
        return hours_of(self.hours)
