"""A county publishes its agreements to gminas at once, and confirms them by the clock (POR-C §3.1)."""

from django.utils import timezone

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from powiat.pzk.tasks import confirm_in_one
from tenants.agreements.models import Agreement, ContactPerson
from tenants.exchange import counties
from tenants.exchange.models import PublishedAgreement
from tenants.people.followers import follow
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import county, exchange
from tests.factories import people as make_people
from tests.powiat.pzk.conftest import County

TODAY = timezone.localdate()


def published(school: County) -> PublishedAgreement:
    exchange.carried(school.tenant)
    (found,) = counties.published_for(school.gmina.code)
    return found


def asked_to_publish() -> int:
    waiting = Outgoing.objects.filter(kind="COUNTY_AGREEMENT", done_at=None)
    return int(waiting.count())


def test_an_agreement_in_force_is_published_with_its_parties_and_no_person(
    school: County,
) -> None:
    of = ContactPerson.objects.create(
        party=school.party, full_name="Anna Tajna", function="pedagog", from_on=county.START
    )
    follow(ContactPerson)
    found = published(school)
    assert (found.agreement_id, found.tenant_id) == (school.agreement.pk, school.tenant.id)
    party = found.parties.get(party_id=school.party.pk)
    assert (party.name, party.number, party.functions) == (
        school.school.name,
        school.school.regon,
        [of.function],
    )
    assert found.parties.count() == 2
    assert "Tajna" not in repr(list(found.parties.values()))


def test_nothing_is_sent_again_while_nothing_changes(school: County) -> None:
    published(school)
    follow(Agreement)
    assert asked_to_publish() == 0
    confirmed_at = published(school).confirmed_at
    make_people.head(school.school)
    follow()
    assert (asked_to_publish(), published(school).confirmed_at) == (0, confirmed_at)


def test_a_party_that_is_bound_no_more_is_gone_at_once(school: County) -> None:
    published(school)
    county.bound_earlier(school.agreement)
    follow(Agreement)
    party = published(school).parties.get(party_id=school.party.pk)
    assert (party.ended_on, party.is_bound(TODAY)) == (TODAY, False)


def test_a_renamed_party_has_its_new_name_in_gminas_at_once(school: County) -> None:
    def name() -> str:
        return str(published(school).parties.get(party_id=school.party.pk).name)

    assert name() == school.school.name
    life.rename(school.party, "Szkoła imienia Przykładu")
    assert asked_to_publish() == 1
    assert name() == "Szkoła imienia Przykładu"


def test_with_an_end_to_come_a_party_may_still_leave_today(school: County) -> None:
    three = [make_people.organisation() for _ in range(2)]
    agreement = county.in_force(*three, units=["160502"])
    life.end(agreement, on=30)
    exchange.carried(school.tenant)
    follow(Agreement)
    assert asked_to_publish() == 0
    party = agreement.parties.get(organisation=three[0])
    life.leave(party)
    follow(Agreement)
    exchange.carried(school.tenant)
    (found,) = counties.published_for("160502")
    days = {one.party_id: one.ended_on for one in found.parties.all()}
    assert (days.pop(party.pk), set(days.values())) == (TODAY, {life.day(30)})
    assert found.ended_on == life.day(30)


def test_when_all_leave_before_a_planned_end_it_ends_today_for_good(school: County) -> None:
    life.end(school.agreement, on=30)
    published(school)
    life.leave(school.party)  # of two
    follow(Agreement)
    found = published(school)
    assert found.ended_on == TODAY
    assert set(found.parties.values_list("ended_on", flat=True)) == {TODAY}
    follow(Agreement)
    assert asked_to_publish() == 0


def test_a_snapshot_that_comes_late_says_how_it_is_now(school: County) -> None:
    """A message carries no snapshot: whichever is handled last, gminas read the newest."""
    county.bound_earlier(school.agreement)
    for _ in range(2):
        confirm_in_one(str(school.tenant.id))
    assert asked_to_publish() >= 2
    assert published(school).parties.filter(ended_on=None).count() == 1


def test_a_county_confirms_what_is_in_force_and_ends_what_is_not(school: County) -> None:
    first = published(school).confirmed_at
    confirm_in_one(str(school.tenant.id))
    last = published(school).confirmed_at
    assert last > first
    Agreement.objects.update(state="FAILED", in_force_from=None)
    follow(Agreement)
    confirm_in_one(str(school.tenant.id))
    assert (published(school).ended_on, published(school).confirmed_at) == (TODAY, last)


def test_drafts_and_other_variants_are_nobodys_business(school: County) -> None:
    codes = [{"code": "160502", "name": "gmina"}]
    make.draft("C", units=codes)
    other = make.draft("A", units=codes)
    Agreement.objects.filter(pk=other.pk).update(variant="A")
    follow()
    exchange.carried(school.tenant)
    assert counties.published_for("160502") == []


def test_a_gmina_publishes_nothing(school: County) -> None:
    with inside(school.gmina):
        follow()
        assert asked_to_publish() == 0
