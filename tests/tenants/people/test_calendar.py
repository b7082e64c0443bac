"""The calendar of a unit and of an account: what has a day, by month, and nothing of others."""

import ast
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import Membership
from tenants.people.calendar import SOON, by_month, days_of
from tenants.people.models import Person, RoleAssignment
from tenants.people.today import Waiting
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import data_protection as make_data
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import voting as votes
from tests.tenants.reading import HOME, text_of

CALENDAR = HOME + "kalendarz/"
TODAY = timezone.localdate()
TITLES = ("Zdecyduj o deklaracji", "Kończy się rola", "Ustaje członkostwo", "umowę o danych")


def shown(client: Client) -> list[str]:
    page = text_of(client.get(CALENDAR))
    return [title for title in TITLES if title in page]


def test_days_stand_by_month_in_their_order() -> None:
    days = [date(2026, 12, 2), date(2026, 11, 30), date(2026, 12, 1), date(2026, 11, 30)]
    items = [Waiting(str(n), "/", "", due=day) for n, day in enumerate(days)]
    months = by_month((item, None) for item in items)
    assert [month.first for month in months] == [date(2026, 11, 1), date(2026, 12, 1)]
    entries = [[one.title for one, _ in day.entries] for month in months for day in month.days]
    assert entries == [["1", "3"], ["2"], ["0"]]


def test_the_office_and_a_partner_see_each_what_is_theirs(
    in_partnership: TenantRef, keeper: Client
) -> None:
    ends = TODAY + timedelta(days=20)
    filed = make_accession.filed(make.lead())
    left = make_partnership.member(make.organisation(), ended_on=ends)
    make_data.agreement(left.organisation, ended_on=ends)
    gone = make.person(Role.NETWORK_OFFICER, full_name="Ola Odchodząca")
    RoleAssignment.objects.filter(person=gone).update(ended_on=ends)
    worker, _ = make.signed_in(
        in_partnership, Role.PARTNER_WORKER, organisation=make.organisation()
    )

    assert shown(keeper) == list(TITLES)
    assert "Ola Odchodząca" in text_of(keeper.get(CALENDAR))
    assert shown(worker) == ["Ustaje członkostwo"]
    assert filed.organisation.name not in text_of(worker.get(CALENDAR))


def test_ones_own_role_that_ends_stands_there(in_partnership: TenantRef) -> None:
    client, person = make.signed_in(
        in_partnership, Role.PARTNER_WORKER, organisation=make.organisation()
    )
    ends = TODAY + timedelta(days=3)
    RoleAssignment.objects.filter(person=person).update(ended_on=ends)
    (entry,) = [one for one in days_of(person, TODAY) if one.matter == "Koniec roli"]
    assert entry.due == ends - timedelta(days=1)
    assert "Kończy się rola" in text_of(client.get(CALENDAR))


def test_the_first_page_tells_the_days_of_the_next_month(in_partnership: TenantRef) -> None:
    client, person = make.signed_in(in_partnership, Role.DPO)
    role, today = person.role_assignments.get(), TODAY
    for days, is_told in ((SOON + 1, True), (SOON + 2, False)):
        RoleAssignment.objects.filter(pk=role.pk).update(ended_on=today + timedelta(days=days))
        page = text_of(client.get(HOME))
        assert ("Najbliższe 30 dni" in page) is is_told
        assert ("Kończy się rola" in page) is is_told


def test_the_account_sees_the_days_of_all_its_units(partnership: TenantRef) -> None:
    with inside(partnership):
        client, _ = make.signed_in(partnership, Role.LEAD)
        other, _ = make.signed_in(partnership, Role.DPO)
        make_accession.filed(make.lead())
    page = text_of(client.get("/konto/kalendarz/"))
    assert "Zdecyduj o deklaracji" in page
    assert partnership.name in page
    assert "Zdecyduj o deklaracji" not in text_of(other.get("/konto/kalendarz/"))


def test_a_vote_stands_there_once_for_whoever_votes(in_partnership: TenantRef) -> None:
    (member,) = votes.members(1)
    coordinator = make.person(Role.PARTNER_COORDINATOR, organisation=member)
    client, reader = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    version = votes.opened(lead := make.lead())

    def matters(person: Person) -> list[str]:
        # Nobody ever met here, which waits for the Lider.
        found = [one.matter for one in days_of(person, TODAY)]
        return [matter for matter in found if matter != "Zwołanie spotkania"]

    assert matters(coordinator) == matters(lead) == ["Głos nad zmianą regulaminu"]
    assert matters(reader) == ["Koniec głosowania nad zmianą regulaminu"]
    votes.vote(version, coordinator, member)
    assert matters(coordinator) == ["Koniec głosowania nad zmianą regulaminu"]
    votes.vote(version, lead)
    assert matters(lead) == ["Zamknięcie głosowania nad zmianą regulaminu"]
    assert text_of(client.get(CALENDAR)).count("Kończy się głosowanie") == 1


def test_a_membership_that_ended_is_no_day_to_come(
    in_partnership: TenantRef, keeper: Client
) -> None:
    make_partnership.member(make.organisation(), ended_on=TODAY)
    assert Membership.objects.count() == 1
    assert shown(keeper) == []
    assert text_of(keeper.get(CALENDAR)).count('class="k-when"') == 1  # that nobody ever met


def test_whatever_has_a_day_says_of_itself_what_may_leave_the_platform() -> None:
    folders = ("tenants", "gmina", "powiat")
    files = [file for one in folders for file in (Path(settings.ROOT) / one).rglob("*.py")]
    calls = [
        {word.arg for word in node.keywords}
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Waiting"
    ]
    assert sum("due" in words for words in calls) >= 8
    assert [words for words in calls if "due" in words and "matter" not in words] == []
