"""Permissions for the GGK, its composition and its delegations (POR-C §3)."""

from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.sides import coordinates, delegations_of, is_delegate
from kooperacja.permissions import permission
from tenants.people.models import Person, holds
from tenants.people.perms import OFFICE, is_of_office

_GROUP = "§ 3 ust. 1 porozumienia"
_ASKING = "§ 2 ust. 4 pkt 2 porozumienia"


@permission(
    "Gminną Grupę Kooperacji widzą ludzie ośrodka i osoby, które do niej delegowano.", _GROUP
)
def see_groups(person: Person | None) -> bool:
    """Open the list; a delegate finds there the groups in which they sit."""
    return is_of_office(person) or (person is not None and is_delegate(person))


@permission("Skład grupy widzą ludzie ośrodka i osoby, które w niej są.", _GROUP)
def see_group(person: Person | None, group: Group) -> bool:
    """Read who is in the group and which institutions were asked; nothing of families."""
    if person is None:
        return False
    return is_of_office(person) or bool(delegations_of(person, group.pk))


@permission(
    "Gminną Grupę Kooperacji prowadzi Lider albo wyznaczony przez niego pracownik ds. sieci.",
    _GROUP,
)
def keep_groups(person: Person | None) -> bool:
    """Found the group, close it, say who coordinates it."""
    return holds(person, OFFICE)


@permission(
    "O delegowanie osoby prosi ośrodek: Lider, pracownik ds. sieci albo koordynator grupy.", _ASKING
)
def ask(person: Person | None, group: Group) -> bool:
    """Ask an institution for a person, withdraw that, end a delegation."""
    return person is not None and (holds(person, OFFICE) or coordinates(person, group.pk))


@permission(ask.why, _ASKING)
def keep_delegation(person: Person | None, delegation: DelegationRequest) -> bool:
    return ask(person, delegation.group)


@permission("Prośbę o delegowanie widzą ludzie ośrodka.", _ASKING)
def see_delegation(person: Person | None, delegation: DelegationRequest) -> bool:
    return is_of_office(person)


@permission("To oświadczenie składa koordynator grupy.", "§ 3 ust. 6 porozumienia")
def promise(person: Person | None, group: Group) -> bool:
    """Undertake secrecy as whoever coordinates the group."""
    return person is not None and coordinates(person, group.pk)


@permission("Delegację przyjmuje osoba, którą wskazała jej instytucja.", "§ 3 ust. 6 porozumienia")
def answer_delegation(person: Person | None, delegation: DelegationRequest) -> bool:
    """Accept it with the statement on secrecy, or decline."""
    return person is not None and delegation.person_id in person.entries
