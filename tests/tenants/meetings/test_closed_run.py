"""A closed team that some role runs: what it writes reaches nobody whom its app lets not in (REG §8)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.meetings.actions import past, requesting, templates
from tenants.meetings.models.papers import AgendaTemplate
from tenants.registry.roles import Role
from tenants.teams.kinds import ZZK
from tenants.teams.models import Seat
from tests.factories import meetings as make
from tests.factories import people as make_people
from tests.tenants.meetings.conftest import Founded


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


def test_a_request_is_told_to_those_who_run_it_and_read_it(founded: Founded) -> None:
    of = make_people.organisation()
    head, lead = make_people.head(of), make.lead()
    officer = make_people.person(Role.NETWORK_OFFICER)
    team = founded(head, lead)
    Seat.objects.create(
        team=team,
        organisation=of,
        rests_on_kind="test",
        rests_on=uuid7(),
        from_on=make_people.ESTABLISHED,
    )
    by = make_people.by(head)
    requesting.ask(by=by, team_id=team.pk, key=uuid7(), organisation_id=of.pk, reason="Pilne")
    told = str([*Outgoing.objects.values_list("payload", flat=True)])
    assert [one.email in told for one in (lead, officer)] == [True, False]


def test_it_has_no_templates_which_others_of_its_kind_would_read(
    founded: Founded, partnership: TenantRef
) -> None:
    browser, lead = make_people.signed_in(partnership, Role.LEAD)
    team = founded(lead)
    item = {"title": "Sprawa", "kind": "DISCUSSION", "minutes": 5, "presenter": ""}
    with inside(partnership):
        with pytest.raises(Problem, match="nie zapisuje się jako szablonu"):
            templates.save_template(
                by=make_people.by(lead), team_id=team.pk, key=uuid7(), name="Nazwa", items=[item]
            )
        assert not AgendaTemplate.objects.exists()
        assert not Entry.objects.filter(verb="AGENDA_TEMPLATE_SAVED").exists()
        kept = AgendaTemplate.objects.create(kind=ZZK, name="Nazwa", items=[item])
    at = f"{partnership.prefix}/spotkania/szablony"
    pages = (f"{at}/nowy/{team.pk}/", f"{at}/{kept.pk}/", f"{at}/")
    assert [browser.get(one).status_code for one in pages] == [409, 404, 200]


def test_no_message_says_of_which_kind_it_is(founded: Founded) -> None:
    of = make_people.organisation()
    head, lead = make_people.head(of), make.lead()
    team, since = founded(head, lead), make_people.ESTABLISHED
    seat = Seat.objects.create(
        team=team, organisation=of, rests_on_kind="test", rests_on=uuid7(), from_on=since
    )
    by, day = make_people.by(lead), timezone.localdate()
    requesting.ask(
        by=make_people.by(head), team_id=team.pk, key=uuid7(), organisation_id=of.pk, reason="Pilne"
    )
    meeting = past.enter_meeting(
        by=by,
        team_id=team.pk,
        key=uuid7(),
        values=make.values(day - timedelta(days=30)),
        reason="Sprzed platformy",
    )
    values = {"text": "Zadanie", "due_on": day}
    make.arranging.arrange(
        by=by, meeting_id=meeting.pk, key=uuid7(), seat=seat.pk, item=None, values=values
    )
    told = str([*Outgoing.objects.values_list("payload", flat=True)])
    assert "Prośba o zwołanie spotkania zespołu" in told
    assert f"Ustalenie nr 1/{meeting.year} zespołu czeka" in told
    assert "Zadaniow" not in told
