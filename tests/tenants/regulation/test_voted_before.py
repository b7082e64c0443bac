"""A change that a meeting voted on before today is entered with its own days (REG §9)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation.actions.amendments import open_voting
from tenants.regulation.actions.versions import Adoption
from tenants.regulation.actions.voting import close_voting
from tenants.regulation.models import RegulationBallot, RegulationVersion, RegulationVote
from tenants.regulation.today import regulation_waits
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import voting
from tests.tenants.reading import text_of
from tests.tenants.regulation.test_regulation import PAGE

MEETING, TODAY = date(2026, 5, 13), date(2026, 5, 20)


@pytest.fixture(autouse=True)
def after_the_meeting() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def opened(lead: Person, voting_from: date = MEETING, until: date = MEETING) -> RegulationVersion:
    return open_voting(
        by=make.by(lead),
        regulation_id=voting.drafted(lead).pk,
        voting_from=voting_from,
        voting_until=until,
    )


def test_a_meeting_votes_before_it_is_entered(lead: Person) -> None:
    one, other = voting.members(2)
    version = opened(lead)
    for of in (None, one):
        voting.on_paper(version, lead, of, MEETING)

    with pytest.raises(Problem, match="nie można przyjąć"):
        voting.voted(version, other)
    closed = voting.close(version, lead, TODAY)

    assert (closed.voting_from, closed.voting_until, closed.number) == (MEETING, MEETING, 2)
    assert not Outgoing.objects.filter(payload__code="REGULATION_VOTING_OPENED").exists()


def test_the_lead_is_asked_for_the_papers_before_closing(
    lead: Person, in_partnership: TenantRef
) -> None:
    voting.members(2)
    version = opened(lead)
    client, _ = make.signed_in(in_partnership, Role.LEAD)

    (waits,) = [one for one in regulation_waits(lead, TODAY) if one.title.startswith("Zamknij")]
    assert waits.text.startswith("Ostatni dzień głosowania minął: „za” jest 0 z 3. Wpisz głosy")
    assert "można wpisać, zanim głosowanie zostanie zamknięte" in text_of(client.get(version.url))
    asked = text_of(client.get(f"{PAGE}{version.pk}/zamkniecie/"))
    assert "wpisz je przed zamknięciem. Tego kroku nie można cofnąć." in asked
    assert "w podpisie elektronicznym" not in asked
    said = text_of(client.get(PAGE))
    assert "Głosowanie nad zmianą regulaminu czeka na zamknięcie" in said
    assert "Trwa głosowanie" not in said


def test_the_electorate_is_that_of_the_meeting(lead: Person) -> None:
    (stays,) = voting.members(1)
    make_partnership.member(make.organisation(), from_on=MEETING + timedelta(days=1))
    left = make.organisation()
    make_partnership.member(left, ended_on=MEETING + timedelta(days=1))

    version = opened(lead)

    found = set(version.ballots.values_list("organisation_id", flat=True))
    assert found == {None, stays.pk, left.pk}


@pytest.mark.parametrize(
    ("voting_from", "until", "field"),
    [
        (TODAY + timedelta(days=1), TODAY + timedelta(days=2), "voting_from"),
        (make.ESTABLISHED - timedelta(days=1), TODAY, "voting_from"),
        (MEETING, MEETING - timedelta(days=1), "voting_until"),
    ],
)
def test_days_out_of_order_open_nothing(
    lead: Person, voting_from: date, until: date, field: str
) -> None:
    with pytest.raises(ValidationError) as told:
        opened(lead, voting_from, until)

    assert list(told.value.message_dict) == [field]
    assert RegulationVersion.objects.get(number=None).state == "DRAFT"
    assert not RegulationBallot.objects.exists()


def test_a_paper_vote_has_a_day_of_the_voting(lead: Person) -> None:
    version = opened(lead)

    with pytest.raises(ValidationError, match="cast_on"):
        voting.on_paper(version, lead, None, MEETING + timedelta(days=1))

    assert not RegulationVote.objects.exists()


def test_nothing_is_adopted_before_its_last_vote(lead: Person) -> None:
    version = opened(lead, until=TODAY)
    voting.on_paper(version, lead, None, MEETING + timedelta(days=2))
    adoption = Adoption(MEETING + timedelta(days=1), "Gogolin", TODAY)

    with pytest.raises(ValidationError, match="przed ostatnim głosem"):
        close_voting(by=make.by(lead), regulation_id=version.pk, adoption=adoption)

    assert RegulationVersion.objects.get(pk=version.pk).state == "VOTING"


def test_the_database_refuses_an_adoption_before_the_voting(lead: Person) -> None:
    version = opened(lead)
    rows = RegulationVersion.objects.filter(pk=version.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(closed_on=MEETING - timedelta(days=1))

    assert rows.get().closed_on is None


def test_the_page_says_the_wrong_day_beside_its_field(
    in_partnership: TenantRef, lead: Person
) -> None:
    client: Client = make.signed_in(in_partnership, Role.LEAD)[0]
    url = f"{PAGE}{voting.drafted(lead).pk}/glosowanie/"
    assert 'value="2026-05-20"' in text_of(client.get(url))

    sent = {"voting_from": "2026-05-21", "voting_until": "2026-05-22", "version": 1}
    page = client.post(url, sent)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["voting_from"]
    page = client.post(url, {**sent, "voting_from": MEETING, "voting_until": MEETING}, follow=True)
    assert "Otwarto głosowanie, które już się odbyło." in text_of(page)
