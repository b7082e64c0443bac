"""Institutions and their people, found by words (REG §1.8)."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from kooperacja.ui.everywhere import MOST, Found
from kooperacja.ui.polish import polish_order
from kooperacja.ui.search import matching
from tenants.partnership.institutions import chosen_on
from tenants.partnership.models import DesignatedWorker, PartnershipCoordinator
from tenants.people.models import Organisation, Person, Post

_BY_NAME = (polish_order("person__full_name"), "pk")


def institutions(person: Person, words: str) -> Iterator[Found]:
    for one in chosen_on(timezone.localdate(), szukaj=words).in_order()[: MOST + 1]:
        yield Found(one.name, one.url, one.city)


def people(person: Person, words: str) -> Iterator[Found]:
    """People on the pages of institutions today: posts, coordinators, workers for ZZK."""
    day = timezone.localdate()
    for post in _named(Post.objects.of_institutions().on(day), words):
        yield _at(post.person, post.organisation, post.function)
    of_member = ("person", "membership__organisation")
    seats = PartnershipCoordinator.objects.on(day).select_related(*of_member)
    for seat in _named(seats, words):
        yield _at(seat.person, seat.membership.organisation, "koordynator Partnerstwa")
    workers = DesignatedWorker.objects.on(day).select_related(*of_member)
    for worker in _named(workers, words):
        yield _at(worker.person, worker.membership.organisation, "pracownik wskazany do ZZK")


def _named(rows: Any, words: str) -> Any:
    return matching(rows, words, "person__full_name").order_by(*_BY_NAME)[: MOST + 1]


def _at(person: Person, organisation: Organisation, what: str) -> Found:
    return Found(person.full_name, organisation.url, f"{what}, {organisation.name}")
