"""Two years of meetings of a demo's team: some in time, some late, one team that never meets."""

from datetime import date, time, timedelta
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.documents import parts as p
from kooperacja.documents.actions import store_upload
from kooperacja.documents.drawing import pdf_of
from kooperacja.documents.papers import Paper
from tenants.meetings import times
from tenants.meetings.actions import (
    agenda,
    attaching,
    deciding,
    guests,
    holding,
    minutes,
    outcomes,
    past,
    planning,
    polling,
    recipients,
    requesting,
    templates,
)
from tenants.meetings.actions.deciding import Said
from tenants.meetings.actions.holding import Guest, Sat
from tenants.meetings.actions.outcomes import Ended
from tenants.meetings.addressed import visitor
from tenants.meetings.invented import arrangements_of, workday
from tenants.meetings.models.attendance import Presence
from tenants.meetings.models.guests import Capacity, GuestInvitation
from tenants.meetings.models.meetings import ItemKind, Meeting, MeetingMode, Outcome
from tenants.meetings.models.minutes import Minutes, chair_of, of_lead
from tenants.meetings.models.polls import DateAnswer, DatePoll
from tenants.meetings.papers import MEETING_SCAN
from tenants.meetings.polled import whole
from tenants.meetings.voices import Choice, Way
from tenants.meetings.workflow import GuestState
from tenants.people.models import Person, RoleAssignment
from tenants.people.perms import VOICES
from tenants.registry.roles import Role
from tenants.regulation.parameters import GuestConsent
from tenants.teams.kinds import PZK
from tenants.teams.models import Team

# In the last one the regulation lets the next meeting approve minutes.
_NEVER_MEETS, _MINUTED, _REVIEWED = "Krapkowice", "Gogolin", "Opole"
_YEARS = timedelta(days=730)
# Days from one meeting to the next: a quarter, with a late one among them.
_PACE = (84, 91, 140, 88)
_REASON = "Spotkanie odbyło się, zanim ośrodek zaczął prowadzić spotkania na platformie (pokaz)."
_DECIDED = "W wakacje instytucje dyżurują na zmianę, według listy u Lidera."
_GUEST = Guest("Gabriela Gościnna", "Sąd Rejonowy w Przykładowie")
_WHY = "Opowie o pracy kuratorów i odpowie na pytania instytucji (pokaz)."
_PROPOSED = {
    "capacity": Capacity.CONSULTANT,
    "name": "Konrad Konsultowany",
    "institution": "Poradnia Przykładowa, psycholog",
    "email": "konrad@poradnia.example",
    "reason": "Doradzi, jak wspierać osoby starsze zimą (pokaz).",
}
_INFORMED = {
    "name": "Wiesława Wiadoma",
    "institution": "Starostwo Powiatowe w Przykładowie",
    "email": "wieslawa@starostwo.example",
}
_OTHERS = (Sat(Presence.EXCUSED), Sat(Presence.PRESENT, deputy="Zenon Zastępczy"))
_ITEMS = (
    ("Sprawy bieżące Partnerstwa", ItemKind.INFORMATION, 15),
    ("Wsparcie osób starszych zimą", ItemKind.DISCUSSION, 30),
    ("Dyżury instytucji w wakacje", ItemKind.DECISION, 20),
)


_SCAN = Paper(
    kind="DEMO_MINUTES",
    name="Skan protokołu",
    title="Skan protokołu",
    short="",
    example={},
    parts=(
        p.Title("Protokół"),
        p.Text(
            "Ten plik zastępuje w pokazowym województwie skan podpisanego protokołu. "
            "Wszystkie dane są zmyślone."
        ),
    ),
)

_PAPERS = ("Mapa pomocy sąsiedzkiej", "Propozycja grafiku dyżurów")
_PAPER = Paper(
    kind="DEMO_PAPER",
    name="Materiał na spotkanie",
    title="{{ title }}",
    short="{{ title }}",
    example={"title": _PAPERS[0]},
    parts=(
        p.Title("{{ title }}"),
        p.Text(
            "Ten plik zastępuje w pokazowym województwie materiał, który zespół czyta przed "
            "spotkaniem. Wszystkie dane są zmyślone."
        ),
    ),
)


def write(unit: str, today: date) -> None:
    """Meetings of the past as they were entered, one convened and one in preparation."""
    team = Team.objects.on(today).filter(kind=PZK).first()
    role = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).first()
    if team is None or role is None or _NEVER_MEETS in unit or team.meetings.exists():
        return
    by = Actor(None, role.person.full_name, role=Role.LEAD, via=Via.TASK, person_id=role.person_id)
    days = _days(max(team.from_on, today - _YEARS), today)
    over = []
    for day in days:
        meeting = _attended(by, _held(by, team, day))
        _ended(by, meeting)
        if day != days[-1]:  # the last one is still to be closed
            over.append(outcomes.close(by=by, meeting_id=meeting.pk, version=meeting.version))
    arrangements_of(by, team, today)
    recipients.add_recipient(
        by=by, team_id=team.pk, key=uuid7(), values=_INFORMED | {"from_on": today}
    )
    _recorded(by, over)
    if over and _MINUTED in unit:
        _minuted(by, over[-1])
    if over and _REVIEWED in unit:
        _reviewed(by, over[-1])
    coming = _planned(by, team, today + timedelta(days=16))
    coming = _closed(by, _polled(by, coming, coming.day, closes=3))
    planning.convene(by=by, meeting_id=coming.pk, version=coming.version)
    _guests(by, role.person, over[-1:], coming)
    if _MINUTED in unit:
        _papered(by, coming)
    later = _planned(by, team, today + timedelta(days=110))
    _polled(by, later, later.day, closes=10)
    _asked(team)


def _guests(by: Actor, lead: Person, held: list[Meeting], coming: Meeting) -> None:
    """One who was at a meeting that was held, and one about whom the team is asked now."""
    for meeting in held:
        GuestInvitation.objects.create(
            meeting=meeting,
            person=lead,
            state=GuestState.CONSENTED,
            capacity=Capacity.GUEST,
            name=_GUEST.name,
            institution=_GUEST.institution,
            reason=_WHY,
            way=GuestConsent.NO_OBJECTION,
            answer_until=meeting.day - timedelta(days=4),
        )
    guests.propose(
        by=by,
        meeting_id=coming.pk,
        key=uuid7(),
        items=[item.pk for item in coming.items.all()[1:2]],
        values=_PROPOSED,
    )


def _papered(by: Actor, meeting: Meeting) -> None:
    """Files for two of its items, and its agenda kept as a template."""
    for item, title in zip(meeting.items.all()[1:], _PAPERS, strict=True):
        content = pdf_of(_PAPER, {"title": title})
        upload = SimpleUploadedFile("material.pdf", content, content_type="application/pdf")
        attaching.attach(by=by, item_id=item.pk, key=uuid7(), title=title, upload=upload)
    templates.save_agenda(by=by, meeting_id=meeting.pk, key=uuid7(), name="Spotkanie kwartalne")


def _polled(by: Actor, meeting: Meeting, first: date, *, closes: int) -> DatePoll:
    """Three dates, which most of the team has answered: the first suits them best."""
    days = [workday(first + timedelta(days=more)) for more in (0, 7, 14)]
    spans = [
        times.span(day, time(hour), time(hour + 2))
        for day, hour in zip(days, (10, 9, 13), strict=True)
    ]
    values = {
        "about": "Wsparcie osób starszych zimą (pokaz)",
        "closes_on": by.today + timedelta(days=closes),
        "dates": spans,
    }
    poll = polling.propose(by=by, meeting_id=meeting.pk, key=uuid7(), values=values)
    dates = list(poll.dates.values_list("pk", flat=True))
    said = (DateAnswer.YES, DateAnswer.IF_NEEDED, DateAnswer.NO)
    for number, row in enumerate(whole().filter(poll=poll).order_by("pk")):
        if number % 4 != 3:  # one in four is silent
            turned = [said[(place * number) % 3] for place in range(len(dates))]
            polling.answer_by_link(
                by=visitor(row, row.poll.team, "odnośnik z ankiety"),
                respondent_id=row.pk,
                answers=dict(zip(dates, turned, strict=True)),
            )
    return poll


def _closed(by: Actor, poll: DatePoll) -> Meeting:
    """The meeting once the first date of its poll was chosen."""
    first = poll.dates.order_by("starts_at").values_list("pk", flat=True)[0]
    agreed = polling.agree(by=by, poll_id=poll.pk, version=poll.version, date_id=first)
    assert agreed.meeting is not None
    return agreed.meeting


def _recorded(by: Actor, meetings: list[Meeting]) -> None:
    """The minutes of meetings on paper, but for the newest, whose are written here or still to be."""
    if meetings[:-1]:
        upload = SimpleUploadedFile("protokol.pdf", _scan(), content_type="application/pdf")
        file = store_upload(by=by, upload=upload, kind=MEETING_SCAN)
        Meeting.objects.filter(pk__in=[one.pk for one in meetings[:-1]]).update(scan=file)


@cache
def _scan() -> bytes:
    """A file in place of minutes that were signed on paper."""
    return pdf_of(_SCAN, {})


def _minuted(by: Actor, meeting: Meeting) -> None:
    """Minutes that nobody remarked on, approved when the time for remarks was over."""
    seen = _reviewed(by, meeting)
    minutes.approve(by=by, minutes_id=seen.pk, version=seen.version)


def _reviewed(by: Actor, meeting: Meeting) -> Minutes:
    """Minutes whose time for remarks is over."""
    people = of_lead(meeting)
    chair = chair_of(meeting, people) or people[0]
    taker = next((one for one in people if one != chair), chair)
    draft = minutes.begin_minutes(
        by=by, meeting_id=meeting.pk, key=uuid7(), chair=chair.pk, taker=taker.pk
    )
    minutes.ask_for_remarks(by=by, minutes_id=draft.pk, version=draft.version, until=by.today)
    Minutes.objects.filter(pk=draft.pk).update(remarks_until=by.today - timedelta(days=1))
    return Minutes.objects.get(pk=draft.pk)


def _asked(team: Team) -> None:
    """A request of a Kooperant that waits for the Lider."""
    voices = RoleAssignment.objects.filter(role__in=VOICES, ended_on=None)
    seats = team.seats.filter(ended_on=None).values("organisation")
    role = voices.filter(organisation__in=seats).order_by("from_on", "pk").first()
    if role is None or role.organisation_id is None:
        return
    by = Actor(
        None, role.person.full_name, role=Role(role.role), via=Via.TASK, person_id=role.person_id
    )
    requesting.ask(
        by=by,
        team_id=team.pk,
        key=uuid7(),
        organisation_id=role.organisation_id,
        reason="Prosimy o rozmowę o dowozie uczniów na zajęcia popołudniowe (pokaz).",
    )


def _days(first: date, today: date) -> list[date]:
    days, day = [], first + timedelta(days=30)
    while day < today - timedelta(days=5):
        days.append(workday(day))
        day += timedelta(days=_PACE[len(days) % len(_PACE)])
    return days


def _values(day: date, at: time, place: str) -> dict[str, object]:
    starts, ends = times.span(day, at, time(at.hour + 2))
    return {
        "mode": MeetingMode.DIRECT,
        "starts_at": starts,
        "ends_at": ends,
        "place": place,
        "place_reason": "",
        "link": "",
    }


def _place(team: Team, day: date) -> str:
    terms = team.terms_on(day)
    return (terms.place if terms else "") or "sala narad Lidera, ul. Przykładowa 1"


def _held(by: Actor, team: Team, day: date) -> Meeting:
    meeting = past.enter_meeting(
        by=by,
        team_id=team.pk,
        key=uuid7(),
        values=_values(day, time(10), _place(team, day)),
        reason=_REASON,
    )
    _agenda(by, meeting)
    return meeting


def _attended(by: Actor, meeting: Meeting) -> Meeting:
    """Nearly everybody came; one had an excuse, one sent a deputy."""
    rows = holding.sheet(meeting)
    seats = {row.seat_id: Sat(Presence.PRESENT if row.name else Presence.ABSENT) for row in rows}
    of_institutions = [row.seat_id for row in rows if row.organisation_id and row.name]
    for seat, sat in zip(of_institutions[-2:], _OTHERS, strict=False):
        seats[seat] = sat
    return holding.confirm_attendance(
        by=by, meeting_id=meeting.pk, version=meeting.version, seats=seats, guests=[_GUEST]
    )


def _ended(by: Actor, meeting: Meeting) -> None:
    """Information is taken note of, the discussion goes on next time, the decision is taken."""
    first, discussion, decision = meeting.items.all()
    ended = {
        first.pk: Ended(first.version, Outcome.NOTED),
        discussion.pk: Ended(discussion.version, Outcome.DECIDED, "Każda instytucja poda dyżury."),
    }
    outcomes.record_outcomes(by=by, meeting_id=meeting.pk, items=ended)
    said = dict.fromkeys(deciding.voters(decision), Said(Choice.YES))
    deciding.decide(
        by=by,
        item_id=decision.pk,
        version=decision.version,
        way=Way.AGREEMENT,
        text=_DECIDED,
        said=said,
    )


def _planned(by: Actor, team: Team, day: date) -> Meeting:
    day = workday(day)
    values = _values(day, time(10), _place(team, day))
    meeting = planning.plan_meeting(by=by, team_id=team.pk, key=uuid7(), values=values)
    _agenda(by, meeting)
    return meeting


def _agenda(by: Actor, meeting: Meeting) -> None:
    for title, kind, lasts in _ITEMS:
        values = {"title": title, "kind": kind, "minutes": lasts, "text": "", "presenter": ""}
        agenda.add_item(by=by, meeting_id=meeting.pk, key=uuid7(), values=values)
