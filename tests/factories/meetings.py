"""Meetings for tests, made by the actions that make them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.workflow import move
from tenants.meetings import times
from tenants.meetings.actions import (
    agenda,
    attaching,
    deciding,
    guests,
    holding,
    planning,
    recipients,
    requesting,
)
from tenants.meetings.actions import arrangements as arranging
from tenants.meetings.actions import minutes as acts
from tenants.meetings.actions import past as entering
from tenants.meetings.actions import templates as template_acts
from tenants.meetings.actions.deciding import Said
from tenants.meetings.actions.holding import Guest, Sat
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.attendance import Attendance, Presence
from tenants.meetings.models.decisions import Exclusion
from tenants.meetings.models.guests import GuestInvitation
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tenants.meetings.models.minutes import Extract, Minutes, of_lead
from tenants.meetings.models.papers import AgendaTemplate, ItemPaper
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.models.requests import MeetingRequest
from tenants.meetings.voices import Way
from tenants.meetings.workflow import MeetingState
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tenants.teams.kinds import PZK
from tenants.teams.models import Seat, Team
from tests.factories import people as make


def pzk() -> Team:
    """The Partnership's own team as its members and its regulation make it by now."""
    follow(Membership, RegulationVersion)
    return Team.objects.get(kind=PZK)


def lead() -> Person:
    """Whoever represents the Lider here; one is named where there is none."""
    held = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).first()
    return held.person if held else make.lead()


def by() -> Actor:
    return make.by(lead())


def values(day: date | None = None, **fields: Any) -> dict[str, Any]:
    """A meeting of an hour and a half, two weeks ahead unless a day is given."""
    day = day or timezone.localdate() + timedelta(days=14)
    starts, ends = times.span(day, time(10), time(11, 30))
    plain = {
        "mode": "DIRECT",
        "starts_at": starts,
        "ends_at": ends,
        "place": "Sala nr 1, ul. Zmyślona 1",
        "place_reason": "",
        "link": "",
    }
    return plain | fields


def planned(day: date | None = None, **fields: Any) -> Meeting:
    meeting = planning.plan_meeting(
        by=by(), team_id=pzk().pk, key=uuid7(), values=values(day, **fields)
    )
    item(meeting)
    return meeting


def item(meeting: Meeting, title: str = "Potrzeby seniorów", **fields: Any) -> AgendaItem:
    plain = {"title": title, "text": "", "kind": "DISCUSSION", "presenter": "", "minutes": 20}
    return agenda.add_item(by=by(), meeting_id=meeting.pk, key=uuid7(), values=plain | fields)


def convened(day: date | None = None, **fields: Any) -> Meeting:
    meeting = planned(day or free_day(), **fields)
    return planning.convene(by=by(), meeting_id=meeting.pk, version=meeting.version)


def free_day() -> date:
    """Three weeks ahead, after all meetings that are convened."""
    last = Meeting.objects.filter(state=MeetingState.CONVENED).order_by("-starts_at").first()
    day = timezone.localdate() + timedelta(days=21)
    return max(day, last.day + timedelta(days=1)) if last else day


def cancelled() -> Meeting:
    meeting = convened(timezone.localdate() + timedelta(days=28))
    return planning.cancel(
        by=by(), meeting_id=meeting.pk, version=meeting.version, reason="Choroba prowadzącej"
    )


def past(day: date | None = None, upload: Any = None, **fields: Any) -> Meeting:
    day = day or timezone.localdate() - timedelta(days=30)
    return entering.enter_meeting(
        by=by(),
        team_id=pzk().pk,
        key=uuid7(),
        values=values(day, **fields),
        reason="Odbyło się, zanim ośrodek zaczął korzystać z platformy.",
        upload=upload,
    )


def attended(meeting: Meeting) -> None:
    """Everybody who has a seat was there; every item came to an end."""
    for seat in Seat.objects.taken(meeting.day).filter(team=meeting.team_id).in_order():
        Attendance.objects.create(
            meeting=meeting,
            seat=seat,
            organisation=seat.organisation,
            name=seat.who,
            function=seat.function,
            institution=str(seat.organisation or "Lider"),
            presence=Presence.PRESENT,
        )


def closed(day: date | None = None) -> Meeting:
    """A meeting of the past of which everything is known."""
    meeting = past(day)
    item(meeting, outcome=Outcome.NOTED)
    attended(meeting)
    move(meeting, MeetingState.CLOSED, by=by(), on=timezone.localdate())
    return meeting


def minutes(meeting: Meeting | None = None) -> Minutes:
    """The draft of minutes."""
    meeting = meeting or closed()
    person = of_lead(meeting)[0].pk
    return acts.begin_minutes(
        by=by(), meeting_id=meeting.pk, key=uuid7(), chair=person, taker=person
    )


def reviewed(draft: Minutes | None = None) -> Minutes:
    """Minutes on which remarks are asked for."""
    draft = draft or minutes()
    until = timezone.localdate() + timedelta(days=3)
    return acts.ask_for_remarks(by=by(), minutes_id=draft.pk, version=draft.version, until=until)


def over(of: Minutes) -> Minutes:
    """The same once the time for remarks is over."""
    Minutes.objects.filter(pk=of.pk).update(remarks_until=timezone.localdate() - timedelta(days=1))
    return Minutes.objects.get(pk=of.pk)


def approved() -> Minutes:
    ready = over(reviewed())
    return acts.approve(by=by(), minutes_id=ready.pk, version=ready.version)


def extract(of: Minutes) -> Extract:
    return acts.make_extract(by=by(), minutes_id=of.pk, key=uuid7(), items=[1], is_nameless=False)


def just_ended() -> dict[str, datetime]:
    """The times of a meeting that began an hour ago, or at midnight if that was later: today."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = max(now - timedelta(hours=1), midnight)
    return {"starts_at": starts, "ends_at": starts + (now - starts) * 5 / 6}


def begun(day: date | None = None, **fields: Any) -> Meeting:
    """A convened meeting that has just ended and whose attendance nobody confirmed yet."""
    meeting = convened(day, **fields)
    Meeting.objects.filter(pk=meeting.pk).update(**just_ended())
    return Meeting.objects.get(pk=meeting.pk)


def held(*guests: Guest, day: date | None = None, **fields: Any) -> Meeting:
    """A meeting at which every seat with a person was kept by that person."""
    meeting = begun(day, **fields)
    return confirm(meeting, all_present(meeting), *guests)


def all_present(meeting: Meeting) -> dict[Any, Sat]:
    return {row.seat_id: Sat(present_if(row)) for row in holding.sheet(meeting) if row.seat_id}


def present_if(row: Attendance) -> str:
    return Presence.PRESENT if row.name else Presence.ABSENT


def confirm(meeting: Meeting, seats: dict[Any, Sat], *guests: Guest) -> Meeting:
    return holding.confirm_attendance(
        by=by(), meeting_id=meeting.pk, version=meeting.version, seats=seats, guests=guests
    )


def decided(item: AgendaItem) -> AgendaItem:
    """An item on which everybody agreed."""
    return deciding.decide(
        by=by(),
        item_id=item.pk,
        version=item.version,
        way=Way.AGREEMENT,
        text="Dyżury instytucji zaczynają się w marcu.",
        said=dict.fromkeys(deciding.voters(item), Said("YES")),
    )


def unagreed(item: AgendaItem, position: str = "Dyżury są potrzebne.") -> AgendaItem:
    """An item on which the Lider objected to what all others agree to."""
    said = dict.fromkeys(deciding.voters(item), Said("YES")) | {None: Said("NO", "Brak środków")}
    return deciding.decide(
        by=by(),
        item_id=item.pk,
        version=item.version,
        way=Way.AGREEMENT,
        text="Dyżury zaczynają się w marcu.",
        said=said,
        position=position,
    )


def exclusion(item: AgendaItem) -> Exclusion:
    """Somebody left out of an item."""
    row = deciding.may_be_excluded(item)[-1]
    deciding.exclude(
        by=by(), item_id=item.pk, key=uuid7(), attendance_id=row.pk, reason="Sprawa jej umowy."
    )
    return item.exclusions.get()


def circulated() -> AgendaItem:
    """A decision of an e-mail meeting that goes on now."""
    meeting = begun(timezone.localdate() + timedelta(days=90), mode="EMAIL", place="")
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now() + timedelta(days=1))
    item = meeting.items.get()
    AgendaItem.objects.filter(pk=item.pk).update(kind="DECISION")
    return AgendaItem.objects.select_related("meeting__team").get(pk=item.pk)


def seat_of(organisation: Any = None, person: Person | None = None) -> Seat:
    """A seat of the PZK; without an institution the Lider's."""
    seats = pzk().seats.on(timezone.localdate())
    return seats.get(organisation=organisation, person=person)


def arrangement(
    meeting: Meeting | None = None, seat: Seat | None = None, days: int = 30, **fields: Any
) -> Arrangement:
    """An arrangement of a meeting that was held, the Lider's own unless a seat is given."""
    meeting = meeting or past()
    return arranging.arrange(
        by=by(),
        meeting_id=meeting.pk,
        key=uuid7(),
        seat=(seat or seat_of()).pk,
        item=None,
        values={
            "text": "Przygotować listę kontaktów",
            "due_on": timezone.localdate() + timedelta(days=days),
            **fields,
        },
    )


def request(of: Organisation, person: Person | None = None) -> MeetingRequest:
    """A request of an institution of the team; by a head of it unless somebody is given."""
    person = person or make.head(of)
    return requesting.ask(
        by=make.by(person),
        team_id=pzk().pk,
        key=uuid7(),
        organisation_id=of.pk,
        reason="Prosimy o omówienie dyżurów w wakacje.",
    )


def refused(of: Organisation) -> MeetingRequest:
    asked = request(of)
    return requesting.refuse(
        by=by(), request_id=asked.pk, version=asked.version, reason="Spotkanie jest za tydzień."
    )


def answered(of: Organisation) -> MeetingRequest:
    asked = request(of)
    meeting = planned()
    return requesting.answer(
        by=by(), request_id=asked.pk, version=asked.version, meeting_id=meeting.pk
    )


def guest(
    meeting: Meeting, person: Person | None = None, items: Any = (), **fields: Any
) -> GuestInvitation:
    """A guest proposed for a meeting, by the Lider unless somebody is given."""
    plain = {
        "capacity": "GUEST",
        "name": "Gabriela Gościnna",
        "institution": "Sąd Rejonowy w Przykładowie",
        "email": "gabriela@gosc.example",
        "reason": "Opowie o pracy kuratorów.",
    }
    return guests.propose(
        by=make.by(person) if person else by(),
        meeting_id=meeting.pk,
        key=uuid7(),
        items=[item.pk for item in items],
        values=plain | fields,
    )


def invited_guest(meeting: Meeting, **fields: Any) -> GuestInvitation:
    """A guest against whom nobody objected until the last day."""
    proposed = guest(meeting, **fields)
    guests.close(guest_id=proposed.pk, day=proposed.answer_until + timedelta(days=1))
    return GuestInvitation.objects.select_related("meeting__team").get(pk=proposed.pk)


def recipient(team: Team | None = None, **fields: Any) -> MinutesRecipient:
    """Somebody who gets the approved minutes and has no seat."""
    plain = {
        "name": "Wiesława Wiadoma",
        "institution": "Starostwo Powiatowe w Przykładowie",
        "email": "wieslawa@starostwo.example",
        "from_on": timezone.localdate(),
    }
    team = team or pzk()
    return recipients.add_recipient(by=by(), team_id=team.pk, key=uuid7(), values=plain | fields)


def paper(item: AgendaItem, title: str = "Plan na zimę", upload: Any = None) -> ItemPaper:
    """A file put to an item."""
    return attaching.attach(
        by=by(), item_id=item.pk, key=uuid7(), title=title, upload=upload or make.pdf("plan.pdf")
    )


def template(name: str = "Spotkanie przed zimą") -> AgendaTemplate:
    """A template of two items for the PZK."""
    plain = {"kind": "DISCUSSION", "minutes": 20, "presenter": "pracownik ds. sieci"}
    items = [{"title": title, **plain} for title in ("Dyżury instytucji", "Wolne wnioski")]
    return template_acts.save_template(
        by=by(), team_id=pzk().pk, key=uuid7(), name=name, items=items
    )


def let_in(member: Membership) -> Person:
    """The coordinator of a member, with a role here."""
    person = member.coordinators.get().person
    RoleAssignment.objects.create(
        person=person,
        role=Role.PARTNER_COORDINATOR,
        organisation=member.organisation,
        from_on=member.from_on,
        granted_by="test",
    )
    return person
