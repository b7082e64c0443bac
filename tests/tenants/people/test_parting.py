"""A merge is undone only while it is known which of the two entries each thing is of (REG §5.1.a)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.accession.actions import decisions
from tenants.accession.models.leavers import ViewWithheld
from tenants.people.actions.office import enter
from tenants.people.models import Organisation, OrganisationMerge, Person
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts, voting
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.people.test_mending import everything, merge, undo
from tests.tenants.reading import PARTNERSHIP


def member_merged(lead: Person) -> Any:
    source, target = make.organisation(regon=""), make.organisation()
    make_partnership.member(source)
    return merge(lead, source, target)


def gets_the_right_to_vote(lead: Person) -> Any:
    voting.members(2)
    merged = member_merged(lead)
    voting.opened(lead)
    return merged


def gets_a_head(lead: Person) -> Any:
    merged = member_merged(lead)
    make.head(merged.target)
    return merged


def joins_by_the_declaration(lead: Person) -> Any:
    source, target = make.organisation(regon=""), make.organisation()
    filed = make_accession.filed(lead, source)
    merged = merge(lead, source, target)
    decisions.accept_declaration(by=make.by(lead), declaration_id=filed.pk)
    return merged


def loses_the_view(lead: Person) -> Any:
    source, target = make.head(make.organisation()), make.person()
    merged = merge(lead, source, target)
    ViewWithheld.objects.create(person=target, reason="Nadużycie.", withheld_by_name="Anna")
    return merged


def comes_in(lead: Person) -> Any:
    source, target = make.head(make.organisation()), make.person()
    merged = merge(lead, source, target)
    account = accounts.account(target.email)
    access = Access(account=account, role=Role.PARTNER_HEAD, person_id=source.pk)
    enter(by=make.BY, account=account, access=[access], home="/")
    return merged


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (gets_the_right_to_vote, "1 prawo głosu"),
        (gets_a_head, "1 funkcja osoby, 1 rola osoby"),
        (joins_by_the_declaration, "coś dopisano"),
        (loses_the_view, "1 zamknięty wgląd"),
        (comes_in, "konto, na które ta osoba weszła"),
    ],
)
def test_it_stays_merged_once_the_one_got_something_new(
    lead: Person, happened: Callable[[Person], Any], words: str
) -> None:
    merged = happened(lead)
    before = everything()

    with pytest.raises(Problem, match="nie można już cofnąć") as refused:
        undo(lead, merged)

    assert words in refused.value.words.replace("\N{NO-BREAK SPACE}", " ")
    assert everything() == before


@pytest.mark.parametrize("kind", [Organisation, Person])
def test_of_two_merges_the_later_is_undone_first(
    lead: Person, in_partnership: TenantRef, kind: type[Any]
) -> None:
    if kind is Organisation:
        source, target, last = (make.organisation(regon=number) for number in ("000000017", "", ""))
    else:
        (_, source), target, last = make.signed_in(in_partnership), make.person(), make.person()
    before = everything()
    first = merge(lead, source, target)
    target.refresh_from_db()
    second = merge(lead, target, last)

    with pytest.raises(Problem, match="nie można już cofnąć") as refused:
        undo(lead, first)

    assert "Najpierw cofnij późniejsze" in refused.value.words
    undo(lead, second)
    undo(lead, first)
    assert everything() == before


def test_a_number_that_another_got_meanwhile_stays_with_it(lead: Person) -> None:
    source, target = make.organisation(), make.organisation(regon="")
    number = source.regon
    merged = merge(lead, source, target)
    Organisation.objects.filter(pk=target.pk).update(regon="")
    holder = make.organisation(name="Nowa z tym numerem", regon=number)

    with pytest.raises(Problem, match="nie można już cofnąć") as refused:
        undo(lead, merged)

    assert "„Nowa z tym numerem”" in refused.value.words
    holder.refresh_from_db()
    assert holder.regon == number


def test_a_merge_of_something_else_is_not_undone_by_its_page(keeper: Client, lead: Person) -> None:
    merged = member_merged(lead)
    at = f"{PARTNERSHIP}instytucje/{merged.source.pk}/polaczenie/cofniecie/"

    assert keeper.post(at, {"seen": str(uuid7())}).status_code < 500

    assert not OrganisationMerge.objects.exclude(undone_on=None).exists()


def test_the_number_goes_back_in_the_places_of_its_people_too(
    lead: Person, in_partnership: TenantRef
) -> None:
    source, target = make.organisation(), make.organisation(regon="")
    make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=target)
    door = Access.objects.filter(organisation_id=target.pk)
    merged = merge(lead, source, target)
    drain(Outgoing, handlers())
    assert door.get().organisation_number == source.regon

    undo(lead, merged)
    drain(Outgoing, handlers())

    assert door.get().organisation_number == ""
