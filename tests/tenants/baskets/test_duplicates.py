"""Likely duplicates of the basket: told apart once and for all, or made one (REG §3.3)."""

from datetime import timedelta

import pytest
from django.test import Client

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.baskets.actions import duplicates, services
from tenants.baskets.duplicates import in_order, leads_to, likely
from tenants.baskets.models.duplicates import DistinctServices, ServiceMerge
from tenants.baskets.models.services import Service
from tenants.baskets.standing import entries_on
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

BASKET = "/gmina/gogolin/koszyk/"


def found(by: Actor) -> list[tuple[str, str, str]]:
    pairs = likely(entries_on(by.today))
    return [(*sorted((one.first.name, one.second.name)), one.why) for one in pairs]


def test_the_same_type_a_similar_name_and_a_common_mark_are_flagged(
    office: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant, phone="77 400 00 01")
    make.accepted(office, None, name="Poradnia dla rodzín", phone="774000001", street="ul. Inna 2")
    make.accepted(office, None, name="Poradnia dla rodzin", type_code="logopeda", phone="")
    make.accepted(office, None, name="Grupa wsparcia", phone="77 400 00 01")
    assert found(office) == [("Poradnia dla rodzin", "Poradnia dla rodzín", "ten sam telefon")]


def test_what_was_told_apart_is_never_flagged_again(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    one, other = (make.accepted(office, kooperant) for _ in range(2))
    with pytest.raises(Refused):
        duplicates.tell_apart(by=coordinator, first=one.pk, second=other.pk)
    assert len(found(office)) == 1

    duplicates.tell_apart(by=office, first=other.pk, second=one.pk)
    assert found(office) == []
    ruling = DistinctServices.objects.get()
    assert (ruling.decided_on, ruling.decided_by_name) == (office.today, office.name)
    with pytest.raises(AlreadySaved):
        duplicates.tell_apart(by=office, first=one.pk, second=other.pk)


def test_a_merged_one_leads_on_and_nothing_is_thereby_confirmed(
    office: Actor, kooperant: Organisation
) -> None:
    first, second, third = (make.accepted(office, kooperant) for _ in range(3))
    day = office.today - timedelta(days=100)
    Service.objects.update(confirmed_on=day, due_on=day + timedelta(days=365))

    duplicates.merge(by=office, source_id=first.pk, target_id=second.pk)
    duplicates.merge(by=office, source_id=second.pk, target_id=third.pk)
    assert leads_to(first) == third
    assert [one.service_id for one in entries_on(office.today)] == [third.pk]
    assert set(Service.objects.values_list("confirmed_on", flat=True)) == {day}
    with pytest.raises(AlreadySaved):
        duplicates.merge(by=office, source_id=second.pk, target_id=third.pk)


def test_nothing_is_merged_into_what_is_gone(office: Actor, kooperant: Organisation) -> None:
    source, target = (make.accepted(office, kooperant) for _ in range(2))
    services.end(by=office, service_id=target.pk, ended_on=office.today, why="")
    with pytest.raises(Problem, match="nie ma już w koszyku"):
        duplicates.merge(by=office, source_id=source.pk, target_id=target.pk)
    assert not ServiceMerge.objects.exists()
    assert Service.objects.get(pk=source.pk).ended_on is None


def test_the_lider_sees_both_and_whoever_looks_for_the_merged_one_comes_to_the_other(
    office: Actor, kooperant: Organisation, another: Organisation, in_partnership: TenantRef
) -> None:
    one = make.accepted(office, kooperant)
    other = make.accepted(office, None, about="Rozmowa o kłopotach.")
    first, second = in_order(one.pk, other.pk)
    officer = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    reader: Client = make_people.signed_in(
        in_partnership, Role.PARTNER_WORKER, organisation=another
    )[0]
    at = f"{BASKET}powtorzenia/{first}/{second}/"
    assert at in officer.get(f"{BASKET}powtorzenia/").content.decode()
    assert reader.get(f"{BASKET}powtorzenia/").status_code == 403
    assert "kłopotach" in text_of(officer.get(at))
    assert officer.post(at, {}).status_code == 422
    assert officer.post(at, {"verdict": "SECOND"}).status_code == 302
    answer = reader.get(f"{BASKET}uslugi/{first}/")
    assert answer.headers["Location"] == f"{BASKET}uslugi/{second}/"
    assert officer.get(at).status_code == 404


def test_whoever_accepts_a_service_is_told_of_the_one_it_resembles(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    make.accepted(office, kooperant)
    service = make.filed(office, kooperant, name="Poradnia dla rodziny")
    officer = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    page = text_of(officer.get(f"{BASKET}uslugi/{service.pk}/przyjecie/"))
    assert "podobna: Poradnia dla rodzin (Poradnia Zmyślona)" in page
    with inside(in_partnership):
        assert found(office) == []
