"""Messages that were handed over."""

from django.db import models

from kooperacja.tenancy.models import TenantModel


class ReceivedMail(TenantModel):
    """A message that was handed over for a row, so that the same one is not handed over again."""

    IS_PASSING = True

    key = models.CharField(max_length=64)  # a hash of its Message-ID and the row
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="received_mail_once")]

    def __str__(self) -> str:
        return self.key
