"""The region's figures of accessions and the regulation equal a replay of events."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from region.monitoring.actions import publish_figures
from region.monitoring.models import Publication
from region.monitoring.outbox import figures_changed
from tenants.accession.actions.decisions import accept_declaration
from tenants.accession.actions.leaving import end_membership
from tenants.data_protection.actions import end_agreement, end_authorisation
from tenants.partnership.actions.seats import add_coordinator, end_coordinator
from tenants.partnership.indicators import joined_by_sector
from tenants.partnership.models import EndCause, Membership, Partnership
from tenants.people.actions.organisations import edit_organisation
from tenants.people.models import Sector
from tenants.regulation.actions.amendments import open_amendment, withdraw_regulation
from tenants.regulation.indicators import regulation_standing
from tenants.regulation.models import RegulationVersion
from tests.budget import cases
from tests.factories import accession as make_accession
from tests.factories import data_protection as make_papers
from tests.factories import partnership as make_partnership
from tests.factories import people as make

START = date(2024, 1, 1)
JOININGS = st.lists(st.tuples(st.sampled_from(Sector.values), st.integers(0, 70)), max_size=6)
# Days from one event to the next: adopted, in force, and then changes begun and ended in turns.
WAITS = st.lists(st.integers(0, 3), max_size=7)
replayed = settings(max_examples=cases(20))


@replayed
@given(joinings=JOININGS, after=st.integers(0, 70))
def test_accessions_of_a_month_are_counted_up_to_the_day(
    partnership: TenantRef, joinings: list[tuple[str, int]], after: int
) -> None:
    day = START + timedelta(days=after)
    expected: dict[str, int] = {}
    with inside(partnership), transaction.atomic():
        for sector, wait in joinings:
            joined = START + timedelta(days=wait)
            make_partnership.member(make.organisation(sector=sector), joined)
            if (joined.year, joined.month) == (day.year, day.month) and joined <= day:
                expected[sector] = expected.get(sector, 0) + 1
        assert joined_by_sector(day) == expected
        transaction.set_rollback(True)


def test_who_left_in_the_same_month_had_joined_all_the_same(in_partnership: TenantRef) -> None:
    back = make.organisation(sector="NGO")
    make_partnership.member(back, date(2024, 3, 1), date(2024, 3, 5))
    make_partnership.member(back, date(2024, 3, 9))

    assert joined_by_sector(date(2024, 3, 31)) == {"NGO": 2}


@replayed
@given(waits=WAITS, after=st.integers(-1, 16))
def test_the_regulation_stands_as_a_replay_of_events_says(
    partnership: TenantRef, waits: list[int], after: int
) -> None:
    days = [START]
    for wait in waits:
        days.append(days[-1] + timedelta(days=wait))
    day = START + timedelta(days=after)
    happened = sum(1 for one in days if one <= day)
    with inside(partnership), transaction.atomic():
        _write(days)
        standing = regulation_standing(day)
        transaction.set_rollback(True)
    assert standing == _replay(happened)


def _replay(happened: int) -> dict[str, int]:
    if happened < 3:
        return [{}, {"DRAFT": 1}, {"ADOPTED": 1}][happened]
    return {"IN_FORCE" if happened % 2 else "BEING_CHANGED": 1}


def _write(days: list[date]) -> None:
    """The first version on the first three days; then each change has the day it began and ended.

    Changes are withdrawn: what a change that was adopted leaves is the next version in force.
    """
    adopted, forced = [*days[1:3], None, None][:2]
    values: dict[str, object] = {"state": "DRAFT", "number": None, "adopted_on": None}
    if adopted:
        in_force_from = forced or date(2030, 1, 1)
        values = {"state": "ADOPTED", "adopted_on": adopted, "in_force_from": in_force_from}
    RegulationVersion.objects.update(**{"in_force_from": None, **values}, created_at=_noon(days[0]))
    first = RegulationVersion.objects.get()
    for begun, ended in zip(days[3::2], [*days[4::2], None], strict=False):
        closed = {"state": "WITHDRAWN", "closed_on": ended, "reason": "brak"} if ended else {}
        RegulationVersion.objects.create(
            title="Zmiana", amends=first, created_at=_noon(begun), **closed
        )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def test_a_dissolved_partnership_has_no_regulation(in_partnership: TenantRef) -> None:
    Partnership.objects.update(state="DISSOLVED", dissolved_on=date(2025, 1, 1))

    assert regulation_standing(date(2024, 12, 31)) == {"IN_FORCE": 1}
    assert regulation_standing(date(2025, 1, 1)) == {}


def test_each_step_of_a_change_asks_for_new_figures(in_partnership: TenantRef) -> None:
    lead = make.lead()
    asked = Outgoing.objects.filter(kind="FIGURES")
    draft = open_amendment(by=make.by(lead), key=uuid7())
    assert asked.count() == 1
    withdraw_regulation(by=make.by(lead), regulation_id=draft.pk, reason="Niepotrzebna.")
    assert asked.count() == 2


@pytest.mark.parametrize(("sector", "count"), [("HEALTH", 1), ("SOCIAL", 0)])
def test_a_corrected_sector_asks_for_new_figures(
    in_partnership: TenantRef, sector: str, count: int
) -> None:
    of = make.organisation(sector="SOCIAL")
    edit_organisation(
        by=make.by(make.lead()),
        organisation_id=of.pk,
        version=of.version,
        values={"sector": sector, "name": "Ośrodek Zdrowia"},
    )
    assert Outgoing.objects.filter(kind="FIGURES").count() == count


def _end_the_seat(of: Membership) -> None:
    seat = of.coordinators.get()
    end_coordinator(by=make.by(make.lead()), coordinator_id=seat.pk, ended_on=timezone.localdate())


def _add_a_seat(of: Membership) -> None:
    of.coordinators.update(ended_on=make.ESTABLISHED)
    add_coordinator(
        by=make.by(make.lead()),
        key=uuid7(),
        membership_id=of.pk,
        full_name="Anna Nowa",
        position="pedagog",
        email="anna.nowa@example.pl",
        from_on=timezone.localdate(),
    )


def _correct_the_sector(of: Membership) -> None:
    edit_organisation(
        by=make.by(make.lead()),
        organisation_id=of.organisation_id,
        version=of.organisation.version,
        values={"sector": "HEALTH"},
    )


def _end_the_agreement(of: Membership) -> None:
    end_agreement(
        by=make.by(make.lead()),
        agreement_id=of.organisation.agreements.get().pk,
        ended_on=timezone.localdate(),
        reason="Rozwiązana.",
    )


def _end_the_authorisation(of: Membership) -> None:
    end_authorisation(
        by=make.by(make.lead()),
        authorisation_id=of.organisation.authorisations.get().pk,
        ended_on=timezone.localdate(),
        reason="Inne zadania.",
    )


def _end_the_membership(of: Membership) -> None:
    today = timezone.localdate()
    end_membership(by=make.BY, membership=of, day=today, cause=EndCause.DISSOLUTION)


def _file_a_declaration(of: Membership) -> None:
    make_accession.filed(make.lead())


def _admit_another(of: Membership) -> None:
    lead = make.lead()
    declaration = make_accession.filed(lead)
    Outgoing.objects.filter(kind="FIGURES").delete()  # of its filing
    accept_declaration(by=make.by(lead), declaration_id=declaration.pk)


def _begin_a_change(of: Membership) -> None:
    open_amendment(by=make.by(make.lead()), key=uuid7())


@pytest.mark.parametrize(
    "act",
    [
        _end_the_seat,
        _add_a_seat,
        _correct_the_sector,
        _end_the_agreement,
        _end_the_authorisation,
        _end_the_membership,
        _file_a_declaration,
        _admit_another,
        _begin_a_change,
    ],
)
def test_the_message_of_an_action_publishes_all_that_it_changed(
    in_partnership: TenantRef, act: Callable[[Membership], None]
) -> None:
    member = make_partnership.member(make.organisation(sector="NGO"))
    make_papers.agreement(member.organisation)
    make_papers.authorisation(member.coordinators.get().person, member.organisation)
    today = timezone.localdate()
    publish_figures(in_partnership, as_of=today)
    act(member)
    messages = list(Outgoing.objects.filter(kind="FIGURES"))
    assert len(messages) == 1
    figures_changed(messages[0], in_partnership)
    assert Publication.objects.get(tenant_id=in_partnership.id).revision == 2
    assert publish_figures(in_partnership, as_of=today) is False
