"""Files of editions that were prepared are made anew once something in them was hidden (REG §3.4)."""

from functools import partial
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.documents import storage
from kooperacja.documents.models import PreparedFile
from kooperacja.documents.workflow import PreparedState
from kooperacja.outbox.nudge import nudge
from kooperacja.tenancy.context import current_tenant
from tenants.baskets import perms
from tenants.baskets.edition_papers import EDITION, LEAFLET, stamp
from tenants.baskets.models.editions import Edition
from tenants.baskets.printing import prepare
from tenants.people.models import Person

REDRAW = "tenants.baskets.tasks.redraw"


def draw_anew() -> None:
    """Have them made anew after the commit; nobody gets the old ones from this moment on."""
    transaction.on_commit(partial(nudge, REDRAW, str(current_tenant().id)), robust=True)


def outdated() -> list[PreparedFile]:
    """Files that show what was hidden since, and that nobody is drawing now."""
    rows = PreparedFile.objects.filter(kind__in=(EDITION.kind, LEAFLET.kind))
    rows = rows.exclude(state=PreparedState.DRAWING).order_by("asked_at", "pk")
    editions = Edition.objects.in_bulk({UUID(one.entry["edition"][1]) for one in rows})
    stamps = {str(pk): stamp(one) for pk, one in editions.items()}
    return [one for one in rows if one.entry["levels"][1] != stamps[one.entry["edition"][1]]]


@transaction.atomic
def redraw(prepared: PreparedFile) -> None:
    """Remove an old file, and ask anew for whoever had asked."""
    edition = Edition.objects.get(pk=prepared.entry["edition"][1])
    askers = list(prepared.asked_by.order_by("pk").values_list("account_id", flat=True))
    prepared.delete()
    for account in askers:
        person = Person.objects.filter(account_id=account).first()
        if person is None or not perms.read_editions(person):
            continue
        by = Actor(account, person.full_name, via=Via.TASK, person_id=person.pk)
        prepare(
            by=by,
            edition=edition,
            group=prepared.entry["group"][1],
            name=prepared.name,
            again_at=prepared.again_at,
        )
    if prepared.path:
        transaction.on_commit(partial(storage.remove, prepared.path), robust=True)
