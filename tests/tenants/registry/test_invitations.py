"""Invitations: the only way to an account and to a role."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connections
from django.test import Client
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.tenancy.models import uuid7
from tenants.registry import directory, invitations
from tenants.registry.invitations import invite, withdraw
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import Role
from tenants.registry.unusable import Unusable
from tests.factories import accounts as make

EMAIL = "jan.proszony@example.pl"
PASSWORD = "zielony-rower-pod-lipa"
JOIN = {"full_name": "Jan Proszony", "password1": PASSWORD, "password2": PASSWORD}


def invited(tenant, role=Role.PARTNER_COORDINATOR, email=EMAIL, **more) -> Invitation:
    place = Tenant.objects.get(pk=tenant.id) if tenant else None
    return invite(
        by=named("Ewa Kierowniczka"),
        email=email,
        full_name="Jan Proszony",
        tenant=place,
        role=role,
        **more,
    )


def link() -> str:
    """The link in the newest mail."""
    text = OutgoingMessage.objects.latest("id").payload["text"]
    return re.search(r"http://testserver(/konto/zaproszenie/\S+)", text)[1]


def nothing_changed() -> bool:
    return not Access.objects.exists() and not Invitation.objects.exclude(accepted_at=None).exists()


def test_a_new_person_makes_an_account_and_enters(gmina):
    invited(gmina, organisation_name="PUP w Krapkowicach")
    client = Client()
    page = client.get(link()).content.decode()
    for words in ("Ewa Kierowniczka", gmina.name, "koordynator Partnerstwa, PUP w Krapkowicach"):
        assert words in page
    assert client.post(link(), JOIN).url == "/gmina/gogolin/"
    account = Account.objects.get(email=EMAIL)
    assert account.check_password(PASSWORD)
    address = EmailAddress.objects.get(user=account)
    assert (address.email, address.verified, address.primary) == (EMAIL, True, True)
    access = Access.objects.get(account=account)
    assert (access.tenant_id, access.role) == (gmina.id, Role.PARTNER_COORDINATOR)
    assert hasattr(client.get("/gmina/gogolin/").wsgi_request, "access")


def test_a_role_that_demands_a_factor_leads_to_it_and_then_in(gmina):
    invited(gmina, Role.TENANT_ADMIN)
    client = Client()
    home = client.post(link(), JOIN).url
    assert client.get(home).url == "/konto/drugi-skladnik/"
    app = "/konto/drugi-skladnik/aplikacja/"
    seed = make.seed_on(client.get(app).content.decode())
    codes = client.post(app, {"code": make.code_of(seed)}).url
    assert f'href="{home}"' in client.get(codes).content.decode()
    assert hasattr(client.get(home).wsgi_request, "access")


def test_looking_never_uses_an_invitation_up(gmina):
    invited(gmina)
    for _ in range(3):
        assert Client().get(link()).status_code == 200
        assert Client().head(link()).status_code == 200
    assert nothing_changed()
    assert not Account.objects.exists()


def test_who_has_an_account_signs_in_first_and_confirms(gmina):
    who = make.account(EMAIL)
    invited(gmina)
    stranger = Client()
    assert stranger.get(link()).status_code == 200
    assert stranger.post(link(), JOIN).url.startswith("/konto/zaloguj/?next=%2Fkonto%2Fzaproszenie")
    assert nothing_changed()
    client = make.client_of(who)
    assert "Przyjąć zaproszenie?" in client.get(link()).content.decode()
    assert client.post(link()).url == "/gmina/gogolin/"
    assert Access.objects.get().account == who
    assert client.get("/konto/").status_code == 200


def test_the_regions_coordinator_is_invited_to_the_region(db):
    invited(None, Role.ROPS_COORDINATOR)
    client = Client()
    assert "ROPS w Opolu" in client.get(link()).content.decode()
    assert client.post(link(), JOIN).url == "/region/"
    assert Access.objects.get().tenant is None


def test_another_account_is_refused(gmina):
    invited(gmina)
    client = make.client_of(make.account("kto.inny@example.pl"))
    for response in (client.get(link()), client.post(link())):
        assert response.status_code == 403
        assert "To zaproszenie jest dla kogoś innego" in response.content.decode()
    assert nothing_changed()


@pytest.mark.parametrize(
    "change",
    [lambda t: "x" + t, lambda t: t[:-1], lambda t: t.split(".")[0], lambda t: t + "”"],
)
def test_a_forged_link_is_not_found(gmina, change):
    invited(gmina)
    token = link().rstrip("/").rsplit("/", 1)[1]
    url = f"/konto/zaproszenie/{change(token)}/"
    for response in (Client().get(url), Client().post(url, JOIN)):
        assert response.status_code == 404
        assert "Nie ma takiego zaproszenia" in response.content.decode()
    assert nothing_changed()


def test_a_row_changed_behind_our_back_opens_nothing(gmina):
    invited(gmina)
    Invitation.objects.update(role=Role.TENANT_ADMIN)
    assert Client().post(link(), JOIN).status_code == 404
    assert nothing_changed()


def test_an_expired_invitation_is_gone(gmina):
    invited(gmina)
    with time_machine.travel(timezone.now() + timedelta(hours=72), tick=False):
        response = Client().post(link(), JOIN)
    assert response.status_code == 410
    assert "straciło ważność" in response.content.decode()
    assert nothing_changed()


def test_a_used_invitation_is_gone(gmina):
    invited(gmina)
    Client().post(link(), JOIN)
    for response in (Client().get(link()), Client().post(link(), JOIN | {"full_name": "Kto Inny"})):
        assert response.status_code == 410
        assert "zostało już wykorzystane" in response.content.decode()
    assert Account.objects.get(email=EMAIL).full_name == "Jan Proszony"
    assert Access.objects.count() == 1


def test_a_withdrawn_invitation_is_gone(gmina):
    withdraw(by=named("Ewa Kierowniczka"), invitation=invited(gmina))
    response = Client().post(link(), JOIN)
    assert response.status_code == 410
    assert "zostało wycofane" in response.content.decode()
    assert nothing_changed()


def test_what_was_used_can_not_be_withdrawn(gmina):
    invitation = invited(gmina)
    Client().post(link(), JOIN)
    with pytest.raises(Unusable):
        withdraw(by=named("Ewa Kierowniczka"), invitation=invitation)
    assert OutgoingMessage.objects.count() == 1


def test_one_source_invites_once(gmina):
    source = uuid7()
    first = invited(gmina, source_id=source)
    assert invited(gmina, source_id=source) == first
    assert OutgoingMessage.objects.count() == 1


def test_a_second_invitation_to_the_same_role_replaces_the_first(gmina):
    invited(gmina)
    former = link()
    invited(gmina, email=EMAIL.upper())
    assert Client().get(former).status_code == 410
    assert Client().get(link()).status_code == 200


def test_only_a_hash_of_the_token_is_kept(gmina):
    invited(gmina)
    token = link().rstrip("/").rsplit("/", 1)[1]
    secret, signature = token.split(".")
    row = str(Invitation.objects.values().get())
    assert secret not in row
    assert signature not in row


def test_a_weak_password_is_refused_and_the_invitation_stays_open(gmina):
    invited(gmina)
    weak = "jan.proszony"
    page = Client().post(link(), JOIN | {"password1": weak, "password2": weak})
    assert page.status_code == 200
    assert "k-error-summary" in page.content.decode()
    assert nothing_changed()


def test_acceptance_is_whole_or_nothing(gmina, monkeypatch):
    invitation = invited(gmina)

    def broken(*args, **kwargs):
        raise RuntimeError("w połowie")

    monkeypatch.setattr(invitations, "came_in", broken)
    with pytest.raises(RuntimeError):
        invitations.accept_as_new(invitation=invitation, full_name="Jan", password=PASSWORD)
    assert nothing_changed()
    assert not Account.objects.exists()


def test_two_acceptances_at_once_make_one_account(fresh_database):
    invitation = invited(directory.find("gogolin"))
    start, outcomes = threading.Barrier(2), []

    def accept():
        start.wait()
        try:
            invitations.accept_as_new(invitation=invitation, full_name="Jan", password=PASSWORD)
            outcomes.append("ok")
        except Unusable as refused:
            outcomes.append(refused.status)
        connections["shared"].close()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [410, "ok"]
    assert (Account.objects.count(), Access.objects.count()) == (1, 1)
