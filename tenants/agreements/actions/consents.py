"""People agree to stand on the public page of parties, and withdraw it at any time (POR-C §2.4.6)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.agreements import perms
from tenants.agreements.models import Agreement, ContactPerson, PublicConsent
from tenants.agreements.workflow import AgreementState, PartyState
from tenants.people.models import Person


@transaction.atomic
def agree(
    *, by: Actor, contact_id: UUID, key: UUID, version: int, agreed_on: date
) -> PublicConsent:
    """Enter that a person agreed on a day that these very data are public."""
    contact = _locked(contact_id)
    perms.enter_consent.require(Person.objects.acting(by), contact)
    if saved := PublicConsent.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_may_agree(contact)
    if contact.version != version:
        raise StaleForm(contact)
    if agreed_on > by.today:
        raise ValidationError({"agreed_on": "Wpisz dzień, w którym osoba już się zgodziła."})
    consent = PublicConsent(id=key, contact=contact, agreed_on=agreed_on, actor_name=by.name[:200])
    insert_once(consent)
    record(by=by, verb="AGREEMENT_CONSENT_GIVEN", obj=contact.party.agreement)
    return consent


@transaction.atomic
def withdraw(*, by: Actor, contact_id: UUID) -> ContactPerson:
    """Take a person off the public page, at once."""
    contact = _locked(contact_id)
    perms.withdraw_consent.require(Person.objects.acting(by), contact)
    if not end_consents(by, contact):
        raise AlreadySaved(contact)
    return contact


def end_consents(by: Actor, contact: ContactPerson) -> int:
    """The consent was for other data, or is withdrawn: it ends now."""
    count: int = contact.consents.filter(withdrawn_at=None).update(
        withdrawn_at=timezone.now(), withdrawn_by_name=by.name[:200]
    )
    if count:
        record(by=by, verb="AGREEMENT_CONSENT_WITHDRAWN", obj=contact.party.agreement)
    return count


def require_may_agree(contact: ContactPerson) -> None:
    """Raise why nobody can agree for this entry now."""
    agreement = contact.party.agreement
    is_joining = contact.party.state == PartyState.JOINING
    if agreement.state != AgreementState.IN_FORCE or contact.is_over or is_joining:
        raise Problem(
            "Danych tej osoby nie można teraz opublikować",
            "Publiczna strona pokazuje osoby, które Strony wskazują dziś w porozumieniu, które "
            "obowiązuje.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )
    if contact.consents.filter(withdrawn_at=None).exists():
        raise Problem(
            "Zgodę tej osoby już wpisano",
            "Jeśli osoba ją cofnie, wpisz cofnięcie.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )


def _locked(contact_id: UUID) -> ContactPerson:
    party_agreement = ContactPerson.objects.values_list("party__agreement", flat=True)
    agreement = Agreement.objects.select_for_update().get(pk=party_agreement.get(pk=contact_id))
    contact: ContactPerson = ContactPerson.objects.select_related("party").get(pk=contact_id)
    contact.party.agreement = agreement
    return contact
