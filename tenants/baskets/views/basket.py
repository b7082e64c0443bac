"""The local basket of services: everything in it, or what was looked for (REG §3.3–3.4)."""

from functools import partial

from django.http import HttpResponse
from django.utils import timezone

from kooperacja.pages import list_page, page
from kooperacja.ui.polish import localtime, pl_date
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions.gaps import note_unfound
from tenants.baskets.basket import matching, seen_by
from tenants.baskets.facets import Here
from tenants.baskets.forms.basket import BasketFilter
from tenants.baskets.forms.searches import choices_of
from tenants.baskets.nearby import nearby
from tenants.baskets.said import Seen
from tenants.people.identity import PersonRequest


def _confirmed(seen: Seen) -> str:
    confirmed = seen.entry.service.confirmed_on
    return pl_date(confirmed) if confirmed else "jeszcze nie"


_COLUMNS = (
    Column(
        "nazwa",
        "Usługa",
        lambda one: one.entry.name,
        href=lambda one: one.entry.url,
        is_header=True,
    ),
    Column("kto", "Kto pomaga", lambda one: one.entry.service.card.helper),
    Column("dla", "Dla kogo", lambda one: one.entry.first_groups),
    Column("telefon", "Telefon", lambda one: one.phone, is_phone=True),
    Column("koszt", "Koszt", lambda one: one.entry.get_cost_display()),
    Column("uwagi", "Uwagi", lambda one: one.remarks),
    Column("potwierdzona", "Potwierdzona", _confirmed),
)


@page(perms.see_basket)
def listing(request: PersonRequest) -> HttpResponse:
    """The likeliest first where words were looked for, else by name."""
    all_seen = list(seen_by(partial(perms.reach_for, request.person), timezone.localdate()))
    here = Here(localtime(timezone.now()), nearby())
    form = BasketFilter(request.GET, all_seen, here.nearby)
    wanted = form.wanted
    matches = matching(all_seen, wanted, here)
    form.say_counts(matches)
    if wanted.szukaj and not matches:
        note_unfound(wanted.szukaj, here.now.date())
    return list_page(
        request,
        Table(
            request,
            [one.seen for one in matches if not one.fails],
            _COLUMNS,
            "Usługi",
            empty="Nic nie odpowiada temu, czego szukasz. Spróbuj innych słów albo mniej warunków.",
            nothing="W koszyku nie ma jeszcze żadnej usługi.",
        ),
        form,
        template="baskets/basket.html",
        saved_as=request.GET.urlencode() if choices_of(form) else "",
        title="Lokalny koszyk usług",
        lead=f"Kto i w czym pomaga ({perms.see_basket.clause}).",
        add=[
            ("Listy dla rodzin", "baskets:shortlists", perms.see_basket),
            ("Zapisane szukania", "baskets:searches", perms.see_basket),
            ("Zasoby i kompetencje", "baskets:resources", perms.see_resources),
            ("Zapytania o przyjęcie", "baskets:referrals", perms.see_basket),
            ("Wydania koszyka", "baskets:editions", perms.read_editions),
            ("Możliwe powtórzenia", "baskets:duplicates", perms.review),
            ("Potwierdzanie usług", "baskets:checks", perms.review),
        ],
        is_taken=True,
    )
