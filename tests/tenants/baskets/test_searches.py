"""A reader keeps searches of the basket, and hears once a day when something new is found (REG §3.4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from kooperacja.writes import StaleForm
from tenants.baskets.actions import searches, services
from tenants.baskets.models.searches import SavedSearch
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.services.visibility import Visibility
from tests.factories import accounts
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

SEARCHES = "/gmina/gogolin/koszyk/szukania/"
PSYCHOLOGIST = {"szukaj": "psycholog"}


@pytest.fixture
def reader(in_partnership: TenantRef, kooperant: Organisation) -> Person:
    account = accounts.account()
    return make_people.person(Role.PARTNER_WORKER, organisation=kooperant, account=account)


def saved(by: Person, **choices: Any) -> SavedSearch:
    return searches.save_search(
        by=make_people.by(by), key=uuid7(), name="Szukam", choices=choices or PSYCHOLOGIST
    )


def told(by: Actor, days: int = 0) -> list[str]:
    """What readers are told when the night has passed."""
    searches.tell_of_news(by.today + timedelta(days=days))
    rows = Outgoing.objects.filter(payload__code="SERVICES_FOUND").order_by("id")
    assert not rows.exclude(kind="INBOX").exists()  # the summary of the day tells of it
    return [row.payload["title"] for row in rows]


def test_a_reader_hears_of_what_is_new_once_and_of_nothing_else(
    office: Actor, kooperant: Organisation, reader: Person
) -> None:
    make.accepted(office, kooperant, name="Poradnia, która była")
    search = saved(reader)
    assert told(office) == []
    make.accepted(office, kooperant, name="Basen", type_code="basen", about="Pływanie.")
    assert told(office) == []
    new = make.accepted(office, kooperant, name="Poradnia nowa")
    only = ["W koszyku jest to, czego szukasz: 1\xa0nowa usługa"]
    assert told(office) == only
    assert told(office, 1) == only
    search.refresh_from_db()
    assert search.news == [str(new.pk)]


def test_all_searches_of_a_reader_are_one_message_a_day(
    office: Actor, kooperant: Organisation, reader: Person
) -> None:
    saved(reader)
    saved(reader, dla="FAMILIES")
    make.accepted(office, kooperant, name="Poradnia nowa")
    make.accepted(office, kooperant, name="Klub", type_code="klub-seniora", about="Spotkania.")
    assert told(office) == ["W koszyku jest to, czego szukasz: 2\xa0nowe usługi"]


def test_one_that_comes_back_after_a_break_is_not_new(
    office: Actor, kooperant: Organisation, reader: Person
) -> None:
    service = make.accepted(office, kooperant)
    saved(reader)
    services.stop(
        by=office, service_id=service.pk, from_on=office.today, until_on=None, why="remont"
    )
    assert told(office) == []
    services.resume(by=office, service_id=service.pk)
    assert told(office, 1) == []


def test_nobody_hears_of_what_they_may_not_see(
    office: Actor, kooperant: Organisation, reader: Person
) -> None:
    saved(reader)
    other = make_people.organisation(name="Inna Zmyślona")
    make.accepted(office, None, sees_service=Visibility.OFFICE)
    assert told(office) == []
    assert other is not kooperant


def test_a_message_names_no_service_and_no_place(
    office: Actor, kooperant: Organisation, reader: Person
) -> None:
    saved(reader)
    hidden = {"is_protected": True, "street": "", "city": "Skrytowo", "name": "Azyl"}
    make.accepted(office, kooperant, **hidden)
    assert len(told(office)) == 1
    kept = str(list(Outgoing.objects.filter(payload__code="SERVICES_FOUND").values()))
    assert "Azyl" not in kept
    assert "Skrytowo" not in kept
    assert "psycholog" not in kept


def test_it_ends_with_the_right_to_read(
    office: Actor, kooperant: Organisation, reader: Person
) -> None:
    saved(reader)
    RoleAssignment.objects.get(person=reader).end(office.today)
    make.accepted(office, kooperant)
    assert told(office) == []
    assert not SavedSearch.objects.exists()


def test_a_reader_saves_reads_renames_and_ends_a_search(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    client, person = make_people.signed_in(
        in_partnership, Role.PARTNER_WORKER, organisation=kooperant
    )
    basket = client.get("/gmina/gogolin/koszyk/?szukaj=psycholog&dla=YOUTH&teraz=on")
    assert "szukania/nowe/?szukaj=psycholog&amp;dla=YOUTH&amp;teraz=on" in basket.content.decode()
    page = client.get(f"{SEARCHES}nowe/?szukaj=psycholog&dla=YOUTH&teraz=on")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert sent["name"] == "psycholog, dzieci i młodzież"
    client.post(f"{SEARCHES}nowe/", {**sent, "name": "Dla Zosi nie, dla dzieci tak"}, follow=True)
    with inside(in_partnership):
        assert not SavedSearch.objects.exists()  # a name tells of somebody
    client.post(f"{SEARCHES}nowe/", {**sent, "name": "Dla dzieci"}, follow=True)
    with inside(in_partnership):
        search = SavedSearch.objects.get()
        assert search.choices == {"szukaj": "psycholog", "dla": "YOUTH"}
        assert search.account_id == person.account_id
        new = make.accepted(office, kooperant, name="Poradnia nowa")
        searches.tell_of_news(office.today)
    said = text_of(client.get(f"{SEARCHES}{search.pk}/"))
    assert "psycholog, dzieci" in said
    assert "Poradnia nowa" in said
    assert new.name in said
    client.post(f"{SEARCHES}{search.pk}/nazwa/", {"version": "0", "name": "Psycholog"})
    assert "Psycholog" in text_of(client.get(SEARCHES))
    client.post(f"{SEARCHES}{search.pk}/usuniecie/")
    with inside(in_partnership):
        assert not SavedSearch.objects.exists()


def test_a_search_for_nothing_is_not_kept(
    kooperant: Organisation, in_partnership: TenantRef
) -> None:
    client, _ = make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)
    for query in ("", "teraz=on", "dla=NIKT", "strona=2"):
        sent = {"key": str(uuid7()), "name": "Wszystko", "query": query}
        answer = client.post(f"{SEARCHES}nowe/", sent)
        assert answer.status_code == 422
        assert "Najpierw wybierz w koszyku, czego szukasz." in text_of(answer)
    with inside(in_partnership):
        assert not SavedSearch.objects.exists()


def test_nobody_else_sees_or_changes_a_search(
    kooperant: Organisation, reader: Person, in_partnership: TenantRef, office: Actor
) -> None:
    search = saved(reader)
    other: Client = make_people.signed_in(in_partnership, Role.LEAD)[0]
    assert other.get(f"{SEARCHES}{search.pk}/").status_code == 404
    assert "Szukam" not in text_of(other.get(SEARCHES))
    with inside(in_partnership), pytest.raises(Refused):
        searches.end_search(by=office, search_id=search.pk)
    with inside(in_partnership):
        assert SavedSearch.objects.get().name == "Szukam"


@pytest.mark.parametrize(
    "words", ["Kowalska", "tel. 600100200", "ul. Kwiatowa", "anna@pokaz.example"]
)
def test_no_search_is_kept_that_may_name_somebody(reader: Person, words: str) -> None:
    with pytest.raises(ValidationError, match="bez nazwisk"):
        saved(reader, szukaj=words)
    assert not SavedSearch.objects.exists()


def test_a_reader_keeps_no_more_than_they_can_read(
    reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SavedSearch, "MOST", 1)
    first = saved(reader)
    with pytest.raises(ValidationError, match="najwyżej 1"):
        saved(reader)
    assert list(SavedSearch.objects.all()) == [first]


def test_a_name_given_meanwhile_is_not_lost(reader: Person) -> None:
    search, by = saved(reader), make_people.by(reader)
    searches.rename_search(by=by, search_id=search.pk, version=0, name="Pierwsza")
    with pytest.raises(StaleForm):
        searches.rename_search(by=by, search_id=search.pk, version=0, name="Druga")
    assert SavedSearch.objects.get().name == "Pierwsza"
