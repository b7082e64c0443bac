"""An adviser of the ROPS reads agreements with who signed and their team, and nothing else (POR support)."""

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from tenants.agreements import perms
from tenants.agreements.models import Agreement, Signature
from tenants.people import perms as people
from tenants.people.models import Person, RoleAssignment
from tenants.registry import advisers
from tenants.registry.roles import Role
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.factories import support
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"


@pytest.fixture
def adviser(in_partnership: TenantRef) -> tuple[Client, Person]:
    return support.signed_in(in_partnership, support.confirmed(in_partnership))


def in_force() -> Agreement:
    """Signed by two schools with heads here, who make its team."""
    agreement = make.draft("C", None, **make.BLANKS)
    for number in (1, 2):
        school = make_people.organisation(name=f"Szkoła Przykładowa {number}")
        make_people.head(school, phone="600 111 222")
        make.party(agreement, school)
    today = timezone.localdate()
    return make_force.between(agreement, agreement.parties.all(), today)


def test_sees_what_the_parties_see_and_no_draft_of_the_office(
    in_partnership: TenantRef, adviser: tuple[Client, Person]
) -> None:
    client, person = adviser
    drafted, discarded = make.draft("A"), make.discarded(make.draft("B"))
    shared, sent = make.whole("C", 2), make_force.sent()
    Agreement.objects.filter(pk=shared.pk).update(shared_on=sent.sent_on)
    assert set(Agreement.objects.read_by(person)) == {shared, sent}
    for one, status in ((drafted, 403), (discarded, 403), (shared, 200), (sent, 200)):
        assert client.get(f"{AT}/{one.pk}/").status_code == status
        assert client.get(f"{AT}/{one.pk}/tekst/").status_code == status


def test_reads_who_signed_and_the_team_and_opens_no_scan(
    in_partnership: TenantRef, adviser: tuple[Client, Person]
) -> None:
    client, person = adviser
    agreement = in_force()
    page = text_of(client.get(agreement.url))
    assert '<h2 id="moc">Obowiązuje</h2>' in page and "podpisano" in page
    assert "Zespół porozumienia" in page
    team = Team.objects.get(rests_on=agreement.pk)
    seats = list(Seat.objects.taken(timezone.localdate()).filter(team=team))
    assert len(seats) == 2 and all(str(seat.person) in page for seat in seats)
    assert "600 111 222" not in page
    signature = Signature.objects.order_by("pk")[0]
    for may in (perms.see_signing, perms.see_signed_file, perms.see_basis):
        assert not may(person, signature)
    assert not perms.take_to_sign(person, agreement)
    assert not perms.see_negotiation(person, agreement)
    assert client.get(f"/gmina/gogolin/pliki/{signature.file_id}/").status_code in (403, 404)


def test_knows_nothing_of_the_partnership_or_of_teams(
    in_partnership: TenantRef, adviser: tuple[Client, Person]
) -> None:
    _, person = adviser
    in_force()
    assert people.is_adviser(person)
    assert not people.is_member(person) and not people.takes_part(person)
    assert not people.has_role(person) and not people.is_of_office(person)
    assert list(teams.known_to(person)) == [] and teams.readable(person) == []


def test_another_role_keeps_what_it_opens(in_partnership: TenantRef) -> None:
    """A head of a party who is an adviser too still acts for the party."""
    party = make_force.sent_to_three().parties.all()[0]
    assert party.organisation
    head = party.organisation.heads()[0]
    RoleAssignment.objects.create(
        person=head, role=Role.ADVISER, from_on=make_people.ESTABLISHED, granted_by="test"
    )
    head = Person.objects.get(pk=head.pk)
    assert perms.sign_for(head, party) and people.is_member(head)


def test_the_draft_offers_the_advisers_of_this_unit_alone(
    in_partnership: TenantRef, powiat: TenantRef
) -> None:
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    waiting = support.proposed(in_partnership, full_name="Waldemar Czekający")
    support.adviser(full_name="Niczyj Doradca")
    over = support.proposed(in_partnership, full_name="Była Doradczyni")
    advisers.call_off(by=support.ROPS, proposal_id=over.pk, reason="pomyłka")
    agreement = make.draft("A")
    at = f"{AT}/{agreement.pk}/pola/"
    page = text_of(client.get(at))
    assert f'<option value="{waiting.adviser}">' in page
    assert "Niczyj Doradca" not in page and "Była Doradczyni" not in page
    assert "<datalist" not in text_of(client.get(f"{AT}/{make.draft('C').pk}/pola/"))
