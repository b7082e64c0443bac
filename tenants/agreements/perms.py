"""Permissions to write, read and sign agreements (POR)."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from kooperacja.permissions import permission
from kooperacja.tenancy.facts import fact
from tenants.agreements.models import (
    Accession,
    Agreement,
    AmendedClause,
    Amendment,
    AmendmentSide,
    AnnexVersion,
    ClauseComment,
    ContactPerson,
    CopyHandover,
    Departure,
    Ending,
    Party,
    Publicity,
    Renaming,
    Signature,
)
from tenants.agreements.models.amendments import Lies
from tenants.agreements.sides import concerned_by, has_nobody, sides_of, signing_for
from tenants.agreements.workflow import AgreementState, AmendmentState, PartyState
from tenants.people.models import Person, Post, holds
from tenants.people.perms import (
    OFFICE,
    OR_OFFICER_OF,
    is_adviser,
    is_head,
    spoken_organisations,
    takes_part,
)

_SIGNING = "podpisy pod porozumieniem"


@permission(
    "Porozumienia widzą członkowie Partnerstwa, osoby, które działają za Strony, i doradcy ROPS.",
    "§ 2 ust. 3 porozumienia",
)
def see_agreements(person: Person | None) -> bool:
    """Open the list; it holds those that exist for the person (`Agreement.objects.read_by`)."""
    return takes_part(person) or is_adviser(person)


@permission(
    "Projekt porozumienia widzą ci, którzy go przygotowują, a gdy go udostępnią, także Strony.",
    "§ 2 ust. 3 porozumienia",
)
def see_agreement(person: Person | None, agreement: Agreement) -> bool:
    # Whoever writes them reads them all.
    return holds(person, OFFICE) or agreement.pk in _read_by(person)


@fact
def _read_by(person: Person | None) -> frozenset[UUID]:
    """Agreements that exist for the person; a page asks for them once, however many it shows."""
    return frozenset(Agreement.objects.read_by(person).order_by().values_list("pk", flat=True))


@permission(f"Porozumienia przygotowuje {OR_OFFICER_OF}")
def write_agreements(person: Person | None) -> bool:
    """Whoever drafts the regulation drafts agreements too."""
    return holds(person, OFFICE)


@permission(f"Porozumienia przygotowuje {OR_OFFICER_OF}")
def edit_party(person: Person | None, party: Party) -> bool:
    """Open the page on which a party of a draft is changed."""
    return party.agreement.is_draft and write_agreements(person)


@permission(
    "Podpis Strony wpisuje osoba, która nią kieruje, jej koordynator albo ośrodek.", _SIGNING
)
def sign_for(person: Person | None, party: Party) -> bool:
    """Hand in what a party signed, or say that it refuses."""
    return is_of_party(person, party)


@permission(
    "Kto i na jakiej podstawie podpisuje, widzą ośrodek i osoby ze Stron porozumienia.", _SIGNING
)
def see_signing(person: Person | None, signature: Signature) -> bool:
    """Read how a party signed: every party reads that of each; of an aneks, those whom it concerns."""
    lies = signature.lies
    if isinstance(lies, Amendment):
        return see_amendment(person, lies) and lies.pk in concerned_by(person, [lies])
    return take_to_sign(person, lies)


@permission("Plik do podpisu pobierają ośrodek i osoby ze Stron porozumienia.", _SIGNING)
def take_to_sign(person: Person | None, agreement: Agreement) -> bool:
    """Take the file that is signed next, with the electronic signatures given so far."""
    return _is_on_a_side(person, agreement) and see_agreement(person, agreement)


@permission(
    "Gdzie jest który egzemplarz, widzą ośrodek i osoby ze Stron porozumienia.",
    "preambuła porozumienia",
)
def see_copies(person: Person | None, agreement: Agreement) -> bool:
    """Read who has which copy on paper."""
    return take_to_sign(person, agreement)


@permission(
    "Skan podpisu na papierze otwierają ośrodek i osoby z tej Strony, a plik z podpisami "
    "elektronicznymi osoby ze wszystkich Stron.",
    _SIGNING,
)
def see_signed_file(person: Person | None, signature: Signature) -> bool:
    """Open what a party handed in: electronic signatures follow each other on one file."""
    is_shared = signature.is_electronic and see_signing(person, signature)
    return is_shared or see_basis(person, signature)


@permission("Podstawę podpisu otwierają ośrodek i osoby z tej Strony.", _SIGNING)
def see_basis(person: Person | None, signature: Signature) -> bool:
    """Read on what its signer signs, and open that paper."""
    return is_of_party(person, signature.party)


def is_of_party(person: Person | None, party: Party) -> bool:
    """The person is of the office, or of that party."""
    return holds(person, OFFICE) or party.organisation_id in spoken_organisations(person)


def _is_on_a_side(person: Person | None, agreement: Agreement) -> bool:
    return holds(person, OFFICE) or agreement.pk in _taken_part_in_by(person)


@fact
def _taken_part_in_by(person: Person | None) -> frozenset[UUID]:
    """Agreements on a side of which the person acts; asked for once in the same way."""
    parts = Party.objects.with_part(timezone.localdate()).exclude(state=PartyState.JOINING)
    own = parts.filter(organisation__in=spoken_organisations(person))
    return frozenset(own.order_by().values_list("agreement", flat=True))


_NEGOTIATED = "preambuła porozumienia"


@permission(
    "Uwagi do projektu i jego wersje widzą ci, którzy go przygotowują, i Strony, którym go "
    "udostępniono.",
    _NEGOTIATED,
)
def see_negotiation(person: Person | None, draft: Lies) -> bool:
    """Read the comments on a draft, and the versions of its text."""
    return bool(sides_of(person, draft))


@permission(
    "Uwagi zgłaszają ci, którzy przygotowują projekt, i Strony, którym go udostępniono.",
    _NEGOTIATED,
)
def comment_on(person: Person | None, draft: Lies) -> bool:
    """Write a comment on a clause, or an answer to one."""
    return bool(sides_of(person, draft))


@permission("Dane Strony widzą ci, którzy przygotowują projekt, i ona sama.", _NEGOTIATED)
def see_party(person: Person | None, party: Party) -> bool:
    """See more of a party than its name; the text names the rest where it must."""
    return is_of_party(person, party)


@permission(see_negotiation.why, _NEGOTIATED)
def see_comment(person: Person | None, comment: ClauseComment) -> bool:
    return see_negotiation(person, comment.draft)


@permission(comment_on.why, _NEGOTIATED)
def answer_comment(person: Person | None, comment: ClauseComment) -> bool:
    return comment_on(person, comment.draft)


@permission(
    "Uwagę zamyka osoba, która ją zgłosiła, albo inna z tej samej Strony. Ośrodek zamyka tylko swoje "
    "i te, których nie ma już kto zamknąć.",
    _NEGOTIATED,
)
def close_comment(person: Person | None, comment: ClauseComment) -> bool:
    """The author may have left, so anybody of that side; the office for a side that has nobody."""
    sides = sides_of(person, comment.draft)
    if comment.organisation_id in sides:
        return True
    return None in sides and is_left_alone(comment)


def is_left_alone(comment: ClauseComment) -> bool:
    """Nobody here reads the draft any more for the party whose comment it is."""
    party, today = comment.organisation_id, timezone.localdate()
    return party is not None and has_nobody(comment.draft, party, today)


_LATE = "§ 4 ust. 3 porozumienia"
_PEOPLE = "§ 4 ust. 4 porozumienia"
_PUBLIC = "§ 2 ust. 3 i 4 porozumienia"


@permission("Przystąpienie widzą ośrodek i osoby ze Stron porozumienia.", _LATE)
def see_accession(person: Person | None, accession: Accession) -> bool:
    """Read why an institution accedes, and its paper: the other parties are told of it."""
    return sees_joining(person, accession.agreement, accession.party)


def sees_joining(person: Person | None, agreement: Agreement, party: Party | None) -> bool:
    """Reads the accession that a party is about to sign, and the people whom it names."""
    is_own = party is not None and is_of_party(person, party)
    return is_own or take_to_sign(person, agreement)


@permission(
    "Podpis pod przystąpieniem wpisuje i przystąpienie wycofuje ośrodek albo osoba, która działa za "
    "tę instytucję.",
    _LATE,
)
def sign_accession(person: Person | None, accession: Accession) -> bool:
    """Hand in what an institution signed, or say that it does not accede."""
    if accession.party is None:
        return holds(person, OFFICE)
    return is_of_party(person, accession.party)


@permission(
    "Osoby do współpracy wpisuje w projekcie ośrodek, a gdy porozumienie obowiązuje, także Strona, "
    "która je wskazuje.",
    _PEOPLE,
)
def name_people(person: Person | None, party: Party) -> bool:
    """Name the people of a party, mend their data, end them."""
    if party.agreement.state == AgreementState.IN_FORCE:
        return is_of_party(person, party)
    return write_agreements(person)


@permission(name_people.why, _PEOPLE)
def edit_contact(person: Person | None, contact: ContactPerson) -> bool:
    return name_people(person, contact.party)


@permission(see_agreement.why, _PEOPLE)
def see_annex(person: Person | None, version: AnnexVersion) -> bool:
    """Take a version of the list of people: it is an annex of the text."""
    return see_agreement(person, version.agreement)


@permission("Zgodę wpisuje ośrodek albo Strona, która wskazuje tę osobę.", _PUBLIC)
def enter_consent(person: Person | None, contact: ContactPerson) -> bool:
    """Enter that a person agrees to stand on the public page."""
    return is_of_party(person, contact.party)


@permission("Zgodę cofa sama osoba, Strona, która ją wskazuje, albo ośrodek.", _PUBLIC)
def withdraw_consent(person: Person | None, contact: ContactPerson) -> bool:
    """Take a person off the public page."""
    is_own = person is not None and contact.person_id in person.entries
    return is_own or enter_consent(person, contact)


@permission("Upublicznienie wpisuje Strona albo ośrodek.", _PUBLIC)
def publicise(person: Person | None, party: Party) -> bool:
    """Say where a party made its accession public, and if its seat may be."""
    return is_of_party(person, party)


@permission(see_agreement.why, _PUBLIC)
def see_publicity(person: Person | None, publicity: Publicity) -> bool:
    """Open the file in which a party made it public."""
    return see_agreement(person, publicity.party.agreement)


_LIFE = "oświadczenie Strony porozumienia"


@permission("Odejście Strony wpisuje osoba, która nią kieruje, albo ośrodek.", _LIFE)
def leave_for(person: Person | None, party: Party) -> bool:
    """Enter that a party leaves, and take that back before its day."""
    if holds(person, OFFICE):
        return True
    own = party.organisation_id
    if person is None or own is None or own not in spoken_organisations(person):
        return False
    if is_head(person, own):
        return True
    posts = Post.objects.on(timezone.localdate()).filter(is_head=True, organisation=own)
    return posts.filter(person__in=person.entries).exists()


@permission(leave_for.why, _LIFE)
def withdraw_departure(person: Person | None, departure: Departure) -> bool:
    return leave_for(person, departure.party)


@permission("Pismo Strony, która odchodzi, otwierają ośrodek i osoby z tej Strony.", _LIFE)
def see_departure_file(person: Person | None, departure: Departure) -> bool:
    """Open the letter of a party, or the document of its successor, which both sides may."""
    sides = (departure.party, departure.successor)
    return any(is_of_party(person, one) for one in sides if one is not None)


_DOCUMENTS = "Dokumenty Stron otwierają ośrodek i osoby ze Stron porozumienia."


@permission(_DOCUMENTS, _LIFE)
def see_renaming_file(person: Person | None, renaming: Renaming) -> bool:
    return take_to_sign(person, renaming.party.agreement)


@permission(_DOCUMENTS, _LIFE)
def see_ending_file(person: Person | None, ending: Ending) -> bool:
    return take_to_sign(person, ending.agreement)


_AMENDING = "zmiana porozumienia aneksem"


@permission(
    "Projekt aneksu widzą ci, którzy go przygotowują, a gdy go udostępnią, także Strony, które "
    "porozumienie wiąże; aneks, który obowiązuje, każdy, kto czyta porozumienie.",
    _AMENDING,
)
def see_amendment(person: Person | None, amendment: Amendment) -> bool:
    """Read an aneks; a draft once it was shown, and never one that was discarded."""
    return amendment.pk in seen_among(person, [amendment])


def seen_among(person: Person | None, rows: Collection[Amendment]) -> set[UUID]:
    """Those of many aneksy that the person may read; all of them are asked about at once."""
    if holds(person, OFFICE):
        return {one.pk for one in rows}
    in_force = [one for one in rows if one.state == AmendmentState.IN_FORCE]
    shown = [one for one in rows if one not in in_force and (one.is_frozen or one.is_shown)]
    read = _read_by(person) if in_force else frozenset()
    return concerned_by(person, shown) | {one.pk for one in in_force if one.agreement_id in read}


@permission(f"Aneksy przygotowuje {OR_OFFICER_OF}", _AMENDING)
def write_amendment(person: Person | None, amendment: Amendment) -> bool:
    return write_agreements(person)


@permission(write_amendment.why, _AMENDING)
def write_amended_clause(person: Person | None, clause: AmendedClause) -> bool:
    return write_agreements(person)


@permission(sign_for.why, _AMENDING)
def sign_amendment(person: Person | None, side: AmendmentSide) -> bool:
    """Hand in what a party signed under an aneks, or say that it refuses."""
    has_part = side.party.has_part(timezone.localdate())
    return holds(person, OFFICE) or (has_part and is_of_party(person, side.party))


@permission("Plik do podpisu pobierają ośrodek i osoby ze Stron, które podpisują.", _AMENDING)
def take_amendment_to_sign(person: Person | None, amendment: Amendment) -> bool:
    return holds(person, OFFICE) or amendment.pk in signing_for(person, [amendment])


@permission(see_amendment.why, _AMENDING)
def see_side(person: Person | None, side: AmendmentSide) -> bool:
    return see_amendment(person, side.amendment)


@permission(f"Numery porozumień prowadzi {OR_OFFICER_OF}", _SIGNING)
def see_numbers(person: Person | None) -> bool:
    """Read the register of numbers; it names drafts that were taken back."""
    return holds(person, OFFICE)


@permission(
    "Potwierdzenie odbioru otwierają ośrodek i osoby z tej Strony.", "preambuła porozumienia"
)
def see_receipt(person: Person | None, handover: CopyHandover) -> bool:
    """Open the paper with which a party confirmed that it has its copy."""
    if holds(person, OFFICE):
        return True
    return handover.party is not None and is_of_party(person, handover.party)


def known_amendments(person: Person | None, rows: Collection[Amendment]) -> list[Amendment]:
    """Whoever reads the agreement reads what is in force; the others are asked about."""
    in_force = AmendmentState.IN_FORCE
    seen = seen_among(person, [one for one in rows if one.state != in_force])
    return [one for one in rows if one.state == in_force or one.pk in seen]
