"""Invented signatures under an agreement of the demo, and what becomes of its parties then."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.documents import storage
from kooperacja.documents.models import StoredFile
from tenants.accession.workflow import SignatureMode
from tenants.agreements.actions import leaving, signing, succession
from tenants.agreements.models import Agreement, Party
from tenants.agreements.models.signatures import Basis

_WHY = "Rada obraduje dopiero w przyszłym miesiącu (pokaz)."


def sign_some(by: Actor, agreement: Agreement, today: date) -> None:
    """The first party has signed on paper by a power of attorney, the second refuses, the rest wait."""
    signs, refuses, *_ = agreement.parties.all()
    _sign(by, agreement, signs, _values(signs, today))
    signing.refuse(by=by, party_id=refuses.pk, version=refuses.version, reason=_WHY)


def sign_all(by: Actor, agreement: Agreement, today: date) -> None:
    """All parties have signed on paper, each its head by office."""
    by_office = {"basis": Basis.OFFICE, "basis_number": "", "basis_on": None}
    for party in agreement.parties.all():
        _sign(by, agreement, party, _values(party, today) | by_office)


def change(by: Actor, agreement: Agreement, today: date) -> None:
    """In an agreement in force the last party has left, and the second goes by another name."""
    assert agreement.document is not None  # it lay before its parties
    content = storage.content_of(agreement.document.pdf)
    _, renamed, *_, left = agreement.parties.all()
    leaving.leave(
        by=by,
        party_id=left.pk,
        key=uuid7(),
        from_on=today,
        reason="Instytucja kończy zadania na terenie powiatu (pokaz).",
        file=_scan("odejscie.pdf", content),
    )
    succession.rename(
        by=by,
        party_id=renamed.pk,
        key=uuid7(),
        name=f"{renamed.name} imienia Patrona Pokazowego",
        from_on=today,
        basis="uchwała nr 1/POKAZ",
        file=_scan("nazwa.pdf", content),
    )


def _sign(by: Actor, agreement: Agreement, party: Party, values: dict[str, Any]) -> None:
    assert agreement.document is not None  # it lies before its parties
    content = storage.content_of(agreement.document.pdf)
    paper = _scan("pelnomocnictwo.pdf", content) if values["basis"] == Basis.POWER else None
    signing.sign(
        by=by,
        party_id=party.pk,
        key=uuid7(),
        file=_scan("skan.pdf", content),
        basis_file=paper,
        values=values,
    )


def _values(party: Party, today: date) -> dict[str, Any]:
    return {
        "signer": party.represented_by or "Osoba Pokazowa",
        "function": party.function or "osoba kierująca (pokaz)",
        "signed_on": today,
        "mode": SignatureMode.PAPER_SCAN,
        "basis": Basis.POWER,
        "basis_number": "1/POKAZ",
        "basis_on": today,
        "basis_until": None,
    }


def scan_of(file: StoredFile) -> SimpleUploadedFile:
    """A kept file, as a scan of it that was signed."""
    return _scan("skan.pdf", storage.content_of(file))


def _scan(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")
