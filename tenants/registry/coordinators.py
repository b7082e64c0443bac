"""Coordinators of the region: invited, invited again, ended; there is always one."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.inbox.actions import queue_mail
from kooperacja.letters import letter
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_DONE, Problem, Refused
from kooperacja.writes import AlreadySaved, one_at_a_time
from tenants.registry import invitations
from tenants.registry.journal import note
from tenants.registry.models import Access, Invitation
from tenants.registry.roles import Role
from tenants.registry.rules import Impossible
from tenants.registry.standing import newer_than
from tenants.registry.workflow import RegionVerb

# Whoever founds the region or changes its coordinators waits for the others who do.
CHANGING = "registry.coordinators"
PAGE = "panel:coordinators"


def accesses_ever() -> QuerySet[Access]:
    """The access of all who are coordinators, or were."""
    rows = Access.objects.filter(tenant=None, role=Role.ROPS_COORDINATOR)
    return rows.select_related("account").order_by("granted_at", "pk")


def working() -> QuerySet[Access]:
    """The access of those who are coordinators now."""
    return accesses_ever().filter(ended_at=None)


def invitations_ever() -> QuerySet[Invitation]:
    """All invitations of coordinators."""
    rows = Invitation.objects.filter(tenant=None, role=Role.ROPS_COORDINATOR)
    return rows.order_by("created_at", "pk")


def invited() -> QuerySet[Invitation]:
    """Invitations that nobody has taken or withdrawn, those out of date among them."""
    return invitations_ever().filter(accepted_at=None, withdrawn_at=None)


def require_address(address: str) -> None:
    """Refuse what is no e-mail address."""
    try:
        validate_email(address)
    except ValidationError:
        raise Impossible(f"{quoted(address[:80])} nie jest adresem e-mail.") from None


def invite(*, by: Actor, email: str, full_name: str) -> Invitation:
    """Invite one more coordinator; the others hear of it."""
    by.require_proof()
    address = email.strip().lower()
    with transaction.atomic(using="shared"):
        _lock(by)
        if working().filter(account__email=address).exists():
            raise ValidationError({"email": "Ta osoba jest już koordynatorem ROPS."})
        if waiting := invited().filter(email=address, expires_at__gt=timezone.now()).first():
            raise AlreadySaved(waiting)
        return send(by=by, email=address, full_name=full_name, verb=RegionVerb.INVITED)


def send(*, by: Actor, email: str, full_name: str, verb: RegionVerb) -> Invitation:
    """Send an invitation in place of the open one to this address, with its entry."""
    invitation = invitations.invite(
        by=by, email=email, full_name=full_name, tenant=None, role=Role.ROPS_COORDINATOR
    )
    _done(by, verb, f"{invitation.full_name} ({invitation.email})")
    return invitation


def resend(*, by: Actor, invitation: Invitation) -> Invitation:
    """Send it anew at the common pace; the former link opens nothing any more."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        _lock(by)
        if newer := newer_than(invitation):
            raise AlreadySaved(newer)
        require_waiting(invitation)
        again = invitations.resend(by=by, invitation=invitation)
        _done(by, RegionVerb.INVITED_AGAIN, f"{again.full_name} ({again.email})")
    return again


def withdraw(*, by: Actor, invitation: Invitation) -> Invitation:
    """Make an invitation useless; the others hear of it."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        _lock(by)
        if Invitation.objects.filter(pk=invitation.pk).exclude(withdrawn_at=None).exists():
            raise AlreadySaved(invitation)
        require_waiting(invitation)
        now = invitations.withdraw(by=by, invitation=invitation)
        _done(by, RegionVerb.WITHDRAWN, f"{now.full_name} ({now.email})")
    return now


def end(*, by: Actor, access: Access) -> Access:
    """End the access of a coordinator, never of the last one; the others hear of it, too."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        _lock(by)
        if (ended := working().filter(pk=access.pk).first()) is None:
            raise AlreadySaved(access)
        require_not_last(ended)
        invitations.end_access(by=by, access=ended, why="zakończono w panelu województwa")
        account = ended.account
        _done(by, RegionVerb.ENDED, f"{account.full_name} ({account.email})", [account.email])
    return ended


def _lock(by: Actor) -> None:
    """Wait for whoever changes them now; they may have ended the access of whoever asks."""
    one_at_a_time(CHANGING)
    if by.account_id is not None and not working().filter(account=by.account_id).exists():
        raise Refused(
            "Nie możesz tego zrobić",
            "Twój dostęp do panelu województwa został właśnie zakończony. " + NOTHING_DONE,
        )


def require_waiting(invitation: Invitation) -> None:
    """Refuse to do anything with an invitation that was taken, withdrawn or replaced."""
    if not invited().filter(pk=invitation.pk).exists():
        raise _not_now(
            "To zaproszenie już nie czeka", "Zostało przyjęte, wycofane albo zastąpione."
        )


def require_not_last(access: Access) -> None:
    """Refuse to end the access of the only coordinator, or one that has ended."""
    left = set(working().values_list("pk", flat=True))
    if access.pk not in left:
        raise _not_now("Ten dostęp jest już zakończony", "Ta osoba nie jest koordynatorem ROPS.")
    if len(left) == 1:
        raise _not_now(
            "Województwo musi mieć koordynatora ROPS",
            "To jedyna osoba z tą rolą. Najpierw zaproś następną i poczekaj, aż przyjmie "
            "zaproszenie.",
        )


def _not_now(title: str, why: str) -> Problem:
    return Problem(
        title, why, kept=NOTHING_DONE, href=root_reverse(PAGE), action="Zobacz koordynatorów"
    )


def _done(by: Actor, verb: RegionVerb, about: str, also: Iterable[str] = ()) -> None:
    """The entry of an act, and a mail to every coordinator but the one who did it.

    `also` are those who are none any more, so the mail doesn't lead them to the panel.
    """
    note(by=by, verb=verb, about=about)
    others = set(working().exclude(account=by.account_id).values_list("account__email", flat=True))
    now = timezone.now()
    for address in sorted(others.union(also)):
        queue_mail(
            to=address,
            letter=letter(
                "coordinators_changed",
                {"what": verb.label, "about": about, "by": by.name},
                title="Zmiana wśród koordynatorów ROPS",
                subject="Kooperacja: zmiana wśród koordynatorów ROPS",
                links=[_way_on(is_coordinator=address in others)],
                ask=f"W razie pytań zwróć się do osoby, która to zrobiła: {by.name}.",
            ),
            dedupe=f"coordinators:{verb}:{now.timestamp()}:{address}",
        )


def _way_on(*, is_coordinator: bool) -> tuple[str, str]:
    if is_coordinator:
        return "Zobacz koordynatorów", root_reverse(PAGE)
    return "Zobacz, gdzie pracujesz", root_reverse("places")
