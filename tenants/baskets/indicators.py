"""Indicators of cards of services and of the basket (REG §3, §7)."""

from collections import Counter
from datetime import date

from django.utils.text import capfirst

from kooperacja.indicators import UNITS, About, Indicator, Share, by_median
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.cards import Card
from tenants.baskets.models.dues import DueDay
from tenants.baskets.models.gaps import Gap
from tenants.baskets.models.own_types import OwnType
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.standing import entries_on, members_on
from tenants.baskets.workflow import GapState, ReferralState
from tenants.partnership.models import Membership, Partnership
from tenants.people.models import Organisation
from tenants.services.terms import Group
from tenants.services.types import areas
from tenants.services.vocabulary import known_types

_WITH, _WITHOUT = "WITH", "WITHOUT"
_CONFIRMED, _LATE = "CONFIRMED", "LATE"
_GIVEN, _EMPTY = "GIVEN", "EMPTY"
# The greatest median in days, and its dimension.
_AGES = ((90, "QUARTER"), (180, "HALF"), (365, "YEAR"))
_ANSWERED, _WAITING = "ANSWERED", "WAITING"
_OPEN, _ENDED = "OPEN", (str(GapState.FILLED), str(GapState.DROPPED))
_TABLES = (Service, ServiceEntry, Adoption, Card, Organisation, Membership, Partnership)
_DATED = (*_TABLES, DueDay)
_SERVICE = ("usługa", "usługi", "usług")


def cards_of_members(as_of: date) -> dict[str, int]:
    """Kooperanci of the day by whether they have begun a card of services."""
    begun = Card.objects.filter(begun_on__lte=as_of).values_list("organisation", flat=True)
    members = members_on(as_of)
    having = len(members & set(begun))
    return {_WITH: having, _WITHOUT: len(members) - having}


def services_by_area(as_of: date) -> dict[str, int]:
    """Services in the basket by their statutory area."""
    kinds = (entry.type for entry in entries_on(as_of))
    return dict(Counter(kind.area.code for kind in kinds if kind))


def services_by_group(as_of: date) -> dict[str, int]:
    """Services in the basket by the groups whom they are for; one for several counts in each."""
    return dict(Counter(group for entry in entries_on(as_of) for group in entry.groups))


def types_given(as_of: date) -> dict[str, int]:
    """Types that every unit has by whether the basket has a service of that type."""
    known = {one.code for one in known_types() if not (one.is_own or one.is_ended)}
    given = {entry.type_code for entry in entries_on(as_of)} & known
    return {_GIVEN: len(given), _EMPTY: len(known - given)}


def days_since_confirmed(as_of: date) -> dict[str, int]:
    """One for the median of the days since services of the basket were confirmed."""
    rows = DueDay.objects.filter(from_on__lte=as_of, confirmed_on__isnull=False)
    kept = dict(rows.order_by("from_on", "pk").values_list("service", "confirmed_on"))
    days = [kept.get(one.service_id, one.service.confirmed_on) for one in entries_on(as_of)]
    return by_median([(as_of - day).days for day in days if day and day <= as_of], _AGES, "LONGER")


def services_confirmed(as_of: date) -> dict[str, int]:
    """Services in the basket by whether somebody confirmed them within their cycle."""
    rows = DueDay.objects.filter(from_on__lte=as_of).order_by("from_on", "pk")
    known = dict(rows.values_list("service", "due_on"))
    dated = set(DueDay.objects.values_list("service", flat=True))
    # Of a service without a row nothing changed since such rows are kept.
    due = [
        known.get(one.service_id) if one.service_id in dated else one.service.due_on
        for one in entries_on(as_of)
    ]
    in_time = sum(1 for day in due if day is not None and day >= as_of)
    return {_CONFIRMED: in_time, _LATE: len(due) - in_time}


def gaps_by_end(as_of: date) -> dict[str, int]:
    """Gaps of the basket that the Lider saw to, by what has become of them by the day."""
    rows = Gap.objects.filter(opened_on__lte=as_of)
    ended = rows.filter(closed_on__lte=as_of)
    counts = {state: ended.filter(state=state).count() for state in _ENDED}
    return {_OPEN: rows.count() - sum(counts.values()), **counts}


def referrals_by_answer(as_of: date) -> dict[str, int]:
    """Requests to take somebody in, but for those withdrawn unanswered, by whether they have an answer."""
    asked = Referral.objects.filter(asked_on__lte=as_of)
    answered = asked.filter(answered_on__lte=as_of).count()
    withdrawn = asked.filter(
        state=ReferralState.WITHDRAWN, answered_on=None, closed_on__lte=as_of
    ).count()
    return {_ANSWERED: answered, _WAITING: asked.count() - answered - withdrawn}


CARDS = Indicator(
    order=60,
    code="SERVICE_CARDS",
    title="Kooperanci, którzy mają kartę usług",
    definition="Kooperanci, którzy założyli kartę usług, wśród wszystkich kooperantów w danym dniu.",
    clause="§ 3 ust. 2 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("kooperant", "kooperanci", "kooperantów"),
    dimension="Karta usług",
    labels={_WITH: "ma kartę", _WITHOUT: "nie ma karty"},
    count=cards_of_members,
    tables=(Card, Membership),
    share=Share.OF_TOTAL,
    lead="Kooperanci w każdej gminie i w każdym powiecie, którzy mają albo nie mają karty usług.",
)
SERVICES = Indicator(
    order=61,
    code="SERVICES_BY_AREA",
    title="Usługi w koszykach według dziedziny",
    definition="Usługi, które w danym dniu są w lokalnych koszykach, według dziedziny usług społecznych.",
    clause="§ 3 ust. 1 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=_SERVICE,
    dimension="Dziedzina",
    labels={area.code: area.name for area in areas()},
    count=services_by_area,
    tables=_TABLES,
    levels=(1, 10, 25, 50, 100),
    lead="Usługi w koszyku każdej gminy i każdego powiatu, razem i według dziedziny.",
)
CONFIRMED = Indicator(
    order=62,
    code="SERVICES_CONFIRMED",
    title="Usługi potwierdzone w terminie",
    definition="Usługi w koszykach, których opis ktoś potwierdził w ciągu ich cyklu (najczęściej roku), "
    "wśród wszystkich usług w koszykach w danym dniu.",
    clause="§ 3 ust. 5 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=_SERVICE,
    dimension="Potwierdzenie",
    labels={_CONFIRMED: "potwierdzone w terminie", _LATE: "po terminie"},
    count=services_confirmed,
    tables=_DATED,
    share=Share.OF_TOTAL,
    lead="Usługi w koszyku każdej gminy i każdego powiatu, potwierdzone w terminie albo po nim.",
)
GAPS = Indicator(
    order=63,
    code="BASKET_GAPS",
    title="Braki w koszykach, którymi zajął się Lider",
    definition="Rodzaje pomocy dla grup osób, które Lider oznaczył jako brakujące w koszyku, według "
    "tego, co się z nimi stało do danego dnia.",
    clause="§ 5 ust. 1 lit. h regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("brak", "braki", "braków"),
    dimension="Co się stało",
    labels={_OPEN: "jeszcze brakuje", "FILLED": "jest w koszyku", "DROPPED": "już nie szukamy"},
    count=gaps_by_end,
    tables=(Gap,),
    share=Share.OF_TOTAL,
    lead="Braki w koszyku każdej gminy i każdego powiatu: te, których jeszcze szukamy, i zamknięte.",
)
REFERRALS = Indicator(
    order=64,
    code="SERVICE_REFERRALS",
    title="Zapytania o przyjęcie do usługi",
    definition="Zapytania jednej instytucji do drugiej, czy przyjmie osobę do usługi z koszyka, bez "
    "wycofanych przed odpowiedzią, według tego, czy do danego dnia jest odpowiedź.",
    clause="§ 3 ust. 4 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("zapytanie", "zapytania", "zapytań"),
    dimension="Odpowiedź",
    labels={_ANSWERED: "jest odpowiedź", _WAITING: "czeka na odpowiedź"},
    count=referrals_by_answer,
    tables=(Referral,),
    share=Share.OF_TOTAL,
    lead="Zapytania o przyjęcie do usług w każdej gminie i w każdym powiecie, z odpowiedzią i bez niej.",
)
GROUPS = Indicator(
    order=65,
    code="SERVICES_BY_GROUP",
    title="Usługi w koszykach według grup, dla których są",
    definition="Usługi, które w danym dniu są w lokalnych koszykach, według grup osób. Usługa dla "
    "kilku grup liczy się w każdej z nich, a usługa dla wszystkich osobno.",
    clause="§ 3 ust. 1 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("wskazanie", "wskazania", "wskazań"),
    dimension="Grupa",
    labels={one.value: capfirst(one.label) for one in Group},
    count=services_by_group,
    tables=_TABLES,
    levels=(1, 10, 25, 50, 100),
    lead="Grupy osób, dla których są usługi w koszyku każdej gminy i każdego powiatu.",
)
TYPES = Indicator(
    order=66,
    code="SERVICE_TYPES",
    title="Rodzaje pomocy, które są w koszykach",
    definition="Rodzaje pomocy ze wspólnej listy, według tego, czy w danym dniu jest w lokalnym "
    "koszyku choć jedna usługa tego rodzaju.",
    clause="§ 5 ust. 1 lit. h regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("rodzaj", "rodzaje", "rodzajów"),
    dimension="Koszyk",
    labels={_GIVEN: "jest usługa", _EMPTY: "nie ma usługi"},
    count=types_given,
    tables=(*_TABLES, OwnType),
    levels=(1, 10, 25, 50, 100),
    share=Share.OF_TOTAL,
    lead="Rodzaje pomocy ze wspólnej listy, które ma koszyk każdej gminy i każdego powiatu, i te, "
    "których w nim nie ma.",
)
AGE = Indicator(
    order=67,
    code="SERVICES_AGE",
    title="Jednostki według wieku opisów w koszyku",
    definition="Liczba jednostek według mediany liczby dni od ostatniego potwierdzenia usług, które "
    "w danym dniu są w koszyku. Usług, których nikt nie potwierdził, nie wliczamy.",
    clause="§ 3 ust. 5 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Mediana dni",
    labels={
        "QUARTER": "Do 90 dni",
        "HALF": "Od 91 do 180 dni",
        "YEAR": "Od 181 do 365 dni",
        "LONGER": "Ponad 365 dni",
    },
    count=days_since_confirmed,
    tables=_DATED,
    levels=(1, 2, 3, 4, 5),
    lead="W ilu jednostkach usługi potwierdzono niedawno, a w ilu dawno.",
)
