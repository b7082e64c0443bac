"""Offers of the partnership."""

from kooperacja.audit.about import ToldByData
from kooperacja.documents.actions import OFFICE_TEMPLATE
from kooperacja.documents.perms import KeptFile, by_reader
from kooperacja.guard.checking import Public
from kooperacja.offers import (
    DemoHistory,
    ExitPart,
    Fate,
    Impersonal,
    Offer,
    PersonalData,
    TenantOpened,
    Verbs,
)
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from kooperacja.ui.page_parts import PagePart
from tenants.partnership import (
    clashes,
    consequences,
    demo,
    found,
    guarding,
    indicators,
    institutions,
    papers,
    parts,
    perms,
    today,
)
from tenants.partnership.actions.documentation import documentation_taken
from tenants.partnership.actions.partnership import on_tenant_opened
from tenants.partnership.actions.register import register_taken
from tenants.partnership.exit import write_register
from tenants.partnership.models import (
    AccessibilityStatement,
    DesignatedWorker,
    Engagement,
    Membership,
    Partnership,
    PartnershipCoordinator,
)
from tenants.people import perms as people_perms
from tenants.people.calendar import DaySource
from tenants.people.models import Organisation, Person
from tenants.people.references import Called, MergeClash
from tenants.people.today import FirstStep, TodaySource

OFFERS: tuple[Offer, ...] = (
    Public(guarding.known),
    Verbs(
        {
            "PARTNERSHIP_FOUNDED": "założono kartotekę Partnerstwa (otwarcie jednostki)",
            "PARTNERSHIP_BEGUN": "Partnerstwo rozpoczęło działanie",
            "PARTNERSHIP_EDITED": "zmieniono dane Partnerstwa",
            "ACCESSIBILITY_EDITED": "zmieniono deklarację dostępności",
            "POST_ADDED": "wpisano funkcję w instytucji",
            "POST_ENDED": "zakończono funkcję w instytucji",
            "COORDINATOR_ADDED": "oddelegowano koordynatora Partnerstwa",
            "COORDINATOR_ENDED": "zakończono działanie koordynatora Partnerstwa",
            "WORKER_DESIGNATED": "wskazano pracownika do ZZK",
            "WORKER_ENDED": "zakończono wskazanie pracownika do ZZK",
            "READER_LET_IN": "wpuszczono pracownika do koszyka",
            "READER_ENDED": "zakończono dostęp pracownika do koszyka",
            "ENGAGEMENT_SET": "określono stopień zaangażowania",
            "FLAGS_SET": "określono cechy instytucji",
            "REGISTER_EXPORTED": "pobrano rejestr członków",
            "DOCUMENTATION_EXPORTED": "pobrano dokumentację",
            "MEMBERSHIP_CONSEQUENCE": "zakończono razem z członkostwem",
            "ACCESS_CLOSED": "zamknięto dostęp po zakończonej roli",
            "PARTNERSHIP_DISSOLVED": "rozwiązano Partnerstwo",
        }
    ),
    TenantOpened(on_tenant_opened),
    institutions.OF_MEMBER,
    Called(Membership, "organisation", "członkostwo", "członkostwa", "członkostw"),
    Called(PartnershipCoordinator, "person", "koordynowanie", "koordynowania", "koordynowań"),
    Called(DesignatedWorker, "person", "wskazanie do ZZK", "wskazania do ZZK", "wskazań do ZZK"),
    Called(
        DesignatedWorker,
        "indicated_by",
        "wskazany pracownik",
        "wskazani pracownicy",
        "wskazanych pracowników",
    ),
    MergeClash(Organisation, clashes.of_organisations, ("membership_one_open",)),
    MergeClash(Person, clashes.of_people, ("coordinator_once", "designated_once")),
    ExitPart("rejestr", "rejestr kooperantów", write_register),
    TodaySource(today.unnamed_office, order=10, has_days=False),
    TodaySource(today.missing_coordinators, order=60, has_days=False),
    DaySource(today.ending_memberships, order=20),
    FirstStep(
        "Uzupełnij pełną nazwę i dane ośrodka",
        today.office_was_named,
        "partnership:office_edit",
        "Uzupełnij dane",
        perms.edit_partnership,
        today.NAME_STANDS,
        today.OFFICE_NAME,
        order=10,
    ),
    FirstStep(
        "Wpisz pierwsze instytucje",
        today.institution_was_entered,
        "partnership:organisation_new",
        "Wpisz instytucję",
        people_perms.keep_organisations,
        order=50,
    ),
    papers.REGISTER,
    ToldByData("REGISTER_EXPORTED", register_taken),
    papers.DOCUMENTATION,
    DemoHistory(demo.write, order=95),  # the papers come with the histories of the others
    ToldByData("DOCUMENTATION_EXPORTED", documentation_taken),
    KeptFile(OFFICE_TEMPLATE, by_reader(perms.replace_word_forms)),
    consequences.INDICATED,
    consequences.SEATS,
    consequences.DESIGNATED,
    consequences.LEVELS,
    consequences.FLAGS,
    consequences.ACCESS,
    indicators.KOOPERANCI_BY_SECTOR,
    indicators.JOINED_BY_SECTOR,
    indicators.KOOPERANCI_WITH_COORDINATOR,
    indicators.KEY_SECTORS,
    indicators.ESTABLISHED,
    indicators.DISSOLVED,
    indicators.FIRST_JOINED,
    indicators.LAST_LEFT,
    indicators.LEAD_NAME,
    indicators.LEAD_PHONE,
    indicators.LEAD_EMAIL,
    PersonalData(
        Partnership,
        ("contact_email", "contact_phone"),
        Fate.RECORD,
        "the Lider's public address (REG §1.3.b)",
    ),
    PersonalData(
        Partnership,
        ("dpo_name", "dpo_email", "dpo_phone"),
        Fate.RECORD,
        "whom to ask about personal data, as GDPR art. 13(1)(b) demands",
    ),
    PersonalData(
        AccessibilityStatement,
        ("contact_name", "contact_email", "contact_phone"),
        Fate.RECORD,
        "whom to ask about accessibility, as the act of 4 April 2019 demands",
    ),
    PersonalData(DesignatedWorker, ("position",), Fate.RECORD, "who works in ZZK (REG §4.3)"),
    Impersonal(
        AccessibilityStatement, ("entity_name", "entity_address", "known_issues", "architecture")
    ),
    Impersonal(Engagement, ("reason",)),
    Impersonal(
        Partnership,
        (
            *("area", "area_locative", "area_genitive"),
            *("lead_name", "lead_locative", "lead_genitive", "lead_address", "papers_kept"),
        ),
    ),
    Searchable(
        "Instytucje",
        found.institutions,
        perms.see_organisations,
        listed="partnership:organisations",
        order=10,
    ),
    Searchable("Ludzie w instytucjach", found.people, perms.see_organisations, order=20),
    NavEntry(
        "TENANT",
        "partnership:members",
        "Członkowie",
        perms.see_members,
        also=("partnership:roster", "documents:prepared"),
        group="PARTNERSHIP",
        order=20,
    ),
    NavEntry(
        "TENANT",
        "partnership:organisations",
        "Instytucje",
        perms.see_organisations,
        also=(
            "partnership:coordinator_end",
            "partnership:post_end",
            "partnership:reader_end",
            "partnership:readers_all",
            "partnership:worker_end",
            "people:organisation_merge",
            "people:organisation_merge_with",
            "people:organisation_part",
            "people:organisation_strike",
            "people:people",
            "people:person",
            "people:person_edit",
            "people:person_merge",
            "people:person_merge_with",
            "people:person_part",
            "people:person_strike",
        ),
        group="PARTNERSHIP",
        order=40,
    ),
    NavEntry(
        "TENANT",
        "partnership:documentation",
        "Dokumentacja",
        perms.see_documentation,
        group="MEETINGS",
        order=68,
    ),
    NavEntry(
        "TENANT",
        "partnership:word_templates",
        "Dane i szablony",
        perms.replace_word_forms,
        also=("partnership:office_edit", "partnership:accessibility_edit"),
        group="OFFICE",
        order=72,
    ),
    NavEntry(
        "TENANT",
        "partnership:own_institutions",
        "Moja instytucja",
        perms.see_own_institutions,
        order=75,
    ),
    PagePart("home", "short", "partnership/_home_short.html", parts.in_short, order=10),
)
