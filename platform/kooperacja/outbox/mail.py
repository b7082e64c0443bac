"""Mail that an outbox sends, at least once."""

from email.header import Header
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives


class _Mail(EmailMultiAlternatives):
    """A mail whose subject begins on the header's own line.

    Django encodes a subject without knowing the name of its header, so that the first encoded
    word does not fit beside the name and leaves a blank line, which RFC 5322 calls obsolete.
    """

    def message(self, **options: Any) -> Any:
        made = super().message(**options)  # refuses a line break in a header
        made.replace_header("Subject", Header(str(self.subject), "utf-8", header_name="Subject"))
        return made


def message_id(source_id: UUID) -> str:
    """The same for every repeat of a message, so that a mailbox shows it once."""
    return f"<{source_id}@{urlsplit(settings.SITE_URL).hostname}>"


def send_mail(*, source_id: UUID, to: str, subject: str, text: str, html: str = "") -> str:
    """Send one mail now, and give its Message-ID; for handlers of outboxes only."""
    identity = message_id(source_id)
    headers = {"Message-ID": identity, "Auto-Submitted": "auto-generated"}
    mail = _Mail(subject, text, to=[to], headers=headers)
    if html:  # none in a row that waited through an upgrade from 0.2.0
        mail.attach_alternative(html, "text/html")
    mail.send()
    return identity
