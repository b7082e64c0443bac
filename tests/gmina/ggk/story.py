"""Two gminas and their county in one story: their days, their letters, what has ended and why."""

from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

import time_machine
from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from gmina.ggk import tasks as gmina_tasks
from gmina.ggk.actions import groups
from gmina.ggk.models import DelegationRequest, DelegationStep, Group
from gmina.ggk.standing import founding
from kooperacja.audit.actor import SYSTEM, named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk import tasks as county_tasks
from powiat.pzk.actions.receiving import NotYet
from powiat.pzk.models import AskedDelegation
from tenants.agreements.actions import ending as agreement_ending
from tenants.agreements.models import Agreement, Party
from tenants.exchange import letters
from tenants.exchange.letters import LetterRef
from tenants.exchange.models import Letter
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry import actions as registry
from tenants.registry import directory
from tenants.registry.models import Tenant
from tenants.teams.models import Seat
from tests.factories import county
from tests.factories import ggk as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.place import undone

START = datetime(2026, 1, 12, 12, tzinfo=timezone.get_default_timezone())
# What was confirmed on one day is older than 24 hours on the next, however quick the steps are.
DAY = timedelta(hours=24, minutes=5)
COUNTY = 2
CARRIED = ("LETTER", "COUNTY_AGREEMENT")
CHANGES = {
    "ACTIVE": registry.reopen_tenant,
    "SUSPENDED": registry.suspend_tenant,
    "CLOSED": registry.close_tenant,
}


@dataclass(frozen=True)
class Units:
    """Two gminas and their county, institutions of its agreement, and who acts for each."""

    all: tuple[TenantRef, TenantRef, TenantRef]
    institutions: tuple[Organisation, ...]
    heads: tuple[Person, ...]
    leads: tuple[Person, ...]


def units_with_an_agreement(gmina: TenantRef, city: TenantRef, powiat: TenantRef) -> Units:
    """A city is a gmina too."""
    with inside(powiat):
        make_partnership.found(powiat)
        institutions = tuple(make_people.organisation() for _ in range(3))
        heads = tuple(make_people.head(of) for of in institutions)
    leads = []
    for one in (gmina, city):
        with inside(one):
            make_partnership.found(one)
            leads.append(make_people.lead())
    return Units((gmina, city, powiat), institutions, heads, tuple(leads))


class World:
    """Three units as the days pass, and what the test itself remembers of them."""

    units: ClassVar[Units]
    reached: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()  # of the machine that tells the story
        self.statuses = ["ACTIVE"] * 3
        self.read: list[LetterRef] = []
        self.word_at = START  # the county's outbox was emptied last
        # What ended, by whom it concerns (an agreement, a party, a request, a unit), and since when.
        self.ended: dict[tuple[str, object], datetime] = {}
        self.example = ExitStack()
        self.example.callback(directory.forget)
        self.clock = self.example.enter_context(time_machine.travel(START))

    def undo_later(self) -> None:
        """What follows is undone, so that the next example begins alike."""
        with inside(self.units.all[COUNTY]):
            self.example.enter_context(undone())

    def teardown(self) -> None:
        with inside(self.units.all[COUNTY]):
            self.example.close()

    # --- Who and what -----------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return timezone.localdate()

    def is_open(self, unit: int) -> bool:
        return self.statuses[unit] == "ACTIVE"

    def note(self, what: str, whom: object) -> None:
        self.ended.setdefault((what, whom), timezone.now())

    def here(self, number: int, *states: str) -> tuple[int, DelegationRequest] | None:
        """A request in one of these states, in a gmina that works."""
        found = []
        for gmina in filter(self.is_open, range(COUNTY)):
            with inside(self.units.all[gmina]):
                rows = DelegationRequest.objects.filter(state__in=states).select_related("person")
                found += [(gmina, row) for row in rows.order_by("pk")]
        return found[number % len(found)] if found else None

    def there(self, number: int, *states: str) -> tuple[AskedDelegation, Person] | None:
        """The same as the county knows it, with the head of the institution, while that works."""
        if not self.is_open(COUNTY):
            return None
        with inside(self.units.all[COUNTY]):
            rows = AskedDelegation.objects.filter(state__in=states, party__isnull=False)
            found = list(rows.select_related("party__organisation").order_by("request_id"))
        if not found:
            return None
        asked = found[number % len(found)]
        assert asked.party is not None
        assert asked.party.organisation is not None
        return asked, self.units.heads[self.units.institutions.index(asked.party.organisation)]

    # --- The agreement and the groups under it -------------------------------------------------------

    def begin_agreement(self) -> None:
        codes = [one.code for one in self.units.all[:COUNTY]]
        county.in_force(*self.units.institutions, units=codes)

    def note_ends(self) -> None:
        """Agreements and parts in them that are over, as the county's tables say."""
        for agreement in Agreement.objects.exclude(state="IN_FORCE").order_by("pk"):
            self.note("AGREEMENT_ENDED", agreement.pk)
        for party in Party.objects.filter(ended_on__lte=self.today).order_by("pk"):
            self.note("PARTY_LEFT", party.pk)

    def found_group(self, gmina: int) -> None:
        """Under the agreement in force, unless there is one."""
        with inside(self.units.all[gmina]):
            agreements = founding(self.today)
            if agreements and not Group.objects.filter(ended_on=None).exists():
                by, first = make.by(self.units.leads[gmina]), agreements[0]
                groups.found(by=by, key=uuid7(), agreement_id=first.agreement_id)

    def close_groups(self, gmina: int) -> None:
        with inside(self.units.all[gmina]):
            for group in Group.objects.filter(ended_on=None):
                groups.close(by=make.by(self.units.leads[gmina]), group_id=group.pk)
                self.note("GROUP_CLOSED", group.pk)

    # --- Days and the region -------------------------------------------------------------------------

    def pass_day(self, *, is_silent: bool = False) -> None:
        """And what is done by the clock, in the order of the schedule; the county's word may be late."""
        self.clock.shift(DAY)
        powiat = self.units.all[COUNTY]
        if self.is_open(COUNTY):
            with inside(powiat):
                for key in agreement_ending.to_settle(self.today):
                    agreement_ending.settle_at(by=SYSTEM, agreement_id=key)
        for task in (county_tasks.look_in_one, county_tasks.confirm_in_one):
            task(str(powiat.id))
        if not is_silent:
            self.carry(COUNTY)
        for one in self.units.all[:COUNTY]:
            gmina_tasks.look_in_one(str(one.id))

    def change(self, unit: int, status: str) -> None:
        """The region suspends a unit, closes it or opens it again."""
        tenant = Tenant.objects.get(pk=self.units.all[unit].id)
        CHANGES[status](by=named("Anna"), tenant=tenant, reason="brak umowy")
        self.statuses[unit] = status
        if status == "CLOSED":
            self.note("COUNTY_CLOSED" if unit == COUNTY else "GMINA_CLOSED", unit)

    # --- Letters ---------------------------------------------------------------------------------------

    def carry(self, unit: int) -> None:
        """The workers empty the outbox of a unit that works, and hear which units have changed."""
        carrying = handlers()
        for change in OutgoingMessage.objects.filter(kind="TENANT_CHANGED", done_at=None):
            carrying[change.kind](change, None)
            OutgoingMessage.objects.filter(pk=change.pk).update(done_at=timezone.now())
        if not self.is_open(unit):
            return
        if unit == COUNTY:
            self.word_at = timezone.now()
        with inside(self.units.all[unit]):
            waiting = Outgoing.objects.filter(kind__in=CARRIED, done_at=None)
            for message in waiting.order_by("created_at", "id"):
                carrying[message.kind](message, self.units.all[unit])
                Outgoing.objects.filter(pk=message.pk).update(done_at=timezone.now())

    def carried(self) -> list[UUID]:
        """Letters that nobody has read, once the workers of all units have come."""
        for unit in range(3):
            self.carry(unit)
        rows = Letter.objects.filter(delivered_at=None, returned_at=None)
        return list(rows.order_by("posted_at", "pk").values_list("pk", flat=True))

    def deliver_letter(self, pk: UUID) -> None:
        letter = Letter.objects.get(pk=pk)
        source, addressee = map(directory.find_now, (letter.source_id, letter.addressee_id))
        assert source is not None
        assert addressee is not None
        ref = LetterRef(pk, letter.kind, source, addressee, letter.payload, letter.posted_at)
        with suppress(NotYet):
            letters.settle(pk)
        letter.refresh_from_db()
        if letter.delivered_at and self.is_known(ref):
            self.read.append(ref)

    def is_known(self, ref: LetterRef) -> bool:
        """Its addressee has the request of which it speaks."""
        number = ref.payload["request_id"]
        with inside(ref.addressee):
            if ref.addressee == self.units.all[COUNTY]:
                return AskedDelegation.objects.filter(request_id=number).exists()
            return DelegationRequest.objects.filter(pk=number).exists()

    def deliver_all(self) -> None:
        """Until nothing moves: what is held by a unit that doesn't work stays."""
        before: list[UUID] | None = None
        while before != (waiting := self.carried()):
            before = waiting
            for pk in waiting:
                self.deliver_letter(pk)

    def hand_over(self, ref: LetterRef) -> None:
        """A letter is read at once, whatever was read before."""
        with inside(ref.addressee), transaction.atomic():
            letters.kind_of(ref.kind).deliver(ref)

    def everything(self) -> list[Any]:
        """All that a letter may change."""
        found: list[Any] = []
        tables = DelegationRequest, DelegationStep, AskedDelegation, Seat, RoleAssignment
        for one in self.units.all:
            with inside(one):
                found += [list(table.objects.order_by("pk").values()) for table in tables]
                found += [Outgoing.objects.count(), Person.objects.count()]
        return found
