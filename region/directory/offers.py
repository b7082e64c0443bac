"""Offers of the directory of services."""

from kooperacja.offers import (
    DemoWritten,
    Fate,
    Handler,
    Impersonal,
    Offer,
    PersonalData,
    RegionRestored,
    TenantMoved,
    TenantRestored,
)
from kooperacja.ui.navigation import NavEntry
from region.directory import actions, demo, outbox
from region.directory.models import ListedService, PartnersService
from region.directory.places import of_account
from tenants.registry.places import AccountPart

_FOUND_BY = ("sort_key", "title", "marks", "type_code", "week", "open_about")
_WHY = "whom an institution named for those who need its service (REG §3.2); gone with the listing"

OFFERS: tuple[Offer, ...] = (
    Handler("DIRECTORY", outbox.basket_changed),
    TenantRestored(actions.ask_anew),
    RegionRestored(actions.on_region_restored),
    DemoWritten(demo.publish),
    TenantMoved(actions.on_tenant_moved),
    AccountPart("directory/_masters.html", of_account),
    NavEntry("REGION", "directory:masters", "Karty w katalogu", group="MANAGEMENT", order=87),
    NavEntry(
        "REGION", "master_checks:list", "Karty do potwierdzenia", group="MANAGEMENT", order=88
    ),
    NavEntry("REGION", "added_types:list", "Typy usług", group="MANAGEMENT", order=88),
    PersonalData(ListedService, ("facts",), Fate.CLEARED, _WHY, by=actions.publish_services),
    PersonalData(PartnersService, ("facts",), Fate.CLEARED, _WHY, by=actions.publish_services),
    Impersonal(ListedService, _FOUND_BY),
    Impersonal(PartnersService, _FOUND_BY),
)
