"""Offers of what is said between meetings."""

from kooperacja.audit.about import Confided, OpenTo
from kooperacja.offers import (
    DemoHistory,
    ExitPart,
    Fate,
    Handler,
    Impersonal,
    Offer,
    PersonalData,
    Verbs,
)
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry, NavGroup
from tenants.dialogue import demo, found, indicators, outbox, perms, today
from tenants.dialogue.actions import risks
from tenants.dialogue.actions.telling import keep_told
from tenants.dialogue.everyone import LETTERS, ForAll
from tenants.dialogue.exit import write_risks
from tenants.dialogue.models import (
    Dispute,
    DisputeParty,
    DisputeStep,
    Notice,
    Proposal,
    ProposalAnswer,
    Risk,
    RiskStep,
)
from tenants.meetings.subjects import SubjectOfItem
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.people.followers import Follower
from tenants.people.models import RoleAssignment
from tenants.people.references import Called, Doubled
from tenants.people.today import TodaySource

_KEPT = "what members of a team told each other, kept by the Lider (REG §2.11)"
_CONFIDED = "what parties of a dispute agreed on, kept for them alone (REG §10)"
_DISPUTES = ("spór", "spory", "sporów")
_PROPOSALS = ("propozycja w sporze", "propozycje w sporach", "propozycji w sporach")
_RISKS = ("zgłoszenie ryzyka", "zgłoszenia ryzyk", "zgłoszeń ryzyk")

OFFERS: tuple[Offer, ...] = (
    # Whatever of it goes to all; a partner looks for it where meetings are.
    NavGroup("TENANT", "DIALOGUE", "Między spotkaniami", within="MEETINGS"),
    Handler(LETTERS, outbox.letters),
    Follower(
        frozenset({Membership, Partnership, PartnershipCoordinator, RoleAssignment}), keep_told
    ),
    Impersonal(Notice, ("kind",)),
    PersonalData(Notice, ("recipient",), Fate.RECORD, "tells that everybody got it (REG §6.2)"),
    # Risks (REG §7.2)
    Verbs(
        {
            "RISK_REPORTED": "zgłoszono ryzyko, nieprawidłowość albo zagrożenie",
            "RISK_STEP_ADDED": "dopisano, co zrobiono w sprawie ryzyka albo zagrożenia",
            "RISK_HANDLED": "zapisano działania w sprawie ryzyka albo zagrożenia",
            "RISK_ON_AGENDA": "dodano ryzyko albo zagrożenie do porządku obrad",
            "RISK_CLOSED": "zamknięto zgłoszenie ryzyka albo zagrożenia",
            "RISK_WITHDRAWN": "wycofano zgłoszenie ryzyka albo zagrożenia",
        }
    ),
    NavEntry(
        "TENANT",
        "dialogue:risks",
        "Ryzyka i zagrożenia",
        perms.see_risks,
        group="DIALOGUE",
        order=66,
    ),
    ForAll(risks.RISK, risks.to_tell, risks.to_account, risks.by_link, risks.ready),
    SubjectOfItem(risks.RISK, risks.heard, risks.was_discussed, page="dialogue:risk"),
    OpenTo(Risk.objects.select_related("team"), perms.see_risk),
    TodaySource(today.risks_wait, order=30),
    Searchable("Ryzyka i zagrożenia", found.risks, perms.see_risks, order=73),
    Called(Risk, "organisation", *_RISKS),
    Called(Risk, "person", *_RISKS),
    PersonalData(Risk, ("text", "concerns", "done"), Fate.RECORD, _KEPT),
    PersonalData(RiskStep, ("who", "text"), Fate.RECORD, _KEPT),
    indicators.RISKS,
    indicators.RISK_NOTICE,
    indicators.RISKS_OPEN,
    indicators.LAST_RISK,
    # Disputes (REG §10, §5.1.c): in no search but one's own, no exit package, no documentation.
    Verbs(
        {
            "DISPUTE_REPORTED": "zgłoszono spór",
            "DISPUTE_MEDIATED": "zapisano mediatora sporu",
            "DISPUTE_PROPOSED": "złożono stronom sporu propozycję",
            "DISPUTE_ANSWERED": "odpowiedziano na propozycję w sporze",
            "DISPUTE_PROPOSAL_AGREED": "strony sporu zgodziły się na propozycję",
            "DISPUTE_PROPOSAL_REFUSED": "strona sporu nie zgodziła się na propozycję",
            "DISPUTE_PROPOSAL_DROPPED": "propozycja w sporze przestała być aktualna",
            "DISPUTE_STEP_ADDED": "dopisano krok w sporze",
            "DISPUTE_SETTLED": "zakończono spór ugodą",
            "DISPUTE_UNSETTLED": "zakończono spór bez ugody",
            "DISPUTE_WITHDRAWN": "wycofano spór",
        }
    ),
    NavEntry(
        "TENANT", "dialogue:disputes", "Spory", perms.see_disputes, group="DIALOGUE", order=78
    ),
    Confided(Dispute, Dispute.objects.read_by),
    Confided(DisputeStep, DisputeStep.objects.read_by),
    Confided(Proposal, Proposal.objects.read_by),
    TodaySource(today.disputes_wait, order=40),
    Searchable("Spory", found.disputes, perms.see_disputes, order=78),
    Called(Dispute, "person", *_DISPUTES),
    Called(Dispute, "mediator", "mediacja w sporze", "mediacje w sporach", "mediacji w sporach"),
    Called(DisputeParty, "organisation", *_DISPUTES),
    Called(DisputeStep, "person", "krok w sporze", "kroki w sporach", "kroków w sporach"),
    Called(Proposal, "person", *_PROPOSALS),
    Called(Proposal, "mediator", *_PROPOSALS),
    Called(
        ProposalAnswer,
        "person",
        "odpowiedź w sporze",
        "odpowiedzi w sporach",
        "odpowiedzi w sporach",
    ),
    # Two parties that became one speak with one voice; the second row stays with the source.
    Doubled("dispute_party_once"),
    PersonalData(Dispute, ("subject", "text", "outsider", "result"), Fate.RECORD, _CONFIDED),
    PersonalData(DisputeStep, ("text",), Fate.RECORD, _CONFIDED),
    PersonalData(Proposal, ("text",), Fate.RECORD, _CONFIDED),
    PersonalData(ProposalAnswer, ("reason",), Fate.RECORD, _CONFIDED),
    indicators.DISPUTES,
    ExitPart("ryzyka", "zgłoszenia ryzyk i zagrożeń", write_risks),
    DemoHistory(demo.write),
)
