"""People come in for a party of an agreement, and leave again (POR preamble, POR-C §2.1)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved
from tenants.agreements import perms
from tenants.agreements.models import Agreement, Party
from tenants.agreements.workflow import OVER
from tenants.partnership.actions.terms import enter_post
from tenants.people.actions.invitations import invite_to_role, refuse_oneself, take_role
from tenants.people.actions.persons import find_or_add_person
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.registry.roles import Role

_OVER = "instytucja nie jest już Stroną żadnego porozumienia"


@transaction.atomic
def invite(
    *,
    by: Actor,
    party_id: UUID,
    full_name: str,
    function: str,
    is_head: bool,
    email: str,
    phone: str = "",
) -> RoleAssignment:
    """Let somebody act for a party here; being a party makes nobody a kooperant."""
    party = _locked(by, party_id)
    organisation = require_register(party)
    person = find_or_add_person(
        by=by, full_name=full_name, email=email, phone=phone, organisation=organisation
    )
    refuse_oneself(by, person)
    if is_head:
        _refuse_second_head(organisation, person, by.today)
    enter_post(organisation, person, function, by.today, by=by, is_head=is_head)
    role, is_new = invite_to_role(
        by=by,
        person=person,
        role=Role.PARTY,
        organisation=organisation,
        from_on=by.today,
        basis=str(party.agreement)[:300],
    )
    if not is_new:
        raise AlreadySaved(role)
    data = {"person": [None, str(person.pk)]}
    record(by=by, verb="AGREEMENT_PERSON_INVITED", obj=party.agreement, data=data)
    return role


def _refuse_second_head(organisation: Organisation, person: Person, today: date) -> None:
    """One person heads an institution, and has its seat: the post of the former ends first."""
    heads = Post.objects.on(today).filter(organisation=organisation, is_head=True)
    others = heads.exclude(person__in=person.entries).select_related("person")
    if other := others.order_by("from_on", "pk").first():
        words = (
            f"Tą instytucją kieruje {other.person} ({other.function}, od {pl_date(other.from_on)}). "
            "Jeśli ta osoba już nią nie kieruje, zakończ najpierw jej funkcję na stronie instytucji."
        )
        raise ValidationError({"is_head": words})


@transaction.atomic
def release(*, by: Actor, role_id: UUID) -> RoleAssignment:
    """Let somebody act for a party no longer; the register keeps the person."""
    rows = RoleAssignment.objects.filter(role=Role.PARTY).select_for_update()
    role: RoleAssignment = rows.get(pk=role_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if role.is_over:
        raise AlreadySaved(role)
    take_role(by=by, assignment=role)
    return role


def release_all(*, by: Actor, organisation_id: UUID | None) -> None:
    """Everybody of an institution that is a party of nothing any more leaves."""
    if organisation_id is None or is_party(organisation_id, by.today):
        return
    for role in _held(organisation_id, by.today).select_for_update().order_by("pk"):
        take_role(by=by, assignment=role, why=_OVER)


def acts_somebody(by: Actor, organisation_id: UUID) -> bool:
    """Somebody was let in for the institution as a party."""
    return _held(organisation_id, by.today).exists()


def _held(organisation_id: UUID, day: date) -> "QuerySet[RoleAssignment]":
    held: QuerySet[RoleAssignment] = RoleAssignment.objects.on(day)
    return held.filter(role=Role.PARTY, organisation=organisation_id)


def is_party(organisation_id: UUID, day: date) -> bool:
    """The institution has a part in an agreement that is being made, or in force."""
    parts = Party.objects.with_part(day).filter(organisation=organisation_id)
    return parts.exclude(agreement__state__in=sorted(OVER)).exists()


def require_register(party: Party) -> Organisation:
    """The institution for which people may come in: only one of the register is known to itself."""
    if party.organisation is None:
        raise Problem(
            "Najpierw wybierz instytucję z rejestru",
            f"Za Stronę {quoted(party.name)} nikt nie może tu działać, bo w porozumieniu nie "
            "wskazano jej w rejestrze instytucji.",
            kept=NOTHING_SAVED,
            at=party.agreement,
            action="Przejdź do porozumienia",
        )
    return party.organisation


def _locked(by: Actor, party_id: UUID) -> Party:
    agreement_id = Party.objects.values_list("agreement", flat=True).get(pk=party_id)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if agreement.state in OVER:
        raise ValidationError("Do tego porozumienia nikogo się już nie zaprasza.")
    party = Party.objects.select_related("organisation").get(pk=party_id)
    if not party.has_part(by.today):
        raise ValidationError("Ta instytucja nie jest już Stroną tego porozumienia.")
    party.agreement = agreement
    return party
