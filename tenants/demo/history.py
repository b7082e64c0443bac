"""Two years of one tenant's partnership, invented; the same for the same place and day."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_upload
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import current_tenant
from tenants.demo import words
from tenants.demo.places import Place
from tenants.partnership import actions, rules
from tenants.partnership.documents import SIGNED_DECLARATION
from tenants.partnership.models import (
    AccessionDeclaration,
    DeclarationStep,
    Membership,
    Organisation,
    PartnershipCoordinator,
    Person,
    Post,
    RegulationVersion,
    RoleAssignment,
)
from tenants.partnership.workflow import DeclarationState
from tenants.registry.models import Access
from tenants.registry.roles import Role

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Office:
    """Who works at the Lider's, and where."""

    place: str
    actor: Actor
    lead: Person
    regulation: RegulationVersion
    scan: StoredFile


def scan() -> bytes:
    """What stands for the paper that an institution signed."""
    # Drawing takes a second to import; a demo that is already there needs none.
    from kooperacja.documents.pdf import render_pdf

    return render_pdf("documents/demo_scan.html", {})


def is_filled() -> bool:
    """Whether the tenant one is in has its history already."""
    return Organisation.objects.exists()


@transaction.atomic
def fill(place: Place, *, name: str, today: date, paper: bytes) -> None:
    """Write the history of the tenant one is in."""
    random = Random(place.code)  # noqa: S311 - the same history at every start
    began = today - place.months * MONTH
    office = _office(random, name, began, paper)
    days = _days_of_joining(place, random, began, today)
    for number, day in enumerate(days[:-1]):
        resigned_on = None
        if number < place.resigned:
            resigned_on = day + (today - day) * random.uniform(0.4, 0.9)
        _member(office, random, number, day, resigned_on)
    waiting = place.waiting + (1 if days else 0)
    for number in range(waiting + place.drafts):
        declaration = _declare(office, random, place.members + number, today)
        if number < waiting:
            _hand_in(office, declaration, today - timedelta(days=4 + 11 * number))
        if days and number == 0:  # the newest member went the whole way, documents and all
            actions.accept_declaration(
                by=office.actor, person=office.lead, declaration_id=declaration, decided_on=today
            )
    record(by=SYSTEM, verb="DEMO_FILLED")


def _office(random: Random, place: str, began: date, paper: bytes) -> Office:
    lead, officer = (_person(random, number) for number in (900, 901))
    for person, role, function in (
        (lead, Role.LEAD, "dyrektor"),
        (officer, Role.NETWORK_OFFICER, "pracownik ds. sieci"),
    ):
        Post.objects.create(
            person=person, function=function, is_head=role == Role.LEAD, from_on=began
        )
        RoleAssignment.objects.create(
            person=person, role=role, from_on=began, granted_by="Pokaz (dane zmyślone)"
        )
    actor = Actor(account_id=None, name=lead.full_name, role=Role.LEAD, via="TASK")
    upload = SimpleUploadedFile("deklaracja-skan.pdf", paper, content_type="application/pdf")
    stored = store_upload(by=actor, upload=upload, kind=SIGNED_DECLARATION)
    return Office(place, actor, lead, _regulation(actor, lead, place, began), stored)


def _regulation(actor: Actor, lead: Person, place: str, began: date) -> RegulationVersion:
    """The first regulation, adopted the day the partnership began."""
    draft = RegulationVersion.objects.get()
    actions.edit_regulation(
        by=actor,
        person=lead,
        regulation_id=draft.pk,
        version=draft.version,
        values={"place": "siedziba Lidera", **words.REGULATION},
    )
    return actions.adopt_first_regulation(
        by=actor,
        person=lead,
        regulation_id=draft.pk,
        adopted_on=began,
        adopted_place=place,
        in_force_from=began,
    )


def _days_of_joining(place: Place, random: Random, began: date, today: date) -> list[date]:
    if not place.members:
        return []
    last = today - place.quiet_for * MONTH
    span = (last - began).days - 1
    # Many join in the first half year, fewer later.
    offsets = (int(span * random.random() ** 1.6) for _ in range(place.members))
    return sorted(began + timedelta(days=offset) for offset in offsets)


def _person(random: Random, number: int) -> Person:
    name = words.person(random)
    return Person.objects.create(full_name=name, email=words.email(name, number))


def _organisation(place: str, number: int) -> tuple[Organisation, str]:
    sector, title, function = words.institution(number, place)
    organisation = Organisation.objects.create(
        name=title, sector=sector, city=place, street=f"ul. Przykładowa {number + 1}"
    )
    return organisation, function


def _member(
    office: Office, random: Random, number: int, joined_on: date, resigned_on: date | None
) -> None:
    organisation, function = _organisation(office.place, number)
    signatory, coordinator = (_person(random, 2 * number + one) for one in (0, 1))
    Post.objects.create(
        person=signatory,
        organisation=organisation,
        function=function,
        is_head=True,
        from_on=joined_on,
    )
    declaration = AccessionDeclaration(
        organisation=organisation,
        signatory=signatory,
        signatory_function=function,
        coordinator=coordinator,
        coordinator_position="specjalista",
        regulation=office.regulation,
        publish_consent=random.random() < 0.8,
        signed_place=organisation.city,
        file=office.scan,
    )
    _accept(office, declaration, joined_on - timedelta(days=random.randint(1, 20)), joined_on)
    membership = Membership.objects.create(
        organisation=organisation, declaration=declaration, from_on=joined_on, ended_on=resigned_on
    )
    if resigned_on is None and random.random() < 0.85:
        _sign_in(coordinator, organisation, joined_on)
    PartnershipCoordinator.objects.create(
        membership=membership, person=coordinator, from_on=joined_on, ended_on=resigned_on
    )


def _accept(
    office: Office, declaration: AccessionDeclaration, received_on: date, joined_on: date
) -> None:
    declaration.signed_on = received_on - timedelta(days=2)
    declaration.received_on, declaration.decided_on = received_on, joined_on
    declaration.state, declaration.decided_by = DeclarationState.ACCEPTED, office.lead
    declaration.annotation = rules.annotation(joined_on)
    declaration.save()
    for state, day in (
        (DeclarationState.FILED, received_on),
        (DeclarationState.ACCEPTED, joined_on),
    ):
        DeclarationStep.objects.create(
            declaration=declaration, state=state, happened_on=day, actor_name=office.lead.full_name
        )


def _sign_in(person: Person, organisation: Organisation, from_on: date) -> None:
    """The coordinator accepted the invitation; without a password nobody can use the account."""
    account, _ = Account.objects.get_or_create(
        email=person.email, defaults={"full_name": person.full_name, "password": "!"}
    )
    if Person.objects.filter(account_id=account.pk).exists():
        return
    person.account_id = account.pk
    person.save(update_fields=["account_id"])
    RoleAssignment.objects.create(
        person=person,
        role=Role.PARTNER_COORDINATOR,
        organisation=organisation,
        from_on=from_on,
        granted_by=SYSTEM.name,
    )
    Access.objects.get_or_create(
        account=account,
        tenant_id=current_tenant().id,
        role=Role.PARTNER_COORDINATOR,
        organisation_id=organisation.pk,
        ended_at=None,
        defaults={
            "organisation_name": organisation.name,
            "person_id": person.pk,
            "granted_by": SYSTEM.name,
        },
    )


def _declare(office: Office, random: Random, number: int, today: date) -> UUID:
    organisation, function = _organisation(office.place, number)
    declaration = actions.draft_declaration(
        by=office.actor, person=office.lead, key=uuid7(), organisation_id=organisation.pk
    )
    name = words.person(random)
    declaration = actions.name_signatory(
        by=office.actor,
        person=office.lead,
        declaration_id=declaration.pk,
        version=declaration.version,
        full_name=name,
        function=function,
    )
    name = words.person(random)
    actions.name_coordinator(
        by=office.actor,
        person=office.lead,
        declaration_id=declaration.pk,
        version=declaration.version,
        full_name=name,
        position="specjalista",
        email=words.email(name, 500 + number),
    )
    return declaration.pk


def _hand_in(office: Office, declaration_id: UUID, received_on: date) -> None:
    began = office.regulation.in_force_from
    assert began is not None  # it was adopted
    received_on = max(received_on, began)
    AccessionDeclaration.objects.filter(pk=declaration_id).update(
        regulation=office.regulation,
        signed_place="Przykładowo",
        signed_on=received_on,
        received_on=received_on,
        file=office.scan,
        state=DeclarationState.FILED,
    )
    DeclarationStep.objects.create(
        declaration_id=declaration_id,
        state=DeclarationState.FILED,
        happened_on=received_on,
        actor_name=office.lead.full_name,
        file=office.scan,
    )
