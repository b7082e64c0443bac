"""The Lider's office in the demo: who works there, and the papers that it files."""

from dataclasses import dataclass
from datetime import date
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.documents.actions import store_upload
from kooperacja.documents.models import StoredFile
from tenants.demo import words
from tenants.partnership.actions.partnership import edit_partnership
from tenants.partnership.models import Partnership
from tenants.partnership.rules import genitive_of_office, locative_of_office, said_where
from tenants.people.models import Person, Post, RoleAssignment
from tenants.registry.roles import Role
from tenants.regulation.actions import versions
from tenants.regulation.models import RegulationVersion
from tenants.regulation.parameters import MinutesApproval

_BY_NEXT_MEETING = "Opole"


@dataclass(frozen=True, slots=True)
class Office:
    """The people of the Lider's office, and its place."""

    place: str
    began: date
    today: date
    actor: Actor
    lead: Person
    officer: Person
    paper: bytes

    def file(self, kind: str) -> StoredFile:
        """A signed paper, kept once for all that rest on one of its kind."""
        return store_upload(by=self.actor, upload=self.upload("skan.pdf"), kind=kind)

    def upload(self, name: str) -> SimpleUploadedFile:
        """A signed paper as a form brings it."""
        return SimpleUploadedFile(name, self.paper, content_type="application/pdf")


def enter(random: Random, place: str, began: date, today: date, paper: bytes) -> Office:
    """The people of the office, from the day the partnership began."""
    lead, officer = (person(random, number) for number in (900, 901))
    for colleague, role, function in (
        (lead, Role.LEAD, "dyrektor"),
        (officer, Role.NETWORK_OFFICER, "pracownik ds. sieci"),
    ):
        Post.objects.create(
            person=colleague, function=function, is_head=role == Role.LEAD, from_on=began
        )
        RoleAssignment.objects.create(
            person=colleague, role=role, from_on=began, granted_by="Pokaz (dane zmyślone)"
        )
    actor = Actor(None, lead.full_name, role=Role.LEAD, via=Via.TASK, person_id=lead.pk)
    _name(actor, place)
    return Office(place, began, today, actor, lead, officer, paper)


def _name(actor: Actor, place: str) -> None:
    """The full name of the Lider, which its office enters first, and whom to ask about data."""
    partnership = Partnership.objects.get()
    name = words.office(place, partnership.where)
    values = {
        "lead_name": name,
        "lead_locative": locative_of_office(name),
        "lead_genitive": genitive_of_office(name),
        "lead_address": "ul. Przykładowa 1",
        "contact_phone": "77 000 00 00",
        "contact_email": "sekretariat@example.pl",
        "dpo_name": "Irena Przykładowa",
        "dpo_email": "iod@example.pl",
    }
    edit_partnership(by=actor, version=partnership.version, values=values)


def person(random: Random, number: int) -> Person:
    name = words.person(random)
    return Person.objects.create(full_name=name, email=words.email(name, number))


def draft_regulation(office: Office, *settled: str) -> RegulationVersion:
    """The first regulation with some of what it must settle, or with all of it."""
    draft = RegulationVersion.objects.get()
    points = {name: words.REGULATION[name] for name in settled or words.REGULATION}
    return versions.edit_regulation(
        by=office.actor,
        regulation_id=draft.pk,
        version=draft.version,
        values={"place": "siedziba Lidera", "minutes_approval": _approval(office), **points},
    )


def _approval(office: Office) -> str:
    """In one unit the next meeting approves minutes, elsewhere whoever chairs."""
    by_meeting = office.place == _BY_NEXT_MEETING
    return MinutesApproval.NEXT_MEETING if by_meeting else MinutesApproval.CHAIR


def adopt_regulation(office: Office) -> RegulationVersion:
    """Adopted the day the partnership began."""
    return versions.adopt_first_regulation(
        by=office.actor,
        regulation_id=draft_regulation(office).pk,
        adoption=versions.Adoption(
            office.began, said_where(words.IN.get(office.place, "")), office.began
        ),
    )
