"""Gminas read what their county publishes of its agreements."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tenants.exchange import counties
from tenants.exchange.counties import NotYours, PartySnapshot, Snapshot
from tenants.exchange.models import PublishedAgreement, PublishedParty

COUNTY, AGREEMENT, SCHOOL, POLICE = uuid4(), uuid4(), uuid4(), uuid4()
GOGOLIN = "160501"
SINCE = date(2026, 3, 1)


def party(party_id: UUID = SCHOOL, **values: Any) -> PartySnapshot:
    plain = {
        "name": "Szkoła Przykładowa",
        "number": "531421533",
        "functions": ("pedagog",),
        "from_on": SINCE,
        "ended_on": None,
    }
    return PartySnapshot(party_id=party_id, **{**plain, **values})


def publish(
    *parties: PartySnapshot, agreement: UUID = AGREEMENT, tenant: UUID = COUNTY, **values: Any
) -> None:
    plain = {
        "name": "Porozumienie powiatu",
        "in_force_from": SINCE,
        "ended_on": None,
        "units": (GOGOLIN, "160504"),
    }
    snapshot = Snapshot(parties=parties, **{**plain, **values})
    counties.publish(tenant_id=tenant, agreement_id=agreement, read=lambda: snapshot)


def test_a_gmina_reads_the_agreements_that_name_it(db: None) -> None:
    publish(party())
    (found,) = counties.published_for(GOGOLIN)
    (school,) = found.parties.all()
    assert (found.agreement_id, found.tenant_id, found.name) == (
        AGREEMENT,
        COUNTY,
        "Porozumienie powiatu",
    )
    assert (school.party_id, school.name, school.functions) == (
        SCHOOL,
        "Szkoła Przykładowa",
        ["pedagog"],
    )
    assert counties.published_for("160502") == []


def test_agreements_in_force_come_first(db: None) -> None:
    over = uuid4()
    publish(in_force_from=SINCE + timedelta(days=1), ended_on=date(2026, 4, 1), agreement=over)
    publish(party())
    assert [one.agreement_id for one in counties.published_for(GOGOLIN)] == [AGREEMENT, over]


def test_what_is_published_again_replaces_what_was(db: None) -> None:
    publish(party(), party(POLICE, name="Komenda"))
    publish(party(functions=()), units=("160504",))
    assert counties.published_for(GOGOLIN) == []
    (found,) = counties.published_for("160504")
    parties = {one.party_id: (one.ended_on, one.functions) for one in found.parties.all()}
    assert parties == {SCHOOL: (None, []), POLICE: (timezone.localdate(), ["pedagog"])}
    publish(party(POLICE))
    assert PublishedParty.objects.get(party_id=POLICE).ended_on is None


def test_no_tenant_publishes_over_anothers_agreement(db: None) -> None:
    publish(party())
    with pytest.raises(NotYours):
        publish(tenant=uuid4(), name="Żart")
    (found,) = counties.published_for(GOGOLIN)
    assert (found.name, found.parties.count()) == ("Porozumienie powiatu", 1)


def test_an_agreement_that_its_county_does_not_know_is_never_published(db: None) -> None:
    counties.publish(tenant_id=COUNTY, agreement_id=AGREEMENT, read=lambda: None)
    assert PublishedAgreement.objects.count() == 0


def test_an_agreement_that_is_in_force_no_more_ends_at_once(db: None) -> None:
    publish(party())
    assert counties.open_of(COUNTY) == {AGREEMENT}
    for _ in range(2):
        counties.publish(tenant_id=COUNTY, agreement_id=AGREEMENT, read=lambda: None)
    (found,) = counties.published_for(GOGOLIN)
    assert (found.ended_on, found.is_in_force(timezone.localdate())) == (
        timezone.localdate(),
        False,
    )
    assert counties.open_of(COUNTY) == set()


def test_an_end_that_was_planned_may_come_earlier(db: None) -> None:
    today = timezone.localdate()
    later = today + timedelta(days=30)
    ends = {"ended_on": later}
    publish(party(**ends), party(POLICE, name="Komenda", **ends), **ends)
    assert counties.open_of(COUNTY) == {AGREEMENT}
    publish(party(**ends), **ends)
    days = dict(PublishedParty.objects.values_list("party_id", "ended_on"))
    assert days == {SCHOOL: later, POLICE: today}
    counties.publish(tenant_id=COUNTY, agreement_id=AGREEMENT, read=lambda: None)
    assert PublishedAgreement.objects.get().ended_on == today
    assert counties.open_of(COUNTY) == set()


def test_with_an_end_to_come_gminas_know_it_all_the_same(db: None) -> None:
    ends = {"ended_on": timezone.localdate() + timedelta(days=30)}
    now = Snapshot("Porozumienie", SINCE, ends["ended_on"], (GOGOLIN,), (party(**ends),))
    counties.publish(tenant_id=COUNTY, agreement_id=AGREEMENT, read=lambda: now)
    assert counties.is_published(AGREEMENT, now)


def test_what_nobody_confirms_for_a_day_is_not_fresh(db: None) -> None:
    publish(party())
    said = PublishedAgreement.objects.get()
    assert said.is_fresh(said.confirmed_at + timedelta(hours=24, seconds=-1))
    assert not said.is_fresh(said.confirmed_at + timedelta(hours=24))


def test_a_confirmation_writes_no_party_that_is_as_it_was(db: None) -> None:
    publish(party(), party(POLICE, name="Komenda"))
    first = PublishedAgreement.objects.get().confirmed_at
    with CaptureQueriesContext(connections["shared"]) as asked:
        publish(party(), party(POLICE, name="Komenda Powiatowa"))
    written = [one["sql"] for one in asked if "exchange_publishedparty" in one["sql"]]
    (changed,) = [sql for sql in written if not sql.startswith("SELECT")]
    assert changed.startswith("UPDATE")
    assert "Komenda Powiatowa" in changed
    assert PublishedAgreement.objects.get().confirmed_at > first
