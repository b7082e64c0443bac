"""Guests and consultants are proposed, consented to and invited to one meeting (REG §2.8)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kooperacja import ical
from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import Recipient, send, settle
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.meetings import perms
from tenants.meetings.addressed import recipient_of, title_of
from tenants.meetings.consent import answer_until, consented, propose_until
from tenants.meetings.links import guest_event
from tenants.meetings.models.guests import GuestInvitation, GuestVoice
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.notifications import (
    AboutGuest,
    GuestCancelled,
    GuestConsented,
    GuestInvited,
    GuestMoved,
    GuestProposed,
    GuestRefused,
)
from tenants.meetings.rules import same
from tenants.meetings.voices import Choice, Key, Result
from tenants.meetings.workflow import GuestState, MeetingState
from tenants.people.actions.invitations import recipients
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Seat, Terms

_CLAUSE = "§ 2 ust. 8 regulaminu"
_LIVE = (GuestState.PENDING, GuestState.CONSENTED)


@transaction.atomic
def propose(
    *, by: Actor, meeting_id: UUID, key: UUID, items: Iterable[UUID], values: dict[str, Any]
) -> GuestInvitation:
    """Propose somebody for one meeting; who proposes consents for the own institutions."""
    meeting: Meeting = lock_in_team(Meeting.objects.select_related("team"), meeting_id)
    person = Person.objects.acting(by)
    perms.propose_guest.require(person, meeting)
    assert person is not None  # a permission was just given to somebody
    terms = require_proposing(meeting, by.today)
    guest = GuestInvitation(
        id=key,
        meeting=meeting,
        person=person,
        way=terms.guest_consent,
        answer_until=_until(terms, meeting, by.today),
        items=_of_agenda(meeting, items),
        **{**values, "email": values["email"] or None},
    )
    if not GuestInvitation.objects.filter(pk=key).exists():
        _require_new(guest)
    insert_once(guest)
    record(by=by, verb="GUEST_PROPOSED", obj=guest)
    for own in perms.speaks_for(person, guest):
        GuestVoice.objects.create(
            guest=guest, organisation_id=own, person=person, choice=Choice.YES
        )
    _ask(guest, by)
    _count(by, guest)
    return guest


def require_proposing(meeting: Meeting, day: date) -> Terms:
    """It is convened and there is time for consent before it; gives the terms of the day."""
    if meeting.state != MeetingState.CONVENED or meeting.starts_at <= timezone.now():
        raise Problem(
            "Na to spotkanie nie można już zaprosić gościa",
            "Gościa proponuje się na spotkanie, które zwołano i które jeszcze się nie zaczęło.",
            clause=_CLAUSE,
            kept=NOTHING_SAVED,
            at=meeting,
        )
    terms = meeting.team.terms_on(day)
    if terms is None:
        raise Problem(
            "Zespół nie ma jeszcze zasad pracy",
            "Zgodę na gościa wyraża się tak, jak mówi regulamin albo porozumienie.",
            clause=_CLAUSE,
            kept=NOTHING_SAVED,
            at=meeting,
        )
    last = propose_until(terms.guest_consent, terms.guest_days, meeting.day)
    if day > last:
        raise Problem(
            "Na zgodę zespołu nie wystarczy już czasu",
            f"Gościa na to spotkanie można było zaproponować do {pl_date(last)}, bo zgoda "
            f"musi być znana przed dniem spotkania. Według zasad zespołu: {terms.guest_rule}.",
            clause=_CLAUSE,
            kept=NOTHING_SAVED,
            at=meeting,
        )
    return terms


def last_day(person: Person, meeting: Meeting, day: date) -> date | None:
    """The last day on which somebody could propose a guest; None where they can't at all."""
    is_ahead = meeting.state == MeetingState.CONVENED and meeting.starts_at > timezone.now()
    if not (is_ahead and perms.propose_guest(person, meeting)):
        return None
    if (terms := meeting.team.terms_on(day)) is None:
        return None
    return propose_until(terms.guest_consent, terms.guest_days, meeting.day)


def _until(terms: Terms, meeting: Meeting, day: date) -> date:
    return answer_until(terms.guest_consent, terms.guest_days, day, meeting.day)


def _of_agenda(meeting: Meeting, items: Iterable[UUID]) -> list[str]:
    """Ids of items, all of which stand on the agenda."""
    wanted = {str(pk) for pk in items}
    known = {str(pk) for pk in meeting.items.values_list("pk", flat=True)}
    if wanted - known:
        raise ValidationError({"items": "Tego punktu nie ma już w porządku obrad."})
    return sorted(wanted)


def _require_new(guest: GuestInvitation) -> None:
    """Nobody is proposed twice for a meeting; names are sealed, so none is looked for by the database."""
    others = _of_meeting(guest.meeting).filter(state__in=_LIVE)
    if other := next((one for one in others if same(one.name) == same(guest.name)), None):
        raise Problem(
            "Tę osobę już zaproponowano na to spotkanie",
            f"Stan propozycji: {other.get_state_display()}. Jeśli to ktoś inny o tym samym imieniu "
            "i nazwisku, dopisz funkcję przy nazwisku.",
            kept=NOTHING_SAVED,
            at=other,
            action="Otwórz tamtą propozycję",
        )


@transaction.atomic
def answer(
    *, by: Actor, guest_id: UUID, institution: Key, choice: str, reason: str
) -> GuestInvitation:
    """Consent or object in the name of an institution, or otherwise than before while it is open."""
    guest = _locked(guest_id)
    person = Person.objects.acting(by)
    perms.answer_guest.require(person, guest)
    assert person is not None  # a permission was just given to somebody
    if institution not in perms.speaks_for(person, guest):
        raise ValidationError({"institution": "W imieniu tej instytucji odpowiada kto inny."})
    if choice == Choice.NO and not reason:
        raise ValidationError({"reason": "Napisz, dlaczego instytucja się sprzeciwia."})
    voice = guest.voices.filter(organisation=institution).first()
    reason = reason if choice == Choice.NO else ""
    if voice and (voice.choice, voice.reason) == (choice, reason):
        raise AlreadySaved(guest)
    require_answerable(guest, by.today)
    voice = voice or GuestVoice(guest=guest, organisation_id=institution)
    voice.person, voice.choice, voice.reason = person, choice, reason
    voice.save()
    record(by=by, verb="GUEST_ANSWERED", obj=guest, data={"answer": [None, choice]})
    _settle_who_answered(guest, by.today, institution)
    _count(by, guest)
    return guest


def require_answerable(guest: GuestInvitation, day: date) -> None:
    """It waits for consent and its last day is not over."""
    if guest.is_answerable(day):
        return
    why = (
        f"Odpowiadać można było do {pl_date(guest.answer_until)}"
        if guest.is_open
        else f"Stan propozycji: {guest.get_state_display()}."
    )
    raise Problem(
        "Na tę propozycję nie można już odpowiedzieć",
        why,
        clause=_CLAUSE,
        kept=NOTHING_SAVED,
        at=guest,
    )


@transaction.atomic
def withdraw(*, by: Actor, guest_id: UUID, version: int) -> GuestInvitation:
    """Take a proposal back; a guest who was invited already hears that they need not come."""
    guest = _locked(guest_id)
    perms.withdraw_guest.require(Person.objects.acting(by), guest)
    require_withdrawing(guest, by)
    if guest.version != version:
        raise StaleForm(guest)
    was_invited = guest.state == GuestState.CONSENTED
    move(guest, GuestState.WITHDRAWN, by=by, on=by.today)
    _settle_all(guest, by.today)
    if was_invited:
        _tell_guest(GuestCancelled, guest, ical.Method.CANCEL)
    return guest


def require_withdrawing(guest: GuestInvitation, by: Actor) -> None:
    """The meeting is still to come: what a guest did at one that was held stays as it was."""
    require_may(guest, GuestState.WITHDRAWN, by)
    if guest.state == GuestState.CONSENTED and not guest.is_invited:
        raise Problem(
            "Tego zaproszenia nie można już wycofać",
            f"Stan spotkania: {guest.meeting.get_state_display()}, termin: {guest.meeting.when}.",
            kept=NOTHING_SAVED,
            at=guest,
        )


def to_close(day: date) -> list[UUID]:
    """Proposals whose last day is over."""
    over = GuestInvitation.objects.filter(state=GuestState.PENDING, answer_until__lt=day)
    return list(over.order_by("answer_until", "pk").values_list("pk", flat=True))


@transaction.atomic
def close(*, guest_id: UUID, day: date) -> None:
    """Count what was said once the last day is over, unless somebody's answer decided before."""
    guest = _locked(guest_id)
    if guest.is_open and guest.answer_until < day:
        _count(replace(SYSTEM, day=day), guest, is_closed=True)


def follow_move(by: Actor, meeting: Meeting) -> None:
    """Tell invited guests of another time or place; a proposal that has no time left is refused."""
    for guest in _live(meeting):
        if guest.state == GuestState.CONSENTED:
            _tell_guest(GuestMoved, guest, ical.Method.REQUEST)
            continue
        is_late = guest.answer_until >= meeting.day
        if not guest.is_silence_consent:
            guest.answer_until = answer_until(guest.way, 0, by.today, meeting.day)
            guest.save(update_fields=["answer_until"])
            is_late = guest.answer_until < by.today
        if is_late:
            _end(by, guest, GuestState.REFUSED)


def follow_cancel(by: Actor, meeting: Meeting) -> None:
    """Tell invited guests that it does not take place; nobody is asked about the others any more."""
    for guest in _live(meeting):
        if guest.state == GuestState.CONSENTED:
            _tell_guest(GuestCancelled, guest, ical.Method.CANCEL)
        else:
            move(guest, GuestState.WITHDRAWN, by=by, on=by.today)
            _settle_all(guest, by.today)


def _of_meeting(meeting: Meeting) -> "QuerySet[GuestInvitation]":
    return GuestInvitation.objects.filter(meeting=meeting).select_related("meeting__team")


def _live(meeting: Meeting) -> list[GuestInvitation]:
    rows = list(_of_meeting(meeting).filter(state__in=_LIVE).select_related("person"))
    for row in rows:
        row.meeting = meeting
    return rows


def _locked(guest_id: UUID) -> GuestInvitation:
    rows = GuestInvitation.objects.select_related("meeting__team", "person")
    return lock_in_team(rows, guest_id, "meeting__team")


def _count(by: Actor, guest: GuestInvitation, *, is_closed: bool = False) -> None:
    """End it if the voices of those who are in the team today decide."""
    seats = _seats(guest, by.today)
    voices = {row.organisation_id: Choice(row.choice) for row in guest.voices.all()}
    said = {seat.organisation_id: voices.get(seat.organisation_id) for seat in seats}
    result = consented(guest.way, said, is_closed=is_closed)
    if result != Result.OPEN:
        passed = result == Result.PASSED
        _end(by, guest, GuestState.CONSENTED if passed else GuestState.REFUSED)


def _end(by: Actor, guest: GuestInvitation, to: GuestState) -> None:
    """Write the outcome, tell who proposed, and invite the guest if there is consent."""
    move(guest, to, by=by, on=by.today)
    _settle_all(guest, by.today)
    about = {"what": title_of(guest.meeting.team), "when": guest.meeting.when}
    if to == GuestState.CONSENTED:
        told: Any = GuestConsented(guest.pk, has_address=bool(guest.email), **about)
        _tell_guest(GuestInvited, guest, ical.Method.REQUEST)
    else:
        told = GuestRefused(guest.pk, **about)
    send(told, to=recipients([guest.person]), dedupe=f"meeting-guest-ended:{guest.pk}")


def _tell_guest(kind: type[AboutGuest], guest: GuestInvitation, method: ical.Method) -> None:
    """By mail, with the meeting for a calendar; without an address, whoever proposed tells them."""
    meeting = guest.meeting
    if not guest.email or meeting.ends_at <= timezone.now():
        return
    send(
        kind(guest.pk, what=title_of(meeting.team), when=meeting.when),
        to=[Recipient(email=guest.email)],
        dedupe=f"meeting-guest-mail:{guest.pk}:{meeting.sequence}:{method}",
        event=guest_event(guest, method, timezone.now()),
    )


def _ask(guest: GuestInvitation, by: Actor) -> None:
    """Tell every seat whose institution is asked, but for whoever proposed."""
    message = GuestProposed(
        guest.pk,
        what=title_of(guest.meeting.team),
        answer_until=guest.answer_until,
        is_silence_consent=guest.is_silence_consent,
    )
    for seat in _seats(guest, by.today):
        to = recipient_of(seat) if seat.person_id != guest.person_id else None
        if to is not None:
            send(message, to=[to], dedupe=_asked(guest, _owner(seat)))


def _seats(guest: GuestInvitation, day: date) -> list[Seat]:
    """Seats whose institution is asked on a day."""
    seats = Seat.objects.taken(day).filter(team=guest.meeting.team_id)
    rows = list(seats.select_related("person", "organisation").order_by("pk"))
    asked = guest.asked({row.organisation_id for row in rows})
    return [row for row in rows if row.organisation_id in asked]


def _owner(seat: Seat) -> Key:
    """Whoever is told: a person with two seats once, of a vacant seat the institution."""
    return seat.person_id or seat.organisation_id


def _settle_who_answered(guest: GuestInvitation, day: date, institution: Key) -> None:
    """Nothing waits any more for those whose institutions have all answered."""
    answered = set(guest.voices.values_list("organisation", flat=True))
    of: dict[Key, set[Key]] = {}
    for seat in _seats(guest, day):
        of.setdefault(_owner(seat), set()).add(seat.organisation_id)
    for owner, institutions in of.items():
        if institution in institutions and institutions <= answered:
            settle(dedupe=_asked(guest, owner))


def _settle_all(guest: GuestInvitation, day: date) -> None:
    for owner in {_owner(seat) for seat in _seats(guest, day)}:
        settle(dedupe=_asked(guest, owner))


def _asked(guest: GuestInvitation, owner: Key) -> str:
    return f"meeting-guest:{guest.pk}:{owner}"
