"""Offers of the register of tenants."""

from kooperacja.accounts.actions import READDRESSED, RENAMED
from kooperacja.inbox.returned import RETURNED
from kooperacja.offers import Fate, Handler, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.navigation import NavEntry
from tenants.registry import outbox, proposals
from tenants.registry.models import (
    Access,
    AdministratorProposal,
    Invitation,
    SchemaVersion,
    Spare,
    Tenant,
    Unit,
    UnitState,
    Upgrade,
)
from tenants.registry.region import FirstRun, Region, RegionEntry
from tenants.registry.returned import tell_units
from tenants.registry.support import Adviser, AdviserProposal

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "TENANT_OPENED": "otwarto jednostkę",
            "TENANT_SUSPENDED": "zawieszono jednostkę",
            "TENANT_REOPENED": "wznowiono jednostkę",
            "TENANT_CLOSED": "zamknięto jednostkę",
            "TENANT_RESTORED": "odtworzono dane z kopii",
            "TENANT_COPY_MADE": "odtworzono kopię do wglądu",
            "TENANT_COPY_DROPPED": "usunięto kopię do wglądu",
            "TENANT_EXPORTED": "przygotowano pakiet dla odchodzącej jednostki",
            "LEAVER_ENTERED": "wgląd w swoje dokumenty po zakończeniu dostępu",
            "TENANT_ADMIN_INVITED": "zaproszono administratora OPS",
            "ACCOUNT_RENAMED": "osoba zmieniła nazwę swojego konta",
            "ACCOUNT_READDRESSED": "osoba zmieniła adres e-mail swojego konta",
            "ADMINISTRATOR_PROPOSED": "ROPS zaproponował administratora OPS",
            "ADMINISTRATOR_WAITS": "zaproszenie administratora OPS czeka 72 godziny",
            "ADMINISTRATOR_CONFIRMED": "zgodzono się na administratora OPS",
            "ADMINISTRATOR_REFUSED": "odmówiono administratorowi OPS",
            "ADMINISTRATOR_STOPPED": "zatrzymano zaproszenie administratora OPS",
            "ADMINISTRATOR_WITHDRAWN": "wycofano propozycję administratora OPS",
            "ADVISER_PROPOSED": "ROPS zaproponował doradcę",
            "ADVISER_CHANGED": "ROPS zmienił dane doradcy",
            "ADVISER_CONFIRMED": "zgodzono się na doradcę ROPS",
            "ADVISER_REFUSED": "odmówiono doradcy ROPS",
            "ADVISER_WITHDRAWN": "wycofano propozycję doradcy ROPS",
            "ADVISER_ENDED": "zakończono wsparcie doradcy ROPS",
            "ADVISER_TERM": "zmieniono czas wsparcia doradcy ROPS",
        }
    ),
    Handler("INVITATION", outbox.invite),
    Handler("ACCESS_END", outbox.end_access),
    Handler(RENAMED, outbox.account_renamed),
    Handler(READDRESSED, outbox.account_readdressed),
    Handler(RETURNED, tell_units),
    Handler(proposals.DUE, outbox.administrator_due),
    Handler("ORGANISATION", outbox.organisation_changed),
    PersonalData(
        Tenant,
        ("requested_by", "admin_email", "admin_name", "reason"),
        Fate.RECORD,
        "who had the unit opened and whom the region invited last",
    ),
    PersonalData(
        Access, ("granted_by", "ended_by", "end_reason"), Fate.RECORD, "who let whom in, and out"
    ),
    PersonalData(
        Invitation,
        ("email", "full_name", "invited_by", "withdrawn_by"),
        Fate.RECORD,
        "who was invited by whom",
    ),
    PersonalData(
        AdministratorProposal,
        ("email", "full_name", "proposed_by", "decided_by", "reason"),
        Fate.RECORD,
        "whom the region proposed, and what the unit answered",
    ),
    PersonalData(
        RegionEntry, ("actor_name", "about"), Fate.RECORD, "who made whom a coordinator of the ROPS"
    ),
    PersonalData(
        Adviser,
        ("full_name", "function", "email", "phone", "ended_by", "end_reason"),
        Fate.RECORD,
        "who supports units for the ROPS (POR support)",
    ),
    PersonalData(
        AdviserProposal,
        ("proposed_by", "decided_by", "reason", "ended_by", "end_reason"),
        Fate.RECORD,
        "to whom the region proposed an adviser, what the unit answered, how it ended",
    ),
    Impersonal(RegionEntry, ("request_id",)),
    Impersonal(FirstRun, ("token_hash",)),
    Impersonal(Access, ("organisation_name", "organisation_number")),
    Impersonal(Invitation, ("organisation_name", "organisation_number", "basis", "token_hash")),
    PersonalData(
        Region,
        ("rops_phone", "rops_email"),
        Fate.RECORD,
        "published by the ROPS itself, who may change it; it may be one person's",
    ),
    Impersonal(Region, ("code", "name", "rops_name")),
    Impersonal(SchemaVersion, ("digest", "statements", "migrations")),
    Impersonal(Spare, ("schema_name", "role_name", "ddl")),
    Impersonal(Tenant, ("slug", "schema_name", "role_name", "ddl", "failure")),
    Impersonal(Unit, ("code", "name", "rodz")),
    Impersonal(UnitState, ("name", "rodz", "name_extra")),
    Impersonal(Upgrade, ("before", "after", "failed_in", "error")),
    NavEntry("ACCOUNT", "places", "Moje sprawy", order=10),
    NavEntry("ACCOUNT", "api_tokens", "Klucze API", order=50),
)
