"""Pages of agreements."""

from datetime import timedelta

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents.storage import content_of
from tenants.agreements.actions import additions, amendment_force
from tenants.agreements.actions import amendments as amendment_acts
from tenants.agreements.models import (
    Accession,
    Addition,
    Agreement,
    Amendment,
    AnnexVersion,
    ClauseComment,
    ContactPerson,
    Ending,
    Party,
    Signature,
)
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tests.declared import FILE, KEEPERS, MEMBERS, PUBLIC, TAKING_PART, Page, Rows, may
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as make_later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendments
from tests.factories import people as make_people
from tests.factories import signatures as pdf

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
            *("agreement_bound", "agreement_ended"),
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
    Page("agreements:party_release", KEEPERS, 3, of="party_role"),
    Page("agreements:addition_new", KEEPERS, 7, of="agreement_draft"),
    Page("agreements:addition", KEEPERS, 7, of="agreement_addition"),
    Page("agreements:addition_remove", KEEPERS, 3, of="agreement_addition"),
    Page("agreements:agreement_send", KEEPERS, 9, of="agreement_whole"),
    Page("agreements:agreement_take_back", KEEPERS, 4, of="agreement_sent"),
    Page("agreements:agreement_to_sign", KEEPERS, 9, of="agreement_sent", seen=FILE),
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
        seen=("agreement_comment", "agreement_comment_of_party"),
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
    Page("agreements:signature", "ALNPH", {"L": 3, "P": 5}, of="agreement_entered"),
]
ROWS |= {
    "agreement_signing": _signing,
    "agreement_own_party": _own_party,
    "agreement_refused_party": lambda rows: rows["agreement_signing"].parties.get(state="REFUSED"),
    "agreement_entered": lambda rows: Signature.objects.get(
        party__agreement=rows["agreement_signing"]
    ),
}


def _bound(rows: Rows) -> Agreement:
    """In force between four: one leaves soon, one has another name, one a successor."""
    who = make.by_of(rows["lead"])
    agreement = make.draft("C", who, **make.BLANKS)
    houses = [rows["member"], *(make_people.organisation() for _ in range(3))]
    parties = [make.party(agreement, of, who=who) for of in houses]
    agreement = make_force.in_force(agreement, dict.fromkeys(parties, _AGO), _AGO)
    life.leave(parties[1], 3, who)
    life.rename(parties[2], "Szkoła Połączona Przykładowa", -1, who)
    life.merge(parties[3], make_people.organisation(), -1, who)
    return agreement


def _ended(rows: Rows) -> Agreement:
    agreement = life.bound(who=make.by_of(rows["lead"]))
    life.end(agreement, who=make.by_of(rows["lead"]))
    return Agreement.objects.get(pk=agreement.pk)


def _bound_party(rows: Rows) -> Party:
    return rows["agreement_bound"].parties.get(organisation=rows["member"])


def _ending(rows: Rows) -> Ending:
    who = make.by_of(rows["lead"])
    return life.end(life.bound(who=who), 3, who)


_LEAVING_FOR = may("ALN", hidden="ZT")
PAGES += [
    Page("agreements:party_leave", may("ALNH", hidden="ZT"), 10, of="agreement_bound_party"),
    Page("agreements:party_rename", _LEAVING_FOR, 5, of="agreement_bound_party"),
    Page("agreements:party_merge", _LEAVING_FOR, 9, of="agreement_bound_party"),
    Page("agreements:departure_withdraw", _LEAVING_FOR, 3, of="agreement_departure"),
    Page("agreements:agreement_end", KEEPERS, 11, of="agreement_bound"),
    Page("agreements:ending_withdraw", KEEPERS, 3, of="agreement_ending"),
]
ROWS |= {
    "agreement_bound": _bound,
    "agreement_ended": _ended,
    "agreement_bound_party": _bound_party,
    "agreement_departure": lambda rows: (
        rows["agreement_bound"].parties.get(end_kind="LEFT").departures.get()
    ),
    "agreement_ending": _ending,
}


def _later(rows: Rows) -> Agreement:
    """In force with the kooperant; one acceded, one is about to, one has not signed."""
    who = make.by_of(rows["lead"])
    agreement = make_later.in_force(3, 2, "C", rows["member"])
    make_later.acceded(agreement)
    make_later.prepared(agreement, make_people.organisation(), who)
    party = agreement.parties.get(organisation=rows["member"])
    make_later.agreed(make.contact(party, who, full_name="Ewa Przykładowa"), who)
    make_later.publicised(party, who, make_people.pdf("wydruk.pdf"))
    return agreement


def _of_later(rows: Rows) -> Party:
    return rows["agreement_later"].parties.get(organisation=rows["member"])


def _accession(rows: Rows, state: str) -> Accession:
    return rows["agreement_later"].accessions.get(state=state)


def _withdrawn(rows: Rows) -> Accession:
    one = make_later.prepared(rows["agreement_later"], name="Stowarzyszenie Przykładowe")
    make_later.withdrawn(one)
    return Accession.objects.get(pk=one.pk)


def _annex(rows: Rows) -> AnnexVersion:
    return rows["agreement_later"].annexes.last()


_OF_PARTY = "ALNPH"
PAGES += [
    Page("agreements:agreements_public", PUBLIC, 8, seen=("",)),
    Page("agreements:accession_new", KEEPERS, 6, of="agreement_later"),
    Page("agreements:accession_again", KEEPERS, 5, of="agreement_apart"),
    Page(
        "agreements:accession",
        _OF_PARTY,
        {"L": 3, "P": 5},
        of="agreement_accession",
        seen=("agreement_accession", "agreement_acceded", "agreement_withdrawn"),
    ),
    Page("agreements:accession_sign", KEEPERS, 4, of="agreement_accession"),
    Page("agreements:accession_withdraw", KEEPERS, 3, of="agreement_accession"),
    Page(
        "agreements:annex",
        MEMBERS,
        {"L": 9, "P": 10},
        of="agreement_later",
        seen=("agreement_later", "agreement_in_force"),
    ),
    Page(
        "agreements:annex_changes",
        MEMBERS,
        {"L": 4, "P": 5},
        of="agreement_later",
        seen=("agreement_later", "agreement_later?od=1&do=1", "agreement_in_force"),
    ),
    Page("agreements:annex_pdf", MEMBERS, {"L": 3, "P": 4}, of="agreement_annex", seen=FILE),
    Page("agreements:annex_docx", MEMBERS, {"L": 5, "P": 6}, of="agreement_annex", seen=FILE),
    Page("agreements:consent_new", _OF_PARTY, 4, of="agreement_contact_of_later"),
    Page("agreements:consent_withdraw", _OF_PARTY, 3, of="agreement_agreed"),
    Page(
        "agreements:publicity",
        MEMBERS,
        {"L": 6, "P": 7},
        of="agreement_later",
        seen=("agreement_later", "agreement_draft"),
    ),
    Page("agreements:publicity_new", _OF_PARTY, 5, of="agreement_of_later"),
    Page("agreements:party_seat", _OF_PARTY, 3, of="agreement_of_later"),
]
ROWS |= {
    "agreement_later": _later,
    "agreement_apart": lambda rows: rows["agreement_later"].parties.get(state="WAITING"),
    "agreement_accession": lambda rows: _accession(rows, "PREPARED"),
    "agreement_acceded": lambda rows: _accession(rows, "SIGNED"),
    "agreement_withdrawn": _withdrawn,
    "agreement_annex": _annex,
    "agreement_of_later": _of_later,
    "agreement_contact_of_later": lambda rows: rows["agreement_of_later"].contacts.first(),
    "agreement_agreed": lambda rows: rows["agreement_of_later"].contacts.last(),
}


def _amended(rows: Rows) -> Agreement:
    """In force between the kooperant and two others, with an aneks in force."""
    agreement = make.draft("C", make.by_of(rows["lead"]), **make.BLANKS)
    make.party(agreement, rows["member"])
    for number in (2, 3):
        make.party(agreement, name=f"Instytucja Przykładowa nr {number}")
    day = timezone.localdate() - timedelta(days=9)
    make_force.in_force(agreement, dict.fromkeys(agreement.parties.all(), day), day)
    amendment = make_amendments.begun(agreement)
    make_amendments.added(amendment, "after:2.2", "Nowy ustęp, zob. [§ 2 ust. 4].")
    make_amendments.moved(amendment)
    make_amendments.all_signed(make_amendments.sent(amendment))
    return Agreement.objects.get(pk=agreement.pk)


def _amendment(rows: Rows) -> Amendment:
    """A whole draft that the parties read, with a change of each kind."""
    amendment = make_amendments.begun(_amended(rows), who := make.by_of(rows["lead"]))
    make_amendments.reworded(amendment, "2.5", "Koszty każdy ponosi sam.")
    make_amendments.added(amendment, "end", "Spory rozstrzyga się polubownie.", "Spory")
    make_amendments.removed(amendment, "2.6")
    make_amendments.rhythm(amendment, 1, "MONTH")
    make_amendments.moved(amendment, "sala powiatu")
    amendment_acts.share(by=who, amendment_id=amendment.pk, version=0)
    return Amendment.objects.get(pk=amendment.pk)


def _amendment_lying(rows: Rows) -> Amendment:
    """It is the kooperant's turn; of the others one signed, one refused."""
    amendment = make_amendments.lying(_amended(rows))
    _, signed, refused = amendment.sides.all()
    content = pdf.signed("Jan Dyrektor", content=content_of(amendment.document.pdf))
    make_amendments.entered(signed, pdf.upload(content), mode="QUALIFIED")
    make_amendments.turned_down(refused)
    return Amendment.objects.get(pk=amendment.pk)


def _amendment_failed(rows: Rows) -> Amendment:
    amendment = make_amendments.lying(_amended(rows))
    days = {"dated_on": _YESTERDAY, "sign_by": _YESTERDAY}
    Amendment.objects.filter(pk=amendment.pk).update(**days)
    amendment_force.look_at(by=SYSTEM, amendment_id=amendment.pk)
    return Amendment.objects.get(pk=amendment.pk)


PAGES += [
    Page(
        "agreements:amendment_new",
        KEEPERS,
        5,
        of="agreement_amended",
    ),
    Page(
        "agreements:amendment",
        "ALNPH",
        {"L": 14, "P": 14},
        of="amendment",
        seen=("amendment", "amendment_lying", "amendment_in_force", "amendment_failed"),
    ),
    Page("agreements:amendment_edit", KEEPERS, 5, of="amendment"),
    Page("agreements:amendment_share", KEEPERS, 3, of="amendment"),
    Page("agreements:amendment_send", KEEPERS, 10, of="amendment"),
    Page("agreements:amendment_take_back", KEEPERS, 4, of="amendment_lying"),
    Page("agreements:amendment_discard", KEEPERS, 3, of="amendment"),
    Page("agreements:amendment_to_sign", "ALNPH", 6, of="amendment_lying", seen=FILE),
    Page("agreements:amendment_pdf", "ALNPH", 12, of="amendment", seen=FILE),
    Page("agreements:amendment_docx", "ALNPH", 13, of="amendment", seen=FILE),
    *(
        Page(f"agreements:amended_{kind}", KEEPERS, 6, of="amendment")
        for kind in ("text", "added", "removed", "rhythm", "place")
    ),
    Page("agreements:amended_clause", KEEPERS, 6, of="amended_clause"),
    Page("agreements:amended_clause_remove", KEEPERS, 3, of="amended_clause"),
    Page("agreements:amendment_side_sign", _SIGNING_FOR, 6, of="amendment_side"),
    Page("agreements:amendment_side_refuse", _SIGNING_FOR, 5, of="amendment_side"),
    Page(
        "agreements:amendment_side_return",
        may("ALN", hidden="SDWOZT"),
        4,
        of="amendment_refused_side",
    ),
]
ROWS |= {
    "agreement_amended": _amended,
    "amendment": _amendment,
    "amendment_lying": _amendment_lying,
    "amendment_in_force": lambda rows: rows["agreement_amended"].amendments.get(),
    "amendment_failed": _amendment_failed,
    "amended_clause": lambda rows: rows["amendment"].changes.first(),
    "amendment_side": lambda rows: rows["amendment_lying"].sides.first(),
    "amendment_refused_side": lambda rows: rows["amendment_lying"].sides.get(state="REFUSED"),
}
PAGES += [
    Page("agreements:numbers", KEEPERS, 5, seen=("",)),
    Page("agreements:number_rule", KEEPERS, 3, seen=("",)),
    Page(
        "agreements:agreement_copies",
        "ALNPH",
        {"L": 7, "P": 9},
        of="agreement_handed",
        seen=("agreement_handed",),
    ),
    Page("agreements:agreement_copy_new", KEEPERS, 4, of="agreement_handed"),
]


def _handed(rows: Rows) -> Agreement:
    """In force, the kooperant a party of it; one copy of the set was handed over."""
    who = make.by_of(rows["lead"])
    agreement = make.whole("A", 2, who, force="ENOUGH", enough=2)
    make.contact(make.party(agreement, rows["member"], who=who), who=who)
    agreement.refresh_from_db()
    agreement = make.sent(agreement, who, copies="ROUND")
    for party in agreement.parties.all()[:2]:
        make.entered(party, who=who)
    make.handed(agreement, who)
    return Agreement.objects.get(pk=agreement.pk)


ROWS |= {"agreement_handed": _handed}


def more(rows: Rows) -> None:
    for variant in "ABC":
        make.whole(variant, 4, make.by_of(rows["lead"]))
    for clause in ("1.1", "2.2", "preamble"):
        make.comment(rows["agreement_shared"], make.by_of(rows["lead"]), clause=clause)
