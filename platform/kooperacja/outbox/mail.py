"""Letters: plain text with an HTML twin, made from templates/emails and sent at least once."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template


@dataclass(frozen=True, slots=True)
class Letter:
    """The two bodies of one mail."""

    text: str
    html: str


def render_mail(name: str, context: dict[str, Any]) -> Letter:
    """The bodies from templates/emails/<name>.txt and .html.

    The layouts show `title`, and `link` with `link_label` where there is one.
    """
    context = {"site_url": settings.SITE_URL, "link": "", "link_label": "Otwórz"} | context
    # The text is no HTML, so nothing in it is escaped.
    text: Any = get_template(f"emails/{name}.txt")
    html = get_template(f"emails/{name}.html")
    plain = text.template.render(Context(context, autoescape=False))
    return Letter(text=plain.strip() + "\n", html=html.render(context))


def message_id(source_id: UUID) -> str:
    """The same for every repeat of a message, so that a mailbox shows it once."""
    return f"<{source_id}@{urlsplit(settings.SITE_URL).hostname}>"


def send_mail(*, source_id: UUID, to: str, subject: str, text: str, html: str = "") -> str:
    """Send one mail now, and give its Message-ID; for handlers of outboxes only."""
    identity = message_id(source_id)
    headers = {"Message-ID": identity, "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(subject, text, to=[to], headers=headers)
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()
    return identity
