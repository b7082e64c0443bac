"""Types of services that the ROPS of the demo added: one in use, a narrower one, one that ended (REG §3.2)."""

from uuid import uuid5

from kooperacja.audit.actor import Actor
from tenants.region_types import actions
from tenants.region_types.models import RegionType
from tenants.services.hsds.parts import NAMESPACE

_ADDED = (
    {
        "name": "pasieka społeczna",
        "area": "srodowisko",
        "broader": "",
        "about": "Wspólna opieka nad ulami i nauka pszczelarstwa dla mieszkańców.",
        "synonyms": "klub pszczelarza\nule sąsiedzkie",
        "everyday": "pszczoły\nmiodobranie",
    },
    {
        "name": "pasieka szkolna",
        "area": "srodowisko",
        "broader": "pasieka-spoleczna",
        "about": "Ule przy szkole i zajęcia o pszczołach dla uczniów.",
        "synonyms": "",
        "everyday": "",
    },
    {
        "name": "rozdawanie maseczek",
        "area": "zdrowie",
        "broader": "",
        "about": "Maseczki i płyn do dezynfekcji za darmo.",
        "synonyms": "",
        "everyday": "",
    },
)


def write(by: Actor) -> None:
    """Add them once; the last one is needed no longer."""
    if RegionType.objects.exists():
        return
    for values in _ADDED:
        row = actions.add(by=by, key=uuid5(NAMESPACE, values["name"]), values=dict(values))
    actions.end(by=by, type_id=row.pk, why="epidemia się skończyła")
