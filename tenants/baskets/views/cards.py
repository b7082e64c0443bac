"""Cards of services: whose they are, what stands on one, what else its owner has (REG §3.2)."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kooperacja.documents.drawing import FORMATS, drawn
from kooperacja.documents.length import is_long
from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.files import file_response
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions import cards
from tenants.baskets.forms.basket import BeginCardForm, CommunityCardForm
from tenants.baskets.forms.entries import CardForm
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service
from tenants.baskets.owners import outside, without_card
from tenants.baskets.papers import SERVICE_CARD, card_context, prepare_card
from tenants.baskets.scored import points_of, points_of_cards, scores_of
from tenants.baskets.standing import said_of
from tenants.baskets.workflow import SUBMITTING, EntryState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.people.perms import voiced_organisations
from tenants.teams.sides import in_words

WAY = [("Koszyk usług", Service.LIST_PAGE), ("Karty usług", Card.LIST_PAGE)]
_COLUMNS = (
    Column("kto", "Czyja", "helper", is_link=True),
    Column("w_koszyku", "Usługi w koszyku", "accepted", is_number=True),
    Column("czeka", "Czekają na Lidera", "filed", is_number=True),
    Column("od", "Założona", "begun_on", sort="begun_on"),
)
_ROWS = Card.objects.select_related("organisation", "merge")
find_any = visible(_ROWS, perms.see_card, "Nie ma takiej karty usług")


def find(person: Person, pk: UUID) -> Card:
    """A card that is kept; one that was made one with another leads on."""
    card: Card = find_any(person, pk)
    cards.require_kept(card)
    return card


@page(perms.see_cards)
def listing(request: PersonRequest) -> HttpResponse:
    """Cards that the reader may see, and who has none yet."""
    person, today = request.person, timezone.localdate()
    shown = _shown_to(person)
    table = Table(
        request,
        shown,
        (*_COLUMNS, _quality(shown, today)) if perms.see_scores(person) else _COLUMNS,
        "Karty usług",
        default="-od",
        empty="Nikt nie założył jeszcze karty usług.",
    )
    lacking = [name for _, name in in_words(without_card(person, today))]
    add = [("Załóż kartę", "baskets:card_new", perms.begin_cards)] if lacking else []
    add.append(("Dodaj zasób społeczności", "baskets:card_community", perms.keep_community))
    add.append(("Przyjmij usługę z katalogu", "baskets:masters", perms.review))
    add.append(("Brakujące karty", "baskets:cards_missing", perms.see_all_cards))
    add.append(("Wczytaj z pliku", "baskets:imports", perms.bring_in))
    return list_page(
        request,
        table,
        template="baskets/cards.html",
        lacking=lacking,
        lead=f"Co oferują kooperanci i Lider ({SUBMITTING}).",
        crumbs=WAY[:1],
        last="Karty usług",
        add=add,
    )


def _shown_to(person: Person) -> Sequence[Card]:
    rows = _ROWS.filter(merge=None).order_by("pk")
    if not perms.see_all_cards(person):
        rows = rows.filter(organisation__in=voiced_organisations(person))
    return list(
        rows.annotate(
            accepted=_counted(EntryState.ACCEPTED, ended=False), filed=_counted(EntryState.FILED)
        )
    )


def _quality(shown: Sequence[Card], day: date) -> Column:
    """The points of each card, so that the weakest is found first."""
    points = points_of_cards(shown, day)
    return Column(
        "jakosc",
        "Jakość opisów (na 100)",
        lambda card: points.get(card.pk),
        sort="jakosc",
        is_number=True,
    )


def _counted(state: EntryState, *, ended: bool | None = None) -> Count:
    """Entries of the card in this state, without those of services that ended."""
    which = Q(services__entries__state=state)
    if ended is False:
        which &= Q(services__ended_on=None) | Q(services__ended_on__gt=timezone.localdate())
    return Count("services__entries", which)


@step(perms.begin_cards)
def new(request: PersonRequest) -> HttpResponse:
    owners = without_card(request.person, timezone.localdate())
    return form_page(
        request,
        BeginCardForm(**sent(request), speaks_for=in_words(owners)),
        partial(cards.begin, by=request.actor),
        said="Założono kartę. Dodaj na nią usługi.",
        to=lambda card: card.url,
        title="Czyja karta usług?",
        lead=f"Każdy kooperant i Lider mają po jednej karcie ({SUBMITTING}).",
        back=Card.list_url(),
        crumbs=WAY,
        last="Nowa karta",
        submit="Załóż kartę",
    )


@step(perms.keep_community)
def new_community(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        CommunityCardForm(**sent(request), organisations=outside(timezone.localdate())),
        partial(cards.begin_community, by=request.actor),
        said="Założono kartę. Dodaj na nią usługi.",
        to=lambda card: card.url,
        title="Kto pomaga, choć nie jest kooperantem?",
        lead="Parafia, koło gospodyń, straż pożarna albo inna grupa, do której warto kogoś odesłać. "
        "Jej kartę prowadzi Lider. Jeśli nie ma jej na liście, wpisz ją najpierw do rejestru "
        "instytucji.",
        template="baskets/community.html",
        back=Card.list_url(),
        crumbs=WAY,
        last="Zasób społeczności",
        submit="Załóż kartę",
    )


@page(perms.see_card, find_any)
def show(request: PersonRequest, card: Card) -> HttpResponse:
    """Its services, each as it was said last, and what else its owner has; or the card that stays."""
    if card.retired and perms.see_card(request.person, card.stays):
        return redirect(card.stays.url)
    services, today = said_of(card), timezone.localdate()
    sees_score = perms.see_score(request.person, card)
    scores = scores_of(card, services, today) if sees_score else {}
    may_begin_master = perms.begin_master(request.person, card)
    shown = {
        "card": card,
        "eyebrow": "Karta zasobu społeczności" if card.is_community else "Karta usług",
        "services": [(one, said, scores.get(one.pk)) for one, said in services],
        "points": points_of(scores.values()),
        "due": sum(one.is_due(today) for one, _ in services),
        "gained": card.gained.select_related("source__organisation").order_by("merged_on", "pk"),
        "may_keep": perms.keep_card(request.person, card) and not card.retired,
        "may_begin_master": may_begin_master,
        "is_in_directory": may_begin_master and any(one.followed for one, _ in services),
    }
    return render(request, "baskets/card.html", shown)


@step(perms.keep_card, find)
def edit(request: PersonRequest, card: Card) -> HttpResponse:
    return form_page(
        request,
        CardForm(**sent(request), instance=card),
        partial(cards.edit, by=request.actor, card_id=card.pk),
        said="Zapisano zmiany.",
        to=card.url,
        title="Kompetencje i zasoby",
        eyebrow=card.owner,
        crumbs=[*WAY, (card.owner, card.url)],
    )


def _to_print(person: Person, pk: UUID, kind: str) -> tuple[Card, str]:
    return find(person, pk), kind


@page(perms.see_card, _to_print)
def printed(request: PersonRequest, card: Card, kind: str) -> HttpResponse:
    """The card on paper; one that takes long is made in the background."""
    context = card_context(card, request.actor.today)
    if is_long(SERVICE_CARD, context, FORMATS[kind]):
        return redirect(f"{card.url_of('prepare')}?plik={kind}")
    content = drawn(SERVICE_CARD, context, FORMATS[kind], by=request.actor)
    return file_response(content, name=_name(card, kind), content_type=FORMATS[kind])


def _name(card: Card, kind: str) -> str:
    return f"Karta usług – {card.owner}.{kind}"


@step(perms.see_card, find, again=True, act="plik karty usług")
def prepare(request: PersonRequest, card: Card) -> HttpResponse:
    """The file of a card that is too long to wait for."""
    kind = "docx" if request.GET.get("plik") == "docx" else "pdf"
    again_at = f"{card.url_of('prepare')}?plik={kind}"
    return question(
        request,
        forms.Form(**sent(request)),
        partial(
            prepare_card, by=request.actor, card=card, name=_name(card, kind), again_at=again_at
        ),
        crumbs=[*WAY, (card.owner, card.url)],
        last="Plik",
        question=f"Przygotować plik {kind.upper()} karty usług?",
        consequence="Karta jest długa, więc plik przygotujemy w tle. Damy znać, gdy będzie gotowy; "
        "pobierzesz go przez 7 dni.",
        undo="Niczego na karcie to nie zmienia.",
        danger=False,
        button="Przygotuj plik",
        said="",
        to=lambda prepared: prepared.url,
        back=card.url,
    )
