"""Work for accounts outside requests."""

from django.core.management import call_command

from kooperacja.celery import app


@app.task
def forget_old_sessions() -> None:
    """Rows of sessions that ended long ago."""
    call_command("clearsessions")
