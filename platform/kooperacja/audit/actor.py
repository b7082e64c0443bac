"""The actor: the first argument of every action."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from kooperacja.audit.models import Via
from kooperacja.ops.context import current_request_id
from kooperacja.tenancy.urls import root_route
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.ui.text import visible

APPLICANT = "APPLICANT"  # the code of the role of whoever is no member yet


class Unproved(Problem):
    """A right was to be given or ended by a request that has not just shown a second factor."""

    status = 403


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in their roles, or the system itself.

    `person_id` is the person of the tenant one is in; `day` the day of the request. A request
    `lacks_proof` unless it has just shown a second factor; tasks and commands need none.
    """

    account_id: UUID | None
    name: str
    role: str = ""  # codes, by commas
    via: str = Via.WEB
    request_id: str = ""
    person_id: UUID | None = None
    day: date | None = None
    lacks_proof: bool = False

    @property
    def today(self) -> date:
        """The day on which it is done: one day for the whole of a request."""
        return self.day or timezone.localdate()

    @property
    def only_applies(self) -> bool:
        """A stranger still: nothing but an application of theirs let them in."""
        return self.role == APPLICANT

    def require_proof(self) -> None:
        """Whatever gives or ends a role, an access or a right to data begins with this."""
        if self.lacks_proof:
            raise Unproved(
                "Najpierw potwierdź swoją tożsamość",
                "Role, dostęp i uprawnienia nadaje i kończy osoba, która przed chwilą podała drugi "
                "składnik logowania. Program z kluczem API nie może tego zrobić.",
                kept=NOTHING_DONE,
            )


SYSTEM = Actor(account_id=None, name="System", via=Via.TASK)


def named(name: str) -> Actor:
    """An actor known by name alone, for work outside a request."""
    return Actor(account_id=None, name=name, via=Via.TASK)


_LONGEST = 200


def signed(full_name: str, address: str) -> str:
    """A name with the address that proves whose it is: anybody may call their account anything.

    Signs that nobody sees (category C: controls, directions) would let one name look like another.
    """
    seen = visible(full_name)
    room = max(0, _LONGEST - len(address) - 3)
    return f"{seen.strip()[:room]} ({address})"[:_LONGEST]


def actor(
    request: HttpRequest,
    person_id: UUID | None = None,
    *,
    full_name: str = "",
    has_proof: bool = False,
) -> Actor:
    """The account that makes this request, in the roles that let it in.

    It goes by the name that the tenant knows it by (`full_name`), not by the one it gives itself.
    """
    source: Any = request
    account = getattr(source, "account", None) or source.user
    roles = sorted({str(access.role) for access in getattr(source, "access", ())})
    return Actor(
        account_id=account.pk,
        name=signed(full_name or account.full_name, account.email),
        role=",".join(roles),
        via=Via.API if root_route(request).startswith("api/") else Via.WEB,
        request_id=current_request_id(),
        person_id=person_id,
        day=timezone.localdate(),
        lacks_proof=not has_proof,
    )
