"""What is said between meetings, for tests, made by the actions that make it."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.incoming.mail import Incoming
from kooperacja.outbox import actions as outbox
from tenants.dialogue.actions import (
    contacts,
    correspondence,
    disputes,
    materials,
    notes,
    risks,
    telling,
    topics,
)
from tenants.dialogue.actions.answering import take_mail
from tenants.dialogue.models import (
    Contact,
    Dispute,
    HeldAnswer,
    Material,
    MaterialFile,
    MaterialTopic,
    Message,
    Note,
    NoteSupplement,
    Notice,
    Proposal,
    Risk,
    Thread,
)
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.teams.models import Team
from tenants.teams.sides import code_of
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


def values(**fields: Any) -> dict[str, Any]:
    plain = {
        "kind": "THREAT",
        "text": "Od poniedziałku nie działa wspólna infolinia.",
        "concerns": "Dyżury instytucji",
        "urgency": "NOW",
        "done": "",
    }
    return plain | fields


def risk(
    of: Organisation | None = None,
    person: Person | None = None,
    team: Team | None = None,
    **fields: Any,
) -> Risk:
    """Reported by the Lider, or by the head of an institution."""
    person = person or (make_people.head(of) if of else make.lead())
    return risks.report(
        by=make_people.by(person),
        team_id=(team or make.pzk()).pk,
        key=uuid7(),
        of=code_of(of.pk if of else None),
        values=values(**fields),
    )


def withdrawn(**fields: Any) -> Risk:
    row = risk(**fields)
    return risks.withdraw(by=make.by(), risk_id=row.pk, version=row.version, reason="Pomyłka")


def placed(row: Risk, meeting: Meeting) -> AgendaItem:
    """The item of an agenda that is about it."""
    risks.put_on_agenda(by=make.by(), risk_id=row.pk, version=row.version, meeting_id=meeting.pk)
    row.refresh_from_db()
    return risks.items_of(row).get(meeting=meeting)


def notice_without_account(row: Risk | Note | NoteSupplement) -> Notice:
    return Notice.objects.filter(about=row.pk, has_account=False).exclude(recipient="").first()


def thread(person: Person | None = None, of: Organisation | None = None, **fields: Any) -> Thread:
    """Begun by the Lider, or by whoever sits there for an institution."""
    plain = {"subject": "Dyżury zimą", "text": "Proszę o listę dyżurów.", "uploads": []}
    return correspondence.begin(
        by=_by(person or make.lead()),
        team_id=make.pzk().pk,
        key=uuid7(),
        of=code_of(of.pk if of else None),
        **plain | fields,
    )


def answered(
    row: Thread, person: Person | None = None, of: Organisation | None = None, **fields: Any
) -> Message:
    return correspondence.answer(
        by=_by(person or make.lead()),
        thread_id=row.pk,
        key=uuid7(),
        of=code_of(of.pk if of else None),
        **{"text": "Już wysyłam.", "uploads": []} | fields,
    )


def _by(person: Person) -> Actor:
    return replace(make_people.by(person), account_id=person.account_id)


def seated(name: str, email: str = "szkola@a.example") -> Membership:
    """A member whose coordinator has a role here, and so writes."""
    return make_partnership.voiced_member(name=name, email=email)


def mail_of(row: Message, person: Person | None, text: str, **more: Any) -> Incoming:
    """An answer by mail to a message, to the address of somebody's notice of it."""
    notices = Notice.objects.select_related("seat__organisation")
    notice = notices.get(about=row.pk, seat__person=person)
    of = person or notice.seat.organisation
    plain = {
        "sender": of.email.lower(),
        "subject": "Odp.: Dyżury",
        "text": text,
        "calendar": None,
        "row_id": notice.pk,
        "message_id": f"<{uuid7()}@szkola.example>",
        "received_at": timezone.now(),
    }
    return Incoming(**plain | more)


def held(thread: Thread, text: str = "Zgoda.", guard: bool = False, **more: Any) -> HeldAnswer:
    """An answer that came from another address, or that the guard holds, so that it waits."""
    first = thread.messages.get(position=1)
    sender = {} if guard else {"sender": "kto@inny.example"}
    mail = mail_of(first, thread.person, text, **{**sender, **more})
    take_mail(mail, passes=lambda text: not guard)
    return thread.held.order_by("-pk").first()


def dispute(
    of: Organisation | None = None,
    against: Organisation | None = None,
    person: Person | None = None,
    team: Team | None = None,
    **fields: Any,
) -> Dispute:
    """Reported by the Lider or by an institution, against the other."""
    person = person or (make_people.head(of) if of else make.lead())
    plain = {
        "subject": "Kto prowadzi dyżury",
        "text": "Dwie instytucje umówiły się na ten sam dyżur.",
        "is_about_families": False,
    }
    return disputes.report_dispute(
        by=make_people.by(person),
        team_id=(team or make.pzk()).pk,
        key=uuid7(),
        of=code_of(of.pk if of else None),
        against=[code_of(against.pk if against else None)],
        **{**plain, **fields},
    )


def proposal(of: Dispute, by: Actor, text: str = "Dyżury na zmianę, co drugi tydzień") -> Proposal:
    return disputes.propose_settlement(by=by, dispute_id=of.pk, key=uuid7(), text=text)


def mediated(of: Dispute) -> Dispute:
    """The Lider took it on."""
    return disputes.take_on(by=make.by(), dispute_id=of.pk, version=of.version)


def topic(name: str = "Wzory pism", after: MaterialTopic | None = None) -> MaterialTopic:
    return topics.add_topic(
        by=make.by(),
        team_id=make.pzk().pk,
        key=uuid7(),
        name=name,
        after=str(after.pk) if after else "",
    )


def material(
    of: Organisation | None = None,
    person: Person | None = None,
    topic: MaterialTopic | None = None,
    **fields: Any,
) -> Material:
    """Shared by the Lider, or by the head of an institution: a file, or the `link` that is given."""
    person = person or (make_people.head(of) if of else make.lead())
    plain = {"title": "Poradnik", "text": "Do pierwszej rozmowy.", "link": None, "until": None}
    return materials.share(
        by=_by(person),
        team_id=make.pzk().pk,
        key=uuid7(),
        of=code_of(of.pk if of else None),
        topic=str(topic.pk) if topic else "",
        values=plain | fields,
        upload=None if "link" in fields else make_people.pdf("poradnik.pdf"),
    )


def newer(row: Material, person: Person | None = None) -> MaterialFile:
    """A newer version of its file."""
    row.refresh_from_db(fields=["version"])
    return materials.add_version(
        by=_by(person or make.lead()),
        material_id=row.pk,
        key=uuid7(),
        version=row.version,
        upload=make_people.pdf("poradnik-nowy.pdf"),
    )


def withdrawn_material(row: Material, person: Person | None = None) -> Material:
    row.refresh_from_db(fields=["version"])
    return materials.withdraw(
        by=_by(person or make.lead()),
        material_id=row.pk,
        version=row.version,
        reason="Są nowsze zasady.",
    )


def letters_at_once(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let a worker write letters that are more than so many."""
    monkeypatch.setattr(telling, "LETTERS_AT_ONCE", most)
    monkeypatch.setattr(outbox, "LETTERS_AT_ONCE", most)


def said(**fields: Any) -> notes.Said:
    """A talk with somebody from outside; `members` and `tasks` may be given."""
    members, tasks = fields.pop("members", ()), fields.pop("tasks", ())
    plain: dict[str, Any] = {
        "held_on": timezone.localdate(),
        "channel": "PHONE",
        "subject": "Wspólny dyżur",
        "others": "Zofia Zmyślona, Urząd Zmyślony",
        "content": "Omówiono godziny wspólnego dyżuru.",
        "effect": "Dyżur ruszy od wiosny.",
    }
    return notes.Said(plain | fields, list(members), list(tasks))


def note(of: Organisation | None = None, person: Person | None = None, **fields: Any) -> Note:
    """A draft of the Lider, or of the head of an institution."""
    person = person or (make_people.head(of) if of else make.lead())
    return notes.begin(
        by=make_people.by(person),
        team_id=make.pzk().pk,
        key=uuid7(),
        of=code_of(of.pk if of else None),
        said=said(**fields),
    )


def signed(of: Organisation | None = None, person: Person | None = None, **fields: Any) -> Note:
    row = note(of, person, **fields)
    return notes.sign(by=make_people.by(row.person), note_id=row.pk, version=row.version)


def contact(of: Organisation | None = None, person: Person | None = None, **fields: Any) -> Contact:
    """Logged by the Lider, or by the head of an institution."""
    person = person or (make_people.head(of) if of else make.lead())
    plain: dict[str, Any] = {
        "held_on": timezone.localdate(),
        "channel": "PHONE",
        "with_whom": "Zofia Zmyślona, Urząd Zmyślony",
        "subject": "Godziny otwarcia sali",
        "summary": "",
    }
    return contacts.log(
        by=make_people.by(person),
        team_id=make.pzk().pk,
        key=uuid7(),
        of=code_of(of.pk if of else None),
        values=plain | fields,
    )
