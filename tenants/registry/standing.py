"""The standing of an invitation: sent, expired, withdrawn, taken, in words for whoever sent it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from kooperacja.ui.polish import pl_date, pl_datetime
from tenants.registry.models import Invitation

TOLD_FOR, _SHOWN = timedelta(days=60), 20


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an invitation has come, and what its sender may do about it."""

    words: str
    kind: str  # of the mark beside the words
    may_send: bool = False  # again
    may_withdraw: bool = False
    is_late: bool = False
    was_sent: bool = True

    @property
    def sending(self) -> str:
        """The words of the button that sends it."""
        return "Wyślij zaproszenie ponownie" if self.was_sent else "Wyślij zaproszenie"

    @property
    def is_waited_for(self) -> bool:
        """Somebody else is to act: it is open, or has run out unanswered."""
        return self.may_withdraw


ACTIVE = Standing("aktywne", "ok")
NOT_SENT = Standing("nie wysłano zaproszenia", "stop", may_send=True, is_late=True, was_sent=False)
NO_ADDRESS = Standing("bez konta (nie podano adresu e-mail)", "neutral")
SHUT = Standing("dostęp zamknięty", "neutral")
ON_ITS_WAY = Standing("zaproszenie jest właśnie wysyłane", "wait")


def standing_of(invitation: Invitation, now: datetime) -> Standing:
    """The standing of the newest invitation to a role."""
    if invitation.accepted_at:
        return Standing(f"zaproszenie przyjęte {pl_date(invitation.accepted_at)}", "ok")
    if invitation.withdrawn_at:
        words = f"zaproszenie wycofane {pl_date(invitation.withdrawn_at)}"
        return Standing(words, "neutral", may_send=True)
    if invitation.expires_at <= now:
        words = f"zaproszenie wygasło {pl_datetime(invitation.expires_at)}"
        return Standing(words, "stop", may_send=True, may_withdraw=True, is_late=True)
    words = f"zaproszenie wysłane, ważne do {pl_datetime(invitation.expires_at)}"
    return Standing(words, "wait", may_send=True, may_withdraw=True)


def sent_for(invitation: Invitation) -> QuerySet[Invitation]:
    """All that were sent for the same role: of one person, or else to one address."""
    rows = Invitation.objects.filter(tenant=invitation.tenant_id, role=invitation.role)
    if invitation.assignment_id is None:
        return rows.filter(email=invitation.email, organisation_id=invitation.organisation_id)
    # Its institution may have been made one with another entry since.
    return rows.filter(assignment_id=invitation.assignment_id)


def newer_than(invitation: Invitation) -> Invitation | None:
    """The newest one that took its place, if any."""
    later = sent_for(invitation).filter(created_at__gt=invitation.created_at)
    return later.order_by("-created_at").first()


def untaken_by(email: str, now: datetime) -> list[Invitation]:
    """Invitations that wait for whoever has this address; what ran out long ago is not told."""
    rows = Invitation.objects.filter(email=email.lower(), accepted_at=None, withdrawn_at=None)
    recent = rows.filter(expires_at__gt=now - TOLD_FOR).select_related("tenant__unit")
    return list(recent.order_by("-created_at")[:_SHOWN])
