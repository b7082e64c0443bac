"""A typed party is linked with its institution of the register, once its text was sent (POR preamble)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from kooperacja.audit.models import Entry
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.agreements.actions import linking
from tenants.agreements.models import Agreement, Party
from tenants.registry.roles import Role
from tenants.teams.models import Seat, Team
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"
START = make_people.ESTABLISHED


@pytest.fixture
def agreement(in_partnership: TenantRef) -> Agreement:
    """C in force between an institution of the register and a typed one."""
    draft = make.draft("C", **make.BLANKS)
    known = make.party(draft, make_people.organisation(name="Szkoła Przykładowa"))
    typed = make.party(draft, name="Fundacja Przykładowa")
    return make_force.between(draft, [known, typed], START)


def typed(agreement: Agreement) -> Party:
    return agreement.parties.get(name="Fundacja Przykładowa")


def link(party: Party, of: Any) -> Party:
    return linking.link(by=make.by(), party_id=party.pk, version=party.version, organisation=of)


def test_its_head_has_the_seat_and_the_journal_says_it(agreement: Agreement) -> None:
    of = make_people.organisation(name="Fundacja Przykładowa")
    head = make_people.head(of)
    team = Team.objects.get(rests_on=agreement.pk)
    assert not Seat.objects.filter(team=team, organisation=of).exists()
    party = link(typed(agreement), of)
    assert party.organisation == of
    people = Seat.objects.filter(team=team, organisation=of).values_list("person", flat=True)
    assert set(people) == {None, head.pk}
    assert Entry.objects.filter(verb="AGREEMENT_PARTY_LINKED").count() == 1


def test_no_institution_is_two_parties_and_no_party_two_institutions(agreement: Agreement) -> None:
    known = agreement.parties.exclude(organisation=None).get()
    with pytest.raises(ValidationError):
        link(typed(agreement), known.organisation)
    with pytest.raises(Problem):
        link(known, make_people.organisation())
    assert typed(agreement).organisation is None
    assert not Entry.objects.filter(verb="AGREEMENT_PARTY_LINKED").exists()


def test_a_draft_is_edited_and_not_linked(in_partnership: TenantRef) -> None:
    party = make.party(make.draft("C"), name="Fundacja Przykładowa")
    with pytest.raises(Problem):
        link(party, make_people.organisation())
    party.refresh_from_db()
    assert party.organisation is None


def test_one_of_another_name_is_asked_about(
    in_partnership: TenantRef, agreement: Agreement
) -> None:
    office: Client = make_people.signed_in(in_partnership, Role.LEAD)[0]
    other = make_people.organisation(name="Stowarzyszenie Inne")
    party = typed(agreement)
    page = f"{AT}/strony/{party.pk}/rejestr/"
    assert page in office.get(f"{AT}/{agreement.pk}/").content.decode()
    said = {"version": party.version, "organisation": str(other.pk)}
    answer = office.post(page, said)
    assert answer.status_code == 422
    assert "Czy to ta sama instytucja?" in text_of(answer)
    assert typed(agreement).organisation is None
    assert office.post(page, {**said, "answered": str(other.pk)}).status_code == 302
    assert typed(agreement).organisation == other
    assert page not in office.get(f"{AT}/{agreement.pk}/").content.decode()
