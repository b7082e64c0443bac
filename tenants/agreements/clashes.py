"""Reasons against making two institutions one: both are parties of one agreement."""

from collections.abc import Iterator

from kooperacja.ui.polish import quoted
from tenants.agreements.workflow import OVER, AgreementState
from tenants.people.models import Organisation
from tenants.people.references import Clash, colliding

ONCE = "agreement_party_there_once"
# Once it binds, its history tells of both, so they stay two entries of the register.
_WAYS = {
    AgreementState.DRAFT: "Usuń z projektu jedną z nich.",
    AgreementState.SIGNING: "Cofnij je do projektu i usuń jedną z nich.",
    AgreementState.IN_FORCE: "Jeśli jedna przejęła drugą, wpisz następcę na stronie porozumienia. "
    "Dopóki ono obowiązuje, w rejestrze zostają dwa wpisy.",
}


def of_organisations(source: Organisation, target: Organisation) -> Iterator[Clash]:
    """One of two parties must be taken out of the draft first; what is over stands against nothing."""
    for party in colliding(ONCE, source, target):
        if party.agreement.state in OVER:
            continue
        both = f"{quoted(party.name)} i {quoted(target.name)} są Stronami tego samego porozumienia."
        words = f"{both} {_WAYS[AgreementState(party.agreement.state)]}"
        yield Clash(words, party.agreement.url, "Przejdź do porozumienia")
