"""Late accessions to an agreement in force, the people of its parties, what is public of them."""

from datetime import date
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.agreements.actions import accession as acts
from tenants.agreements.actions import consents, publicity
from tenants.agreements.models import (
    Accession,
    Agreement,
    ContactPerson,
    Party,
    PublicConsent,
    Publicity,
    Signature,
)
from tenants.people.models import Organisation
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import people as make_people

WHY = "Szpital obejmuje opieką mieszkańców całego powiatu."


def in_force(
    count: int = 3, bound: int = 2, variant: str = "C", *of: Organisation, **blanks: Any
) -> Agreement:
    """C in force since today between the first parties; the rest has not signed."""
    agreement = make.whole(variant, count - len(of), **blanks)
    for one in of:
        make.contact(make.party(agreement, one, number=1))
    today = timezone.localdate()
    signed = dict.fromkeys(agreement.parties.all()[:bound], today)
    return make_force.in_force(agreement, signed, today)


def hospital(**fields: Any) -> Organisation:
    return make_people.organisation(name="Szpital Przykładowy", **fields)


def prepared(
    agreement: Agreement,
    of: Organisation | None = None,
    who: Actor | None = None,
    sign_by: date | None = None,
    key: Any = None,
    **fields: Any,
) -> Accession:
    plain = {} if of else {"name": "Fundacja Przykładowa"}
    return acts.prepare(
        by=who or make.by(),
        agreement_id=agreement.pk,
        key=key or uuid7(),
        values=make.said(of, **plain | fields),
        justification=WHY,
        sign_by=sign_by,
    )


def prepared_again(party: Party, who: Actor | None = None) -> Accession:
    return acts.prepare_again(
        by=who or make.by(), party_id=party.pk, key=uuid7(), justification=WHY, sign_by=None
    )


def signed(
    accession: Accession,
    who: Actor | None = None,
    file: Any = None,
    basis_file: Any = None,
    **fields: Any,
) -> Signature:
    """On paper unless a mode is given."""
    return acts.sign(
        by=who or make.by(),
        accession_id=accession.pk,
        key=uuid7(),
        file=file or make_people.pdf(),
        basis_file=basis_file,
        values=make.signature_values(**fields),
    )


def acceded(agreement: Agreement, of: Organisation | None = None) -> Party:
    accession = prepared(agreement, of)
    signed(accession)
    accession.refresh_from_db()
    assert accession.party is not None
    return accession.party


def withdrawn(
    accession: Accession, who: Actor | None = None, reason: str = "Rada się wycofała"
) -> Agreement:
    version = Accession.objects.get(pk=accession.pk).version
    return acts.withdraw(
        by=who or make.by(), accession_id=accession.pk, version=version, reason=reason
    )


def agreed(
    contact: ContactPerson, who: Actor | None = None, on: date | None = None
) -> PublicConsent:
    contact.refresh_from_db()
    return consents.agree(
        by=who or make.by(),
        contact_id=contact.pk,
        key=uuid7(),
        version=contact.version,
        agreed_on=on or timezone.localdate(),
    )


def publicised(
    party: Party, who: Actor | None = None, file: Any = None, **fields: Any
) -> Publicity:
    plain = {
        "published_on": timezone.localdate(),
        "address": "https://szpital.example.pl/",
        "description": "Wiadomość na stronie szpitala",
    }
    return publicity.add(
        by=who or make.by(), party_id=party.pk, key=uuid7(), values=plain | fields, file=file
    )
