"""Pages of agreements."""

from tenants.agreements.models import Addition, Agreement, ContactPerson, Party
from tests.declared import FILE, KEEPERS, Page, Rows
from tests.factories import agreements as make

PAGES = [
    Page("agreements:agreements", KEEPERS, 4, seen=("",)),
    Page("agreements:agreement_new", KEEPERS, 2, seen=("",)),
    Page(
        "agreements:agreement",
        KEEPERS,
        8,
        of="agreement_draft",
        seen=("agreement_draft", "agreement_empty", "agreement_discarded"),
    ),
    Page("agreements:agreement_blanks", KEEPERS, 3, of="agreement_draft"),
    Page(
        "agreements:agreement_text",
        KEEPERS,
        6,
        of="agreement_draft",
        seen=("agreement_draft", "agreement_empty"),
    ),
    Page("agreements:agreement_pdf", KEEPERS, 6, of="agreement_draft", seen=FILE),
    Page("agreements:agreement_docx", KEEPERS, 7, of="agreement_draft", seen=FILE),
    Page("agreements:agreement_keep", KEEPERS, 3, of="agreement_draft"),
    Page(
        "agreements:agreement_changes",
        KEEPERS,
        7,
        of="agreement_draft",
        seen=("agreement_draft", "agreement_empty", "agreement_draft?od=1&do=1"),
    ),
    Page("agreements:agreement_discard", KEEPERS, 3, of="agreement_draft"),
    Page("agreements:party_new", KEEPERS, 5, of="agreement_draft"),
    Page("agreements:party", KEEPERS, 4, of="agreement_party"),
    Page("agreements:party_remove", KEEPERS, 3, of="agreement_party"),
    Page("agreements:contact_new", KEEPERS, 3, of="agreement_party"),
    Page("agreements:contact", KEEPERS, 3, of="agreement_contact"),
    Page("agreements:contact_end", KEEPERS, 3, of="agreement_contact"),
    Page("agreements:addition_new", KEEPERS, 6, of="agreement_draft"),
    Page("agreements:addition", KEEPERS, 6, of="agreement_addition"),
    Page("agreements:addition_remove", KEEPERS, 3, of="agreement_addition"),
]


def _draft(rows: Rows) -> Agreement:
    """C with a kept version, to which something was added since."""
    who = make.by_of(rows["lead"])
    agreement = make.whole("C", 3, who)
    make.kept(agreement, who)
    make.addition(agreement, "after:4.2", "Spory rozstrzyga się polubownie.", who)
    return agreement


def _party(rows: Rows) -> Party:
    return rows["agreement_draft"].parties.first()


def _contact(rows: Rows) -> ContactPerson:
    return rows["agreement_party"].contacts.first()


def _addition(rows: Rows) -> Addition:
    return rows["agreement_draft"].additions.first()


def _discarded(rows: Rows) -> Agreement:
    return make.discarded(make.draft("B", make.by_of(rows["lead"])), make.by_of(rows["lead"]))


ROWS = {
    "agreement_draft": _draft,
    "agreement_party": _party,
    "agreement_contact": _contact,
    "agreement_addition": _addition,
    "agreement_empty": lambda rows: make.draft("A", make.by_of(rows["lead"])),
    "agreement_discarded": _discarded,
}


def more(rows: Rows) -> None:
    for variant in "ABC":
        make.whole(variant, 4, make.by_of(rows["lead"]))
