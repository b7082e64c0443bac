"""Pages of the regulation, its changes and votes."""

from django.utils import timezone

from tenants.partnership.models import Membership
from tenants.regulation.models import RegulationBallot, RegulationRecount, RegulationVersion
from tests.declared import ALL, FILE, KEEPERS, LEAD, MEMBERS, PUBLIC, May, Page, Rows
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import regulation as make_regulation
from tests.factories import voting as votes

PAGES = [
    Page("regulation:regulations", ALL.replace("V", ""), {"L": 11, "Z": 10}),
    Page(
        "regulation:regulation",
        MEMBERS,
        5,
        of="change",
        seen=("change", "voted_on", "in_force", "overturned"),
    ),
    Page("regulation:regulation_pdf", MEMBERS, 3, of="change", seen=FILE),
    Page("regulation:regulation_docx", MEMBERS, 4, of="change", seen=FILE),
    Page("regulation:regulation_copy", KEEPERS, 3, of="in_force"),
    Page("regulation:regulation_parameters", KEEPERS, 4, of="change", seen=("change", "in_force")),
    Page("regulation:regulation_points", KEEPERS, 3, of="change"),
    Page("regulation:regulation_clauses", KEEPERS, 3, of="change", seen=("change", "change?par=2")),
    Page(
        "regulation:regulation_adopt",
        May(not_now=LEAD),
        of="change",
        seen="the first version's: test_from_nothing.py",
    ),
    Page("join_regulation", PUBLIC, 2),
    Page("regulation:regulation_template", KEEPERS, 3),
    Page(
        "regulation:regulation_amend",
        May(not_now=KEEPERS),
        seen="asked when no change is open: test_amendment.py",
    ),
    Page("regulation:regulation_difference", MEMBERS, 3, of="change", seen=("voted_on",)),
    Page("regulation:regulation_voting", LEAD, 3, of="change"),
    Page("regulation:regulation_vote", LEAD + "PH", 5, of="voting", seen=("voted_on",)),
    Page("regulation:regulation_paper_vote", KEEPERS, 5, of="voting", seen=("voted_on",)),
    Page("regulation:regulation_close", May(not_now=LEAD), of="voting", seen=("voted_on",)),
    Page(
        "regulation:regulation_repeat",
        May(not_now=LEAD),
        of="overturned",
        seen="asked when no change is open: test_recounts.py",
    ),
    Page(
        "regulation:regulation_reopen",
        May(not_now=KEEPERS),
        of="overturned",
        seen="asked when no change is open: test_reopened.py",
    ),
    Page("regulation:regulation_leave", LEAD, 4, of="overturned", seen=("overturned",)),
    Page("regulation:regulation_withdraw", LEAD, 3, of="voting", seen=("voted_on",)),
    Page(
        "regulation:regulation_acknowledge",
        May(only_sent=ALL),
        of="change",
        seen="takes only the form of the regulation's page",
    ),
    Page("regulation:regulation_readers", KEEPERS, 8, of="change", seen=("in_force",)),
]


def _voting(rows: Rows) -> RegulationVersion:
    """A change on which the institution has a ballot and has not voted yet."""
    voting, of = make_regulation.amendment("VOTING", meetings_count=3), rows["member"]
    RegulationBallot.objects.create(regulation=voting, organisation=of, name=of.name)
    return voting


def _voted_on(rows: Rows) -> RegulationVersion:
    """A change that has passed already: only the institution has not voted."""
    said = {"justification": "Częstsze spotkania, nowe zadania.", "meetings_count": 2}
    version = make_regulation.amendment("VOTING", **said)
    clauses = [dict(row) for row in version.clauses]
    clauses[4]["text"] = clauses[4]["text"].replace("Partnerstwa", "naszego Partnerstwa")
    RegulationVersion.objects.filter(pk=version.pk).update(clauses=clauses)
    members = Membership.objects.on(timezone.localdate()).select_related("organisation")
    for of in [member.organisation for member in members]:
        RegulationBallot.objects.create(regulation=version, organisation=of, name=of.name)
        if of != rows["member"]:
            votes.voted(version, of)
    votes.vote(version, rows["lead"])
    return version


def _overturned(rows: Rows) -> RegulationVersion:
    """A change that was rejected and, as a resignation came to light, has passed."""
    today = timezone.localdate()
    days = {"voting_from": today, "voting_until": today, "closed_on": today}
    version = make_regulation.amendment("REJECTED", meetings_count=4, **days)
    gone = make_partnership.member(make.organisation(), today, today)
    RegulationRecount.objects.create(
        regulation=version,
        membership=gone,
        void_from=today,
        yes=2,
        ballots=2,
        is_overturned=True,
    )
    return version


ROWS = {
    "overturned": _overturned,
    "in_force": lambda rows: RegulationVersion.in_force(timezone.localdate()),
    "change": lambda rows: make_regulation.amendment(
        justification="Częstsze spotkania.", meetings_count=2
    ),
    "voting": _voting,
    "voted_on": _voted_on,
}
