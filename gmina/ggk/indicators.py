"""Groups, delegations asked and fulfilled, and how long that takes: institutions alone (POR-C §2.4.2)."""

from collections import Counter
from datetime import date
from uuid import UUID

from gmina.ggk.models import DelegationRequest, DelegationStep, Group
from gmina.ggk.workflow import DelegationState
from kooperacja.indicators import UNITS, About, Indicator, by_median

_AS_OF = "w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś)"
_ASKING = "§ 2 ust. 4 pkt 2 porozumienia"


def groups(as_of: date) -> dict[str, int]:
    """One for a group that there is on a day."""
    count = Group.objects.on(as_of).count()
    return {"GROUP": count} if count else {}


GGK_GROUPS = Indicator(
    order=110,
    code="GGK_GROUPS",
    title="Gminne Grupy Kooperacji",
    definition=f"Liczba Gminnych Grup Kooperacji, które działały {_AS_OF}.",
    clause="§ 3 ust. 1 porozumienia",
    about=About.INSTITUTIONS,
    unit=("grupa", "grupy", "grup"),
    dimension="Grupy",
    labels={"GROUP": "Działa"},
    count=groups,
    tables=(Group,),
    levels=(1, 2, 3, 4, 5),
)

WAITING, FULFILLED, UNFULFILLED = "WAITING", "FULFILLED", "UNFULFILLED"


def delegations(as_of: date) -> dict[str, int]:
    """Requests made by a day, by what had become of them."""
    last: dict[UUID, str] = {}
    steps = DelegationStep.objects.filter(happened_on__lte=as_of, delegation__asked_on__lte=as_of)
    for of, state in steps.order_by("recorded_at", "pk").values_list("delegation", "state"):
        if last.get(of) == FULFILLED:
            continue
        last[of] = _become(state)
    return dict(Counter(last.values()))


def _become(state: str) -> str:
    if state == DelegationState.ASKED:
        return WAITING
    return FULFILLED if state == DelegationState.NAMED else UNFULFILLED


DELEGATIONS = Indicator(
    order=111,
    code="DELEGATIONS",
    title="Prośby o delegowanie do Gminnych Grup Kooperacji",
    definition=(
        "Liczba próśb o delegowanie osoby, które skierowano do instytucji do tego dnia "
        f"({_AS_OF}), z podziałem na te, na które instytucja wskazała osobę, te, które czekają na "
        "odpowiedź, i te, które zakończyły się bez wskazania osoby."
    ),
    clause=_ASKING,
    about=About.INSTITUTIONS,
    unit=("prośba", "prośby", "próśb"),
    dimension="Co się stało",
    labels={
        FULFILLED: "Wskazano osobę",
        WAITING: "Czeka na odpowiedź",
        UNFULFILLED: "Bez wskazania osoby",
    },
    count=delegations,
    tables=(DelegationRequest, DelegationStep),
    levels=(1, 2, 5, 10, 20),
)

# The greatest median in days, and its dimension.
_TIMES = ((7, "WEEK"), (14, "FORTNIGHT"), (30, "MONTH"))


def days_to_answer(as_of: date) -> dict[str, int]:
    """One for the median of the days from a request to the person named for it."""
    named = DelegationRequest.objects.filter(answered_on__lte=as_of).exclude(full_name="")
    days = [
        (answered - asked).days
        for asked, answered in named.order_by("pk").values_list("asked_on", "answered_on")
        if answered
    ]
    return by_median(days, _TIMES, "LONGER")


DELEGATION_TIME = Indicator(
    order=112,
    code="DELEGATION_TIME",
    title="Jednostki według czasu od prośby o delegowanie do wskazania osoby",
    definition=(
        "Liczba jednostek według mediany liczby dni od prośby o delegowanie do dnia, w którym "
        f"instytucja wskazała osobę, dla próśb spełnionych do tego dnia ({_AS_OF}). Jednostek bez "
        "spełnionej prośby nie wliczamy."
    ),
    clause=_ASKING,
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Mediana czasu",
    labels={
        "WEEK": "Do 7 dni",
        "FORTNIGHT": "Do 14 dni",
        "MONTH": "Do 30 dni",
        "LONGER": "Ponad 30 dni",
    },
    count=days_to_answer,
    tables=(DelegationRequest,),
    levels=(1, 2, 3, 4, 5),
)
