"""The roster of workers whom heads of members indicated for ZZK (REG §4.3)."""

from django.http import HttpResponse
from django.utils import timezone

from kooperacja.pages import list_page, page
from kooperacja.ui.polish import pl_date, polish_order
from kooperacja.ui.tables import Column, Table
from tenants.partnership import perms
from tenants.partnership.forms import RosterFilter
from tenants.partnership.models import DesignatedWorker
from tenants.people.identity import PersonRequest

_COLUMNS = (
    Column("osoba", "Pracownik", "person", sort=polish_order("person__full_name"), is_header=True),
    Column("stanowisko", "Stanowisko", "position", sort=polish_order("position")),
    Column(
        "instytucja",
        "Instytucja",
        lambda row: row.membership.organisation.name,
        sort=polish_order("membership__organisation__name"),
        href=lambda row: row.membership.organisation.url,
    ),
    Column(
        "sektor",
        "Sektor",
        lambda row: row.membership.organisation.get_sector_display(),
        sort="membership__organisation__sector",
    ),
    Column("od", "Wskazano od", "from_on", sort="from_on"),
    Column("kto", "Kto wskazał", "indicated_by"),
)


@page(perms.see_roster)
def show(request: PersonRequest) -> HttpResponse:
    """Who may be called to a ZZK today."""
    form, day = RosterFilter(request.GET), timezone.localdate()
    return list_page(
        request,
        Table(
            request,
            DesignatedWorker.objects.roster(day, **form.chosen),
            _COLUMNS,
            f"Wskazani pracownicy na dzień {pl_date(day)}",
            default="osoba",
            empty="Nikt nie odpowiada wybranym warunkom.",
        ),
        form,
        title="Pracownicy wskazani do ZZK",
        lead="Wskazały ich osoby kierujące instytucjami; są uprawnieni i zobowiązani do "
        f"współpracy w zadaniowych zespołach ({perms.see_roster.clause}).",
    )
