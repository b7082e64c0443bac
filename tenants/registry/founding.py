"""The founding of the region: once, with the invitation of its first coordinator."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.crypto import constant_time_compare

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.problems import Missing
from kooperacja.writes import found_or_new, one_at_a_time
from tenants.registry import contacts, coordinators, invitations
from tenants.registry.journal import note
from tenants.registry.models import Invitation
from tenants.registry.region import FirstRun, Region
from tenants.registry.rules import VOIVODESHIPS, Impossible
from tenants.registry.workflow import RegionVerb

NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Founded:
    """The region, and the invitation of its first coordinator that still waits, if one does."""

    region: Region
    invitation: Invitation | None
    is_new: bool
    is_sent: bool  # by this call


def found_region(
    *,
    by: Actor,
    code: str,
    rops_name: str,
    coordinator_name: str,
    coordinator_email: str,
    rops_phone: str = "",
    rops_email: str = "",
    again: bool = False,
) -> Founded:
    """Found the region of this site and invite its first coordinator: both or neither.

    The same again changes nothing; asked `again`, the invitation goes out anew until somebody
    has taken one. Another region is refused.
    """
    by.require_proof()
    _require(code, rops_name, coordinator_name)
    coordinators.require_address(coordinator_email.strip())
    contact = contacts.checked(rops_phone, rops_email)
    with transaction.atomic(using="shared"):
        one_at_a_time(coordinators.CHANGING)
        region, is_new = found_or_new(
            Region,
            is_only=True,
            defaults={
                "code": code,
                "name": VOIVODESHIPS[code].name,
                "rops_name": rops_name.strip(),
                **contact,
            },
        )
        _require_same(region, code)
        if is_new:
            FirstRun.objects.all().delete()
            note(by=by, verb=RegionVerb.FOUNDED, about=f"{region}, {region.rops_name}")
        return _with_coordinator(by, region, is_new, again, coordinator_name, coordinator_email)


def region_for(code: str | None) -> Region | None:
    """The region of this site, if it is founded; one asked for by another code is refused."""
    region = Region.objects.first()
    if region is not None and code:
        _require_same(region, code)
    return region


def _require_same(region: Region, code: str) -> None:
    if region.code != code:
        raise Impossible(f"Ten serwis służy już innemu województwu: {region.name}.")


def _require(code: str, rops_name: str, coordinator_name: str) -> None:
    if code not in VOIVODESHIPS:
        raise Impossible(f"Nie ma województwa o kodzie {code[:10]}.")
    for words, value in (("nazwę ROPS", rops_name), ("imię i nazwisko", coordinator_name)):
        if not 0 < len(value.strip()) <= NAME_LENGTH:
            raise Impossible(f"Podaj {words}, najwyżej {NAME_LENGTH} znaków.")


def _with_coordinator(
    by: Actor, region: Region, is_new: bool, again: bool, name: str, email: str
) -> Founded:
    """Invite the first coordinator, unless one works here or has an invitation already."""
    if coordinators.working().exists():
        return Founded(region, None, is_new, is_sent=False)
    waiting = coordinators.invited().last()
    if waiting is not None and not again:
        return Founded(region, waiting, is_new, is_sent=False)
    for former in coordinators.invited().exclude(email=email.strip().lower()):
        invitations.withdraw(by=by, invitation=former)
    verb = RegionVerb.INVITED if waiting is None else RegionVerb.INVITED_AGAIN
    invitation = coordinators.send(by=by, email=email, full_name=name, verb=verb)
    return Founded(region, invitation, is_new, is_sent=True)


# --- The link of the first run ---------------------------------------------------------------


def is_waiting() -> bool:
    """No region is founded here yet."""
    return not Region.objects.exists()


def issue_token() -> str:
    """The token of a new link, which replaces the former; empty once a region is founded."""
    if not is_waiting():
        return ""
    token = secrets.token_urlsafe(32)
    kept, is_new = found_or_new(FirstRun, is_only=True, defaults={"token_hash": _hash(token)})
    if not is_new:
        kept.token_hash = _hash(token)
        kept.save(update_fields=["token_hash", "issued_at"])
    return token


def issue_link() -> str:
    """The address of the page on which the region is founded; empty once it is."""
    token = issue_token()
    return root_reverse("first_run", token) if token else ""


def require_token(token: str) -> None:
    """Refuse what is not the token of this site's first run."""
    if not is_waiting():
        raise Missing(
            "Ten adres nie jest już ważny",
            "Województwo jest założone, a jego koordynator dostał zaproszenie e-mailem.",
        )
    kept = FirstRun.objects.values_list("token_hash", flat=True).first() or ""
    if not constant_time_compare(kept, _hash(token)):
        raise Missing(
            "Ten adres nie jest ważny",
            "Osoba, która prowadzi ten serwis, zakłada województwo poleceniem `kooperacja found` "
            "albo dostaje nowy adres poleceniem `kooperacja found --link`.",
        )


def found_by_token(*, by: Actor, token: str, **asked: Any) -> Founded:
    """Found the region by the link of the first run, which opens nothing afterwards."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        one_at_a_time(coordinators.CHANGING)
        require_token(token)
        return found_region(by=by, **asked)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
