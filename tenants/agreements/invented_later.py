"""History of the demo once an agreement was in force: a hospital acceded, people changed."""

from datetime import date
from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.accession.workflow import SignatureMode
from tenants.agreements.actions import accession, consents, parties, publicity
from tenants.agreements.invented import scan_of
from tenants.agreements.models import Accession, Agreement, Party
from tenants.agreements.models.signatures import Basis

_WHY = (
    "Szpital obejmuje opieką mieszkańców całego powiatu, a bez niego rodziny wracają do domu bez "
    "planu dalszej pomocy (pokaz)."
)
_HOSPITAL = "Szpital Pokazowy"


def history(by: Actor, agreement: Agreement, seat: str, today: date) -> None:
    """The hospital acceded and named somebody, whose telephone changed; two made it public."""
    acceded = _acceded(by, agreement, seat, today)
    person = {
        "full_name": "Osoba Pokazowa 9",
        "function": "koordynator wypisów",
        "phone": "77 000 00 09",
        "email": "osoba9@pokaz.example",
        "from_on": today,
    }
    contact = parties.add_contact(by=by, party_id=acceded.pk, key=uuid7(), values=person)
    phone = {"phone": "77 000 00 19"}
    parties.edit_contact(by=by, contact_id=contact.pk, version=contact.version, values=phone)
    contact.refresh_from_db()
    consents.agree(
        by=by, contact_id=contact.pk, key=uuid7(), version=contact.version, agreed_on=today
    )
    first = agreement.parties.order_by("position").first()
    for party in filter(None, (acceded, first)):
        said = {
            "published_on": today,
            "address": "https://pokaz.example/aktualnosci",
            "description": "Wiadomość o przystąpieniu do porozumienia (pokaz)",
        }
        publicity.add(by=by, party_id=party.pk, key=uuid7(), values=said)


def _acceded(by: Actor, agreement: Agreement, seat: str, today: date) -> Party:
    hospital: dict[str, Any] = {
        "organisation": None,
        "is_office": False,
        "name": _HOSPITAL,
        "seat": seat,
        "represented_by": "Osoba Pokazowa 8",
        "function": "dyrektor szpitala (pokaz)",
    }
    late = accession.prepare(
        by=by,
        agreement_id=agreement.pk,
        key=uuid7(),
        values=hospital,
        justification=_WHY,
        sign_by=None,
    )
    signature = {
        "signer": "Osoba Pokazowa 8",
        "function": "dyrektor szpitala (pokaz)",
        "signed_on": today,
        "mode": SignatureMode.PAPER_SCAN,
        "basis": Basis.OFFICE,
        "basis_number": "",
        "basis_on": None,
        "basis_until": None,
    }
    accession.sign(
        by=by, accession_id=late.pk, key=uuid7(), file=scan_of(late.document.pdf), values=signature
    )
    party = Accession.objects.select_related("party").get(pk=late.pk).party
    assert party is not None  # it has just signed
    return party
