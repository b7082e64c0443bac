"""Invitations: the only way to an account and to a role in a tenant (REG §1.5; security.md)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from kooperacja.accounts.models import Account
from kooperacja.accounts.sessions import end_sessions
from kooperacja.audit.actor import Actor
from kooperacja.inbox.actions import queue_mail
from kooperacja.letters import letter
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import locative_of_unit, pl_datetime
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, Taken, came_in, found_or_new, insert_once
from tenants.registry import unusable
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.region import Region
from tenants.registry.roles import Role
from tenants.registry.standing import newer_than, sent_for

VALID_FOR = timedelta(hours=72)
# A mailbox is not flooded, and a form sent twice sends one mail.
RESENT_AFTER, RESENT_A_DAY = timedelta(minutes=10), 5


@dataclass(frozen=True)
class Purpose:
    """The purpose of an invitation, in words for its reader."""

    invitation: Invitation

    @cached_property
    def place(self) -> str:
        tenant = self.invitation.tenant
        if tenant is not None:
            return tenant.ref.name
        region = Region.objects.first()
        return f"Panel województwa ({region.rops_name})" if region else "Panel województwa"

    @property
    def role(self) -> str:
        name, organisation = self.invitation.get_role_display(), self.invitation.organisation_name
        return f"{name}, {organisation}" if organisation else name

    @property
    def title(self) -> str:
        """The purpose in one line."""
        tenant = self.invitation.tenant
        if tenant is None or not self.is_declaring:
            return "Zaproszenie na platformę Kooperacja"
        return (
            "Zaproszenie: deklaracja przystąpienia do Partnerstwa w "
            f"{locative_of_unit(tenant.ref.name)}"
        )

    @property
    def subject(self) -> str:
        if self.is_declaring:
            return self.title
        invited_by, role = self.invitation.invited_by, self.invitation.get_role_display()
        return f"Kooperacja: zaproszenie – {self.place}, {role} (zaprasza {invited_by})"

    @property
    def asking(self) -> list[tuple[str, str]]:
        """The page with the office's telephone and address, for whoever does not know it yet."""
        tenant = self.invitation.tenant
        if tenant is None or not (self.is_declaring or self.is_sent):
            return []
        return [("Telefon i adres ośrodka", f"{tenant.ref.prefix}/dolacz/")]

    @property
    def is_declaring(self) -> bool:
        return self.invitation.role == Role.APPLICANT

    @property
    def is_sent(self) -> bool:
        """By an institution, to a GGK of this unit."""
        return self.invitation.role == Role.DELEGATE

    @property
    def whom_to_ask(self) -> str:
        """A sentence that says who answers questions."""
        inviting = "ośrodka, który" if self.is_sent else "osoby, która"
        return f"W razie pytań zwróć się do {inviting} zaprasza: {self.invitation.invited_by}."

    @property
    def home(self) -> str:
        tenant = self.invitation.tenant
        return tenant.ref.prefix + "/" if tenant is not None else "/region/"


# --- Inviting --------------------------------------------------------------------------------


def invite(
    *,
    by: Actor,
    email: str,
    full_name: str,
    tenant: Tenant | None,
    role: str,
    organisation_id: UUID | None = None,
    organisation_name: str = "",
    organisation_number: str = "",
    person_id: UUID | None = None,
    assignment_id: UUID | None = None,
    source_id: UUID | None = None,
    basis: str = "",
) -> Invitation:
    """Invite an address to a role, and queue the mail; one `source_id` invites once.

    A new invitation to the same role replaces an open one, so that one link works, not several.
    """
    if source_id and (former := Invitation.objects.filter(source_id=source_id).first()):
        return former
    invitation = Invitation(
        email=email.strip().lower(),
        full_name=full_name.strip(),
        tenant=tenant,
        role=role,
        organisation_id=organisation_id,
        organisation_name=organisation_name,
        organisation_number=organisation_number,
        person_id=person_id,
        assignment_id=assignment_id,
        invited_by=by.name,
        source_id=source_id,
        basis=basis,
    )
    return _sent_once(invitation)


def _sent_once(invitation: Invitation) -> Invitation:
    try:
        with transaction.atomic(using="shared"):
            _withdraw_open(invitation)
            _send(invitation)
    except Taken:
        # Somebody was faster with the same source; what was withdrawn here is open again.
        return Invitation.objects.get(source_id=invitation.source_id)
    return invitation


def withdraw(*, by: Actor, invitation: Invitation) -> Invitation:
    """Make an open invitation useless."""
    with transaction.atomic(using="shared"):
        now = _locked(invitation)
        if now.accepted_at:
            raise unusable.used()
        if now.withdrawn_at is None:
            now.withdrawn_at, now.withdrawn_by = timezone.now(), by.name
            now.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return now


def resend(*, by: Actor, invitation: Invitation) -> Invitation:
    """Send it anew: a new link, valid from now on; the former one opens nothing any more.

    AlreadySaved where a newer one was sent since, a Problem where it is too early or was taken.
    """
    by.require_proof()
    with transaction.atomic(using="shared"):
        now = _locked(invitation)
        if now.accepted_at:
            raise _taken(now)
        if newer := newer_than(now):
            raise AlreadySaved(newer)
        _require_pace(now)
        again = _again(now, invited_by=by.name)
        _withdraw_open(again)
        _send(again)
    return again


def follow(invitation: Invitation, email: str) -> None:
    """Send an open one to the address that its account has now; the former link opens nothing."""
    with transaction.atomic(using="shared"):
        now = _locked(invitation)
        if not (now.accepted_at or now.withdrawn_at):
            _withdraw_open(now)
            _send(_again(now, invited_by=now.invited_by, email=email))


def _again(invitation: Invitation, **changed: str) -> Invitation:
    return Invitation(**{name: getattr(invitation, name) for name in _SAME} | changed)


# What an invitation that is sent again has of the former one.
_SAME = (
    *("email", "full_name", "tenant", "role", "person_id", "assignment_id", "basis"),
    *("organisation_id", "organisation_name", "organisation_number"),
)


def _taken(invitation: Invitation) -> Problem:
    return Problem(
        "To zaproszenie zostało już przyjęte",
        f"Przyjęto je {pl_datetime(invitation.accepted_at)}, więc nie ma czego wysyłać ani wycofywać.",
        kept=NOTHING_DONE,
    )


def _require_pace(invitation: Invitation) -> None:
    sent, now = sent_for(invitation), timezone.now()
    if now - invitation.created_at < RESENT_AFTER:
        raise _too_often(invitation.created_at + RESENT_AFTER)
    today = sent.filter(created_at__gt=now - timedelta(days=1)).order_by("created_at")
    if len(today) >= RESENT_A_DAY:
        raise _too_often(today[0].created_at + timedelta(days=1))


def _too_often(until: datetime) -> Problem:
    return Problem(
        "To zaproszenie wysłano przed chwilą",
        f"Następne można wysłać {pl_datetime(until)}. Do tego czasu sprawdź, czy wiadomość nie "
        "trafiła do spamu.",
        kept=NOTHING_DONE,
        status=429,
    )


def _withdraw_open(like: Invitation) -> None:
    Invitation.objects.filter(
        email=like.email,
        tenant=like.tenant,
        role=like.role,
        organisation_id=like.organisation_id,
        accepted_at=None,
        withdrawn_at=None,
    ).update(withdrawn_at=timezone.now(), withdrawn_by=like.invited_by)


def _send(invitation: Invitation) -> None:
    secret = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(secret)
    invitation.expires_at = timezone.now() + VALID_FOR
    insert_once(invitation)
    token = f"{secret}.{_signature(secret, invitation)}"
    purpose = Purpose(invitation)
    mail = letter(
        "invitation",
        {"invitation": invitation, "purpose": purpose},
        title=purpose.title,
        subject=purpose.subject,
        links=[("Zobacz zaproszenie", root_reverse("invitation", token)), *purpose.asking],
        ask=purpose.whom_to_ask,
    )
    queue_mail(
        to=invitation.email,
        letter=mail,
        dedupe=f"invitation:{invitation.id}:{invitation.token_hash[:16]}",
    )


# --- Accepting -------------------------------------------------------------------------------


def read(token: str, *, account: Account | None) -> Invitation:
    """The open invitation a link stands for; raises Unusable. Reading never uses it up."""
    secret, _, signature = token.partition(".")
    rows = Invitation.objects.select_related("tenant__unit")
    invitation = rows.filter(token_hash=_hash(secret)).first()
    # Signed over whom and what it is for, so a row changed behind our back opens nothing either.
    if invitation is None or not constant_time_compare(signature, _signature(secret, invitation)):
        raise unusable.forged()
    _check(invitation, account)
    return invitation


def accept(*, invitation: Invitation, account: Account, keep: SessionBase | None = None) -> Access:
    """Give a signed-in account, of the invited address, its access; all or nothing."""
    with transaction.atomic(using="shared"):
        now = _locked(invitation)
        _check(now, account)
        access = _grant(now, account)
        # A new role may demand a second factor: every session is asked about it anew.
        end_sessions(account, keep=keep)
    return access


def accept_as_new(*, invitation: Invitation, full_name: str, password: str) -> Account:
    """Make the account the invitation proves the address of, with its access; all or nothing."""
    with transaction.atomic(using="shared"):
        now = _locked(invitation)
        _check(now, None)
        account = Account.objects.create_user(
            email=now.email, full_name=full_name, password=password
        )
        _grant(now, account)
    return account


def end_access(*, by: Actor, access: Access, why: str) -> None:
    """End a role somewhere; the account's sessions end with it."""
    with transaction.atomic(using="shared"):
        held = Access.objects.select_for_update(of=("self",)).select_related("account")
        row = held.get(pk=access.pk)
        if row.ended_at is not None:
            return
        row.ended_at, row.ended_by, row.end_reason = timezone.now(), by.name, why[:500]
        row.save(update_fields=["ended_at", "ended_by", "end_reason"])
        end_sessions(row.account)


def tie(access: Access, assignment_id: UUID | None) -> None:
    """Let a door that is open already belong to a new role: the end of the former shuts it not."""
    if assignment_id is not None and access.assignment_id != assignment_id:
        access.assignment_id = assignment_id
        access.save(update_fields=["assignment_id"])


def _grant(invitation: Invitation, account: Account) -> Access:
    access, is_new = found_or_new(
        Access,
        account=account,
        tenant=invitation.tenant,
        role=invitation.role,
        organisation_id=invitation.organisation_id,
        ended_at=None,
        defaults={
            "organisation_name": invitation.organisation_name,
            "organisation_number": invitation.organisation_number,
            "person_id": invitation.person_id,
            "assignment_id": invitation.assignment_id,
            "granted_by": invitation.invited_by,
        },
    )
    if not is_new:
        tie(access, invitation.assignment_id)
    confirmed = {"verified": True, "primary": True}
    own = EmailAddress.objects.filter(user=account, email=account.email)
    if not own.update(**confirmed):
        came_in(EmailAddress(user=account, email=account.email, **confirmed))
    invitation.accepted_at, invitation.accepted_by = timezone.now(), account
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return access


def _check(invitation: Invitation, account: Account | None) -> None:
    if invitation.accepted_at:
        raise unusable.used()
    if invitation.withdrawn_at:
        raise unusable.withdrawn(invitation)
    if invitation.expires_at <= timezone.now():
        raise unusable.expired()
    if account is not None and account.email.lower() != invitation.email:
        raise unusable.wrong_account(invitation)


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("tenant__unit")
    return rows.get(pk=invitation.pk)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _signature(secret: str, invitation: Invitation) -> str:
    parts = (secret, invitation.email, invitation.tenant_id, invitation.role)
    bound = "|".join(str(part) for part in (*parts, invitation.organisation_id))
    return salted_hmac("registry.invitation", bound, algorithm="sha256").hexdigest()
