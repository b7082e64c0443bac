"""A card of services goes into the directory of the voivodeship (REG §3.2)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import question, sent, step
from kooperacja.ui.forms import KeyedForm
from tenants.baskets import perms
from tenants.baskets.actions import masters
from tenants.baskets.models.cards import Card
from tenants.baskets.views.cards import WAY, find
from tenants.baskets.workflow import SUBMITTING
from tenants.people.identity import PersonRequest


@step(perms.begin_master, find, again=True, act="prowadzenie karty w katalogu województwa")
def begin(request: PersonRequest, card: Card) -> HttpResponse:
    return question(
        request,
        KeyedForm(**sent(request)),
        partial(masters.begin, by=request.actor, card_id=card.pk),
        ready=partial(masters.require_regon, card),
        said="Wysłano do katalogu województwa. Kartę znajdziesz za chwilę w „Moich sprawach”.",
        to=card.url,
        crumbs=[*WAY, (card.owner, card.url)],
        question="Prowadzić kartę tej instytucji w katalogu województwa?",
        consequence="Przyjęte usługi z tej karty trafią do katalogu, a Ty będziesz je tam zmieniać "
        "i potwierdzać raz dla wszystkich jednostek. Jeśli instytucja ma już kartę w katalogu, "
        "poprosimy jej opiekuna albo ROPS, żeby Cię dopuścili.",
        clause=SUBMITTING,
        undo="Usługi można potem wycofać z katalogu, a tutaj odłączyć od niego.",
        button="Prowadź w katalogu",
        danger=False,
    )
