"""Who does something: the first argument of every action."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from kooperacja.audit.models import Via
from kooperacja.ops.context import current_request_id


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in their roles, or the system itself."""

    account_id: UUID | None
    name: str
    role: str = ""  # codes, by commas
    via: str = Via.WEB
    request_id: str = ""


SYSTEM = Actor(account_id=None, name="System", via=Via.TASK)


def actor(request: HttpRequest) -> Actor:
    """Whoever makes this request, in the roles that let them in."""
    made: Any = request
    account = getattr(made, "account", None) or made.user
    roles = sorted({str(access.role) for access in getattr(made, "access", ())})
    return Actor(
        account_id=account.pk,
        name=account.full_name,
        role=",".join(roles),
        via=Via.API if request.path.startswith("/api/") else Via.WEB,
        request_id=current_request_id(),
    )
