"""Gaps of the basket as needs for which institutions are recruited (REG §5.1.h)."""

from uuid import UUID

from tenants.accession.needs import Need
from tenants.baskets.models.gaps import Gap
from tenants.baskets.workflow import GAP


def open_gap(gap_id: UUID) -> Need | None:
    """A gap that institutions may still be recruited for."""
    gap = Gap.objects.filter(pk=gap_id, state__in=GAP.open).first()
    return _need(gap) if gap else None


def gaps_of(recruitment_id: UUID) -> list[Need]:
    """Gaps for which an institution is recruited."""
    return [_need(gap) for gap in Gap.objects.filter(recruiting__recruitment=recruitment_id)]


def _need(gap: Gap) -> Need:
    words = f"{gap.kind_said} (dla kogo: {gap.get_group_display()})"
    return Need(gap.pk, words, gap.state_said, gap.list_url(), gap.is_open)
