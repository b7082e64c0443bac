"""The register of members leaves the platform as a file (REG §5.1.a)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents import preparing
from kooperacja.documents.drawing import drawn
from kooperacja.documents.errors import TakesLong
from kooperacja.documents.length import is_long
from kooperacja.documents.models import DOCX, PDF, PreparedFile
from kooperacja.tenancy.context import writing
from kooperacja.ui.polish import pl_date
from tenants.partnership import perms
from tenants.partnership.papers import REGISTER, register_context, register_xlsx
from tenants.people.models import Person

_PAPERS = {"PDF": PDF, "DOCX": DOCX}


def export_register(*, by: Actor, day: date, file_format: str) -> bytes:
    """The whole register of a day as PDF, DOCX or XLSX; that it was taken is written down.

    TakesLong where nobody should wait for it: `prepare_register` has it drawn in the background.
    """
    perms.see_members.require(Person.objects.acting(by))
    # No transaction stays open while it is drawn.
    if file_format in _PAPERS:
        context = register_context(day, by.today)
        if is_long(REGISTER, context, _PAPERS[file_format]):
            raise TakesLong
        content = drawn(REGISTER, context, _PAPERS[file_format], by=by)
    else:
        content = register_xlsx(day)
    with writing(), transaction.atomic():
        record(by=by, verb="REGISTER_EXPORTED", data=_taken(day, file_format))
    return content


def prepare_register(
    *, by: Actor, day: date, file_format: str, name: str, again_at: str
) -> PreparedFile:
    """Have the register of a day made in the background."""
    perms.see_members.require(Person.objects.acting(by))
    return preparing.ask_for_paper(
        by=by,
        paper=REGISTER,
        context=register_context(day, by.today),
        title=f"Rejestr członków na dzień {pl_date(day)}",
        name=name,
        as_of=day,
        again_at=again_at,
        verb="REGISTER_EXPORTED",
        entry=_taken(day, file_format),
    )


def _taken(day: date, file_format: str) -> dict[str, Any]:
    return {"day": [None, day.isoformat()], "format": [None, file_format]}


def register_taken(data: Mapping[str, Any]) -> str:
    """How the journal says it."""
    day = date.fromisoformat(data["day"][1])
    return f"rejestr członków na dzień {pl_date(day)}, {data['format'][1]}"
