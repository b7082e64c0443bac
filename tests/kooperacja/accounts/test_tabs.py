"""Two tabs of one browser, and what the next person at it may see."""

import pytest
from django.test import Client

from tenants.registry.roles import Role
from tests.factories import accounts as make

LOGIN = "/konto/zaloguj/"


@pytest.fixture
def browser(db):
    return Client(enforce_csrf_checks=True)


def tab(browser, url=LOGIN):
    """What a form of this page would send."""
    page = browser.get(url)
    return {"csrfmiddlewaretoken": str(page.context["csrf_token"])}


def credentials(who):
    return {"login": who.email, "password": make.PASSWORD}


def test_the_second_tab_leads_on_after_signing_in_in_the_first(browser):
    who = make.account()
    first, second = tab(browser), tab(browser)
    assert browser.post(LOGIN, first | credentials(who)).url == "/konto/"
    late = browser.post(LOGIN, second | credentials(who) | {"next": "/konto/profil/"})
    assert late.url == "/konto/profil/"
    assert f"zalogowano już to konto: {who.email}" in browser.get(late.url).content.decode()


def test_the_second_tabs_code_leads_on_too(browser):
    who = make.with_totp(make.account())
    browser.post(LOGIN, tab(browser) | credentials(who))
    first, second = tab(browser, LOGIN + "kod/"), tab(browser, LOGIN + "kod/")
    code = {"code": make.code_of()}
    assert browser.post(LOGIN + "kod/", first | code).url == "/konto/"
    assert browser.post(LOGIN + "kod/", second | code).url == "/konto/"


def test_after_signing_out_the_old_form_is_asked_anew(browser):
    who = make.account()
    first, second = tab(browser), tab(browser)
    browser.post(LOGIN, first | credentials(who))
    browser.post("/konto/wyloguj/", tab(browser, "/konto/wyloguj/"))
    late = browser.post(LOGIN, second | credentials(who) | {"next": "/konto/profil/"})
    assert late.url == f"{LOGIN}?next=%2Fkonto%2Fprofil%2F"
    assert "stracił ważność. Zaloguj się" in browser.get(late.url).content.decode()
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("target", ["https://zly.example/", "//zly.example/"])
def test_the_late_form_leads_nowhere_else(browser, target):
    who = make.account()
    first, second = tab(browser), tab(browser)
    browser.post(LOGIN, first | credentials(who))
    assert browser.post(LOGIN, second | credentials(who) | {"next": target}).url == "/konto/"


def test_any_other_old_form_is_still_refused(browser):
    who = make.account()
    browser.post(LOGIN, tab(browser) | credentials(who))
    late = browser.post("/konto/profil/", {"full_name": "Inna Osoba"})
    assert late.status_code == 403
    assert "Formularz stracił ważność" in late.content.decode()
    who.refresh_from_db()
    assert who.full_name == "Anna Próbna"


SEEN = [
    "/konto/",
    "/konto/profil/",
    "/konto/sesje/",
    "/konto/nie-ma-takiej/",
    "/gmina/gogolin/",
    "/gmina/gogolin/deklaracja-dostepnosci/",
    "/gmina/nie-ma/",
    "/api/",
]


@pytest.mark.parametrize("path", SEEN)
def test_no_page_of_somebody_signed_in_is_kept_by_the_browser(gmina, path):
    client = make.client_of(make.member(gmina, Role.LEAD))
    assert "no-store" in client.get(path).headers["Cache-Control"]


def test_nor_the_page_that_ends_the_session(db):
    client = make.client_of(make.account())
    assert "no-store" in client.post("/konto/wyloguj/").headers["Cache-Control"]


def test_what_is_public_may_be_kept_by_anybody(db):
    client = make.client_of(make.account())
    assert client.get("/api/v1/openapi.json").headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("name", ["Referer", "HX-Current-URL"])
def test_a_form_sent_from_an_address_that_is_none_leads_to_the_places(gmina, name):
    page = Client().post("/gmina/gogolin/", headers={name: "http://[zły"})

    assert page.status_code == 302
    assert page.headers["Location"].endswith("?next=%2Fkonto%2F")
