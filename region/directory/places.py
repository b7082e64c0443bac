"""Master cards of an account in its "Moje sprawy"."""

from typing import Any

from django.http import HttpRequest

from region.directory.masters_views import account_of
from tenants.masters.models import MasterKeeper


def of_account(request: HttpRequest) -> dict[str, Any]:
    """Tells if the account has something to do with master cards."""
    rows = MasterKeeper.objects.filter(account=account_of(request), ended_on=None)
    return {"has_masters": rows.exists()}
