"""The state of the regulation as an indicator."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from kooperacja.indicators import UNITS, About, Indicator, KeyDay, Share, earliest
from tenants.partnership.models import Partnership
from tenants.regulation.models import RegulationVersion
from tenants.regulation.workflow import RegulationState


def regulation_standing(as_of: date) -> dict[str, int]:
    """One for the state of the regulation on a day; none without a partnership (REG title, §9)."""
    alive = Q(dissolved_on=None) | Q(dissolved_on__gt=as_of)
    if not Partnership.objects.filter(alive).exists():
        return {}
    versions = RegulationVersion.objects.order_by()
    begun = [version for version in versions if _begun_on(version) <= as_of]
    adopted = [version for version in begun if version.adopted_on and version.adopted_on <= as_of]
    if any(version.in_force_from and version.in_force_from <= as_of for version in adopted):
        is_open = any(_is_open(version, as_of) for version in begun)
        return {"BEING_CHANGED" if is_open else "IN_FORCE": 1}
    if adopted:
        return {"ADOPTED": 1}
    return {"DRAFT": 1} if begun else {}


REGULATION = Indicator(
    order=70,
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
    """It was still written or voted on."""
    closed = version.adopted_on or version.closed_on
    return closed is None or closed > day


# --- Key days --------------------------------------------------------------------------------


REGULATION_ADOPTED = KeyDay(
    order=50,
    code="REGULATION_ADOPTED",
    title="Przyjęcie pierwszego regulaminu",
    definition="Dzień, w którym przyjęto pierwszą wersję regulaminu Partnerstwa.",
    clause="tytuł regulaminu PZK",
    find=lambda as_of: earliest(RegulationVersion.objects, "adopted_on"),
    tables=(RegulationVersion,),
)


VOTE_ENDS = KeyDay(
    order=60,
    code="VOTE_ENDS",
    title="Koniec głosowania nad zmianą regulaminu",
    definition="Ostatni dzień głosowania, którego Lider jeszcze nie zamknął.",
    clause="§ 9 regulaminu PZK",
    find=lambda as_of: earliest(
        RegulationVersion.objects.filter(state=RegulationState.VOTING), "voting_until"
    ),
    tables=(RegulationVersion,),
)
