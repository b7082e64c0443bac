"""Work for accounts outside requests."""

from django.core.management import call_command
from django.utils import timezone

from kooperacja.accounts.models import AccountDraft, Attempts
from kooperacja.celery import app


@app.task
def forget_old_attempts() -> None:
    """Counts of attempts that limit nothing any more."""
    Attempts.objects.filter(until__lte=timezone.now()).delete()


@app.task
def forget_expired_drafts() -> None:
    """Drafts of forms outside tenants whose time is over."""
    AccountDraft.objects.filter(expires_at__lte=timezone.now()).delete()


@app.task
def forget_old_sessions() -> None:
    """Rows of sessions that ended long ago."""
    call_command("clearsessions")
