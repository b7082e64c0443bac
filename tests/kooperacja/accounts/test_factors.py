"""The second factor: who must have one, and when it must be shown again."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from kooperacja.accounts.factors import step_up
from kooperacja.inbox.models import OutgoingMessage
from tenants.registry.roles import Role
from tests.factories import accounts as make

SETUP = "/konto/drugi-skladnik/"
APP = SETUP + "aplikacja/"


def sign_in(who, next_url: str = "/konto/") -> Client:
    client = Client()
    data = {"login": who.email, "password": make.PASSWORD, "next": next_url}
    client.post("/konto/zaloguj/", data)
    if Authenticator.objects.filter(user=who).exists():
        client.post("/konto/zaloguj/kod/", {"code": make.code_of()})
    return client


def seed_on(client: Client) -> str:
    return make.seed_on(client.get(APP).content.decode())


def is_admitted(response) -> bool:
    return hasattr(response.wsgi_request, "access")


def test_an_office_role_leads_to_setting_up_a_factor_and_back(gmina):
    who = make.account()
    make.access(who, gmina, Role.TENANT_ADMIN)
    client = sign_in(who)
    page = f"{gmina.prefix}/"
    assert client.get(page).url == SETUP
    assert client.get("/konto/").url == SETUP
    assert client.get("/konto/klucze-api/nowy/").url == SETUP
    assert "Ustaw drugi składnik" in client.get(SETUP).content.decode()
    client.get(page)
    client.post(APP, {"code": make.code_of(seed_on(client))})
    assert f'href="{page}"' in client.get(SETUP + "kody/").content.decode()
    assert is_admitted(client.get(page))


def test_htmx_is_led_by_a_header(gmina):
    who = make.account()
    make.access(who, gmina, Role.LEAD)
    response = sign_in(who).get("/konto/", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (403, SETUP)


def test_a_partner_is_offered_a_factor_but_not_stopped(gmina):
    who = make.account()
    make.access(who, gmina)
    client = sign_in(who)
    assert client.get("/konto/").status_code == 200
    assert "Konto chroni samo hasło" in client.get("/konto/bezpieczenstwo/").content.decode()


def test_a_role_gained_later_is_not_overlooked(gmina):
    who = make.account()
    make.access(who, gmina)
    client = sign_in(who)
    page = f"{gmina.prefix}/"
    assert is_admitted(client.get(page))
    make.access(who, gmina, Role.SOCIAL_WORKER)
    assert client.get(page).url == SETUP


def test_removing_the_factor_that_a_role_demands_leads_to_a_new_one(gmina):
    who = make.member(gmina, Role.LEAD)
    client, elsewhere = sign_in(who), make.client_of(who)
    assert client.get("/konto/").status_code == 200
    assert client.post(APP + "usun/").url == SETUP
    assert client.get("/konto/").url == SETUP
    assert elsewhere.get("/konto/").url.startswith("/konto/zaloguj/")
    assert "usunięto aplikację" in OutgoingMessage.objects.get().payload["text"]


def test_who_has_a_factor_confirms_with_it_and_not_with_the_password(db):
    who = make.with_totp(make.account())
    with time_machine.travel("2025-03-03 08:00 +0000", tick=False) as clock:
        client = sign_in(who)
        clock.shift(timedelta(minutes=11))
        asked = client.get(SETUP + "klucze/dodaj/").url
        assert asked.startswith("/konto/potwierdz/kod/?")
        client.post("/konto/potwierdz/haslo/", {"password": make.PASSWORD})
        assert client.get(SETUP + "klucze/dodaj/").url.startswith("/konto/potwierdz/kod/?")
        client.post(asked, {"code": make.code_of()})
        assert client.get(SETUP + "klucze/dodaj/").status_code == 200


def guarded(request):
    return step_up(request) or HttpResponse("otwarte")


def ask(rf, client, path, method="get", **headers):
    request = getattr(rf, method)(path, headers=headers)
    request.session = client.session
    from django.contrib.auth import get_user
    from django.contrib.messages.storage.session import SessionStorage

    request.user = get_user(request)
    request._messages = SessionStorage(request)
    return guarded(request)


def test_step_up_of_a_tenants_page_leads_to_the_shared_plane_and_back(gmina, rf):
    who = make.member(gmina, Role.LEAD)
    path = f"{gmina.prefix}/sprawy/?strona=2"
    with time_machine.travel("2025-03-03 08:00 +0000", tick=False) as clock:
        client = sign_in(who)
        assert ask(rf, client, path).content == b"otwarte"
        clock.shift(timedelta(minutes=10, seconds=1))
        url = urlsplit(ask(rf, client, path).url)
        assert url.path == "/konto/potwierdz/kod/"
        assert parse_qs(url.query)["next"] == [path]
        assert client.post(url.geturl(), {"code": make.code_of()}).url == path
        assert ask(rf, client, path).content == b"otwarte"


def test_a_password_alone_is_no_step_up(db, rf):
    client = sign_in(make.account())
    assert ask(rf, client, "/region/wyniki/").url == SETUP


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/gmina/gogolin/sprawy/", "/gmina/gogolin/sprawy/"),
        ("https://zly.example/gmina/gogolin/", "/konto/"),
        ("http://testserver//zly.example/", "/konto/"),
    ],
)
def test_after_a_form_step_up_goes_back_to_its_page_on_this_site(db, rf, referer, back):
    who = make.with_totp(make.account())
    client = make.client_of(who)
    response = ask(rf, client, "/gmina/gogolin/sprawy/usun/", "post", referer=referer)
    assert parse_qs(urlsplit(response.url).query)["next"] == [back]
