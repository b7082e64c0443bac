"""People of institutions that are kooperanci read the basket, and nobody else of an institution."""

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import Membership
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import people as make_people
from tests.tenants.reading import HOME, queries_of

READ = ("", "braki/", "listy/", "zasoby/", "szukania/", "wydania/", "zapytania/")


@pytest.mark.parametrize("role", [Role.PARTNER_WORKER, Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD])
def test_people_of_an_institution_that_left_read_nothing_at_the_next_request(
    in_partnership: TenantRef, kooperant: Organisation, role: Role
) -> None:
    client, person = make_people.signed_in(in_partnership, role, organisation=kooperant)
    assert answers(client) == {200}
    cost = queries_of(client, f"{HOME}koszyk/")

    # As if the role had been left behind.
    Membership.objects.filter(organisation=kooperant).update(ended_on=timezone.localdate())

    assert answers(client) == {403}
    assert person.role_assignments.get().ended_on is None
    assert client.get(HOME).status_code == 200
    Membership.objects.filter(organisation=kooperant).update(ended_on=None)
    assert queries_of(client, f"{HOME}koszyk/") == cost


def answers(client: Client) -> set[int]:
    return {client.get(f"{HOME}koszyk/{page}").status_code for page in READ}


def test_whoever_also_works_for_a_kooperant_reads_on(
    in_partnership: TenantRef, kooperant: Organisation
) -> None:
    client, person = make_people.signed_in(
        in_partnership, Role.PARTNER_WORKER, organisation=make_people.organisation()
    )
    assert client.get(f"{HOME}koszyk/").status_code == 403
    person.role_assignments.create(
        role=Role.PARTNER_WORKER, organisation=kooperant, from_on=make_people.ESTABLISHED
    )
    assert client.get(f"{HOME}koszyk/").status_code == 200
