"""A service is described, handed to the Lider, taken into the basket or sent back (REG §3.2–3.5)."""

from functools import partial
from itertools import zip_longest

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import quoted
from tenants.baskets import perms
from tenants.baskets.actions import entries, keeping
from tenants.baskets.duplicates import likely
from tenants.baskets.forms.entries import (
    EditServiceForm,
    FileForm,
    NewServiceForm,
    ReturnForm,
    ServiceElsewhereForm,
)
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service
from tenants.baskets.owners import speaks_for
from tenants.baskets.said import changes
from tenants.baskets.standing import entries_on
from tenants.baskets.views.cards import WAY, find
from tenants.baskets.views.services import crumbs_of, find_service
from tenants.baskets.workflow import EDITED, INTEGRATING, SUBMITTING, EntryState
from tenants.people.identity import PersonRequest
from tenants.people.protected import is_protected
from tenants.services.elsewhere import ELSEWHERE

_HANDED_IN = {
    "question": "Przekazać Liderowi opis usługi {}?",
    "consequence": "Zobaczy ją Lider, a po przyjęciu ci, których wybrano na końcu opisu.",
    "clause": SUBMITTING,
    "undo": "Dopóki Lider jej nie rozpatrzy, można ją wycofać.",
    "button": "Przekaż Liderowi",
    "said": "Przekazano Liderowi.",
}
_TAKEN_IN = {
    "question": "Dodać do koszyka usługę {}?",
    "consequence": "Zobaczą ją od razu ci, których wybrano na końcu opisu.",
    "clause": INTEGRATING,
    "undo": "Opis można potem zmienić, a usługę zakończyć.",
    "button": "Dodaj do koszyka",
    "said": "Usługa jest w koszyku.",
}


def _seen(request: PersonRequest) -> dict[str, str]:
    """The version that the reader saw on the page before, so that no text is decided on unseen."""
    seen = request.GET.get("wersja", "")
    is_number = seen.isascii() and seen.isdigit() and len(seen) < 10
    return {"version": seen} if is_number else {}


@step(perms.keep_service, find_service)
def discard(request: PersonRequest, service: Service) -> HttpResponse:
    is_new = not service.entries.exclude(state__in=EDITED).exists()
    return question(
        request,
        SeenForm(**sent(request), row=service),
        partial(entries.discard, by=request.actor, service_id=service.pk),
        said="Usunięto szkic.",
        to=lambda card: card.url,
        back=service.url,
        crumbs=crumbs_of(service),
        question=f"Usunąć szkic opisu usługi {quoted(service.latest.name)}?",
        consequence="Usługa zniknie z karty: Lider jej nie przyjął, więc nie było jej w koszyku."
        if is_new
        else "W koszyku zostanie opis, który Lider przyjął.",
        clause=SUBMITTING,
        button="Usuń szkic",
    )


@page(perms.see_history, find_service)
def history(request: PersonRequest, service: Service) -> HttpResponse:
    """Everything that stood in the basket of it, the newest first, and what each text changed."""
    states = (EntryState.ACCEPTED, EntryState.REPLACED)
    said = list(service.entries.filter(state__in=states).order_by("-number"))
    today = request.actor.today
    steps = [
        (entry, changes(before, entry, today) if before else None)
        for entry, before in zip_longest(said, said[1:])
    ]
    return render(request, "baskets/history.html", {"service": service, "steps": steps})


_PROTECTED = (
    "Adres tej instytucji jest chroniony w porozumieniu, dlatego w części „Adres” zaznaczyliśmy "
    "adres chroniony. Odznacz to tylko wtedy, gdy usługa działa w innym miejscu, które można podać."
)


@step(perms.keep_card, find)
def new(request: PersonRequest, card: Card) -> HttpResponse:
    """A service of an institution whose seat is kept from the public begins with a protected address."""
    is_hidden = card.organisation is not None and is_protected(card.organisation)
    return form_page(
        request,
        NewServiceForm(
            **sent(request), is_light=card.is_community, initial={"is_protected": is_hidden}
        ),
        partial(entries.add, by=request.actor, card_id=card.pk),
        said="Zapisano szkic. Przekaż go Liderowi, gdy będzie gotowy.",
        to=lambda service: service.url,
        title="Nowa usługa",
        eyebrow=card.owner,
        lead=_PROTECTED if is_hidden else "",
        back=card.url,
        crumbs=[*WAY, (card.owner, card.url)],
        submit="Zapisz szkic",
    )


@step(perms.keep_service, find_service)
def elsewhere(request: PersonRequest, service: Service) -> HttpResponse:
    """The same service at another address: all but what belongs to the place is filled in."""
    card = service.card
    return form_page(
        request,
        ServiceElsewhereForm(**sent(request), entry=service.latest, is_light=card.is_community),
        partial(entries.add, by=request.actor, card_id=card.pk),
        ready=partial(keeping.require_own, service),
        said="Zapisano szkic. Przekaż go Liderowi, gdy będzie gotowy.",
        to=lambda added: added.url,
        title="To samo pod innym adresem",
        eyebrow=service.name,
        lead=ELSEWHERE,
        back=service.url,
        crumbs=crumbs_of(service),
        submit="Zapisz szkic",
    )


@step(perms.keep_service, find_service)
def edit(request: PersonRequest, service: Service) -> HttpResponse:
    latest = service.latest
    is_draft = latest.state in EDITED
    return form_page(
        request,
        EditServiceForm(**sent(request), entry=latest, initial={"version": service.version}),
        partial(entries.edit, by=request.actor, service_id=service.pk),
        ready=partial(keeping.require_editable, service, request.actor),
        said="Zapisano. Przekaż zmiany Liderowi, gdy będą gotowe.",
        to=service.url,
        title="Zmiana opisu",
        eyebrow=service.name,
        lead="" if is_draft else "To, co jest w koszyku, zostaje w nim, aż Lider przyjmie zmiany.",
        crumbs=crumbs_of(service),
    )


@step(perms.keep_service, find_service)
def file(request: PersonRequest, service: Service) -> HttpResponse:
    """Hand it to the Lider, who takes in at once what stands on a card of its own."""
    is_own = speaks_for(request.person, service.card)
    is_new = service.confirmed_on is None
    takes_in = perms.take_in(request.person, service)
    words = dict(_TAKEN_IN if takes_in else _HANDED_IN)
    if is_own and is_new:
        words["consequence"] += " Mówisz przez to, że cały opis jest prawdziwy."
    return question(
        request,
        FileForm(
            **sent(request), row=service, initial=_seen(request), is_own=is_own, is_new=is_new
        ),
        partial(
            entries.take_in if takes_in else entries.file, by=request.actor, service_id=service.pk
        ),
        to=service.url,
        crumbs=crumbs_of(service),
        danger=False,
        **words | {"question": words["question"].format(quoted(service.name))},
    )


@step(perms.keep_service, find_service)
def take_back(request: PersonRequest, service: Service) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=service),
        partial(entries.take_back, by=request.actor, service_id=service.pk),
        said="Wycofano. Opis znów jest szkicem.",
        to=service.url,
        crumbs=crumbs_of(service),
        question=f"Wycofać od Lidera opis usługi {quoted(service.name)}?",
        consequence="Opis wróci do szkiców; w koszyku nic się nie zmieni.",
        clause=SUBMITTING,
        undo="Można go przekazać jeszcze raz.",
        button="Wycofaj",
        danger=False,
    )


@step(perms.review, find_service)
def accept(request: PersonRequest, service: Service) -> HttpResponse:
    is_new = not service.entries.filter(state=EntryState.ACCEPTED).exists()
    what = "Usługa trafi do koszyka." if is_new else "Nowy opis zastąpi w koszyku poprzedni."
    if alike := _alike(service):
        what += f" Uwaga, w koszyku jest już podobna: {alike}."
    return question(
        request,
        SeenForm(**sent(request), row=service, initial=_seen(request)),
        partial(entries.accept, by=request.actor, service_id=service.pk),
        said="Przyjęto do koszyka.",
        to=service.url,
        crumbs=crumbs_of(service),
        question=f"Przyjąć do koszyka usługę {quoted(service.name)}?",
        consequence=what,
        clause=INTEGRATING,
        undo="Poprzedni opis zostaje zapisany, ale nie wraca sam: trzeba by go przekazać od nowa.",
        button="Przyjmij do koszyka",
        danger=False,
    )


def _alike(service: Service) -> str:
    """Services of the basket that are likely the same one."""
    basket = [one for one in entries_on(timezone.localdate()) if one.service_id != service.pk]
    pairs = likely([service.latest, *basket])
    others = (pair.second for pair in pairs if service.pk in pair.keys)
    return ", ".join(f"{one.name} ({one.service.card.owner})" for one in others)


@step(perms.review, find_service)
def send_back(request: PersonRequest, service: Service) -> HttpResponse:
    return question(
        request,
        ReturnForm(**sent(request), row=service, initial=_seen(request)),
        partial(entries.send_back, by=request.actor, service_id=service.pk),
        said="Zwrócono do poprawy.",
        to=service.url,
        crumbs=crumbs_of(service),
        question=f"Zwrócić do poprawy opis usługi {quoted(service.name)}?",
        consequence="Instytucja zobaczy, co poprawić; w koszyku nic się nie zmieni.",
        clause=INTEGRATING,
        undo="Instytucja może przekazać go jeszcze raz.",
        button="Zwróć do poprawy",
        danger=False,
    )
