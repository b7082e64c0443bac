"""The states of a paper that is drawn in the background, and the changes allowed between them."""

from django.db import models

from kooperacja.workflow import Change, Table


class PreparedState(models.TextChoices):
    """The states of a long paper that somebody asked for."""

    WAITING = "WAITING", "czeka na swoją kolej"
    DRAWING = "DRAWING", "rysuje się"
    READY = "READY", "gotowy"
    FAILED = "FAILED", "nie udało się"


# No clause speaks of it: it is how the platform works.
_FAILED = {PreparedState.FAILED: Change("", "PAPER_FAILED")}
PREPARED = Table(
    PreparedState,
    {
        PreparedState.WAITING: {PreparedState.DRAWING: Change("", "PAPER_BEGUN")} | _FAILED,
        PreparedState.DRAWING: {
            PreparedState.READY: Change("", "PAPER_READY"),
            # Whoever drew it is gone.
            PreparedState.WAITING: Change("", "PAPER_INTERRUPTED"),
        }
        | _FAILED,
        PreparedState.READY: {},
        # It is asked for anew, from the data of that moment.
        PreparedState.FAILED: {},
    },
)
