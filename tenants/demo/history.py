"""Two years of one tenant's partnership, invented; the same for the same place and day."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.record import record
from kooperacja.documents import parts as p
from kooperacja.documents.drawing import pdf_of
from kooperacja.documents.models import StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.tenancy.context import current_tenant
from kooperacja.workflow import move
from tenants.accession import rules
from tenants.accession.actions import annexes, decisions, declarations, leaving
from tenants.accession.models.annexes import AnnexKind
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.resignations import ResignationNotice
from tenants.accession.papers import SIGNED_DECLARATION, SIGNED_RESIGNATION
from tenants.accession.workflow import DeclarationState, SignatureMode
from tenants.demo import amendment, community, members, papers, twins, words
from tenants.demo.office import Office, adopt_regulation, draft_regulation, enter, person
from tenants.demo.places import MONTH, Place, place_of
from tenants.partnership.models import EndCause, Membership, PartnershipCoordinator
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tenants.regulation.consequences import VOTES
from tenants.regulation.models import RegulationVersion

# From this age in months on, people have had the time to read what is in force.
_OLD = 12
_ANOTHER = 960  # the number of a person, which no other has


_SCAN = Paper(
    kind="DEMO_SCAN",
    name="Skan podpisanej deklaracji",
    title="Skan podpisanej deklaracji",
    short="",
    example={},
    parts=(
        p.Title("Deklaracja przystąpienia"),
        p.Text(
            "Ten plik zastępuje w pokazowym województwie skan papierowej deklaracji podpisanej "
            "przez przystępującą instytucję. Wszystkie dane są zmyślone."
        ),
    ),
)


def write(name: str, today: date) -> None:
    """The history of the place one is in, unless it was written before."""
    if not is_filled():
        fill(place_of(current_tenant().code), name=name, today=today, paper=scan())


@cache
def scan() -> bytes:
    """A file in place of the paper that an institution signed."""
    return pdf_of(_SCAN, {})


def is_filled() -> bool:
    """The tenant one is in has its history already."""
    return Post.objects.exists()


@transaction.atomic
def fill(place: Place, *, name: str, today: date, paper: bytes) -> None:
    """Write the history of the tenant one is in."""
    random = Random(place.code)  # noqa: S311 - the same history at every start
    began, health = today - place.months * MONTH, place.health
    office = enter(random, name, began, today, paper)
    if place.is_preparing:
        draft_regulation(office, "common_goal", "organisational_frame")
    else:
        adopt_regulation(office)
        _live(place, office, random)
        members.describe(office, random, health.known)
        papers.keep(office, health.papers)
        if place.months >= _OLD:
            amendment.acknowledge(office)
    community.recruit(office, random, health.approached)
    community.find_neighbours(office, random, health.neighbours)
    if place.members:
        twins.mend(office, random)
    if place.is_dissolved:
        leaving.dissolve(by=replace(office.actor, day=today))
    record(by=SYSTEM, verb="DEMO_FILLED")


def _live(place: Place, office: Office, random: Random) -> None:
    """Members join and leave, the regulation changes, and new declarations come in."""
    today = office.today
    scan, notice = office.file(SIGNED_DECLARATION), office.file(SIGNED_RESIGNATION)
    days = _days_of_joining(place, random, office.began, today)
    uncoordinated = range(place.resigned, place.resigned + place.health.uncoordinated)
    late = []
    for number, day in enumerate(days[:-1]):
        left_on = None
        if number < place.resigned or number in uncoordinated:
            left_on = day + (today - day) * random.uniform(0.4, 0.9)
        if number < place.late:
            left_on = amendment.began_on(office, place.health.change) + timedelta(days=1)
        joined = _member(office, random, number, day, left_on, scan)
        if number < place.resigned and left_on:
            _resign(office, joined, left_on, notice)
            if number < place.returned:
                _return(office, joined, left_on + timedelta(days=30), scan)
        elif number < place.late and left_on:
            late.append((joined, left_on))
    amendment.amend(office, place.health.change)
    for membership, left_on in late:
        _resign(office, membership, left_on, notice)
        VOTES.close(office.actor, membership, left_on)
    waiting = place.waiting + (1 if days else 0)
    for number in range(waiting + place.drafts):
        declaration = _declare(office, random, place.members + number)
        if number == 0:
            _add_power(office, declaration)
        if number < waiting:
            _hand_in(office, declaration, today - timedelta(days=4 + 11 * number), scan)
        if days and number == 0:  # the newest member went the whole way, documents and all
            decisions.accept_declaration(
                by=office.actor, declaration_id=declaration, decided_on=today
            )


def _days_of_joining(place: Place, random: Random, began: date, today: date) -> list[date]:
    if not place.members:
        return []
    last = today - place.quiet_for * MONTH
    span = (last - began).days - 1
    # Many join in the first half year, fewer later.
    offsets = (int(span * random.random() ** 1.6) for _ in range(place.members))
    return sorted(began + timedelta(days=offset) for offset in offsets)


def _organisation(place: str, number: int) -> tuple[Organisation, str]:
    sector, title, function = words.institution(number, place)
    organisation = Organisation.objects.create(
        name=title,
        sector=sector,
        city=place,
        street=f"ul. Przykładowa {number + 1}",
        regon=words.regon_of(current_tenant().code, number),
    )
    return organisation, function


def _member(
    office: Office,
    random: Random,
    number: int,
    joined_on: date,
    seat_until: date | None,
    scan: StoredFile,
) -> Membership:
    """Somebody joined on a day; the coordinator's seat may be over."""
    organisation, function = _organisation(office.place, number)
    signatory, coordinator = (person(random, 2 * number + offset) for offset in (0, 1))
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
        regulation=RegulationVersion.in_force(joined_on),
        publish_consent=random.random() < 0.8,
        signed_place=organisation.city,
        file=scan,
    )
    membership = Membership.objects.create(organisation=organisation, from_on=joined_on)
    received_on = max(joined_on - timedelta(days=random.randint(1, 20)), office.began)
    _accept(office, declaration, received_on, membership)
    if seat_until is None and random.random() < 0.85:
        _sign_in(coordinator, organisation, joined_on)
    PartnershipCoordinator.objects.create(
        membership=membership, person=coordinator, from_on=joined_on, ended_on=seat_until
    )
    return membership


def _resign(office: Office, membership: Membership, day: date, paper: StoredFile) -> None:
    """Its resignation came in on a day and took effect at once, as the regulation says."""
    membership.ended_on, membership.end_cause = day, EndCause.RESIGNATION
    membership.save(update_fields=["ended_on", "end_cause"])
    signed = membership.declaration
    assert signed.signatory is not None  # it was accepted
    notice = ResignationNotice.objects.create(
        membership=membership,
        signatory=signed.signatory,
        signatory_function=signed.signatory_function,
        mode=SignatureMode.PAPER_SCAN,
        signed_on=day - timedelta(days=2),
        received_on=day,
        effective_on=day,
        reason=words.RESIGNED,
        file=paper,
        recorded_by=office.lead,
    )
    data = {"effective_on": [None, day.isoformat()], "cause": [None, EndCause.RESIGNATION.value]}
    record(by=office.actor, verb="MEMBER_RESIGNED", obj=notice, data=data)


def _return(office: Office, former: Membership, day: date, scan: StoredFile) -> None:
    """A kooperant that resigned joined again on a day, with another coordinator."""
    signed = former.declaration
    coordinator = person(Random(office.place), _ANOTHER)  # noqa: S311 - the same at every start
    declaration = AccessionDeclaration(
        organisation=former.organisation,
        signatory=signed.signatory,
        signatory_function=signed.signatory_function,
        coordinator=coordinator,
        coordinator_position=signed.coordinator_position,
        regulation=RegulationVersion.in_force(day),
        publish_consent=signed.publish_consent,
        signed_place=signed.signed_place,
        file=scan,
    )
    membership = Membership.objects.create(organisation=former.organisation, from_on=day)
    _accept(office, declaration, day - timedelta(days=8), membership)
    PartnershipCoordinator.objects.create(membership=membership, person=coordinator, from_on=day)


def _accept(
    office: Office, declaration: AccessionDeclaration, received_on: date, membership: Membership
) -> None:
    joined_on = membership.from_on
    declaration.signed_on = max(received_on - timedelta(days=2), office.began)
    declaration.received_on = received_on
    declaration.save()
    _move(office, declaration, DeclarationState.FILED, received_on)
    _move(
        office,
        declaration,
        DeclarationState.ACCEPTED,
        joined_on,
        decided_on=joined_on,
        decided_by=office.lead,
        annotation=rules.annotation(joined_on),
        membership=membership,
    )


def _move(
    office: Office, declaration: AccessionDeclaration, state: str, day: date, **values: Any
) -> None:
    data = {"happened_on": [None, day.isoformat()]}
    move(declaration, state, by=office.actor, on=day, data=data, **values)


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


def _declare(office: Office, random: Random, number: int) -> UUID:
    organisation, function = _organisation(office.place, number)
    declaration = declarations.draft_declaration(
        by=office.actor, key=uuid7(), organisation_id=organisation.pk
    )
    name = words.person(random)
    declaration = declarations.name_signatory(
        by=office.actor,
        declaration_id=declaration.pk,
        version=declaration.version,
        full_name=name,
        function=function,
    )
    name = words.person(random)
    declarations.name_coordinator(
        by=office.actor,
        declaration_id=declaration.pk,
        version=declaration.version,
        full_name=name,
        position="specjalista",
        email=words.email(name, 500 + number),
    )
    return declaration.pk


def _add_power(office: Office, declaration_id: UUID) -> None:
    """Somebody signs for the institution by a power of attorney."""
    annexes.add_annex(
        by=office.actor,
        key=uuid7(),
        declaration_id=declaration_id,
        kind=AnnexKind.POWER,
        file=office.upload("pelnomocnictwo.pdf"),
    )


def _hand_in(office: Office, declaration_id: UUID, received_on: date, scan: StoredFile) -> None:
    received_on = max(received_on, office.began)
    move(
        AccessionDeclaration.objects.get(pk=declaration_id),
        DeclarationState.FILED,
        by=office.actor,
        on=received_on,
        data={"received_on": [None, received_on.isoformat()]},
        regulation=RegulationVersion.in_force(office.today),
        signed_place="Przykładowo",
        signed_on=received_on,
        received_on=received_on,
        file=scan,
    )
