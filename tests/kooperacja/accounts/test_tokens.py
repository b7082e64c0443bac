"""Keys for programs."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts import tokens
from kooperacja.accounts.models import ApiToken
from kooperacja.audit.actor import Unproved
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.writes import AlreadySaved
from tenants.registry.roles import Role
from tests.factories import accounts as make

NEW = "/konto/klucze-api/nowy/"


def issued(who, **changes):
    values = {"name": "Arkusz", "scope": "REGION_READ"}
    values["expires_at"] = timezone.now() + timedelta(days=30)
    return tokens.issue(by=make.acting(who), **(values | changes))


def test_a_key_is_found_by_its_text_and_kept_as_a_hash(db):
    who = make.account()
    token, text = issued(who)
    assert tokens.find(text) == token
    assert text not in str(ApiToken.objects.values().get())


def test_use_is_noted_at_most_once_a_minute(db):
    _, text = issued(make.account())
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first = tokens.find(text).last_used_at
        clock.shift(timedelta(seconds=59))
        with CaptureQueriesContext(connections["shared"]) as queries:
            assert tokens.find(text).last_used_at == first
        assert len(queries) == 1
        clock.shift(timedelta(seconds=1))
        assert tokens.find(text).last_used_at == first + timedelta(minutes=1)


def test_dead_keys_and_wrong_texts_open_nothing(db):
    who = make.account()
    token, text = issued(who)
    assert tokens.find(text[:-1]) is None
    assert tokens.find("") is None
    assert tokens.find(issued(who, expires_at=timezone.now())[1]) is None
    assert tokens.find(issued(make.account(is_active=False))[1]) is None
    tokens.revoke(by=make.acting(make.account()), token=token)
    assert tokens.find(text) == token
    tokens.revoke(by=make.acting(who), token=token)
    assert tokens.find(text) is None


def test_no_key_is_made_or_ended_without_a_second_factor(db):
    who = make.account()
    token, text = issued(who)
    unproved = replace(make.acting(who), lacks_proof=True)
    with pytest.raises(Unproved):
        tokens.issue(by=unproved, name="Drugi", scope="REGION_READ", expires_at=token.expires_at)
    with pytest.raises(Unproved):
        tokens.revoke(by=unproved, token=token)
    assert ApiToken.objects.get() == tokens.find(text)


def test_a_regional_key_names_no_tenant_and_a_tenants_key_does(gmina):
    who = make.account()
    for wrong in ({"tenant_id": gmina.id}, {"scope": "TENANT_READ"}):
        with pytest.raises(IntegrityError), transaction.atomic(using="shared"):
            issued(who, **wrong)
    assert not ApiToken.objects.exists()


def new_key(reach):
    return {"key": str(uuid7()), "name": "Arkusz", "reach": reach, "days": 30}


def mails():
    return [message.payload for message in OutgoingMessage.objects.order_by("created_at")]


def fresh(who):
    client = make.client_of(who)
    client.post("/konto/potwierdz/kod/", {"code": make.code_of()})
    return client


def test_a_key_is_made_after_step_up_and_shown_once(gmina):
    client = make.client_of(make.member(gmina, Role.LEAD))
    assert client.get(NEW).url.startswith("/konto/potwierdz/kod/?")
    client.post("/konto/potwierdz/kod/", {"code": make.code_of()})
    data = new_key(f"TENANT_READ:{gmina.id}")
    page = client.post(NEW, data)
    text = re.search(r"<code>(koop_[\w-]+)</code>", page.content.decode())[1]
    assert "no-store" in page.headers["Cache-Control"]
    assert tokens.find(text).tenant_id == gmina.id
    listed = client.get("/konto/klucze-api/").content.decode()
    assert "Arkusz" in listed
    assert text not in listed


def test_nobody_gets_a_key_to_where_they_have_no_access(gmina, powiat):
    client = fresh(make.member(gmina))
    for reach in (f"TENANT_READ:{powiat.id}", "REGION_READ"):
        page = client.post(NEW, new_key(reach))
        assert page.status_code == 200
    assert not ApiToken.objects.exists()


def test_a_key_is_revoked_by_its_owner_alone(gmina):
    owner, other = make.member(gmina), make.member(gmina)
    token, text = issued(owner)
    url = f"/konto/klucze-api/{token.pk}/uniewaznij/"
    assert make.client_of(other).post(url).status_code == 404
    assert tokens.find(text) == token
    assert make.client_of(owner).post(url).url.startswith("/konto/potwierdz/kod/?")
    assert tokens.find(text) == token
    client = fresh(owner)
    assert client.get(url).status_code == 200
    assert client.post(url).url == "/konto/klucze-api/"
    assert tokens.find(text) is None


def test_the_page_that_shows_a_key_makes_no_second_one_when_loaded_anew(gmina):
    client = fresh(make.member(gmina, Role.LEAD))
    data = new_key(f"TENANT_READ:{gmina.id}")
    first = client.post(NEW, data)
    text = re.search(r"<code>(koop_[\w-]+)</code>", first.content.decode())[1]
    again = client.post(NEW, data, follow=True)
    assert again.redirect_chain == [("/konto/klucze-api/", 302)]
    assert "drugi raz nic się nie zmieniło" in again.content.decode()
    assert text not in again.content.decode()
    assert tokens.find(text) == ApiToken.objects.get()
    assert len(mails()) == 1


def test_of_two_forms_sent_at_once_one_makes_the_key(fresh_database):
    who, key = make.account(), uuid7()
    start = threading.Barrier(4)

    def send(_):
        start.wait()
        try:
            return issued(who, key=key)[1]
        except AlreadySaved:
            return ""
        finally:
            connections["shared"].close()

    with ThreadPoolExecutor(4) as pool:
        (text,) = filter(None, pool.map(send, range(4)))
    assert tokens.find(text) == ApiToken.objects.get()


def test_its_owner_is_told_of_a_key_that_is_made_and_ended(db):
    who = make.account()
    token, text = issued(who)
    tokens.revoke(by=make.acting(who), token=token)
    tokens.revoke(by=make.acting(who), token=token)
    made, ended = mails()
    assert made["email"] == ended["email"] == who.email
    assert "utworzono klucz API:" in made["text"]
    assert f"Arkusz (koop_{token.prefix}…), dane województwa: odczyt, ważny do" in made["text"]
    assert "/konto/klucze-api/" in made["text"]
    assert "Unieważniono klucze API" in ended["text"]
    assert text not in str(mails())


@pytest.mark.parametrize(("answer", "lives"), [({"end_keys": "on"}, False), ({}, True)])
def test_a_change_of_password_offers_to_end_the_keys(db, answer, lives):
    who = make.account()
    foreign = issued(make.account())[1]
    texts = [issued(who)[1], issued(who)[1]]
    client = make.client_of(who)
    page = client.get("/konto/haslo/").content.decode()
    assert re.search(r'<input type="checkbox" name="end_keys"[^>]*checked', page)
    new = "calkiem-nowe-zdanie-na-haslo"
    data = {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
    assert client.post("/konto/haslo/", data | answer).status_code == 302
    assert [tokens.find(text) is not None for text in texts] == [lives, lives]
    assert tokens.find(foreign) is not None
    told = [mail for mail in mails() if "Unieważniono klucze API" in mail["text"]]
    assert len(told) == (0 if lives else 1)


def test_so_does_a_new_password_by_the_mailed_link(db, client):
    who = make.account()
    text = issued(who)[1]
    client.post("/konto/haslo/odzyskaj/", {"email": who.email})
    link = re.search(r"http://testserver(/\S+)", mails()[-1]["text"])[1]
    form = client.get(link).url
    assert 'name="end_keys"' in client.get(form).content.decode()
    new = "calkiem-nowe-zdanie-na-haslo"
    client.post(form, {"password1": new, "password2": new, "end_keys": "on"})
    assert tokens.find(text) is None


def test_nothing_is_offered_to_who_has_no_keys(db):
    assert "end_keys" not in make.client_of(make.account()).get("/konto/haslo/").content.decode()
