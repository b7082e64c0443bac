"""Pages of what comes after force: accessions, lists of people, publicity."""

from tenants.agreements.models import Accession, Agreement, AnnexVersion, Party
from tests.declared import FILE, KEEPERS, MEMBERS, PUBLIC, Page, Rows, may
from tests.factories import agreement_later as make_later
from tests.factories import agreements as make
from tests.factories import people as make_people


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
_MAKING_PUBLIC = may(_OF_PARTY, hidden="ZTG", refused="V")
PAGES = [
    Page("agreements:agreements_public", PUBLIC, 7, seen=("",)),
    Page("agreements:accession_new", KEEPERS, 7, of="agreement_later"),
    Page("agreements:accession_again", KEEPERS, 8, of="agreement_apart"),
    Page(
        "agreements:accession",
        _OF_PARTY,
        {"L": 3, "P": 5},
        of="agreement_accession",
        seen=("agreement_accession", "agreement_acceded", "agreement_withdrawn"),
    ),
    Page("agreements:accession_sign", KEEPERS, 5, of="agreement_accession"),
    Page("agreements:accession_withdraw", KEEPERS, 5, of="agreement_accession"),
    Page(
        "agreements:annex",
        f"{MEMBERS}V",
        {"L": 9, "P": 11},
        of="agreement_later",
        seen=("agreement_later", "agreement_in_force"),
    ),
    Page(
        "agreements:annex_changes",
        f"{MEMBERS}V",
        {"L": 4, "P": 5},
        of="agreement_later",
        seen=("agreement_later", "agreement_later?od=1&do=1", "agreement_in_force"),
    ),
    Page("agreements:annex_pdf", f"{MEMBERS}V", {"L": 3, "P": 4}, of="agreement_annex", seen=FILE),
    Page("agreements:annex_docx", f"{MEMBERS}V", {"L": 4, "P": 5}, of="agreement_annex", seen=FILE),
    Page("agreements:consent_new", _OF_PARTY, 4, of="agreement_contact_of_later"),
    Page("agreements:consent_withdraw", _OF_PARTY, 3, of="agreement_agreed"),
    Page(
        "agreements:publicity",
        f"{MEMBERS}V",
        {"L": 6, "P": 7},
        of="agreement_later",
        seen=("agreement_later", "agreement_draft"),
    ),
    Page("agreements:publicity_new", _MAKING_PUBLIC, {"L": 5, "P": 6}, of="agreement_of_later"),
    Page("agreements:party_seat", _MAKING_PUBLIC, {"L": 3, "P": 4}, of="agreement_of_later"),
]
ROWS = {
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
