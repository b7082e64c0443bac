"""Offers of disputes: in no search but one's own, no exit package, no documentation (REG §10)."""

from kooperacja.audit.about import Confided
from kooperacja.offers import Fate, Offer, PersonalData, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from tenants.dialogue import found, today
from tenants.dialogue.indicators import disputes as indicators
from tenants.dialogue.models import Dispute, DisputeParty, DisputeStep, Proposal, ProposalAnswer
from tenants.dialogue.models.disputes import confided_to
from tenants.dialogue.perms.disputes import see_disputes
from tenants.people.references import Called, Doubled
from tenants.people.today import TodaySource

_CONFIDED = "what parties of a dispute agreed on, kept for them alone (REG §10)"
# Whoever puts the register in order does not hear that there is a dispute.
_UNSAID = ("wpis poufny", "wpisy poufne", "wpisów poufnych")

OFFERS: tuple[Offer, ...] = (
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
    NavEntry("TENANT", "dialogue:disputes", "Spory", see_disputes, group="DIALOGUE", order=67),
    Confided(confided_to),
    TodaySource(today.disputes_wait, order=40, has_days=False),
    Searchable("Spory", found.disputes, see_disputes, order=78),
    Called(Dispute, "person", *_UNSAID),
    Called(Dispute, "mediator", *_UNSAID),
    Called(DisputeParty, "organisation", *_UNSAID),
    Called(DisputeStep, "person", *_UNSAID),
    Called(Proposal, "person", *_UNSAID),
    Called(Proposal, "mediator", *_UNSAID),
    Called(ProposalAnswer, "person", *_UNSAID),
    # Two parties that became one speak with one voice; the second row stays with the source.
    Doubled("dispute_party_once"),
    PersonalData(Dispute, ("subject", "text", "outsider", "result"), Fate.RECORD, _CONFIDED),
    PersonalData(DisputeStep, ("text",), Fate.RECORD, _CONFIDED),
    PersonalData(Proposal, ("text",), Fate.RECORD, _CONFIDED),
    PersonalData(ProposalAnswer, ("reason",), Fate.RECORD, _CONFIDED),
    indicators.DISPUTES,
)
