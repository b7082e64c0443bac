"""Pages of what becomes of agreements in force: departures, other names, endings."""

from datetime import timedelta

from django.utils import timezone

from tenants.agreements.models import Agreement, Ending, Party
from tests.declared import KEEPERS, Page, Rows, may
from tests.factories import agreement_force as make_force
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import people as make_people

_AGO = timezone.localdate() - timedelta(days=10)


def _bound(rows: Rows) -> Agreement:
    """In force between four: one leaves soon, one has another name, one a successor."""
    who = make.by_of(rows["lead"])
    agreement = make.draft("C", who, **make.BLANKS)
    houses = [rows["member"], *(make_people.organisation() for _ in range(3))]
    parties = [make.party(agreement, of, who=who) for of in houses]
    agreement = make_force.between(agreement, parties, _AGO)
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


def _ends(rows: Rows) -> Agreement:
    """In force for some days yet."""
    who = make.by_of(rows["lead"])
    agreement = life.bound(who=who)
    life.end(agreement, 3, who)
    return Agreement.objects.get(pk=agreement.pk)


def _ending(rows: Rows) -> Ending:
    return Ending.objects.get(agreement=rows["agreement_ends"])


_LEAVING_FOR = may("ALN", hidden="ZTG", refused="V")
PAGES = [
    Page(
        "agreements:party_leave",
        may("ALNH", hidden="ZTG", refused="V"),
        9,
        of="agreement_bound_party",
    ),
    Page("agreements:party_rename", _LEAVING_FOR, 5, of="agreement_bound_party"),
    Page("agreements:party_merge", _LEAVING_FOR, 10, of="agreement_bound_party"),
    Page("agreements:departure_withdraw", _LEAVING_FOR, 3, of="agreement_departure"),
    Page("agreements:agreement_end", KEEPERS, 12, of="agreement_bound"),
    Page("agreements:ending_withdraw", KEEPERS, 3, of="agreement_ending"),
]
ROWS = {
    "agreement_bound": _bound,
    "agreement_ended": _ended,
    "agreement_bound_party": _bound_party,
    "agreement_departure": lambda rows: (
        rows["agreement_bound"].parties.get(end_kind="LEFT").departures.get()
    ),
    "agreement_ends": _ends,
    "agreement_ending": _ending,
}
