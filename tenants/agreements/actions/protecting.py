"""Other units learn no address of a party whose seat is protected (POR-C §2.4.6)."""

from uuid6 import uuid7

from tenants.agreements.models import Party
from tenants.people.actions.invitations import tell_exchange
from tenants.people.models import Organisation

Protected = tuple[Organisation | None, bool]


def protection_of(party: Party) -> Protected:
    """The institution of the register that is the party, and whether its seat is hidden here."""
    return party.organisation, party.hides_seat


def tell_protection(now: Protected, before: Protected = (None, False)) -> None:
    """Let other units forget an address that is hidden now, or learn one that is so no more."""
    if now == before:
        return
    told = {of: None for of, hides in (before, now) if of is not None and hides}
    for organisation in told:
        tell_exchange(organisation, cause=f":seat:{uuid7()}")
