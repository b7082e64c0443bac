"""Pages of what is said between meetings."""

from datetime import timedelta

from django.utils import timezone

from tenants.dialogue.links import NOTE_LINKS, RISK_LINKS
from tenants.dialogue.models import (
    ActionPlan,
    ActivityProposal,
    Contact,
    Dispute,
    HeldAnswer,
    Material,
    MaterialTopic,
    Note,
    PlanActivity,
    PlanGoal,
    Proposal,
    Risk,
    Thread,
)
from tests.declared import ALL, FILE, MEMBERS, NOTHING, PUBLIC, STATES, TAKING_PART, May, Page, Rows
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import plan as make_plan

# Whoever has a seat, or acts for an institution that has one; the Lider too (REG §7.2).
REPORTERS = "LNPHW"
READ = May(MEMBERS, hidden="ZTG")
# There is no team for an applicant.
REPORT = May(REPORTERS, hidden="ZTG")
RUN = May("LN", hidden="ZTG")
OWN = May("PHW", hidden="ZTG")
# A draft is there for its author alone, who is none of those who ask.
OWN_DRAFT = May(hidden=f"{MEMBERS}ZTG")

# Of its parties and the mediator alone (REG §10).
CONCERNED = May("LPH", hidden="ANSDWOZTG")
PARTIES = May("PH", hidden="ANSDWOZTG")
MEDIATOR = May("L", hidden="ANSDWOZTG")


def _dispute(rows: Rows) -> Dispute:
    """Of the kooperant whose rows are asked for with another one; nobody mediates yet."""
    other = make_partnership.member(make_people.organisation(name="Świetlica Przykładowa"))
    return make.dispute(rows["membership"].organisation, other.organisation)


def _mediated(rows: Rows) -> Dispute:
    return make.mediated(_dispute(rows))


def _proposal(rows: Rows) -> Proposal:
    return make.proposal(_mediated(rows), make_meetings.by())


def _risk(rows: Rows) -> Risk:
    """Reported by the kooperant whose rows are asked for."""
    make_meetings.planned()
    return make.risk(rows["membership"].organisation)


def _link(rows: Rows) -> str:
    rows["membership"]  # its coordinator has no account
    return RISK_LINKS.token(make.notice_without_account(make.risk()).pk)


def _note(rows: Rows) -> Note:
    """Signed in the name of the kooperant whose rows are asked for."""
    return make.signed(rows["membership"].organisation)


def _draft(rows: Rows) -> Note:
    """The Lider's own draft."""
    return make.note(person=rows["lead"])


def _note_link(rows: Rows) -> str:
    rows["membership"]  # its coordinator has no account
    return NOTE_LINKS.token(make.notice_without_account(make.signed()).pk)


def _contact(rows: Rows) -> Contact:
    return make.contact(rows["membership"].organisation)


PAGES = [
    Page("dialogue:risks", TAKING_PART, {"L": 8, "P": 6}, seen=("", NOTHING)),
    Page("dialogue:risk_new", REPORT, 5, of="pzk"),
    Page("dialogue:risk", READ, {"L": 11, "P": 10}, of="risk"),
    Page("dialogue:risk_add", REPORT, {"L": 5, "P": 4}, of="risk"),
    Page("dialogue:risk_handle", RUN, 3, of="risk"),
    Page("dialogue:risk_close", RUN, 3, of="risk"),
    Page("dialogue:risk_withdraw", OWN, {"L": None, "P": 4}, of="risk"),
    Page("dialogue:risk_place", RUN, 5, of="risk"),
    Page("dialogue:risk_link", PUBLIC, 3, of="risk_link"),
    Page("dialogue:disputes", TAKING_PART, {"L": 9, "P": 8}, seen=("", NOTHING)),
    Page("dialogue:dispute_new", May("LPH", hidden="ZTG"), {"L": 6, "P": 7}, of="pzk"),
    Page(
        "dialogue:dispute",
        CONCERNED,
        {"L": 13, "P": 12},
        of="dispute",
        seen=("dispute", "mediated_dispute"),
    ),
    Page("dialogue:dispute_take_on", MEDIATOR, 7, of="dispute"),
    Page("dialogue:dispute_mediator", PARTIES, {"L": None, "P": 9}, of="dispute"),
    Page("dialogue:dispute_settlement", CONCERNED, {"L": 9, "P": 8}, of="mediated_dispute"),
    Page("dialogue:dispute_step", CONCERNED, {"L": 8, "P": 7}, of="mediated_dispute"),
    Page("dialogue:dispute_end", MEDIATOR, 7, of="mediated_dispute"),
    Page("dialogue:dispute_withdraw", PARTIES, {"L": None, "P": 7}, of="mediated_dispute"),
    Page("dialogue:dispute_answer", PARTIES, {"L": None, "P": 8}, of="dispute_proposal"),
]

# Whoever has a seat, or runs the team (REG §6.2); the seats here are of other people.
WRITE = May("LN", hidden="ZTG")


def _thread(rows: Rows) -> Thread:
    rows["membership"]
    return make.thread(uploads=[make_people.pdf("lista.pdf")])


def _held(rows: Rows) -> HeldAnswer:
    return make.held(rows["thread"])


PAGES += [
    Page("dialogue:threads", TAKING_PART, {"L": 9, "P": 7}, seen=("", "?nowe=nie", NOTHING)),
    Page("dialogue:thread_new", WRITE, 4, of="pzk"),
    Page("dialogue:thread", READ, {"L": 17, "P": 12}, of="thread"),
    Page("dialogue:thread_answer", WRITE, 4, of="thread"),
    Page("dialogue:thread_close", RUN, 3, of="thread"),
    Page("dialogue:helds", "LN", 6, seen=("", "?stan=SENT")),
    Page("dialogue:held", RUN, 4, of="held_answer"),
    Page("dialogue:held_send", RUN, 3, of="held_answer"),
    Page("dialogue:held_discard", RUN, 3, of="held_answer"),
    Page("dialogue:retention", TAKING_PART, 4, seen=("",)),
    Page("dialogue:retention_set", "L", 2, seen=("",)),
    Page("dialogue:notes", TAKING_PART, {"L": 7, "P": 5}, seen=("", NOTHING)),
    Page("dialogue:note_new", REPORT, 7, of="pzk"),
    Page("dialogue:note", READ, {"L": 13, "P": 12}, of="signed_note"),
    Page("dialogue:note_edit", OWN_DRAFT, of="note_draft", seen=STATES),
    Page("dialogue:note_sign", OWN_DRAFT, of="note_draft", seen=STATES),
    Page("dialogue:note_discard", OWN_DRAFT, of="note_draft", seen=STATES),
    Page("dialogue:note_supplement", OWN, {"L": None, "P": 4}, of="signed_note"),
    Page("dialogue:note_link", PUBLIC, 6, of="note_link"),
    Page("dialogue:contacts", TAKING_PART, {"L": 7, "P": 5}, seen=("", NOTHING)),
    Page("dialogue:contact_new", REPORT, 5, of="pzk"),
    Page("dialogue:contact", READ, {"L": 7, "P": 6}, of="contact"),
    Page("dialogue:contact_correct", May(hidden="ZTG"), of="contact", seen=STATES),
    Page("dialogue:contact_add", OWN, {"L": None, "P": 4}, of="contact"),
    Page("dialogue:contact_note", REPORT, 7, of="contact"),
]

# Of the team's institutions; the Lider writes the plan itself (REG §2.10).
PROPOSE = May("PHW", hidden="ZTG")
NOTE = May("LNPH", hidden="ZTG")

PAGES += [
    Page("dialogue:plans", TAKING_PART.replace("G", ""), {"L": 7, "P": 6}, seen=("", NOTHING)),
    Page("dialogue:plan_new", RUN, 5, of="pzk"),
    Page(
        "dialogue:plan",
        READ,
        {"L": 15, "P": 9},
        of="draft_plan",
        seen=("draft_plan", "begun_plan", "presented_plan", "adopted_plan", "objected_plan"),
    ),
    Page("dialogue:plan_edit", RUN, 3, of="draft_plan"),
    Page("dialogue:plan_drop", RUN, 3, of="draft_plan"),
    Page("dialogue:plan_present", RUN, 9, of="ready_plan"),
    Page("dialogue:plan_back", RUN, 4, of="presented_plan"),
    Page("dialogue:plan_enter", RUN, 9, of="ready_plan"),
    Page("dialogue:plan_amend", RUN, 4, of="adopted_plan"),
    Page("dialogue:plan_next", RUN, 4, of="adopted_plan"),
    Page("dialogue:plan_changes", READ, 11, of="newer_plan", seen=("newer_plan", "draft_plan")),
    Page("dialogue:plan_pdf", READ, 9, of="draft_plan", seen=FILE),
    Page("dialogue:plan_docx", READ, 10, of="draft_plan", seen=FILE),
    Page("dialogue:goal_new", RUN, 3, of="draft_plan"),
    Page("dialogue:goal_edit", RUN, 4, of="plan_goal"),
    Page("dialogue:goal_remove", RUN, 5, of="empty_goal"),
    Page("dialogue:goal_move", May(only_sent=ALL), of="plan_goal", seen="only sent"),
    Page("dialogue:activity_new", RUN, 7, of="plan_goal"),
    Page(
        "dialogue:activity",
        READ,
        6,
        of="adopted_activity",
        seen=("adopted_activity", "plan_activity"),
    ),
    Page("dialogue:activity_edit", RUN, 7, of="plan_activity"),
    Page("dialogue:activity_remove", RUN, 4, of="plan_activity"),
    Page("dialogue:activity_move", May(only_sent=ALL), of="plan_activity", seen="only sent"),
    Page("dialogue:activity_progress", NOTE, 4, of="adopted_activity"),
    Page("dialogue:proposal_new", PROPOSE, {"L": None, "P": 5}, of="draft_plan"),
    Page("dialogue:proposal", READ, {"L": 5, "P": 4}, of="plan_proposal", seen=("plan_proposal",)),
    Page("dialogue:proposal_accept", RUN, 6, of="plan_proposal"),
    Page("dialogue:proposal_refuse", RUN, 3, of="plan_proposal"),
    Page("dialogue:proposal_withdraw", PROPOSE, {"L": None, "P": 4}, of="plan_proposal"),
]


def _plan_of(years: int, rows: Rows) -> ActionPlan:
    """A plan of some other year, so that none stands in another's way, nor in the demo's."""
    year = timezone.localdate().year + years
    return make_plan.draft(*make_plan.year(year), owner=rows["membership"].organisation)


def _presented(rows: Rows) -> ActionPlan:
    plan = _plan_of(2, rows)
    meeting = make_meetings.planned(timezone.localdate() + timedelta(days=130))
    return make_plan.presented(plan, meeting)


def _objected(rows: Rows) -> ActionPlan:
    """One that the team did not agree on."""
    day = timezone.localdate() + timedelta(days=140)
    plan = make_plan.presented(_plan_of(4, rows), make_meetings.held(day=day))
    item = make_plan.item_of(plan)
    make_plan.decide(item, "NO")
    make_plan.end(item, "WITHDRAWN")
    make_plan.close(item.meeting)
    plan.refresh_from_db()
    return plan


def _adopted(rows: Rows) -> ActionPlan:
    plan = make_plan.adopted(_plan_of(-3, rows))
    make_plan.progress(make_plan.only(plan))
    return plan


def _newer(rows: Rows) -> ActionPlan:
    """A version that changes an adopted plan."""
    new = make_plan.amended(make_plan.adopted(_plan_of(-4, rows)))
    make_plan.activity(make_plan.goal(new, "Cel drugi"))
    return new


def _goal(rows: Rows) -> PlanGoal:
    return rows["draft_plan"].goals.first()


def _activity(rows: Rows) -> PlanActivity:
    return make_plan.only_first(rows["draft_plan"])


def _activity_proposal(rows: Rows) -> ActivityProposal:
    return make_plan.proposal(rows["draft_plan"], rows["membership"].organisation)


KEEP = May("LN", hidden="ASDPHWOZTG")


def _topic(rows: Rows) -> MaterialTopic:
    return make.topic()


def _material(rows: Rows) -> Material:
    """A file in its second version, shared by the kooperant whose rows are asked for."""
    row = make.material(rows["membership"].organisation, topic=rows["material_topic"])
    make.newer(row)
    return row


def _link_shared(rows: Rows) -> Material:
    return make.material(link="https://dobre-praktyki.example/", title="Dobre praktyki")


PAGES += [
    Page("dialogue:materials", TAKING_PART, {"L": 10, "P": 8}, seen=("", "?temat=none", NOTHING)),
    Page("dialogue:material_new", REPORT, 6, of="pzk"),
    Page("dialogue:material", READ, 4, of="material", seen=("material", "shared_link")),
    Page("dialogue:material_edit", RUN, 4, of="material"),
    Page("dialogue:material_version", RUN, 3, of="material"),
    Page("dialogue:material_withdraw", RUN, 3, of="material"),
    Page("dialogue:material_topics", RUN, 4, of="pzk"),
    Page("dialogue:material_topic_new", RUN, 4, of="pzk"),
    Page("dialogue:material_topic_edit", KEEP, 4, of="material_topic"),
    Page("dialogue:material_topic_remove", KEEP, 3, of="material_topic"),
]

ROWS = {
    "material": _material,
    "shared_link": _link_shared,
    "material_topic": _topic,
    "risk": _risk,
    "risk_link": _link,
    "dispute": _dispute,
    "mediated_dispute": _mediated,
    "thread": _thread,
    "held_answer": _held,
    "dispute_proposal": _proposal,
    "signed_note": _note,
    "note_draft": _draft,
    "note_link": _note_link,
    "contact": _contact,
    "draft_plan": lambda rows: _plan_of(3, rows),
    "begun_plan": lambda rows: make_plan.begun(),
    "ready_plan": lambda rows: _plan_of(5, rows),
    "presented_plan": _presented,
    "objected_plan": _objected,
    "adopted_plan": _adopted,
    "newer_plan": _newer,
    "plan_goal": _goal,
    "empty_goal": lambda rows: make_plan.goal(rows["draft_plan"], "Cel bez działań"),
    "plan_activity": _activity,
    "adopted_activity": lambda rows: make_plan.only(rows["adopted_plan"]),
    "plan_proposal": _activity_proposal,
}


def more(rows: Rows) -> None:
    for number in range(3):
        make.risk()
        make.thread()
        make.signed()
        make.contact()
        make.topic(f"Temat {number}")
        make.newer(make.material())
        make.material(link="https://wiedza.example/")
