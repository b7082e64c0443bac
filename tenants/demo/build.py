"""Builds the demo region: a dozen living tenants at once, the rest opened in the background."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from kooperacja import offers
from kooperacja.accounts.models import Account
from kooperacja.audit.actor import SYSTEM, Actor, named, signed
from kooperacja.audit.models import Via
from kooperacja.tenancy.context import inside
from tenants.demo import boundaries, history, masters, prepared, region_types, stages, support
from tenants.partnership.models import EndCause, Membership, PartnershipCoordinator
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry import actions, coordinators, founding, invitations, proposals, teryt
from tenants.registry.models import Access, Tenant
from tenants.registry.region import Region
from tenants.registry.roles import Role
from tenants.registry.rules import TenantKind
from tenants.registry.support import Adviser
from tenants.registry.workflow import TenantStatus
from tenants.schemas import actions as opening

BY = named("Pokaz (dane zmyślone)")
PASSWORD = "Zmyślone-dane-2026"  # noqa: S105 - printed at every start of the demo
GONE = "dawniej@pokaz.example"
TERC = Path(teryt.__file__).parent / "data" / "terc_opolskie.csv"

# These live; the apps write their histories.
LIVING = (
    "160501",
    "1605",
    "166101",
    "160502",
    "160504",
    "160101",
    "160402",
    "160705",
    "1607",
    "160909",
    "161105",
    "160203",
)

Progress = Callable[[str], None]


def build(*, progress: Progress) -> list[tuple[str, str]]:
    """Make what is missing of the demo region; who may sign in, and how."""
    if not Region.objects.exists():
        _found()
        teryt.import_terc(TERC, voivodeship="16", by=BY)
    boundaries.draw(by=BY)
    today = timezone.localdate()
    for number, code in enumerate(LIVING, start=1):
        progress(f"Otwieram pokazowe województwo: {number} z {len(LIVING)} żyjących jednostek")
        tenant = _opened(code)
        with inside(tenant.ref):
            history.write(_name(tenant), today)
            for invented in offers.of(offers.DemoHistory):
                invented.write(_name(tenant), today)
        stages.come_in(tenant, BY.name)
        for written in offers.of(offers.DemoWritten):
            written.run(tenant.ref, today)
    for code in stages.INVITED:
        stages.invite(_opened(code), BY)
    _open_the_rest()
    return _accounts()


def _found() -> None:
    """Found the region as an operator does; its first coordinator takes the invitation at once."""
    founded = founding.found_region(
        by=BY,
        code="16",
        rops_name="Regionalny Ośrodek Polityki Społecznej w Opolu",
        coordinator_name="Regina Pokazowa",
        coordinator_email="rops@pokaz.example",
        rops_phone="77 123 45 67",
        rops_email="rops@pokaz.example",
    )
    assert founded.invitation is not None
    invitations.accept_as_new(
        invitation=founded.invitation, full_name="Regina Pokazowa", password=PASSWORD
    )
    second = coordinators.invite(by=BY, email="rops2@pokaz.example", full_name="Róża Pokazowa")
    invitations.accept_as_new(invitation=second, full_name="Róża Pokazowa", password=PASSWORD)
    coordinators.invite(by=BY, email="rops3@pokaz.example", full_name="Roman Pokazowy")


def _opened(code: str) -> Tenant:
    tenant = Tenant.objects.filter(unit__code=code).first()
    if tenant is None:
        tenant = opening.open_tenant(by=BY, code=code)
    if tenant.status == TenantStatus.OPENING:
        opening.finish_opening(tenant)
        tenant.refresh_from_db()
    return tenant


def _name(tenant: Tenant) -> str:
    """As it stands in the names of institutions: a powiat's adjective needs its noun."""
    name = tenant.unit.name
    return f"powiat {name}" if tenant.kind == TenantKind.POWIAT else name


def _open_the_rest() -> None:
    known = set(Tenant.objects.values_list("unit__code", flat=True))
    missing = [unit.code for unit in teryt.candidates("16") if unit.code not in known]
    if missing:
        opening.open_many(by=BY, codes=missing)


def _accounts() -> list[tuple[str, str]]:
    """Those of the three who meet in the first story, of one with long lists, of one with a doubt."""
    gogolin = Tenant.objects.select_related("unit").get(unit__code="160501")
    powiat = Tenant.objects.select_related("unit").get(unit__code="1605")
    _account("rops@pokaz.example", "Regina Pokazowa", [(None, Role.ROPS_COORDINATOR)])
    _account(
        "ops@pokaz.example",
        "Oliwia Pokazowa",
        [(gogolin, Role.TENANT_ADMIN), (gogolin, Role.LEAD)],
    )
    _account(
        "partner@pokaz.example",
        "Patryk Pokazowy",
        [(gogolin, Role.PARTNER_COORDINATOR), (powiat, Role.PARTNER_COORDINATOR)],
    )
    _account("iod@pokaz.example", "Irena Pokazowa", [(gogolin, Role.DPO)])
    opole = Tenant.objects.select_related("unit").get(unit__code="166101")
    _account(
        "opole@pokaz.example",
        "Olga Pokazowa",
        [(opole, Role.TENANT_ADMIN), (opole, Role.LEAD)],
    )
    nysa = Tenant.objects.select_related("unit").get(unit__code="1607")
    _account("nysa@pokaz.example", "Nina Pokazowa", [(nysa, Role.TENANT_ADMIN), (nysa, Role.LEAD)])
    _fill_directory(gogolin, powiat)
    _propose_administrators(gogolin)
    _give_advisers(nysa, gogolin)
    part_with(gogolin)
    _keep_long_papers(opole)
    return [
        ("koordynatorka ROPS", f"rops@pokaz.example, hasło {PASSWORD}"),
        ("OPS w Gogolinie (administratorka i Lider)", f"ops@pokaz.example, hasło {PASSWORD}"),
        ("inspektorka ochrony danych w Gogolinie", f"iod@pokaz.example, hasło {PASSWORD}"),
        ("OPS w Opolu (administratorka i Lider)", f"opole@pokaz.example, hasło {PASSWORD}"),
        ("powiat nyski (administratorka i Lider)", f"nysa@pokaz.example, hasło {PASSWORD}"),
        ("doradczyni ROPS w powiecie nyskim", f"{support.ADVISER}, hasło {PASSWORD}"),
        ("partner dwóch jednostek", f"partner@pokaz.example, hasło {PASSWORD}"),
        ("partner, który odszedł (czyta swoje dokumenty)", f"{GONE}, hasło {PASSWORD}"),
    ]


def _fill_directory(*units: Tenant) -> None:
    """Types of services that the ROPS added, and a card that these units took services from."""
    rops, partner = (
        Account.objects.get(email=email)
        for email in ("rops@pokaz.example", "partner@pokaz.example")
    )
    region_types.write(_acting(rops))
    masters.write(_acting(rops), partner, units)


def _give_advisers(powiat: Tenant, gmina: Tenant) -> None:
    if Adviser.objects.exists():
        return
    support.write(_acting(Account.objects.get(email="rops@pokaz.example")), powiat, gmina)
    _account(support.ADVISER, support.PEOPLE[support.ADVISER], [])
    support.come_in(powiat, Account.objects.get(email=support.ADVISER))


def _propose_administrators(gogolin: Tenant) -> None:
    """The region proposed somebody whom the unit refused, and proposes somebody else."""
    if gogolin.proposals.exists():
        return
    region, office = (
        Account.objects.get(email=email) for email in ("rops@pokaz.example", "ops@pokaz.example")
    )
    for name, email in (
        ("Roman Zmyślony", "roman@pokaz.example"),
        ("Nadia Zmyślona", "nadia@pokaz.example"),
    ):
        proposal = actions.invite_administrator(
            by=_acting(region), tenant=gogolin, email=email, name=name
        )
        if proposal is not None and name.startswith("Roman"):
            reason = "Ta osoba już u nas nie pracuje."
            proposals.refuse(by=_acting(office), proposal_id=proposal.pk, reason=reason)


def part_with(tenant: Tenant) -> None:
    """The coordinator of the kooperant that resigned last; their access ends today."""
    if Account.objects.filter(email=GONE).exists():
        return
    with inside(tenant.ref):
        resigned = Membership.objects.filter(end_cause=EndCause.RESIGNATION)
        left = resigned.select_related("organisation").order_by("-ended_on", "pk")[0]
        person = left.coordinators.select_related("person").order_by("from_on", "pk")[0].person
    _account(GONE, person.full_name, [])
    account = Account.objects.get(email=GONE)
    of = {"organisation_id": left.organisation_id, "role": Role.PARTNER_COORDINATOR}
    days = {"from_on": left.from_on, "ended_on": left.ended_on}
    with inside(tenant.ref), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(account_id=account.pk, email=GONE)
        RoleAssignment.objects.create(person=person, granted_by=SYSTEM.name, **of, **days)
    access = Access.objects.create(
        account=account,
        tenant=tenant,
        person_id=person.pk,
        organisation_name=left.organisation.name,
        granted_by=BY.name,
        **of,
    )
    Access.objects.filter(pk=access.pk).update(ended_at=timezone.now(), ended_by=BY.name)


def _keep_long_papers(opole: Tenant) -> None:
    account = Account.objects.get(email="opole@pokaz.example")
    with inside(opole.ref):
        person = Person.objects.of_account(account.pk)
        assert person is not None  # the account was made with it
        prepared.keep(replace(_acting(account), person_id=person.pk))


def _acting(account: Account) -> Actor:
    return Actor(account.pk, signed(account.full_name, account.email), via=Via.TASK)


def _account(email: str, full_name: str, roles: list[tuple[Tenant | None, Role]]) -> None:
    if Account.objects.filter(email=email).exists():
        return
    with transaction.atomic(using="shared"):
        account = Account.objects.create_user(email=email, full_name=full_name, password=PASSWORD)
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
        for tenant, role in roles:
            known = in_tenant(tenant, account, role) if tenant else {}
            Access.objects.create(
                account=account, tenant=tenant, role=role, granted_by=BY.name, **known
            )
            if tenant and role == Role.TENANT_ADMIN:  # as the region's page of the unit names them
                Tenant.objects.filter(pk=tenant.pk).update(admin_email=email, admin_name=full_name)


def in_tenant(tenant: Tenant, account: Account, role: Role) -> dict[str, object]:
    """The account's person there, and the institution for which it works."""
    with inside(tenant.ref), transaction.atomic():
        person, _ = Person.objects.get_or_create(
            account_id=account.pk, defaults={"full_name": account.full_name, "email": account.email}
        )
        organisation = _delegated(person) if role == Role.PARTNER_COORDINATOR else None
        RoleAssignment.objects.create(
            person=person,
            role=role,
            organisation=organisation,
            from_on=timezone.localdate(),
            granted_by=SYSTEM.name,
        )
        follow(RoleAssignment, PartnershipCoordinator)
    if organisation is None:
        return {"person_id": person.pk}
    return {
        "person_id": person.pk,
        "organisation_id": organisation.pk,
        "organisation_name": organisation.name,
    }


def _delegated(person: Person) -> Organisation:
    """The oldest member, which delegates the person from today."""
    oldest = Membership.objects.filter(ended_on=None).order_by("from_on", "pk")
    membership = oldest.select_related("organisation")[0]
    PartnershipCoordinator.objects.create(
        membership=membership, person=person, from_on=timezone.localdate()
    )
    organisation: Organisation = membership.organisation
    return organisation
