"""Reasons against making two institutions one: both are parties of one agreement."""

from collections.abc import Iterator

from kooperacja.ui.polish import quoted
from tenants.people.models import Organisation
from tenants.people.references import Clash, colliding

ONCE = "agreement_party_once"
_REMOVE = "Usuń z projektu jedną z nich."
# Its history tells of both, so they stay two entries of the register.
_SUCCEED = "Jeśli jedna przejęła drugą, wpisz następcę na stronie porozumienia; w rejestrze zostają dwa wpisy."


def of_organisations(source: Organisation, target: Organisation) -> Iterator[Clash]:
    """One of two parties must be taken out of the draft first (POR preamble)."""
    for party in colliding(ONCE, source, target):
        way = _REMOVE if party.agreement.is_draft else _SUCCEED
        yield Clash(
            f"{quoted(party.name)} i {quoted(target.name)} są Stronami tego samego porozumienia. "
            f"{way}",
            party.agreement.url,
            "Przejdź do porozumienia",
        )
