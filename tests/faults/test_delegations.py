"""A leave in the county ends the seat in the gmina within seconds, by a real broker and worker."""

from datetime import datetime, timedelta

from django.utils import timezone
from uuid6 import uuid7

from gmina.ggk.models import DelegationRequest, DelegationStep, Group
from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk.models import AskedDelegation
from tenants.agreements.models import Party
from tenants.exchange.models import PublishedAgreement
from tenants.people.models import Person, Post, RoleAssignment
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
WHY = "Szkoła oddała te zadania."


class Delegations:
    """A school of the county, and the group of the gmina to which it sends people."""

    def __init__(self, office: Office) -> None:
        self.gmina, self.county = office.tenant, _county()
        with inside(self.county):
            make_partnership.found(self.county)
            school = make_people.organisation(name="Szkoła na czas")
            self.head = make_people.head(school)
            others = make_people.organisation()
            agreement = county.in_force(school, others, units=[self.gmina.code])
            self.party = agreement.parties.select_related("agreement").get(organisation=school)
            client, _ = make_people.signed_in(self.county, Role.NETWORK_OFFICER)
        exchange.carried(self.county)
        with inside(self.gmina):
            known = PublishedAgreement.objects.get(agreement_id=agreement.pk)
            Group.objects.filter(ended_on=None).update(ended_on=timezone.localdate())
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

    def leave_agreement(self) -> None:
        """The county's office enters the letter of the school, which leaves today."""
        at = f"{self.county.prefix}/porozumienia/strony/{self.party.pk}/odejscie/"
        said = {"key": str(uuid7()), "from_on": timezone.localdate().isoformat()}
        said |= {"reason": WHY, "file": make_people.pdf("pismo.pdf")}
        answer = self.keeper.post(at, said)
        assert answer.status == 302, answer.text

    def left_at(self, post: Post) -> datetime:
        return self._noted_at("POST_ENDED", str(post))

    def left_agreement_at(self) -> datetime:
        return self._noted_at("AGREEMENT_PARTY_LEAVES", WHY)

    def _noted_at(self, verb: str, why: str) -> datetime:
        with inside(self.county):
            return Entry.objects.get(verb=verb, why=why).at

    def acting(self, port: int) -> tuple[Browser, Person]:
        """Somebody who was let in for the school as a party, and for nothing else."""
        with inside(self.county):
            of = self.party.organisation
            client, person = make_people.signed_in(self.county, Role.PARTY, organisation=of)
        return Browser.of(client, port), person

    def has_part(self) -> dict[str, bool]:
        """The rights in the county that rest on the part of the school."""
        with inside(self.county):
            today, of = timezone.localdate(), self.party.organisation
            access = RoleAssignment.objects.on(today).filter(role=Role.PARTY, organisation=of)
            living = AskedDelegation.objects.filter(party=self.party, state="SEATED")
            return {
                "seat": Seat.objects.on(today).filter(organisation=of).exists(),
                "access": access.exists(),
                "delegation": living.exists(),
            }

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


def test_with_the_part_of_a_party_its_rights_end_at_once_here_and_within_five_seconds_there(
    office: Office, crew: Crew
) -> None:
    there = Delegations(office)
    _, row = there.seated("psycholog")
    browser, _ = there.acting(office.site.port)
    agreement = f"{there.county.prefix}/porozumienia/{there.party.agreement_id}/"
    assert browser.get(agreement).status == 200
    assert there.has_part() == dict.fromkeys(("seat", "access", "delegation"), True)
    there.leave_agreement()
    # No worker is waited for in the unit itself.
    assert there.has_part() == dict.fromkeys(("seat", "access", "delegation"), False)
    assert browser.get(agreement).status in (302, 403, 404)
    ended_at = until(lambda: there.ended_at(row), "the seat ends")
    assert not there.sits(row.person)
    with inside(there.gmina):
        assert make.roles_of(row.person) == set()
        assert DelegationRequest.objects.get(pk=row.pk).end_reason == "PARTY_LEFT"
    took = ended_at - there.left_agreement_at()
    assert timedelta(0) < took <= MOST, took
