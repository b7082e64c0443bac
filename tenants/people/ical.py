"""The personal feed: days of an account as a calendar of iCalendar, without a name of anybody."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from icalendar import Event

from kooperacja import ical
from kooperacja.tenancy.ref import TenantRef
from tenants.people.today import Waiting

READ_AGAIN = timedelta(hours=6)


def feed_of(entries: Iterable[tuple[Waiting, TenantRef]], now: datetime) -> bytes:
    """One event for each kind of matter on a page; who is concerned stands there alone.

    It takes a whole day, unless it has its hours.
    """
    calendar = ical.blank("PUBLISH")
    calendar.add("x-wr-calname", "Kooperacja")
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    events = {event["uid"]: event for event in (_event(*entry, now) for entry in entries)}
    calendar.add_component(ical.warsaw())
    for event in events.values():
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(one: Waiting, tenant: TenantRef, now: datetime) -> Event:
    assert one.due is not None, "what has no day stands in no calendar"
    url = urljoin(settings.SITE_URL, one.href)
    matter = one.matter or "Termin"
    event = Event()
    # The day may move; the page and the kind of matter tell that it is the same event.
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{url}#{matter}")))
    event.add("dtstamp", now)
    starts, ends = one.hours or (None, None)
    event.add("dtstart", ical.moment(starts) if starts else one.due)
    event.add("dtend", ical.moment(ends) if ends else one.due + timedelta(days=1))
    event.add("summary", f"{matter}: {tenant.name}")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
