"""Keys closer than a tenant's own, by their name: of a closed team, of a family (REG §8.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kooperacja import offers
from kooperacja.crypto.envelope import KeyMissing, Keyring


@dataclass(frozen=True, slots=True)
class NamedKeys(offers.Offer):
    """The keyrings of one kind of row, by the id of the row; KeyMissing where there is none."""

    kind: str
    keyring: Callable[[UUID], Keyring]


@dataclass(frozen=True, slots=True)
class KeyName:
    """The name of such a key, as a row keeps it."""

    kind: str
    of: UUID

    def keyring(self) -> Keyring:
        for known in offers.of(NamedKeys):
            if known.kind == self.kind:
                return known.keyring(self.of)
        raise KeyMissing(f"{self.kind}: nikt nie podaje tych kluczy")
