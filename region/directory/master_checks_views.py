"""Master cards that nobody confirmed in time, and the attempts of the ROPS to reach them (REG §3.5.a)."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import list_page, question, sent
from kooperacja.ui.polish import counted, polish_order
from kooperacja.ui.tables import Column, Table
from region.directory.masters_forms import MasterCallForm
from tenants.masters.actions import rounds
from tenants.masters.models import MasterCheck, MasterService
from tenants.masters.standing import due, keeping
from tenants.registry.perms import RegionRequest, region_page, region_step
from tenants.services.confirming import LETTERS

_HOME = ("Panel województwa", "panel:home")
_LIST = ("Karty do potwierdzenia", "master_checks:list")
_UPDATING = "§ 3 ust. 5 regulaminu"
_COLUMNS = (
    Column(
        "karta", "Instytucja", "card", sort=polish_order("card__name"), is_link=True, is_header=True
    ),
    Column("uslugi", "Usługi do potwierdzenia", "due", is_number=True),
    Column("od", "Pytamy od", "opened_on", sort="opened_on"),
    Column("stan", "Stan", lambda one: "brak kontaktu" if one.is_silent else "czeka na odpowiedź"),
    Column(
        "wiadomosci",
        "Wiadomości do opiekuna",
        lambda one: f"{one.letters} z {LETTERS}" if one.has_keeper else "nikt nie prowadzi karty",
    ),
    Column("telefon", "Telefon", "phone"),
    Column("proby", "Ostatnia próba kontaktu", "called_on"),
    Column(
        "zapis",
        "Bez odpowiedzi",
        lambda one: "zapisz próbę kontaktu",
        href=lambda one: reverse("master_checks:call", args=[one.pk]),
    ),
)


@region_page()
def late(request: RegionRequest) -> HttpResponse:
    """Cards of which something waits to be confirmed, the longest first."""
    return list_page(
        request,
        Table(
            request,
            _late(),
            _COLUMNS,
            "Karty do potwierdzenia",
            default="od",
            empty="Każda karta w katalogu jest potwierdzona.",
        ),
        title="Karty do potwierdzenia",
        lead="Opiekun karty potwierdza jej usługi raz dla wszystkich jednostek. Piszemy do niego "
        "cztery razy, co dwa tygodnie. Gdy nie odpowiada albo karty nikt nie prowadzi, dzwoni ROPS: "
        f"potwierdzenie zapisuje przy usłudze, nieudaną próbę tutaj ({_UPDATING}).",
        crumbs=[_HOME],
        add=[("Karty w katalogu", "directory:masters", lambda _: True)],
    )


def _late() -> Any:
    waiting = due(timezone.localdate()).filter(card=OuterRef("card")).order_by()
    counts = waiting.values("card").annotate(n=Count("pk")).values("n")
    phones: Any = MasterService.objects.filter(~Q(phone=""), card=OuterRef("card")).order_by("name")
    rows = MasterCheck.objects.filter(Exists(waiting), closed_on=None).select_related("card")
    return rows.annotate(
        due=Subquery(counts),
        is_silent=Exists(waiting.exclude(silent_since=None)),
        has_keeper=Exists(keeping().filter(card=OuterRef("card"))),
        phone=Subquery(phones.values("phone")[:1]),
        called_on=Max("calls__called_on"),
    )


def find_check(pk: UUID) -> MasterCheck:
    return get_object_or_404(MasterCheck.objects.select_related("card"), pk=pk)


@region_step(find_check)
def call(request: RegionRequest, check: MasterCheck) -> HttpResponse:
    tried = counted(check.calls.count(), "próba", "próby", "prób")
    return question(
        request,
        MasterCallForm(**sent(request)),
        partial(rounds.call, by=request.actor, check_id=check.pk),
        ready=partial(rounds.require_no_answer, check),
        said="Zapisano próbę kontaktu.",
        to=_LIST[1],
        crumbs=[_HOME, _LIST],
        last="Próba kontaktu",
        question=f"{check.card}: nikt nie odpowiedział?",
        consequence=f"Dotąd: {tried}. Po drugiej przy usługach z tej karty stanie „brak kontaktu” "
        "u wszystkich jednostek, które je przyjęły.",
        clause=_UPDATING,
        undo="Zniknie to, gdy opiekun karty albo ROPS potwierdzi usługę.",
        button="Zapisz próbę kontaktu",
        danger=False,
    )
