"""A meeting's page begins with its time, its place and the next step of its reader (REG §2)."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import outcomes
from tenants.meetings.models.meetings import Meeting
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

_FIRST = re.compile(r'<div class="k-actions">\s*<a class="btn (btn-\w+)"[^>]*>([^<]*)')


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        make.lead()
        yield


@pytest.fixture
def lead(partnership: TenantRef) -> Client:
    browser, _ = make_people.signed_in(partnership, Role.LEAD)
    return browser


def page_of(browser: Client, place: TenantRef, meeting: Meeting) -> str:
    return browser.get(f"{place.prefix}/spotkania/{meeting.pk}/").content.decode()


def first(page: str) -> tuple[str, ...]:
    found = _FIRST.search(page)
    return found.groups() if found else ()


def test_the_next_step_stands_first(lead: Client, partnership: TenantRef) -> None:
    with inside(partnership):
        make_partnership.member(make_people.organisation())
        meeting = make.held()
    assert first(page_of(lead, partnership, meeting)) == ("btn-primary", "Zapisz wyniki punktów")
    with inside(partnership):
        make.decided(meeting.items.get())
        meeting.refresh_from_db()
    assert first(page_of(lead, partnership, meeting)) == ("btn-primary", "Zakończ spotkanie")
    with inside(partnership):
        outcomes.close(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
    assert first(page_of(lead, partnership, meeting)) == ("btn-primary", "Rozpocznij protokół")


def test_whoever_is_invited_answers_at_the_top_once(partnership: TenantRef) -> None:
    with inside(partnership):
        school = make_partnership.member(make_people.organisation()).organisation
    browser, person = make_people.signed_in(
        partnership, Role.PARTNER_COORDINATOR, organisation=school
    )
    with inside(partnership):
        meeting = make.convened()
        row = meeting.invitations.filter(seat__organisation=school).get()
        Seat.objects.filter(pk=row.seat_id).update(person=person)
    page = page_of(browser, partnership, meeting)
    assert first(page) == ("btn-primary", "Odpowiedz na zaproszenie")
    top, _, _ = page.partition("Porządek obrad")
    assert top.count("Odpowiedz na zaproszenie") == 1
    assert meeting.place in top
    sent = {"answer": "YES", "deputy": "", "note": ""}
    browser.post(f"{partnership.prefix}/spotkania/zaproszenie/{row.pk}/", sent)
    assert first(page_of(browser, partnership, meeting)) == ()
