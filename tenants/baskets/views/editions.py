"""Numbered editions of the basket: issued by the Lider, read by all members, printed as leaflets."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import list_page, page, question, sent, step
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions import editions
from tenants.baskets.editions import Changed, Printed, read
from tenants.baskets.forms.basket import IssueForm
from tenants.baskets.models.editions import Edition
from tenants.baskets.models.services import Service
from tenants.baskets.printing import leaflets_of, since_of
from tenants.baskets.workflow import INTEGRATING
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person

WAY = [("Koszyk usług", Service.LIST_PAGE), ("Wydania", Edition.LIST_PAGE)]
_COLUMNS = (
    Column("wydanie", "Wydanie", lambda one: f"nr {one.number}", is_link=True, sort="number"),
    Column("dzien", "Wydane", "issued_on"),
    Column("kto", "Kto wydał", "issued_by_name"),
)
_SERVICES = (
    Column(
        "nazwa",
        "Usługa",
        "name",
        href=lambda one: "" if one.is_hole else one.url,
        is_header=True,
    ),
    Column("kto", "Kto pomaga", "owner"),
    Column("dla", "Dla kogo", lambda one: "" if one.is_hole else one.entry.first_groups),
    Column("telefon", "Telefon", lambda one: "" if one.is_hole else one.phone, is_phone=True),
    Column("uwagi", "Uwagi", "remarks"),
)


_LEAFLETS = (
    Column(
        "dla",
        "Dla kogo",
        lambda one: f"{one.label} (PDF)",
        href=lambda one: one.url_of("pdf"),
        is_header=True,
    ),
    Column("ile", "Usługi w ulotce", "count", is_number=True),
    Column("bez", "Pominięte usługi", "left", is_number=True),
    Column(
        "word",
        "Do zmiany w edytorze",
        lambda one: "Word" if one.count else "",
        href=lambda one: one.url_of("docx"),
    ),
)

find = visible(Edition, perms.read_edition, "Nie ma takiego wydania")


@page(perms.read_editions)
def listing(request: PersonRequest) -> HttpResponse:
    # An edition that would say nothing new is refused, so none is offered.
    offered = perms.issue_editions(request.person) and editions.has_news(timezone.localdate())
    issue = ("Wydaj koszyk", "baskets:edition_new", perms.issue_editions)
    return list_page(
        request,
        Table(
            request,
            Edition.objects.all(),
            _COLUMNS,
            "Wydania koszyka",
            default="-wydanie",
            empty="Koszyka jeszcze nie wydano.",
        ),
        lead="Koszyk usług taki, jaki był w dniu wydania, i zmiany od poprzedniego "
        f"({perms.read_editions.clause}).",
        crumbs=WAY[:1],
        last="Wydania",
        add=[issue] if offered else [],
    )


@step(perms.issue_editions)
def new(request: PersonRequest) -> HttpResponse:
    coming = editions.next_one(timezone.localdate())
    items, since = editions.prepared(coming)
    counts = f"Znajdą się w nim usługi, które są teraz w koszyku: {len(items)}."
    if coming.before:
        counts += f" Od wydania nr {coming.before.number}: {since.said}."
    return question(
        request,
        IssueForm(**sent(request)),
        partial(editions.issue, by=request.actor),
        ready=partial(editions.require_news, coming, items, since),
        said=lambda edition: (
            f"Wydano koszyk: wydanie nr {edition.number}. Członkowie dostali wiadomość."
        ),
        to=lambda edition: edition.url,
        back=Edition.list_url(),
        crumbs=WAY,
        last="Nowe wydanie",
        question=f"Wydać koszyk jako wydanie nr {coming.number}?",
        consequence=f"{counts} Wiadomość dostaną wszyscy członkowie.",
        clause=INTEGRATING,
        undo="Wydania nie można zmienić ani usunąć. Gdy coś się zmieni, można wydać następne.",
        button="Wydaj koszyk",
        danger=False,
    )


@page(perms.read_edition, find)
def show(request: PersonRequest, edition: Edition) -> HttpResponse:
    """Its services as its reader may read them today, and what changed since the one before."""
    reach_for = partial(perms.reach_for, request.person)
    printed = read(edition, reach_for)
    shown = {
        "edition": edition,
        "since": since_of(edition, printed, reach_for),
        "table": Table(
            request,
            printed,
            _SERVICES,
            "Usługi w tym wydaniu",
            empty="Z tego wydania nie możesz przeczytać żadnej usługi.",
        ),
        "holes": sum(one.is_hole for one in printed),
    }
    return render(request, "baskets/edition.html", shown)


def _find_item(person: Person, pk: UUID, item: UUID) -> tuple[Edition, Printed, Changed | None]:
    edition: Edition = find(person, pk)
    reach_for = partial(perms.reach_for, person)
    printed = read(edition, reach_for)
    one = next((one for one in printed if one.item.pk == item and not one.is_hole), None)
    if one is None:
        raise Http404
    since = since_of(edition, printed, reach_for)
    changed = since.changed if since else []
    return edition, one, next((each for each in changed if each.printed is one), None)


@page(perms.read_edition, _find_item)
def item(
    request: PersonRequest, edition: Edition, printed: Printed, changed: Changed | None
) -> HttpResponse:
    """One service of an edition, and what it said before."""
    shown = {"edition": edition, "printed": printed, "changed": changed}
    return render(request, "baskets/edition_item.html", shown)


@page(perms.read_edition, find)
def leaflets(request: PersonRequest, edition: Edition) -> HttpResponse:
    """A leaflet for each group, and how many services are kept from it."""
    table = Table(request, leaflets_of(edition), _LEAFLETS, "Ulotki", empty="")
    return render(request, "baskets/leaflets.html", {"edition": edition, "table": table})
