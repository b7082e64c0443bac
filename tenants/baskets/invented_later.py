"""Invented use of the basket: a list for a family, requests, gaps, searches, a campaign."""

from datetime import date, timedelta

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.accession.actions import recruitment
from tenants.accession.models.recruitment import Recruitment
from tenants.baskets.actions import campaigns, gaps, own_types, referrals, shortlists
from tenants.baskets.family import offered
from tenants.baskets.models.gaps import Gap, UnfoundSearch
from tenants.baskets.models.services import Service
from tenants.baskets.standing import entries_on
from tenants.partnership.models import Partnership
from tenants.people.models import Sector
from tenants.services.terms import Group
from tenants.teams.sides import LEAD

_IN_VAIN = (("alzheimer grupa", 3), ("rower", 2), ("lodowisko", 1))

_OWN_TYPE = {
    "name": "kuligi dla seniorów",
    "area": "kultura",
    "broader": "",
    "about": "Zimowe wyjazdy saniami i wspólne ognisko.",
    "synonyms": "sanna",
    "everyday": "konie\nsanie",
}


def write(office: Actor, today: date) -> None:
    """People of the Lider make use of the services that are there."""
    first = [str(seen.entry.service_id) for seen in offered(today)][:3]
    if first:
        shortlists.begin(by=office, key=uuid7(), services=first)
    for service in _of_others(today)[:2]:
        referrals.ask(by=office, service_id=service.pk, key=uuid7(), of=LEAD)
    spring = today + timedelta(days=120)
    for kind, group, day in (
        ("grupa-opiekunow", Group.CARERS, None),
        ("transport", Group.SENIORS, spring),
    ):
        gap = gaps.mark(by=office, key=uuid7(), type_code=kind, group=group, planned_on=day)
        if day is None and Partnership.is_active():
            _recruited_for(office, gap)
    _campaign(office, today)
    own_types.add(by=office, key=uuid7(), values=dict(_OWN_TYPE))
    UnfoundSearch.objects.bulk_create(
        UnfoundSearch(month=today.replace(day=1), words=words, count=count)
        for words, count in _IN_VAIN
    )


def _recruited_for(office: Actor, gap: Gap) -> None:
    """An institution that the Lider invited, since the basket lacks what it gives."""
    values = {
        "origin": Recruitment.Origin.OFFICE,
        "institution_name": "Stowarzyszenie Opiekunów (pokaz)",
        "sector": Sector.NGO,
        "began_on": office.today,
    }
    recruitment.add_recruitment(by=office, key=uuid7(), values=values, need=gap.pk)


def _campaign(office: Actor, today: date) -> None:
    """A campaign of a year that has just begun."""
    campaign = campaigns.plan(
        by=office,
        key=uuid7(),
        name="Potwierdzanie usług (pokaz)",
        from_on=today - timedelta(days=14),
        until_on=today + timedelta(days=350),
    )
    campaigns.start(by=office, campaign_id=campaign.pk, version=campaign.version)


def _of_others(today: date) -> list[Service]:
    services = [entry.service for entry in entries_on(today)]
    return [one for one in services if one.card.organisation_id is not None]
