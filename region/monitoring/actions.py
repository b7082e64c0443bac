"""Publishing: a tenant's figures, computed inside it, written where the region reads them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from kooperacja.indicators import About, Indicator, KeyDay, OfficeLine
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from region.monitoring import catalogue
from region.monitoring.models import Figure, Publication, PublishedDay, PublishedLine
from region.monitoring.rules import days_due, month_end, month_of, months_after, months_up_to
from region.revisions import PUBLISH, next_revision

_REVISION_LOCK = 0x4B4F4F50

Key = tuple[date, str, str]
Published = TypeVar("Published", PublishedDay, PublishedLine)


class DisclosureControlMissing(RuntimeError):
    """A count of people was about to be published without disclosure control."""


def publish_figures(
    tenant: TenantRef, *, as_of: date, tables: Collection[str] | None = None
) -> bool:
    """Compute a tenant's figures of the month and write what differs; whether anything did.

    Only those that read the `tables` that changed, if the others were computed that day already.
    Months that ended since the last publication are closed first, as of their last day.
    """
    with transaction.atomic(using=PUBLISH):
        publication = _locked(tenant)
        if tables is not None and _is_fresh(publication, as_of):
            return _publish_changed(publication, tenant, as_of, set(tables))
        days = days_due(publication.period_on, as_of)
        values = _compute(tenant, catalogue.indicators(), days)
        changed = _write(tenant, values)
        changed |= _write_days(tenant, catalogue.key_days(), as_of)
        changed |= _write_lines(tenant, catalogue.office_lines())
        month = month_of(as_of)
        if changed or publication.period_on is None or publication.period_on < month:
            _rise(publication)
        publication.period_on = max(month, publication.period_on or month)
        publication.computed_at = timezone.now()
        publication.catalogue = catalogue.digest()
        publication.save(using=PUBLISH)
    return changed


def backfill(tenant: TenantRef, *, months: int, today: date) -> bool:
    """Publish the figures of past months, as of their ends; whether anything differed."""
    last = months_after(month_of(today), -1)
    days = [month_end(month) for month in months_up_to(last, months)]
    with transaction.atomic(using=PUBLISH):
        publication = _locked(tenant)
        changed = _write(tenant, _compute(tenant, catalogue.indicators(), days))
        if changed and publication.period_on:
            _rise(publication)
            publication.save(using=PUBLISH)
    return changed


def on_tenant_restored(tenant: TenantRef) -> None:
    """Raise the revision of a tenant: its figures changed without an event."""
    with transaction.atomic(using=PUBLISH):
        publication = _locked(tenant)
        _rise(publication)
        publication.catalogue = ""  # computed anew by the next round
        publication.save(using=PUBLISH)


def _locked(tenant: TenantRef) -> Publication:
    """Two workers on one tenant take turns, so that the older numbers can't land last."""
    publications = Publication.objects.using(PUBLISH)
    publications.bulk_create([Publication(tenant_id=tenant.id)], ignore_conflicts=True)
    return publications.select_for_update().get(tenant_id=tenant.id)


def _is_fresh(publication: Publication, day: date) -> bool:
    fresh = Publication.objects.using(PUBLISH).fresh(day, catalogue.digest())
    return fresh.filter(pk=publication.pk).exists()


def _publish_changed(
    publication: Publication, tenant: TenantRef, as_of: date, tables: set[str]
) -> bool:
    concerned = [indicator for indicator in catalogue.indicators() if indicator.reads(tables)]
    values = _compute(tenant, concerned, [as_of])
    changed = _write(tenant, values, only={indicator.code for indicator in concerned})
    days = [key_day for key_day in catalogue.key_days() if key_day.reads(tables)]
    changed |= _write_days(tenant, days, as_of)
    changed |= _write_lines(tenant, [one for one in catalogue.office_lines() if one.reads(tables)])
    if changed:
        _rise(publication)
        publication.save(using=PUBLISH)
    return changed


def _compute(
    tenant: TenantRef, indicators: Iterable[Indicator], days: Iterable[date]
) -> dict[Key, int]:
    values: dict[Key, int] = {}
    with inside(tenant):
        for indicator in indicators:
            if indicator.about is About.PEOPLE:
                raise DisclosureControlMissing(indicator.code)
            for day in days:
                for dimension, value in indicator.compute(day).items():
                    values[month_of(day), indicator.code, dimension] = value
    return values


def _write(tenant: TenantRef, values: dict[Key, int], only: set[str] | None = None) -> bool:
    """Make the stored figures of these months equal to `values`, touching only what differs."""
    now = timezone.now()
    figures = Figure.objects.using(PUBLISH)
    kept = figures.filter(tenant_id=tenant.id, period_on__in={month for month, _, _ in values})
    if only is not None:
        kept = kept.filter(indicator__in=only)
    stored = {(figure.period_on, figure.indicator, figure.dimension): figure for figure in kept}
    new = [_figure(tenant, key, values[key], now) for key in values.keys() - stored.keys()]
    gone = [stored[key].pk for key in stored.keys() - values.keys()]
    differing = []
    for key in values.keys() & stored.keys():
        figure = stored[key]
        if figure.value != values[key]:
            figure.value, figure.computed_at = values[key], now
            differing.append(figure)
    figures.bulk_create(new)
    figures.bulk_update(differing, ["value", "computed_at"])
    if gone:
        figures.filter(pk__in=gone).delete()
    return bool(new or gone or differing)


def _write_days(tenant: TenantRef, key_days: Iterable[KeyDay], as_of: date) -> bool:
    """Make the stored key days equal to those the tenant has; whether any differed."""
    with inside(tenant):
        found = {key_day.code: key_day.find(as_of) for key_day in key_days}
    return _replace(PublishedDay, "day", tenant, found)


def _write_lines(tenant: TenantRef, lines: Iterable[OfficeLine]) -> bool:
    """Make the stored lines about the office equal to those the tenant has; whether any differed."""
    with inside(tenant):
        found = {line.code: line.find() for line in lines}
    return _replace(PublishedLine, "text", tenant, found)


def _replace(
    model: type[Published],
    column: str,
    tenant: TenantRef,
    found: Mapping[str, object],
) -> bool:
    """Make the rows of these codes equal to what was found, none where nothing was."""
    known = {code: value for code, value in found.items() if value}
    rows = model._default_manager.using(PUBLISH).filter(tenant_id=tenant.id, code__in=found)
    if dict(rows.values_list("code", column)) == known:
        return False
    rows.exclude(code__in=known).delete()
    model._default_manager.using(PUBLISH).bulk_create(
        [model(tenant_id=tenant.id, code=code, **{column: value}) for code, value in known.items()],
        update_conflicts=True,
        unique_fields=["tenant", "code"],
        update_fields=[column],
    )
    return True


def _figure(tenant: TenantRef, key: Key, value: int, now: datetime) -> Figure:
    period_on, indicator, dimension = key
    return Figure(
        tenant_id=tenant.id,
        period_on=period_on,
        indicator=indicator,
        dimension=dimension,
        value=value,
        computed_at=now,
    )


def _rise(publication: Publication) -> None:
    publications = Publication.objects.using(PUBLISH)
    publication.revision = next_revision(_REVISION_LOCK, publications.revision)
    publication.changed_at = timezone.now()
