"""Long papers of the demo: one that is ready, one that could not be drawn, one that waits."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import preparing
from kooperacja.documents.models import PreparedFile
from kooperacja.documents.notifications import PaperFailed
from kooperacja.documents.workflow import PreparedState
from kooperacja.notifications.base import Recipient, send
from kooperacja.workflow import move
from tenants.partnership.actions.register import prepare_register

_EARLIER = timedelta(days=1)


def keep(by: Actor) -> None:
    """Ask for the register of three days, unless somebody has asked for one here before."""
    if PreparedFile.objects.exists():
        return
    _ask(by, 0)
    preparing.draw_next()
    _fail(by, _ask(by, 1))
    _ask(by, 2)


def _ask(by: Actor, number: int) -> PreparedFile:
    day = by.today - number * _EARLIER
    return prepare_register(
        file_format="PDF",
        by=by,
        day=day,
        name=f"rejestr-czlonkow-{day.isoformat()}.pdf",
        again_at=f"{reverse('partnership:members_prepare')}?dzien={day.isoformat()}",
    )


@transaction.atomic
def _fail(by: Actor, paper: PreparedFile) -> None:
    for state in (PreparedState.DRAWING, PreparedState.FAILED):
        move(paper, state, by=SYSTEM, on=by.today, context={})
    message = PaperFailed(prepared_id=paper.pk, paper=paper.title)
    to = [Recipient(account_id=by.account_id)]
    send(message, to=to, dedupe=f"paper-failed:{paper.pk}")
