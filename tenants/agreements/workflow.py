"""The states of an agreement and the changes allowed between them (POR)."""

from django.db import models

from kooperacja.workflow import Change, Table


class AgreementState(models.TextChoices):
    """The states of an agreement."""

    DRAFT = "DRAFT", "projekt"
    DISCARDED = "DISCARDED", "odrzucony projekt"


AGREEMENT = Table(
    AgreementState,
    {
        AgreementState.DRAFT: {
            AgreementState.DISCARDED: Change("preambuła porozumienia", "AGREEMENT_DISCARDED")
        },
        AgreementState.DISCARDED: {},
    },
)
