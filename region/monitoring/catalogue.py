"""The catalogue of indicators: what the region may know of a tenant, in numbers alone."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from django.utils.module_loading import import_string

from region.monitoring.rules import TOTAL

Source = Callable[[date], Mapping[str, int]]


UNITS = ("jednostka", "jednostki", "jednostek")


class Share(Enum):
    """Of what a dimension's count is a share."""

    NONE = "a count and no share"
    OF_TOTAL = "of the sum of all dimensions"
    OF_UNITS = "of the units that published; each counts once or not at all"


@dataclass(frozen=True, eq=False)  # each stands in the catalogue once
class Indicator:
    """One number a tenant publishes each month, divided by one dimension.

    A value is a count. A share is published as two counts, so that the region can add them.
    """

    code: str
    title: str
    definition: str
    clause: str
    unit: tuple[str, str, str]  # forms after 1, 2 and 5
    dimension: str
    labels: Mapping[str, str]
    # Path of a function of the tenant app's indicators.py: (as of a day) -> dimension -> count.
    source: str
    # Fixed lower bounds of the map's shades, so that one tenant's change repaints no other.
    levels: tuple[int, ...] = (1, 5, 10, 15, 20)
    share: Share = Share.NONE
    is_sensitive: bool = field(default=False)

    @property
    def counts_units(self) -> bool:
        """Whether a tenant's own value is one or none."""
        return self.unit is UNITS

    def label(self, dimension: str) -> str:
        return "Razem" if dimension == TOTAL else self.labels[dimension]

    def compute(self, as_of: date) -> dict[str, int]:
        """The counts in the tenant one is in: every dimension, zeros too, and the total."""
        source: Source = import_string(self.source)
        counts = source(as_of)
        if unknown := set(counts) - set(self.labels):
            raise ValueError(f"{self.code}: no such dimension: {sorted(unknown)}")
        return {
            **{dimension: counts.get(dimension, 0) for dimension in self.labels},
            TOTAL: sum(counts.values()),
        }


SECTORS = {
    "SOCIAL": "Pomoc społeczna",
    "EDUCATION": "Edukacja",
    "HEALTH": "Zdrowie",
    "SAFETY": "Policja i bezpieczeństwo",
    "JUSTICE": "Wymiar sprawiedliwości",
    "LABOUR": "Rynek pracy",
    "CULTURE": "Kultura i sport",
    "HOUSING": "Mieszkalnictwo",
    "NGO": "Organizacje pozarządowe",
    "CHURCH": "Kościoły",
    "LOCAL_GOVERNMENT": "Jednostki samorządu",
    "OTHER": "Inne",
}

KOOPERANCI_BY_SECTOR = Indicator(
    code="KOOPERANCI_BY_SECTOR",
    title="Kooperanci według sektora",
    definition=(
        "Liczba instytucji przyjętych do Partnerstwa i nadal w nim uczestniczących w ostatnim "
        "dniu miesiąca (w bieżącym miesiącu: dziś). Lider nie jest wliczany."
    ),
    clause="§ 1 ust. 3 lit. a i ust. 5 regulaminu PZK",
    unit=("kooperant", "kooperantów", "kooperantów"),
    dimension="Sektor",
    labels=SECTORS,
    source="tenants.partnership.indicators.members_by_sector",
)

KOOPERANCI_WITH_COORDINATOR = Indicator(
    code="KOOPERANCI_WITH_COORDINATOR",
    title="Kooperanci z koordynatorem Partnerstwa",
    definition=(
        "Licznik: kooperanci, którzy w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś) mają "
        "koordynatora Partnerstwa. Mianownik: wszyscy kooperanci tego dnia (razem)."
    ),
    clause="§ 1 ust. 3 lit. a regulaminu PZK",
    unit=("kooperant", "kooperantów", "kooperantów"),
    dimension="Koordynator",
    labels={"WITH": "Z koordynatorem", "WITHOUT": "Bez koordynatora"},
    source="tenants.partnership.indicators.members_with_coordinator",
    share=Share.OF_TOTAL,
)

KEY_SECTORS = Indicator(
    code="KEY_SECTORS",
    title="Jednostki z kooperantem z kluczowego sektora",
    definition=(
        "Dla każdego z sześciu sektorów: 1, jeśli w ostatnim dniu miesiąca (w bieżącym miesiącu: "
        "dziś) Partnerstwo ma kooperanta z tego sektora. Mianownik: liczba działających jednostek. "
        "Razem: ile kluczowych sektorów jest w Partnerstwie."
    ),
    clause="§ 1 ust. 4 i § 5 ust. 1 lit. d regulaminu PZK",
    unit=UNITS,
    dimension="Sektor",
    labels={
        code: SECTORS[code]
        for code in ("SAFETY", "EDUCATION", "HEALTH", "JUSTICE", "LABOUR", "NGO")
    },
    source="tenants.partnership.indicators.key_sectors_present",
    levels=(1, 2, 3, 4, 6),
    share=Share.OF_UNITS,
)

JOINED_BY_SECTOR = Indicator(
    code="JOINED_BY_SECTOR",
    title="Przystąpienia do Partnerstwa według sektora",
    definition=(
        "Liczba instytucji przyjętych do Partnerstwa w danym miesiącu (w bieżącym miesiącu: do "
        "dziś). Instytucja, która wróciła po rezygnacji, liczy się ponownie."
    ),
    clause="§ 1 ust. 5 regulaminu PZK",
    unit=("przystąpienie", "przystąpienia", "przystąpień"),
    dimension="Sektor",
    labels=SECTORS,
    source="tenants.partnership.indicators.joined_by_sector",
    levels=(1, 2, 3, 5, 8),
)

RESIGNED_BY_SECTOR = Indicator(
    code="RESIGNED_BY_SECTOR",
    title="Rezygnacje z Partnerstwa według sektora",
    definition=(
        "Liczba instytucji, których rezygnacja wywołała skutek w danym miesiącu (w bieżącym "
        "miesiącu: do dziś)."
    ),
    clause="§ 1 ust. 6 regulaminu PZK",
    unit=("rezygnacja", "rezygnacje", "rezygnacji"),
    dimension="Sektor",
    labels=SECTORS,
    source="tenants.partnership.indicators.resigned_by_sector",
    levels=(1, 2, 3, 5, 8),
)

DATA_PROTECTION = Indicator(
    code="DATA_PROTECTION",
    title="Kooperanci według umów i upoważnień do przetwarzania danych",
    definition=(
        "Liczba kooperantów, którzy w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś) mają "
        "ważną umowę o danych osób i rodzin i ważne upoważnienie każdego koordynatora, tylko "
        "umowę albo nie mają umowy. Pokrycie to udział pierwszych we wszystkich."
    ),
    clause="§ 8 ust. 2 regulaminu PZK",
    unit=("kooperant", "kooperantów", "kooperantów"),
    dimension="Umowy i upoważnienia",
    labels={
        "WHOLE": "Umowa i upoważnienia",
        "AGREEMENT": "Tylko umowa",
        "NEITHER": "Bez umowy",
    },
    source="tenants.partnership.indicators.data_protection_coverage",
    share=Share.OF_TOTAL,
)

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
    unit=UNITS,
    dimension="Stan regulaminu",
    labels={
        "IN_FORCE": "Obowiązuje",
        "BEING_CHANGED": "Obowiązuje, trwa zmiana",
        "ADOPTED": "Przyjęty, jeszcze nie obowiązuje",
        "DRAFT": "Tylko projekt",
    },
    source="tenants.partnership.indicators.regulation_standing",
    levels=(1, 2, 3, 4, 5),
    share=Share.OF_TOTAL,
)

INDICATORS: tuple[Indicator, ...] = (
    KOOPERANCI_BY_SECTOR,
    JOINED_BY_SECTOR,
    RESIGNED_BY_SECTOR,
    KOOPERANCI_WITH_COORDINATOR,
    KEY_SECTORS,
    DATA_PROTECTION,
    REGULATION,
)


def by_code() -> dict[str, Indicator]:
    return {indicator.code: indicator for indicator in INDICATORS}


def digest() -> str:
    """Changes when an indicator or a dimension comes or goes: then all is computed anew."""
    shape = repr([(one.code, tuple(one.labels), one.source) for one in INDICATORS])
    return hashlib.sha256(shape.encode()).hexdigest()[:16]
