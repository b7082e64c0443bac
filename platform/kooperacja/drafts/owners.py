"""The reader of a page by an account: the app that knows a tenant's people says who that is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import Resolver404, resolve

from kooperacja.accounts.models import Account
from kooperacja.offers import Offer, of
from kooperacja.tenancy.context import current_tenant_or_none
from kooperacja.ui.problems import Problem


@dataclass(frozen=True, slots=True)
class PersonOfAccount(Offer):
    """Finds the person of an account in the tenant one is in; exactly one app gives it."""

    find: Callable[[UUID], Any]


def reader_of(account_id: UUID) -> Any:
    """The person of an account in a tenant, outside tenants the account itself; None if nobody."""
    if current_tenant_or_none() is None:
        return Account.objects.filter(pk=account_id, is_active=True).first()
    (people,) = of(PersonOfAccount)
    return people.find(account_id)


def may_open(reader: Any, path: str) -> bool:
    """The page of this address finds its object for this reader, who may open it now."""
    urlconf = settings.ROOT_URLCONF if current_tenant_or_none() is None else None
    try:
        match = resolve(path.partition("?")[0], urlconf)
        opens = getattr(match.func, "opens", None)
        if reader is None or opens is None:
            return False
        opens(reader, **match.kwargs)
    except (Resolver404, Http404, PermissionDenied, Problem):
        return False
    return True
