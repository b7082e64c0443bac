"""One thing that waits, and all that waits for a person."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists
from django.urls import reverse
from django.utils.timezone import localdate

from kooperacja import offers
from kooperacja.permissions import Permission
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import counted, pl_datetime, stopped
from tenants.people import perms
from tenants.people.invited import waited_for
from tenants.people.models import Person, RoleAssignment
from tenants.people.returned import unreached
from tenants.registry.models import AdministratorProposal
from tenants.registry.roles import Role
from tenants.registry.support import AdviserProposal
from tenants.registry.workflow import ProposalState

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing to do, its page and the clause it rests on; its title begins with the verb of the deed."""

    title: str
    href: str
    clause: str
    text: str = ""
    is_overdue: bool = False
    due: date | None = None  # its last day
    since: date | None = None  # where the text does not say since when it waits
    # The same without names of people and institutions, for a calendar outside the platform.
    matter: str = ""
    # From when to when, where it is no whole day.
    hours: tuple[datetime, datetime] | None = None
    # What it is about, where a first step or a day of the calendar would say the same again.
    about: object = None

    @property
    def verb(self) -> str:
        """The words of the button."""
        first, _, rest = self.title.partition(" ")
        return f"{first} się" if rest.startswith("się ") else first.rstrip(",")

    @property
    def sentence(self) -> str:
        """The text before another sentence."""
        return stopped(self.text) if self.text else ""

    @property
    def rest(self) -> str:
        """The words that tell the button from others with the same verb."""
        return self.title.removeprefix(self.verb)


@dataclass(frozen=True, slots=True)
class TodaySource(offers.Offer):
    """Finds what of one kind waits for a person; the calendar asks only what may have a last day."""

    find: Callable[[Person, date], Iterable[Waiting]]
    has_days: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is past its day, how much is due within seven days, and all else."""

    overdue: int
    soon: int
    later: int


@dataclass(frozen=True, slots=True)
class Awaited:
    """A thing that somebody else is to do, and what one may do until then."""

    title: str
    href: str
    text: str
    clause: str = ""
    action: str = ""
    action_href: str = ""
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class WaitsForOthers(offers.Offer):
    """Finds what of one kind a person waits for from others."""

    find: Callable[[Person, date], Iterable[Awaited]]


@dataclass(frozen=True, slots=True)
class FirstStep(offers.Offer):
    """One step by which a new unit gets ready, its reason, and the page on which it is taken.

    `taken()` gives rows that are there once it was ever taken: a unit is new only once.
    What waits `about` the same is not told beside it until then.
    """

    words: str
    taken: Callable[[], Any]
    page: str
    button: str
    may: Permission[...]
    text: str = ""
    about: object = None


def first_steps(person: Person) -> list[tuple[FirstStep, bool]]:
    """Steps, each with whether it was taken, for those who run a unit; none once all were."""
    if not perms.manage_people(person):
        return []
    steps = [step for step in offers.of(FirstStep) if step.may(person)]
    taken = (Exists(step.taken()) for step in steps)
    found = Person.objects.filter(pk=person.pk).values_list(*taken).get()
    return [] if all(found) else list(zip(steps, found, strict=True))


def beside(waiting: Iterable[Waiting], steps: Iterable[tuple[FirstStep, bool]]) -> list[Waiting]:
    """Tasks besides the first steps that are still to be taken."""
    told = {step.about for step, is_taken in steps if step.about and not is_taken}
    return [item for item in waiting if item.about not in told]


LEAD_STEP = "LEAD"


def lead_was_named() -> Any:
    return RoleAssignment.objects.filter(role=Role.LEAD)


def officer_was_named() -> Any:
    return RoleAssignment.objects.filter(role=Role.NETWORK_OFFICER)


def awaited_by(person: Person, day: date) -> list[Awaited]:
    """Things that are late first, then as the apps offer them."""
    awaited = [item for source in offers.of(WaitsForOthers) for item in source.find(person, day)]
    return sorted(awaited, key=lambda item: not item.is_overdue)


def addresses_to_correct(person: Person, day: date) -> Iterator[Waiting]:
    """One's own address on which mail does not arrive; for whoever keeps the register all others."""
    if person.account_id is None:
        return
    keeps = perms.see_people(person)
    others = []
    for one in unreached(None if keeps else person.account_id):
        if person.account_id in {holder.account_id for holder in one.holders}:
            yield Waiting(
                title="Popraw swój adres e-mail",
                href=root_reverse("account_address"),
                clause="",
                text=f"Wiadomości na adres {one.email} nie dochodzą: {one.reason}.",
                since=localdate(one.since),
            )
        else:
            others.append(one)
    if others:
        many = counted(len(others), "adres", "adresy", "adresów")
        yield Waiting(
            title="Popraw adresy, do których poczta nie dochodzi",
            href=reverse("people:unreached"),
            clause="",
            text=f"Do poprawienia: {many}.",
            since=min(localdate(one.since) for one in others),
        )


_SHOWN = 50


def untaken_invitations(person: Person, day: date) -> Iterator[Awaited]:
    """Invitations to roles that nobody has taken yet, for whoever may send them again."""
    if not perms.invites_somebody(person):
        return
    for assignment, standing in waited_for(day, _SHOWN):
        if perms.keep_invitation(person, assignment):
            of = f" ({assignment.organisation})" if assignment.organisation else ""
            yield Awaited(
                title=f"{assignment.person}, {assignment.get_role_display()}{of}",
                href=assignment.url,
                text=standing.words,
                clause=perms.keep_invitation.clause,
                action=standing.sending if standing.may_send else "",
                action_href=assignment.url_of("again"),
                is_overdue=standing.is_late and standing.was_sent,
            )


def waiting_for(person: Person, day: date) -> list[Waiting]:
    """The most urgent first, then as the apps offer it."""
    return sorted(_found(person, day, offers.of(TodaySource)), key=by_urgency)


def due_for(person: Person, day: date) -> list[Waiting]:
    """Those of them that have a last day."""
    sources = (source for source in offers.of(TodaySource) if source.has_days)
    return sorted((item for item in _found(person, day, sources) if item.due), key=by_urgency)


def _found(person: Person, day: date, sources: Iterable[TodaySource]) -> Iterator[Waiting]:
    for source in sources:
        for item in source.find(person, day):
            assert source.has_days or item.due is None, f"its source has no days: {item.title}"
            yield item


def by_urgency(item: Waiting) -> tuple[bool, date]:
    """Overdue things first, then those that have a last day by it."""
    return not item.is_overdue, item.due or date.max


def counts(waiting: Iterable[Waiting], day: date) -> Counts:
    items = list(waiting)
    overdue = sum(item.is_overdue for item in items)
    near = day + timedelta(days=SOON_DAYS)
    soon = sum(not item.is_overdue and (item.due or date.max) <= near for item in items)
    return Counts(overdue, soon, len(items) - overdue - soon)


def proposed_advisers(person: Person, day: date) -> Iterator[Waiting]:
    """Advisers whom the region proposes, to those who answer."""
    if not perms.answer_advisers(person):
        return
    rows = AdviserProposal.objects.filter(tenant_id=current_tenant().id, state="PROPOSED")
    for proposal in rows.select_related("adviser"):
        yield Waiting(
            title=f"Odpowiedz na propozycję ROPS (doradca): {proposal}",
            href=reverse("people:adviser", args=[proposal.pk]),
            clause=perms.answer_advisers.clause,
            text="Nikogo nie wpuścimy bez zgody Twojej jednostki.",
            since=localdate(proposal.proposed_at),
        )


def proposed_administrators(person: Person, day: date) -> Iterator[Waiting]:
    """One whom the region proposes: to those who answer, or to all who may stop the invitation."""
    if not perms.stop_proposals(person):
        return
    of_here = AdministratorProposal.objects.filter(tenant_id=current_tenant().id)
    for proposal in of_here.filter(state__in=["PROPOSED", "WAITING"]):
        if proposal.state == ProposalState.WAITING:
            yield Waiting(
                title=f"Sprawdź zapowiedziane przez ROPS zaproszenie administratora OPS: {proposal}",
                href=reverse("people:administrator_stop", args=[proposal.pk]),
                clause="",
                text=f"Zaproszenie wyślemy {pl_datetime(proposal.due_at)}. Możesz je zatrzymać.",
            )
        elif perms.answer_proposals(person):
            yield Waiting(
                title=f"Odpowiedz na propozycję ROPS (administrator OPS): {proposal}",
                href=reverse("people:administrator", args=[proposal.pk]),
                clause=perms.answer_proposals.clause,
                text="Nikogo nie zaprosimy bez Twojej zgody.",
                since=localdate(proposal.proposed_at),
            )
