"""One list of an account's tasks over all its units."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.inbox.actions import Task, keep_tasks
from kooperacja.inbox.models import InboxTask
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.models import Access
from tests.factories import accounts
from tests.tenants.reading import text_of

PAGE = "/konto/ustalenia/"


def _task(*who: Account, number: str = "1/2026", due: date | None = None, **ids: UUID) -> Task:
    return Task(
        subject_id=ids.get("of", uuid4()),
        number=number,
        team="Zespół Próbny",
        url="/gmina/gogolin/spotkania/",
        due_on=due or timezone.localdate() + timedelta(days=5),
        accounts=frozenset(one.pk for one in who),
    )


def _numbers(who: Account) -> list[str]:
    rows = InboxTask.objects.filter(account=who).order_by("number")
    return list(rows.values_list("number", flat=True))


def _asked(who: Account) -> int:
    client = accounts.client_of(who)
    client.get(PAGE)
    with (
        CaptureQueriesContext(connections["shared"]) as first,
        CaptureQueriesContext(connections["default"]) as second,
    ):
        client.get(PAGE)
    return len(first) + len(second)


def test_the_late_ones_stand_first_and_say_by_how_much(gmina: TenantRef, powiat: TenantRef) -> None:
    who, today = accounts.member(gmina), timezone.localdate()
    accounts.access(who, powiat)
    keep_tasks(tenant=gmina, tasks=[_task(who, number="7/2026")])
    keep_tasks(tenant=powiat, tasks=[_task(who, number="2/2026", due=today - timedelta(days=3))])
    page = text_of(accounts.client_of(who).get(PAGE))
    assert page.index("nr 2/2026") < page.index("po terminie (3 dni)") < page.index("nr 7/2026")
    assert powiat.name in page
    assert gmina.name in page
    assert page.count("Zespół Próbny") == 2


def test_it_costs_the_same_with_more_tasks_and_more_units(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    who = accounts.member(gmina)
    keep_tasks(tenant=gmina, tasks=[_task(who)])
    before = _asked(who)
    accounts.access(who, powiat)
    for tenant in (gmina, powiat):
        keep_tasks(tenant=tenant, tasks=[_task(who, number=f"{n}/2026") for n in range(1, 9)])
    assert _asked(who) == before


def test_nobody_sees_those_of_others_or_of_a_unit_they_left(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    who, other = accounts.member(gmina), accounts.member(gmina)
    accounts.access(who, powiat)
    keep_tasks(tenant=powiat, tasks=[_task(who, number="8/2026")])
    assert "nr 8/2026" not in text_of(accounts.client_of(other).get(PAGE))
    assert "nr 8/2026" in text_of(accounts.client_of(who).get(PAGE))
    Access.objects.filter(tenant_id=powiat.id).update(ended_at=timezone.now())
    assert "Żadne ustalenie nie czeka" in text_of(accounts.client_of(who).get(PAGE))


def test_a_unit_keeps_its_own_alone_and_each_once(gmina: TenantRef, powiat: TenantRef) -> None:
    who, other = accounts.account(), accounts.account()
    of = uuid4()
    keep_tasks(tenant=powiat, tasks=[_task(who, number="1/2026")])
    keep_tasks(
        tenant=gmina, tasks=[_task(who, number="2/2026", of=of), _task(who, number="3/2026")]
    )
    keep_tasks(tenant=gmina, tasks=[_task(other, number="4/2026", of=of)], among=[of])
    assert (_numbers(who), _numbers(other)) == (["1/2026", "3/2026"], ["4/2026"])
    for _ in range(2):
        keep_tasks(tenant=gmina, tasks=[_task(who, other, number="5/2026", of=of)])
    assert (_numbers(who), _numbers(other)) == (["1/2026", "5/2026"], ["5/2026"])


def test_an_account_that_is_shut_gets_none(gmina: TenantRef) -> None:
    who = accounts.account(is_active=False)
    keep_tasks(tenant=gmina, tasks=[_task(who)])
    assert not InboxTask.objects.exists()


def test_a_task_leads_nowhere_but_here(gmina: TenantRef) -> None:
    row = {"number": "1/2026", "team": "x", "due_on": timezone.localdate()}
    with pytest.raises(IntegrityError), transaction.atomic(using="shared"):
        InboxTask.objects.create(
            account=accounts.account(),
            tenant_id=gmina.id,
            subject_id=uuid4(),
            url="//example.pl/",
            **row,
        )
    assert not InboxTask.objects.exists()
