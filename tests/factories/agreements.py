"""Agreements for tests, made by the actions that make them."""

from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.agreements.actions import additions, drafts, parties
from tenants.agreements.models import Addition, Agreement, ContactPerson, Party, TextVersion
from tenants.people.models import Organisation, Person
from tests.factories import meetings as make_meetings
from tests.factories import people as make_people

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
