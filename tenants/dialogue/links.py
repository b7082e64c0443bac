"""Links of mails that open one matter without an account (REG §6.1 s.3, §7.2)."""

from datetime import timedelta

from django.utils import timezone

from tenants.dialogue.models.notices import Notice
from tenants.meetings.addressed import Links

RISK_LINKS = Links("risk")
NOTE_LINKS = Links("note")
OPENS_DAYS = timedelta(days=90)  # a link in an old mailbox opens nothing for ever


def notice_by_token(token: str, links: Links = RISK_LINKS) -> Notice | None:
    """The notice that a link stands for, while its seat is taken and the link is not too old."""
    rows = Notice.objects.filter(pk__in=links.ids(token), has_account=False)
    notice = rows.exclude(recipient="").select_related("seat").first()
    if notice is None or notice.queued_at is None:
        return None
    is_old = notice.queued_at < timezone.now() - OPENS_DAYS
    return None if is_old or not notice.seat.holds_on(timezone.localdate()) else notice
