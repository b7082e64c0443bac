"""The catalogue: what the region may know of a tenant, in numbers, days and its office's address."""

import hashlib

from kooperacja import offers
from kooperacja.indicators import About, Indicator, KeyDay, OfficeLine, Share


def indicators() -> tuple[Indicator, ...]:
    """The indicators about institutions; those about people stay in the tenants."""
    return tuple(
        indicator for indicator in offers.of(Indicator) if indicator.about is About.INSTITUTIONS
    )


def counts() -> tuple[Indicator, ...]:
    """Those that are numbers of something, which a map can shade and a table can add."""
    return tuple(indicator for indicator in indicators() if indicator.share is Share.NONE)


def key_days() -> tuple[KeyDay, ...]:
    """The days of each partnership that its tenant publishes."""
    return offers.of(KeyDay)


def office_lines() -> tuple[OfficeLine, ...]:
    """The lines about each Lider's office that its tenant publishes."""
    return offers.of(OfficeLine)


def digest() -> str:
    """Changes when anything that tenants publish comes or goes: then all is computed anew."""
    counted = [(indicator.code, tuple(indicator.labels)) for indicator in indicators()]
    lines = (line.code for line in office_lines())
    shape = repr([*counted, *(day.code for day in key_days()), *lines])
    return hashlib.sha256(shape.encode()).hexdigest()[:16]
