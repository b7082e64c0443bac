"""A tenant as the technical half knows it: where it lives and who it is."""

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings


def role_of(schema: str) -> str:
    """The role of a schema: roles belong to the cluster, so each site's carry its prefix."""
    return f"{settings.ROLE_PREFIX}_{schema}"


@dataclass(frozen=True, slots=True)
class TenantRef:
    """One gmina, powiat or city with county rights, as the wall sees it."""

    id: UUID
    code: str  # TERYT: 6 digits for a gmina, 4 for a powiat
    kind: str  # GMINA, POWIAT or CITY
    slug: str
    name: str  # with its kind: "Gmina miejsko-wiejska Gogolin"
    schema: str
    role: str
    status: str
    # "powiat krapkowicki"; names repeat, so it is always shown.
    county: str = field(default="", compare=False)
    # Its schema lacks a migration that this release relies on: nobody may work in it yet.
    is_behind: bool = field(default=False, compare=False)

    @property
    def prefix(self) -> str:
        """The beginning of its addresses; a city with county rights is met among the gminas."""
        return f"/{'powiat' if self.kind == 'POWIAT' else 'gmina'}/{self.slug}"

    @property
    def is_open(self) -> bool:
        return self.status == "ACTIVE"
