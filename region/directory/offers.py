"""Offers of the directory of services."""

from kooperacja.offers import Fate, Handler, Offer, PersonalData, TenantMoved, TenantRestored
from kooperacja.ui.navigation import NavEntry
from region.directory import actions, outbox
from region.directory.models import ListedService, PartnersService
from region.directory.places import of_account
from tenants.registry.places import AccountPart

_WHY = "whom an institution named for those who need its service (REG §3.2); gone with the listing"

OFFERS: tuple[Offer, ...] = (
    Handler("DIRECTORY", outbox.basket_changed),
    TenantRestored(actions.ask_anew),
    TenantMoved(actions.on_tenant_moved),
    AccountPart("directory/_masters.html", of_account),
    NavEntry("REGION", "directory:masters", "Karty w katalogu", group="MANAGEMENT", order=87),
    PersonalData(ListedService, ("facts",), Fate.CLEARED, _WHY, by=actions.publish_services),
    PersonalData(PartnersService, ("facts",), Fate.CLEARED, _WHY, by=actions.publish_services),
)
