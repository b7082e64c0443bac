"""Every page of an account opens, in Polish, without inline code."""

import re

import pytest
from django.test import Client

from tenants.registry.roles import Role
from tests.factories import accounts as make

STRANGER = ["/konto/zaloguj/", "/konto/haslo/odzyskaj/", "/konto/haslo/odzyskaj/wyslano/"]
STRANGER += ["/konto/haslo/odzyskaj/gotowe/", "/konto/haslo/odzyskaj/0-x/", "/konto/wylaczone/"]
OWN = ["/konto/", "/konto/profil/", "/konto/bezpieczenstwo/", "/konto/sesje/", "/konto/haslo/"]
OWN += ["/konto/klucze-api/", "/konto/klucze-api/nowy/", "/konto/wyloguj/"]
FACTOR = ["", "aplikacja/usun/", "kody/nowe/", "klucze/dodaj/"]
OWN += ["/konto/drugi-skladnik/" + page for page in FACTOR]
OWN += ["/konto/potwierdz/kod/"]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:")
ENGLISH = re.compile(r"\b(Password|Email|Code|Sign|Submit|Name|Current|again|your)\b")


def check(response) -> None:
    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="pl">' in page
    assert not INLINE.search(page)
    assert not ENGLISH.search(re.sub(r"<[^>]+>", " ", page))
    assert "placeholder=" not in page


@pytest.mark.parametrize("url", STRANGER)
def test_pages_of_a_stranger(db, url):
    check(Client().get(url))


@pytest.mark.parametrize("url", OWN)
def test_pages_of_ones_own(gmina, url):
    client = make.client_of(make.member(gmina, Role.LEAD))
    client.post("/konto/potwierdz/kod/", {"code": make.code_of()})
    check(client.get(url))


def test_pages_before_a_factor_is_set_up(db):
    who = make.account()
    client = Client()
    client.post("/konto/zaloguj/", {"login": who.email, "password": make.PASSWORD})
    check(client.get("/konto/drugi-skladnik/"))
    check(client.get("/konto/drugi-skladnik/aplikacja/"))
    check(make.client_of(who).get("/konto/potwierdz/haslo/"))


def test_a_form_with_errors_is_polish_too(db):
    check(Client().post("/konto/zaloguj/", {"login": "nie adres", "password": ""}))
    check(make.client_of(make.account()).post("/konto/haslo/", {"password1": "a"}))
    check(Client().post("/konto/haslo/odzyskaj/", {"email": ""}))


@pytest.mark.parametrize("url", [*OWN, "/konto/skrzynka/"])
def test_a_stranger_sees_no_page_of_an_account(db, url):
    response = Client().get(url)
    if url != "/konto/wyloguj/":
        assert (
            response.url.startswith("/konto/zaloguj/?next=%2Fkonto%2F") or "next=/" in response.url
        )


def test_signing_out_asks_first_and_then_ends_the_session(db):
    client = make.client_of(make.account())
    client.get("/konto/wyloguj/")
    assert client.get("/konto/profil/").status_code == 200
    assert client.post("/konto/wyloguj/").url == "/konto/zaloguj/"
    assert client.get("/konto/profil/").status_code == 302
