"""Editions of the basket for tests; made by the action itself."""

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.baskets.actions import editions
from tenants.baskets.models.editions import Edition


def issued(by: Actor) -> Edition:
    return editions.issue(by=by, key=uuid7())
