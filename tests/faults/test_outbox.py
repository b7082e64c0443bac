"""What must leave a tenant leaves once, whoever dies: the broker, a child of the pool, a worker."""

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja import queues
from kooperacja.inbox.models import InboxItem
from kooperacja.notifications.base import send
from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.outbox.nudge import TENANT_DRAIN
from kooperacja.tenancy.context import inside
from region.monitoring.models import Figure, Publication
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.notifications import MemberResigned
from tenants.partnership.models import Membership
from tenants.people.actions.invitations import recipients
from tenants.people.models import Person, RoleAssignment
from tenants.registry.models import Invitation
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts
from tests.faults.browser import Answer, Browser
from tests.faults.conftest import HOME, PARTNERSHIP, Office, accept, signed_document
from tests.faults.crew import Crew
from tests.faults.site import Faulty
from tests.waiting import until

# On a busy machine too; whoever waited for a frozen broker would wait without end.
QUICK = 60.0


def waiting(office: Office) -> int:
    with inside(office.tenant):
        count: int = Outgoing.objects.filter(done_at=None).count()
        return count


def quick(request: Callable[[], Answer]) -> Answer:
    started = time.monotonic()
    answer = request()
    assert time.monotonic() - started < QUICK
    return answer


def sign_in(office: Office, email: str) -> Browser:
    browser = office.site.stranger
    form = {"login": email, "password": accounts.PASSWORD}
    assert quick(lambda: browser.post("/konto/zaloguj/", form)).location == "/konto/zaloguj/kod/"
    code = {"code": accounts.code_of()}
    assert quick(lambda: browser.post("/konto/zaloguj/kod/", code)).location == "/konto/"
    assert quick(lambda: browser.get(HOME)).status == 200
    return browser


@pytest.fixture
def drawn(office: Office, crew: Crew, lead: Browser) -> None:
    """The web process has drawn a document before, which takes long the first time."""
    assert accept(lead, office.filed()).status == 302
    with inside(office.tenant):
        RoleAssignment.objects.filter(role=Role.LEAD).update(ended_on=timezone.localdate())
        until(lambda: not Outgoing.objects.filter(done_at=None).exists() or crew.told())


@pytest.mark.parametrize("how", ["gone", "frozen"])
def test_without_a_broker_people_work_on_and_all_leaves_later_once(
    office: Office, crew: Crew, drawn: None, broker: Faulty, how: str
) -> None:
    _, lead = office.person(Role.LEAD)
    _, officer = office.person(Role.NETWORK_OFFICER)
    with inside(office.tenant):
        declaration = make_accession.draft(officer)
    before = Publication.objects.get(tenant=office.tenant.id).revision
    with broker.gone(Faulty.stop) if how == "gone" else broker.frozen():
        url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/"
        keeper = sign_in(office, officer.email)
        assert quick(lambda: keeper.post(url, signed_document())).status == 302
        with inside(office.tenant):
            declaration.refresh_from_db()
        decider = sign_in(office, lead.email)
        assert quick(lambda: accept(decider, declaration)).status == 302
        assert waiting(office) >= 5
        assert crew.mails_to(lead.email) == []
    crew.wait()
    crew.tell()
    until(lambda: waiting(office) == 0 or crew.told())
    everything_left_once(office, crew, lead, declaration)
    assert Publication.objects.get(tenant=office.tenant.id).revision == before + 1


def everything_left_once(
    office: Office, crew: Crew, lead: Person, declaration: AccessionDeclaration
) -> None:
    """A line to the Lider, an invitation and the news to the partner, a figure."""
    with inside(office.tenant):
        assert declaration.coordinator is not None
        partner = declaration.coordinator.email
        members = Membership.objects.on(timezone.localdate()).count()
    until(lambda: len(crew.mails_to(partner)) == 2 or crew.told())
    assert Invitation.objects.filter(email=partner).count() == 1
    assert len({mail["Message-ID"] for mail in crew.mails_to(partner)}) == 2
    assert crew.mails_to(lead.email) == []  # the daily summary tells of it
    line = InboxItem.objects.get(account__email=lead.email)
    assert str(declaration.pk) in line.url
    assert line.done_at is not None
    figures = Figure.objects.newest("KOOPERANCI_BY_SECTOR").filter(tenant=office.tenant.id)
    assert figures.get(dimension="").value == members


def tell(lead: Person) -> None:
    """Send what is mailed at once, to one person alone."""
    message = MemberResigned(uuid7(), "Szkoła nr 3", "1 marca 2026 r.")
    send(message, to=recipients([lead]), dedupe=f"told:{uuid7()}")


@pytest.fixture
def asked(office: Office, crew: Crew) -> tuple[Any, str]:
    """A mail that waits for its only recipient, and their address."""
    _, lead = office.person(Role.LEAD)
    with inside(office.tenant):
        tell(lead)
        mail = Outgoing.objects.get(kind="MAIL", done_at=None)
    return mail.pk, lead.email


@pytest.mark.parametrize("victim", ["child", "worker"])
def test_killed_between_the_mail_and_its_mark_it_repeats_under_the_same_name(
    office: Office, crew: Crew, asked: tuple[Any, str], victim: str
) -> None:
    pk, address = asked
    held = crew.hold()
    crew.tell()
    pid = until(lambda: crew.sender_to(address))
    os.kill(pid, signal.SIGKILL) if victim == "child" else crew.kill()
    held.unlink()
    with inside(office.tenant):
        assert until(lambda: Outgoing.objects.filter(pk=pk, done_at=None, attempts=1).exists())
        # Its second try is due in a quarter of a minute; the test does not wait for it.
        Outgoing.objects.filter(pk=pk).update(available_at=timezone.now())
    crew.wait()
    crew.tell()
    until(lambda: waiting(office) == 0 or crew.told())
    first, second = crew.mails_to(address)
    assert first["Message-ID"] == second["Message-ID"] != ""
    with inside(office.tenant):
        assert Outgoing.objects.get(pk=pk).attempts == 2
        assert Delivery.objects.filter(outbox_id=pk).count() == 1
    assert InboxItem.objects.filter(account__email=address).count() == 1


def test_told_three_times_a_worker_sends_once(
    office: Office, crew: Crew, asked: tuple[Any, str]
) -> None:
    pk, address = asked
    for _ in range(3):
        crew.tell(TENANT_DRAIN, str(office.tenant.id))
    until(lambda: waiting(office) == 0)
    crew.wait()
    assert len(crew.mails_to(address)) == 1
    with inside(office.tenant):
        assert Outgoing.objects.get(pk=pk).attempts == 1


def test_what_a_broker_forgot_is_told_anew_from_the_outbox(
    office: Office, crew: Crew, asked: tuple[Any, str]
) -> None:
    """Emptied under a worker that goes on, and under none: queues, bindings and all."""
    _, address = asked
    crew.empty_broker()
    crew.tell()
    until(lambda: waiting(office) == 0 or crew.told())
    office.site.end(crew.process)
    with inside(office.tenant):
        tell(Person.objects.get(email=address))
    crew.tell(TENANT_DRAIN, str(office.tenant.id))
    assert crew.queued(queues.of_tenant(office.tenant.id)) == 1
    crew.empty_broker()
    crew.process = office.site.worker()
    crew.wait()
    assert waiting(office) == 2  # the mail and its line
    crew.tell()
    until(lambda: waiting(office) == 0 or crew.told())
    assert len({mail["Message-ID"] for mail in crew.mails_to(address)}) == 2
    assert len(crew.mails_to(address)) == 2
