"""Whoever is written to without an account: the links, the address, the words (REG §2.5-2.9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Notification, Recipient
from tenants.meetings.models.guests import GuestInvitation
from tenants.meetings.models.polls import PollRespondent
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.workflow import GuestState, MeetingState
from tenants.people.actions.invitations import recipients
from tenants.people.returned import Holder
from tenants.teams.models import Seat, Team


class Links:
    """Links of one kind: whoever has one opens what its ids name, and nothing else."""

    def __init__(self, kind: str) -> None:
        self._signer = Signer(salt=f"tenants.meetings.{kind}")

    def token(self, *ids: UUID) -> str:
        return self._signer.sign(".".join(one.hex for one in ids))

    def ids(self, token: str) -> list[UUID]:
        """The ids that were signed; none of what was not signed here."""
        try:
            return [UUID(one) for one in self._signer.unsign(token).split(".")]
        except BadSignature:
            return []


INVITATION_LINKS, POLL_LINKS, GUEST_LINKS = Links("invitation"), Links("poll"), Links("guest")
MINUTES_LINKS = Links("minutes")  # of a recipient and of minutes


@dataclass(frozen=True)
class ByLink(Notification):
    """The base of every message whose link opens without an account."""

    links: ClassVar[Links]
    named: ClassVar[int] = 1  # so many of the first fields are ids that the link names

    @property
    def url(self) -> str:
        return reverse(self.page, args=[self.links.token(*[*vars(self).values()][: self.named])])

    @property
    def is_public(self) -> bool:
        return True


def recipient_of(of: Seat | PollRespondent) -> Recipient | None:
    """The person; of a vacant seat the address of its institution; None where neither is."""
    if found := recipients([of.person]):
        return found[0]
    office = of.organisation
    return Recipient(email=office.email) if office and office.email else None


def visitor(of: Seat | PollRespondent, team: Team, way: str, request_id: str = "") -> Actor:
    """Whoever answers without signing in, as the journal names them; of a closed team nobody's name."""
    name = "osoba z zespołu" if team.law.is_closed else of.who
    return Actor(account_id=None, name=f"{name} ({way})"[:200], request_id=request_id)


def genitive_of(team: Team) -> str:
    """A team as a message names it, "spotkanie …"; of a closed one no more than that it is one."""
    return "zespołu" if team.law.is_closed else team.law.genitive


def title_of(team: Team) -> str:
    """The words by which others than its members may know a meeting of a team."""
    return "Spotkanie" if team.law.is_closed else f"Spotkanie {team.law.genitive}"


def address_holders(emails: set[str]) -> Iterator[tuple[str, Holder]]:
    """Holders of addresses in open teams alone: who comes to a closed one is its own matter.

    Addresses are sealed, so they are compared in memory.
    """
    now = timezone.now()
    guests = GuestInvitation.objects.filter(
        state=GuestState.CONSENTED, meeting__state=MeetingState.CONVENED, meeting__ends_at__gt=now
    )
    for guest in guests.select_related("meeting__team").order_by("pk"):
        if not guest.team.law.is_closed and (guest.email or "").lower() in emails:
            words = f"{guest.get_capacity_display()}, {title_of(guest.team)}"
            yield str(guest.email), Holder(words, guest.url)
    rows = MinutesRecipient.objects.on(timezone.localdate()).select_related("team")
    for row in rows.order_by("pk"):
        if not row.team.law.is_closed and (row.email or "").lower() in emails:
            # Its page is for those who run the team.
            yield str(row.email), Holder("Lista „Protokoły do wiadomości”", "")
