"""Addresses on which mail does not arrive, until they are corrected or a mail arrives there again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Max, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from kooperacja import offers
from kooperacja.inbox.returned import KEPT, SILENCE, stayed
from kooperacja.inbox.returned import name_of as of_account
from kooperacja.notifications.base import name_of
from kooperacja.notifications.models import AddressSettled, Delivery, Returned
from kooperacja.returns import reason_of
from tenants.people.models import Organisation, Person

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever has an address now, and the page on which it is corrected."""

    name: str
    href: str
    account_id: UUID | None = None  # the address of its account, which its owner changes


@dataclass(frozen=True, slots=True)
class HoldsAddress(offers.Offer):
    """Finds whoever has one of these addresses, which are in small letters."""

    find: Callable[[set[str]], Iterable[tuple[str, Holder]]]


@dataclass(frozen=True, slots=True)
class Unreached:
    """An address, whoever has it, and the mails that did not arrive there, the newest first."""

    email: str
    holders: list[Holder]
    mails: list[Returned]

    @property
    def has_account(self) -> bool:
        return any(holder.account_id for holder in self.holders)

    @property
    def newest(self) -> Returned:
        return self.mails[0]

    @property
    def since(self) -> datetime:
        return self.mails[-1].returned_at

    @property
    def reason(self) -> str:
        return reason_of(self.newest.status, is_final=True)

    @property
    def told(self) -> list[tuple[str, datetime]]:
        """The kinds and days of the newest mails; not what they said."""
        return [(_name_of(row), row.returned_at) for row in self.mails[:_SHOWN]]

    @property
    def left_out(self) -> int:
        return max(0, len(self.mails) - _SHOWN)


def _name_of(row: Returned) -> str:
    return of_account(row.code) if row.code.islower() else name_of(row.code)


def unreached(account_id: UUID | None = None) -> list[Unreached]:
    """Addresses that are to be corrected, the newest trouble first; or that of one account."""
    mails = _open(_returned(account_id))
    if not mails:
        return []
    holders = defaultdict[str, list[Holder]](list)
    for offer in offers.of(HoldsAddress):
        for email, holder in offer.find(set(mails)):
            holders[email.lower()].append(holder)
    return [Unreached(of[0].email, holders[at], of) for at, of in mails.items() if holders[at]]


def _returned(account_id: UUID | None) -> QuerySet[Returned]:
    since = timezone.now() - KEPT
    rows: QuerySet[Returned] = Returned.objects.filter(is_final=True, returned_at__gte=since)
    return rows.filter(account_id=account_id) if account_id else rows


def _open(rows: Iterable[Returned]) -> dict[str, list[Returned]]:
    """By address in small letters: mails that came back since all was well there."""
    found = defaultdict[str, list[Returned]](list)
    for row in sorted(rows, key=lambda row: (row.returned_at, row.pk), reverse=True):
        found[row.email.lower()].append(row)
    if not found:
        return {}
    well = _well_at(found)
    open_ones = {
        at: [row for row in of if at not in well or row.returned_at > well[at]]
        for at, of in found.items()
    }
    return {at: of for at, of in open_ones.items() if of}


def _well_at(found: dict[str, list[Returned]]) -> dict[str, datetime]:
    """By address: when it was called settled, or when the last mail went there that stayed."""
    settled = AddressSettled.objects.annotate(at=Lower("email")).filter(at__in=found)
    went = {
        "at__in": found,
        "sent_at__gt": min(row.returned_at for of in found.values() for row in of),
        "sent_at__lt": timezone.now() - SILENCE,
    }
    back = Returned.objects.values("outbox_id")
    moments = [
        *settled.order_by().values_list("at").annotate(Max("settled_at")),
        *_newest(Delivery.objects.exclude(outbox_id__in=back), went),
        *_newest(stayed(), went),
    ]
    well: dict[str, datetime] = {}
    for at, moment in moments:
        well[at] = max(moment, well.get(at, moment))
    return well


def _newest(rows: QuerySet[Any], went: dict[str, Any]) -> Iterable[tuple[str, datetime]]:
    mails = rows.annotate(at=Lower("email")).filter(**went)
    newest: Iterable[tuple[str, datetime]] = (
        mails.order_by().values_list("at").annotate(Max("sent_at"))
    )
    return newest


def holders(emails: set[str]) -> Iterator[tuple[str, Holder]]:
    """People of the register and institutions; whoever has an account is written to at its own."""
    accounts = get_user_model().objects.annotate(at=Lower("email")).filter(at__in=emails)
    own = dict(accounts.filter(is_active=True).order_by("pk").values_list("pk", "email"))
    for person in Person.objects.current().filter(account_id__in=own).order_by("pk"):
        if person.account_id:
            yield own[person.account_id], Holder(person.full_name, person.url, person.account_id)
    people = Person.objects.current().annotate(at=Lower("email"))
    for row in people.filter(account_id=None, at__in=emails).order_by("pk"):
        yield row.email, Holder(row.full_name, row.url)
    offices = Organisation.objects.current().annotate(at=Lower("email"))
    for office in offices.filter(at__in=emails).order_by("pk"):
        yield office.email, Holder(office.name, office.url)
