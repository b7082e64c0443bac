"""A party that was typed is linked with its institution of the register (POR preamble)."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements import perms
from tenants.agreements.actions.protecting import protection_of, tell_protection
from tenants.agreements.models import Agreement, Party
from tenants.agreements.seats import begins_hidden
from tenants.agreements.workflow import OVER
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Organisation, Person


@transaction.atomic
def link(*, by: Actor, party_id: UUID, version: int, organisation: Organisation) -> Party:
    """Say which institution a typed party is: it has its seats, and people may come in for it."""
    by.require_proof()
    agreement_id = Party.objects.values_list("agreement", flat=True).get(pk=party_id)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    party = Party.objects.get(pk=party_id)
    party.agreement = agreement
    if party.organisation_id == organisation.pk:
        raise AlreadySaved(party)
    require_unlinked(party)
    if party.version != version:
        raise StaleForm(party)
    _require_free(party, organisation)
    party.organisation, party.version = organisation, party.version + 1
    party.hides_seat = party.hides_seat or begins_hidden(organisation)
    party.save(update_fields=["organisation", "hides_seat", "version"])
    tell_protection(protection_of(party))
    data = {"party": [party.name, party.name], "organisation": [None, organisation.name]}
    entry = record(by=by, verb="AGREEMENT_PARTY_LINKED", obj=agreement, data=data)
    publish_figures(Party, cause=entry.pk)
    return party


def require_unlinked(party: Party) -> None:
    """Raise why a party can't be linked: a draft is edited, what is over stays, one is known."""
    agreement = party.agreement
    if can_be_linked(party):
        return
    why = f"Stan porozumienia: {agreement.get_state_display()}."
    if party.organisation_id or party.is_office:
        why = f"Strona {quoted(party.name)} ma już swój wpis albo jest ośrodkiem."
    elif party.ended_on:
        why = f"{quoted(party.name)} nie jest już Stroną albo odchodzi."
    raise Problem(
        "Tej Strony nie można teraz powiązać z instytucją z rejestru",
        why,
        kept=NOTHING_SAVED,
        at=agreement,
        action="Przejdź do porozumienia",
    )


def can_be_linked(party: Party) -> bool:
    """It was typed, has a part that lasts, and its text is a draft no more."""
    is_typed = party.organisation_id is None and not party.is_office
    state = party.agreement.state
    return is_typed and party.ended_on is None and party.agreement.is_frozen and state not in OVER


def _require_free(party: Party, organisation: Organisation) -> None:
    """An institution is a party once; one that left is the other party's own history."""
    others = party.agreement.parties.filter(organisation=organisation)
    if other := others.first():
        words = f"{quoted(organisation.name)} jest już w tym porozumieniu ({other.label})."
        raise ValidationError({"organisation": words})
