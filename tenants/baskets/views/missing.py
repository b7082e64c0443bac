"""Kooperanci whose card of services is missing, and one step that reminds them all (REG §3.2)."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import OuterRef
from django.http import HttpResponse
from django.utils import timezone

from kooperacja.notifications import reminders
from kooperacja.pages import list_page, page, question, sent, step
from kooperacja.ui.polish import counted, polish_order
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions import missing
from tenants.baskets.missing import card_said, lead_owes
from tenants.baskets.standing import members_on
from tenants.baskets.views.cards import WAY
from tenants.baskets.workflow import SUBMITTING
from tenants.people.identity import PersonRequest

_REMINDING = [("Przypomnij wszystkim", "baskets:cards_remind", perms.review)]
_TIMES = ("raz", "razy", "razy")
_MEMBERS = ("kooperanta", "kooperantów", "kooperantów")
_TO_INSTITUTIONS = ("instytucji", "instytucjom", "instytucjom")


def _reminded(row: Any) -> str:
    said = counted(row.times, *_TIMES) if row.times else "jeszcze nie"
    return said if row.has_voice else f"{said} (nikt nie mówi w jej imieniu)"


_COLUMNS = (
    Column(
        "kto",
        "Instytucja",
        lambda row: row.organisation.name,
        sort=polish_order("organisation__name"),
        href=lambda row: row.organisation.url,
        is_header=True,
    ),
    Column("od", "Kooperant od", "from_on", sort="from_on"),
    Column("karta", "Karta usług", card_said),
    Column("przypomniano", "Przypomniano", _reminded),
)


@page(perms.see_all_cards)
def listing(request: PersonRequest) -> HttpResponse:
    """Kooperanci of today of whom the Lider has no card yet."""
    today = timezone.localdate()
    rows = missing.with_turns(today).annotate(times=reminders.times(OuterRef("pk")))
    table = Table(
        request,
        rows,
        _COLUMNS,
        "Bez karty usług",
        default="od",
        empty="Każdy kooperant przekazał kartę usług.",
    )
    return list_page(
        request,
        table,
        title="Kto nie przekazał karty usług",
        lead=_lead(len(members_on(today)), table),
        crumbs=WAY,
        last="Brakujące karty",
        add=_REMINDING if missing.to_remind(today).exists() else (),
        is_taken=True,
    )


def _lead(members: int, table: Any) -> str:
    given = members - table.page.total
    said = f"Kartę usług przekazało {given} z {counted(members, *_MEMBERS)} ({SUBMITTING})."
    return f"{said} Karty Lidera też jeszcze nie ma." if lead_owes() else said


@step(perms.review)
def remind(request: PersonRequest) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(missing.remind_all, by=request.actor),
        said=lambda count: f"Przypomniano {counted(count, *_TO_INSTITUTIONS)}.",
        to="baskets:cards_missing",
        crumbs=[*WAY, ("Brakujące karty", "baskets:cards_missing")],
        last="Przypomnienie",
        question="Przypomnieć o karcie usług wszystkim, którzy jej nie przekazali?",
        consequence="Dostaną powiadomienie ci, którzy mówią w imieniu tych instytucji. Kto dostał "
        "je w ostatnich dwóch tygodniach, drugiego nie dostanie, a razem jedna instytucja dostanie "
        "najwyżej cztery.",
        clause=SUBMITTING,
        button="Przypomnij",
        danger=False,
    )
