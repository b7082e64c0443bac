"""Pages of the GGK."""

from itertools import count

from uuid6 import uuid7

from gmina.ggk.models import DelegationRequest, Group
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tests.declared import KEEPERS, May, Page, Rows
from tests.factories import ggk as make

OFFICE = "ALNSD"
# Of the office; for others there is no such request.
REQUESTS = May(OFFICE, hidden="PHWOZTG")
KEPT = May(KEEPERS, hidden="PHWOZTG")
# Of whom the institution named alone.
OWN = May("G", hidden="ALNSDPHWOZT")
PAGES = [
    Page("ggk:groups", f"{OFFICE}G", {"L": 5, "G": 5}, seen=("",)),
    Page("ggk:group_new", May(not_now=KEEPERS), seen="reached by a flow: test_group_pages.py"),
    Page(
        "ggk:group",
        May(OFFICE, hidden="PHWOZTG"),
        7,
        of="ggk",
        seen=("ggk", "ggk_over"),
    ),
    Page("ggk:group_close", KEEPERS, 3, of="ggk"),
    Page("ggk:group_coordinator", KEEPERS, 4, of="ggk"),
    Page("ggk:group_promise", "", of="ggk", seen="reached by a flow: test_group_pages.py"),
    Page("ggk:group_ask", KEEPERS, 3, of="ggk"),
    Page(
        "ggk:delegation",
        REQUESTS,
        4,
        of="asked_delegation",
        seen=("asked_delegation", "delegation", "seated_delegation", "refused_delegation"),
    ),
    Page("ggk:delegation_withdraw", KEPT, 3, of="asked_delegation"),
    Page("ggk:delegation_end", KEPT, 3, of="seated_delegation"),
    Page("ggk:delegation_accept", OWN, {"G": 3}, of="delegation", seen=("delegation",)),
    Page("ggk:delegation_decline", OWN, {"G": 2}, of="delegation"),
]


_numbers = count(1)


def _group(_: Rows) -> Group:
    """The one that there is, or a new one."""
    return Group.objects.filter(ended_on=None).first() or make.group(make.published(uuid7()))


def _another() -> str:
    """A function for which nobody was asked yet."""
    return f"psycholog nr {next(_numbers)}"


def _over(rows: Rows) -> Group:
    """A group of before."""
    now = rows["ggk"]
    return Group.objects.create(
        unit=now.unit,
        county_id=now.county_id,
        county_name=now.county_name,
        agreement_id=now.agreement_id,
        agreement_name="Dawne porozumienie",
        from_on=make.tomorrow(-200),
        ended_on=make.tomorrow(-100),
    )


def _delegation(rows: Rows) -> DelegationRequest:
    """Somebody was named and has not accepted: who comes in as a delegate, if anybody does."""
    rows["ggk_over"]
    held = RoleAssignment.objects.filter(role=Role.DELEGATE, person__account_id__isnull=False)
    role = held.select_related("person").order_by("pk").first()
    return make.named(rows["ggk"], role.person if role else None, function=_another())


def _refused(rows: Rows) -> DelegationRequest:
    fields = {"state": "REFUSED", "answered_on": make.tomorrow(-1), "reason": "Brak etatu"}
    return make.asked(rows["ggk"], function=_another(), **fields)


ROWS = {
    "ggk": _group,
    "ggk_over": _over,
    "asked_delegation": lambda rows: make.asked(rows["ggk"], function=_another()),
    "delegation": _delegation,
    "seated_delegation": lambda rows: make.seated(rows["ggk"], function=_another()),
    "refused_delegation": _refused,
}


def more(rows: Rows) -> None:
    make.coordinator(rows["ggk"])
    for _ in range(3):
        make.asked(rows["ggk"], function=_another())
        make.seated(rows["ggk"], function=_another())
