"""The register of members leaves the platform as a file (REG §5.1.a)."""

from datetime import date

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.models import DOCX, PDF
from kooperacja.tenancy.context import writing
from tenants.partnership import perms
from tenants.partnership.papers import register_file, register_xlsx
from tenants.people.models import Person

_PAPERS = {"PDF": PDF, "DOCX": DOCX}


def export_register(*, by: Actor, day: date, file_format: str) -> bytes:
    """The whole register of a day as PDF, DOCX or XLSX; that it was taken is written down."""
    perms.see_members.require(Person.objects.acting(by))
    # A thousand members take long to draw: no transaction stays open meanwhile.
    if file_format in _PAPERS:
        content = register_file(day, by.today, _PAPERS[file_format])
    else:
        content = register_xlsx(day)
    data = {"day": [None, day.isoformat()], "format": [None, file_format]}
    with writing(), transaction.atomic():
        record(by=by, verb="REGISTER_EXPORTED", data=data)
    return content
