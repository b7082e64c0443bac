"""Daily work of the inbox: its summary goes out."""

from django.utils import timezone

from kooperacja.celery import app
from kooperacja.inbox import summaries


@app.task(name="kooperacja.inbox.tasks.send_summaries")
def send_summaries() -> None:
    """Plan the summaries of today; said again, it plans only what is missing."""
    summaries.plan(timezone.localdate())
