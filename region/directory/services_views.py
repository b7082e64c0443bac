"""Pages of the services of the whole region: what was looked for, and one of them (REG §3.4, §5.1.g)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.accounts.limits import is_within
from kooperacja.pages import list_page
from kooperacja.tenancy.urls import root_reverse, tenant_reverse
from kooperacja.ui.polish import localtime, pl_date
from kooperacja.ui.problems import Problem
from kooperacja.ui.tables import Column, Table
from region.directory.counting import counts
from region.directory.finding import Found
from region.directory.forms import DirectoryFilter
from region.directory.models import Listed, PartnersService
from region.directory.perms import seen_by
from tenants.services import said

# A network of an office may have many people behind it, a program that takes everything has the API.
ASKED, SECONDS = 240, 600
# Nobody reads more; whoever found so many chooses more closely.
MOST = 500
_NOTHING_FOUND = (
    "Nic nie odpowiada temu, czego szukasz. Napisz inaczej, na przykład jednym słowem, albo wybierz "
    "mniej warunków."
)


def _confirmed(row: Listed) -> str:
    confirmed = row.said.confirmed_on
    return pl_date(confirmed) if confirmed else "jeszcze nie"


def _units(row: Listed) -> str:
    return row.tenant.label if row.units == 1 else f"w {row.units} jednostkach"


def _url(row: Listed) -> str:
    return root_reverse("directory:service", row.pk)


COLUMNS = (
    Column("nazwa", "Usługa", lambda one: one.said.name, href=_url, is_header=True),
    Column("kto", "Kto pomaga", lambda one: one.said.owner_name),
    Column("jednostka", "Jednostka", _units),
    Column("dla", "Dla kogo", lambda one: said.first_groups(one.said.groups)),
    Column("telefon", "Telefon", lambda one: one.said.phone, is_phone=True),
    Column("koszt", "Koszt", lambda one: said.cost(one.said)),
    Column("uwagi", "Uwagi", lambda one: said.remarks(one.said, timezone.localdate())),
    Column("potwierdzona", "Potwierdzona", _confirmed),
)


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """The likeliest first where words were looked for, else by name."""
    _require_pace(request)
    form = DirectoryFilter(request.GET)
    wanted, now = form.wanted, localtime(timezone.now())
    found = Found(seen_by(request.user), wanted, now, MOST)
    if 0 < len(found) < MOST:
        form.say_counts(counts(found, wanted))
    return list_page(
        request,
        Table(
            request,
            found,
            COLUMNS,
            "Usługi",
            empty=_NOTHING_FOUND,
            nothing="Żadna jednostka nie udostępniła jeszcze usługi.",
        ),
        form,
        template="directory/services.html",
        most=MOST,
        title="Katalog usług",
        lead="Kto i w czym pomaga w całym województwie. Napisz własnymi słowami, na przykład: "
        "obiady dla starszych, psycholog, nie mam gdzie spać. Nie wpisuj nazwisk.",
    )


def _require_pace(request: HttpRequest) -> None:
    """A stranger looks as fast as people do."""
    if request.user.is_authenticated or not request.GET:
        return
    if not is_within(request, action="directory", most=ASKED, seconds=SECONDS):
        raise Problem(
            "Za dużo wyszukiwań z jednego miejsca",
            "Poczekaj kilka minut i wyszukaj ponownie.",
            status=429,
            href=reverse("directory:services"),
        )


@require_safe
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that its readers may know of a service; of one that went, that it did."""
    row = seen_by(request.user).filter(pk=pk).select_related("tenant__unit").first()
    if row is None:
        raise Http404
    day = timezone.localdate()
    if row.withdrawn_at is not None or (row.ends_on is not None and row.ends_on < day):
        raise Problem(
            "Tej usługi nie ma już w katalogu",
            "Instytucja jej nie prowadzi albo nie pokazuje jej wszystkim. Poszukaj podobnej.",
            status=410,
            href=reverse("directory:services"),
            action="Szukaj w katalogu",
        )
    return render(request, "directory/service.html", _shown(request, row))


def _shown(request: HttpRequest, row: Listed) -> dict[str, Any]:
    facts, day = row.said, timezone.localdate()
    return {
        "row": row,
        "facts": facts,
        "office": tenant_reverse(row.tenant.ref, "join"),
        "elsewhere": list(_elsewhere(row, day)),
        "remarks": said.remarks(facts, day),
        "sections": list(said.sections(facts, day)),
        "dates": [
            ("Potwierdzona", pl_date(facts.confirmed_on) or "jeszcze nie"),
            ("Treść zmieniona", pl_date(facts.changed_on)),
            ("Przejrzana przez Lidera", pl_date(facts.reviewed_on)),
        ],
        "is_partner": isinstance(row, PartnersService),
    }


def _elsewhere(row: Listed, day: date) -> Iterator[tuple[str, str, str]]:
    """Other units that list the same service of a master card: unit, address of the page, place."""
    if row.copy_of is None:
        return
    rows = type(row)._default_manager.copies([row.copy_of], day).exclude(pk=row.pk)
    for one in rows.select_related("tenant__unit").order_by("tenant__unit__code", "pk"):
        yield one.tenant.label, _url(one), said.address(one.said)
