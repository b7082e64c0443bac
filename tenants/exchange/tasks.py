"""Letters that wait are looked at again by the clock."""

from django.utils import timezone

from kooperacja.celery import app
from tenants.exchange import letters


@app.task
def wake_held() -> None:
    """Have letters delivered whose addressee works again."""
    letters.wake_held(timezone.now())
