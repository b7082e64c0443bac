""" "Moje sprawy": what waits in each unit, as its own page would tell, and nothing else."""

import re
from datetime import date

import lxml.html
import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.accounts.models import Account
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people import matters
from tenants.people.models import Person
from tenants.people.today import Waiting, by_urgency, counts, waiting_for
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import OFFICE_ROLES, Role
from tests.factories import accounts as make
from tests.factories import partnership, people
from tests.tenants.reading import text_of

READ = "Zapoznaj się z regulaminem"
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))


def waiting_at(client: Client) -> list[tuple[str, str]]:
    """Titles and units under "Czeka na Ciebie" on /konto/."""
    page = text_of(client.get("/konto/"))
    return re.findall(r'<p class="k-waiting-title">([^<]+)</p>\s*<p>([^<]+)</p>', page)


def silent_at(client: Client) -> list[str]:
    page = client.get("/konto/").content.decode()
    return re.findall(r"</a>: (Zobaczysz[^<]+|Nie udało[^<]+)</li>", page)


def works_in(account: Account, tenant: TenantRef, role: Role, *, has_entered: bool = True) -> None:
    """Has a role in a unit whose regulation is in force, and has entered it, unless said."""
    with inside(tenant):
        partnership.found(tenant)
        of = people.organisation() if role not in OFFICE_ROLES else None
        made = people.person(role, organisation=of, account=account if has_entered else None)
        row = make.access(account, tenant, role, organisation_id=of.pk if of else None)
        Access.objects.filter(pk=row.pk).update(person_id=made.pk)


@pytest.fixture
def partner(gmina: TenantRef, powiat: TenantRef) -> Account:
    account = make.account()
    for tenant in (gmina, powiat):
        works_in(account, tenant, Role.PARTNER_COORDINATOR)
    return account


def test_what_waits_in_two_units_stands_on_one_page(
    partner: Account, gmina: TenantRef, powiat: TenantRef
) -> None:
    client = make.client_of(partner)
    waiting = waiting_at(client)
    for tenant in (gmina, powiat):
        own = text_of(client.get(f"{tenant.prefix}/"))
        titles = [title for title, unit in waiting if unit == tenant.name]
        assert any(title.startswith(READ) for title in titles)
        assert all(title in own for title in titles)
    page = client.get("/konto/").content.decode()
    (href,) = re.findall(rf'href="({powiat.prefix}/[^"]+)">Zapoznaj się<', page)
    assert client.get(href).status_code == 200


def test_notices_and_places_stand_beside_what_waits(partner: Account) -> None:
    """On a wide screen half of the page was empty, and they began where it ended."""
    page = lxml.html.fromstring(make.client_of(partner).get("/konto/").content)
    columns = page.xpath("//main//div[@class='k-columns']/div")
    found = [column.xpath(".//section/@aria-labelledby") for column in columns]
    assert found == [["czeka"], ["wiadomosci", "miejsca"]]
    assert [column.get("class") for column in columns] == [None, "k-aside"]


def test_another_account_sees_nothing_of_it(partner: Account, gmina: TenantRef) -> None:
    other = make.account()
    assert waiting_at(make.client_of(other)) == []
    assert "W\u00a0żadnej jednostce nic" in make.client_of(other).get("/konto/").content.decode()


def test_a_role_that_ended_and_a_unit_that_is_shut_show_nothing(
    partner: Account, gmina: TenantRef, powiat: TenantRef
) -> None:
    client = make.client_of(partner)
    Access.objects.filter(account=partner, tenant_id=gmina.id).update(ended_at=timezone.now())
    assert {unit for _, unit in waiting_at(client)} == {powiat.name}
    Tenant.objects.filter(pk=powiat.id).update(status="SUSPENDED")
    assert waiting_at(client) == []


def test_the_office_sees_nothing_without_its_second_factor(gmina: TenantRef) -> None:
    account = make.account()
    works_in(account, gmina, Role.LEAD)
    assert waiting_at(make.client_of(account)) == []
    make.with_totp(account)
    assert {unit for _, unit in waiting_at(make.client_of(account))} == {gmina.name}


def test_who_has_not_entered_yet_is_told_so_and_nothing_is_written(gmina: TenantRef) -> None:
    account = make.account()
    works_in(account, gmina, Role.PARTNER_COORDINATOR, has_entered=False)
    client = make.client_of(account)
    assert (waiting_at(client), silent_at(client)) == ([], [matters.NOT_ENTERED])
    with inside(gmina):
        assert Person.objects.of_account(account.pk) is None


def test_a_unit_that_does_not_answer_hides_no_other(
    partner: Account, gmina: TenantRef, powiat: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_in_gmina(person: Person, day: date) -> list[Waiting]:
        if current_tenant() == gmina:
            raise OperationalError("gone")
        return waiting_for(person, day)

    monkeypatch.setattr(matters, "waiting_for", fails_in_gmina)
    client = make.client_of(partner)
    assert {unit for _, unit in waiting_at(client)} == {powiat.name}
    assert silent_at(client) == [matters.UNREACHED]


WAITING = st.builds(
    Waiting,
    title=st.just("x"),
    href=st.just("/"),
    clause=st.just(""),
    is_overdue=st.booleans(),
    due=DAYS,
)


@pytest.mark.parametrize(
    ("title", "verb", "rest"),
    [
        ("Zagłosuj nad zmianą: Dom", "Zagłosuj", " nad zmianą: Dom"),
        ("Zapoznaj się z regulaminem", "Zapoznaj się", " z regulaminem"),
        ("Odpowiedz, czy będziesz: Spotkanie", "Odpowiedz", ", czy będziesz: Spotkanie"),
        ("Zajrzyj", "Zajrzyj", ""),
    ],
)
def test_a_button_says_the_verb_and_its_hidden_words_make_the_whole_title(
    title: str, verb: str, rest: str
) -> None:
    waiting = Waiting(title, "/", "")
    assert (waiting.verb, waiting.rest) == (verb, rest)


def test_the_first_page_and_the_account_have_one_button_for_each_row(
    partner: Account, gmina: TenantRef
) -> None:
    client = make.client_of(partner)
    for address in (f"{gmina.prefix}/", "/konto/"):
        page = text_of(client.get(address))
        rows = re.findall(r"k-waiting-title.*?</li>", page, re.DOTALL)
        assert rows
        assert [len(re.findall("<a ", row)) for row in rows] == [1] * len(rows)
        names = [re.sub(r"<[^>]+>", "", name) for name in re.findall(r"<a [^>]+>(.*)</a>", page)]
        titles = re.findall('k-waiting-title">([^<]+)<', page)
        assert len(titles) == len(rows)
        assert set(titles) <= set(names)


@given(st.lists(WAITING), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_each_thing_is_counted_once_and_the_overdue_come_first(
    items: list[Waiting], day: date
) -> None:
    found = counts(items, day)
    assert found.overdue + found.soon + found.later == len(items)
    in_order = sorted(items, key=by_urgency)
    assert [item.is_overdue for item in in_order[: found.overdue]] == [True] * found.overdue
    dated = [item.due for item in in_order[found.overdue :] if item.due]
    assert dated == sorted(dated)
