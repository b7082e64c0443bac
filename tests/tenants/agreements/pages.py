"""Pages of agreements."""

from datetime import timedelta

from django.utils import timezone

from kooperacja.audit.actor import Actor
from tenants.agreements.actions import additions
from tenants.agreements.models import (
    Addition,
    Agreement,
    ClauseComment,
    ContactPerson,
    Party,
    Signature,
)
from tenants.people.models import Organisation, RoleAssignment
from tenants.registry.roles import Role
from tests.declared import FILE, KEEPERS, MEMBERS, TAKING_PART, Page, Rows, may
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as make_later
from tests.factories import agreements as make
from tests.factories import amendments as make_amendments
from tests.factories import people as make_people
from tests.factories import signatures as pdf
from tests.tenants.agreements import pages_amendments, pages_later, pages_life, pages_numbers

# A draft is read by its writers and by its parties, once it was shared with them.
SIDES = "ALNPH"  # of a draft that lies before the kooperant as a party
READERS = may(f"{KEEPERS}TV")
PAGES = [
    Page("agreements:agreements", f"{TAKING_PART}V", 4, seen=("",)),
    Page("agreements:agreement_new", KEEPERS, 2, seen=("",)),
    Page(
        "agreements:agreement",
        READERS,
        11,
        of="agreement_draft",
        seen=(
            *("agreement_draft", "agreement_empty", "agreement_discarded"),
            *("agreement_sent", "agreement_signing", "agreement_publishing"),
            *("agreement_in_force", "agreement_failed", "agreement_later"),
            *("agreement_bound", "agreement_ended", "agreement_ends"),
            *("agreement_in_force", "agreement_failed", "agreement_amended"),
        ),
    ),
    Page("agreements:agreement_blanks", KEEPERS, 3, of="agreement_draft"),
    Page(
        "agreements:agreement_text",
        READERS,
        7,
        of="agreement_draft",
        seen=("agreement_draft", "agreement_empty", "agreement_sent", "agreement_amended"),
    ),
    Page("agreements:agreement_pdf", READERS, 6, of="agreement_draft", seen=FILE),
    Page("agreements:agreement_docx", READERS, 7, of="agreement_draft", seen=FILE),
    Page("agreements:agreement_keep", KEEPERS, 3, of="agreement_draft"),
    Page(
        "agreements:agreement_changes",
        may(f"{KEEPERS}T"),
        7,
        of="agreement_draft",
        seen=("agreement_draft", "agreement_empty", "agreement_draft?od=1&do=1"),
    ),
    Page("agreements:agreement_discard", KEEPERS, 3, of="agreement_draft"),
    Page("agreements:party_new", KEEPERS, 5, of="agreement_draft"),
    Page("agreements:party", KEEPERS, 4, of="agreement_party"),
    Page("agreements:party_remove", KEEPERS, 3, of="agreement_party"),
    Page("agreements:contact_new", KEEPERS, 4, of="agreement_party"),
    Page("agreements:contact", KEEPERS, 4, of="agreement_contact"),
    Page("agreements:contact_end", KEEPERS, 3, of="agreement_contact"),
    Page("agreements:party_invite", KEEPERS, 3, of="agreement_party"),
    Page("agreements:party_link", KEEPERS, 5, of="agreement_typed_party"),
    Page("agreements:party_release", KEEPERS, 3, of="party_role"),
    Page("agreements:addition_new", KEEPERS, 7, of="agreement_draft"),
    Page("agreements:addition", KEEPERS, 7, of="agreement_addition"),
    Page("agreements:addition_remove", KEEPERS, 3, of="agreement_addition"),
    Page("agreements:agreement_send", KEEPERS, 10, of="agreement_whole"),
    Page("agreements:agreement_take_back", KEEPERS, 4, of="agreement_sent"),
    Page("agreements:agreement_to_sign", KEEPERS, 7, of="agreement_sent", seen=FILE),
    Page(
        "agreements:agreement_final_pdf",
        f"{MEMBERS}V",
        {"L": 7, "P": 8},
        of="agreement_in_force",
        seen=FILE,
    ),
    Page(
        "agreements:agreement_final_docx",
        f"{MEMBERS}V",
        {"L": 8, "P": 9},
        of="agreement_in_force",
        seen=FILE,
    ),
    # The draft before its parties.
    Page("agreements:agreement_share", KEEPERS, 4, of="agreement_unshared"),
    Page("agreements:agreement_unshare", KEEPERS, 3, of="agreement_shared"),
    Page(
        "agreements:agreement_comments",
        SIDES,
        {"L": 7, "P": 9},
        of="agreement_shared",
        seen=("agreement_shared", "agreement_shared?stan=wszystkie&postanowienie=2.2"),
    ),
    Page(
        "agreements:agreement_comment_new",
        SIDES,
        {"L": 7, "P": 10},
        of="agreement_shared",
        seen=("agreement_shared?postanowienie=2.2",),
    ),
    Page(
        "agreements:comment",
        SIDES,
        {"L": 7, "P": 10},
        of="agreement_comment",
        seen=("agreement_comment", "agreement_comment_of_party", "amendment_comment"),
    ),
    Page("agreements:comment_answer", SIDES, {"L": 3, "P": 6}, of="agreement_comment"),
    Page("agreements:comment_close", KEEPERS, 3, of="agreement_comment"),
]


def _draft(rows: Rows) -> Agreement:
    """C with a kept version, to which something was added since."""
    who = make.by_of(rows["lead"])
    agreement = make.whole("C", 3, who)
    make.kept(agreement, who)
    make.addition(agreement, "after:4.2", "Spory rozstrzyga się polubownie.", who)
    first = agreement.parties.first()
    Party.objects.filter(pk=first.pk).update(organisation=make_people.organisation())
    Agreement.objects.filter(pk=agreement.pk).update(shared_on=timezone.localdate())
    return agreement


def _party(rows: Rows) -> Party:
    return rows["agreement_draft"].parties.first()


def _contact(rows: Rows) -> ContactPerson:
    return rows["agreement_party"].contacts.first()


def _role(rows: Rows) -> RoleAssignment:
    """Of somebody else than who asks for the pages."""
    of = rows["agreement_party"].organisation
    person = make_people.person(Role.PARTY, organisation=of)
    return person.role_assignments.get()


def _addition(rows: Rows) -> Addition:
    return rows["agreement_draft"].additions.first()


def _discarded(rows: Rows) -> Agreement:
    return make.discarded(make.draft("B", make.by_of(rows["lead"])), make.by_of(rows["lead"]))


def _sent(rows: Rows) -> Agreement:
    """A with three parties, of which one has signed on paper."""
    who = make.by_of(rows["lead"])
    agreement = make.sent(make.whole("A", 3, who), who)
    make.signed(agreement.parties.all()[0])
    return agreement


def _unshared(rows: Rows) -> Agreement:
    agreement = make.whole("C", 2, who := make.by_of(rows["lead"]))
    make.party(agreement, rows["member"], who=who)
    return agreement


def _shared(rows: Rows) -> Agreement:
    """A draft before the kooperant, changed since: a comment is on a clause that was taken out."""
    who = make.by_of(rows["lead"])
    agreement = make.before(rows["member"], who)
    own = make.addition(agreement, "after:4.2", "Spory rozstrzyga się polubownie.", who)
    make.comment(agreement, who, clause=f"own:{own.pk}")
    additions.remove(by=who, addition_id=own.pk, version=0)
    make.addition(agreement, "after:4.1", "Wspólny harmonogram ustala się co rok.", who)
    make.answer(make.comment(agreement, who, asked=str(rows["member"].pk)), who)
    make.closed(make.comment(agreement, who), who)
    return agreement


def _comment(rows: Rows) -> ClauseComment:
    agreement, who = rows["agreement_shared"], make.by_of(rows["lead"])
    comment = make.comment(agreement, who, asked=str(rows["member"].pk))
    make.answer(comment, who)
    return comment


def _comment_of_party(rows: Rows) -> ClauseComment:
    """On a clause of which another number was cited then."""
    ClauseComment.objects.filter(pk=(one := _comment(rows)).pk).update(
        organisation=rows["member"], asked=None, asks_office=True, clause_name="§ 2 ust. 9"
    )
    return one


ROWS = {
    "agreement_whole": lambda rows: make.whole("B", 2, make.by_of(rows["lead"])),
    "agreement_sent": _sent,
    "agreement_unshared": _unshared,
    "agreement_shared": _shared,
    "agreement_comment": _comment,
    "agreement_comment_of_party": _comment_of_party,
    "agreement_draft": _draft,
    "agreement_party": _party,
    "agreement_typed_party": lambda rows: rows["agreement_sent"].parties.last(),
    "agreement_contact": _contact,
    "agreement_addition": _addition,
    "party_role": _role,
    "agreement_empty": lambda rows: make.draft("A", make.by_of(rows["lead"])),
    "agreement_discarded": _discarded,
}


def _in_force(rows: Rows) -> Agreement:
    """Signed by two, which is enough; the third has not."""
    who = make.by_of(rows["lead"])
    agreement = make.sent(make.whole("C", 3, who, force="ENOUGH", enough=2), who)
    for party in agreement.parties.all()[:2]:
        make.entered(party, who=who)
    return Agreement.objects.get(pk=agreement.pk)


_YESTERDAY = timezone.localdate() - timedelta(days=1)
_AGO = _YESTERDAY - timedelta(days=9)

PAGES += [
    Page("agreements:agreement_publish", KEEPERS, 3, of="agreement_publishing"),
]
ROWS |= {
    "agreement_publishing": lambda rows: make_force.sent(force="PUBLISHED"),
    "agreement_in_force": _in_force,
    "agreement_failed": lambda rows: make_force.looked_at(
        make_force.sent(on=_AGO, force="DEADLINE", sign_by=_YESTERDAY)
    ),
}


def _signing(rows: Rows) -> Agreement:
    """An agreement before its parties: one signed, one refused, the kooperant's turn it is."""
    who = make.by_of(rows["lead"])
    agreement = make.whole("C", 3, who)
    make.party(agreement, rows["member"], who=who)
    make.before_parties(agreement)
    signed, refused, *_ = agreement.parties.all()
    power = {"basis": "POWER", "basis_on": who.today, "basis_file": make_people.pdf("p.pdf")}
    make.entered(signed, pdf.upload(pdf.signed("Jan Dyrektor")), who, mode="QUALIFIED", **power)
    make.turned_down(refused, who)
    return agreement


def _own_party(rows: Rows) -> Party:
    return rows["agreement_signing"].parties.get(organisation=rows["member"])


_SIGNING_FOR = may("ALNPH", hidden="SDWOZTG", refused="V")
PAGES += [
    Page("agreements:party_sign", _SIGNING_FOR, {"L": 5, "P": 6}, of="agreement_own_party"),
    Page("agreements:party_refuse", _SIGNING_FOR, {"L": 4, "P": 5}, of="agreement_own_party"),
    Page(
        "agreements:party_return",
        may("ALN", hidden="SDWOZTG", refused="V"),
        4,
        of="agreement_refused_party",
    ),
    Page("agreements:signature", "ALNPH", {"L": 4, "P": 6}, of="agreement_entered"),
]
ROWS |= {
    "agreement_signing": _signing,
    "agreement_own_party": _own_party,
    "agreement_refused_party": lambda rows: rows["agreement_signing"].parties.get(state="REFUSED"),
    "agreement_entered": lambda rows: Signature.objects.get(
        party__agreement=rows["agreement_signing"]
    ),
}


for _module in (pages_life, pages_later, pages_amendments, pages_numbers):
    PAGES += _module.PAGES
    ROWS |= _module.ROWS


def _binding(of: Organisation, who: Actor) -> Agreement:
    """In force between the kooperant and two others, with an aneks before them and an accession."""
    draft = make.draft("C", who, **make.BLANKS)
    houses = [of, *(make_people.organisation() for _ in range(2))]
    parties = [make.party(draft, one, who=who) for one in houses]
    agreement = make_force.in_force(draft, dict.fromkeys(parties, _AGO), _AGO)
    make_later.agreed(make.contact(parties[0], who), who)
    make_amendments.lying(agreement, who)
    make_later.prepared(agreement, make_people.organisation(), who)
    return agreement


def more(rows: Rows) -> None:
    for _ in range(2):
        _binding(rows["member"], make.by_of(rows["lead"]))
    for variant in "ABC":
        make.whole(variant, 4, make.by_of(rows["lead"]))
    for clause in ("1.1", "2.2", "preamble"):
        make.comment(rows["agreement_shared"], make.by_of(rows["lead"]), clause=clause)
