"""Services are confirmed a card at a time, and the office sees who has not answered (REG §3.5.a)."""

from functools import partial

from django.db.models import Count, Max, OuterRef, Subquery
from django.http import HttpResponse
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.polish import counted
from kooperacja.ui.problems import Problem
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions import checking
from tenants.baskets.forms.checking import CallForm, CheckAnswerForm
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.owners import speaks_for
from tenants.baskets.said import described
from tenants.baskets.standing import answerable_on, due_on, of_lead, of_today
from tenants.baskets.views.cards import WAY, find
from tenants.baskets.workflow import UPDATING, CheckState
from tenants.people.identity import PersonRequest, visible
from tenants.services.confirming_forms import ReachedForm

_ROWS = CardCheck.objects.select_related("card__organisation")
_find = visible(_ROWS, perms.see_check, "Nie ma takiej sprawy")
LIST = ("Potwierdzanie usług", CardCheck.LIST_PAGE)
_COLUMNS = (
    Column("kto", "Czyja karta", lambda one: one.card.owner, is_link=True, is_header=True),
    Column("uslugi", "Usługi do potwierdzenia", "due", is_number=True),
    Column("od", "Pytamy od", "opened_on", sort="opened_on"),
    Column("stan", "Stan", "get_state_display"),
    Column("proby", "Ostatnia próba kontaktu", "called_on"),
    Column(
        "telefon",
        "Bez odpowiedzi",
        lambda one: "zapisz próbę kontaktu" if one.waits else "",
        href=lambda one: one.call_url if one.waits else "",
    ),
    Column(
        "odmowa",
        "Nie chce odpowiedzieć",
        lambda one: "zapisz odmowę" if one.waits else "",
        href=lambda one: one.deny_url if one.waits else "",
    ),
)


@step(perms.keep_card, find)
def answer(request: PersonRequest, card: Card) -> HttpResponse:
    """Every due service of the card with its answer."""
    due = list(answerable_on(request.actor.today).filter(card=card).order_by("name", "pk"))
    form = CheckAnswerForm(
        **sent(request),
        due=due,
        described=described(due, request.actor.today),
        is_own=speaks_for(request.person, card),
    )
    return form_page(
        request,
        form,
        partial(checking.answer, by=request.actor, card_id=card.pk),
        ready=partial(_require_due, due, card),
        said="Dziękujemy, odpowiedzi są zapisane.",
        to=card.url,
        title="Czy opisy usług są prawdziwe?",
        eyebrow=card.owner,
        lead="Każdy opis trzeba potwierdzić co najmniej raz w roku "
        f"({UPDATING}). Gdy coś się zmieniło, napisz tutaj co, a potem popraw opis usługi.",
        crumbs=[*WAY, (card.owner, card.url)],
        last="Potwierdzanie",
        submit="Zapisz odpowiedzi",
    )


def _require_due(due: list[Service], card: Card) -> None:
    if not due:
        raise Problem(
            "Nie ma czego potwierdzać",
            "Nic z tej karty nie czeka na potwierdzenie.",
            clause=UPDATING,
            at=card,
        )


@page(perms.review)
def listing(request: PersonRequest) -> HttpResponse:
    """Owners who have not answered yet, whoever waits longest first."""
    today = timezone.localdate()
    due = due_on(today).filter(card=OuterRef("card")).order_by()
    counts = due.values("card").annotate(n=Count("pk")).values("n")
    rows = _ROWS.exclude(state=CheckState.DONE).exclude(of_lead(today))
    rows = rows.filter(of_today(today))
    return list_page(
        request,
        Table(
            request,
            rows.annotate(due=Subquery(counts), called_on=Max("calls__called_on")),
            _COLUMNS,
            "Potwierdzanie usług",
            default="od",
            empty="Nikt nie zalega z odpowiedzią.",
        ),
        add=[
            ("Lista telefoniczna (PDF)", "baskets:calls_pdf", perms.review),
            ("Kampanie", "baskets:campaigns", perms.review),
        ],
        crumbs=WAY[:1],
        last="Potwierdzanie usług",
        lead="Kto ma potwierdzić, że opisy jego usług są prawdziwe. Piszemy do niego cztery razy, "
        f"co dwa tygodnie; potem trzeba zadzwonić ({UPDATING}).",
        is_taken=True,
    )


@step(perms.review, _find)
def call(request: PersonRequest, check: CardCheck) -> HttpResponse:
    before = check.calls.count()
    tried = counted(before, "próba", "próby", "prób")
    return question(
        request,
        CallForm(**sent(request)),
        partial(checking.call, by=request.actor, check_id=check.pk),
        ready=partial(checking.require_no_answer, check),
        said="Zapisano próbę kontaktu.",
        to=CardCheck.list_url(),
        crumbs=[*WAY[:1], LIST],
        last="Próba kontaktu",
        question=f"{check.card.owner}: nikt nie odpowiedział?",
        consequence=f"Dotąd: {tried}. Po drugiej przy usługach z tej karty stanie „brak kontaktu”.",
        clause=UPDATING,
        undo="Zniknie to, gdy instytucja odpowie.",
        button="Zapisz próbę kontaktu",
        danger=False,
    )


@step(perms.review, _find)
def deny(request: PersonRequest, check: CardCheck) -> HttpResponse:
    return question(
        request,
        ReachedForm(**sent(request)),
        partial(checking.deny, by=request.actor, check_id=check.pk),
        ready=partial(checking.require_no_answer, check),
        said="Zapisano odmowę.",
        to=CardCheck.list_url(),
        crumbs=[*WAY[:1], LIST],
        last="Odmowa",
        question=f"{check.card.owner}: nie chce odpowiedzieć?",
        consequence="Przez rok nie zapytamy o te usługi. Zostaną w koszyku z ostrzeżeniem, że nikt "
        "ich nie potwierdził; tę, której już nie ma, zakończ na jej stronie.",
        clause=UPDATING,
        undo="Gdy jednak odpowie, wpisz to na jej karcie: Potwierdź usługi.",
        button="Zapisz odmowę",
        danger=False,
    )
