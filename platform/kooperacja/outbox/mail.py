"""Mail that an outbox sends, at least once."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives


def message_id(source_id: UUID) -> str:
    """The same for every repeat of a message, so that a mailbox shows it once."""
    return f"<{source_id}@{urlsplit(settings.SITE_URL).hostname}>"


def send_mail(*, source_id: UUID, to: str, subject: str, text: str, html: str = "") -> str:
    """Send one mail now, and give its Message-ID; for handlers of outboxes only."""
    identity = message_id(source_id)
    headers = {"Message-ID": identity, "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(subject, text, to=[to], headers=headers)
    if html:  # none in a row that waited through an upgrade from 0.2.0
        mail.attach_alternative(html, "text/html")
    mail.send()
    return identity
