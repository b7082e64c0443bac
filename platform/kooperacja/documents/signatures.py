"""The electronic signatures of an uploaded PDF: who, when, and whether it changed since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import guarded, sigdays, trust
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Verdict
from kooperacja.ui.polish import pl_date, quoted

_READER = "kooperacja.documents.sigcheck"
# The first that holds for one of the signatures is said of the file.
_WORST_FIRST = (
    *(Verdict.BROKEN, Verdict.WEAK, Verdict.UNKNOWN, Verdict.MALFORMED, Verdict.PARTIAL),
    *(Verdict.NOTED, Verdict.INTACT),
)
_REFUSED = {
    Verdict.ABSENT: "W tym pliku nie ma podpisu elektronicznego. Dołącz plik, który zwraca program "
    "do podpisywania, a dla skanu wybierz podpis odręczny.",
    Verdict.BROKEN: "Ten dokument zmieniono po podpisaniu, więc podpis elektroniczny jest nieważny"
    "{changes}. Podpisz dokument jeszcze raz i nie zapisuj go potem w innym programie.",
    Verdict.PARTIAL: "Podpis elektroniczny nie obejmuje całego tego dokumentu, więc nie wiadomo, "
    "co podpisano. Podpisz cały dokument jeszcze raz.",
    Verdict.WEAK: "Podpis elektroniczny używa funkcji skrótu SHA-1 albo MD5, której od 1 lipca "
    "2018 r. nie wolno w nim używać. Ustaw w programie do podpisywania SHA-256 i podpisz "
    "dokument jeszcze raz.",
    Verdict.UNKNOWN: "Podpisu elektronicznego tego rodzaju nie umiemy sprawdzić; to nie znaczy, "
    "że jest nieważny. Podpisz dokument w formacie PAdES, na przykład podpisem zaufanym.",
    Verdict.MALFORMED: "Podpis elektroniczny w tym pliku jest uszkodzony, więc nie da się go "
    "sprawdzić; to nie znaczy, że dokument zmieniono. Pobierz plik jeszcze raz stamtąd, gdzie go "
    "podpisano, a jeśli to nie pomoże, podpisz dokument jeszcze raz.",
    Verdict.UNREADABLE: "Podpisu elektronicznego w tym pliku nie udało się odczytać. "
    "Podpisz dokument jeszcze raz w formacie PAdES.",
}
_CHANGES = {
    "FIELD": "inna wartość pola formularza {}",
    "FONTS": "inny krój pisma albo wygląd pól formularza",
    "PAGE": "inna treść strony {}",
    "PAGES": "inna liczba stron ({})",
    "NOTE_CHANGED": "usunięta albo inna uwaga na stronie {}",
    "BYTES": "treść objęta podpisem jest inna niż w chwili podpisania",
    "LOCKED": "podpis zabraniał dalszych zmian, a po nim coś dodano",
    "OTHER": "dodano coś, co nie jest kolejnym podpisem ani uwagą",
}
KINDS = {
    "TRUSTED": "podpis zaufany",
    "PERSONAL": "podpis osobisty (e-dowód)",
    "QUALIFIED": "kwalifikowany podpis elektroniczny",
    "ADVANCED": "zaawansowany podpis elektroniczny z certyfikatem kwalifikowanym",
    "QUALIFIED_SEAL": "pieczęć elektroniczna z certyfikatem kwalifikowanym",
    "SEAL": "pieczęć elektroniczna",
    "PLAIN": "podpis elektroniczny, certyfikat nie mówi jaki",
}
_TROUBLES = {
    "EXPIRED": "certyfikat nie był ważny w chwili podpisania; poproś o podpis ważnym certyfikatem",
    "REVOKED": "certyfikat unieważniono; poproś o podpis ważnym certyfikatem",
    "WEAK": "certyfikat albo jego wystawca używa zbyt słabego algorytmu",
    "OTHER": "certyfikatu nie udało się powiązać z wystawcą z listy zaufanych",
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
    fault: str = ""  # the name of a verdict: why it can't be checked
    kind: str = ""
    on_behalf: str = ""  # the person for whom a seal was put
    trouble: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    notes: tuple[str, ...] = ()  # pages to which notes were added after it
    changes: tuple[tuple[str, str], ...] = ()
    # Later signatures seen on a page: its number, who, percent of it, whether it may hide something.
    looks: tuple[tuple[str, str, int, bool], ...] = ()
    list_overdue: int = 0  # days for which the list of trusted issuers had not been renewed then
    came_at: datetime | None = None
    proven_at: datetime | None = None  # of a trusted time stamp

    @classmethod
    def of(cls, facts: dict[str, Any]) -> "Signature":
        return cls(
            signer=facts["signer"],
            issuer=facts["issuer"],
            signed_at=_moment(facts, "signed_at"),
            is_stamped=facts.get("is_stamped", False),
            is_intact=facts["is_intact"],
            covers_all=facts["covers_all"],
            is_changed_after=facts["is_changed_after"],
            is_trusted=facts.get("is_trusted"),
            **{key: facts.get(key, "") for key in ("fault", "kind", "on_behalf", "trouble")},
            valid_from=_moment(facts, "valid_from"),
            valid_until=_moment(facts, "valid_until"),
            notes=tuple(facts.get("notes", ())),
            changes=tuple((code, of) for code, of in facts.get("changes", ())),
            looks=tuple(
                (page, who, share, hides) for page, who, share, hides in facts.get("looks", ())
            ),
            list_overdue=facts.get("list_overdue", 0),
            came_at=_moment(facts, "came_at"),
            proven_at=_moment(facts, "proven_at"),
        )

    @property
    def is_good(self) -> bool:
        return self.verdict in {Verdict.INTACT, Verdict.NOTED}

    @property
    def verdict(self) -> Verdict:
        if self.fault:
            return Verdict(self.fault)
        if self.is_changed_after or not self.is_intact:
            return Verdict.BROKEN
        if not self.covers_all:
            return Verdict.PARTIAL
        return Verdict.NOTED if self.notes or self.cover else Verdict.INTACT

    @property
    def who(self) -> str:
        """The person that signed: the one for whom a seal was put, or the one of the certificate."""
        return self.on_behalf or self.signer

    @property
    def state(self) -> str:
        if self.verdict == Verdict.NOTED:
            return str(Verdict.INTACT.label)
        return str(self.verdict.label)

    @property
    def note(self) -> str:
        """The remark on what was added to the signed document."""
        if not self.notes:
            return ""
        pages = "stronie" if len(self.notes) == 1 else "stronach"
        return (
            f"Po podpisaniu na {pages} {', '.join(self.notes)} dodano uwagę albo pieczątkę. Podpis "
            "obejmuje dokument bez niej; sprawdź, czy niczego nie zasłania."
        )

    @property
    def cover(self) -> str:
        """The remark on later signatures that may hide what was signed."""
        told = [
            f"Na stronie {page} jest późniejszy podpis ({who or 'bez nazwy'}), który zajmuje "
            f"{share}% strony i może zasłaniać jej treść. Ten podpis obejmuje dokument bez niego; "
            "sprawdź, czy niczego nie zasłania."
            for page, who, share, hides in self.looks
            if hides
        ]
        return " ".join(told)

    @property
    def expiry(self) -> str:
        """The remark that nothing proves it to be older than the end of its certificate.

        Anybody sets a clock back; a time stamp or the day on which the file came proves that it
        existed (ETSI EN 319 102-1, "no proof of existence").
        """
        seen_at = self.proven_at or self.came_at
        if self._is_out_of_date or not seen_at or not self.valid_until:
            return ""
        if seen_at <= self.valid_until:
            return ""
        stamp = f"znacznik czasu jest dopiero z {pl_date(seen_at)}"
        lacks = stamp if self.proven_at else "dnia podpisu nie potwierdza znacznik czasu"
        return (
            f"Certyfikat wygasł {pl_date(self.valid_until)}, a {lacks}: sprawdź w inny sposób, czy "
            "podpis złożono wcześniej, albo poproś o podpis ważnym certyfikatem."
        )

    @property
    def shown_later(self) -> str:
        """The later signatures that are seen on a page."""
        told = [
            f"{who or 'podpis bez nazwy'} (strona {page}, {share}% strony)"
            for page, who, share, _ in self.looks
        ]
        return "; ".join(told)

    @property
    def kind_label(self) -> str:
        return KINDS.get(self.kind, "")

    @property
    def trust(self) -> str:
        if not self.is_trusted and self._is_out_of_date:
            return _TROUBLES["EXPIRED"]
        return trust.with_age(self._trust, self.list_overdue)

    @property
    def _trust(self) -> str:
        if self.is_trusted:
            return "wystawca zaufany"
        if self.is_trusted is None:
            return "nie sprawdzono, czy wystawca jest na liście zaufanych"
        return _TROUBLES.get(self.trouble, "wystawcy nie ma na liście zaufanych")

    @property
    def validity(self) -> str:
        """The days on which the certificate is valid."""
        if not self.valid_from or not self.valid_until:
            return ""
        since = f"od {pl_date(self.valid_from)}"
        if sigdays.is_endless(self.valid_until):
            return f"{since}, bez daty końca"
        return f"{since} do {pl_date(self.valid_until)}"

    @property
    def _is_out_of_date(self) -> bool:
        if not self.signed_at or not self.valid_from or not self.valid_until:
            return False
        return not self.valid_from <= self.signed_at <= self.valid_until


def check(content: bytes, *, by: Actor = SYSTEM) -> tuple[Verdict, list[dict[str, Any]]]:
    """Check the signatures of a PDF by a program with limits of its own."""
    asked = {"trusted": trust.folder()}
    try:
        facts, _ = guarded.run(_READER, content, asked, by=by)
        signatures = facts["signatures"]
    except guarded.TooHard:
        signatures = None
    if signatures is None:
        return Verdict.UNREADABLE, []
    if not signatures:
        return Verdict.ABSENT, []
    return _judged(signatures)


def together(
    inside: Verdict, own: list[dict[str, Any]], around: list[dict[str, Any]]
) -> tuple[Verdict, list[dict[str, Any]]]:
    """Those of a container beside those that its PDF has itself; a PDF need not have any."""
    if inside == Verdict.UNREADABLE:
        return inside, []
    return _judged([*own, *around])


def _judged(signatures: list[dict[str, Any]]) -> tuple[Verdict, list[dict[str, Any]]]:
    now = {"list_overdue": trust.days_overdue(), "came_at": timezone.now().isoformat()}
    signatures = [one | now for one in signatures]
    verdicts = {Signature.of(facts).verdict for facts in signatures}
    return min(verdicts, key=_WORST_FIRST.index), signatures


def require_signed(verdict: Verdict, facts: Iterable[dict[str, Any]] = ()) -> None:
    """RejectedUpload says in Polish what is wrong with the signature."""
    if verdict in _REFUSED:
        changes = dict.fromkeys(change for one in facts for change in Signature.of(one).changes)
        words = "; ".join(
            _CHANGES[code].format(quoted(of) if code == "FIELD" else of) for code, of in changes
        )
        raise RejectedUpload(_REFUSED[verdict].format(changes=f" ({words})" if words else ""))


def _moment(facts: dict[str, Any], key: str) -> datetime | None:
    return sigdays.read(facts.get(key))
