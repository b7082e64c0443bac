"""The journal: read by three roles, filtered without a name in any address."""

import pytest

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tests.factories import accounts

PAGE = "/gmina/gogolin/dziennik/"


def _write(tenant: TenantRef, name: str, label: str) -> None:
    with inside(tenant):
        entry = record(by=Actor(None, name), verb="JOURNAL_SEARCHED")
        record(by=Actor(None, name, "DPO"), verb="ENTERED", obj=entry, why=label)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("TENANT_ADMIN", 200),
        ("LEAD", 200),
        ("DPO", 200),
        ("NETWORK_OFFICER", 403),
        ("SOCIAL_WORKER", 403),
        ("PARTNER_COORDINATOR", 403),
    ],
)
def test_three_roles_read_the_journal(gmina: TenantRef, role: str, status: int) -> None:
    _write(gmina, "Jan Kowalski", "powód wpisu")
    client = accounts.client_of(accounts.member(gmina, role))
    for page in (client.get(PAGE), client.post(PAGE, {"osoba": "Jan"}, follow=True)):
        assert page.status_code == status
        assert ("powód wpisu" in page.content.decode()) == (status == 200)
        assert ("Dziennik czytają administrator OPS" in page.content.decode()) == (status == 403)


def test_the_journal_of_another_tenant_is_closed(gmina: TenantRef, powiat: TenantRef) -> None:
    client = accounts.client_of(accounts.member(powiat, "DPO"))
    assert client.get(PAGE).status_code == 403


def test_a_person_is_found_without_diacritics_and_without_a_name_in_the_address(
    gmina: TenantRef,
) -> None:
    _write(gmina, "Łucja Żak", "jej wpis")
    _write(gmina, "Jan Kowalski", "jego wpis")
    client = accounts.client_of(accounts.member(gmina, "DPO"))
    answer = client.post(PAGE, {"osoba": "lucja"})
    assert answer.headers["Location"] == PAGE
    content = client.get(PAGE).content.decode()
    assert "jej wpis" in content
    assert "jego wpis" not in content


def test_an_impossible_period_is_refused_and_kept_out_of_the_session(gmina: TenantRef) -> None:
    client = accounts.client_of(accounts.member(gmina, "DPO"))
    answer = client.post(PAGE, {"od": "2026-03-02", "do": "2026-03-01"})
    assert answer.status_code == 422
    assert "wcześniejszy" in answer.content.decode()
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "wczoraj"])
def test_a_bad_filter_that_an_older_version_kept_is_dropped(gmina: TenantRef, day: str) -> None:
    client = accounts.client_of(accounts.member(gmina, "DPO"))
    assert client.post(PAGE, {"do": day}).status_code == 422
    session = client.session
    session[f"journal:{gmina.schema}"] = {"osoba": "", "czynnosc": "", "od": "", "do": day}
    session.save()
    assert client.get(PAGE).status_code == 200
    assert f"journal:{gmina.schema}" not in client.session


def test_a_name_is_shown_without_signs_that_turn_it_round(gmina: TenantRef) -> None:
    _write(gmina, "Jan \u202eikslawoK\u202c\u200b", "powód")
    client = accounts.client_of(accounts.member(gmina, "DPO"))
    content = client.get(PAGE).content.decode()
    assert "Jan ikslawoK" in content
    assert not {"\u202e", "\u202c", "\u200b"} & set(content)


def test_the_journal_can_not_be_written_to(gmina: TenantRef) -> None:
    client = accounts.client_of(accounts.member(gmina, "DPO"))
    client.get(PAGE)
    with inside(gmina):
        before = Entry.objects.count()
    assert client.delete(PAGE).status_code == 405
    with inside(gmina):
        assert Entry.objects.count() == before


def test_what_is_wrong_with_a_choice_of_entries_stands_open(gmina: TenantRef) -> None:
    client = accounts.client_of(accounts.member(gmina, "DPO"))
    assert "<details" in client.get(PAGE).content.decode()
    assert " open>" not in client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"od": "2026-12-05", "do": "2026-11-01"})
    assert '<details class="k-details" open>' in answer.content.decode()


def test_a_kept_choice_of_entries_is_seen_and_cleared(gmina: TenantRef) -> None:
    _write(gmina, "Łucja Żak", "jej wpis")
    _write(gmina, "Jan Kowalski", "jego wpis")
    client = accounts.client_of(accounts.member(gmina, "DPO"))
    assert "Wyczyść" not in client.get(PAGE).content.decode()
    client.post(PAGE, {"osoba": "Łucja"})
    content = client.get(PAGE).content.decode()
    assert '<details class="k-details" open>' in content
    assert "Wyczyść" in content
    content = client.post(PAGE, {}, follow=True).content.decode()
    assert "jego wpis" in content
    assert "Wyczyść" not in content
