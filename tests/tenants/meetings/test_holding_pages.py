"""A meeting is held on its pages, and sixty seats cost no more than one (REG §2.7)."""

from dataclasses import replace

import pytest
from django.test import Client

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.models.attendance import Attendance
from tenants.meetings.models.decisions import Voice
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.registry.roles import Role
from tenants.teams.kinds import KINDS, PZK
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import HOME, queries_of, text_of


@pytest.fixture
def lead(in_partnership: TenantRef) -> Client:
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    return client


def page_of(meeting: Meeting, page: str = "") -> str:
    return f"{HOME}spotkania/{meeting.pk}/{page}"


def sent_as_shown(client: Client, url: str, **more: str) -> dict[str, str]:
    """What a browser would send of a form that nobody touched, and some answers."""
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in shown.items()} | more


def test_a_meeting_is_held_from_attendance_to_its_end(
    in_partnership: TenantRef, lead: Client
) -> None:
    make_partnership.member(make_people.organisation())
    meeting = make.begun()
    url = page_of(meeting, "obecnosc/")
    sheet = sent_as_shown(lead, url)
    sheet |= {name: "PRESENT" for name in sheet if name.startswith("presence-")}
    assert lead.post(url, sheet | {"guests": "Ewa Gościnna, Sąd"}).status_code == 302
    assert Attendance.objects.filter(meeting=meeting).count() == 3
    assert lead.post(url, sheet | {"guests": ""}).status_code == 409  # an older form
    item = meeting.items.get()
    url = f"{HOME}spotkania/punkt/{item.pk}/decyzja/"
    voices = sent_as_shown(lead, url, text="Dyżury od marca.", rest="YES")
    assert lead.post(url, voices).status_code == 302
    assert Voice.objects.count() == 2
    assert "Dyżury od marca." in text_of(lead.get(page_of(meeting)))
    url = page_of(meeting, "wyniki/")
    assert lead.post(url, sent_as_shown(lead, url)).status_code == 302
    close = page_of(meeting, "zakoncz/")
    assert lead.post(close, sent_as_shown(lead, close)).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).state == "CLOSED"


def test_a_position_is_written_beside_the_objections_and_read_on_the_page(
    in_partnership: TenantRef, lead: Client
) -> None:
    make_partnership.member(make_people.organisation())
    item = make.unagreed(make.held().items.get(), "")
    url = f"{HOME}spotkania/punkt/{item.pk}/stanowisko/"
    assert url in text_of(lead.get(page_of(item.meeting)))
    assert lead.post(url, sent_as_shown(lead, url, position="")).status_code == 422
    assert lead.post(url, sent_as_shown(lead, url, position="Są potrzebne.")).status_code == 302
    page = text_of(lead.get(page_of(item.meeting)))
    assert "Wspólne stanowisko mimo sprzeciwu" in page
    assert "Są potrzebne." in page
    make.decided(AgendaItem.objects.get(pk=item.pk))
    assert lead.get(url).status_code == 409


def test_the_page_names_whose_voices_they_are_only_where_the_kind_says_so(
    in_partnership: TenantRef, lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_partnership.member(make_people.organisation(name="Szkoła"))
    item = make.decided(make.held().items.get())
    assert "Szkoła: za" in text_of(lead.get(page_of(item.meeting)))
    monkeypatch.setitem(KINDS, PZK, replace(KINDS[PZK], lists_voices=False))
    page = text_of(lead.get(page_of(item.meeting)))
    assert "Szkoła: za" not in page
    assert "Głosy: za (zgoda): 2" in page


def test_sixty_seats_cost_no_more_than_one(in_partnership: TenantRef, lead: Client) -> None:
    make_partnership.member(make_people.organisation())
    few, pages = make.begun(), ("", "obecnosc/")
    for page in pages:
        lead.get(page_of(few, page))
    costs = [queries_of(lead, page_of(few, page)) for page in pages]
    make.confirm(few, make.all_present(few))
    item = make.decided(few.items.get())
    costs += [queries_of(lead, page_of(few, page)) for page in ("", "wyniki/")]
    Voice.objects.all().delete()
    item.decision.delete()
    make_partnership.many_members(60)
    with inside(in_partnership):
        many = make.begun()
    more = [queries_of(lead, page_of(many, page)) for page in pages]
    many = make.confirm(many, make.all_present(many))
    make.decided(many.items.get())
    more += [queries_of(lead, page_of(many, page)) for page in ("", "wyniki/")]
    assert many.attendance.count() > 60
    assert Voice.objects.count() > 60
    # Letters to many are left to a worker: of those that wait nobody asks if they came back.
    assert all(after <= before for before, after in zip(costs, more, strict=True))
