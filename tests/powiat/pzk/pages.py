"""Pages of the Powiatowy Zespół Kooperacji."""

from powiat.pzk.models import AskedDelegation
from tenants.agreements.models import Party
from tenants.registry import directory
from tests.declared import KEEPERS, Page, Rows
from tests.factories import county
from tests.factories import people as make_people

# The browser's site is a gmina, which has no such page.
SEEN = "a powiat's page: test_answering.py reads it"
SPEAKERS = "PHOT"
SIDES = f"{KEEPERS}PH"
PAGES = [
    Page("pzk:delegations", f"{KEEPERS}{SPEAKERS}", 4, seen=SEEN),
    Page("pzk:asked", SIDES, 3, of="delegate_asked", seen=SEEN),
    Page("pzk:asked_name", SIDES, 3, of="delegate_asked", seen=SEEN),
    Page("pzk:asked_refuse", SIDES, 3, of="delegate_asked", seen=SEEN),
    Page("pzk:asked_not_ours", SIDES, 3, of="delegate_asked", seen=SEEN),
    Page("pzk:asked_recall", SIDES, 3, of="delegate_named", seen=SEEN),
]


def _party(rows: Rows) -> Party:
    """The kooperant is a party of an agreement that names a gmina."""
    agreement = county.in_force(rows["member"])
    return agreement.parties.select_related("agreement").get(organisation=rows["member"])


def _asked(rows: Rows) -> AskedDelegation:
    return _of(rows["county_party"])


def _named(rows: Rows) -> AskedDelegation:
    asked = _of(rows["county_party"], function="psycholog")
    return county.named(asked, make_people.by(rows["lead"]), make_people.pdf())


def _of(party: Party, **fields: str) -> AskedDelegation:
    gmina = directory.find("gogolin")
    assert gmina is not None
    return county.asked(party, gmina, **fields)


ROWS = {"county_party": _party, "delegate_asked": _asked, "delegate_named": _named}


def more(rows: Rows) -> None:
    """More requests."""
    for number in range(30):
        _of(rows["county_party"], function=f"funkcja {number}")
