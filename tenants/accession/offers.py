"""Offers of joining and leaving."""

from kooperacja.documents.perms import KeptFile, by_row
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from kooperacja.ui.page_parts import PagePart
from tenants.accession import (
    clashes,
    found,
    indicators,
    leavers,
    papers,
    parts,
    perms,
    today,
)
from tenants.accession.actions.recruitment import forget_contact
from tenants.accession.models.annexes import DeclarationAnnex
from tenants.accession.models.community import CommunityResource
from tenants.accession.models.declarations import AccessionDeclaration, DeclarationStep
from tenants.accession.models.leavers import ViewWithheld
from tenants.accession.models.recruitment import Recruitment, RecruitmentStep
from tenants.accession.models.resignations import ResignationNotice
from tenants.people.leavers import OwnPapers
from tenants.people.models import Organisation
from tenants.people.perms import HandedIn
from tenants.people.references import Called, MergeClash
from tenants.people.today import FirstStep, TodaySource, WaitsForOthers

OFFERS: tuple[Offer, ...] = (
    OwnPapers("Przystąpienie", leavers.declarations, order=10),
    OwnPapers("Rezygnacja", leavers.resignations, order=20),
    HandedIn(perms.is_handed_in),
    Verbs(
        {
            "DECLARATION_DRAFTED": "rozpoczęto deklarację przystąpienia",
            "SIGNATORY_NAMED": "wskazano osobę podpisującą deklarację",
            "COORDINATOR_NAMED": "wskazano koordynatora Partnerstwa",
            "DECLARATION_FILED": "złożono deklarację przystąpienia",
            "ANNEX_ADDED": "dodano załącznik do deklaracji",
            "ANNEX_REMOVED": "usunięto załącznik deklaracji",
            "DECLARATION_ACCEPTED": "przyjęto instytucję do Partnerstwa",
            "DECLARATION_RETURNED": "zwrócono deklarację do poprawy",
            "DECLARATION_REFUSED": "odmówiono przyjęcia do Partnerstwa",
            "RESOURCE_ADDED": "wpisano zasób społeczności",
            "RESOURCE_EDITED": "zmieniono zasób społeczności",
            "RESOURCE_ENDED": "zakończono zasób społeczności",
            "APPLICANT_INVITED": "zaproszono do wypełnienia deklaracji",
            "APPLICANT_REMINDED": "przypomniano o deklaracji przystąpienia",
            "APPLICANT_WITHDRAWN": "cofnięto zaproszenie do wypełnienia deklaracji",
            "STATEMENTS_MADE": "złożono oświadczenia w deklaracji",
            "RECRUITMENT_ASKED": "instytucja zgłosiła zainteresowanie Partnerstwem",
            "RECRUITMENT_ADDED": "wpisano instytucję do naboru",
            "RECRUITMENT_MOVED": "zapisano krok naboru",
            "RECRUITMENT_LINKED": "powiązano nabór z instytucją",
            "RECRUITMENT_JOINED": "instytucja z naboru przystąpiła do Partnerstwa",
            "RECRUITMENT_FORGOTTEN": "usunięto dane kontaktowe z naboru",
            "VIEW_WITHHELD": "zamknięto wgląd w dokumenty po zakończeniu dostępu",
            "MEMBER_RESIGNED": "złożono rezygnację z Partnerstwa",
        }
    ),
    *(
        Called(
            AccessionDeclaration, column, f"deklaracja{of}", f"deklaracje{of}", f"deklaracji{of}"
        )
        for column, of in (
            ("organisation", ""),
            ("signatory", " z podpisem tej osoby"),
            ("coordinator", " ze wskazaniem tej osoby"),
            ("applicant", " do wypełnienia przez tę osobę"),
            ("decided_by", " z decyzją tej osoby"),
        )
    ),
    Called(ViewWithheld, "person", "zamknięty wgląd", "zamknięte wglądy", "zamkniętych wglądów"),
    Called(Recruitment, "organisation", "wpis naboru", "wpisy naboru", "wpisów naboru"),
    Called(
        ResignationNotice,
        "signatory",
        "podpisana rezygnacja",
        "podpisane rezygnacje",
        "podpisanych rezygnacji",
    ),
    Called(
        ResignationNotice,
        "recorded_by",
        "zapisana rezygnacja",
        "zapisane rezygnacje",
        "zapisanych rezygnacji",
    ),
    MergeClash(Organisation, clashes.of_organisations, ("declaration_one_open",)),
    TodaySource(today.dissolved, order=10, has_days=False),
    TodaySource(today.to_fill_in, order=20, has_days=False),
    TodaySource(today.to_decide, order=30),
    TodaySource(today.unanswered, order=50, has_days=False),
    WaitsForOthers(today.to_be_filed, order=20),
    FirstStep(
        "Przyjmij pierwszą instytucję do Partnerstwa",
        today.institution_was_accepted,
        "accession:declarations",
        "Otwórz deklaracje",
        perms.enter_declarations,
        order=60,
    ),
    papers.ANNOTATED_DECLARATION,
    papers.RESIGNATION,
    KeptFile(
        papers.SIGNED_DECLARATION,
        by_row(DeclarationStep.objects.select_related("declaration"), papers.see_step),
        "Podpisana deklaracja przystąpienia",
    ),
    KeptFile(
        papers.DECLARATION_ANNEX,
        by_row(DeclarationAnnex.objects.kept().select_related("declaration"), perms.see_annex),
        "Załącznik do deklaracji",
    ),
    KeptFile(
        papers.SIGNED_RESIGNATION,
        by_row(ResignationNotice.objects.select_related("membership"), perms.see_resignation),
        "Podpisana rezygnacja",
    ),
    indicators.RESIGNED_BY_SECTOR,
    indicators.DECISION_DUE,
    PersonalData(
        AccessionDeclaration,
        ("signatory_function", "coordinator_position", "reason"),
        Fate.RECORD,
        "the declaration as it was filed and answered (REG §1.5)",
    ),
    PersonalData(
        DeclarationStep, ("actor_name", "reason"), Fate.RECORD, "who took a step (REG §1.5)"
    ),
    PersonalData(
        Recruitment,
        ("contact_name", "contact_email", "contact_phone", "message"),
        Fate.CLEARED,
        "asked for the recruitment alone (REG §1.4)",
        by=forget_contact,
    ),
    PersonalData(RecruitmentStep, ("note", "actor_name"), Fate.RECORD, "the log (REG §1.4)"),
    PersonalData(
        CommunityResource,
        ("name", "contact_name", "contact_email", "contact_phone"),
        Fate.CLEARED,
        "whom to ask for help, while they give it (REG §5.1.e)",
    ),
    PersonalData(
        ResignationNotice,
        ("signatory_function", "reason"),
        Fate.RECORD,
        "the resignation as it was filed (REG §1.6)",
    ),
    PersonalData(
        ViewWithheld,
        ("reason", "withheld_by_name"),
        Fate.RECORD,
        "why somebody who left may not read their own papers, and who said so (REG §8)",
    ),
    Impersonal(AccessionDeclaration, ("case_mark", "signed_place", "annotation")),
    Impersonal(CommunityResource, ("area", "offers")),
    Impersonal(Recruitment, ("institution_name",)),
    Impersonal(ResignationNotice, ("case_mark",)),
    Searchable("Deklaracje", found.declarations, perms.list_declarations, order=40),
    Searchable(
        "Zasoby społeczności",
        found.resources,
        perms.see_resources,
        listed="accession:resources",
        order=50,
    ),
    NavEntry(
        "TENANT",
        "accession:declarations",
        "Deklaracje",
        perms.list_declarations,
        group="JOINING",
        order=30,
    ),
    NavEntry(
        "TENANT",
        "accession:recruitments",
        "Nabór",
        perms.see_recruitment,
        group="JOINING",
        order=35,
    ),
    NavEntry(
        "TENANT",
        "accession:resignations",
        "Rezygnacje",
        perms.list_resignations,
        group="JOINING",
        order=36,
    ),
    NavEntry(
        "TENANT",
        "accession:dissolution",
        "Rozwiązanie",
        perms.see_dissolution,
        group="JOINING",
        order=37,
    ),
    NavEntry(
        "TENANT",
        "accession:resources",
        "Zasoby społeczności lokalnej",
        perms.see_resources,
        group="PARTNERSHIP",
        order=60,
    ),
    PagePart(
        "partnership:organisation_edit",
        "before_form",
        "accession/_edit_returned.html",
        parts.returned,
        order=10,
    ),
    PagePart("people:office", "body", "accession/_office_leavers.html", parts.leavers, order=10),
    PagePart("home", "header", "accession/_home_declare.html", parts.declare, order=10),
    PagePart("home", "body", "accession/_home_office.html", parts.of_office, order=10),
    PagePart("home", "body", "accession/_home_partner.html", parts.of_partner, order=30),
    PagePart("home", "body", "accession/_home_join.html", parts.join, order=50),
    PagePart(
        Organisation.PAGE, "header", "accession/_institution_resign.html", parts.resign, order=10
    ),
    PagePart(
        "partnership:own_institutions", "body", "accession/_own_resign.html", parts.resign, order=10
    ),
    PagePart(
        Organisation.PAGE,
        "membership",
        "accession/_institution_declare.html",
        parts.declare_for,
        order=10,
    ),
    PagePart(
        Organisation.PAGE,
        "body",
        "accession/_institution_declarations.html",
        parts.declarations_of,
        order=10,
    ),
    PagePart(
        Organisation.PAGE,
        "body",
        "accession/_institution_resignations.html",
        parts.resignations_of,
        order=20,
    ),
)
