"""What the register of tenants gives the house."""

from kooperacja.offers import Handler, Offer, Verbs
from tenants.registry import outbox

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
            "TENANT_ADMIN_INVITED": "zaproszono administratora OPS",
        }
    ),
    Handler("INVITATION", outbox.invite),
    Handler("ACCESS_END", outbox.end_access),
    Handler("ORGANISATION", outbox.organisation_changed),
)
