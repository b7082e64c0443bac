"""Reading the mailbox by the clock, and forgetting what was handed over long ago."""

import imaplib
import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from kooperacja.celery import app
from kooperacja.documents.errors import Busy
from kooperacja.incoming import mailbox
from kooperacja.incoming.models import ReceivedMail
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task

logger = logging.getLogger(__name__)

# No server brings a message again after so long.
KEPT = timedelta(days=90)


@app.task
def read_mailbox() -> None:
    if not settings.INCOMING_IMAP_URL or not settings.INCOMING_MAIL_ADDRESS:
        return
    try:
        mailbox.read_mailbox()
    except Busy:  # another worker reads it
        return
    except (imaplib.IMAP4.error, OSError) as error:
        logger.error("mailbox not read: %s", type(error).__name__)


@tenant_task
def forget_received() -> None:
    ReceivedMail.objects.filter(received_at__lt=timezone.now() - KEPT).delete()


@app.task
def forget_old_received() -> None:
    for tenant in directory().open_tenants():
        forget_received.delay(str(tenant.id))
