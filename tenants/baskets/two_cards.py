"""Two cards of one institution beside each other, and what may become of each service (REG §3.3)."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID
from zlib import crc32

from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.standing import said_of
from tenants.baskets.workflow import EntryState

MOVED, ENDED, SAME = "MOVED", "ENDED", "SAME"
_NUMBERS = 2**31 - 2  # as many as a form sends back


@dataclass(frozen=True, slots=True)
class Fate:
    """The fate of a service of the retired card; one that is the same as another says as which."""

    code: str
    same_as: UUID | None = None


@dataclass(frozen=True)
class TwoCards:
    """The card that is kept, and the one that is retired."""

    stays: Card
    goes: Card

    @property
    def both(self) -> tuple[Card, Card]:
        return self.stays, self.goes

    @cached_property
    def _said(self) -> list[tuple[Service, ServiceEntry]]:
        return said_of(*self.both)

    @cached_property
    def to_settle(self) -> list[tuple[Service, ServiceEntry]]:
        """Services of the retired card that are given still, each with what was said of it last."""
        return [(one, said) for one, said in self._given if one.card_id == self.goes.pk]

    @cached_property
    def known(self) -> list[Service]:
        """Services of the other card in the basket, as which one of them may be the same."""
        own = (one for one, _ in self._given if one.card_id == self.stays.pk)
        return [one for one in own if _is_in_basket(one)]

    @property
    def _given(self) -> list[tuple[Service, ServiceEntry]]:
        return [(one, said) for one, said in self._said if not one.has_ended]

    @cached_property
    def version(self) -> int:
        """A number that is another once anything of both cards is."""
        cards = [(one.pk.hex, one.version, bool(one.retired)) for one in self.both]
        rows = sorted((one.pk.hex, one.card_id.hex, one.version) for one, _ in self._said)
        return crc32(repr((cards, rows)).encode()) % _NUMBERS


def _is_in_basket(service: Service) -> bool:
    said: list[ServiceEntry] = service.said  # type: ignore[attr-defined]
    return any(one.state == EntryState.ACCEPTED for one in said)
