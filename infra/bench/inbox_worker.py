"""Draws pages of an inbox, then asks its lines by bare SQL: `UNITS LINES OTHERS`, then "path count" on each line.

It first makes an account with access in so many units, with so many lines that wait and as many
that are done, and so many lines of others.
"""

import json
import sys
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg

from infra.bench.panel_worker import both, login, queries_of
from infra.bench.prepare import session_of


def main() -> None:
    from kooperacja.wsgi import application

    cookie = _filled(*map(int, sys.argv[1:]))
    with psycopg.connect(**login()) as bare:
        for line in sys.stdin:
            path, count = line.split()
            queries = queries_of("inbox_inboxitem", application, path, cookie)
            times = [both(application, path, cookie, bare, queries) for _ in range(int(count))]
            print(json.dumps(times), flush=True)


def _filled(units: int, lines: int, others: int) -> str:
    """The cookie of the account whose inbox it is."""
    from allauth.mfa.models import Authenticator

    from kooperacja.accounts.models import Account
    from kooperacja.inbox.models import InboxItem
    from tenants.registry.models import Access, Tenant
    from tenants.registry.roles import Role
    from tenants.schemas import provisioning

    tenants = list(Tenant.objects.select_related("unit").order_by("unit__code")[:units])
    account = Account.objects.create_user(email="skrzynka@pokaz.example", full_name="Pomiar")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    for tenant in tenants:
        Access.objects.create(
            account=account, tenant=tenant, role=Role.NETWORK_OFFICER, granted_by="bench"
        )
    rows = [_line(account, tenants[n % units], n, is_done=bool(n % 2)) for n in range(2 * lines)]
    neighbours = list(Account.objects.exclude(pk=account.pk).order_by("pk")[:100])
    rows += [
        _line(neighbours[n % len(neighbours)], tenants[n % units], n, is_done=n % 4 > 0)
        for n in range(others)
    ]
    InboxItem.objects.bulk_create(rows, batch_size=2000)
    with provisioning.owner() as owner:
        owner.autocommit = True
        owner.execute("VACUUM (ANALYZE) inbox_inboxitem")
    return session_of(account)


def _line(account: Any, tenant: Any, number: int, *, is_done: bool) -> Any:
    from django.utils import timezone

    from kooperacja.inbox.models import InboxItem

    at = timezone.now() - timedelta(minutes=number)
    return InboxItem(
        account=account,
        tenant_id=tenant.id,
        tenant_name=tenant.ref.name,
        title=f"Nowa wiadomość do wszystkich członków zespołu nr {number}",
        url=f"{tenant.ref.prefix}/miedzy-spotkaniami/korespondencja/{uuid4()}/",
        code="MESSAGE_SENT",
        done_at=at if is_done else None,
        read_at=at if is_done or number % 3 else None,
        source_id=uuid4(),
    )


if __name__ == "__main__":
    main()
