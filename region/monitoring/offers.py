"""Offers of the figures."""

from kooperacja.offers import DemoWritten, Handler, Impersonal, Offer, TenantRestored
from region.monitoring import actions, demo, outbox
from region.monitoring.models import Figure, Publication, PublishedDay

OFFERS: tuple[Offer, ...] = (
    Handler("FIGURES", outbox.figures_changed),
    TenantRestored(actions.on_tenant_restored),
    DemoWritten(demo.publish),
    Impersonal(Figure, ("indicator", "dimension")),
    Impersonal(PublishedDay, ("code",)),
    Impersonal(Publication, ("catalogue",)),
)
