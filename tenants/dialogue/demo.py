"""All that a demo's team says between its meetings, in each of its states."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.drawing import pdf_of
from kooperacja.documents.papers import Paper
from kooperacja.notifications.models import Outgoing
from kooperacja.notifications.returned import keep
from kooperacja.returns import Return
from kooperacja.ui.polish import localtime
from tenants.dialogue.actions import correspondence, risks
from tenants.dialogue.invented.actors import actor_of
from tenants.dialogue.invented.disputes import disputes_of
from tenants.dialogue.invented.materials import materials_of
from tenants.dialogue.invented.plans import plans_of
from tenants.dialogue.invented.talks import talks_of
from tenants.dialogue.models.correspondence import Message, Thread
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.models.risks import Risk, RiskStep, StepKind
from tenants.dialogue.workflow import RiskState
from tenants.meetings.actions import arrangements
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.workflow import MeetingState
from tenants.people.models import RoleAssignment
from tenants.people.perms import VOICES
from tenants.registry.roles import Role
from tenants.teams.kinds import PZK
from tenants.teams.models import Seat, Team
from tenants.teams.sides import LEAD, code_of

_OPEN = {
    "kind": "THREAT",
    "text": "Od przyszłego tygodnia świetlica nie będzie działać po południu, bo kończy się umowa "
    "z opiekunem (pokaz).",
    "concerns": "Zajęcia popołudniowe dla dzieci, dwie instytucje",
    "urgency": "SOON",
    "done": "Szukamy zastępstwa do końca miesiąca.",
}
_HANDLED = {
    "kind": "RISK",
    "text": "Zimą dojazd do ośrodka zdrowia bywa niemożliwy, a dyżury lekarza są tylko tam (pokaz).",
    "concerns": "Wsparcie osób starszych zimą",
    "urgency": "MEETING",
    "done": "",
}
_WITHDRAWN = {
    "kind": "IRREGULARITY",
    "text": "W koszyku usług stoi nieaktualny numer telefonu poradni (pokaz).",
    "concerns": "Informacja o usługach",
    "urgency": "SOON",
    "done": "",
}


def write(unit: str, today: date) -> None:
    """Reports of a member, where the team meets."""
    team = Team.objects.on(today).filter(kind=PZK).first()
    lead = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).first()
    if team is None or lead is None or team.risks.exists() or not team.meetings.exists():
        return
    by, voice = actor_of(lead), _voice(team, today) or lead
    held = team.meetings.filter(state=MeetingState.HELD).order_by("-starts_at").first()
    before = (timezone.now() - held.starts_at).days + 6 if held else 40
    _handled(by, _past(voice, team, _HANDLED, number=1, days=before), held)
    _withdrawn(_past(voice, team, _WITHDRAWN, number=2, days=20))
    of = code_of(voice.organisation_id)
    risk = risks.report(by=actor_of(voice), team_id=team.pk, key=uuid7(), of=of, values=_OPEN)
    risks.add_done(by=by, risk_id=risk.pk, key=uuid7(), text="Lider rozmawia z gminą.")
    disputes_of(by, team)
    talks_of(team, lead, voice)


def write_plans(unit: str, today: date) -> None:
    """The plans of three years, where the team meets."""
    team = Team.objects.on(today).filter(kind=PZK).first()
    lead = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).first()
    if team is None or lead is None or team.plans.exists() or not team.meetings.exists():
        return
    plans_of(actor_of(lead), team, _voice(team, today))


def _voice(team: Team, today: date) -> RoleAssignment | None:
    """Somebody who speaks for an institution of the team."""
    seats = Seat.objects.on(today).filter(team=team).exclude(organisation=None)
    held = RoleAssignment.objects.on(today).filter(role__in=VOICES)
    return held.filter(organisation__in=seats.values("organisation")).order_by("pk").first()


def _past(
    role: RoleAssignment, team: Team, said: dict[str, str], *, number: int, days: int
) -> Risk:
    """Reported some days ago, straight into the tables: nobody is written to now."""
    at = timezone.now() - timedelta(days=days)
    risk = Risk.objects.create(
        team=team,
        year=localtime(at).year,
        number=number,
        organisation=role.organisation,
        person=role.person,
        reported_at=at,
        queued_at=at + timedelta(seconds=2),
        **said,
    )
    _step(risk, StepKind.OPEN, at)
    return risk


def _step(risk: Risk, kind: StepKind, at: datetime, text: str = "") -> None:
    RiskStep.objects.create(risk=risk, kind=kind, who=risk.person.full_name, text=text, taken_at=at)


def _withdrawn(risk: Risk) -> None:
    """By its author, a day later."""
    at = risk.reported_at + timedelta(days=1)
    risk.state, risk.ended_on, risk.version = RiskState.WITHDRAWN, localtime(at).date(), 1
    risk.save()
    _step(risk, StepKind.WITHDRAWN, at, "Numer był już poprawiony, patrzyliśmy na stary wydruk.")


def _handled(lead: Actor, risk: Risk, held: Meeting | None) -> None:
    """It stands on the agenda of the meeting after it, which made an arrangement of it."""
    if held:
        _arranged(lead, risk, held)
    risk.refresh_from_db()
    reason = "Zespół szuka miejsca na drugi dyżur, bliżej mieszkańców."
    risks.handle(by=lead, risk_id=risk.pk, version=risk.version, reason=reason)


def _arranged(lead: Actor, risk: Risk, meeting: Meeting) -> None:
    risks.put_on_agenda(by=lead, risk_id=risk.pk, version=risk.version, meeting_id=meeting.pk)
    item = risks.items_of(risk).get(meeting=meeting)
    seat = Seat.objects.on(lead.today).filter(team=meeting.team_id).in_order().first()
    if seat is None:
        return
    arrangements.arrange(
        by=lead,
        meeting_id=meeting.pk,
        key=uuid7(),
        seat=seat.pk,
        item=item.pk,
        values={
            "text": "Znaleźć salę na drugi dyżur lekarza",
            "due_on": lead.today + timedelta(days=30),
        },
    )


_FILE = Paper(
    kind="DEMO_MESSAGE_FILE",
    name="Załącznik do wiadomości",
    title="Lista dyżurów",
    short="Lista dyżurów",
    example={},
    parts=(
        p.Title("Lista dyżurów"),
        p.Text(
            "Ten plik zastępuje w pokazowym województwie załącznik, który członek zespołu wysłał "
            "do wszystkich. Wszystkie dane są zmyślone."
        ),
    ),
)
# The subject, what was written and answered, days since.
_THREADS = (
    (
        "Dyżury w ferie",
        "Proszę, żeby każda instytucja podała, w które dni ferii ma dyżur.",
        "Dyżurujemy w poniedziałki i środy. Lista jest w załączniku.",
        40,
    ),
    (
        "Nowy numer infolinii",
        "Od przyszłego miesiąca infolinia ma nowy numer. Podamy go na spotkaniu.",
        "Dziękujemy, poprawimy plakaty.",
        15,
    ),
    (
        "Miejsce na zbiórkę ubrań zimowych",
        "Szukamy miejsca na zbiórkę ubrań. Kto może udostępnić salę w soboty?",
        "Mamy salę w soboty do południa.",
        0,
    ),
)


def write_threads(unit: str, today: date) -> None:
    """Three threads with an answer each: one with a file, one closed, one that reaches not all."""
    team = Team.objects.on(today).filter(kind=PZK).first()
    lead = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).first()
    if team is None or lead is None or team.threads.exists() or not team.meetings.exists():
        return
    by, voice = actor_of(lead), _sitting(team, today) or lead
    written = [_thread(by, actor_of(voice), voice, team, *said) for said in _THREADS]
    closed = written[1]
    correspondence.close(by=by, thread_id=closed.pk, version=closed.version)
    _refused(written[2])
    _returned(written[2])


def _sitting(team: Team, today: date) -> RoleAssignment | None:
    """Somebody who has a seat for an institution, and comes in here."""
    seats = Seat.objects.on(today).filter(team=team).exclude(organisation=None)
    held = RoleAssignment.objects.on(today).filter(role__in=VOICES)
    return held.filter(person__in=seats.values("person")).order_by("pk").first()


def _thread(
    by: Actor,
    other: Actor,
    voice: RoleAssignment,
    team: Team,
    subject: str,
    text: str,
    answer: str,
    days: int,
) -> Thread:
    thread = correspondence.begin(
        by=by,
        team_id=team.pk,
        key=uuid7(),
        of=LEAD,
        subject=subject,
        text=text,
        uploads=[],
    )
    uploads: list[UploadedFile[Any]] = []
    if "załączniku" in answer:
        content = pdf_of(_FILE, {})
        uploads.append(SimpleUploadedFile("Lista dyżurów.pdf", content))
    correspondence.answer(
        by=other,
        thread_id=thread.pk,
        key=uuid7(),
        of=code_of(voice.organisation_id),
        text=answer,
        uploads=uploads,
    )
    at = timezone.now() - timedelta(days=days, hours=1)
    Message.objects.filter(thread=thread, position=1).update(sent_at=at - timedelta(hours=5))
    Message.objects.filter(thread=thread, position=2).update(sent_at=at)
    Thread.objects.filter(pk=thread.pk).update(last_at=at)
    thread.refresh_from_db()
    return thread


def _refused(thread: Thread) -> None:
    """The mail to one member is refused by its server, and tried again tomorrow."""
    notice = Notice.objects.filter(about=thread.messages.get(position=1).pk).exclude(mail=None)
    one = notice.order_by("-pk").first()
    if one:
        later = timezone.now() + timedelta(days=1)
        Outgoing.objects.filter(pk=one.mail).update(attempts=6, available_at=later)


def write_materials(unit: str, today: date) -> None:
    """Materials in three topics: one out of date, one in its second version, a link."""
    team = Team.objects.on(today).filter(kind=PZK).first()
    lead = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).first()
    if team is None or lead is None or team.materials.exists() or not team.meetings.exists():
        return
    materials_of(lead, _sitting(team, today) or lead, team)


def _returned(thread: Thread) -> None:
    """The mail to another member came back: there is no such mailbox any more."""
    rows = Notice.objects.filter(about=thread.messages.get(position=1).pk).exclude(mail=None)
    others = rows.exclude(seat__person=None).exclude(seat__person__email="")
    for one in others.select_related("seat__person").order_by("-pk")[1:2]:
        if (person := one.seat.person) and one.mail:
            keep(
                Return(True, "5.1.1", "550 5.1.1 User unknown in virtual mailbox table"),
                outbox_id=one.mail,
                account_id=person.account_id,
                email=person.email,
                code="MESSAGE_SENT",
            )
