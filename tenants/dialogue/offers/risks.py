"""Offers of risks (REG §7.2)."""

from kooperacja.audit.about import OpenTo
from kooperacja.offers import DemoHistory, ExitPart, Fate, Offer, PersonalData, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from tenants.dialogue import demo, found, today
from tenants.dialogue.actions import risks
from tenants.dialogue.everyone import ForAll
from tenants.dialogue.exit import write_risks
from tenants.dialogue.indicators import risks as indicators
from tenants.dialogue.models import Risk, RiskStep
from tenants.dialogue.offers.everyone import KEPT
from tenants.dialogue.perms.risks import see_risk, see_risks
from tenants.meetings.subjects import SubjectOfItem
from tenants.people.references import Called
from tenants.people.today import TodaySource

_RISKS = ("zgłoszenie ryzyka", "zgłoszenia ryzyk", "zgłoszeń ryzyk")

OFFERS: tuple[Offer, ...] = (
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
        "TENANT", "dialogue:risks", "Ryzyka i zagrożenia", see_risks, group="DIALOGUE", order=66
    ),
    ForAll(risks.RISK, risks.to_tell, risks.to_account, risks.by_link, risks.ready),
    SubjectOfItem(risks.RISK, risks.heard, risks.was_discussed, page="dialogue:risk"),
    OpenTo(Risk.objects.select_related("team"), see_risk),
    TodaySource(today.risks_wait, order=30),
    Searchable("Ryzyka i zagrożenia", found.risks, see_risks, order=73),
    Called(Risk, "organisation", *_RISKS),
    Called(Risk, "person", *_RISKS),
    PersonalData(Risk, ("text", "concerns", "done"), Fate.RECORD, KEPT),
    PersonalData(RiskStep, ("who", "text"), Fate.RECORD, KEPT),
    indicators.RISKS,
    indicators.RISK_NOTICE,
    indicators.RISKS_OPEN,
    indicators.LAST_RISK,
    ExitPart("ryzyka", "zgłoszenia ryzyk i zagrożeń", write_risks),
    DemoHistory(demo.write),
)
