"""The Lider decides on a declaration: accepts, returns or refuses it (REG §1.5 s.2)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import Notification, send, settle
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.partnership import perms, rules
from tenants.partnership.actions.applicants import end_applicants
from tenants.partnership.actions.invitations import (
    invite_to_role,
    publish_figures,
    recipients,
)
from tenants.partnership.actions.recruitment import note_joined
from tenants.partnership.models import (
    AccessionDeclaration,
    DeclarationStep,
    Membership,
    Partnership,
    PartnershipCoordinator,
    Person,
    Post,
)
from tenants.partnership.notifications import (
    DeclarationAccepted,
    DeclarationRefused,
    DeclarationReturned,
)
from tenants.partnership.papers.declaration import issue_annotated
from tenants.partnership.workflow import (
    DECIDED,
    DeclarationState,
    PartnershipState,
    declaration_may_become,
)
from tenants.registry.roles import Role

CLAUSE = "§ 1 ust. 5 zd. 2 regulaminu"
LEAD_ALONE = (
    "O przyjęciu decyduje osoba upoważniona do reprezentowania Lidera i nie może to być ktoś, "
    "kto działa w imieniu przystępującej instytucji."
)


@transaction.atomic
def accept_declaration(
    *, by: Actor, person: Person, declaration_id: UUID, decided_on: date | None = None
) -> Membership:
    """Admit the institution from the day of the decision and annotate its declaration."""
    day = decided_on or timezone.localdate()
    declaration = _to_decide(person, declaration_id, DeclarationState.ACCEPTED)
    _require_day(declaration, day)
    declaration.annotation = rules.annotation(day)
    _decide(declaration, DeclarationState.ACCEPTED, by, person, day)
    membership = Membership.objects.create(
        organisation=declaration.organisation, declaration=declaration, from_on=day
    )
    _enter_people(by, membership, declaration)
    end_applicants(by=by, organisation_id=declaration.organisation_id)
    note_joined(by=by, declaration=declaration)
    issue_annotated(by=by, declaration=declaration)
    record(
        by=by,
        verb="DECLARATION_ACCEPTED",
        obj=declaration,
        data={"decided_on": [None, day.isoformat()], "membership": [None, str(membership.pk)]},
    )
    _tell_accepted(declaration)
    publish_figures(Membership, PartnershipCoordinator, cause=declaration.pk)
    return membership


@transaction.atomic
def return_declaration(
    *, by: Actor, person: Person, declaration_id: UUID, reason: str
) -> AccessionDeclaration:
    """Give it back to be corrected, saying what is wrong."""
    declaration = _to_decide(person, declaration_id, DeclarationState.RETURNED)
    declaration.reason = reason
    _decide(declaration, DeclarationState.RETURNED, by, person, timezone.localdate())
    record(by=by, verb="DECLARATION_RETURNED", obj=declaration, why=reason)
    _tell(declaration, DeclarationReturned(reason=reason, **_about(declaration)))
    return declaration


@transaction.atomic
def refuse_declaration(
    *, by: Actor, person: Person, declaration_id: UUID, reason: str
) -> AccessionDeclaration:
    """Refuse to admit, with the reason; the institution may declare again (REG §1.4)."""
    declaration = _to_decide(person, declaration_id, DeclarationState.REFUSED)
    declaration.reason = reason
    _decide(declaration, DeclarationState.REFUSED, by, person, timezone.localdate())
    record(by=by, verb="DECLARATION_REFUSED", obj=declaration, why=reason)
    _tell(declaration, DeclarationRefused(reason=reason, **_about(declaration)))
    end_applicants(by=by, organisation_id=declaration.organisation_id)
    return declaration


def _to_decide(
    person: Person, declaration_id: UUID, then: DeclarationState
) -> AccessionDeclaration:
    """The declaration, locked: of two who decide at once the second finds it decided."""
    # Nothing is joined: whoever waited for the lock would see the joined rows as before the wait.
    declaration = AccessionDeclaration.objects.select_for_update().get(pk=declaration_id)
    perms.decide.require(person, declaration)
    if not declaration_may_become(declaration.state, then):
        raise _not_now(person, declaration)
    return declaration


def refuse_unless_filed(person: Person, declaration: AccessionDeclaration) -> None:
    """Tell whoever opens the page of a decision that there is none to take."""
    if declaration.state != DeclarationState.FILED:
        raise _not_now(person, declaration)


def _not_now(person: Person, declaration: AccessionDeclaration) -> Problem:
    href = reverse("partnership:declaration", args=[declaration.pk])
    if declaration.state not in DECIDED:
        return Problem(
            "Ta deklaracja nie czeka na decyzję",
            f"Jej stan: {declaration.get_state_display()}.",
            clause=CLAUSE,
            href=href,
            action="Przejdź do deklaracji",
        )
    done = {
        DeclarationState.ACCEPTED: "już przyjęto",
        DeclarationState.RETURNED: "już zwrócono do poprawy",
        DeclarationState.REFUSED: "już rozpatrzono odmownie",
    }[DeclarationState(declaration.state)]
    # Whoever sends the form twice must not read that nothing was saved.
    own = "Drugi raz nic się nie zmieniło."
    said = own if declaration.decided_by == person else "Twoja decyzja nie została zapisana."
    return Problem(
        f"Tę deklarację {done}",
        f"Decyzję z dnia {pl_date(declaration.decided_on)} "
        f"podjęła osoba: {declaration.decided_by}. {said}",
        clause=CLAUSE,
        href=href,
        action="Zobacz deklarację",
    )


def _require_day(declaration: AccessionDeclaration, day: date) -> None:
    # Locked, so that nobody is admitted while the partnership is being dissolved.
    partnership = Partnership.objects.select_for_update().get()
    if partnership.state != PartnershipState.ACTIVE:
        raise Problem(
            "Partnerstwo nie przyjmuje członków",
            f"Stan Partnerstwa: {partnership.get_state_display()}.",
            clause="§ 1 ust. 1 i 7 regulaminu",
        )
    last = Membership.objects.filter(organisation=declaration.organisation_id).aggregate(
        day=Max("ended_on")
    )["day"]
    assert declaration.received_on is not None  # a filed declaration has it
    if wrong := rules.decision_date_error(day, declaration.received_on, last, timezone.localdate()):
        raise Problem("Tej daty decyzji nie można przyjąć", wrong, clause=CLAUSE)


def _decide(
    declaration: AccessionDeclaration,
    state: DeclarationState,
    by: Actor,
    person: Person,
    day: date,
) -> None:
    declaration.state, declaration.decided_on, declaration.decided_by = state, day, person
    declaration.version += 1
    declaration.save()
    DeclarationStep.objects.create(
        declaration=declaration,
        state=state,
        happened_on=day,
        actor_name=by.name,
        reason=declaration.reason,
    )


def _about(declaration: AccessionDeclaration) -> dict[str, Any]:
    return {
        "declaration_id": declaration.pk,
        "organisation_name": declaration.organisation.name,
    }


def _tell_accepted(declaration: AccessionDeclaration) -> None:
    """Who has a role from now on is led to the declaration, the others read the annotation."""
    said = {"annotation": declaration.annotation, **_about(declaration)}
    named = [declaration.signatory, declaration.coordinator, declaration.applicant]
    goes_on = {declaration.coordinator_id}
    if declaration.applicant_id == declaration.signatory_id:
        goes_on.add(declaration.signatory_id)
    for may_open in (True, False):
        to = [one for one in named if one and (one.pk in goes_on) == may_open]
        _tell_them(declaration, DeclarationAccepted(may_open=may_open, **said), to)
    _settle(declaration)


def _tell(declaration: AccessionDeclaration, what: Notification) -> None:
    """Those whom the declaration names hear of the decision; nobody is asked for it any more."""
    named = [declaration.signatory, declaration.coordinator, declaration.applicant]
    _tell_them(declaration, what, named)
    _settle(declaration)


def _tell_them(
    declaration: AccessionDeclaration, what: Notification, to: Sequence[Person | None]
) -> None:
    key = f"{declaration.pk}:{declaration.version}"
    send(what, to=recipients(to), dedupe=f"declaration-decided:{key}")


def _settle(declaration: AccessionDeclaration) -> None:
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
    for person, function, is_head in (
        (signatory, declaration.signatory_function, True),
        (coordinator, declaration.coordinator_position or "koordynator Partnerstwa", False),
    ):
        Post.objects.get_or_create(
            person=person,
            organisation=membership.organisation,
            function=function,
            ended_on=None,
            defaults={"from_on": membership.from_on, "is_head": is_head},
        )
    invite_to_role(
        by=by,
        person=coordinator,
        role=Role.PARTNER_COORDINATOR,
        organisation=membership.organisation,
        from_on=membership.from_on,
    )
    if declaration.applicant_id == signatory.pk:
        invite_to_role(
            by=by,
            person=signatory,
            role=Role.PARTNER_HEAD,
            organisation=membership.organisation,
            from_on=membership.from_on,
        )
