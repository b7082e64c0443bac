"""A comment waits on "Co dziś" of the side that it asks, until that side answers (POR preamble)."""

import pytest
from django.utils.timezone import localdate

from kooperacja.tenancy.ref import TenantRef
from tenants.agreements import today
from tenants.agreements.models import Agreement
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.teams.sides import LEAD
from tests.factories import agreements as make
from tests.factories import people as make_people

by = make_people.by


@pytest.fixture
def lead(in_partnership: TenantRef) -> Person:
    return make_people.lead()


@pytest.fixture
def school(in_partnership: TenantRef) -> Organisation:
    return make_people.organisation(name="Szkoła Przykładowa")


@pytest.fixture
def head(school: Organisation) -> Person:
    return make_people.person(Role.PARTNER_HEAD, organisation=school)


@pytest.fixture
def agreement(school: Organisation, lead: Person) -> Agreement:
    return make.before(school, by(lead))


def waits(*people: Person) -> list[list[str]]:
    return [[one.title for one in today.comments_wait(person, localdate())] for person in people]


def test_it_waits_for_the_party_until_the_party_answers(
    agreement: Agreement, school: Organisation, head: Person, lead: Person
) -> None:
    asked = make.comment(agreement, by(lead), asked=str(school.pk))
    stranger = make_people.person(Role.PARTNER_HEAD, organisation=make_people.organisation())
    title = "Odpowiedz na uwagę do porozumienia (§ 2 ust. 2)"
    assert waits(head, lead, stranger) == [[title], [], []]
    make.answer(asked, by(lead))  # what its author adds is no answer
    assert waits(head) == [[title]]
    make.answer(asked, by(head))
    assert waits(head) == [[]]


def test_it_waits_for_the_office_until_it_is_closed(
    agreement: Agreement, head: Person, lead: Person
) -> None:
    asked = make.comment(agreement, by(head), asked=LEAD)
    assert waits(head, lead)[0] == []
    (row,) = today.comments_wait(lead, localdate())
    assert (row.text, row.href) == (
        "Uwagę zgłasza: Szkoła Przykładowa",
        asked.url_of("answer"),
    )
    make.closed(asked, by(head))
    assert waits(lead) == [[]]


def test_what_asks_nobody_or_is_no_longer_before_the_parties_waits_for_nobody(
    agreement: Agreement, school: Organisation, head: Person, lead: Person
) -> None:
    make.comment(agreement, by(lead))
    make.comment(agreement, by(lead), asked=str(school.pk))
    Agreement.objects.filter(pk=agreement.pk).update(shared_on=None)
    assert waits(head, lead) == [[], []]
