"""Agreements, their parties, and how long a draft takes to come into force (POR)."""

from collections import Counter
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.timezone import make_aware

from kooperacja.indicators import UNITS, About, Indicator, by_median
from kooperacja.ui.polish import localtime
from tenants.agreements.clauses import Variant
from tenants.agreements.models import Agreement, Party, Refusal, Renaming, Signature
from tenants.agreements.standing import standings, way_of
from tenants.agreements.workflow import AgreementState
from tenants.people.models import Organisation, Sector

_CLAUSE = "§ 1 ust. 1 porozumienia"
_AS_OF = "w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś)"
_STATES: dict[str, str] = {
    AgreementState.DRAFT: "Projekt",
    AgreementState.SIGNING: "Do podpisu",
    AgreementState.IN_FORCE: "Obowiązuje",
    AgreementState.FAILED: "Nie weszło w życie",
    AgreementState.ENDED: "Przestało obowiązywać",
}


def _rows(as_of: date) -> "QuerySet[Agreement]":
    """Agreements that were begun by a day and not discarded by it."""
    end = make_aware(datetime.combine(as_of, time.max))
    begun = Agreement.objects.filter(created_at__lte=end).exclude(discarded_on__lte=as_of)
    return begun.order_by("created_at", "pk")


def _in_force(as_of: date) -> "QuerySet[Agreement]":
    return _rows(as_of).filter(in_force_from__lte=as_of).exclude(ended_on__lte=as_of)


def _state_on(agreement: Agreement, as_of: date) -> str:
    """The state of a day: what came after it had not happened yet."""
    if agreement.ended_on and agreement.ended_on <= as_of:
        return AgreementState.ENDED
    if agreement.in_force_from and agreement.in_force_from <= as_of:
        return AgreementState.IN_FORCE
    if agreement.sent_on is None or agreement.sent_on > as_of:
        return AgreementState.DRAFT
    return AgreementState.FAILED if _failed_by(agreement, as_of) else AgreementState.SIGNING


def _failed_by(agreement: Agreement, as_of: date) -> bool:
    """It fails on the day after the last one for signing."""
    return agreement.state == AgreementState.FAILED and way_of(agreement).is_over(as_of)


def by_state(as_of: date) -> dict[str, int]:
    """Agreements by their state on a day."""
    return dict(Counter(_state_on(agreement, as_of) for agreement in _rows(as_of)))


AGREEMENTS = Indicator(
    order=100,
    code="AGREEMENTS",
    title="Porozumienia według stanu",
    definition=(
        f"Liczba porozumień i ich projektów {_AS_OF}, z podziałem na projekty, porozumienia "
        "przekazane do podpisu, obowiązujące, te, które przestały obowiązywać, i te, które nie weszły "
        "w życie. Odrzuconych projektów nie wliczamy."
    ),
    clause=_CLAUSE,
    about=About.INSTITUTIONS,
    unit=("porozumienie", "porozumienia", "porozumień"),
    dimension="Stan",
    labels=_STATES,
    count=by_state,
    tables=(Agreement,),
    levels=(1, 2, 3, 4, 5),
)


def by_variant_and_state(as_of: date) -> dict[str, int]:
    """Agreements by their variant and their state on a day."""
    return dict(Counter(_cell(one.variant, _state_on(one, as_of)) for one in _rows(as_of)))


def _cell(variant: str, state: str) -> str:
    return f"{variant}_{state}"


AGREEMENT_VARIANTS = Indicator(
    order=101,
    code="AGREEMENT_VARIANT_STATES",
    title="Porozumienia według wariantu i stanu",
    definition=(
        f"Liczba porozumień i ich projektów {_AS_OF}, z podziałem na warianty wzoru, a w każdym "
        "wariancie na stany. Odrzuconych projektów nie wliczamy."
    ),
    clause=_CLAUSE,
    about=About.INSTITUTIONS,
    unit=("porozumienie", "porozumienia", "porozumień"),
    dimension="Wariant i stan",
    labels={
        _cell(variant.value, state): f"Wariant {variant.value}: {said[:1].lower()}{said[1:]}"
        for variant in Variant
        for state, said in _STATES.items()
    },
    count=by_variant_and_state,
    tables=(Agreement,),
    levels=(1, 2, 3, 4, 5),
)

UNKNOWN = "UNKNOWN"


def parties_by_sector(as_of: date) -> dict[str, int]:
    """Parties bound by agreements in force on a day, an institution once, by its sector."""
    found: dict[UUID, str] = {}
    for standing in standings(_in_force(as_of), anew=True).values():
        for party in standing.bound(as_of):
            known = party.organisation
            found[known.pk if known else party.pk] = known.sector if known else UNKNOWN
    return dict(Counter(found.values()))


AGREEMENT_PARTIES = Indicator(
    order=102,
    code="AGREEMENT_PARTIES",
    title="Strony obowiązujących porozumień według sektora",
    definition=(
        f"Liczba instytucji, które wiąże porozumienie obowiązujące {_AS_OF}, z podziałem na "
        "sektory. Instytucję, która jest Stroną kilku porozumień, liczymy raz. Strony spoza rejestru "
        "instytucji nie mają sektora."
    ),
    clause=_CLAUSE,
    about=About.INSTITUTIONS,
    unit=("instytucja", "instytucje", "instytucji"),
    dimension="Sektor",
    labels={
        **{sector.value: capfirst(sector.label) for sector in Sector},
        UNKNOWN: "Spoza rejestru",
    },
    count=parties_by_sector,
    tables=(Agreement, Party, Signature, Refusal, Renaming, Organisation),
    levels=(1, 5, 10, 20, 40),
)

# The greatest median in days, and its dimension.
_TIMES = ((30, "MONTH"), (90, "QUARTER"))


def days_to_force(as_of: date) -> dict[str, int]:
    """One for the median of the days from a draft to its force."""
    days = [
        max(0, (agreement.in_force_from - localtime(agreement.created_at).date()).days)
        for agreement in _in_force(as_of)
        if agreement.in_force_from
    ]
    return by_median(days, _TIMES, "LONGER")


AGREEMENT_TIME = Indicator(
    order=103,
    code="AGREEMENT_TIME",
    title="Jednostki według czasu od projektu porozumienia do wejścia w życie",
    definition=(
        "Liczba jednostek według mediany liczby dni od rozpoczęcia projektu porozumienia do dnia, "
        f"od którego obowiązuje, dla porozumień obowiązujących {_AS_OF}. Jednostek bez "
        "obowiązującego porozumienia nie wliczamy."
    ),
    clause=_CLAUSE,
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Mediana dni",
    labels={"MONTH": "Do 30 dni", "QUARTER": "Od 31 do 90 dni", "LONGER": "Ponad 90 dni"},
    count=days_to_force,
    tables=(Agreement,),
    levels=(1, 2, 3, 4, 5),
)
