"""What the figures give the house."""

from kooperacja.offers import DemoWritten, Handler, Offer, TenantRestored
from region.monitoring import actions, demo, outbox

OFFERS: tuple[Offer, ...] = (
    Handler("FIGURES", outbox.figures_changed),
    TenantRestored(actions.on_tenant_restored),
    DemoWritten(demo.publish),
)
