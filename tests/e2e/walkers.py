"""People whose ways are counted, one for each width, so that nobody meets what another has left."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor, named
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.data_protection.models import DataProcessingAgreement
from tenants.partnership.actions.register import export_register
from tenants.partnership.actions.seats import designate_worker
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry import directory
from tenants.registry.models import Access, Invitation
from tenants.registry.roles import Role
from tenants.regulation.actions.versions import acknowledge_regulation
from tenants.regulation.models import RegulationBallot, RegulationVersion
from tenants.schemas import actions as schemas
from tests.factories import accounts
from tests.factories import data_protection as make_papers
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import regulation as make_regulation
from tests.waiting import until

# Of the windows of `tests.e2e.browser`, which would bring a browser with it.
WIDTHS = (1280, 320)
PARTNER = "Centrum Usług Wymyślonych"
# Gminy whose administrator let the invitation lapse; and where a partner is besides Gogolin.
LATE = {1280: ("160401", "Byczyna"), 320: ("160402", "Kluczbork")}
SECOND = "160505"
ASKS, HER_HOUSE, TOOK = "Wanda Pytająca", "Dom Kultury „Pod Znakiem Zapytania”", "Pola Pobierająca"
MEDIATES = "Mira Mediująca"


def come(gogolin: TenantRef, voted_on: Any) -> dict[str, str]:
    """Seed all of them; the addresses with which they sign in."""
    second = _opened(SECOND)
    with inside(second):
        make_partnership.found(second)
    found: dict[str, str] = {}
    for width in WIDTHS:
        partner = _account(f"partner{width}@example.pl", "Celina Całkowita")
        with inside(gogolin):
            of = _coordinator(gogolin, partner)
            RegulationBallot.objects.create(regulation_id=voted_on, organisation=of, name=of.name)
        with inside(second):
            _coordinator(second, partner)
        reporter = _account(f"reporter{width}@example.pl", "Renata Zgłaszająca")
        with inside(gogolin):
            of = _coordinator(gogolin, reporter)
        party = _account(f"strona{width}@example.pl", "Sabina Sporna")
        with inside(gogolin):
            with_role(gogolin, party, Role.PARTNER_COORDINATOR, of)
        region = _account(f"region{width}@example.pl", "Rozalia Regionalna")
        accounts.access(region, None, Role.ROPS_COORDINATOR)
        officer = _account(f"iod{width}@example.pl", "Ida Inspektorska")
        with inside(gogolin):
            with_role(gogolin, officer, Role.DPO)
        _invited_long_ago(LATE[width][0])
        found |= {f"partner{width}": partner.email, f"region{width}": region.email}
        found |= {f"iod{width}": officer.email, f"reporter{width}": reporter.email}
        found[f"party{width}"] = party.email
    with inside(second):
        _changed_today()
    with inside(gogolin):
        _asks()
        _took_the_register(gogolin)
    return found


def with_role(
    tenant: TenantRef, account: Account, role: str, of: Organisation | None = None
) -> Person:
    """A person of the tenant, in whose role the account may enter it."""
    who = {"account": account, "full_name": account.full_name, "email": account.email}
    person = make.person(role, organisation=of, **who)
    name, pk = (of.name, of.pk) if of else ("", None)
    row = accounts.access(account, tenant, role, name, pk)
    Access.objects.filter(pk=row.pk).update(person_id=person.pk)
    return person


def _account(email: str, full_name: str) -> Account:
    return accounts.with_totp(accounts.account(email, full_name))


def _opened(code: str, **administrator: str) -> TenantRef:
    tenant = schemas.open_tenant(by=named("test"), code=code, **administrator)
    # The site's worker may be at it already.
    until(lambda: schemas.finish_opening(tenant), what=f"{code} is open")
    opened = directory.find(tenant.slug)
    assert opened is not None
    return opened


def _coordinator(tenant: TenantRef, account: Account) -> Organisation:
    """Of a member whose agreement on data ends soon; she has all her papers and has read all."""
    institution, regulation = make.organisation(name=PARTNER), _regulation()
    make_partnership.member(institution)
    person = with_role(tenant, account, Role.PARTNER_COORDINATOR, institution)
    make_papers.may_see(person, institution, regulation.in_force_from)
    agreements = DataProcessingAgreement.objects.filter(organisation=institution)
    agreements.update(ended_on=timezone.localdate() + timedelta(days=20))
    acknowledge_regulation(by=make.by(person), regulation_id=regulation.pk)
    return institution


def mediates(gogolin: TenantRef) -> Account:
    """Somebody who has a seat in the team and speaks for an institution that is in no dispute."""
    account = _account("mediator@example.pl", MEDIATES)
    with inside(gogolin):
        made = make_partnership.voiced_member(name="Biblioteka „Pod Zgodą”")
        person = made.coordinators.get().person
        who = {"account_id": account.pk, "full_name": MEDIATES, "email": account.email}
        Person.objects.filter(pk=person.pk).update(**who)
        of = made.organisation
        row = accounts.access(account, gogolin, Role.PARTNER_COORDINATOR, of.name, of.pk)
        Access.objects.filter(pk=row.pk).update(person_id=person.pk)
    return account


def _changed_today() -> None:
    """A second version, in force since today."""
    today = timezone.localdate()
    adopted = {"adopted_on": today, "adopted_place": "Zdzieszowice", "in_force_from": today}
    days = {"voting_from": today, "voting_until": today, "closed_on": None}
    make_regulation.amendment("ADOPTED", number=2, meetings_count=3, **days, **adopted)


def _invited_long_ago(code: str) -> None:
    email = "spozniony@example.pl"
    tenant = _opened(code, admin_email=email, admin_name="Sylwester Spóźniony")
    then = timezone.now() - timedelta(days=5)
    lapsed = {"created_at": then, "expires_at": then + timedelta(days=3)}
    assert Invitation.objects.filter(tenant=tenant.id, email=email).update(**lapsed)


def _asks() -> None:
    """Who asks what is held of her: a worker with her papers, whom her head has indicated."""
    institution = make.organisation(name=HER_HOUSE)
    worker = designate_worker(
        by=make.by(make.head(institution)),
        key=uuid7(),
        membership_id=make_partnership.member(institution).pk,
        full_name=ASKS,
        position="pedagog",
        from_on=timezone.localdate(),
    )
    role = {"role": Role.PARTNER_WORKER, "organisation": institution, "granted_by": "test"}
    RoleAssignment.objects.create(person=worker.person, from_on=worker.from_on, **role)
    make_papers.may_see(worker.person, institution, _regulation().in_force_from)


def _regulation() -> RegulationVersion:
    regulation = RegulationVersion.in_force(timezone.localdate())
    assert regulation is not None
    return regulation


def _took_the_register(gogolin: TenantRef) -> None:
    account = _account("pola@example.pl", TOOK)
    person = with_role(gogolin, account, Role.NETWORK_OFFICER)
    by = Actor(account_id=account.pk, name=TOOK, role=Role.NETWORK_OFFICER, person_id=person.pk)
    export_register(by=by, day=timezone.localdate(), file_format="XLSX")
