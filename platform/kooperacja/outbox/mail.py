"""Mail that an outbox sends, at least once."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.header import Header
from email.mime.text import MIMEText
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

INVITATION_FILE = "zaproszenie.ics"


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """A calendar that a mail carries, and its intent: REQUEST or CANCEL."""

    method: str
    text: str


class _Mail(EmailMultiAlternatives):
    """A mail whose subject begins on the header's own line, and that may carry a calendar.

    Django encodes a subject without knowing the name of its header, so that the first encoded
    word does not fit beside the name and leaves a blank line, which RFC 5322 calls obsolete.
    """

    calendar: CalendarPart | None = None

    def message(self, **options: Any) -> Any:
        made = super().message(**options)  # refuses a line break in a header
        made.replace_header("Subject", Header(str(self.subject), "utf-8", header_name="Subject"))
        if self.calendar:
            bodies = next(p for p in made.walk() if p.get_content_subtype() == "alternative")
            bodies.attach(_answerable(self.calendar))
        return made


def _answerable(calendar: CalendarPart) -> Any:
    """The last of the bodies: programs show it with buttons to accept and decline.

    Base64, so that no server on the way breaks its lines anew.
    """
    part = MIMEText(calendar.text, "calendar", "utf-8")
    part.set_param("method", calendar.method, requote=False)
    return part


def message_id(source_id: UUID) -> str:
    """The same for every repeat of a message, so that a mailbox shows it once."""
    return f"<{source_id}@{urlsplit(settings.SITE_URL).hostname}>"


def send_mail(
    *,
    source_id: UUID,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    calendar: CalendarPart | None = None,
    reply_to: str = "",
    return_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> str:
    """Send one mail now, and give its Message-ID; for handlers of outboxes only.

    What can't be delivered comes back to `return_to`, the sender of its envelope.
    """
    identity = message_id(source_id)
    own = {"Message-ID": identity, "Auto-Submitted": "auto-generated", **(headers or {})}
    if return_to:
        own["From"] = settings.DEFAULT_FROM_EMAIL
    mail = _Mail(
        subject,
        text,
        from_email=return_to or None,
        to=[to],
        headers=own,
        reply_to=[reply_to] if reply_to else [],
    )
    if html:  # none in a row that waited through an upgrade from 0.2.0
        mail.attach_alternative(html, "text/html")
    if calendar:
        mail.calendar = calendar
        # Once more as a file, for programs that look for invitations among attachments alone.
        mail.attach(INVITATION_FILE, calendar.text.encode(), "application/ics")
    mail.send()
    return identity
