"""At the door of a tenant and of the region."""

import re
from urllib.parse import quote

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.audit.actor import named
from kooperacja.audit.models import Entry
from kooperacja.inbox.models import InboxItem
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.models import uuid7
from tenants.registry import directory
from tenants.registry.invitations import end_access
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import Role
from tests.factories import accounts as make

PAGE = "/gmina/gogolin/"


def is_admitted(response) -> bool:
    return hasattr(response.wsgi_request, "access")


def entries(tenant) -> list[Entry]:
    with inside(tenant):
        return list(Entry.objects.filter(verb="ENTERED"))


def test_a_stranger_is_asked_to_sign_in_and_comes_back(gmina):
    response = Client().get(PAGE + "?strona=2")
    assert response.url == f"/konto/zaloguj/?next={quote(PAGE, safe='')}%3Fstrona%3D2"
    fragment = Client().get(PAGE, headers={"HX-Request": "true"})
    assert fragment.status_code == 401
    assert fragment.headers["HX-Redirect"].startswith("/konto/zaloguj/?next=")


def test_who_has_access_enters_with_it(gmina):
    who = make.member(gmina, Role.LEAD)
    make.access(who, gmina, Role.TENANT_ADMIN)
    request = make.client_of(who).get(PAGE).wsgi_request
    assert request.account == who
    assert [row.role for row in request.access] == [Role.LEAD, Role.TENANT_ADMIN]


def test_access_elsewhere_or_ended_or_of_the_region_opens_nothing(gmina, powiat):
    who = make.member(powiat, Role.LEAD)
    make.access(who, None, Role.ROPS_COORDINATOR)
    end_access(by=named("test"), access=make.access(who, gmina, Role.LEAD), why="koniec pracy")
    response = make.client_of(who).get(PAGE)
    assert response.status_code == 403
    said = response.content.decode()
    assert "Twój dostęp do tej jednostki ustał" in said
    assert "koniec pracy." in said
    assert not is_admitted(response)
    assert entries(gmina) == []


def test_entering_is_in_the_journal_once_a_session_and_tenant(gmina, powiat):
    who = make.member(gmina, Role.LEAD, full_name="Anna Wchodząca")
    make.access(who, powiat)
    client = make.client_of(who)
    for _ in range(2):
        client.get(PAGE)
        client.get("/powiat/krapkowicki/")
    assert [entry.actor_name for entry in entries(gmina)] == [f"Anna Wchodząca ({who.email})"]
    assert [entry.role for entry in entries(powiat)] == [Role.PARTNER_COORDINATOR]
    make.client_of(who).get(PAGE)
    assert len(entries(gmina)) == 2


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        ("SUSPENDED", 403, "dostęp zawieszony"),
        ("CLOSED", 410, "jednostka zamknięta"),
        ("OPENING", 503, "trwa otwieranie"),
    ],
)
def test_an_open_session_ends_at_the_door_of_a_tenant_not_open(gmina, status, code, words):
    client = make.client_of(make.member(gmina))
    assert is_admitted(client.get(PAGE))
    # The middleware may still remember the former state; the door may not.
    Tenant.objects.filter(pk=gmina.id).update(status=status, reason="Brak umowy powierzenia.")
    response = client.get(PAGE)
    assert response.status_code == code
    assert words in response.content.decode()
    assert "Brak umowy powierzenia." in response.content.decode() or code == 503
    assert not is_admitted(response)
    assert not is_admitted(make.client_of(make.account()).get(PAGE))


def test_admission_asks_the_shared_plane_once(gmina):
    client = make.client_of(make.member(gmina, Role.LEAD))
    client.get(PAGE)
    with CaptureQueriesContext(connections["shared"]) as queries:
        client.get(PAGE)
    asked = [query["sql"] for query in queries if "registry_access" in query["sql"]]
    assert len(asked) == 1


def test_the_region_is_for_its_coordinators(gmina):
    assert Client().get("/region/").url == "/konto/zaloguj/?next=%2Fregion%2F"
    refused = make.client_of(make.member(gmina, Role.LEAD)).get("/region/")
    assert refused.status_code == 403
    assert "dla koordynatorów ROPS" in refused.content.decode()
    coordinator = make.account()
    make.access(coordinator, None, Role.ROPS_COORDINATOR)
    assert make.client_of(coordinator).get("/region/").url == "/konto/drugi-skladnik/"
    make.with_totp(coordinator)
    assert is_admitted(make.client_of(coordinator).get("/region/"))


def test_ending_access_ends_sessions_and_keeps_the_row(gmina):
    who = make.member(gmina)
    client = make.client_of(who)
    end_access(by=named("Ewa Kierowniczka"), access=Access.objects.get(), why="zmiana pracy")
    assert client.get(PAGE).url.startswith("/konto/zaloguj/")
    ended = Access.objects.get()
    assert (ended.ended_by, ended.end_reason) == ("Ewa Kierowniczka", "zmiana pracy")
    end_access(by=named("ktoś inny"), access=ended, why="drugi raz")
    ended.refresh_from_db()
    assert ended.ended_by == "Ewa Kierowniczka"


def test_places_of_work_list_tenants_roles_and_what_waits(gmina, powiat):
    who = make.account()
    make.access(who, gmina, organisation_name="PUP w Krapkowicach")
    make.access(who, powiat, Role.PARTNER_WORKER)
    Tenant.objects.filter(pk=powiat.id).update(status="SUSPENDED")
    InboxItem.objects.create(
        account=who,
        tenant_id=gmina.id,
        tenant_name=gmina.name,
        title="Potwierdź kartę usług",
        url="/gmina/gogolin/",
        code="test",
        source_id=uuid7(),
    )
    page = make.client_of(who).get("/konto/").content.decode()
    assert '<a href="/gmina/gogolin/">Gmina miejsko-wiejska Gogolin</a>' in page
    assert "<h3>PUP w Krapkowicach</h3>" in page
    assert "jako koordynator Partnerstwa" in page
    assert 'href="/powiat/krapkowicki/"' not in page
    assert "Potwierdź kartę usług" in page


def test_places_of_work_of_nobody_say_what_to_do(db):
    page = make.client_of(make.account()).get("/konto/").content.decode()
    assert "Nie masz jeszcze żadnego miejsca pracy" in page


@pytest.mark.parametrize("status", ["SUSPENDED", "CLOSED"])
def test_a_unit_that_is_shut_leads_to_no_page_of_its_own(gmina, status):
    client = make.client_of(make.member(gmina, Role.LEAD))
    Tenant.objects.filter(pk=gmina.id).update(status=status)
    directory.forget()
    content = client.get(PAGE).content.decode()
    assert "jak dołączyć" not in content
    links = set(re.findall(r'href="(/[^"#]*)"', content))
    assert "/deklaracja-dostepnosci/" in links
    assert not [link for link in links if link.startswith(PAGE)]


def test_places_of_work_say_only_that_there_is_no_message(gmina):
    content = make.client_of(make.member(gmina, Role.LEAD)).get("/konto/").content.decode()
    assert "Nie masz nowych powiadomień." in content
    assert "Nic. Gdy pojawi się sprawa" not in content
