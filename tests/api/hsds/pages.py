"""The public services for other programs, and the page that explains them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from api.hsds.described import RESOURCES
from region.directory.models import ListedService
from tenants.services.hsds.places import flipped
from tenants.services.hsds.taxonomies import TAXONOMIES, terms
from tests.declared import ANYBODY, JSON, NO_FORM_EVER, Rows, SharedPage

UNIT = "160501"
# Of each list, and of one of it: the pace, the revision, how many there are, the rows. Taxonomies are
# asked of no table, but a unit has types of its own. Whoever happens to be signed in costs a session
# and an account.
_COSTS = dict.fromkeys(RESOURCES, (6, 5)) | dict.fromkeys(("taxonomies", "taxonomy_terms"), (4, 4))
_OF_UNIT = _COSTS | {"taxonomy_terms": (5, 5)}


def _json(name: str, queries: int, of: str = "") -> SharedPage:
    return SharedPage(f"hsds:{name}", ANYBODY, NO_FORM_EVER, queries, of=of, seen=JSON)


PAGES = [
    SharedPage("hsds:guide", ANYBODY, NO_FORM_EVER, 2, seen=("",)),
    *(_json(name, 4) for name in ("home", "profile", "openapi")),
    *(_json(f"unit_{name}", 4, "open_unit") for name in ("home", "openapi")),
    *(_json(name, many) for name, (many, _) in _COSTS.items()),
    *(_json(f"unit_{name}", many, "open_unit") for name, (many, _) in _OF_UNIT.items()),
    *(_json(f"one_of_{name}", one, f"one_of_{name}") for name, (_, one) in _COSTS.items()),
    *(_json(f"unit_one_of_{name}", one, f"unit_{name}") for name, (_, one) in _OF_UNIT.items()),
]


def _listed(rows: Rows) -> ListedService:
    return ListedService.objects.get(pk=rows["listed_service"])


_IDS: dict[str, Callable[[Rows], UUID | None]] = {
    "services": lambda rows: rows["listed_service"],
    "organizations": lambda rows: _listed(rows).organisation_id,
    "locations": lambda rows: _listed(rows).location_id,
    "service_at_locations": lambda rows: flipped(rows["listed_service"]),
    "taxonomies": lambda rows: TAXONOMIES[0].id,
    "taxonomy_terms": lambda rows: next(iter(terms())),
}


def _of_unit(name: str) -> Callable[[Rows], tuple[Any, ...]]:
    return lambda rows: (UNIT, _IDS[name](rows))


ROWS = {
    "open_unit": (UNIT,),
    **{f"one_of_{name}": find for name, find in _IDS.items()},
    **{f"unit_{name}": _of_unit(name) for name in _IDS},
}
