"""Delegates asked for and named, how long that takes, and sittings of the county team (POR-C §2)."""

from collections import Counter
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils.timezone import make_aware

from kooperacja.indicators import UNITS, About, Indicator, Share, by_median
from powiat.pzk.models import AskedDelegation
from powiat.pzk.workflow import CLAUSE
from tenants.meetings.models.meetings import Meeting
from tenants.teams.kinds import COUNTY
from tenants.teams.models import Team

_AS_OF = "do ostatniego dnia miesiąca (w bieżącym miesiącu: do dziś)"
NAMED, REFUSED, NOBODY, WAITING = "NAMED", "REFUSED", "NOBODY", "WAITING"


def _rows(as_of: date) -> "QuerySet[AskedDelegation]":
    return AskedDelegation.objects.filter(asked_on__lte=as_of).order_by("asked_on", "pk")


def asked_by_answer(as_of: date) -> dict[str, int]:
    """Requests that came until a day, by what had become of them."""
    return dict(Counter(_answer_on(asked, as_of) for asked in _rows(as_of)))


def _answer_on(asked: AskedDelegation, as_of: date) -> str:
    if asked.answered_on and asked.answered_on <= as_of:
        return NAMED if asked.full_name else REFUSED
    return NOBODY if asked.became_on and asked.became_on <= as_of else WAITING


DELEGATES_ASKED = Indicator(
    order=104,
    code="DELEGATES_ASKED",
    title="Prośby gmin o delegatów do GGK",
    definition=(
        f"Liczba próśb o delegata do Gminnej Grupy Kooperacji, które przyszły do powiatu {_AS_OF}, "
        "według tego, czy do tego dnia instytucja wskazała delegata, odmówiła (także dlatego, że "
        "prośba nie była do niej), nie odpowiedziała przed wycofaniem albo terminem, czy prośba "
        "jeszcze czeka."
    ),
    clause=CLAUSE,
    about=About.INSTITUTIONS,
    unit=("prośba", "prośby", "próśb"),
    dimension="Odpowiedź",
    labels={
        NAMED: "Wskazano delegata",
        REFUSED: "Odmowa",
        NOBODY: "Bez odpowiedzi",
        WAITING: "Czeka",
    },
    count=asked_by_answer,
    tables=(AskedDelegation,),
    levels=(1, 5, 10, 20, 40),
    share=Share.OF_TOTAL,
)

# The greatest median in days, and its dimension.
_TIMES = ((7, "WEEK"), (14, "FORTNIGHT"))


def days_to_answer(as_of: date) -> dict[str, int]:
    """One for the median of the days from a request to the naming of a delegate."""
    days = [
        (asked.answered_on - asked.asked_on).days
        for asked in _rows(as_of).exclude(full_name="")
        if asked.answered_on and asked.answered_on <= as_of
    ]
    return by_median(days, _TIMES, "LONGER")


DELEGATE_TIME = Indicator(
    order=105,
    code="DELEGATE_TIME",
    title="Powiaty według czasu do wskazania delegata",
    definition=(
        "Liczba powiatów według mediany liczby dni od prośby gminy do wskazania delegata, dla "
        f"delegatów wskazanych {_AS_OF}. Powiatów, w których nikogo nie wskazano, nie wliczamy."
    ),
    clause=CLAUSE,
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Mediana czasu",
    labels={"WEEK": "Do 7 dni", "FORTNIGHT": "Do 14 dni", "LONGER": "Ponad 14 dni"},
    count=days_to_answer,
    tables=(AskedDelegation,),
    levels=(1, 2, 3, 4, 5),
)


def sittings_of_quarter(as_of: date) -> dict[str, int]:
    """Sittings of county teams in the calendar quarter of a day, until it."""
    first = date(as_of.year, as_of.month - (as_of.month - 1) % 3, 1)
    held = Meeting.objects.took_place().filter(
        team__kind=COUNTY,
        starts_at__gte=make_aware(datetime.combine(first, time.min)),
        starts_at__lte=make_aware(datetime.combine(as_of, time.max)),
    )
    count = held.count()
    return {"HELD": count} if count else {}


COUNTY_SITTINGS = Indicator(
    order=106,
    code="COUNTY_SITTINGS",
    title="Posiedzenia Powiatowego Zespołu Kooperacji w kwartale",
    definition=(
        "Liczba posiedzeń Powiatowego Zespołu Kooperacji, które odbyły się od początku kwartału "
        f"kalendarzowego, do którego należy miesiąc, {_AS_OF}. Porozumienie wymaga co najmniej "
        "jednego w kwartale."
    ),
    clause="§ 2 ust. 2 porozumienia",
    about=About.INSTITUTIONS,
    unit=("posiedzenie", "posiedzenia", "posiedzeń"),
    dimension="Posiedzenia",
    labels={"HELD": "Odbyte"},
    count=sittings_of_quarter,
    tables=(Meeting, Team),
    levels=(1, 2, 3, 4, 5),
)
