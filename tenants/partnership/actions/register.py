"""The register of members leaves the platform as a file (REG §5.1.a)."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from tenants.partnership import perms
from tenants.partnership.documents import register_docx, register_pdf, register_xlsx
from tenants.partnership.models import Person

_MADE_BY: dict[str, Callable[[date, date], bytes]] = {
    "PDF": register_pdf,
    "DOCX": register_docx,
    "XLSX": lambda day, today: register_xlsx(day),
}


def export_register(*, by: Actor, day: date, file_format: str) -> bytes:
    """The whole register of a day as PDF, DOCX or XLSX; that it was taken is written down."""
    perms.see_members.require(Person.objects.acting(by))
    # A thousand members take long to draw: no transaction stays open meanwhile.
    made = _MADE_BY[file_format](day, by.today)
    data = {"day": [None, day.isoformat()], "format": [None, file_format]}
    with transaction.atomic():
        record(by=by, verb="REGISTER_EXPORTED", data=data)
    return made
