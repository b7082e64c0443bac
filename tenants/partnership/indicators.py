"""Indicators of the partnership, each beside the function that counts it (practice-and-law 3.4)."""

from collections import Counter
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst

from kooperacja.indicators import UNITS, About, Indicator, Share
from tenants.partnership.models import (
    DataProcessingAgreement,
    DataScope,
    Membership,
    Organisation,
    Partnership,
    PartnershipCoordinator,
    ProcessingAuthorisation,
    RegulationVersion,
    ResignationNotice,
    Sector,
)

SECTORS = {sector.value: capfirst(sector.label) for sector in Sector}
# Without them a partnership can hardly do its work (practice-and-law 3.4 item 3).
_KEY_SECTORS = (
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


KOOPERANCI_BY_SECTOR = Indicator(
    code="KOOPERANCI_BY_SECTOR",
    title="Kooperanci według sektora",
    definition=(
        "Liczba instytucji przyjętych do Partnerstwa i nadal w nim uczestniczących w ostatnim "
        "dniu miesiąca (w bieżącym miesiącu: dziś). Lider nie jest wliczany."
    ),
    clause="§ 1 ust. 3 lit. a i ust. 5 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("kooperant", "kooperantów", "kooperantów"),
    dimension="Sektor",
    labels=SECTORS,
    count=members_by_sector,
    tables=(Membership, Organisation),
    lead="Kooperanci każdej gminy i każdego powiatu, razem i według sektora.",
)


def members_with_coordinator(as_of: date) -> dict[str, int]:
    """Kooperanci on a day with somebody who coordinates for them, and without (REG §1.3.a)."""
    seats = PartnershipCoordinator.objects.on(as_of).filter(membership=OuterRef("pk"))
    members = Membership.objects.on(as_of).annotate(is_coordinated=Exists(seats))
    rows = members.order_by().values_list("is_coordinated").annotate(n=Count("pk"))
    counts = {"WITH" if is_coordinated else "WITHOUT": n for is_coordinated, n in rows}
    return {"WITH": counts.get("WITH", 0), "WITHOUT": counts.get("WITHOUT", 0)}


KOOPERANCI_WITH_COORDINATOR = Indicator(
    code="KOOPERANCI_WITH_COORDINATOR",
    title="Kooperanci z koordynatorem Partnerstwa",
    definition=(
        "Licznik: kooperanci, którzy w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś) mają "
        "koordynatora Partnerstwa. Mianownik: wszyscy kooperanci tego dnia (razem)."
    ),
    clause="§ 1 ust. 3 lit. a regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("kooperant", "kooperantów", "kooperantów"),
    dimension="Koordynator",
    labels={"WITH": "Z koordynatorem", "WITHOUT": "Bez koordynatora"},
    count=members_with_coordinator,
    tables=(Membership, PartnershipCoordinator),
    share=Share.OF_TOTAL,
)


def key_sectors_present(as_of: date) -> dict[str, int]:
    """Of each key sector: 1 if it has a kooperant on that day; the region adds the tenants."""
    found = set(members_by_sector(as_of))
    return {sector.value: int(sector.value in found) for sector in _KEY_SECTORS}


KEY_SECTORS = Indicator(
    code="KEY_SECTORS",
    title="Jednostki z kooperantem z kluczowego sektora",
    definition=(
        "Dla każdego z sześciu sektorów: 1, jeśli w ostatnim dniu miesiąca (w bieżącym miesiącu: "
        "dziś) Partnerstwo ma kooperanta z tego sektora. Mianownik: liczba działających jednostek. "
        "Razem: ile kluczowych sektorów jest w Partnerstwie."
    ),
    clause="§ 1 ust. 4 i § 5 ust. 1 lit. d regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Sektor",
    labels={sector.value: SECTORS[sector] for sector in _KEY_SECTORS},
    count=key_sectors_present,
    tables=(Membership, Organisation),
    levels=(1, 2, 3, 4, 6),
    share=Share.OF_UNITS,
)


def joined_by_sector(as_of: date) -> dict[str, int]:
    """Institutions that joined in the month of a day, up to that day, by sector (REG §1.5)."""
    joined = Membership.objects.filter(from_on__range=(as_of.replace(day=1), as_of))
    sectors = joined.values_list("organisation__sector", flat=True)
    return dict(Counter(sectors))


JOINED_BY_SECTOR = Indicator(
    code="JOINED_BY_SECTOR",
    title="Przystąpienia do Partnerstwa według sektora",
    definition=(
        "Liczba instytucji przyjętych do Partnerstwa w danym miesiącu (w bieżącym miesiącu: do "
        "dziś). Instytucja, która wróciła po rezygnacji, liczy się ponownie."
    ),
    clause="§ 1 ust. 5 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("przystąpienie", "przystąpienia", "przystąpień"),
    dimension="Sektor",
    labels=SECTORS,
    count=joined_by_sector,
    tables=(Membership, Organisation),
    levels=(1, 2, 3, 5, 8),
)


def resigned_by_sector(as_of: date) -> dict[str, int]:
    """Resignations that took effect in the month of a day, up to that day, by sector (REG §1.6)."""
    notices = ResignationNotice.objects.filter(effective_on__range=(as_of.replace(day=1), as_of))
    rows = notices.values_list("membership__organisation__sector").annotate(n=Count("pk"))
    return {str(sector): int(n) for sector, n in rows.order_by()}


RESIGNED_BY_SECTOR = Indicator(
    code="RESIGNED_BY_SECTOR",
    title="Rezygnacje z Partnerstwa według sektora",
    definition=(
        "Liczba instytucji, których rezygnacja wywołała skutek w danym miesiącu (w bieżącym "
        "miesiącu: do dziś)."
    ),
    clause="§ 1 ust. 6 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("rezygnacja", "rezygnacje", "rezygnacji"),
    dimension="Sektor",
    labels=SECTORS,
    count=resigned_by_sector,
    tables=(ResignationNotice, Membership, Organisation),
    levels=(1, 2, 3, 5, 8),
)


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


DATA_PROTECTION = Indicator(
    code="DATA_PROTECTION",
    title="Kooperanci według umów i upoważnień do przetwarzania danych",
    definition=(
        "Liczba kooperantów, którzy w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś) mają "
        "ważną umowę o danych osób i rodzin i ważne upoważnienie każdego koordynatora, tylko "
        "umowę albo nie mają umowy. Pokrycie to udział pierwszych we wszystkich."
    ),
    clause="§ 8 ust. 2 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("kooperant", "kooperantów", "kooperantów"),
    dimension="Umowy i upoważnienia",
    labels={
        "WHOLE": "Umowa i upoważnienia",
        "AGREEMENT": "Tylko umowa",
        "NEITHER": "Bez umowy",
    },
    count=data_protection_coverage,
    tables=(Membership, PartnershipCoordinator, DataProcessingAgreement, ProcessingAuthorisation),
    share=Share.OF_TOTAL,
)


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


REGULATION = Indicator(
    code="REGULATION",
    title="Jednostki według stanu regulaminu Partnerstwa",
    definition=(
        "Liczba jednostek, w których w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś) regulamin "
        "obowiązuje, obowiązuje i jest właśnie zmieniany, został przyjęty, ale jeszcze nie "
        "obowiązuje, albo jest dopiero projektem. Jednostek bez Partnerstwa i z Partnerstwem "
        "rozwiązanym nie wliczamy."
    ),
    clause="tytuł i § 9 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Stan regulaminu",
    labels={
        "IN_FORCE": "Obowiązuje",
        "BEING_CHANGED": "Obowiązuje, trwa zmiana",
        "ADOPTED": "Przyjęty, jeszcze nie obowiązuje",
        "DRAFT": "Tylko projekt",
    },
    count=regulation_standing,
    tables=(Partnership, RegulationVersion),
    levels=(1, 2, 3, 4, 5),
    share=Share.OF_TOTAL,
)


def _begun_on(version: RegulationVersion) -> date:
    """The first day on which anything is known of it."""
    written = timezone.localtime(version.created_at).date()
    return min(day for day in (written, version.voting_from, version.adopted_on) if day)


def _is_open(version: RegulationVersion, day: date) -> bool:
    """Whether it was still written or voted on."""
    closed = version.adopted_on or version.closed_on
    return closed is None or closed > day
