"""Today in the region: the strip of stages, whom to help, and nothing of anybody else."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from region.monitoring.models import PublishedDay, PublishedLine
from region.panel.help import ROWS
from tenants.registry.invitations import invite
from tenants.registry.models import Access, Invitation, Tenant, Unit
from tenants.registry.roles import MANAGERS, Role
from tests.factories import accounts
from tests.factories import people as make
from tests.region.panel.conftest import Publish

KeyDays = Callable[..., None]


@pytest.fixture
def key_days(db: None) -> KeyDays:
    """Puts published days of a tenant straight into the table."""

    def now(tenant: TenantRef, **days: date) -> None:
        for code, day in days.items():
            PublishedDay.objects.create(tenant_id=tenant.id, code=code, day=day)

    return now


def _page(client: Client, query: str = "") -> str:
    return client.get(f"/region/{query}").content.decode().replace("\N{NO-BREAK SPACE}", " ")


def _strip(page: str) -> dict[str, int]:
    found = re.search(r'<ul class="panel-strip">(.*?)</ul>', page, re.S)
    assert found
    links = re.findall(r"<strong>(\d+)</strong> ([^<]+)</a>", found[1])
    return {words: int(number) for number, words in links}


def _rows(page: str) -> list[list[str]]:
    """The cells of whom to help, without the labels of a narrow page."""
    found = re.search(r'<div id="panel-komu">(.*?)</div>\s*</section>', page, re.S)
    assert found
    rows = re.findall(r'<tr role="row">\s*(<th scope="row".*?)</tr>', found[1], re.S)
    return [
        [_text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in rows
    ]


def _text(cell: str) -> str:
    seen = re.sub(r'<span class="(?:k-cell-label|visually-hidden)">.*?</span>', "", cell)
    return " ".join(re.sub(r"<[^>]*>", " ", seen).split())


def _invited(tenant: TenantRef, days_ago: int) -> Invitation:
    invitation = invite(
        by=make.BY,
        email="adam.zaproszony@example.pl",
        full_name="Adam Zaproszony",
        tenant=Tenant.objects.get(pk=tenant.id),
        role=Role.TENANT_ADMIN,
    )
    sent_at = timezone.now() - timedelta(days=days_ago)
    Invitation.objects.filter(pk=invitation.pk).update(
        created_at=sent_at, expires_at=sent_at + timedelta(days=3)
    )
    return invitation


def test_the_stages_add_up_to_all_units_and_each_filters_the_map(
    coordinator: Client,
    gmina: TenantRef,
    powiat: TenantRef,
    city: TenantRef,
    key_days: KeyDays,
    publish: Publish,
) -> None:
    today = timezone.localdate()
    publish(gmina, {"NGO": 3})
    key_days(gmina, REGULATION_ADOPTED=today, FIRST_JOINED=today)
    key_days(powiat, REGULATION_ADOPTED=today, DISSOLVED=today)
    page = _page(coordinator)
    strip = _strip(page)
    assert strip.pop("razem") == sum(strip.values()) == 3
    assert strip == {"nie zaczęła": 1, "zaczyna": 0, "działa": 1, "słabnie": 0, "rozwiązane": 1}
    assert "1 jednostka jeszcze nie zaczęła" in page
    for query, codes in (
        ("", {gmina.code, "1605"}),
        ("?etap=rozwiazane", {"1605"}),
        ("?etap=nie-zaczely", {city.code}),
        ("?etap=slabna", set()),
        ("?etap=cokolwiek", {gmina.code, "1605"}),
    ):
        assert set(re.findall(r'id="kafel-([0-9]+)"', _page(coordinator, query))) == codes


def test_the_link_of_the_stage_that_is_shown_is_the_current_one(
    coordinator: Client, gmina: TenantRef
) -> None:
    page = _page(coordinator, "?etap=nie-zaczely&wskaznik=JOINED_BY_SECTOR")
    assert len(re.findall(r'aria-current="true"><strong>3</strong> nie zaczęły', page)) == 1
    assert 'href="/region/?wskaznik=JOINED_BY_SECTOR&amp;etap=slabna#panel-mapa"' in page
    assert '<input type="hidden" name="etap" value="nie-zaczely"' in page


def test_a_dissolved_partnership_is_seen_with_its_day(
    coordinator: Client, gmina: TenantRef, key_days: KeyDays
) -> None:
    key_days(gmina, REGULATION_ADOPTED=date(2025, 1, 7), DISSOLVED=date(2026, 10, 6))
    assert "Partnerstwo rozwiązane 6 października 2026 r." in _page(coordinator)
    assert "Partnerstwo rozwiązane 6 października 2026 r." in _page(coordinator, "tabela/")
    assert _rows(_page(coordinator)) == []


def test_an_invitation_that_ran_out_is_told_with_its_button(
    coordinator: Client, gmina: TenantRef
) -> None:
    invitation = _invited(gmina, days_ago=5)
    (row,) = _rows(_page(coordinator))
    assert row[0] == "gmina miejsko-wiejska Gogolin"
    assert row[1].startswith("Zaproszenie administratora wygasło (§ 1 ust. 3 lit. b regulaminu)")
    assert row[3:] == ["nikt", "Wyślij zaproszenie ponownie"]
    address = f"/region/gminy/{gmina.code}/zaproszenie/{invitation.pk}/ponownie/"
    assert f'href="{address}"' in _page(coordinator)
    assert coordinator.get(address).status_code in {200, 302}


def test_who_is_called_is_the_lider_then_an_administrator(
    coordinator: Client, gmina: TenantRef, key_days: KeyDays
) -> None:
    key_days(gmina, DECISION_DUE=timezone.localdate() - timedelta(days=2))
    accounts.member(gmina, Role.TENANT_ADMIN, full_name="Alina Administratorka")
    assert _rows(_page(coordinator))[0][3] == "Alina Administratorka, administrator OPS"
    lead = accounts.member(gmina, Role.LEAD, full_name="Lidia Liderka")
    (row,) = _rows(_page(coordinator))
    assert row[3] == "Lidia Liderka, osoba reprezentująca Lidera"
    assert f'href="mailto:{lead.email}?subject=' in _page(coordinator)


def test_the_office_is_called_by_its_own_number(
    coordinator: Client, gmina: TenantRef, key_days: KeyDays
) -> None:
    key_days(gmina, DECISION_DUE=timezone.localdate() - timedelta(days=2))
    for code, text in (("LEAD_NAME", "OPS w Próbie"), ("LEAD_PHONE", "77 111 22 33 wew. 4")):
        PublishedLine.objects.create(tenant_id=gmina.id, code=code, text=text)
    for path in ("", f"gminy/{gmina.code}/ludzie/"):
        page = _page(coordinator, path)
        assert "OPS w Próbie" in page
        assert re.search(r'href="tel:771112233">.*77 111 22 33 wew. 4</a>', page)
    (row,) = _rows(_page(coordinator))
    assert row[3] == "OPS w Próbie, 77 111 22 33 wew. 4"


def test_nothing_of_a_person_appears_but_the_contact_of_the_office(
    coordinator: Client, gmina: TenantRef, powiat: TenantRef, key_days: KeyDays
) -> None:
    key_days(gmina, VOTE_ENDS=timezone.localdate() - timedelta(days=2))
    accounts.member(gmina, Role.LEAD, full_name="Lidia Liderka")
    strangers = [
        accounts.member(tenant, role, full_name="Obca Osoba")
        for tenant in (gmina, powiat)
        for role in set(Role) - {Role.ROPS_COORDINATOR, *MANAGERS}
    ]
    former = accounts.member(powiat, Role.LEAD, full_name="Dawna Liderka")
    Access.objects.filter(account=former).update(
        ended_at=timezone.now() - timedelta(days=20),
        granted_at=timezone.now() - timedelta(days=40),
    )
    _invited(powiat, days_ago=5)
    told = {row[0]: row[3] for row in _rows(_page(coordinator))}
    assert sorted(told.values()) == ["Lidia Liderka, osoba reprezentująca Lidera", "nikt"]
    for query in ("", "?pomoc=wszystkie", "?etap=slabna", "tabela/", "tabela.csv"):
        page = _page(coordinator, query)
        assert "Obca Osoba" not in page
        assert "Dawna Liderka" not in page
        assert not any(stranger.email in page for stranger in strangers)
        assert "Zaproszony" not in page


def test_ten_rows_are_shown_and_all_when_asked(coordinator: Client, gmina: TenantRef) -> None:
    units = Unit.objects.bulk_create(
        Unit(
            code=f"17{n:02}01",
            level="MUNICIPALITY",
            name=f"Wieś {n}",
            rodz="2",
            as_of=date(2025, 1, 1),
        )
        for n in range(ROWS + 2)
    )
    long_ago = timezone.now() - timedelta(days=99)
    Tenant.objects.bulk_create(
        Tenant(
            unit=unit,
            kind="GMINA",
            slug=unit.code,
            schema_name=f"t_{unit.code}",
            role_name=f"t_{unit.code}",
            status="ACTIVE",
            opened_at=long_ago,
        )
        for unit in units
    )
    page = _page(coordinator)
    assert len(_rows(page)) == ROWS
    assert "Na pomoc czekają jeszcze 2 jednostki." in page
    assert len(_rows(_page(coordinator, "?pomoc=wszystkie"))) == ROWS + 2


def test_a_unit_that_enters_another_stage_asks_for_the_whole_page(
    coordinator: Client, gmina: TenantRef, publish: Publish
) -> None:
    found = re.search(r'hx-get="([^"]*)"', _page(coordinator))
    assert found
    publish(gmina, {"NGO": 3})
    response = coordinator.get(found[1].replace("&amp;", "&"))
    assert (response.status_code, response.headers["HX-Refresh"]) == (204, "true")


def test_the_list_says_stage_invitation_and_lider_and_is_filtered(
    coordinator: Client, gmina: TenantRef, powiat: TenantRef, city: TenantRef, key_days: KeyDays
) -> None:
    key_days(gmina, REGULATION_ADOPTED=date(2025, 1, 7), DISSOLVED=date(2026, 10, 6))
    accounts.member(gmina, Role.LEAD, full_name="Lidia Liderka")
    accounts.member(city, Role.TENANT_ADMIN, full_name="Alina Administratorka")
    _invited(powiat, days_ago=1)
    page = _page(coordinator, "gminy/")
    sent_on = pl_date(timezone.localdate() - timedelta(days=1)).replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "Partnerstwo rozwiązane 6 października 2026 r.",
        f"nie zaczęła: zaproszenie wysłane {sent_on}",
        "zaczyna: bez regulaminu",
        "Lidia Liderka",
        "Alina Administratorka (administrator OPS)",
    ):
        assert words in page
    found = re.findall(r'href="/region/gminy/(\d+)/"', _page(coordinator, "gminy/?etap=rozwiazane"))
    assert found == [gmina.code]


def test_the_page_of_a_unit_says_its_days_and_what_waits_with_the_step(
    coordinator: Client, gmina: TenantRef, key_days: KeyDays
) -> None:
    page = _page(coordinator, f"gminy/{gmina.code}/")
    assert "Nic tu dziś nie czeka na pomoc województwa." in page
    key_days(gmina, ESTABLISHED=date(2025, 1, 7), DECISION_DUE=date(2026, 10, 6))
    lead = accounts.member(gmina, Role.LEAD, full_name="Lidia Liderka")
    page = _page(coordinator, f"gminy/{gmina.code}/")
    for words in (
        "Powołanie Partnerstwa",
        "7 stycznia 2025 r.",
        "minął termin decyzji o deklaracji przystąpienia, od 7 października 2026 r.",
        f'<a href="mailto:{lead.email}?subject=',
    ):
        assert words in page
