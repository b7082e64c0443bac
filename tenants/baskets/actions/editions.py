"""The Lider issues the basket as a numbered edition, of which all members hear (REG §3.3–3.4, §5.1.g)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send, settle_all
from kooperacja.ui.polish import stopped
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, insert_once, next_in
from tenants.baskets import perms
from tenants.baskets.editions import Changes, Printed, changes, read
from tenants.baskets.models.cards import Card
from tenants.baskets.models.editions import Edition, EditionItem
from tenants.baskets.models.services import ServiceEntry
from tenants.baskets.notifications import EditionIssued
from tenants.baskets.said import break_said, end_said
from tenants.baskets.standing import entries_on
from tenants.baskets.told import members
from tenants.baskets.workflow import INTEGRATING
from tenants.partnership.models import Partnership
from tenants.people.models import Person
from tenants.services.visibility import Visibility

_SENT = "edition-issued:"


@transaction.atomic
def issue(*, by: Actor, key: UUID) -> Edition:
    """Keep the services that stand in the basket now, each with who may see it."""
    Partnership.objects.select_for_update().get()  # one number after another
    perms.issue_editions.require(Person.objects.acting(by))
    if known := Edition.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    number = next_in(Edition.objects)
    edition = Edition(id=key, number=number, issued_on=by.today, issued_by_name=by.name[:200])
    items, since = prepared(edition)
    require_news(edition, items, since)
    insert_once(edition)
    EditionItem.objects.bulk_create(items)
    record(by=by, verb="EDITION_ISSUED", obj=edition, data={"number": [None, number]})
    settle_all(begin=_SENT)
    said = stopped(f"Od poprzedniego wydania: {since.said}") if edition.before else ""
    send(
        EditionIssued(edition_id=edition.pk, number=number, changes=said),
        to=members(by),
        dedupe=f"{_SENT}{edition.pk}",
    )
    return edition


def next_one(day: date) -> Edition:
    """The edition that would be issued now."""
    return Edition(number=next_in(Edition.objects), issued_on=day)


def prepared(edition: Edition) -> tuple[list[EditionItem], Changes]:
    """The services that an edition would have now, of one moment, and what changed since the last."""
    # One statement reads all of it, so that it is the basket of one moment.
    items = [_item(edition, entry) for entry in entries_on(edition.issued_on)]
    before = edition.before
    old = read(before, _in_full) if before else []
    return items, changes(old, [Printed(one, Visibility.OFFICE) for one in items])


def has_news(day: date) -> bool:
    """Tells if the basket of a day is not what the last edition says."""
    coming = next_one(day)
    items, since = prepared(coming)
    return bool(items) and (coming.before is None or bool(since))


def _in_full(card: Card) -> Visibility:
    return Visibility.OFFICE


def _item(edition: Edition, entry: ServiceEntry) -> EditionItem:
    day, service = edition.issued_on, entry.service
    remarks = (break_said(service, day), end_said(service, day))
    return EditionItem(
        edition=edition,
        entry=entry,
        owner=service.card.owner,
        remarks=" ".join(one for one in remarks if one),
        confirmed_on=service.confirmed_on,
        sees_service=entry.sees_service,
        sees_contact=entry.sees_contact,
        sees_place=entry.sees_place,
        was_protected=entry.is_protected,
    )


def require_news(edition: Edition, items: list[EditionItem], since: Changes) -> None:
    """Refuse an edition of an empty basket, and one that would be the same as the last."""
    if not items:
        raise Problem(
            "Koszyk jest pusty",
            "Wydanie można zrobić, gdy stoi w nim choć jedna przyjęta usługa.",
            clause=INTEGRATING,
            kept=NOTHING_SAVED,
            at=Edition,
        )
    before = edition.before
    if before and not since:
        raise Problem(
            f"Od wydania nr {before.number} nic się nie zmieniło",
            "Nowe wydanie byłoby takie samo.",
            clause=INTEGRATING,
            kept=NOTHING_SAVED,
            at=before,
        )
