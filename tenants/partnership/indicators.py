"""Numbers of the partnership that the region may know (practice-and-law 3.4)."""

from collections import Counter
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from tenants.partnership.models import (
    DataProcessingAgreement,
    DataScope,
    Membership,
    Partnership,
    PartnershipCoordinator,
    ProcessingAuthorisation,
    RegulationVersion,
    ResignationNotice,
    Sector,
)

# Without them a partnership can hardly do its work (practice-and-law 3.4 item 3).
KEY_SECTORS = (
    Sector.SAFETY,
    Sector.EDUCATION,
    Sector.HEALTH,
    Sector.JUSTICE,
    Sector.LABOUR,
    Sector.NGO,
)


def members_by_sector(as_of: date) -> dict[str, int]:
    """Kooperanci on a day, by sector; the Lider is no kooperant and isn't counted (REG §1.3)."""
    rows = Membership.objects.on(as_of).values_list("organisation__sector").annotate(n=Count("pk"))
    return {str(sector): int(n) for sector, n in rows.order_by()}


def members_with_coordinator(as_of: date) -> dict[str, int]:
    """Kooperanci on a day with somebody who coordinates for them, and without (REG §1.3.a)."""
    seats = PartnershipCoordinator.objects.on(as_of).filter(membership=OuterRef("pk"))
    members = Membership.objects.on(as_of).annotate(is_coordinated=Exists(seats))
    rows = members.order_by().values_list("is_coordinated").annotate(n=Count("pk"))
    counts = {"WITH" if is_coordinated else "WITHOUT": n for is_coordinated, n in rows}
    return {"WITH": counts.get("WITH", 0), "WITHOUT": counts.get("WITHOUT", 0)}


def key_sectors_present(as_of: date) -> dict[str, int]:
    """Of each key sector: 1 if it has a kooperant on that day; the region adds the tenants."""
    found = set(members_by_sector(as_of))
    return {sector.value: int(sector.value in found) for sector in KEY_SECTORS}


def joined_by_sector(as_of: date) -> dict[str, int]:
    """Who joined in the month of a day, up to that day, by sector (REG §1.5)."""
    joined = Membership.objects.filter(from_on__range=(as_of.replace(day=1), as_of))
    sectors = joined.values_list("organisation__sector", flat=True)
    return dict(Counter(sectors))


def members_joined(from_on: date, to_on: date) -> int:
    """How many joined from the one day to the other, both included."""
    return Membership.objects.filter(from_on__range=(from_on, to_on)).count()


def members_resigned(from_on: date, to_on: date) -> int:
    """Whose resignation took effect from the one day to the other, both included (REG §1.6)."""
    return ResignationNotice.objects.filter(effective_on__range=(from_on, to_on)).count()


def resigned_by_sector(as_of: date) -> dict[str, int]:
    """Whose resignation took effect in the month of a day, up to that day, by sector."""
    notices = ResignationNotice.objects.filter(effective_on__range=(as_of.replace(day=1), as_of))
    rows = notices.values_list("membership__organisation__sector").annotate(n=Count("pk"))
    return {str(sector): int(n) for sector, n in rows.order_by()}


def data_protection_coverage(as_of: date) -> dict[str, int]:
    """Kooperanci by what lets their coordinators see data of families on a day (REG §8.2)."""
    families = DataScope.FAMILIES
    agreements = DataProcessingAgreement.objects.on(as_of).filter(scope=families)
    agreed = set(agreements.values_list("organisation", flat=True))
    authorisations = ProcessingAuthorisation.objects.on(as_of).filter(scope=families)
    authorised = set(authorisations.values_list("organisation", "person"))
    seats = PartnershipCoordinator.objects.on(as_of)
    missing = {
        of
        for of, person in seats.values_list("membership__organisation", "person")
        if (of, person) not in authorised
    }
    counts = {"WHOLE": 0, "AGREEMENT": 0, "NEITHER": 0}
    for of in Membership.objects.on(as_of).values_list("organisation", flat=True):
        has_whole = of in agreed and of not in missing
        counts["WHOLE" if has_whole else "AGREEMENT" if of in agreed else "NEITHER"] += 1
    return counts


def regulation_standing(as_of: date) -> dict[str, int]:
    """One for how the regulation stands on a day; none without a partnership (REG title, §9)."""
    alive = Q(dissolved_on=None) | Q(dissolved_on__gt=as_of)
    if not Partnership.objects.filter(alive).exists():
        return {}
    begun = [one for one in RegulationVersion.objects.order_by() if _begun_on(one) <= as_of]
    adopted = [one for one in begun if one.adopted_on and one.adopted_on <= as_of]
    if any(one.in_force_from and one.in_force_from <= as_of for one in adopted):
        is_open = any(_is_open(one, as_of) for one in begun)
        return {"BEING_CHANGED" if is_open else "IN_FORCE": 1}
    if adopted:
        return {"ADOPTED": 1}
    return {"DRAFT": 1} if begun else {}


def _begun_on(version: RegulationVersion) -> date:
    """The first day on which anything is known of it."""
    written = timezone.localtime(version.created_at).date()
    return min(day for day in (written, version.voting_from, version.adopted_on) if day)


def _is_open(version: RegulationVersion, day: date) -> bool:
    """Whether it was still written or voted on."""
    closed = version.adopted_on or version.closed_on
    return closed is None or closed > day
