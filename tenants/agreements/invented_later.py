"""History of the demo once an agreement was in force: a hospital acceded, people changed."""

from datetime import date
from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.agreements import invented
from tenants.agreements.actions import accession, consents, parties, publicity
from tenants.agreements.models import Agreement, Party

_WHY = (
    "Szpital obejmuje opieką mieszkańców całego powiatu, a bez niego rodziny wracają do domu bez "
    "planu dalszej pomocy (pokaz)."
)
_HOSPITAL = "Szpital Pokazowy"


def history(by: Actor, agreement: Agreement, seat: str, today: date) -> None:
    """The hospital acceded and named somebody, whose telephone changed; two made it public."""
    acceded = _acceded(by, agreement, seat, today)
    contact = invented.name(by, acceded, 9, "koordynator wypisów")
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
    party = late.party
    assert party is not None  # it has just been added
    accession.sign(
        by=by,
        accession_id=late.pk,
        key=uuid7(),
        file=invented.scan_of(late.document),
        values=invented.by_office(party, today),
    )
    return party
