"""Agreements for tests, made by the actions that make them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.documents.actions import store_upload
from kooperacja.documents.models import Document, StoredFile
from tenants.agreements.actions import (
    additions,
    comments,
    copies,
    drafts,
    parties,
    sending,
    sharing,
    signing,
)
from tenants.agreements.models import (
    Addition,
    Agreement,
    ClauseComment,
    CommentReply,
    ContactPerson,
    CopyHandover,
    Party,
    Signature,
    TextVersion,
)
from tenants.people.models import Organisation, Person
from tests.factories import meetings as make_meetings
from tests.factories import people as make_people
from tests.factories import signatures

KNOWN = {
    "units": [{"code": "160501", "name": "gmina miejsko-wiejska Gogolin"}],
    "county": "powiat krapkowicki",
    "voivodeship": "opolskie",
    "rops": "Regionalny Ośrodek Polityki Społecznej w Opolu",
}
BLANKS = {
    "place": "w Krapkowicach",
    "meeting_place": "siedziba Partnera nr 1",
    "regional_support": "doradca ROPS",
    "informer": "sekretarza Powiatowego Zespołu Kooperacji",
}


def by() -> Actor:
    return make_meetings.by()


def by_of(person: Person) -> Actor:
    return make_people.by(person)


def draft(variant: str = "A", who: Actor | None = None, **values: Any) -> Agreement:
    """A draft as it begins, with these of its blanks filled."""
    who = who or by()
    agreement = drafts.begin(by=who, key=uuid7(), variant=variant, known=KNOWN)
    if values:
        drafts.edit(by=who, agreement_id=agreement.pk, version=0, values=values)
        agreement.refresh_from_db()
    return agreement


def whole(variant: str = "A", count: int = 2, who: Actor | None = None, **values: Any) -> Agreement:
    """A draft in which nothing is missing."""
    who = who or by()
    force = {"force": "LAST"}
    agreement = draft(variant, who, **{**BLANKS, **force, **values})
    for number in range(1, count + 1):
        contact(party(agreement, who=who, name=f"Instytucja Przykładowa nr {number}"), who=who)
    return agreement


def said(of: Organisation | None = None, **fields: Any) -> dict[str, Any]:
    plain = {
        "organisation": of,
        "is_office": False,
        "name": of.name if of else "Szkoła Przykładowa",
        "seat": "w Krapkowicach",
        "signing_body": "",
        "represented_by": "Anna Przykładowa",
        "function": "dyrektor",
    }
    return plain | fields


def party(
    agreement: Agreement,
    of: Organisation | None = None,
    number: int = 99,
    who: Actor | None = None,
    **fields: Any,
) -> Party:
    return parties.add_party(
        by=who or by(),
        agreement_id=agreement.pk,
        key=uuid7(),
        number=number,
        values=said(of, **fields),
    )


def named(**fields: Any) -> dict[str, Any]:
    plain = {
        "person": None,
        "full_name": "Jan Przykładowy",
        "function": "pedagog",
        "phone": "77 000 00 00",
        "email": "jan@example.pl",
        "from_on": timezone.localdate(),
    }
    return plain | fields


def contact(of: Party, who: Actor | None = None, **fields: Any) -> ContactPerson:
    return parties.add_contact(by=who or by(), party_id=of.pk, key=uuid7(), values=named(**fields))


def addition(
    agreement: Agreement,
    place: str = "end",
    text: str = "Treść.",
    who: Actor | None = None,
    **fields: Any,
) -> Addition:
    values = {"place": place, "heading": "", "text": text, **fields}
    return additions.add(by=who or by(), agreement_id=agreement.pk, key=uuid7(), values=values)


def kept(agreement: Agreement, who: Actor | None = None) -> TextVersion:
    return drafts.keep_text(by=who or by(), agreement_id=agreement.pk, key=uuid7())


def discarded(agreement: Agreement, who: Actor | None = None) -> Agreement:
    return drafts.discard(
        by=who or by(),
        agreement_id=agreement.pk,
        version=agreement.version,
        reason="Zaczniemy od C",
    )


def sent(agreement: Agreement, who: Actor | None = None, **values: Any) -> Agreement:
    """A whole draft that lies before its parties to be signed."""
    said = {"copies": "COUNTERPARTS", "copies_count": None, **values}
    return sending.send_to_sign(
        by=who or by(), agreement_id=agreement.pk, version=agreement.version, values=said
    )


def signed(party: Party, mode: str = "PAPER_SCAN", **fields: Any) -> Signature:
    """A signature as its row alone, with a file that has no content."""
    document = Agreement.objects.get(pk=party.agreement_id).document
    assert document is not None
    Party.objects.filter(pk=party.pk).update(state="SIGNED")
    plain = {
        "signer": "Anna Przykładowa",
        "function": "dyrektor",
        "signed_on": timezone.localdate(),
        "basis": "OFFICE",
        "actor_name": "Ewa Testowa",
        "file": make_people.stored("PARTY_SIGNATURE"),
    }
    return Signature.objects.create(
        party=party, document=document, mode=mode, **{**plain, **fields}
    )


def going_round(agreement: Agreement) -> Agreement:
    """The same where one set of copies goes from party to party."""
    Agreement.objects.filter(pk=agreement.pk).update(copies="ROUND")
    return Agreement.objects.get(pk=agreement.pk)


def brought_into_force(agreement: Agreement, day: date) -> None:
    """As its row alone; nobody is told."""
    rows = Agreement.objects.filter(pk=agreement.pk)
    rows.update(state="IN_FORCE", in_force_from=day)


def issued(kind: str, subject: UUID, pdf: StoredFile | None = None) -> Document:
    """The next paper of a subject as its row alone, with a file that has no content by itself."""
    number = Document.objects.filter(subject=subject).count() + 1
    return Document.objects.create(
        kind=kind,
        subject=subject,
        version=number,
        title=f"Do podpisu, wydanie {number}",
        context={},
        pdf=pdf or make_people.stored(kind),
    )


def before_parties(agreement: Agreement, content: bytes = b"") -> Agreement:
    """The same agreement as it lies before its parties to be signed, from today on."""
    who, upload = by(), signatures.upload(content or signatures.page())
    file = store_upload(by=who, upload=upload, kind="AGREEMENT")
    document = issued("AGREEMENT", agreement.pk, file)
    text = agreement.texts.last() or kept(agreement, who)
    values = {"sent_on": who.today, "signed_text": text, "document": document}
    Agreement.objects.filter(pk=agreement.pk).update(state="SIGNING", **values)
    return Agreement.objects.get(pk=agreement.pk)


def signature_values(**fields: Any) -> dict[str, Any]:
    plain = {
        "signer": "Anna Przykładowa",
        "function": "dyrektor",
        "signed_on": timezone.localdate(),
        "basis": "OFFICE",
        "mode": "PAPER_SCAN",
        "basis_number": "",
        "basis_on": None,
        "basis_until": None,
    }
    return plain | fields


def entered(
    of: Party,
    file: Any = None,
    who: Actor | None = None,
    basis_file: Any = None,
    key: Any = None,
    document: Any = None,
    **fields: Any,
) -> Signature:
    """The signature of a party, on paper unless a mode is given."""
    return signing.sign(
        by=who or by(),
        party_id=of.pk,
        key=key or uuid7(),
        document=document or Agreement.objects.values_list("document", flat=True).get(parties=of),
        file=file or make_people.pdf(),
        basis_file=basis_file,
        values=signature_values(**fields),
    )


def turned_down(
    of: Party,
    who: Actor | None = None,
    reason: str = "Rada się nie zgodziła",
    version: int | None = None,
) -> Party:
    """A party that refuses, seen at a version or as it is now."""
    if version is None:
        version = Party.objects.get(pk=of.pk).version
    return signing.refuse(by=who or by(), party_id=of.pk, version=version, reason=reason)


# --- The draft before its parties ---------------------------------------------------------------


def shared(agreement: Agreement, who: Actor | None = None) -> Agreement:
    agreement.refresh_from_db()
    return sharing.share(by=who or by(), agreement_id=agreement.pk, version=agreement.version)


def before(of: Organisation, who: Actor | None = None, variant: str = "C") -> Agreement:
    """A draft that lies before this institution as one of its parties."""
    agreement = whole(variant, 2, who)
    party(agreement, of, who=who)
    return shared(agreement, who)


def comment(
    agreement: Agreement, who: Actor | None = None, text: str = "Czy to wystarczy?", **fields: Any
) -> ClauseComment:
    plain = {"clause": "2.2", "asked": ""}
    return comments.comment(
        by=who or by(), agreement_id=agreement.pk, key=uuid7(), text=text, **plain | fields
    )


def answer(
    to: ClauseComment, who: Actor | None = None, text: str = "Tak.", **fields: Any
) -> CommentReply:
    return comments.answer(by=who or by(), comment_id=to.pk, key=uuid7(), text=text, **fields)


def closed(comment: ClauseComment, who: Actor | None = None) -> ClauseComment:
    comment.refresh_from_db()
    return comments.close(by=who or by(), comment_id=comment.pk, version=comment.version)


# --- Copies on paper ----------------------------------------------------------------------------


def handed(
    agreement: Agreement, who: Actor | None = None, receipt: Any = None, **fields: Any
) -> CopyHandover:
    """A copy that was handed over today, the first one to the office unless it is said otherwise."""
    values = {"copy": 1, "party": None, "way": "POST", "handed_on": timezone.localdate(), **fields}
    return copies.hand_over(
        by=who or by(), agreement_id=agreement.pk, key=uuid7(), values=values, receipt=receipt
    )
