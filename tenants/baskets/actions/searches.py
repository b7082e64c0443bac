"""Readers keep searches of the basket, and hear once a day of what is new in them (REG §3.4)."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import Recipient, send
from kooperacja.ui.polish import counted, localtime
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.baskets import perms
from tenants.baskets.basket import matching, seen_by
from tenants.baskets.facets import Here
from tenants.baskets.models.searches import SavedSearch
from tenants.baskets.nearby import nearby
from tenants.baskets.notifications import ServicesFound
from tenants.baskets.said import Seen
from tenants.baskets.unfound import may_name_somebody
from tenants.baskets.wanted import Wanted
from tenants.people.models import Person


@transaction.atomic
def save_search(*, by: Actor, key: UUID, name: str, choices: Mapping[str, Any]) -> SavedSearch:
    """Keep a search; of what it finds today its reader hears nothing more."""
    person = Person.objects.acting(by)
    perms.see_basket.require(person)
    assert person is not None and person.account_id is not None
    _require_plain(name, choices)
    search = SavedSearch(
        id=key, account_id=person.account_id, name=name, choices=dict(choices), saved_on=by.today
    )
    search.known = _ids(found_by(person, [search])[0])
    insert_once(search)
    if SavedSearch.objects.filter(account_id=person.account_id).count() > SavedSearch.MOST:
        raise ValidationError(f"Możesz mieć najwyżej {SavedSearch.MOST} zapisanych szukań.")
    record(by=by, verb="SEARCH_SAVED", obj=search)
    return search


@transaction.atomic
def rename_search(*, by: Actor, search_id: UUID, version: int, name: str) -> SavedSearch:
    """Call it otherwise; StaleForm if it was renamed elsewhere meanwhile."""
    search = _locked(by, search_id)
    if search.name == name:
        raise AlreadySaved(search)
    if search.version != version:
        raise StaleForm(search)
    _require_plain(name, {})
    search.name, search.version = name, search.version + 1
    search.save(update_fields=["name", "version"])
    record(by=by, verb="SEARCH_RENAMED", obj=search)
    return search


@transaction.atomic
def end_search(*, by: Actor, search_id: UUID) -> None:
    """Its reader hears of it no longer; nothing of it is kept."""
    search = _locked(by, search_id)
    record(by=by, verb="SEARCH_ENDED", obj=search)
    search.delete()


def tell_of_news(day: date) -> None:
    """Tell each reader once of all that is new in what they look for; who may not read it is forgotten."""
    accounts = SavedSearch.objects.order_by("account_id").values_list("account_id", flat=True)
    for account_id in accounts.distinct():
        _tell(account_id, day)


@transaction.atomic
def forget_lapsed(account_id: UUID) -> Person | None:
    """The reader; the searches of one who reads the basket no longer are deleted."""
    person = Person.objects.of_account(account_id)
    if perms.see_basket(person):
        return person
    SavedSearch.objects.filter(account_id=account_id).delete()
    return None


@transaction.atomic
def _tell(account_id: UUID, day: date) -> None:
    searches = list(SavedSearch.objects.select_for_update().filter(account_id=account_id))
    person = forget_lapsed(account_id)
    if person is None:
        return
    news = set[str]()
    for search, rows in zip(searches, found_by(person, searches), strict=True):
        new = [key for key in _ids(rows) if key not in set(search.known)]
        if new:
            search.known, search.news, search.news_on = [*search.known, *new], new, day
            search.save(update_fields=["known", "news", "news_on"])
            news.update(new)
    if news:
        to = [Recipient(account_id=account_id)]
        found = counted(len(news), "nowa usługa", "nowe usługi", "nowych usług")
        send(ServicesFound(found), to=to, dedupe=f"services-found:{account_id}:{day}")


def found_by(person: Person, searches: Iterable[SavedSearch]) -> list[list[Seen]]:
    """The services that each search finds for its reader now."""
    here = Here(localtime(timezone.now()), nearby())
    every = list(seen_by(partial(perms.reach_for, person), here.now.date()))
    return [_found(every, one.wanted, here) for one in searches]


def _found(every: Iterable[Seen], wanted: Wanted, here: Here) -> list[Seen]:
    return [one.seen for one in matching(every, wanted, here) if not one.fails]


def _ids(rows: Iterable[Seen]) -> list[str]:
    return [str(one.entry.service_id) for one in rows]


def _locked(by: Actor, search_id: UUID) -> SavedSearch:
    search: SavedSearch = SavedSearch.objects.select_for_update().get(pk=search_id)
    perms.keep_search.require(Person.objects.acting(by), search)
    return search


def _require_plain(name: str, choices: Mapping[str, Any]) -> None:
    """No search is kept that may be about a person whom one helps."""
    if may_name_somebody(f"{name} {choices.get('szukaj', '')}"):
        raise ValidationError(
            "Zapisz szukanie bez nazwisk, adresów i numerów: mogą wskazywać osobę, której pomagasz."
        )
