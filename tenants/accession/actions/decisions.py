"""The Lider decides on a declaration: accepts, returns or refuses it (REG §1.5 s.2)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.documents.work_first import work_first
from kooperacja.notifications.base import Notification, send, settle
from kooperacja.permissions import Permission
from kooperacja.ui.polish import pl_date, stopped
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm
from tenants.accession import perms, rules
from tenants.accession.actions.applicants import end_applicants
from tenants.accession.actions.declarations import refuse_member
from tenants.accession.actions.recruitment import note_joined
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.notifications import (
    DeclarationAccepted,
    DeclarationRefused,
    DeclarationReturned,
)
from tenants.accession.papers import issue_annotated
from tenants.accession.workflow import DeclarationState
from tenants.partnership.actions.terms import enter_post
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.partnership.workflow import PartnershipState
from tenants.people.actions.invitations import invite_to_role, publish_figures, recipients
from tenants.people.actions.persons import is_taken
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation import ballots
from tenants.regulation.actions.amendments import give_ballot

_SO = "więc tej deklaracji nie można przyjąć. Zwróć ją albo odmów przyjęcia."


@work_first
def accept_declaration(
    *,
    by: Actor,
    declaration_id: UUID,
    decided_on: date | None = None,
    version: int | None = None,
) -> Membership:
    """Admit the institution from the day of the decision and annotate its declaration.

    `version` is the one that was read, as everywhere here; StaleForm if it was filed anew since.
    """
    accepted = DeclarationState.ACCEPTED
    declaration, lead = _to_decide(by, declaration_id, accepted, perms.decide, version)
    day = decided_on or by.today
    _require_active()
    require_own_address(declaration)
    refuse_member(declaration.organisation, _SO)
    _require_day(declaration, day, by.today)
    membership = Membership(organisation=declaration.organisation, from_on=day)
    membership.save(force_insert=True)
    move(
        declaration,
        DeclarationState.ACCEPTED,
        by=by,
        on=day,
        data={"decided_on": [None, day.isoformat()], "membership": [None, str(membership.pk)]},
        decided_on=day,
        decided_by=lead,
        annotation=rules.annotation(day),
        membership=membership,
    )
    _enter_people(by, membership, declaration)
    give_ballot(by=by, membership=membership)
    end_applicants(by=by, organisation_id=declaration.organisation_id)
    note_joined(by=by, declaration=declaration)
    issue_annotated(by=by, declaration=declaration)
    _tell_accepted(declaration)
    publish_figures(Membership, PartnershipCoordinator, AccessionDeclaration, cause=declaration.pk)
    return membership


@transaction.atomic
def return_declaration(
    *, by: Actor, declaration_id: UUID, reason: str, version: int | None = None
) -> AccessionDeclaration:
    """Give it back to be corrected, saying what is wrong."""
    then = DeclarationState.RETURNED
    return _reject(by, declaration_id, then, reason, DeclarationReturned, version)


@transaction.atomic
def return_for_acceptance(
    *, by: Actor, declaration_id: UUID, version: int | None = None
) -> AccessionDeclaration:
    """Give it back so that the institution accepts the version that has come into force since."""
    then, message = DeclarationState.RETURNED, DeclarationReturned
    declaration, _ = _to_decide(by, declaration_id, then, perms.reject, version)
    reason = require_outdated(declaration, by.today)
    return _reject(by, declaration_id, then, reason, message, version)


def require_outdated(declaration: AccessionDeclaration, today: date) -> str:
    """The reason for the return, unless the declaration accepts the version in force today."""
    wrong, asked = declaration.declared.acceptance_error(today), declaration.regulation_asked
    if wrong and asked is not None:
        return (
            f"{stopped(wrong)} Od {pl_date(asked.in_force_from)} obowiązuje wersja {asked.number}. "
            "Instytucja akceptuje ją, podpisuje deklarację na nowo i składa ją jeszcze raz."
        )
    raise Problem(
        "Ta deklaracja akceptuje obowiązujący regulamin",
        "Możesz ją przyjąć albo zwrócić do poprawy z innego powodu.",
        clause=perms.reject.clause,
        kept=NOTHING_DONE,
        at=declaration,
        action="Przejdź do deklaracji",
    )


@transaction.atomic
def refuse_declaration(
    *, by: Actor, declaration_id: UUID, reason: str, version: int | None = None
) -> AccessionDeclaration:
    """Refuse to admit, with the reason; the institution may declare again (REG §1.4)."""
    then = DeclarationState.REFUSED
    declaration = _reject(by, declaration_id, then, reason, DeclarationRefused, version)
    end_applicants(by=by, organisation_id=declaration.organisation_id)
    return declaration


def _to_decide(
    by: Actor,
    declaration_id: UUID,
    then: DeclarationState,
    may: Permission[...],
    version: int | None,
) -> tuple[AccessionDeclaration, Person | None]:
    """The declaration, locked: of two who decide at once the second finds it decided."""
    by.require_proof()
    # Nothing is joined: whoever waited for the lock would see the joined rows as before the wait.
    declaration = AccessionDeclaration.objects.select_for_update().get(pk=declaration_id)
    lead = Person.objects.acting(by)
    may.require(lead, declaration)
    require_may(declaration, then, by)
    if version not in {None, declaration.version}:
        raise StaleForm(declaration)
    return declaration, lead


def _reject(
    by: Actor,
    declaration_id: UUID,
    then: DeclarationState,
    reason: str,
    message: Callable[..., Notification],
    version: int | None,
) -> AccessionDeclaration:
    declaration, lead = _to_decide(by, declaration_id, then, perms.reject, version)
    day = by.today
    entry = move(
        declaration,
        then,
        by=by,
        on=day,
        why=reason,
        decided_on=day,
        decided_by=lead,
        reason=reason,
    )
    _tell(declaration, message, _named(declaration), reason=reason)
    _settle(declaration)
    publish_figures(AccessionDeclaration, cause=entry.pk)
    return declaration


def _require_active() -> None:
    # Locked, so that nobody is admitted while the partnership is being dissolved.
    partnership = Partnership.objects.select_for_update().get()
    if partnership.state != PartnershipState.ACTIVE:
        raise Problem(
            "Partnerstwo nie przyjmuje członków",
            f"Stan Partnerstwa: {partnership.get_state_display()}.",
            clause="§ 1 ust. 1 i 7 regulaminu",
        )


def require_own_address(declaration: AccessionDeclaration) -> None:
    """The coordinator's address, to which an invitation goes, may have got another holder meanwhile."""
    coordinator = declaration.coordinator
    if coordinator is not None and is_taken(coordinator.email, coordinator.full_name):
        raise Problem(
            "Adres koordynatora należy już do innej osoby",
            f"Adresem {coordinator.email}, który deklaracja podaje dla osoby "
            f"{coordinator.full_name}, posługuje się tu ktoś inny, a każdy loguje się własnym. "
            "Zwróć deklarację do poprawy i poproś o własny adres koordynatora.",
            clause="§ 1 ust. 3 lit. a regulaminu",
            kept=NOTHING_DONE,
            at=declaration,
        )


def _require_day(declaration: AccessionDeclaration, day: date, today: date) -> None:
    """The day keeps the order, and the version accepted is the one in force on it (REG §1.5)."""
    declared = require_acceptance(declaration, today)
    if wrong := declared.decision_error(day, today):
        raise ValidationError({"decided_on": wrong})
    if missed := ballots.closed_without(day):
        raise ValidationError(
            {
                "decided_on": "Głosowanie nad zmianą regulaminu, które otwarto "
                f"{pl_date(missed.voting_from)}, zamknięto bez głosu tej instytucji, a ma go każdy, "
                "kto w dniu otwarcia jest członkiem (§ 9 regulaminu). Podaj ten dzień albo "
                "późniejszy."
            }
        )


def require_acceptance(declaration: AccessionDeclaration, today: date) -> rules.Declared:
    """There is a day on which it could be accepted; else it goes back for the new version."""
    declared = declaration.declared
    if (wrong := declared.acceptance_error(today)) and declared.last_day(today) is None:
        raise Problem(
            "Ta deklaracja nie akceptuje obowiązującego regulaminu",
            f"{stopped(wrong)} Zwróć ją jednym krokiem, aby instytucja zaakceptowała wersję, która "
            "dziś obowiązuje.",
            clause=perms.decide.clause,
            kept=NOTHING_DONE,
            at=declaration,
            page="renew",
            action="Zwróć do akceptacji nowej wersji",
        )
    return declared


def _tell_accepted(declaration: AccessionDeclaration) -> None:
    """People who have a role from now on are led to the declaration, the others to its result."""
    goes_on = {declaration.coordinator_id}
    if declaration.applicant_id == declaration.signatory_id:
        goes_on.add(declaration.signatory_id)
    for may_open in (True, False):
        _tell(
            declaration,
            DeclarationAccepted,
            [person for person in _named(declaration) if (person.pk in goes_on) == may_open],
            annotation=declaration.annotation,
            may_open=may_open,
        )
    _settle(declaration)


def _named(declaration: AccessionDeclaration) -> list[Person]:
    """People whom the declaration names; they hear of the decision."""
    people = (declaration.signatory, declaration.coordinator, declaration.applicant)
    return [person for person in people if person is not None]


def _tell(
    declaration: AccessionDeclaration,
    message: Callable[..., Notification],
    to: list[Person],
    **facts: Any,
) -> None:
    organisation_name = declaration.organisation.name
    send(
        message(declaration_id=declaration.pk, organisation_name=organisation_name, **facts),
        to=recipients(to),
        dedupe=f"declaration-decided:{declaration.pk}:{declaration.version}",
    )


def _settle(declaration: AccessionDeclaration) -> None:
    """Nobody is asked for the decision any more."""
    # The version before the decision is the one that was filed.
    settle(dedupe=f"declaration-filed:{declaration.pk}:{declaration.version - 1}")


def _enter_people(by: Actor, membership: Membership, declaration: AccessionDeclaration) -> None:
    """The coordinator's seat, posts and invitation (REG §1.3.a par. 2)."""
    signatory, coordinator = declaration.signatory, declaration.coordinator
    assert signatory is not None  # a filed declaration has both
    assert coordinator is not None
    PartnershipCoordinator.objects.create(
        membership=membership, person=coordinator, from_on=membership.from_on
    )
    position = declaration.coordinator_position or "koordynator Partnerstwa"
    of, since = membership.organisation, membership.from_on
    enter_post(of, signatory, declaration.signatory_function, since, by=by, is_head=True)
    enter_post(of, coordinator, position, since, by=by)
    _invite(by, membership, coordinator, Role.PARTNER_COORDINATOR)
    if declaration.applicant_id == signatory.pk:
        _invite(by, membership, signatory, Role.PARTNER_HEAD)


def _invite(by: Actor, membership: Membership, person: Person, role: Role) -> None:
    invite_to_role(
        by=by,
        person=person,
        role=role,
        organisation=membership.organisation,
        from_on=membership.from_on,
    )
