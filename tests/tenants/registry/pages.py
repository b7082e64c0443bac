"""Pages of an account that know of tenants: places, invitations, keys of the API."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kooperacja.accounts import tokens
from kooperacja.audit.actor import named
from kooperacja.inbox.models import OutgoingMessage
from tenants.registry import directory
from tenants.registry.invitations import invite
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.declared import LEADS_ON, NO_FORM, SIGNED_IN, Rows, SharedPage
from tests.factories import accounts

FIRST_RUN = "on a site without a region: tests/e2e/test_from_nothing.py"

PAGES = [
    SharedPage("front_door", "rwwwwt", NO_FORM, seen=LEADS_ON),
    SharedPage("first_run", "nnnnnt", "nnnnnt", of="first_run", seen=FIRST_RUN),
    SharedPage("first_run_done", "wwwwwt", NO_FORM, seen=FIRST_RUN),
    SharedPage("places", SIGNED_IN, NO_FORM, 30),
    SharedPage(
        "invitation",
        "ododdd",
        "rdwddd",
        3,
        of="invitation",
        seen=(
            "invitation_new",
            "invitation_known",
            "invitation_expired",
            "invitation_withdrawn",
            "invitation_used",
            "invitation_forged",
        ),
    ),
    SharedPage("account_address", "rooost", "ruuust", 3),
    SharedPage(
        "account_address_confirm",
        "rcccct",
        "rcccct",
        of="address",
        seen="a link of a letter: test_address.py",
    ),
    SharedPage("api_tokens", SIGNED_IN, NO_FORM, 4),
    SharedPage("api_token_new", "rooost", "rooost", 4),
    SharedPage("api_token_revoke", "rnonnt", "rnwnnt", 3, of="token"),
]


def _token(rows: Rows) -> Any:
    until = timezone.now() + timedelta(days=1)
    token, _ = tokens.issue(
        by=accounts.acting(rows["owner"]),
        name=rows["secret"],
        scope="TENANT_READ",
        expires_at=until,
        tenant_id=rows["tenant"].id,
    )
    return token


def _invitation(rows: Rows) -> str:
    """The end of the link in the mail."""
    invite(
        by=named("Ewa"),
        email=rows["owner"].email,
        full_name="Jan",
        tenant=Tenant.objects.get(pk=rows["tenant"].id),
        role=Role.NETWORK_OFFICER,
    )
    text: str = OutgoingMessage.objects.latest("id").payload["text"]
    return text.split("/konto/zaproszenie/")[1].split("/")[0]


# The region is founded, so no link opens anything.
ROWS = {
    "first_run": "a" * 43,
    "token": _token,
    "invitation": _invitation,
    "address": "x",  # a link that confirms nothing
}


def more(rows: Rows) -> None:
    """Places in another tenant, and more keys."""
    for role in (Role.TENANT_ADMIN, Role.NETWORK_OFFICER, Role.SOCIAL_WORKER):
        accounts.access(rows["owner"], directory.find("gogolin"), role)
        _token(rows)
