"""Offers of the action plan (REG §2.10)."""

from kooperacja.audit.about import OpenTo
from kooperacja.documents.perms import KeptFile, by_row
from kooperacja.offers import DemoHistory, ExitPart, Fate, Offer, PersonalData, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from tenants.dialogue import demo, found, today
from tenants.dialogue.actions import plan_adopting
from tenants.dialogue.exit import write_plans
from tenants.dialogue.indicators import plan as indicators
from tenants.dialogue.models import (
    ActionPlan,
    ActivityPartner,
    ActivityProposal,
    PlanActivity,
    PlanGoal,
    ProgressNote,
)
from tenants.dialogue.models.plan import MATTER as PLAN_MATTER
from tenants.dialogue.offers.everyone import KEPT
from tenants.dialogue.papers.plan import ACTION_PLAN, PLAN_SCAN
from tenants.dialogue.perms.plan import see_plan, see_plans, see_proposal
from tenants.meetings.subjects import SubjectOfItem
from tenants.people.calendar import DaySource
from tenants.people.references import Called, Doubled
from tenants.people.today import TodaySource

_ACTIVITIES = ("działanie z planu", "działania z planów", "działań z planów")
_PARTNERS = ("udział w działaniu", "udziały w działaniach", "udziałów w działaniach")
_PROPOSALS = ("propozycja działania", "propozycje działań", "propozycji działań")
_WORDING = (*("text", "partners_text", "resources", "cost_bearer", "indicator"), "unit")


OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "PLAN_BEGUN": "rozpoczęto plan działania",
            "PLAN_EDITED": "zmieniono okres albo wprowadzenie planu działania",
            "PLAN_COPIED": "rozpoczęto plan działania na następny okres",
            "PLAN_VERSION_BEGUN": "rozpoczęto nową wersję planu działania",
            "PLAN_PRESENTED": "przedstawiono plan działania zespołowi",
            "PLAN_RETURNED": "plan działania wrócił do przygotowania",
            "PLAN_ADOPTED": "przyjęto plan działania",
            "PLAN_ENTERED": "wpisano plan działania przyjęty poza platformą",
            "PLAN_REPLACED": "zastąpiono plan działania nowszą wersją",
            "PLAN_DROPPED": "porzucono przygotowywany plan działania",
            "PLAN_GOAL_ADDED": "dodano cel do planu działania",
            "PLAN_GOAL_EDITED": "zmieniono cel planu działania",
            "PLAN_GOAL_REMOVED": "usunięto cel z planu działania",
            "PLAN_ACTIVITY_ADDED": "dodano działanie do planu",
            "PLAN_ACTIVITY_EDITED": "zmieniono działanie w planie",
            "PLAN_ACTIVITY_REMOVED": "usunięto działanie z planu",
            "ACTIVITY_PROPOSED": "zaproponowano działanie do planu",
            "ACTIVITY_PROPOSAL_ACCEPTED": "wpisano do planu zaproponowane działanie",
            "ACTIVITY_PROPOSAL_REFUSED": "odrzucono propozycję działania",
            "ACTIVITY_PROPOSAL_WITHDRAWN": "wycofano propozycję działania",
            "ACTIVITY_BEGUN": "zapisano, że działanie z planu jest w toku",
            "ACTIVITY_DONE": "zapisano, że działanie z planu wykonano",
            "ACTIVITY_GIVEN_UP": "zapisano, że działania z planu zaniechano",
            "ACTIVITY_RESUMED": "wznowiono działanie z planu",
            "PROGRESS_NOTED": "zapisano postęp działania z planu",
        }
    ),
    NavEntry("TENANT", "dialogue:plans", "Plan działania", see_plans, group="MEETINGS", order=64),
    SubjectOfItem(PLAN_MATTER, plan_adopting.heard, plan_adopting.settled, page="dialogue:plan"),
    ACTION_PLAN,
    KeptFile(
        PLAN_SCAN,
        by_row(ActionPlan.objects.select_related("team"), see_plan, "scan"),
        "Skan przyjętego planu działania",
    ),
    OpenTo(ActionPlan.objects.select_related("team"), see_plan),
    OpenTo(ActivityProposal.objects.select_related("plan__team"), see_proposal),
    TodaySource(today.plans_wait, order=53),
    TodaySource(today.activities_wait, order=54),
    DaySource(today.activity_days, order=54),
    Searchable("Działania z planów", found.activities, see_plans, order=74),
    Called(PlanActivity, "organisation", *_ACTIVITIES),
    Called(ActivityPartner, "organisation", *_PARTNERS),
    # It takes part once, under either name.
    Doubled("activity_partner_once"),
    Called(ActivityProposal, "organisation", *_PROPOSALS),
    Called(ActivityProposal, "person", *_PROPOSALS),
    PersonalData(ActionPlan, ("about", "reason"), Fate.RECORD, KEPT),
    PersonalData(PlanGoal, ("title", "text"), Fate.RECORD, KEPT),
    PersonalData(PlanActivity, _WORDING, Fate.RECORD, KEPT),
    PersonalData(
        ActivityProposal, ("text", "why", "partners_text", "resources", "answer"), Fate.RECORD, KEPT
    ),
    PersonalData(ProgressNote, ("text", "who"), Fate.RECORD, KEPT),
    indicators.PLAN_IN_FORCE,
    indicators.ACTIVITIES_ON_TIME,
    ExitPart("plany", "plany działania z postępem", write_plans),
    DemoHistory(demo.write_plans),
)
