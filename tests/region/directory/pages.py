"""The public pages of types of services, the same as files, and master cards for those who keep them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from uuid6 import uuid7

from region.directory.columns import columns_of
from region.directory.models import Listed, ListedService, PartnersService
from tenants.masters.actions import services
from tenants.masters.models import MasterCheck, MasterReport, MasterService
from tenants.registry.models import Tenant
from tenants.schemas import provisioning
from tenants.services.hours import kept
from tenants.services.listed import ListedFacts
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tests.declared import (
    FILE,
    NO_FORM,
    NOTHING,
    PUBLIC,
    REGION,
    SIGNED_IN,
    Page,
    Rows,
    SharedPage,
)
from tests.factories import accounts
from tests.factories import masters as make_masters
from tests.factories import people as make_people
from tests.factories import types as make_types
from tests.factories.baskets import OFFICE_HOURS

# Whoever signed in and has no second factor yet sets it first; signed out it is open to them too.
OPEN = "ooooot"
# Those who keep a card, and the coordinators of the ROPS, see it; its keepers alone change it.
SEEN, SEEN_POST = "rnooot", "rnmmmt"
KEPT, KEPT_POST = "rnonnt", "rnunnt"
ASKED, ASKED_POST = "rnonnt", "rnwnnt"
SETTLED, SETTLED_POST = "rnooot", "rnwuut"
LET_IN, LET_IN_POST = "rnoost", "rnwwst"

PAGES = [
    SharedPage(
        "directory:services",
        OPEN,
        NO_FORM,
        7,
        seen=(
            "",
            "?szukaj=poradnia&dla=SENIORS&teraz=on",
            "?teren=160501&odleglosc=20&wiek=7",
            "?szukaj=swietlica",
            NOTHING,
        ),
    ),
    SharedPage(
        "directory:service",
        OPEN,
        NO_FORM,
        4,
        of="listed_service",
        seen=("listed_service", "listed_bare", "listed_stopped"),
    ),
    Page("public_basket", PUBLIC, 0, seen=("", NOTHING)),
    Page("unit_types_ttl", PUBLIC, 0, seen=FILE),
    Page("unit_types_jsonld", PUBLIC, 0, seen=FILE),
    SharedPage(
        "directory:types",
        OPEN,
        NO_FORM,
        2,
        seen=("", "?szukaj=obiady+w+szkole", "?szukaj=hipopotam"),
    ),
    SharedPage(
        "directory:type",
        OPEN,
        NO_FORM,
        2,
        of="service_type",
        seen=("wytchnienie", "pogrzeb"),
    ),
    SharedPage("directory:types_ttl", OPEN, NO_FORM, 2, seen=FILE),
    SharedPage("directory:types_jsonld", OPEN, NO_FORM, 2, seen=FILE),
    SharedPage("added_types:list", REGION, NO_FORM, 5),
    SharedPage("added_types:new", REGION, "rdduut", 4),
    SharedPage("added_types:edit", REGION, "rdduut", 5, of="region_type"),
    SharedPage("added_types:end", REGION, "rddwwt", 5, of="region_type"),
    SharedPage("directory:masters", SIGNED_IN, "rmmmmt", 6),
    SharedPage("directory:master_card", SEEN, SEEN_POST, 8, of="master_card"),
    SharedPage("directory:master_new", KEPT, KEPT_POST, 5, of="master_card"),
    SharedPage("directory:keeper_let_in", LET_IN, LET_IN_POST, 4, of="master_asked"),
    SharedPage("directory:keeper_refuse", LET_IN, LET_IN_POST, 4, of="master_asked"),
    SharedPage("directory:keeper_end", LET_IN, LET_IN_POST, 4, of="master_asked"),
    SharedPage(
        "directory:master",
        SEEN,
        SEEN_POST,
        7,
        of="master_service",
        seen=("master_service", "master_stopped", "master_withdrawn"),
    ),
    SharedPage("directory:master_edit", KEPT, KEPT_POST, 5, of="master_service"),
    SharedPage("directory:master_elsewhere", KEPT, KEPT_POST, 5, of="master_service"),
    SharedPage("directory:master_confirm", SETTLED, SETTLED_POST, 5, of="master_service"),
    SharedPage("directory:master_report", SETTLED, "rnwwwt", 4, of="master_report"),
    SharedPage("directory:master_cycle", KEPT, KEPT_POST, 5, of="master_service"),
    SharedPage("master_checks:list", REGION, NO_FORM, 5),
    SharedPage("master_checks:call", REGION, "rdduut", 6, of="master_check"),
    SharedPage("directory:master_stop", ASKED, KEPT_POST, 5, of="master_service"),
    SharedPage("directory:master_resume", ASKED, ASKED_POST, 4, of="master_stopped"),
    SharedPage("directory:master_end", SETTLED, "rnuuut", 5, of="master_service"),
    SharedPage("directory:master_withdraw", ASKED, ASKED_POST, 5, of="master_service"),
]


def _stopped_master(rows: Rows) -> MasterService:
    service = make_masters.service(rows["owner"], rows["kept_master"], name="Poradnia z przerwą")
    today = timezone.localdate()
    by = accounts.acting(rows["owner"])
    return services.stop(
        by=by, service_id=service.pk, from_on=today, until_on=None, why="remont dachu"
    )


def _withdrawn_master(rows: Rows) -> MasterService:
    service = make_masters.service(
        rows["owner"], rows["kept_master"], name="Poradnia, której nie ma"
    )
    by = accounts.acting(rows["owner"])
    return services.withdraw(by=by, service_id=service.pk, why="koniec projektu")


def _late_card(rows: Rows) -> UUID:
    """The round of a card of which nothing was ever confirmed."""
    card = rows["kept_master"]
    make_masters.service(rows["owner"], card, name="Poradnia, której nikt nie potwierdził")
    return MasterCheck.objects.create(card=card, opened_on=timezone.localdate()).pk


def _report(rows: Rows) -> UUID:
    """A mistake that a reader of a unit told of."""
    service = make_masters.service(rows["owner"], rows["kept_master"], name="Poradnia z błędem")
    said = {"text": "Nikt nie odbiera telefonu.", "reported_on": timezone.localdate()}
    return MasterReport.objects.create(service=service, tenant_id=rows["tenant"].id, **said).pk


def _listed(**values: Any) -> UUID:
    """A service as a gmina lists it, for anybody and for partners alike."""
    tenant = Tenant.objects.select_related("unit").get(unit__code="160501")
    said = {"name": "Poradnia", "type_code": "psycholog", "owner_name": "Fundacja", **values}
    columns = columns_of(ListedFacts(**said), tenant.unit.code)
    key, changed_at = uuid7(), timezone.now()
    for model in (ListedService, PartnersService):
        _let_write(model)
        model(id=key, tenant=tenant, revision=1, content_changed_at=changed_at, **columns).save()
    return key


def _let_write(model: type[Listed]) -> None:
    """Opening the units of the place has set the rights of the shared plane anew."""
    login = settings.DATABASES["shared"]["USER"]
    with provisioning.owner() as connection:
        connection.execute(f"GRANT INSERT ON public.{model._meta.db_table} TO {login}")


def _long(rows: Rows) -> UUID:
    """All that can be said, at length."""
    today = timezone.localdate()
    return _listed(
        name=f"Poradnia {make_people.LONG}"[:200],
        owner_name=f"Stowarzyszenie {make_people.LONG}",
        about="Rozmowa z psychologiem, gdy w domu jest trudno.\nTakże dla całych rodzin.",
        groups=tuple(one for one in Group if one != Group.ALL),
        ways=tuple(Way),
        languages=tuple(Language),
        cost=Cost.PARTLY,
        cost_about="20 zł za godzinę, zależnie od dochodu",
        hours=kept(OFFICE_HOURS),
        places=3,
        waiting_days=14,
        counted_on=today,
        street="ul. Zmyślona 1",
        postal_code="00-000",
        city="Wymyślonowo",
        features={Feature.STEP_FREE: Has.YES, Feature.LIFT: Has.NO},
        contact_name="Anna Przykładowa-Zmyślona",
        phone="77 400 00 01",
        email="poradnia@pokaz.example",
        website="https://pokaz.example/poradnia",
        changed_on=today,
        confirmed_on=today,
        reviewed_on=today,
        is_silent=True,
    )


def _stopped(rows: Rows) -> UUID:
    today = timezone.localdate()
    break_ = {"stopped_from": today, "stopped_until": today + timedelta(days=9)}
    return _listed(name="Świetlica z przerwą", stopped_why="remont dachu", **break_)


ROWS: dict[str, Any] = {
    "service_type": ("wytchnienie",),
    "region_type": lambda rows: make_types.of_region().pk,
    "listed_service": _long,
    "listed_bare": lambda rows: _listed(name="Klub", is_protected=True),
    "listed_stopped": _stopped,
    "kept_master": lambda rows: make_masters.card(rows["owner"], rows["tenant"]),
    "master_card": lambda rows: rows["kept_master"].pk,
    "master_asked": lambda rows: make_masters.asked(rows["kept_master"], rows["tenant"]).pk,
    "master_service": lambda rows: make_masters.service(rows["owner"], rows["kept_master"]).pk,
    "master_check": _late_card,
    "master_report": _report,
    "master_stopped": lambda rows: _stopped_master(rows).pk,
    "master_withdrawn": lambda rows: _withdrawn_master(rows).pk,
}
