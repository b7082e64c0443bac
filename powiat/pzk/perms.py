"""Permissions to read what gminas ask for, and to answer (POR-C §2.4.2)."""

from kooperacja.permissions import permission
from powiat.pzk.models import AskedDelegation
from powiat.pzk.workflow import CLAUSE
from tenants.people.models import Person, holds
from tenants.people.perms import LEAD, OFFICE, spoken_organisations

_OWN = "osoba, która kieruje instytucją, albo jej koordynator"


@permission("Prośby o delegatów widzą ośrodek i osoby, które działają za instytucje.", CLAUSE)
def see_delegations(person: Person | None) -> bool:
    """Open the list; it holds those that are the person's to read (`read_by`)."""
    return holds(person, OFFICE) or bool(spoken_organisations(person))


@permission("Prośbę o delegata widzą ośrodek i instytucja, do której przyszła.", CLAUSE)
def see_asked(person: Person | None, asked: AskedDelegation) -> bool:
    return holds(person, OFFICE) or is_own(person, asked)


@permission(
    f"Na prośbę o delegata odpowiada {_OWN}. Ośrodek wpisuje jej odpowiedź z pisma.", CLAUSE
)
def answer(person: Person | None, asked: AskedDelegation) -> bool:
    """Name a delegate, refuse, say that it is not ours; recall the delegate."""
    return see_asked(person, asked)


def is_own(person: Person | None, asked: AskedDelegation) -> bool:
    """The person speaks for the institution itself, so that no letter is asked for."""
    if asked.party is None:
        return False
    if asked.party.is_office:
        return holds(person, LEAD)
    return asked.party.organisation_id in spoken_organisations(person)
