"""Whoever was entered twice need not read again what either entry has read (REG §8.3, §9)."""

from typing import Any

from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.data_protection.gate import may_see_personal_data
from tenants.data_protection.models import DataRulesAcknowledgement
from tenants.people.models import Person
from tenants.people.today import waiting_for
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationAcknowledgement, RegulationVersion
from tests.factories import data_protection as make_protection
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.people.test_mending import merge, undo
from tests.tenants.reading import PARTNERSHIP, text_of

READ = (
    "Zapoznaj się z regulaminem (wersja 1)",
    "Przeczytaj zasady ochrony danych (załącznik nr 3)",
)


def asked_of(person: Person, place: TenantRef) -> list[str]:
    with inside(place):
        anew = Person.objects.get(pk=person.pk)
        titles = [one.title for one in waiting_for(anew, timezone.localdate())]
    return [title for title in titles if title in READ]


def who_read(keeper: Client) -> str:
    version = RegulationVersion.objects.get()
    page = text_of(keeper.get(f"{PARTNERSHIP}regulamin/{version.pk}/zapoznani/"))
    return "" if "Ewa Lis" in page else "zna"


def entered_twice(place: TenantRef) -> tuple[Client, Any, Any, Any]:
    """A worker with an account, and an older entry of the same person, who had read everything."""
    of = make_partnership.member(make.organisation()).organisation
    client, person = make.signed_in(place, Role.PARTNER_WORKER, organisation=of)
    Person.objects.filter(pk=person.pk).update(full_name="Ewa Lis")
    other = make.head(of, full_name="Lis Ewa")
    make_protection.may_see(other, of)
    RegulationAcknowledgement.objects.create(
        regulation=RegulationVersion.objects.get(), person=other
    )
    return client, person, other, of


def test_what_either_entry_has_read_is_read(
    in_partnership: TenantRef, keeper: Client, lead: Person
) -> None:
    client, person, other, of = entered_twice(in_partnership)
    assert asked_of(person, in_partnership) == list(READ)
    assert who_read(keeper) == ""
    before = [
        list(model._default_manager.order_by("pk").values())
        for model in (RegulationAcknowledgement, DataRulesAcknowledgement)
    ]

    merged = merge(lead, other, person)

    day = timezone.localdate()
    assert asked_of(person, in_partnership) == []
    assert who_read(keeper) == "zna"
    assert "Znam tę wersję regulaminu" not in text_of(client.get(PARTNERSHIP + "regulamin/"))
    assert may_see_personal_data(person, of, day).allowed
    undo(lead, merged)
    assert asked_of(person, in_partnership) == list(READ)
    assert not may_see_personal_data(person, of, day).allowed
    after = [
        list(model._default_manager.order_by("pk").values())
        for model in (RegulationAcknowledgement, DataRulesAcknowledgement)
    ]
    assert after == before
