"""The last day of an agreement, for whoever comes later and for what is still open then (POR)."""

import pytest

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements import tasks
from tenants.agreements.models import Agreement, Amendment, Ending, Party
from tenants.agreements.standing import Standing
from tenants.teams.models import Team
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY, day = life.TODAY, life.day


def seen(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def test_it_goes_on_when_somebody_accedes_before_fewer_than_two_are_left() -> None:
    agreement = life.bound(2)
    life.leave(agreement.parties.all()[0], 5)
    assert seen(agreement).ended_on == day(5)
    later.acceded(agreement, make_people.organisation())
    assert seen(agreement).ended_on is None
    assert Team.objects.get(rests_on=agreement.pk).ended_on is None
    assert len(Standing(seen(agreement)).bound(day(9))) == 2


def test_it_goes_on_when_one_more_party_signs_what_is_in_force() -> None:
    agreement = make.before_parties(make.whole("C", 3, force="ENOUGH", enough=2))
    first, second, third = agreement.parties.all()
    for one in (first, second):
        make.entered(one)
    life.leave(first, 5)
    assert seen(agreement).ended_on == day(5)
    make.entered(third)
    assert seen(agreement).ended_on is None
    assert Team.objects.get(rests_on=agreement.pk).ended_on is None
    assert Standing(seen(agreement)).bound(day(9)) == [second, third]


def test_the_day_of_a_statement_holds_for_whoever_accedes_after_it_too() -> None:
    agreement = life.bound()
    life.end(agreement, 20)
    party = later.acceded(agreement, make_people.organisation())
    assert seen(agreement).ended_on == day(20)
    assert Standing(seen(agreement)).parts[party] == (TODAY(), day(20))


def test_the_people_of_a_party_that_signs_what_is_in_force_come_on_the_list() -> None:
    agreement = make.before_parties(make.whole("C", 3, force="ENOUGH", enough=2))
    *signing, third = agreement.parties.all()
    for one in signing:
        make.entered(one)
    assert [len(one.lines) for one in agreement.annexes.all()] == [2]
    make.entered(third)
    assert [(len(one.lines), one.why) for one in agreement.annexes.all()] == [
        (2, "FORCE"),
        (3, "PEOPLE"),
    ]


def told(code: str) -> list[str]:
    mails = Outgoing.objects.filter(kind="MAIL", payload__code=code).order_by("id")
    return sorted(one.payload["email"] for one in mails)


def at_night(partnership: TenantRef) -> None:
    tasks.look_in_one(str(partnership.id))


@pytest.mark.parametrize("way", ["statement", "fewer than two"])
def test_an_aneks_that_lies_before_its_parties_fails_when_the_agreement_ends(
    partnership: TenantRef, way: str
) -> None:
    agreement = make_amendment.of_organisations(2)
    amendment = make_amendment.lying(agreement)
    make_amendment.entered(amendment.sides.all()[0])
    if way == "statement":
        life.end(agreement)
    else:
        life.leave(agreement.parties.all()[0])
    for _ in range(2):
        amendment = Amendment.objects.get(pk=amendment.pk)
        assert (seen(agreement).state, amendment.state) == ("ENDED", "FAILED")
        assert amendment.reason == "Porozumienie już nie obowiązuje, więc nie można go zmienić."
        # Whoever left hears nothing more.
        heard = {"statement": ["glowa1@example.pl", "glowa2@example.pl"]}
        assert told("AMENDMENT_FAILED") == heard.get(way, ["glowa2@example.pl"])
        at_night(partnership)


def test_nobody_is_asked_to_sign_an_aneks_in_the_place_of_the_last_but_one() -> None:
    agreement = make_amendment.of_organisations(2)
    amendment = make_amendment.lying(agreement)
    first, second = agreement.parties.select_related("organisation")
    life.merge(first, second.organisation)
    assert Amendment.objects.get(pk=amendment.pk).state == "FAILED"
    assert amendment.sides.count() == 2
    assert len(told("AMENDMENT_TO_SIGN")) == 2


def test_no_list_of_people_is_made_in_the_night_in_which_it_ends(partnership: TenantRef) -> None:
    agreement = life.bound()
    make.contact(agreement.parties.all()[0])
    before = list(agreement.annexes.values())
    life.end(agreement, 1)
    Ending.objects.update(from_on=TODAY())
    Agreement.objects.update(ended_on=TODAY())
    at_night(partnership)
    assert seen(agreement).state == "ENDED"
    assert (len(before), list(agreement.annexes.values())) == (1, before)
    assert not Party.objects.filter(ended_on=None).exists()
