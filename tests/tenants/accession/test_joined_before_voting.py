"""Whoever is a member on the day a voting opens has a ballot, however late that is entered (REG §9)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from tenants.accession.actions import decisions
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.regulation import ballots
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import voting

DAY = timedelta(days=1)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def declaration(lead: Person, today: date) -> AccessionDeclaration:
    return make_accession.filed(lead, received_on=today - 5 * DAY)


def accepted(lead: Person, declaration: AccessionDeclaration, day: date) -> Organisation:
    decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk, decided_on=day)
    return declaration.organisation


@pytest.mark.parametrize("days_before", [0, 2])
def test_it_gets_its_ballot_in_a_voting_that_is_open(
    lead: Person, declaration: AccessionDeclaration, today: date, days_before: int
) -> None:
    voting.members(2)
    version = voting.opened(lead)

    joined = accepted(lead, declaration, today - days_before * DAY)

    ballot = voting.ballot(version, joined)
    assert ballot.name == joined.name
    assert ballots.count(version, today).ballots == 4
    assert Outgoing.objects.filter(dedupe__startswith=f"regulation-vote:{ballot.pk}").exists()
    assert Entry.objects.filter(verb="BALLOT_GIVEN", object_id=version.pk).count() == 1
    voting.voted(version, joined)
    assert ballots.count(version, today).yes == 1


def test_whoever_joins_after_the_opening_has_none(
    lead: Person, declaration: AccessionDeclaration, today: date
) -> None:
    version = voting.opened(lead)
    type(version).objects.filter(pk=version.pk).update(voting_from=today - DAY)

    accepted(lead, declaration, today)

    assert version.ballots.count() == 1
    assert not Entry.objects.filter(verb="BALLOT_GIVEN").exists()


def test_whoever_left_and_is_back_by_that_day_has_one_ballot(lead: Person, today: date) -> None:
    back = make.organisation()
    spell = make_partnership.member(back)
    version = voting.opened(lead)
    Membership.objects.filter(pk=spell.pk).update(ended_on=today - 3 * DAY)
    declaration = make_accession.filed(lead, back, received_on=today - 2 * DAY)

    accepted(lead, declaration, today - 2 * DAY)

    assert version.ballots.filter(organisation=back).count() == 1
    assert ballots.count(version, today).ballots == 2


def test_nobody_joins_with_a_day_before_a_voting_that_is_closed(
    lead: Person, declaration: AccessionDeclaration, today: date
) -> None:
    version = voting.opened(lead)
    voting.vote(version, lead)
    voting.close(version, lead, in_force_from=today + 9 * DAY)
    before = Membership.objects.count()

    with pytest.raises(ValidationError, match="zamknięto bez głosu tej instytucji"):
        accepted(lead, declaration, today - DAY)

    assert Membership.objects.count() == before
    declaration.refresh_from_db()
    assert declaration.state == "FILED"
    accepted(lead, declaration, today)
    assert version.ballots.count() == 1
