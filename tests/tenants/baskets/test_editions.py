"""Numbered editions of the basket: frozen, compared, withheld as soon as a part is hidden (REG §3.3–3.4)."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from kooperacja.audit.actor import Actor
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.baskets import perms
from tenants.baskets.actions import services
from tenants.baskets.editions import REMOVED, Changes, Printed, changes, read
from tenants.baskets.models.editions import Edition, EditionItem
from tenants.baskets.printing import edition_context, leaflet_context
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.services.terms import Group
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.factories.editions import issued
from tests.tenants.reading import text_of

EDITIONS = "/gmina/gogolin/koszyk/wydania/"
KEY = "0197f3a0-0000-7000-8000-000000000002"


def as_(reach: Visibility, edition: Edition) -> list[Printed]:
    return read(Edition.objects.get(pk=edition.pk), lambda card: reach)


def since(reach: Visibility, old: Edition, new: Edition) -> Changes:
    return changes(as_(reach, old), as_(reach, new))


@pytest.fixture
def officer(in_partnership: TenantRef) -> Client:
    return make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]


@pytest.fixture
def member(in_partnership: TenantRef, kooperant: Organisation) -> Client:
    return make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)[0]


def test_an_edition_keeps_what_stood_in_the_basket_whatever_comes_later(
    office: Actor, kooperant: Organisation
) -> None:
    make.filed(office, kooperant, name="Jeszcze nie przyjęta")
    service = make.accepted(office, kooperant)
    edition = issued(office)
    make.taken_in(office, make.refiled(office, service, access="Przyjdź."))
    Organisation.objects.filter(pk=kooperant.pk).update(name="Poradnia Przemianowana")
    services.end(by=office, service_id=service.pk, ended_on=office.today, why="")

    (one,) = as_(Visibility.TENANT, edition)
    assert (one.name, one.owner) == ("Poradnia dla rodzin", "Poradnia Zmyślona")
    assert one.facts["Co zrobić"] == "Zadzwoń i umów się."


def test_what_is_new_what_changed_and_what_ended_is_told(
    office: Actor, kooperant: Organisation
) -> None:
    changed = make.accepted(office, kooperant)
    ended = make.accepted(office, kooperant, name="Klub, który się kończy")
    make.accepted(office, kooperant, name="Bez zmian")
    first = issued(office)
    make.taken_in(office, make.refiled(office, changed, phone="77 400 00 09"))
    services.end(by=office, service_id=ended.pk, ended_on=office.today, why="")
    make.accepted(office, kooperant, name="Nowa świetlica")
    second = issued(office)

    told = since(Visibility.TENANT, first, second)
    assert [one.name for one in told.new] == ["Nowa świetlica"]
    assert [one.name for one in told.ended] == ["Klub, który się kończy"]
    (one,) = told.changed
    assert [(line.label, line.before, line.after) for line in one.lines] == [
        ("Telefon", "77 400 00 01", "77 400 00 09")
    ]
    assert told.said == "1\u00a0nowa usługa, 1\u00a0zmieniona, 1\u00a0zakończona"


def test_an_edition_in_which_nothing_is_new_is_not_issued(
    office: Actor, kooperant: Organisation
) -> None:
    with pytest.raises(Problem, match="Koszyk jest pusty"):
        issued(office)
    make.accepted(office, kooperant)
    issued(office)
    with pytest.raises(Problem, match="nic się nie zmieniło"):
        issued(office)
    assert Edition.objects.count() == 1


def test_a_kooperant_issues_none(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant)
    with pytest.raises(Refused):
        issued(coordinator)
    assert not Edition.objects.exists()


def test_a_service_that_is_hidden_becomes_a_hole_in_older_editions_at_once(
    office: Actor, kooperant: Organisation
) -> None:
    hidden = make.accepted(office, kooperant, name="Grupa wsparcia")
    first = issued(office)
    hidden = make.taken_in(office, make.refiled(office, hidden, about="Spotkania."))
    second = issued(office)
    make.refiled(office, hidden, sees_service=Visibility.OFFICE)

    for edition in (first, second):
        (hole,) = as_(Visibility.TENANT, edition)
        assert (hole.is_hole, hole.name, hole.owner, hole.facts) == (True, REMOVED, "", {})
        (own,) = as_(Visibility.OFFICE, edition)
        assert own.name == "Grupa wsparcia"
    assert not since(Visibility.TENANT, first, second)  # not even told as changed
    kept = EditionItem.objects.values_list("sees_service", flat=True)
    assert set(kept) == {Visibility.TENANT}  # who might see it then stays known


def test_a_contact_or_a_place_alone_is_withheld(office: Actor, kooperant: Organisation) -> None:
    service = make.accepted(office, kooperant)
    edition = issued(office)
    make.refiled(office, service, sees_contact=Visibility.OFFICE, is_protected=True, street="")

    (one,) = as_(Visibility.TENANT, edition)
    assert (one.is_hole, one.phone, one.address) == (False, REMOVED, REMOVED)
    assert one.facts["Telefon"] == one.facts["Adres"] == REMOVED
    assert "Zmyślona 1" not in repr(as_(Visibility.OFFICE, edition)[0].facts)


def test_a_service_that_was_never_for_others_leaves_no_hole(
    office: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant, sees_service=Visibility.OFFICE)
    edition = issued(office)
    assert as_(Visibility.TENANT, edition) == []


def test_a_change_of_a_hidden_telephone_is_told_to_nobody_else(
    office: Actor, kooperant: Organisation
) -> None:
    levels = {"sees_contact": Visibility.OFFICE}
    service = make.accepted(office, kooperant, **levels)
    first = issued(office)
    make.taken_in(office, make.refiled(office, service, phone="77 400 00 09", **levels))
    second = issued(office)
    assert not since(Visibility.TENANT, first, second)
    assert since(Visibility.OFFICE, first, second).changed


def test_people_of_members_and_of_the_office_read_and_those_who_left_do_not(
    office: Actor, kooperant: Organisation
) -> None:
    worker = make_people.person(Role.PARTNER_WORKER, organisation=kooperant)
    social = make_people.person(Role.SOCIAL_WORKER)
    party = make_people.person(Role.PARTY, organisation=kooperant)
    assert perms.read_editions(worker)
    assert perms.read_editions(social)
    assert not perms.read_editions(party)
    Membership.objects.get(organisation=kooperant).end(office.today)
    assert not perms.read_editions(Person.objects.get(pk=worker.pk))  # the next request
    assert perms.read_editions(social)


def test_all_members_hear_of_it_once_and_of_the_last_one_alone(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    worker = make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)[1]
    outside = make_people.organisation()
    make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=outside)
    make.accepted(office, kooperant)
    issued(office)
    make.accepted(office, kooperant, name="Druga")
    issued(office)

    sent = Outgoing.objects.filter(dedupe__startswith="edition-issued:")
    told = [row.payload for row in sent.filter(kind="INBOX").order_by("pk")]
    assert [str(one["account_id"]) for one in told] == [str(worker.account_id)] * 2
    assert [one["title"][-1] for one in told] == ["1", "2"]
    assert sent.filter(kind="INBOX_DONE").count() == 1


def test_from_the_basket_to_a_file_by_pages(
    officer: Client,
    member: Client,
    office: Actor,
    kooperant: Organisation,
    in_partnership: TenantRef,
) -> None:
    service = make.accepted(office, kooperant, name="=HYPERLINK(0)")
    assert officer.post(f"{EDITIONS}nowe/", {"key": KEY}).status_code == 302
    again = officer.post(f"{EDITIONS}nowe/", {"key": KEY}, follow=True)
    assert "To już zapisano" in text_of(again)
    assert member.get(f"{EDITIONS}nowe/").status_code == 403
    at = f"{EDITIONS}{KEY}/"
    assert at in member.get(EDITIONS).content.decode()

    rows = list(
        csv.reader(
            io.StringIO(member.get(f"{at}wydanie.csv").content.decode("utf-8-sig")), delimiter=";"
        )
    )
    assert rows[1][0] == "'=HYPERLINK(0)"
    assert "77 400 00 01" in rows[1]
    said = json.loads(member.get(f"{at}wydanie.json").content)
    assert (said["edition"], said["services"][0]["facts"]["Telefon"]) == (1, "77 400 00 01")
    with inside(in_partnership):
        make.refiled(office, service, sees_contact=Visibility.OFFICE)
    for kind in ("csv", "json"):
        content = member.get(f"{at}wydanie.{kind}").content.decode()
        assert "77 400 00 01" not in content
        assert REMOVED in content
    for kind in ("xlsx", "pdf", "docx"):
        assert member.get(f"{at}wydanie.{kind}").status_code == 200


def test_a_leaflet_names_what_anybody_may_know_and_nothing_else(
    office: Actor, kooperant: Organisation
) -> None:
    wide: dict[str, Any] = {
        "sees_service": Visibility.PUBLIC,
        "groups": [Group.SENIORS],
    }
    make.accepted(office, kooperant, name="Klub seniora", **wide)
    open_one = make.accepted(
        office, kooperant, name="Jadłodajnia", **wide, sees_contact=Visibility.PUBLIC
    )
    make.accepted(office, kooperant, name="Dla partnerów", groups=[Group.SENIORS])
    edition = issued(office)

    printed = leaflet_context(edition, Group.SENIORS)["services"]
    assert [(one["name"], one["phone"]) for one in printed] == [
        ("Jadłodajnia", "77 400 00 01"),
        ("Klub seniora", ""),
    ]
    assert leaflet_context(edition, Group.HOMELESS)["services"] == []
    make.refiled(office, open_one, sees_service=Visibility.TENANT)
    left = leaflet_context(edition, Group.SENIORS)["services"]
    assert [one["name"] for one in left] == ["Klub seniora"]


def test_the_paper_says_what_its_reader_may_read(office: Actor, kooperant: Organisation) -> None:
    make.accepted(office, kooperant, sees_contact=Visibility.OFFICE)
    edition = issued(office)
    worker = make_people.person(Role.PARTNER_WORKER, organisation=kooperant)
    social = make_people.person(Role.SOCIAL_WORKER)
    told = [edition_context(edition, person)["services"][0]["phone"] for person in (worker, social)]
    assert told == ["", "77 400 00 01"]
    assert edition_context(edition, worker)["since"] == ""
