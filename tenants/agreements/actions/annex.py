"""The list of people is made anew whenever those whom the parties name change (POR §3.3)."""

from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import next_in
from tenants.agreements.annexed import lines_of
from tenants.agreements.models import Agreement, AnnexVersion
from tenants.agreements.models.annexes import Why
from tenants.agreements.workflow import AgreementState


def refresh(*, by: Actor, agreement: Agreement, why: str) -> AnnexVersion | None:
    """Make the next version of a locked agreement in force, unless the last one says the same."""
    if agreement.state != AgreementState.IN_FORCE:
        return None
    lines = lines_of(agreement, by.today)
    last = agreement.annexes.order_by("-number").first()
    if last is not None and last.lines == lines:
        return None
    version = AnnexVersion.objects.create(
        agreement=agreement,
        number=next_in(agreement.annexes.order_by()),
        as_of=by.today,
        why=why,
        lines=lines,
        actor_name=by.name[:200],
    )
    data = {"number": [last.number if last else None, version.number]}
    record(by=by, verb="AGREEMENT_ANNEX_MADE", obj=agreement, data=data)
    return version


def to_refresh() -> list[UUID]:
    """Agreements in force, whose people may begin or end on a day that was to come."""
    rows = Agreement.objects.filter(state=AgreementState.IN_FORCE)
    return list(rows.order_by("created_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def refresh_at(*, by: Actor, agreement_id: UUID) -> None:
    """Look at one of them; done twice in a day, it finds nothing more."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    refresh(by=by, agreement=agreement, why=Why.DAY)
