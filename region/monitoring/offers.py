"""What the figures give the house."""

from kooperacja.offers import Handler, Offer, TenantRestored
from region.monitoring import actions, outbox

OFFERS: tuple[Offer, ...] = (
    Handler("FIGURES", outbox.figures_changed),
    TenantRestored(actions.on_tenant_restored),
)
