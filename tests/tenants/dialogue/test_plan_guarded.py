"""What looks like personal data does not come before the team unseen (REG §2.10, §6.1 s.3)."""

import re
from typing import Any

import pytest
from django.test import Client

from kooperacja.audit.models import Entry
from kooperacja.guard.kinds import PASSED
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.models import ActionPlan, ActivityProposal, ProgressNote
from tenants.registry.roles import Role
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import plan as make
from tests.tenants.reading import text_of

PESEL = "44051401359"
WHY = {"guard_reason": "Dane zmyślone"}


@pytest.fixture
def lead(in_partnership: TenantRef) -> Client:
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    return client


def sent(page: Any, **fields: Any) -> dict[str, Any]:
    """The values that a form shows, but for those that are typed."""
    form = page.context["form"]
    shown = {one.html_name: one.value() for one in form if one.value() is not None}
    return {**shown, **fields}


def test_a_plan_is_read_whole_before_the_team_sees_it(
    lead: Client, in_partnership: TenantRef
) -> None:
    plan = make.begun()
    make.activity(make.goal(plan), text="Telefon do rodziny Kowalskich: 600 700 800")
    plan.refresh_from_db()
    make_meetings.convened()
    at = f"{plan.url}przedstaw/"
    page = lead.get(at)
    stopped = lead.post(at, sent(page))
    assert re.search(r"Działanie 1\.1: „[^”]*Kowalskich” wygląda na nazwisko", text_of(stopped))
    with inside(in_partnership):
        assert ActionPlan.objects.get().state == "DRAFT"
    lead.post(at, sent(stopped, **WHY))
    with inside(in_partnership):
        assert ActionPlan.objects.get().state == "PROPOSED"
        assert Entry.objects.filter(verb=PASSED).count() == 1


def test_progress_and_proposals_are_looked_at(lead: Client, in_partnership: TenantRef) -> None:
    row = make.only(make.adopted())
    at = f"{row.url}postep/"
    stopped = lead.post(at, sent(lead.get(at), state="UNDER_WAY", text=f"PESEL {PESEL}"))
    assert "wygląda na numer PESEL" in text_of(stopped)
    with inside(in_partnership):
        assert not ProgressNote.objects.exists()


def test_a_proposal_with_a_name_is_stopped(in_partnership: TenantRef) -> None:
    of = make_people.organisation()
    make_partnership.member(of)
    plan = make.draft(*make.year(2031))
    client, _ = make_people.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=of)
    at = f"{plan.url}propozycja/"
    stopped = client.post(at, sent(client.get(at), text="Wizyta u państwa Kowalskich"))
    assert "wygląda na nazwisko" in text_of(stopped)
    with inside(in_partnership):
        assert not ActivityProposal.objects.exists()
