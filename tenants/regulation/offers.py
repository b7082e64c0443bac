"""Offers of the regulation."""

from kooperacja.documents.perms import KeptFile, by_reader
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData, TenantOpened, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from kooperacja.ui.page_parts import PagePart
from tenants.partnership.actions.partnership import OfficeRenamed
from tenants.people.calendar import DaySource
from tenants.people.leavers import OwnPapers
from tenants.people.models import Organisation
from tenants.people.references import Called, MergeClash
from tenants.people.today import FirstStep, TodaySource
from tenants.regulation import (
    clashes,
    consequences,
    found,
    indicators,
    leavers,
    papers,
    parts,
    perms,
    today,
)
from tenants.regulation.actions.versions import on_tenant_opened, take_names
from tenants.regulation.models import (
    RecountRuling,
    RegulationAcknowledgement,
    RegulationBallot,
    RegulationVersion,
    RegulationVote,
    SignedCopy,
)
from tenants.regulation.rules import CHECKLIST

OFFERS: tuple[Offer, ...] = (
    OwnPapers("Regulamin", leavers.acknowledged, order=30),
    Verbs(
        {
            "REGULATION_EDITED": "zmieniono projekt regulaminu",
            "REGULATION_ADOPTED": "przyjęto regulamin",
            "SIGNED_COPY_ATTACHED": "dołączono podpisany egzemplarz regulaminu",
            "TEMPLATE_TAKEN_OVER": "przejęto brzmienie z wzoru regulaminu",
            "TEMPLATE_DECLINED": "pozostano przy swoim brzmieniu regulaminu",
            "AMENDMENT_OPENED": "rozpoczęto zmianę regulaminu",
            "AMENDMENT_REOPENED": "wrócono do projektu odrzuconej zmiany regulaminu",
            "VOTING_OPENED": "otwarto głosowanie nad zmianą regulaminu",
            "BALLOT_GIVEN": "dopisano uprawnionego do głosowania nad zmianą regulaminu",
            "VOTE_CAST": "oddano głos na zmianę regulaminu",
            "AMENDMENT_REJECTED": "odrzucono zmianę regulaminu",
            "AMENDMENT_WITHDRAWN": "wycofano zmianę regulaminu",
            "VOTES_RECOUNTED": "policzono na nowo głosy nad zmianą regulaminu",
            "RESULT_LEFT": "pozostawiono wynik głosowania nad zmianą regulaminu",
            "VOTING_REPEATED": "otwarto ponowne głosowanie nad zmianą regulaminu",
            "REGULATION_ACKNOWLEDGED": "zapoznano się z regulaminem",
        }
    ),
    Called(RegulationBallot, "organisation", "prawo głosu", "prawa głosu", "praw głosu"),
    Called(RegulationVote, "person", "zapisany głos", "zapisane głosy", "zapisanych głosów"),
    Called(
        RegulationAcknowledgement,
        "person",
        "zapoznanie z regulaminem",
        "zapoznania z regulaminem",
        "zapoznań z regulaminem",
    ),
    Called(
        RecountRuling,
        "person",
        "rozstrzygnięcie wyniku głosowania",
        "rozstrzygnięcia wyników głosowań",
        "rozstrzygnięć wyników głosowań",
    ),
    MergeClash(Organisation, clashes.of_organisations),
    TodaySource(today.regulation_waits, order=30),
    TodaySource(today.regulation_unread, order=30, has_days=False),
    TodaySource(today.template_waits, order=40, has_days=False),
    DaySource(today.regulation_days, order=30),
    FirstStep(
        "Przyjmij regulamin Partnerstwa",
        today.regulation_was_adopted,
        "regulation:regulations",
        "Otwórz regulamin",
        perms.see_regulation,
        today.NO_REGULATION,
        today.FIRST_REGULATION,
        order=40,
    ),
    papers.REGULATION,
    KeptFile(papers.SIGNED_REGULATION, by_reader(perms.see_regulation), "Podpisany regulamin"),
    # A vote concerns members, not people who only apply (REG §9).
    KeptFile(papers.REGULATION_VOTE, by_reader(perms.see_drafts), "Głos nad regulaminem"),
    consequences.BALLOT,
    consequences.VOTES,
    consequences.CAST,
    indicators.REGULATION,
    indicators.REGULATION_ADOPTED,
    indicators.VOTE_ENDS,
    PersonalData(RegulationVote, ("actor_name",), Fate.RECORD, "a vote in writing (REG §9)"),
    PersonalData(
        SignedCopy, ("actor_name",), Fate.RECORD, "who kept a paper of the Lider (REG §2.11)"
    ),
    Impersonal(RegulationBallot, ("name",)),
    Impersonal(RecountRuling, ("reason",)),
    Impersonal(
        RegulationVersion,
        (
            *("title", "clauses", "differences", "area", "lead_name", "adopted_place", "place"),
            *("justification", "reason", *CHECKLIST),
        ),
    ),
    Searchable("Regulamin", found.clauses, perms.see_regulation, order=60),
    NavEntry(
        "TENANT",
        "regulation:regulations",
        "Regulamin i głosowania",
        perms.see_regulation,
        group="PARTNERSHIP",
        order=50,
    ),
    TenantOpened(on_tenant_opened),
    OfficeRenamed(take_names),
    PagePart("home", "short", "regulation/_home_short.html", parts.in_short, order=20),
    PagePart(
        "partnership:word_templates", "data", "regulation/_office_name.html", parts.office, order=10
    ),
)
