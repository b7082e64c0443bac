"""A service of an institution that several units took over is one result in the region, with its places (REG §3.2, §3.4)."""

from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from region.directory.models import ListedService
from tenants.baskets.actions import adopting
from tests.factories import accounts
from tests.factories import baskets as make_baskets
from tests.factories import masters as make
from tests.factories import people as make_people
from tests.factories.exchange import carried
from tests.region.directory.conftest import AT, OPEN, PARTNERS, Adopted, taken_over

WORDS = {"szukaj": "poradnia dla rodzin"}


def _page(client: Client, at: str = AT, **query: str) -> str:
    return client.get(at, query).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_copies_are_one_result_that_says_in_how_many_units(
    adopted: Adopted, client: Client
) -> None:
    assert ListedService.objects.on(timezone.localdate()).count() == 3
    for query in ({}, WORDS, {"szukaj": "psycholog"}):
        page = _page(client, **query)
        assert page.count(f'href="{AT}uslugi/') == 1, query
        assert "w 3 jednostkach" in page


def test_of_one_unit_its_own_copy_is_shown(
    adopted: Adopted, city: TenantRef, client: Client
) -> None:
    page = _page(client, **WORDS, teren=city.code)
    assert f'href="{adopted.of(city)}"' in page
    assert page.count(f'href="{AT}uslugi/') == 1


def test_the_page_of_a_copy_leads_to_the_others_and_says_where_they_are(
    adopted: Adopted, gmina: TenantRef, powiat: TenantRef, city: TenantRef, client: Client
) -> None:
    page = _page(client, adopted.of(gmina))
    for unit in (powiat, city):
        assert f'href="{adopted.of(unit)}"' in page
        assert f"Rynek {unit.code}" in page
    assert f'href="{adopted.of(gmina)}"' not in page


def test_a_copy_that_was_detached_is_a_service_of_its_own(
    adopted: Adopted, city: TenantRef, client: Client
) -> None:
    with inside(city):
        by = make_people.by(make_people.lead())
        adopting.detach(by=by, service_id=adopted.ids[city])
    carried(city)
    page = _page(client, **WORDS)
    assert page.count(f'href="{AT}uslugi/') == 2
    assert f'href="{adopted.of(city)}"' in page
    assert "w 2 jednostkach" in page


def test_a_copy_for_partners_alone_is_not_counted_for_strangers(
    gmina: TenantRef, powiat: TenantRef, client: Client
) -> None:
    keeper = accounts.with_totp(accounts.account())
    master = make.service(keeper, make.card(keeper, powiat), **OPEN)
    shown = taken_over(gmina, master)
    hidden = taken_over(powiat, master, **PARTNERS)
    for page in (_page(client, **WORDS), _page(client, f"{AT}uslugi/{shown}/")):
        assert "jednostkach" not in page
        assert str(hidden) not in page


def test_services_of_one_name_that_are_no_copies_stay_apart(
    adopted: Adopted, gmina: TenantRef, client: Client
) -> None:
    with inside(gmina):
        by = make_people.by(make_people.lead())
        make_baskets.accepted(by, None, **OPEN)
    carried(gmina)
    page = _page(client, **WORDS)
    assert page.count(f'href="{AT}uslugi/') == 2
    assert "w 3 jednostkach" in page
