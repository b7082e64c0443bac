"""The list of those who get the approved minutes of a team without a seat in it (REG §2.9)."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.models import StoredFile
from kooperacja.documents.papers import newest
from kooperacja.notifications.base import Recipient, send
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.meetings import perms, times
from tenants.meetings.addressed import MINUTES_LINKS, title_of
from tenants.meetings.invited import recipients_in
from tenants.meetings.models.guests import GuestInvitation
from tenants.meetings.models.minutes import Minutes, Rectification
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.notifications import (
    MinutesApproved,
    MinutesForInformation,
    MinutesRectified,
    RectifiedForInformation,
)
from tenants.meetings.papers import MINUTES
from tenants.meetings.workflow import MinutesState
from tenants.people.models import Person
from tenants.teams import perms as teams
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Team

OPENS_DAYS = timedelta(days=90)  # a link in an old mailbox opens nothing for ever
_KEPT_DAYS = timedelta(days=30)


@transaction.atomic
def add_recipient(
    *, by: Actor, team_id: UUID, key: UUID, values: dict[str, Any]
) -> MinutesRecipient:
    """Put somebody on the list; of a closed team whoever reads its minutes on the platform."""
    team = Team.objects.select_for_update().get(pk=team_id)
    perms.keep_recipients.require(Person.objects.acting(by), team)
    row = MinutesRecipient(id=key, team=team, **values)
    if not MinutesRecipient.objects.filter(pk=key).exists():
        _require_free(team, row.email, by.today)
    if team.law.is_closed and reader_at(team, row.email) is None:
        raise ValidationError({"email": _CLOSED})
    insert_once(row)
    record(by=by, verb="MINUTES_RECIPIENT_ADDED", obj=row)
    return row


_CLOSED = (
    "Protokołów tego zespołu nie wysyłamy poza platformę (§ 8 regulaminu). Na liście może być "
    "tylko osoba, która ma pod tym adresem konto i czyta prace tego zespołu."
)


def _require_free(team: Team, email: str | None, day: date) -> None:
    known = {row.email.lower() for row in listed(team, day) if row.email}
    if email and email.lower() in known:
        raise ValidationError({"email": "Ten adres już jest na liście."})


def listed(team: Team, day: date) -> list[MinutesRecipient]:
    """Rows of the list that are not over on a day."""
    rows = team.minutes_recipients.exclude(ended_on__lte=day)
    return list(rows.select_related("team"))


@transaction.atomic
def end_recipient(*, by: Actor, recipient_id: UUID, version: int) -> MinutesRecipient:
    """Take somebody off the list: no more minutes, and the links sent before open nothing."""
    row: MinutesRecipient = lock_in_team(
        MinutesRecipient.objects.select_related("team"), recipient_id
    )
    perms.keep_recipients.require(Person.objects.acting(by), row.team)
    if row.ended_on:
        raise AlreadySaved(row)
    if row.version != version:
        raise StaleForm(row)
    row.end(by.today, version=row.version + 1)
    record(by=by, verb="MINUTES_RECIPIENT_ENDED", obj=row)
    return row


def tell_approved(minutes: Minutes, day: date) -> None:
    """Send approved minutes to whoever has a seat or is on the list."""
    _tell(minutes, day, MinutesApproved, MinutesForInformation, f"{minutes.pk}")


def tell_rectified(row: Rectification, day: date) -> None:
    """Send them again with what was set right."""
    which = f"{row.minutes_id}:{row.number}"
    _tell(row.minutes, day, MinutesRectified, RectifiedForInformation, which)


def _tell(
    minutes: Minutes,
    day: date,
    kind: type[MinutesApproved],
    by_link: type[MinutesForInformation],
    which: str,
) -> None:
    """Those on the list of a closed team read it behind the sign-in alone."""
    about = {"what": title_of(minutes.meeting.team), "number": minutes.meeting.serial}
    behind_sign_in = kind(minutes.pk, **about)
    to = recipients_in(minutes.team, day)
    send(behind_sign_in, to=to, dedupe=f"{kind.code}:{which}")
    rows = minutes.team.minutes_recipients.on(day).select_related("team")
    for row in rows.exclude(email__isnull=True):
        dedupe = f"{by_link.code}:{which}:{row.pk}"
        if not minutes.team.law.is_closed:
            until = day + OPENS_DAYS
            message = by_link(row.pk, minutes.pk, opens_until=until, **about)
            send(message, to=[Recipient(email=row.email)], dedupe=dedupe)
        elif reader := reader_at(minutes.team, row.email):
            send(behind_sign_in, to=[Recipient(account_id=reader.account_id)], dedupe=dedupe)


def reader_at(team: Team, email: str | None) -> Person | None:
    """Whoever has an account at an address and reads what the team does."""
    at = Person.objects.filter(email__iexact=email or "").exclude(account_id=None)
    return next((one for one in at.order_by("pk") if teams.read(one, team)), None)


def opened_by(token: str, day: date) -> tuple[MinutesRecipient, StoredFile] | None:
    """The recipient and the file that a link stands for; None once it opens nothing."""
    if not (ids := MINUTES_LINKS.ids(token)):
        return None
    recipient = MinutesRecipient.objects.on(day).select_related("team").filter(pk=ids[0]).first()
    approved = Minutes.objects.filter(pk=ids[1], state=MinutesState.APPROVED)
    minutes = approved.select_related("meeting__team").first()
    if recipient is None or minutes is None or minutes.approved_on is None:
        return None
    is_of_another = minutes.meeting.team_id != recipient.team_id
    if is_of_another or recipient.team.law.is_closed or day > _last_told(minutes) + OPENS_DAYS:
        return None
    document = newest(MINUTES, minutes.pk)
    return (recipient, document.pdf) if document else None


def _last_told(minutes: Minutes) -> date:
    """The day of the newest version: the minutes themselves or what was set right last."""
    days = minutes.rectifications.exclude(approved_on=None).values_list("approved_on", flat=True)
    return max(day for day in (minutes.approved_on, *days) if day)


@transaction.atomic
def forget_addresses(*, day: date) -> None:
    """Empty the addresses of guests and recipients some days after they were needed."""
    last = day - _KEPT_DAYS
    over = times.moment(last, time())
    guests = GuestInvitation.objects.filter(meeting__ends_at__lt=over)
    ended = MinutesRecipient.objects.filter(ended_on__lt=last)
    guests.exclude(email__isnull=True).update(email=None)
    ended.exclude(email__isnull=True).update(email=None)
