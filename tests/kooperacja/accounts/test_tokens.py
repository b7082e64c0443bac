"""Keys for programs."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kooperacja.accounts import tokens
from kooperacja.accounts.models import ApiToken
from tenants.registry.roles import Role
from tests.factories import accounts as make

NEW = "/konto/klucze-api/nowy/"


def issued(who, **changes):
    values = {"name": "Arkusz", "scope": "REGION_READ"}
    values["expires_at"] = timezone.now() + timedelta(days=30)
    return tokens.issue(by=who, **(values | changes))


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
    tokens.revoke(by=make.account(), token=token)
    assert tokens.find(text) == token
    tokens.revoke(by=who, token=token)
    assert tokens.find(text) is None


def test_a_regional_key_names_no_tenant_and_a_tenants_key_does(gmina):
    who = make.account()
    for wrong in ({"tenant_id": gmina.id}, {"scope": "TENANT_READ"}):
        with pytest.raises(IntegrityError), transaction.atomic(using="shared"):
            issued(who, **wrong)
    assert not ApiToken.objects.exists()


def fresh(who):
    client = make.client_of(who)
    client.post("/konto/potwierdz/kod/", {"code": make.code_of()})
    return client


def test_a_key_is_made_after_step_up_and_shown_once(gmina):
    client = make.client_of(make.member(gmina, Role.LEAD))
    assert client.get(NEW).url.startswith("/konto/potwierdz/kod/?")
    client.post("/konto/potwierdz/kod/", {"code": make.code_of()})
    data = {"name": "Arkusz", "reach": f"TENANT_READ:{gmina.id}", "days": 30}
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
        page = client.post(NEW, {"name": "Arkusz", "reach": reach, "days": 30})
        assert page.status_code == 200
    assert not ApiToken.objects.exists()


def test_a_key_is_revoked_by_its_owner_alone(gmina):
    owner, other = make.member(gmina), make.member(gmina)
    token, text = issued(owner)
    url = f"/konto/klucze-api/{token.pk}/uniewaznij/"
    assert make.client_of(other).post(url).status_code == 404
    assert tokens.find(text) == token
    assert make.client_of(owner).get(url).status_code == 200
    assert make.client_of(owner).post(url).url == "/konto/klucze-api/"
    assert tokens.find(text) is None
