"""Answers of owners about their services, and links that let them answer without an account (REG §3.5.a)."""

from django.db import models

from kooperacja.tenancy.models import TenantModel
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.services.confirming import How


class Answer(models.TextChoices):
    """Answers about a service of whoever was asked."""

    TRUE = "TRUE", "opis jest nadal prawdziwy"
    CHANGED = "CHANGED", "coś się zmieniło"
    ENDED = "ENDED", "tej usługi już nie ma"
    NOT_OURS = "NOT_OURS", "to nie nasza usługa"
    DENIED = "DENIED", "instytucja odmawia odpowiedzi"


# A refusal is what the office hears, and nothing that an owner chooses.
OF_OWNER = [one for one in Answer.choices if one[0] != Answer.DENIED]


class CheckAnswer(TenantModel):
    """An answer about one service; nobody is written to again of what was answered since it is due."""

    INSTITUTION = "service__card__organisation"
    APPEND_ONLY = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="answers")
    answer = models.CharField("odpowiedź", max_length=8, choices=Answer.choices)
    how = models.CharField("skąd to wiadomo", max_length=6, choices=How.choices)
    answered_on = models.DateField("kiedy")
    by_name = models.CharField("kto", max_length=200)

    class Meta:
        ordering = ["answered_on", "id"]

    def __str__(self) -> str:
        return f"Odpowiedź: {self.get_answer_display()}"


class CheckLink(TenantModel):
    """A link of one mail: it opens one round to whoever reads one address, for 30 days.

    Of its secret only a digest is kept, made with the round and the address.
    """

    INSTITUTION = "check_round__card__organisation"

    check_round = models.ForeignKey(CardCheck, models.PROTECT, related_name="links")
    email = models.EmailField("adres e-mail")
    name = models.CharField(max_length=200, blank=True, default="")  # empty: several read there
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField("działa do")

    class Meta:
        ordering = ["expires_at", "id"]

    def __str__(self) -> str:
        return f"Odnośnik: {self.check_round}"
