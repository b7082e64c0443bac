"""Rules of the official division of the country (TERYT), and of units that may be tenants."""

from dataclasses import dataclass

from django.db.models import TextChoices

from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import Problem

FIRST_CITY_COUNTY = 61  # numbers of powiaty: 01–60 powiat, 61–99 a city with county rights


@dataclass(frozen=True, slots=True)
class Voivodeship:
    """A voivodeship with its powiaty, the same since 2013, and its gminas as of 2025."""

    name: str
    counties: int
    municipalities: int


VOIVODESHIPS = {
    "02": Voivodeship("dolnośląskie", 30, 169),
    "04": Voivodeship("kujawsko-pomorskie", 23, 144),
    "06": Voivodeship("lubelskie", 24, 213),
    "08": Voivodeship("lubuskie", 14, 82),
    "10": Voivodeship("łódzkie", 24, 177),
    "12": Voivodeship("małopolskie", 22, 183),
    "14": Voivodeship("mazowieckie", 42, 314),
    "16": Voivodeship("opolskie", 12, 71),
    "18": Voivodeship("podkarpackie", 25, 160),
    "20": Voivodeship("podlaskie", 17, 119),
    "22": Voivodeship("pomorskie", 20, 123),
    "24": Voivodeship("śląskie", 36, 167),
    "26": Voivodeship("świętokrzyskie", 14, 102),
    "28": Voivodeship("warmińsko-mazurskie", 21, 116),
    "30": Voivodeship("wielkopolskie", 35, 226),
    "32": Voivodeship("zachodniopomorskie", 21, 113),
}

# What RODZ says of a unit that governs itself, and of a part of one, which does not.
MUNICIPAL_RODZ = {"1": "gmina miejska", "2": "gmina wiejska", "3": "gmina miejsko-wiejska"}
CITY = "miasto na prawach powiatu"
PARTIAL_RODZ = {
    "4": "miasto w gminie miejsko-wiejskiej",
    "5": "obszar wiejski w gminie miejsko-wiejskiej",
    "8": "dzielnica Warszawy",
    "9": "delegatura miasta",
}


class UnitLevel(TextChoices):
    """Levels of the division of the country."""

    VOIVODESHIP = "VOIVODESHIP", "województwo"
    COUNTY = "COUNTY", "powiat"
    CITY_COUNTY = "CITY_COUNTY", CITY
    MUNICIPALITY = "MUNICIPALITY", "gmina"


def kind_of(level: str, rodz: str) -> str:
    """gmina wiejska, powiat …"""
    return MUNICIPAL_RODZ[rodz] if level == UnitLevel.MUNICIPALITY else UnitLevel(level).label


class TenantKind(TextChoices):
    """The kind of a tenant: it decides its pages and teams."""

    GMINA = "GMINA", "gmina"
    POWIAT = "POWIAT", "powiat"
    CITY = "CITY", CITY


class Impossible(Problem):
    """A wish that cannot be granted; its text is a Polish sentence for the person who wished."""


def titled(kind: str, name: str) -> str:
    """A unit's name with its kind, since names repeat."""
    return f"{name}, {kind}" if kind == CITY else f"{kind} {name}"


def is_city_county(code: str) -> bool:
    """The code is of a city with county rights, or of the gmina that is that city."""
    return len(code) >= 4 and int(code[2:4]) >= FIRST_CITY_COUNTY


def tenant_code(typed: str, *, region: str) -> str:
    """The code of the unit that was meant: 4 digits, 6, or 7 with RODZ; refuses what is none.

    Only the form and the place are judged here; whether the unit exists, the register knows.
    """
    code = "".join(typed.split())
    if not (code.isascii() and code.isdigit()) or len(code) not in (4, 6, 7):
        raise Impossible(
            f"{quoted(typed[:20])} nie jest kodem TERYT: powiat ma 4 cyfry, a gmina 6 (lub 7 z rodzajem)."
        )
    if code[:2] != region:
        raise Impossible(f"Jednostka {code} nie należy do tego województwa (kod {region}).")
    if len(code) == 7:
        code, rodz = code[:6], code[6]
        if rodz in PARTIAL_RODZ:
            raise Impossible(
                f"{code}{rodz} to {PARTIAL_RODZ[rodz]} (RODZ {rodz}), czyli część jednostki. "
                "Otworzyć można gminę (RODZ 1, 2 lub 3) albo powiat."
            )
        if rodz not in MUNICIPAL_RODZ:
            raise Impossible(f"Nie ma rodzaju jednostki {rodz}: gmina ma RODZ 1, 2 albo 3.")
    if len(code) == 4 and is_city_county(code):
        raise Impossible(
            f"{code} to miasto na prawach powiatu: jest jednym najemcą jako gmina, "
            f"podaj kod {code}01."
        )
    return code


def tenant_kind(code: str) -> TenantKind:
    """The kind of the tenant that a unit of this code may be."""
    if len(code) == 4:
        return TenantKind.POWIAT
    return TenantKind.CITY if is_city_county(code) else TenantKind.GMINA
