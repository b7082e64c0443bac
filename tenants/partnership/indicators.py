"""Indicators of membership, each beside the function that counts it (practice-and-law 3.4)."""

from collections import Counter
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.utils.text import capfirst

from kooperacja.indicators import (
    UNITS,
    About,
    Indicator,
    KeyDay,
    OfficeLine,
    Share,
    earliest,
    latest,
)
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.partnership.workflow import PartnershipState
from tenants.people.models import Organisation, Sector

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
    order=10,
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
    order=40,
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
    """Give 1 for each key sector that has a kooperant on that day; the region adds the tenants."""
    present = set(members_by_sector(as_of))
    return {sector.value: int(sector.value in present) for sector in _KEY_SECTORS}


KEY_SECTORS = Indicator(
    order=50,
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
    order=20,
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
    is_flow=True,
    lead="Przystąpienia w każdej gminie i w każdym powiecie, razem i według sektora.",
)


# --- Key days --------------------------------------------------------------------------------


ESTABLISHED = KeyDay(
    order=10,
    code="ESTABLISHED",
    title="Powołanie Partnerstwa",
    definition="Dzień, w którym powołano Partnerstwo.",
    clause="§ 1 ust. 1 regulaminu PZK",
    find=lambda as_of: earliest(Partnership.objects, "established_on"),
    tables=(Partnership,),
)


DISSOLVED = KeyDay(
    order=20,
    code="DISSOLVED",
    title="Rozwiązanie Partnerstwa",
    definition="Dzień, w którym Lider rozwiązał Partnerstwo.",
    clause="§ 1 ust. 7 regulaminu PZK",
    find=lambda as_of: earliest(Partnership.objects, "dissolved_on"),
    tables=(Partnership,),
)


FIRST_JOINED = KeyDay(
    order=30,
    code="FIRST_JOINED",
    title="Przyjęcie pierwszego kooperanta",
    definition="Dzień, w którym Lider przyjął do Partnerstwa pierwszą instytucję.",
    clause="§ 1 ust. 5 regulaminu PZK",
    find=lambda as_of: earliest(Membership.objects, "from_on"),
    tables=(Membership,),
)


LAST_LEFT = KeyDay(
    order=40,
    code="LAST_LEFT",
    title="Ostatnie wystąpienie z Partnerstwa",
    definition="Ostatni dzień, w którym ustało członkostwo któregoś kooperanta.",
    clause="§ 1 ust. 6 regulaminu PZK",
    find=lambda as_of: latest(Membership.objects.filter(ended_on__lte=as_of), "ended_on"),
    tables=(Membership,),
)


# --- The office ------------------------------------------------------------------------------


def _of_lider(column: str) -> str:
    """A line that its office wrote of itself; empty once there is no partnership to lead."""
    working = Partnership.objects.exclude(state=PartnershipState.DISSOLVED).first()
    return str(getattr(working, column)) if working else ""


LEAD_NAME = OfficeLine(
    order=10,
    code="LEAD_NAME",
    title="Lider",
    definition="Pełna nazwa ośrodka, który jest Liderem.",
    clause="§ 1 ust. 3 lit. b regulaminu PZK",
    find=lambda: _of_lider("official_name"),
    tables=(Partnership,),
)


LEAD_PHONE = OfficeLine(
    order=20,
    code="LEAD_PHONE",
    title="Telefon Lidera",
    definition="Telefon ośrodka, który stoi na publicznej stronie Partnerstwa.",
    clause="§ 1 ust. 3 lit. b regulaminu PZK",
    find=lambda: _of_lider("contact_phone"),
    tables=(Partnership,),
)


LEAD_EMAIL = OfficeLine(
    order=30,
    code="LEAD_EMAIL",
    title="Adres e-mail Lidera",
    definition="Adres e-mail ośrodka, który stoi na publicznej stronie Partnerstwa.",
    clause="§ 1 ust. 3 lit. b regulaminu PZK",
    find=lambda: _of_lider("contact_email"),
    tables=(Partnership,),
)
