"""Campaigns of the Lider, and how far each card has come (REG §3.5.a)."""

from collections import Counter
from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst

from kooperacja.pages import Crumbs, form_page, list_page, page, question, row, sent, step
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import counted
from kooperacja.ui.search import is_matching
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.baskets import perms
from tenants.baskets.actions import campaigns
from tenants.baskets.forms.campaigns import CampaignFilter, CampaignForm
from tenants.baskets.models.campaigns import Campaign, Progress
from tenants.baskets.progress import CardProgress, cards_of
from tenants.baskets.views.cards import WAY
from tenants.baskets.views.checking import LIST
from tenants.baskets.workflow import UPDATING, CampaignState
from tenants.people.identity import PersonRequest

_WAY: list[tuple[str, str]] = [*WAY[:1], LIST]
_CAMPAIGNS = ("Kampanie", Campaign.LIST_PAGE)
_find = row(Campaign)
_COLUMNS = (
    Column("nazwa", "Kampania", "name", is_link=True),
    Column("od", "Od", "from_on", sort="from_on"),
    Column("do", "Do", "until_on", sort="until_on"),
    Column("stan", "Stan", "get_state_display"),
)
_CARDS = (
    Column(
        "kto",
        "Czyja karta",
        lambda one: one.card.owner,
        sort="kto",
        href=lambda one: one.card.url,
        is_header=True,
    ),
    Column("stan", "Stan", lambda one: one.progress.label, sort="stan"),
    Column("uslugi", "Usługi", "services", is_number=True),
    Column("gotowe", "Potwierdzone", "settled", is_number=True),
    Column("kontakt", "Kontakt", "contact"),
)
_TALLY = (
    (Progress.TODO, "do zrobienia"),
    (Progress.BEGUN, "zaczęte"),
    (Progress.DONE, "zrobione"),
    (Progress.DENIED, "odmowa"),
    (Progress.SILENT, "brak kontaktu"),
)
_STEP = Column("krok", "Następny krok", lambda one: one.step.words, href=lambda one: one.step.href)


@page(perms.review)
def listing(request: PersonRequest) -> HttpResponse:
    return list_page(
        request,
        Table(
            request,
            Campaign.objects.all(),
            _COLUMNS,
            "Kampanie",
            default="-od",
            empty="Nie było jeszcze żadnej kampanii.",
        ),
        lead="Kampania obejmuje usługi, które w jej czasie trzeba potwierdzić, i pokazuje, jak daleko "
        f"jest każda karta. Bez kampanii pytamy tak samo ({UPDATING}).",
        add=[("Zaplanuj kampanię", "baskets:campaign_new", perms.review)],
        crumbs=_WAY,
        last="Kampanie",
    )


@step(perms.review)
def new(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        CampaignForm(**sent(request)),
        partial(campaigns.plan, by=request.actor),
        said="Zaplanowano kampanię. Sprawdź jej karty i rozpocznij ją.",
        to=lambda campaign: campaign.url,
        back=Campaign.list_url(),
        title="Nowa kampania",
        crumbs=[*_WAY, _CAMPAIGNS],
        submit="Zaplanuj kampanię",
    )


@page(perms.review, _find)
def show(request: PersonRequest, campaign: Campaign) -> HttpResponse:
    """Each card with its state and the next step, chosen by state and name."""
    form = CampaignFilter(request.GET)
    cards = cards_of(campaign, timezone.localdate())
    numbers = Counter(one.progress for one in cards)
    return list_page(
        request,
        Table(
            request,
            _chosen(cards, **form.chosen),
            _CARDS if campaign.has_finished else (*_CARDS, _STEP),
            campaign.name,
            empty="Żadna karta nie ma tego stanu ani nazwy.",
            nothing="W tym czasie nie trzeba potwierdzać żadnej usługi.",
        ),
        form,
        template="baskets/campaign.html",
        campaign=campaign,
        numbers=[(said, numbers[state]) for state, said in _TALLY if numbers[state]],
        lead=f"{capfirst(campaign.get_state_display())}: {campaign.days_said}, "
        f"{counted(len(cards), 'karta', 'karty', 'kart')} ({UPDATING}).",
        crumbs=[*_WAY, _CAMPAIGNS],
        last=campaign.name,
        is_taken=True,
    )


def _chosen(cards: list[CardProgress], *, szukaj: str = "", stan: str = "") -> list[CardProgress]:
    return [
        one
        for one in cards
        if (not stan or one.progress == stan) and is_matching(szukaj, one.card.owner)
    ]


def _crumbs(campaign: Campaign) -> Crumbs:
    return [*_WAY, _CAMPAIGNS, (campaign.name, campaign.url)]


@step(perms.review, _find)
def start(request: PersonRequest, campaign: Campaign) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=campaign),
        partial(campaigns.start, by=request.actor, campaign_id=campaign.pk),
        ready=partial(require_may, campaign, CampaignState.RUNNING, request.actor),
        said="Kampania trwa.",
        to=campaign.url,
        crumbs=_crumbs(campaign),
        question="Rozpocząć kampanię?",
        consequence="O usługi, których termin już minął, zapytamy najbliższej nocy, o inne w dniu ich "
        "terminu: najwyżej cztery wiadomości, co dwa tygodnie. Kampania skończy się sama, gdy minie "
        "jej ostatni dzień i na nikogo nie będzie się już czekać.",
        clause=UPDATING,
        undo="Kampanię można w każdej chwili zakończyć.",
        button="Rozpocznij kampanię",
        danger=False,
    )


@step(perms.review, _find)
def discard(request: PersonRequest, campaign: Campaign) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=campaign),
        partial(campaigns.discard, by=request.actor, campaign_id=campaign.pk),
        ready=partial(require_may, campaign, CampaignState.RUNNING, request.actor),
        said="Usunięto szkic kampanii.",
        to=Campaign.list_url(),
        back=campaign.url,
        crumbs=_crumbs(campaign),
        question="Usunąć szkic kampanii?",
        consequence="Kampania zniknie ze spisu. O usługi pytamy tak samo bez niej.",
        clause=UPDATING,
        button="Usuń szkic",
    )


@step(perms.review, _find)
def finish(request: PersonRequest, campaign: Campaign) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=campaign),
        partial(campaigns.finish, by=request.actor, campaign_id=campaign.pk),
        ready=partial(require_may, campaign, CampaignState.FINISHED, request.actor),
        said="Zakończono kampanię.",
        to=campaign.url,
        crumbs=_crumbs(campaign),
        question="Zakończyć kampanię?",
        consequence="Stan każdej karty zostanie taki, jaki jest dziś. Kto nie odpowiedział, będzie "
        "pytany jak zwykle.",
        clause=UPDATING,
        button="Zakończ kampanię",
    )
