"""Rows of a file become people of institutions in the register; nobody is thereby let in (REG §3.3)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.ui.polish import fold
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.partnership.actions.posts import add_post
from tenants.people.actions.persons import edit_person
from tenants.people.models import Person, PersonQuerySet, Post

_CONTACT = ("email", "phone")


class Known:
    """People of the register and their functions, asked for once for many rows."""

    def __init__(self, people: PersonQuerySet, posts: QuerySet[Post]) -> None:
        self._people = {one.pk: one for one in people.order_by("pk")}
        self._confirmed = set(people.confirmed().values_list("pk", flat=True))
        self._by_address: dict[str, list[UUID]] = defaultdict(list)
        for one in self._people.values():
            self._by_address[one.email.lower()].append(one.pk)
        self._staff: dict[UUID | None, dict[UUID, None]] = defaultdict(dict)  # in order, each once
        self._posts: dict[tuple[UUID, UUID | None, str], Post] = {}
        for post in posts.filter(person__in=self._people).order_by("pk"):
            self._staff[post.organisation_id][post.person_id] = None
            if post.ended_on is None:
                self._posts[post.person_id, post.organisation_id, fold(post.function)] = post

    @classmethod
    def everybody(cls) -> "Known":
        return cls(Person.objects.current(), Post.objects.of_institutions())

    @classmethod
    def about(cls, institutions: Iterable[UUID], addresses: Iterable[str]) -> "Known":
        """Those alone who have a function in these institutions, or one of these addresses."""
        posts = Post.objects.of_institutions()
        there = posts.filter(organisation__in=set(institutions))
        people = Person.objects.current().alias(lower=Lower("email"))
        lower = {address.lower() for address in addresses if address}
        people = people.filter(Q(pk__in=there.values("person")) | Q(lower__in=lower))
        return cls(people, posts)

    def person(self, institution: UUID, values: dict[str, Any]) -> Person | None:
        """By the address, else by the name among people of the institution."""
        address, name = values["email"], fold(values["full_name"])
        bearers = self._by_address.get(address.lower(), []) if address else []
        there = [self._people[pk] for pk in bearers or self._staff[institution]]
        if not bearers:
            there = [one for one in there if not address or not one.email]
        return next((one for one in there if fold(one.full_name) == name), None)

    def bearer(self, values: dict[str, Any]) -> Person | None:
        """Another who signs in or works here by the address."""
        address, name = values["email"], fold(values["full_name"])
        bearers = self._by_address.get(address.lower(), []) if address else []
        others = (self._people[pk] for pk in bearers if pk in self._confirmed)
        return next((one for one in others if fold(one.full_name) != name), None)

    def namesake(self, institution: UUID, values: dict[str, Any]) -> Person | None:
        """Somebody of the same name in the institution, whoever that is."""
        name = fold(values["full_name"])
        there = (self._people[pk] for pk in self._staff[institution])
        return next((one for one in there if fold(one.full_name) == name), None)

    def post(self, person: Person, institution: UUID, function: str) -> Post | None:
        return self._posts.get((person.pk, institution, fold(function)))

    def bring(self, *, by: Actor, institution: UUID, seen: int, values: dict[str, Any]) -> None:
        """Enter a person with a function, or what is new of one; what changed since it was seen stays."""
        person = self.person(institution, values)
        changes = contact_changes(person, values) if person else {}
        if person and "phone" in changes and person.phone and person.version != seen:
            raise StaleForm(person)
        if person and changes:
            contact = {name: changes.get(name, getattr(person, name)) for name in _CONTACT}
            said = {"full_name": person.full_name, **contact}
            changed = edit_person(by=by, person_id=person.pk, version=person.version, values=said)
            self._people[person.pk] = changed
        if person is None or self.post(person, institution, values["function"]) is None:
            add_post(by=by, key=uuid7(), organisation_id=institution, from_on=by.today, **values)
        elif not changes:
            raise AlreadySaved(person)


def contact_changes(person: Person, values: dict[str, Any]) -> dict[str, str]:
    """An address or a telephone that the row says otherwise; an empty one changes nothing."""
    return {
        name: values[name]
        for name in _CONTACT
        if values[name] and values[name].lower() != getattr(person, name).lower()
    }
