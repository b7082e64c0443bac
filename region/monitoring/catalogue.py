"""The catalogue of indicators: what the region may know of a tenant, in numbers alone."""

import hashlib

from kooperacja import offers
from kooperacja.indicators import About, Indicator, Share


def indicators() -> tuple[Indicator, ...]:
    """The indicators about institutions; those about people stay in the tenants."""
    return tuple(
        indicator for indicator in offers.of(Indicator) if indicator.about is About.INSTITUTIONS
    )


def counts() -> tuple[Indicator, ...]:
    """Those that are numbers of something, which a map can shade and a table can add."""
    return tuple(indicator for indicator in indicators() if indicator.share is Share.NONE)


def digest() -> str:
    """Changes when an indicator or a dimension comes or goes: then all is computed anew."""
    shape = repr([(indicator.code, tuple(indicator.labels)) for indicator in indicators()])
    return hashlib.sha256(shape.encode()).hexdigest()[:16]
