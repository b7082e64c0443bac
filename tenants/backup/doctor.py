"""Finds what schemas have half done, and what copies and restores have left beside them."""

from collections.abc import Iterator
from functools import partial

from tenants.backup import copies, media
from tenants.schemas import doctor
from tenants.schemas.doctor import Finding, Seen, drop_schema
from tenants.schemas.owner import CHANGES


def examine() -> list[Finding]:
    """Everything that is wrong now."""
    return doctor.examine(_beside)


def _beside(seen: Seen) -> Iterator[Finding]:
    """Copies are somebody's personal data: an operator says when they may go."""
    for copy in copies.copies():
        yield Finding(copy.schema, f"{copy.said}: gdy zbędna, kooperacja tenants drop-copy")
    for name in sorted(name for name in seen.schemas if name.startswith("x_")):
        yield Finding(name, "pozostałość po przerwanym odtwarzaniu", partial(drop_schema, name))
    if seen.is_free(CHANGES):
        for name in media.leftovers():
            yield Finding(name, "pliki po przerwanym odtwarzaniu", partial(media.forget, name))
