"""Admits institutions to partnerships, in its own process.

`whole` and `bare` answer a number with the seconds of as many admissions in one tenant, `bare`
without the outbox; `fresh` answers "single N" or "burst N" with the seconds until the region saw
each of them. The document that an admission draws is left out everywhere.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest import mock
from uuid import UUID

import django
from uuid6 import uuid7

PATIENCE_SECONDS = 60.0


def main() -> None:
    django.setup()
    how = sys.argv[1]
    with ExitStack() as stack:
        stack.enter_context(mock.patch("tenants.accession.actions.decisions.issue_annotated"))
        if how == "bare":
            for place in ("base", "actions"):
                stack.enter_context(mock.patch(f"kooperacja.notifications.{place}.enqueue"))
        answer = _fresh if how == "fresh" else _writes(how)
        for line in sys.stdin:
            print(json.dumps(answer(line)), flush=True)


def _writes(how: str) -> Callable[[str], list[float]]:
    """Each side in a tenant of its own, so that neither waits for the other's locks."""
    from kooperacja.tenancy.context import inside
    from tenants.registry import directory

    tenant = directory.open_tenants()[-1 - (how == "bare")]

    def measure(line: str) -> list[float]:
        with inside(tenant):
            waiting = [_filed() for _ in range(int(line))]
            return [_timed(declaration) for declaration in waiting]

    return measure


def _timed(declaration_id: UUID) -> float:
    began = time.perf_counter()
    _admit(declaration_id)
    return time.perf_counter() - began


def _fresh(line: str) -> list[float]:
    from tenants.registry import directory

    how, count = line.split()
    tenants = directory.open_tenants()[-int(count) :]
    if how == "single":
        return [_wait_for([_commit(tenant)])[0] for tenant in tenants]
    return _wait_for([_commit(tenant) for tenant in tenants])


def _commit(tenant: Any) -> tuple[Any, float, int, int]:
    """Admit one there: the tenant, the moment of the commit, its revision before, its new total."""
    from django.db import transaction
    from django.utils import timezone

    from kooperacja.tenancy.context import inside
    from region.monitoring.models import Publication
    from tenants.partnership.indicators import members_by_sector

    moments: list[float] = []
    before = Publication.objects.get(tenant_id=tenant.id).revision
    with inside(tenant):
        declaration = _filed()
        with transaction.atomic():
            transaction.on_commit(lambda: moments.append(time.monotonic()))
            _admit(declaration)
        total = sum(members_by_sector(timezone.localdate()).values())
    return tenant, moments[0], before, total


def _wait_for(commits: list[tuple[Any, float, int, int]]) -> list[float]:
    from kooperacja.indicators import TOTAL
    from region.monitoring.models import Figure
    from tenants.partnership.indicators import KOOPERANCI_BY_SECTOR

    waits = []
    for tenant, moment, before, total in commits:
        seen = Figure.objects.newest(KOOPERANCI_BY_SECTOR.code).filter(
            tenant_id=tenant.id,
            dimension=TOTAL,
            value=total,
            tenant__publication__revision__gt=before,
        )
        while not seen.exists():
            assert time.monotonic() - moment < PATIENCE_SECONDS, "the region heard of nothing"
            time.sleep(0.01)
        waits.append(time.monotonic() - moment)
    return waits


def _admit(declaration_id: UUID) -> None:
    from kooperacja.audit.actor import Actor
    from tenants.accession.actions import decisions
    from tenants.people.models import RoleAssignment
    from tenants.registry.roles import Role

    lead = RoleAssignment.objects.select_related("person").filter(role=Role.LEAD)[0].person
    by = Actor(None, name=lead.full_name, role=Role.LEAD, via="TASK", person_id=lead.pk)
    decisions.accept_declaration(by=by, declaration_id=declaration_id)


def _filed() -> UUID:
    """One more institution that waits for the decision, like one that already does."""
    from tenants.accession.models.declarations import AccessionDeclaration
    from tenants.accession.workflow import DeclarationState

    waiting = AccessionDeclaration.objects.select_related(
        "organisation", "signatory", "coordinator"
    )
    declaration = waiting.filter(state=DeclarationState.FILED).order_by("pk")[0]
    declaration.organisation = _again(declaration.organisation)
    declaration.signatory = _again(declaration.signatory, email="")
    address = f"bench-{uuid7()}@pokaz.example"
    declaration.coordinator = _again(declaration.coordinator, email=address, account_id=None)
    return UUID(str(_again(declaration).pk))


def _again(obj: Any, **changes: object) -> Any:
    """The same row once more."""
    obj.pk = uuid7()
    for name, value in changes.items():
        setattr(obj, name, value)
    obj.save(force_insert=True)
    return obj


if __name__ == "__main__":
    main()
