"""A second factor is asked before the register is taken away or roles change."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import Membership
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

REGISTER = PARTNERSHIP + "czlonkowie/rejestr.xlsx?dzien=2025-04-01"
EXPORTS = ["czlonkowie/rejestr.pdf", "czlonkowie/rejestr.xlsx"]
ROLES = [
    "osrodek/zaproszenie/",
    "instytucje/{organisation}/koordynator/",
    "koordynatorzy/{seat}/koniec/",
    "instytucje/{organisation}/funkcje/",
    "instytucje/{free}/zaproszenie/",
]


@pytest.fixture
def member(partnership: TenantRef) -> Membership:
    with inside(partnership):
        return make_partnership.member(make.organisation())


@pytest.fixture
def hours_ago(partnership: TenantRef, member: Membership) -> Client:
    """The Lider's browser, in which the factor was shown too long ago."""
    with inside(partnership):
        client, _ = make.signed_in(partnership, Role.LEAD)
    return accounts.with_fresh_factor(client, lasts=-3600)


@pytest.mark.parametrize("address", EXPORTS)
def test_a_file_says_why_a_code_is_asked_for_and_is_offered_after_it(
    hours_ago: Client, partnership: TenantRef, address: str
) -> None:
    path = f"{PARTNERSHIP}{address}"
    asked = hours_ago.get(path, {"dzien": "2025-04-01"}).url
    assert "Zaraz potem pobierzesz: rejestr członków na dzień" in text_of(hours_ago.get(asked))
    back = hours_ago.post(asked, {"code": accounts.code_of()}).url
    page = hours_ago.get(back)
    with inside(partnership):
        assert not Entry.objects.filter(verb="REGISTER_EXPORTED").exists()
    file = f'href="{path}?dzien=2025-04-01"'
    assert file in page.content.decode()
    assert f'href="{PARTNERSHIP}czlonkowie/"' in page.content.decode()
    assert hours_ago.get(path, {"dzien": "2025-04-01"})["Content-Disposition"]


@pytest.mark.parametrize("address", ROLES)
def test_a_second_factor_is_asked_again(
    hours_ago: Client, member: Membership, partnership: TenantRef, address: str
) -> None:
    with inside(partnership):
        facts = {
            "organisation": member.organisation_id,
            "seat": member.coordinators.get().pk,
            "free": make.organisation().pk,
        }
    path = PARTNERSHIP + address.format(**facts)
    asked = urlsplit(hours_ago.get(path).url)
    assert asked.path == "/konto/potwierdz/kod/"
    assert parse_qs(asked.query)["next"] == [path]
    assert hours_ago.post(asked.geturl(), {"code": accounts.code_of()}).url == path
    assert hours_ago.get(path).status_code == 200


def test_nothing_is_taken_before_the_factor_is_shown(
    hours_ago: Client, partnership: TenantRef
) -> None:
    assert hours_ago.get(REGISTER).status_code == 302
    with inside(partnership):
        assert not Entry.objects.filter(verb="REGISTER_EXPORTED").exists()


def test_a_form_sent_too_late_changes_nothing(
    hours_ago: Client, member: Membership, partnership: TenantRef
) -> None:
    with inside(partnership):
        seat = member.coordinators.get()
    path = f"{PARTNERSHIP}koordynatorzy/{seat.pk}/koniec/"
    assert hours_ago.post(path, {"ended_on": "2026-01-01"}).status_code == 302
    with inside(partnership):
        seat.refresh_from_db()
    assert seat.ended_on is None


def test_a_kooperant_without_a_factor_sets_one_up_and_comes_back_for_the_file(
    partnership: TenantRef, member: Membership
) -> None:
    with inside(partnership):
        who = accounts.account()
        person = make.person(
            Role.PARTNER_COORDINATOR, organisation=member.organisation, account=who
        )
    row = accounts.access(who, partnership, organisation_id=member.organisation_id)
    Access.objects.filter(pk=row.pk).update(person_id=person.pk)
    client = accounts.client_of(who)
    assert client.get(PARTNERSHIP + "czlonkowie/").status_code == 200
    assert client.get(REGISTER).url == "/konto/drugi-skladnik/"
    assert client.session["factor_return_to"] == f"{REGISTER}&po-kodzie=1"
    page = client.get("/konto/drugi-skladnik/").content.decode()
    assert "<strong>plik „rejestr członków na dzień" in page
    assert f'<a href="{PARTNERSHIP}czlonkowie/">Wróć bez ustawiania' in page


def test_who_may_not_learns_it_before_any_factor(
    partnership: TenantRef, member: Membership
) -> None:
    with inside(partnership):
        client, _ = make.signed_in(
            partnership, Role.PARTNER_WORKER, organisation=member.organisation
        )
    old = accounts.with_fresh_factor(client, lasts=-3600)
    path = f"{PARTNERSHIP}instytucje/{member.organisation_id}/koordynator/"
    assert old.get(path).status_code == 403


def test_a_partner_without_a_second_factor_hears_why_it_is_asked_for(
    partnership: TenantRef, member: Membership
) -> None:
    who = accounts.account()
    with inside(partnership):
        head = make.person(Role.PARTNER_HEAD, organisation=member.organisation, account=who)
    row = accounts.access(
        who, partnership, Role.PARTNER_HEAD, organisation_id=member.organisation_id
    )
    Access.objects.filter(pk=row.pk).update(person_id=head.pk)
    client = accounts.client_of(who)
    came_from = f"{PARTNERSHIP}instytucje/{member.organisation_id}/"
    client.get(f"{came_from}koordynator/", headers={"Referer": f"http://testserver{came_from}"})
    for _ in range(2):  # it stays there, however often the page is opened
        page = client.get("/konto/drugi-skladnik/").content.decode()
        assert "<strong>nowy koordynator Partnerstwa</strong>" in page
        assert f'<a href="{came_from}">Wróć bez ustawiania' in page
