"""Workers whom a kooperant lets in to read the basket, without the office (REG §3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import pl_date
from kooperacja.writes import AlreadySaved
from tenants.partnership import consequences, perms
from tenants.partnership.actions.terms import locked_membership, require_holds
from tenants.partnership.models import Membership
from tenants.people.actions.invitations import invite_to_role, take_role
from tenants.people.actions.persons import find_or_add_person
from tenants.people.models import Person, RoleAssignment
from tenants.people.perms import VOICES
from tenants.registry.roles import Role

ENDED = "zakończono dostęp do koszyka"


@dataclass(frozen=True, slots=True)
class Named:
    """A worker as a line of the form names them; one who is ticked stands in line 0."""

    line: int
    full_name: str
    email: str

    def __str__(self) -> str:
        return f"Wiersz {self.line} ({self.email})" if self.line else self.full_name


@dataclass(slots=True)
class LetIn:
    """Those who were let in now, and those who have read before, each with the role."""

    new: list[RoleAssignment] = field(default_factory=list)
    known: list[RoleAssignment] = field(default_factory=list)

    @property
    def words(self) -> str:
        """For the page after it."""
        said = []
        if self.new:
            names = ", ".join(str(one.person) for one in self.new)
            said.append(f"Wpuszczono: {names}. Zaproszenia wysyłamy e-mailem.")
        said += [
            f"{one.person} już czyta koszyk: {one.get_role_display()} od {pl_date(one.from_on)}"
            for one in self.known
        ]
        return " ".join(said)


@transaction.atomic
def let_in_workers(*, by: Actor, membership_id: UUID, people: Iterable[Named]) -> LetIn:
    """Invite workers of one's own institution; whoever reads already is named and not invited anew."""
    by.require_proof()
    membership = locked_membership(membership_id)
    perms.let_in_readers.require(Person.objects.acting(by), membership)
    require_holds(by, membership, perms.let_in_readers.clause)
    told, wrong = LetIn(), []
    for named in people:
        try:
            _let_in(by, membership, named, told)
        except ValidationError as refused:
            wrong.append(f"{named}: {' '.join(refused.messages)}")
    if wrong:
        raise ValidationError({"people": wrong})
    consequences.close_what_begins(by=by, membership=membership)
    return told


def _let_in(by: Actor, membership: Membership, named: Named, told: LetIn) -> None:
    institution = membership.organisation
    person = find_or_add_person(
        by=by, full_name=named.full_name, email=named.email, organisation=institution
    )
    held = person.role_assignments.on(by.today).filter(
        organisation=institution, role__in=VOICES | {Role.PARTNER_WORKER}
    )
    if known := held.order_by("from_on", "pk").first():
        told.known.append(known)
        return
    reader, _ = invite_to_role(
        by=by,
        person=person,
        role=Role.PARTNER_WORKER,
        organisation=institution,
        from_on=by.today,
    )
    record(by=by, verb="READER_LET_IN", obj=institution, data={"person": [None, str(person.pk)]})
    told.new.append(reader)


@transaction.atomic
def end_reader(*, by: Actor, reader_id: UUID) -> RoleAssignment:
    """End the reading from this moment on, and close the door."""
    by.require_proof()
    readers = RoleAssignment.objects.select_for_update(of=("self",)).select_related("person")
    reader: RoleAssignment = readers.get(pk=reader_id, role=Role.PARTNER_WORKER)
    perms.end_reader.require(Person.objects.acting(by), reader)
    if reader.is_over:
        raise AlreadySaved(reader)
    take_role(by=by, assignment=reader, why=ENDED)
    data = {"person": [str(reader.person_id), None]}
    record(by=by, verb="READER_ENDED", obj=reader.organisation, data=data)
    return reader
