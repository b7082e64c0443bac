"""Agreements and authorisations as an indicator."""

from datetime import date

from kooperacja.indicators import About, Indicator, Share
from tenants.data_protection.gate import agreed_on
from tenants.data_protection.models import DataProcessingAgreement, ProcessingAuthorisation
from tenants.data_protection.rules import FAMILIES
from tenants.partnership.models import Membership, PartnershipCoordinator


def data_protection_coverage(as_of: date) -> dict[str, int]:
    """Kooperanci by what lets their coordinators see data of families on a day (REG §8.2)."""
    agreed = agreed_on(as_of)
    authorisations = ProcessingAuthorisation.objects.on(as_of).filter(scope=FAMILIES)
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
    order=60,
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
