"""The electronic signatures of an uploaded PDF: who, when, and whether it changed since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from kooperacja.documents import guarded
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Verdict

_READER = "kooperacja.documents.sigcheck"
_REFUSED = {
    Verdict.ABSENT: "W tym pliku nie ma podpisu elektronicznego. Dołącz plik, który zwraca program "
    "do podpisywania, a dla skanu wybierz podpis odręczny.",
    Verdict.BROKEN: "Ten dokument zmieniono po podpisaniu, więc podpis elektroniczny jest nieważny. "
    "Podpisz dokument jeszcze raz i nie zapisuj go potem w innym programie.",
    Verdict.UNREADABLE: "Podpisu elektronicznego w tym pliku nie udało się odczytać. "
    "Podpisz dokument jeszcze raz w formacie PAdES.",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """One electronic signature, as it was when the file came."""

    signer: str
    issuer: str
    signed_at: datetime | None
    is_stamped: bool
    is_intact: bool
    covers_all: bool
    is_changed_after: bool
    is_trusted: bool | None  # None: nobody said whom to trust

    @classmethod
    def of(cls, facts: dict[str, Any]) -> "Signature":
        moment = facts.get("signed_at")
        return cls(
            signer=facts["signer"],
            issuer=facts["issuer"],
            signed_at=datetime.fromisoformat(moment) if moment else None,
            is_stamped=facts.get("is_stamped", False),
            is_intact=facts["is_intact"],
            covers_all=facts["covers_all"],
            is_changed_after=facts["is_changed_after"],
            is_trusted=facts.get("is_trusted"),
        )

    @property
    def is_good(self) -> bool:
        return self.is_intact and self.covers_all and not self.is_changed_after

    @property
    def trust(self) -> str:
        if self.is_trusted is None:
            return "nie sprawdzono, czy wystawca jest na liście zaufanych"
        return "wystawca zaufany" if self.is_trusted else "wystawcy nie ma na liście zaufanych"


def check(content: bytes, *, account: UUID | None = None) -> tuple[Verdict, list[dict[str, Any]]]:
    """Check the signatures of a PDF by a program with limits of its own."""
    asked = {"trusted": settings.SIGNATURE_TRUST_DIR}
    try:
        facts, _ = guarded.run(_READER, content, asked, account=account)
        signatures = facts["signatures"]
    except guarded.TooHard:
        signatures = None
    if signatures is None:
        return Verdict.UNREADABLE, []
    if not signatures:
        return Verdict.ABSENT, []
    is_good = all(Signature.of(facts).is_good for facts in signatures)
    return (Verdict.INTACT if is_good else Verdict.BROKEN), signatures


def require_signed(verdict: Verdict) -> None:
    """RejectedUpload says in Polish what is wrong with the signature."""
    if verdict in _REFUSED:
        raise RejectedUpload(_REFUSED[verdict])
