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

WORD = "Sekretnik"


@dataclass
class Ways:
    """A delegate with a browser, a program and a calendar, and all that leads to one meeting."""

    browser: Client
    program: Program
    calendar: str
    pages: list[str]
    file: str
    api: list[str]

    def found(self) -> dict[str, bool]:
        """By address, whether something of the meeting is answered there."""
        answers = {at: self.browser.get(at) for at in (*self.pages, self.file)}
        answers |= {at: self.program.get(at) for at in self.api}
        answers["calendar"] = Client().get(self.calendar)
        return {at: self._tells(at, answer) for at, answer in answers.items()}

    def _tells(self, at: str, answer: object) -> bool:
        if at == self.file:
            return answer.status_code == 200  # type: ignore[attr-defined]
        content = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # type: ignore[attr-defined,call-overload]
        return WORD in content.decode() or "Gminnej Grupy Kooperacji" in content.decode()


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
        values = plain | {"title": f"{WORD} w szkole"}
        item = agenda.add_item(by=by, meeting_id=meeting.pk, key=uuid7(), values=values)
        paper = attaching.attach(
            by=by, item_id=item.pk, key=uuid7(), title=WORD, upload=make_people.pdf()
        )
        planning.convene(by=by, meeting_id=meeting.pk, version=meeting.version)
    at, api = "/gmina/gogolin", f"tenants/{gmina.code}/meetings"
    account = Account.objects.get(pk=person.account_id)
    _, secret = feeds.issue(by=accounts.acting(account))
    found = Ways(
        browser,
        program_with(account, gmina, "TENANT_READ"),
        f"/konto/kalendarz/{secret}/kooperacja.ics",
        [
            *(f"{at}/", f"{at}/spotkania/", f"{at}/kalendarz/", f"{at}/szukaj/?q={WORD}"),
            f"{at}/spotkania/{meeting.pk}/",
        ],
        f"{at}/dokumenty/pliki/{paper.file_id}/",
        [api, f"{api}/{meeting.pk}"],
    )
    return found, group


def test_a_delegate_finds_nothing_on_any_way_while_the_county_is_silent(
    ways: tuple[Ways, Group],
) -> None:
    known, group = ways
    fresh = known.found()
    print(fresh)
    make.aged(group.agreement_id, 24)
    stale = known.found()
    print(stale)
    assert 0
