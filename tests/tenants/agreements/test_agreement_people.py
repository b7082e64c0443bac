"""People act for a party of an agreement, and nothing of the partnership opens to them (POR)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from tenants.agreements.actions import drafts, parties, people
from tenants.agreements.models import Agreement, Party
from tenants.meetings.models import Meeting
from tenants.partnership.actions import posts
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.people.perms import is_member
from tenants.registry.roles import Role
from tenants.teams import perms as teams
from tenants.teams.models import Team
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as later
from tests.factories import agreements as make
from tests.factories import meetings as make_meetings
from tests.factories import people as make_people
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"
INVITED = {
    "full_name": "Wanda Przykładowa",
    "function": "dyrektor",
    "is_head": "on",
    "email": "wanda@example.pl",
    "phone": "",
}


def shared(*of: Organisation, variant: str = "C") -> Agreement:
    """A draft that its parties read."""
    agreement = make.draft(variant)
    for one in of:
        make.party(agreement, one)
    Agreement.objects.filter(pk=agreement.pk).update(shared_on=timezone.localdate())
    agreement.refresh_from_db()
    return agreement


def acting_for(of: Organisation) -> list[str]:
    held = RoleAssignment.objects.on(timezone.localdate()).filter(organisation=of)
    return [f"{one.person.full_name}, {one.get_role_display()}" for one in held]


@pytest.fixture
def hospital(in_partnership: TenantRef) -> Organisation:
    return make_people.organisation(name="Szpital Przykładowy")


@pytest.fixture
def office(in_partnership: TenantRef) -> Client:
    client, _ = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)
    return client


def come_in(tenant: TenantRef, of: Organisation) -> tuple[Client, Person]:
    return make_people.signed_in(tenant, Role.PARTY, organisation=of)


def test_the_office_lets_the_head_of_a_party_in_and_out_again(
    hospital: Organisation, office: Client
) -> None:
    agreement = shared(hospital)
    page = f"{AT}/strony/{agreement.parties.get().pk}/zaproszenie/"
    for _ in range(2):  # sent twice
        assert office.post(page, INVITED).status_code == 302
        assert acting_for(hospital) == ["Wanda Przykładowa, osoba ze Strony porozumienia"]
    assert [post.function for post in hospital.posts.filter(is_head=True)] == ["dyrektor"]
    assert Outgoing.objects.filter(kind="INVITATION").count() == 1
    assert "Wanda Przykładowa" in text_of(office.get(f"{AT}/{agreement.pk}/"))
    role = RoleAssignment.objects.get(organisation=hospital)
    assert office.post(f"{AT}/role/{role.pk}/koniec/").status_code == 302
    assert acting_for(hospital) == []
    assert Outgoing.objects.filter(kind="ACCESS_END").count() == 1


def test_nobody_comes_in_for_an_institution_outside_the_register(office: Client) -> None:
    agreement = make.draft("C")
    typed = make.party(agreement, name="Fundacja Spoza Rejestru")
    answer = office.post(f"{AT}/strony/{typed.pk}/zaproszenie/", INVITED)
    assert answer.status_code == 409
    assert "Najpierw wybierz instytucję z rejestru" in text_of(answer)
    assert not RoleAssignment.objects.filter(role=Role.PARTY).exists()


def test_a_party_reads_its_agreement_and_nothing_of_the_partnership(
    in_partnership: TenantRef, hospital: Organisation
) -> None:
    own, other = shared(hospital), shared(make_people.organisation())
    make_meetings.convened()
    client, person = come_in(in_partnership, hospital)
    assert not is_member(person)
    assert client.get(f"{AT}/{own.pk}/").status_code == 200
    assert client.get(f"{AT}/{other.pk}/").status_code == 403
    listed = client.get(f"{AT}/").content.decode()
    assert (str(own.pk) in listed, str(other.pk) in listed) == (True, False)
    assert client.get("/gmina/gogolin/partnerstwo/czlonkowie/").status_code == 403
    assert Meeting.objects.read_by(person).count() == 0
    assert list(teams.known_to(person)) == []
    assert teams.readable(person) == []


def test_in_force_it_reads_the_team_of_its_agreement_alone(
    in_partnership: TenantRef, hospital: Organisation
) -> None:
    pzk, today = make_meetings.pzk(), timezone.localdate()
    agreement = shared(hospital, make_people.organisation())
    make_force.between(agreement, agreement.parties.all(), today)
    _, person = come_in(in_partnership, hospital)
    team = Team.objects.get(rests_on=agreement.pk)
    assert (teams.read(person, team), teams.read(person, pzk)) == (True, False)
    assert list(teams.known_to(person)) == [team]
    assert not teams.run(person, team)


def test_whoever_withdraws_the_accession_for_which_they_came_in_is_led_out(
    in_partnership: TenantRef, hospital: Organisation
) -> None:
    accession = later.prepared(later.in_force(), hospital)
    client, _ = come_in(in_partnership, hospital)
    said = {"version": 0, "reason": "Rada się nie zgadza"}
    answer = client.post(f"{AT}/przystapienia/{accession.pk}/wycofanie/", said)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(f"{AT}/").status_code == 403


def test_who_heads_the_institution_no_longer_acts_for_it_and_who_works_there_does(
    in_partnership: TenantRef, hospital: Organisation
) -> None:
    agreement = shared(hospital)
    (client, head), (_, worker) = (come_in(in_partnership, hospital) for _ in range(2))
    given = {"organisation": hospital, "from_on": make_people.ESTABLISHED}
    heads = Post.objects.create(person=head, function="dyrektor", is_head=True, **given)
    for function in ("kierownik", "lekarz"):
        Post.objects.create(person=worker, function=function, **given)
    at = f"{AT}/{agreement.pk}/"
    assert client.get(at).status_code == 200
    with inside(in_partnership):
        for post in (heads, worker.posts.get(function="kierownik")):
            posts.end_post(by=make.by(), post_id=post.pk, ended_on=timezone.localdate())
    assert client.get(at).status_code == 403
    assert [one.split(",")[0] for one in acting_for(hospital)] == [worker.full_name]


@pytest.mark.parametrize("end", ["removed", "discarded"])
def test_whose_institution_is_a_party_no_more_leaves_unless_another_agreement_keeps_it(
    hospital: Organisation, end: str
) -> None:
    by = make.by()
    first, second = shared(hospital), shared(hospital)
    make_people.person(Role.PARTY, organisation=hospital)
    for agreement, left in ((first, 1), (second, 0)):
        if end == "removed":
            parties.remove_party(by=by, party_id=agreement.parties.get().pk, version=0)
        else:
            drafts.discard(
                by=by, agreement_id=agreement.pk, version=agreement.version, reason="Inny tekst"
            )
        assert len(acting_for(hospital)) == left


def test_the_institution_is_not_changed_under_whoever_acts_for_it(hospital: Organisation) -> None:
    party = shared(hospital).parties.get()
    make_people.person(Role.PARTY, organisation=hospital)
    values: dict[str, Any] = make.said(make_people.organisation())
    with pytest.raises(ValidationError, match="ktoś już tu działa"):
        parties.edit_party(by=make.by(), party_id=party.pk, version=0, number=1, values=values)
    assert Party.objects.get(pk=party.pk).organisation == hospital


def test_who_does_not_write_agreements_lets_nobody_in(
    in_partnership: TenantRef, hospital: Organisation
) -> None:
    party = shared(hospital).parties.get()
    client, person = come_in(in_partnership, hospital)
    assert client.post(f"{AT}/strony/{party.pk}/zaproszenie/", INVITED).status_code == 403
    role = person.role_assignments.get()
    assert client.post(f"{AT}/role/{role.pk}/koniec/").status_code == 403
    assert len(acting_for(hospital)) == 1
    with pytest.raises(Refused):
        people.release(by=make.by_of(person), role_id=role.pk)
    assert len(acting_for(hospital)) == 1


def test_a_second_head_waits_until_the_first_ones_post_ends(
    hospital: Organisation, office: Client
) -> None:
    head = make_people.head(hospital)
    agreement = shared(hospital)
    page = f"{AT}/strony/{agreement.parties.get().pk}/zaproszenie/"
    answer = office.post(page, INVITED)
    assert answer.status_code == 422
    assert f"Tą instytucją kieruje {head}" in text_of(answer)
    assert not Person.objects.filter(full_name="Wanda Przykładowa").exists()
    assert not [one for one in acting_for(hospital) if "Wanda" in one]
    hospital.posts.update(ended_on=timezone.localdate())
    assert office.post(page, INVITED).status_code == 302
    heads = hospital.posts.on(timezone.localdate()).filter(is_head=True)
    assert [post.person.full_name for post in heads] == ["Wanda Przykładowa"]
