"""Whom messages about an agreement reach: the people of its parties, and the office."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Recipient
from tenants.agreements.models import Party
from tenants.people.actions.invitations import holders, recipients
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.people.perms import OFFICE, SPEAKERS


def waits_of(party: Party) -> str:
    """The beginning of the dedupe of whatever asks a party to sign."""
    return f"agreement-sign:{party.pk}:"


def office(by: Actor) -> list[Recipient]:
    """Whoever writes agreements, but for the one who acts."""
    return recipients(holders(by, *OFFICE))


def people_of(day: date, parties: Iterable[Party]) -> dict[UUID, list[Recipient]]:
    """A message to each party reaches those who speak for its institution and those who head it.

    An institution that has none of them with an account or an address is written to at its own; to
    a party that the register does not know nothing can be sent.
    """
    of = {party.pk: party.organisation_id for party in parties}
    known = {one for one in of.values() if one}
    people = _people(day, known)
    emails = Organisation.objects.filter(pk__in=known).exclude(email="").order_by("pk")
    own = {pk: [Recipient(email=email)] for pk, email in emails.values_list("pk", "email")}
    return {
        party: recipients(people[one]) or own.get(one, []) if one else []
        for party, one in of.items()
    }


def all_of(day: date, parties: Iterable[Party]) -> list[Recipient]:
    """The same of all these parties together."""
    return [one for people in people_of(day, parties).values() for one in people]


def _people(day: date, institutions: set[UUID]) -> dict[UUID, list[Person]]:
    """Heads and coordinators who act here for each institution, and its heads by the register."""
    roles = RoleAssignment.objects.on(day).filter(role__in=SPEAKERS)
    posts = Post.objects.on(day).filter(is_head=True)
    found: dict[UUID, list[Person]] = defaultdict(list)
    for rows in (roles, posts):
        of = rows.filter(organisation__in=institutions).select_related("person")
        for row in of.order_by("from_on", "pk"):
            found[row.organisation_id].append(row.person)
    return found
