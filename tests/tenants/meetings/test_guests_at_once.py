"""An objection in the very second in which a proposal closes: one of both decides (REG §2.8)."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db import connections

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.meetings.actions import guests
from tenants.meetings.models.guests import GuestInvitation
from tenants.registry import directory
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


def test_the_guest_is_invited_or_the_objection_stands(fresh_database: str) -> None:
    gmina = directory.find("gogolin")
    assert gmina is not None
    with inside(gmina):
        make_partnership.found(gmina)
        of = make_partnership.member(make_people.organisation()).organisation
        guest = make.guest(make.convened())
        by = replace(make_people.by(make_people.head(of)), day=guest.answer_until)

    def object_to_it() -> None:
        said = {"institution": of.pk, "choice": "NO", "reason": "Sprawa sporna"}
        with contextlib.suppress(Problem):  # it was closed before
            guests.answer(by=by, guest_id=guest.pk, **said)

    def close() -> None:
        guests.close(guest_id=guest.pk, day=guest.answer_until + timedelta(days=1))

    _at_once(gmina, object_to_it, close)
    with inside(gmina):
        found = GuestInvitation.objects.get()
        has_objection = found.voices.filter(choice="NO").exists()
        was_invited = Outgoing.objects.filter(payload__code="GUEST_INVITED").exists()
    assert (found.state, has_objection, was_invited) in (
        ("REFUSED", True, False),
        ("CONSENTED", False, True),
    )


def _at_once(tenant: TenantRef, *acts: Callable[[], None]) -> None:
    """Let each act wait for the others, in a connection of its own."""
    meet = threading.Barrier(len(acts))

    def come(act: Callable[[], None]) -> None:
        with inside(tenant):
            meet.wait()
            act()
        connections.close_all()

    threads = [threading.Thread(target=come, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
