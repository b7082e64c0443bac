"""Offers of data protection."""

from kooperacja.audit.about import Told
from kooperacja.documents.perms import KeptFile, by_row
from kooperacja.guard.checking import OfficeRule
from kooperacja.guard.kinds import PASSED
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from tenants.data_protection import (
    consequences,
    found,
    indicators,
    leavers,
    papers,
    perms,
    today,
    told,
)
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataRulesAcknowledgement,
    GuardRule,
    ProcessingAuthorisation,
)
from tenants.people.leavers import OwnPapers
from tenants.people.references import Called, Doubled
from tenants.people.today import FirstStep, TodaySource

OFFERS: tuple[Offer, ...] = (
    OfficeRule(lambda: GuardRule.objects.newest().chosen),
    OwnPapers("Ochrona danych", leavers.of_data, order=40),
    Verbs(
        {
            "GUARD_SET": "zmieniono kontrolę danych osobowych w tekstach",
            PASSED: "wysłano tekst mimo ostrzeżenia o danych osobowych",
            "AGREEMENT_DRAFTED": "przygotowano projekt umowy powierzenia",
            "AGREEMENT_ENTERED": "wpisano umowę o przetwarzaniu danych",
            "AGREEMENT_ENDED": "zakończono umowę o przetwarzaniu danych",
            "AUTHORISATION_GRANTED": "nadano upoważnienie do przetwarzania danych",
            "AUTHORISATION_ENDED": "zakończono upoważnienie do przetwarzania danych",
            "CONFIDENTIALITY_STATED": "złożono oświadczenie o poufności",
            "DATA_RULES_READ": "zapoznano się z załącznikiem nr 3",
        }
    ),
    TodaySource(today.agreements, order=70),
    TodaySource(today.authorisations, order=71),
    TodaySource(today.annex, order=72, has_days=False),
    FirstStep(
        "Zawrzyj z instytucją umowę o danych",
        today.agreement_was_concluded,
        "data_protection:agreements",
        "Otwórz umowy",
        perms.keep_data_registers,
        order=70,
    ),
    papers.AUTHORISATION,
    papers.AGREEMENT_DRAFT,
    papers.DATA_RULES,
    Told(ProcessingAuthorisation, told.authorisations),
    KeptFile(
        papers.SIGNED_AGREEMENT,
        by_row(DataProcessingAgreement.objects, perms.see_agreement),
        "Podpisana umowa powierzenia",
    ),
    KeptFile(
        papers.SIGNED_AUTHORISATION,
        by_row(ProcessingAuthorisation.objects, perms.see_data_of_person),
        "Podpisane upoważnienie",
    ),
    KeptFile(
        papers.SIGNED_STATEMENT,
        by_row(ConfidentialityStatement.objects, perms.see_data_of_person),
        "Podpisane oświadczenie o poufności",
    ),
    consequences.AUTHORISATIONS,
    consequences.AGREEMENTS,
    indicators.DATA_PROTECTION,
    Called(
        DataProcessingAgreement,
        "organisation",
        "umowa o przetwarzaniu danych",
        "umowy o przetwarzaniu danych",
        "umów o przetwarzaniu danych",
    ),
    *(
        Called(model, column, *words)
        for model, words in (
            (ProcessingAuthorisation, ("upoważnienie", "upoważnienia", "upoważnień")),
            (
                ConfidentialityStatement,
                (
                    "oświadczenie o poufności",
                    "oświadczenia o poufności",
                    "oświadczeń o poufności",
                ),
            ),
        )
        for column in ("person", "organisation")
    ),
    Called(
        DataRulesAcknowledgement,
        "person",
        "zapoznanie z załącznikiem nr 3",
        "zapoznania z załącznikiem nr 3",
        "zapoznań z załącznikiem nr 3",
    ),
    # A second statement of the same person is no less true; nobody has to make it again.
    Doubled("confidentiality_once"),
    PersonalData(
        ProcessingAuthorisation,
        ("position", "purpose", "granted_by_name", "end_reason"),
        Fate.RECORD,
        "the register of authorisations (REG §8.2)",
    ),
    PersonalData(
        ConfidentialityStatement, ("recorded_by_name",), Fate.RECORD, "a statement (REG §8.1)"
    ),
    PersonalData(
        DataRulesAcknowledgement, ("recorded_by_name",), Fate.RECORD, "that annex 3 was read"
    ),
    Impersonal(
        DataProcessingAgreement,
        ("case_mark", "purpose", "legal_basis", "data_kinds", "person_categories", "end_reason"),
    ),
    PersonalData(GuardRule, ("set_by",), Fate.RECORD, "who set how strict the office is"),
    Impersonal(DataRulesAcknowledgement, ("text_sha256",)),
    Searchable("Upoważnienia i oświadczenia", found.of_people, perms.see_data_protection, order=70),
    NavEntry(
        "TENANT",
        "data_protection:data_protection",
        "Ochrona danych",
        perms.see_data_protection,
        group="OFFICE",
        order=80,
    ),
    NavEntry(
        "TENANT",
        "data_protection:own_data_protection",
        "Ochrona danych",
        perms.see_own_data_protection_alone,
        also=("data_protection:data_rules", "data_protection:authorisation"),
        order=80,
    ),
)
