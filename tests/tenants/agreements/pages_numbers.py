"""Pages of the numbers of agreements and of their copies."""

from tenants.agreements.models import Agreement
from tests.declared import KEEPERS, Page, Rows
from tests.factories import agreements as make
from tests.factories import people as make_people

PAGES = [
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
    make.handed(agreement, who, make_people.pdf("odbior.pdf"))
    return Agreement.objects.get(pk=agreement.pk)


ROWS = {"agreement_handed": _handed}
