"""A leave in the county ends the seat in the gmina within seconds, by a real broker and worker."""

from datetime import datetime, timedelta

from django.utils import timezone

from gmina.ggk.models import DelegationRequest, DelegationStep, Group
from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk.models import AskedDelegation
from tenants.agreements.models import Party
from tenants.exchange.models import PublishedAgreement
from tenants.people.models import Person, Post
from tenants.registry import directory
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tests.factories import county, exchange
from tests.factories import ggk as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.faults.browser import Browser
from tests.faults.conftest import Office
from tests.faults.crew import Crew
from tests.waiting import until

MOST = timedelta(seconds=5)


class Delegations:
    """A school of the county, and the group of the gmina to which it sends people."""

    def __init__(self, office: Office) -> None:
        self.gmina, self.county = office.tenant, _county()
        with inside(self.county):
            make_partnership.found(self.county)
            school = make_people.organisation(name="Szkoła na czas")
            self.head = make_people.head(school)
            agreement = county.in_force(school, units=[self.gmina.code])
            self.party = agreement.parties.select_related("agreement").get(organisation=school)
            client, _ = make_people.signed_in(self.county, Role.NETWORK_OFFICER)
        exchange.carried(self.county)
        with inside(self.gmina):
            known = PublishedAgreement.objects.get(agreement_id=agreement.pk)
            self.group = make.group(known)
        self.keeper = Browser.of(client, office.site.port)

    def seated(self, function: str) -> tuple[Post, DelegationRequest]:
        """A worker of the school who sits in the group, as both units know it."""
        with inside(self.county):
            post = _working(self.party, f"{function}@szkola.example")
            asked = county.asked(self.party, self.gmina, function=function)
            county.named(asked, county.by_of(self.head), email=post.person.email)
        with inside(self.gmina):
            row = _sitting(self.group, asked, self.party)
        with inside(self.county):
            county.became(asked, self.gmina, "SEATED")
        exchange.carried(self.county, self.gmina)
        return post, row

    def leave(self, post: Post) -> None:
        """The county's office enters that somebody works in the school no more."""
        at = f"{self.county.prefix}/partnerstwo/funkcje/{post.pk}/koniec/"
        answer = self.keeper.post(at, {"ended_on": timezone.localdate().isoformat()})
        assert answer.status == 302, answer.text

    def left_at(self, post: Post) -> datetime:
        with inside(self.county):
            return Entry.objects.get(verb="POST_ENDED", why=str(post)).at

    def ended_at(self, row: DelegationRequest) -> datetime | None:
        with inside(self.gmina):
            steps = DelegationStep.objects.filter(delegation=row, state="ENDED")
            return steps.values_list("recorded_at", flat=True).first()

    def sits(self, person: Person | None) -> bool:
        with inside(self.gmina):
            return Seat.objects.on(timezone.localdate()).filter(person=person).exists()


def _county() -> TenantRef:
    found: TenantRef | None = directory.find("krapkowicki")
    assert found is not None
    return found


def _working(party: Party, email: str) -> Post:
    made: Post = Post.objects.create(
        person=make_people.person(email=email),
        organisation=party.organisation,
        function=email.partition("@")[0],
        from_on=county.START,
    )
    return made


def _sitting(group: Group, asked: AskedDelegation, party: Party) -> DelegationRequest:
    same = {"id": asked.request_id, "party_id": party.pk, "function": asked.function}
    return make.seated(group, **same)


def test_a_leave_in_the_county_ends_the_seat_in_the_gmina_within_five_seconds(
    office: Office, crew: Crew
) -> None:
    there = Delegations(office)
    # The first one also waits for what the processes do once.
    for function in ("pierwszy", "pedagog"):
        post, row = there.seated(function)
        assert there.sits(row.person)
        there.leave(post)
        ended_at = until(lambda row=row: there.ended_at(row), "the seat ends")
        assert not there.sits(row.person)
    took = ended_at - there.left_at(post)
    assert timedelta(0) < took <= MOST, took
