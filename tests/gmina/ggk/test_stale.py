"""Whatever the group does is shut on every way to it, once the county is silent for a day (POR-C §3.6)."""

from dataclasses import dataclass

import pytest
from django.test import Client
from uuid6 import uuid7

from gmina.ggk.models import Group
from kooperacja.accounts import feeds
from kooperacja.accounts.models import Account
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import agenda, attaching, planning
from tenants.registry.roles import Role
from tenants.teams.models import Team
from tests.api.conftest import Program, program_with
from tests.factories import accounts
from tests.factories import ggk as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@dataclass
class Ways:
    """All ways by which a delegate comes to one meeting of the group."""

    browser: Client
    program: Program
    calendar: str
    pages: list[str]
    file: str
    api: list[str]
    meeting: str

    def open_ones(self) -> set[str]:
        """The addresses at which something of the meeting is answered."""
        answers = {at: self.browser.get(at) for at in self.pages}
        answers |= {at: self.program.get(at) for at in self.api}
        found = {at for at, answer in answers.items() if self.meeting in answer.content.decode()}
        if self.browser.get(self.file).status_code == 200:
            found.add(self.file)
        if "BEGIN:VEVENT" in Client().get(self.calendar).content.decode():
            found.add(self.calendar)
        return found


@pytest.fixture
def ways(gmina: TenantRef, powiat: TenantRef) -> tuple[Ways, Group]:
    with inside(gmina):
        make_partnership.found(gmina)
        group = make.group(county=powiat)
        row = make.seated(group)
        browser, person = make_people.signed_in(gmina, Role.DELEGATE, organisation=row.organisation)
        make.seated(group, person, function="psycholog")
        by = make.by(make.coordinator(group))
        team = Team.objects.get(rests_on=group.pk)
        meeting = planning.plan_meeting(
            by=by, team_id=team.pk, key=uuid7(), values=make_meetings.values()
        )
        plain = {"text": "", "kind": "DISCUSSION", "presenter": "", "minutes": 20}
        values = plain | {"title": "Sprawa w szkole"}
        item = agenda.add_item(by=by, meeting_id=meeting.pk, key=uuid7(), values=values)
        paper = attaching.attach(
            by=by, item_id=item.pk, key=uuid7(), title="Notatka", upload=make_people.pdf()
        )
        planning.convene(by=by, meeting_id=meeting.pk, version=meeting.version)
    at, api = "/gmina/gogolin", f"tenants/{gmina.code}/meetings/"
    account = Account.objects.get(pk=person.account_id)
    _, secret = feeds.issue(by=accounts.acting(account))
    found = Ways(
        browser,
        program_with(account, gmina, "TENANT_READ"),
        f"/konto/kalendarz/{secret}/kooperacja.ics",
        [f"{at}/spotkania/", f"{at}/kalendarz/", f"{at}/spotkania/{meeting.pk}/"],
        f"{at}/dokumenty/pliki/{paper.file_id}/",
        [api, f"{api}{meeting.pk}/"],
        str(meeting.pk),
    )
    return found, group


def test_a_delegate_finds_nothing_on_any_way_while_the_county_is_silent(
    ways: tuple[Ways, Group],
) -> None:
    known, group = ways
    every = {*known.pages, *known.api, known.file, known.calendar}
    assert known.open_ones() == every
    make.aged(group.agreement_id, 24)
    assert known.open_ones() == set()
