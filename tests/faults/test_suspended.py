"""A tenant is suspended or closed while somebody works in it: the next request of any kind ends."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from kooperacja.accounts import tokens
from kooperacja.accounts.models import Account
from kooperacja.audit.actor import named
from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import Membership
from tenants.people.models import Organisation
from tenants.registry import actions
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.faults.browser import Browser
from tests.faults.conftest import HOME, PARTNERSHIP, Office, accept

REASON = "Audyt uprawnień w starostwie."
ENDED = [("SUSPENDED", 403, "dostęp zawieszony"), ("CLOSED", 410, "jednostka zamknięta")]


class Worker:
    """Somebody in the middle of work, with a program of their own."""

    def __init__(self, office: Office) -> None:
        self.browser, person = office.person(Role.LEAD)
        self.declaration = office.filed()
        account = Account.objects.get(email=person.email)
        _, self.key = tokens.issue(
            by=accounts.acting(account),
            name="test",
            scope="TENANT_WRITE",
            expires_at=timezone.now() + timedelta(days=1),
            tenant_id=office.tenant.id,
        )
        self.program = Browser(office.site.port)

    @property
    def file(self) -> str:
        return f"{HOME}dokumenty/pliki/{self.declaration.file_id}/"

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


@pytest.fixture(params=ENDED, ids=[status for status, _, _ in ENDED])
def ended(office: Office, request: pytest.FixtureRequest) -> Iterator[tuple[Worker, int, str]]:
    """Work that was under way, and what is said now; the tenant is opened again afterwards."""
    status, code, words = request.param
    worker = Worker(office)
    assert worker.browser.get(worker.file).content.startswith(b"%PDF")
    members = worker.program.get("/api/v1/tenants/160501/members/", **worker.bearer)
    assert members.status == 200
    change = actions.suspend_tenant if status == "SUSPENDED" else actions.close_tenant
    tenant = Tenant.objects.get(pk=office.tenant.id)
    change(by=named("Regina ROPS"), tenant=tenant, reason=REASON)
    yield worker, code, words
    Tenant.objects.filter(pk=tenant.pk).update(status="ACTIVE", reason="")


def test_pages_fragments_and_files_say_why(ended: tuple[Worker, int, str]) -> None:
    worker, code, words = ended
    for path in (HOME, PARTNERSHIP + "czlonkowie/", worker.file):
        for headers in ({}, {"HX-Request": "true"}):
            answer = worker.browser.get(path, **headers)
            assert answer.status == code
            assert words in answer.text
            assert f"Powód: {REASON}" in answer.text
            assert "Wszystkie dane jednostki są zachowane." in answer.text
            assert ("<html" in answer.text) is not bool(headers)


def test_what_is_sent_changes_nothing(office: Office, ended: tuple[Worker, int, str]) -> None:
    worker, code, words = ended
    with inside(office.tenant):
        entries = Entry.objects.count()
        organisations = Organisation.objects.count()
    answer = accept(worker.browser, worker.declaration)
    assert (answer.status, words in answer.text) == (code, True)
    body = {"name": "Szkoła", "sector": "EDUCATION", "city": "Gogolin"}
    assert worker.browser.post(PARTNERSHIP + "instytucje/nowa/", body).status == code
    with inside(office.tenant):
        assert AccessionDeclaration.objects.get(pk=worker.declaration.pk).state == "FILED"
        assert not Membership.objects.filter(declaration=worker.declaration).exists()
        assert (Organisation.objects.count(), Entry.objects.count()) == (organisations, entries)


def test_a_programs_key_opens_nothing(office: Office, ended: tuple[Worker, int, str]) -> None:
    worker, _, _ = ended
    answer = worker.program.get("/api/v1/tenants/160501/members/", **worker.bearer)
    assert answer.status == 403
    assert "jednostka jest zawieszona" in answer.text
    body = b'{"name": "Szkola z programu", "sector": "EDUCATION", "city": "Gogolin"}'
    sent = worker.program.send_json("/api/v1/tenants/160501/organisations/", body, worker.bearer)
    assert sent.status == 403
    with inside(office.tenant):
        assert not Organisation.objects.filter(name="Szkola z programu").exists()


def test_opened_again_the_same_session_goes_on(
    office: Office, ended: tuple[Worker, int, str]
) -> None:
    worker, code, _ = ended
    assert worker.browser.get(HOME).status == code
    Tenant.objects.filter(pk=office.tenant.id).update(status="ACTIVE", reason="")
    assert worker.browser.get(HOME).status == 200
    assert accept(worker.browser, worker.declaration).status == 302
