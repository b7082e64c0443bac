"""The region's template is taken over clause by clause into a change of the regulation (REG §9)."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.work_first import work_first
from kooperacja.ui.problems import Problem
from tenants.exchange.clauses import Clause, order, too_long
from tenants.exchange.models import RegulationTemplate
from tenants.people.models import Person
from tenants.regulation import perms
from tenants.regulation.actions.amendments import open_amendment
from tenants.regulation.actions.versions import require_state
from tenants.regulation.changes import keep_differences
from tenants.regulation.models import RegulationVersion
from tenants.regulation.workflow import OPEN_REGULATIONS, RegulationState


@work_first
def take_over_clauses(
    *, by: Actor, key: UUID, number: int, refs: Collection[str]
) -> RegulationVersion:
    """Give the chosen clauses the template's wording, in the open draft or in a new one.

    A clause that the template lacks goes; the members decide on all of it in a vote.
    """
    template = RegulationTemplate.objects.get(number=number)
    if not refs:
        raise Problem("Nie wybrano żadnego ustępu", "Zaznacz, które brzmienie przejąć.", status=422)
    draft = _draft(by, key)
    perms.write_regulation.require(Person.objects.acting(by))
    wanted = {row["ref"]: row["text"] for row in template.clauses}
    own = {row["ref"]: row["text"] for row in draft.clauses}
    merged = own | {ref: wanted.get(ref, "") for ref in refs}
    rows = sorted((Clause(ref, text) for ref, text in merged.items() if text), key=order)
    was, draft.clauses = draft.clauses, [{"ref": one.ref, "text": one.text} for one in rows]
    if wrong := too_long(draft.clauses, was):
        raise Problem("Z tym brzmieniem regulamin byłby za długi", wrong, status=422)
    draft.template_number = number
    draft.version += 1
    draft.save(update_fields=["clauses", "template_number", "version"])
    keep_differences(draft)
    data = {"template": number, "clauses": sorted(refs)}
    record(by=by, verb="TEMPLATE_TAKEN_OVER", obj=draft, data=data)
    return draft


@transaction.atomic
def keep_own_wording(*, by: Actor, number: int) -> RegulationVersion:
    """The template was considered and nothing of it is taken over."""
    newest = RegulationVersion.objects.select_for_update().order_by("-created_at").first()
    perms.write_regulation.require(Person.objects.acting(by))
    assert newest is not None  # founding makes one
    if (newest.template_number or 0) >= number:
        return newest
    newest.template_number = number
    newest.save(update_fields=["template_number"])
    record(by=by, verb="TEMPLATE_DECLINED", obj=newest, data={"template": number})
    return newest


def _draft(by: Actor, key: UUID) -> RegulationVersion:
    open_one = (
        RegulationVersion.objects.select_for_update().filter(state__in=OPEN_REGULATIONS).first()
    )
    if open_one is None:
        return open_amendment(by=by, key=key)
    require_state(open_one, RegulationState.DRAFT)
    return open_one
