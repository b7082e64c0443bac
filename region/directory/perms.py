"""Permission to see what is shared with partners of the region (REG §3.4)."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from kooperacja.accounts.models import Account
from region.directory.models import ListedQuerySet, ListedService, PartnersService
from tenants.registry.models import Access
from tenants.registry.roles import PARTNER_ROLES, Role
from tenants.registry.workflow import TenantStatus


def is_partner(account: Account | AnonymousUser) -> bool:
    """People of a Lider or a kooperant of an open unit, and coordinators of the ROPS."""
    if not isinstance(account, Account):
        return False
    in_unit = Q(tenant__status=TenantStatus.ACTIVE, role__in=PARTNER_ROLES)
    in_region = Q(tenant=None, role=Role.ROPS_COORDINATOR)
    return Access.objects.filter(in_unit | in_region, account=account, ended_at=None).exists()


def seen_by(account: Account | AnonymousUser) -> ListedQuerySet:
    """The services of the level up to which somebody sees, and of no other."""
    level = PartnersService if is_partner(account) else ListedService
    return level.objects.all()
