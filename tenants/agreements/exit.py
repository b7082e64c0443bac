"""Agreements in the exit package of a tenant."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from kooperacja.offers import Pack
from tenants.accession.workflow import SignatureMode
from tenants.agreements.citations import typed
from tenants.agreements.consolidated import named, text_before, text_of
from tenants.agreements.history import changes_written
from tenants.agreements.models import (
    Accession,
    Agreement,
    AgreementNumber,
    Amendment,
    AnnexVersion,
    ClauseComment,
    ContactPerson,
    CopyHandover,
    PublicConsent,
    Publicity,
    Refusal,
    Signature,
)
from tenants.agreements.models.accessions import ACCESSION_PAPER
from tenants.agreements.models.amendments import AMENDMENT_PAPER
from tenants.agreements.models.signatures import WAYS
from tenants.agreements.standing import standings
from tenants.agreements.text import values_of

_TEXT = ["porozumienie", "wariant", "stan", "zawarte", "dzień", "postanowienie", "treść"]
_PARTIES = [
    "porozumienie", "numer", "Strona", "siedziba", "podpisuje za nią", "osoba reprezentująca",
    "funkcja", "nazwa dziś", "podpis", "wiąże od", "nie wiąże od", "jak zakończono", "przystąpiono",
]  # fmt: skip
_PEOPLE = [
    "porozumienie", "Strona", "imię i nazwisko", "stanowisko", "telefon", "e-mail", "od", "do",
]  # fmt: skip

_SIGNED = [
    "porozumienie", "Strona", "wpis", "kto podpisuje", "funkcja", "dzień", "sposób", "podstawa",
    "numer podstawy", "podstawa z dnia", "podstawa ważna do", "powód odmowy", "odmowę cofnięto",
    "pod którym tekstem", "wpisuje", "wpisano",
]  # fmt: skip
_COMMENTS = [
    "porozumienie", "postanowienie", "wpis", "kto", "w imieniu", "kto ma odpowiedzieć", "kiedy",
    "treść", "zamknięto", "zamknięcie wpisuje",
]  # fmt: skip
_CHANGES = [
    "porozumienie", "Strona", "co się stało", "od dnia", "następca albo nowa nazwa", "dokument",
    "powód", "wpisuje", "wpisano", "wycofano",
]  # fmt: skip


_ACCESSIONS = [
    "porozumienie", "instytucja", "uzasadnienie", "stan", "przygotowano", "ostatni dzień", "podpis",
    "wycofano", "powód",
]  # fmt: skip
_ANNEXES = [
    "porozumienie", "wersja", "stan na dzień", "powód", "Strona", "imię i nazwisko", "stanowisko",
    "telefon", "e-mail",
]  # fmt: skip
_CONSENTS = [
    "porozumienie", "Strona", "imię i nazwisko", "zgoda z dnia", "kto wpisał", "kiedy", "cofnięto",
    "kto cofnął",
]  # fmt: skip
_PUBLICITY = ["porozumienie", "Strona", "dzień", "adres", "opis", "kto wpisał"]

_AMENDMENTS = [
    "porozumienie", "aneks", "stan", "z dnia", "obowiązuje od", "uzasadnienie", "zmiana",
    "postanowienie", "treść",
]  # fmt: skip

_NUMBERS = ["numer", "rok", "porozumienie", "nadano", "anulowano", "powód"]
_COPIES = ["porozumienie", "egzemplarz", "kto go ma", "jak przekazano", "przekazano", "wpisuje"]


def write_agreements(pack: Pack) -> None:
    """Every agreement with its text, its parties and all the people they ever named."""
    pack.sheet("porozumienia/teksty", _TEXT, _texts())
    pack.sheet("porozumienia/strony", _PARTIES, _parties())
    pack.sheet("porozumienia/osoby", _PEOPLE, _people())
    pack.sheet("porozumienia/podpisy", _SIGNED, _signed())
    pack.sheet("porozumienia/uwagi", _COMMENTS, _comments())
    pack.sheet("porozumienia/zmiany", _CHANGES, changes_written())
    pack.sheet("porozumienia/przystapienia", _ACCESSIONS, _accessions())
    pack.sheet("porozumienia/wykazy", _ANNEXES, _annexes())
    pack.sheet("porozumienia/zgody", _CONSENTS, _consents())
    pack.sheet("porozumienia/upublicznienie", _PUBLICITY, _publicity())
    pack.sheet("porozumienia/aneksy", _AMENDMENTS, _amendments())
    pack.sheet("porozumienia/numery", _NUMBERS, _numbers())
    pack.sheet("porozumienia/egzemplarze", _COPIES, _copies())


def _texts() -> Iterator[list[Any]]:
    for one in Agreement.objects.select_related("signed_text").order_by("created_at", "pk"):
        about: list[Any] = [str(one), one.variant, one.get_state_display()]
        about += [values_of(one)["place"] if one.place else "", one.concluded_on]
        for line in text_of(one).everything():
            yield [*about, line.name, line.text]


def _parties() -> Iterator[list[Any]]:
    for standing in standings(Agreement.objects.order_by("created_at", "pk")).values():
        days = standing.days
        for one in standing.parties:
            name = [str(standing.agreement), one.position, one.name, one.seat, one.signing_body]
            # A successor signs nothing: it is bound by the signature of its predecessor.
            signs = "" if one.stepped_in_on else one.get_state_display()
            who = [one.represented_by, one.function, one.name_now, signs]
            ended = [*days.get(one, (None, None)), one.get_end_kind_display(), one.acceded_on]
            yield [*name, *who, *ended]


def _people() -> Iterator[list[Any]]:
    rows = ContactPerson.objects.select_related("party__agreement")
    for one in rows.order_by("party__agreement__created_at", "party__position", "from_on", "pk"):
        who = [one.full_name, one.function, one.phone, one.email]
        yield [str(one.party.agreement), one.party.name, *who, one.from_on, one.ended_on]


def _signed() -> Iterator[list[Any]]:
    """Signatures and refusals, those under a text that was taken back among them."""
    amendments = {one.pk: one for one in Amendment.objects.order_by("pk")}
    along = ("party__agreement", "document")
    order = ("party__agreement__created_at", "party__agreement", "entered_at", "pk")
    for one in Signature.objects.select_related(*along).order_by(*order):
        who = ["podpis", one.signer, one.function, one.signed_on, WAYS[SignatureMode(one.mode)]]
        basis = [one.get_basis_display(), one.basis_number, one.basis_on, one.basis_until]
        yield [*_about(one), *who, *basis, "", None, *_entered(one, amendments)]
    for no in Refusal.objects.select_related(*along).order_by(*order):
        who = ["odmowa", "", "", no.refused_on, "", "", "", None, None]
        yield [*_about(no), *who, no.reason, no.withdrawn_on, *_entered(no, amendments)]


def _about(one: Signature | Refusal) -> list[Any]:
    return [str(one.party.agreement), one.party.name]


def _entered(one: Signature | Refusal, amendments: dict[UUID, Amendment]) -> list[Any]:
    """The text of which it is, who entered it and when."""
    return [_text_said(one, amendments), one.actor_name, one.entered_at]


def _text_said(one: Signature | Refusal, amendments: dict[UUID, Amendment]) -> str:
    if one.document.kind == ACCESSION_PAPER:
        return "przystąpieniem"
    if one.document.kind == AMENDMENT_PAPER:
        amendment = amendments[one.document.subject]
        is_valid = one.document_id == amendment.document_id
        number = f"nr {amendment.number}"
        return f"aneksem {number}" if is_valid else f"cofniętym tekstem aneksu {number}"
    is_valid = one.document_id == one.party.agreement.document_id
    return "obecnym" if is_valid else "cofniętym"


def _comments() -> Iterator[list[Any]]:
    """Every comment with its answers below it."""
    rows = ClauseComment.objects.select_related(
        "agreement", "amendment", "author", "organisation", "asked", "closed_by"
    ).prefetch_related("replies__author", "replies__organisation")
    for one in rows.order_by("agreement__created_at", "agreement", "created_at", "pk"):
        where = f"{one.amendment}: {one.clause_name}" if one.amendment else one.clause_name
        about = [str(one.agreement), where]
        who = [one.author.full_name, one.side, one.asked_side, one.created_at, one.text]
        closed_by = one.closed_by.full_name if one.closed_by else ""
        yield [*about, "uwaga", *who, one.closed_on, closed_by]
        for reply in one.replies.all():
            said = [reply.author.full_name, reply.side, "", reply.sent_at, reply.text]
            yield [*about, "odpowiedź", *said, None, ""]


def _accessions() -> Iterator[list[Any]]:
    rows = Accession.objects.select_related("agreement", "signature")
    for one in rows.order_by("agreement__created_at", "created_at", "pk"):
        signed_on = one.signature.signed_on if one.signature else None
        days = [one.prepared_on, one.sign_by, signed_on, one.withdrawn_on]
        about = [str(one.agreement), one.name, one.justification, one.get_state_display()]
        yield [*about, *days, one.reason]


def _annexes() -> Iterator[list[Any]]:
    rows = AnnexVersion.objects.select_related("agreement")
    for one in rows.order_by("agreement__created_at", "agreement", "number"):
        about = [str(one.agreement), one.number, one.as_of, one.get_why_display()]
        for line in one.lines:
            ways = [line["phone"], line["email"]]
            yield [*about, line["institution"], line["name"], line["position"], *ways]


def _consents() -> Iterator[list[Any]]:
    rows = PublicConsent.objects.select_related("contact__party__agreement")
    for one in rows.order_by("entered_at", "pk"):
        party = one.contact.party
        about = [str(party.agreement), party.name, one.contact.full_name, one.agreed_on]
        yield [*about, one.actor_name, one.entered_at, one.withdrawn_at, one.withdrawn_by_name]


def _publicity() -> Iterator[list[Any]]:
    rows = Publicity.objects.select_related("party__agreement")
    for one in rows.order_by("party__agreement__created_at", "published_on", "pk"):
        about = [str(one.party.agreement), one.party.name, one.published_on]
        yield [*about, one.address, one.description, one.actor_name]


def _amendments() -> Iterator[list[Any]]:
    """Every aneks with all that it changes."""
    rows = Amendment.objects.select_related("agreement__signed_text")
    for one in rows.order_by("agreement__created_at", "agreement", "created_at", "pk"):
        about: list[Any] = [str(one.agreement), str(one), one.get_state_display()]
        about += [one.dated_on, one.in_force_from, one.justification]
        names = named(text_before(one).lines)
        for change in one.changes.all():
            clause = names.get(change.clause or "", "")
            yield [*about, change.get_kind_display(), clause, typed(change.text, names)]


def _numbers() -> Iterator[list[Any]]:
    for one in AgreementNumber.objects.select_related("agreement"):
        about = [one.text, one.year, str(one.agreement)]
        yield [*about, one.given_on, one.cancelled_on, one.reason]


def _copies() -> Iterator[list[Any]]:
    for one in CopyHandover.objects.select_related("agreement", "party"):
        about = [str(one.agreement), one.copy, one.holder]
        yield [*about, one.get_way_display(), one.handed_on, one.actor_name]
