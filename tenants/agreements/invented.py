"""Invented signatures under agreements of the demo, their copies, aneksy, what becomes of parties."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.documents import storage
from kooperacja.documents.models import Document
from tenants.accession.workflow import SignatureMode
from tenants.agreements.actions import (
    amended_clauses,
    amendment_sending,
    amendment_signing,
    amendments,
    copies,
    leaving,
    parties,
    signing,
    succession,
)
from tenants.agreements.models import Agreement, Amendment, AmendmentSide, ContactPerson, Party
from tenants.agreements.models.agreements import Signers
from tenants.agreements.models.amendments import AmendmentForce, ChangeKind
from tenants.agreements.models.copies import Handing
from tenants.agreements.models.signatures import Basis

_WHY = "Rada obraduje dopiero w przyszłym miesiącu (pokaz)."


def sign_some(by: Actor, agreement: Agreement, today: date) -> None:
    """The first party has signed on paper by a power of attorney, the second refuses, the rest wait."""
    signs, refuses, *_ = agreement.parties.all()
    power = {"basis": Basis.POWER, "basis_number": "1/POKAZ", "basis_on": today}
    paper = scan_of(agreement.document, "pelnomocnictwo.pdf")
    _sign(by, agreement, signs, by_office(signs, today) | power, paper)
    signing.refuse(by=by, party_id=refuses.pk, version=refuses.version, reason=_WHY)


def sign_all(by: Actor, agreement: Agreement, today: date) -> None:
    """All parties have signed on paper, each its head by office."""
    for party in agreement.parties.all():
        _sign(by, agreement, party, by_office(party, today))


def change(by: Actor, agreement: Agreement, today: date) -> None:
    """In an agreement in force the last party has left, and the second goes by another name."""
    _, renamed, *_, left = agreement.parties.all()
    leaving.leave(
        by=by,
        party_id=left.pk,
        key=uuid7(),
        from_on=today,
        reason="Instytucja kończy zadania na terenie powiatu (pokaz).",
        file=scan_of(agreement.document, "odejscie.pdf"),
    )
    succession.rename(
        by=by,
        party_id=renamed.pk,
        key=uuid7(),
        name=f"{renamed.name} imienia Patrona Pokazowego",
        from_on=today,
        basis="uchwała nr 1/POKAZ",
        file=scan_of(agreement.document, "nazwa.pdf"),
    )


def hand_over(by: Actor, agreement: Agreement, today: date) -> None:
    """The first copy of the set went to its party by post, the second through e-Doręczenia."""
    for party, way in zip(agreement.parties.all(), (Handing.POST, Handing.EDELIVERY), strict=False):
        values = {"copy": party.position, "party": party, "way": way, "handed_on": today}
        copies.hand_over(by=by, agreement_id=agreement.pk, key=uuid7(), values=values)


def name(by: Actor, party: Party, number: int, function: str) -> ContactPerson:
    """A party names a person for the cooperation."""
    person = {
        "full_name": f"Osoba Pokazowa {number}",
        "function": function,
        "phone": f"77 000 00 0{number}",
        "email": f"osoba{number}@pokaz.example",
        "from_on": by.today,
    }
    return parties.add_contact(by=by, party_id=party.pk, key=uuid7(), values=person)


def _sign(
    by: Actor, agreement: Agreement, party: Party, values: dict[str, Any], paper: Any = None
) -> None:
    assert agreement.document is not None  # it lies before its parties
    signing.sign(
        by=by,
        party_id=party.pk,
        key=uuid7(),
        document=agreement.document.pk,
        file=scan_of(agreement.document),
        basis_file=paper,
        values=values,
    )


def by_office(party: Party, today: date) -> dict[str, Any]:
    """Its head has signed on paper by office."""
    return {
        "signer": party.represented_by or "Osoba Pokazowa",
        "function": party.function or "osoba kierująca (pokaz)",
        "signed_on": today,
        "mode": SignatureMode.PAPER_SCAN,
        "basis": Basis.OFFICE,
        "basis_number": "",
        "basis_on": None,
        "basis_until": None,
    }


def scan_of(paper: Document | None, called: str = "skan.pdf") -> SimpleUploadedFile:
    """An issued paper, as a scan of it that was signed."""
    assert paper is not None  # it lies before its parties
    content = storage.content_of(paper.pdf)
    return SimpleUploadedFile(called, content, content_type="application/pdf")


def amend(by: Actor, agreement_id: UUID, today: date) -> None:
    """An aneks in force moves the sittings and adds a clause; another waits for signatures."""
    first = _begun(by, agreement_id, today, "Sala w starostwie jest większa (pokaz).")
    said = {"place_policy": "", "meeting_place": "sala konferencyjna starostwa (pokaz)", "text": ""}
    _change(by, first, ChangeKind.PLACE, said)
    new = "Terminy spotkań ustala się na cały rok, do końca stycznia (pokaz)."
    _change(by, first, ChangeKind.ADDED, {"place": "after:2.2", "heading": "", "text": new})
    for side in _sides(by, first):
        _sign_amendment(by, side, today)
    second = _begun(by, agreement_id, today, "Strony chcą spotykać się częściej (pokaz).")
    amendments.share(by=by, amendment_id=second.pk, version=second.version)
    often = {"meetings_count": 1, "meetings_period": "MONTH", "text": ""}
    _change(by, second, ChangeKind.RHYTHM, often)
    waiting = _sides(by, second)
    _sign_amendment(by, waiting[0], today)


def _begun(by: Actor, agreement_id: UUID, today: date, why: str) -> Amendment:
    values = {
        "dated_on": today,
        "justification": why,
        "signers": Signers.ALL,
        "sign_by": today + timedelta(days=14),
        "force": AmendmentForce.LAST,
        "force_on": None,
    }
    return amendments.begin(by=by, agreement_id=agreement_id, key=uuid7(), values=values)


def _change(by: Actor, amendment: Amendment, kind: str, said: dict[str, Any]) -> None:
    amended_clauses.add(by=by, amendment_id=amendment.pk, key=uuid7(), kind=kind, values=said)


def _sides(by: Actor, amendment: Amendment) -> list[AmendmentSide]:
    """The parties that must sign it, once it is sent."""
    amendment.refresh_from_db()
    amendment_sending.send_to_sign(by=by, amendment_id=amendment.pk, version=amendment.version)
    rows = AmendmentSide.objects.select_related("party", "amendment__document__pdf")
    return list(rows.filter(amendment=amendment))


def _sign_amendment(by: Actor, side: AmendmentSide, today: date) -> None:
    assert side.amendment.document is not None  # it lies before its parties
    amendment_signing.sign(
        by=by,
        side_id=side.pk,
        key=uuid7(),
        document=side.amendment.document.pk,
        file=scan_of(side.amendment.document),
        values=by_office(side.party, today),
    )
