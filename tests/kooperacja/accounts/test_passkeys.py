"""Passkeys, by a key made of software that answers as a browser would."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.factories import accounts as make
from tests.factories.passkeys import ADD, Key, add_key, options_on

LOGIN = "/konto/zaloguj/klucz/"


def signed_in(who) -> Client:
    client = Client()
    client.post("/konto/zaloguj/", {"login": who.email, "password": make.PASSWORD})
    return client


def ask(client: Client):
    return client.get(LOGIN, headers={"Accept": "application/json"}).json()["request_options"]


def test_a_key_is_added_and_signs_in_without_a_password(db):
    who, key = make.account(), Key()
    assert add_key(signed_in(who), key).url == "/konto/drugi-skladnik/kody/"
    client = Client()
    data = {"credential": key.get(ask(client)), "next": "/konto/profil/"}
    assert client.post(LOGIN, data).url == "/konto/profil/"
    assert client.get("/konto/profil/").status_code == 200
    assert client.get("/konto/klucze-api/nowy/").status_code == 200


def test_a_key_is_the_second_step_after_a_password(db):
    who, key = make.account(), Key()
    add_key(signed_in(who), key)
    client = signed_in(who)
    url = "/konto/zaloguj/kod/"
    assert client.get("/konto/").status_code == 302
    client.post(url, {"credential": key.get(options_on(client, url))})
    assert client.get("/konto/").status_code == 200


def test_a_key_that_does_not_check_its_holder_is_not_taken(db):
    client = signed_in(make.account())
    assert add_key(client, Key(flags=0x01)).status_code == 200
    assert not Authenticator.objects.exists()


def test_an_answer_from_another_site_or_key_or_given_twice_signs_nobody_in(db):
    who, key = make.account(), Key()
    add_key(signed_in(who), key)
    client = Client()
    given = key.get(ask(client))
    key.host = "zly.example"
    client.post(LOGIN, {"credential": key.get(ask(client))})
    assert "_auth_user_id" not in client.session
    ask(client)
    client.post(LOGIN, {"credential": given})
    assert "_auth_user_id" not in client.session
    other = Key()
    other.user = key.user
    assert client.post(LOGIN, {"credential": other.get(ask(client))}).url == "/konto/zaloguj/"
    assert "_auth_user_id" not in client.session


def test_a_key_is_renamed_and_removed_by_its_owner_alone(db):
    who = make.account()
    client = signed_in(who)
    add_key(client, Key())
    key = Authenticator.objects.get(type="webauthn")
    base = f"/konto/drugi-skladnik/klucze/{key.pk}/"
    other = signed_in(make.account())
    assert other.post(base + "nazwa/", {"name": "Mój"}).status_code == 404
    assert other.post(base + "usun/").status_code == 404
    client.post(base + "nazwa/", {"name": "Klucz w sejfie"})
    assert "Klucz w sejfie" in client.get("/konto/drugi-skladnik/").content.decode()
    client.post(base + "usun/")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "x", "5", "[]", "{}", '{"id": 1, "response": null}'])
def test_nonsense_in_place_of_a_key_is_refused(db, credential):
    client = Client()
    ask(client)
    assert client.post(LOGIN, {"credential": credential}).url == "/konto/zaloguj/"
    owner = signed_in(make.account())
    owner.get(ADD)
    assert owner.post(ADD, {"name": "Laptop", "credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()


def test_a_name_is_cleaned_and_one_that_shows_nothing_is_none(db):
    client = signed_in(make.account())
    add_key(client, Key(), name="\u200b \u2800\u3164")
    key = Authenticator.objects.get(type="webauthn")
    given = key.wrap().name
    assert given.strip()
    assert given.isprintable()
    url = f"/konto/drugi-skladnik/klucze/{key.pk}/nazwa/"
    for name in ("\u200b\u2800", "x" * 101, "x" * 2_000_000):
        assert client.post(url, {"name": name}).status_code == 200
        key.refresh_from_db()
        assert key.wrap().name == given
    client.post(url, {"name": "  Lap\u202etop\u200b  w pracy "})
    key.refresh_from_db()
    assert key.wrap().name == "Laptop w pracy"


@pytest.mark.parametrize(
    "answer", ["9" * 5_000, "[" * 49_000, '{"a":' * 9_000, '"' + "x" * 60_000 + '"']
)
def test_an_answer_of_no_key_is_refused_unread(db, answer):
    client = signed_in(make.account())
    options_on(client, ADD)
    page = client.post(ADD, {"name": "Laptop", "credential": answer})
    assert page.status_code == 200
    assert "Tego klucza nie udało się rozpoznać" in page.content.decode()
    assert not Authenticator.objects.exists()
    stranger = Client()
    ask(stranger)
    assert stranger.post(LOGIN, {"credential": answer}).url == "/konto/zaloguj/"
