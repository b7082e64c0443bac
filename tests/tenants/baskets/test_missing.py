"""A kooperant whose card of services is missing is reminded, with measure, until it is there (REG §3.2)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from kooperacja.audit.actor import Actor
from kooperacja.notifications.models import Outgoing, Reminded
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from tenants.baskets import tasks
from tenants.baskets.actions import missing
from tenants.baskets.today import cards_awaited, cards_wait
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import text_of

CARDS = "/gmina/gogolin/koszyk/karty/"


def waits(by: Actor) -> list[str]:
    return [one.title for one in cards_wait(Person.objects.get(pk=by.person_id), by.today)]


def test_a_kooperant_is_told_until_a_service_is_handed_in(
    coordinator: Actor, office: Actor, kooperant: Organisation
) -> None:
    assert waits(coordinator) == ["Przekaż kartę usług: Poradnia Zmyślona"]
    make.drafted(coordinator, kooperant)
    assert waits(coordinator) == ["Przekaż kartę usług: Poradnia Zmyślona"]
    make.filed(coordinator, kooperant)
    assert waits(coordinator) == []
    assert waits(office) == ["Przekaż kartę usług Lidera"]
    make.filed(office, None)
    assert waits(office) == []


def test_the_office_reminds_all_who_owe_a_card_and_nobody_twice(
    coordinator: Actor, office: Actor, kooperant: Organisation
) -> None:
    other = make_people.organisation(name="Klub Zmyślony")
    make_partnership.member(other)
    make.filed(make_people.by(make_people.person(Role.PARTNER_HEAD, organisation=other)), other)
    (line,) = cards_awaited(Person.objects.get(pk=office.person_id), office.today)
    assert (line.title, line.text) == (
        "Karty usług: 1\N{NO-BREAK SPACE}instytucja",
        "Poradnia Zmyślona",
    )
    missing.remind_all(by=office)
    with pytest.raises(AlreadySaved):
        missing.remind_all(by=office)
    assert Reminded.objects.count() == 1
    with time_machine.travel(office.today + timedelta(days=15)):
        missing.remind_all(by=make_people.by(Person.objects.get(pk=office.person_id)))
    assert Reminded.objects.count() == 2


def test_nobody_is_reminded_who_has_nobody_to_read_it(
    office: Actor, kooperant: Organisation
) -> None:
    with pytest.raises(Problem, match="Nie ma komu"):
        missing.remind_all(by=office)
    assert not Reminded.objects.exists()


def test_a_kooperant_reminds_nobody(coordinator: Actor) -> None:
    with pytest.raises(PermissionDenied):
        missing.remind_all(by=coordinator)
    assert not Reminded.objects.exists()


def test_by_night_it_goes_out_four_times_and_ends_with_the_card(
    coordinator: Actor, office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    membership = Membership.objects.get()
    Membership.objects.update(from_on=office.today)
    counts = []
    for days in (0, 13, 14, 20, 28, 42, 56, 70):
        with time_machine.travel(office.today + timedelta(days=days)):
            tasks.check_in_one(str(in_partnership.id))
        counts.append(Reminded.objects.filter(object_id=membership.pk).count())
    assert counts == [0, 0, 1, 1, 2, 3, 4, 4]
    make.filed(coordinator, kooperant)
    assert not missing.late(office.today + timedelta(days=90))


def test_the_list_says_who_has_given_none_and_leads_to_reminding(
    coordinator: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    make_partnership.member(make_people.organisation(name="Klub Zmyślony"))
    officer = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    voice = make_people.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant)[
        0
    ]
    text = text_of(officer.get(f"{CARDS}brakujace/"))
    assert "Kartę usług przekazało 0 z 2 kooperantów" in text
    assert "Poradnia Zmyślona" in text and "nie założono" in text
    assert text.count("nikt nie mówi w jej imieniu") == 1 and "1 raz" not in text
    after = text_of(officer.post(f"{CARDS}brakujace/przypomnienie/", follow=True))
    assert "Przypomniano 1 instytucji." in after and "1 raz" in after
    assert "jeszcze nie (nikt nie mówi w jej imieniu)" in after
    assert voice.get(f"{CARDS}brakujace/").status_code == 403
    with inside(in_partnership):
        make.filed(coordinator, kooperant)
        done = Outgoing.objects.filter(kind="INBOX_DONE", dedupe__startswith="card-missing:")
        assert done.count() == 1
    assert "Kartę usług przekazało 1 z 2 kooperantów" in text_of(officer.get(f"{CARDS}brakujace/"))
