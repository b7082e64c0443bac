"""Offers of the figures."""

from kooperacja.offers import (
    DemoWritten,
    Fate,
    Handler,
    Impersonal,
    Offer,
    PersonalData,
    TenantRestored,
)
from region.monitoring import actions, demo, outbox
from region.monitoring.models import Figure, Publication, PublishedDay, PublishedLine

OFFERS: tuple[Offer, ...] = (
    Handler("FIGURES", outbox.figures_changed),
    TenantRestored(actions.on_tenant_restored),
    DemoWritten(demo.publish),
    Impersonal(Figure, ("indicator", "dimension")),
    Impersonal(PublishedDay, ("code",)),
    Impersonal(PublishedLine, ("code",)),
    PersonalData(
        PublishedLine,
        ("text",),
        Fate.CLEARED,
        "the Lider's public address (REG §1.3.b); it goes with the partnership or when the unit clears it",
        by=actions.publish_figures,
    ),
    Impersonal(Publication, ("catalogue",)),
)
