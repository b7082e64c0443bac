"""The page of one unit, in four parts: how it stands, its people, its history; figures: `views`."""

from datetime import date, datetime, time

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst

from kooperacja.ui.parts import Event
from region.panel import tenants_rows as rows
from region.panel.help import step_for
from region.panel.known import offices_of
from region.panel.tenants_views import find_row
from tenants.registry import journal, proposals
from tenants.registry.models import Invitation, UnitState
from tenants.registry.perms import RegionRequest, region_page
from tenants.registry.rules import kind_of
from tenants.registry.standing import Standing, standing_of
from tenants.registry.support import AdviserProposal
from tenants.schemas import versions

SHOWN, ENTRIES = 10, 100


def _with_stage(row: rows.UnitTenant) -> rows.UnitTenant:
    (row,) = rows.with_stages([row], row.tenant) if row.tenant else [row]
    return row


def _has_lived(row: rows.UnitTenant) -> bool:
    return row.is_open and row.tenant is not None and proposals.has_lived(row.tenant)


@region_page(find_row)
def standing(request: RegionRequest, row: rows.UnitTenant) -> HttpResponse:
    """Its state and stage, what is wrong and since when, and what can be done."""
    row = _with_stage(row)
    concerns = row.concerns
    is_offered = any(concern.reason.code == "NO_LEAD" for concern in concerns)
    values = {
        "row": row,
        "concerns": [
            (concern, step_for(row.code, concern, row.known, row.contact)) for concern in concerns
        ],
        "may_invite": (row.is_open or row.is_opening) and not is_offered,
        "has_lived": _has_lived(row),
        "schema": versions.states([row.tenant])[0] if row.tenant and row.tenant.ddl else None,
    }
    return render(request, "region/tenants/unit.html", values)


@region_page(find_row)
def people(request: RegionRequest, row: rows.UnitTenant) -> HttpResponse:
    """Show the office that the region calls, and the administrators whom it invited or proposed."""
    row = _with_stage(row)
    has_lived = _has_lived(row)
    values = {
        "row": row,
        "proposals": list(row.tenant.proposals.all()[:SHOWN]) if row.tenant else [],
        "invitations": _invitations_of(row, has_lived),
        "advisers": _advisers_of(row),
        "has_lived": has_lived,
        "office": offices_of([row.tenant.pk]).get(row.tenant.pk) if row.tenant else None,
    }
    return render(request, "region/tenants/people.html", values)


def _advisers_of(row: rows.UnitTenant) -> list[AdviserProposal]:
    """List the newest first, those that are over among them."""
    known = AdviserProposal.objects.filter(tenant=row.tenant).select_related("adviser")
    return list(known[:SHOWN]) if row.tenant else []


def _invitations_of(
    row: rows.UnitTenant, has_lived: bool
) -> list[tuple[Invitation, Standing, bool]]:
    """List the region's own: how far each has come, and if it may be sent again."""
    if row.tenant is None:
        return []
    now, agreed = timezone.now(), proposals.agreed_lately(row.tenant) if has_lived else set()
    known = [(one, standing_of(one, now)) for one in proposals.newest_by_region(row.tenant)[:SHOWN]]
    return [
        (one, at, row.is_open and at.may_send and (not has_lived or one.email in agreed))
        for one, at in known
    ]


# --- History ---------------------------------------------------------------------------------


@region_page(find_row)
def history(request: RegionRequest, row: rows.UnitTenant) -> HttpResponse:
    """List what the region did about it, who took its invitations, and its names in the register."""
    entries = list(journal.about_unit(row.code)[: ENTRIES + 1])
    events = [
        Event(
            one.at,
            capfirst(one.get_verb_display()),
            _said_after(row.code, one.about),
            one.actor_name,
        )
        for one in entries[:ENTRIES]
    ]
    events += _of_tenant(row) + [_named(state) for state in row.unit.states.all()]
    events.sort(key=lambda event: _moment(event.at), reverse=True)
    values = {"row": row, "events": events, "is_cut": len(entries) > ENTRIES}
    return render(request, "region/tenants/history.html", values)


def _said_after(code: str, about: str) -> str:
    """The rest of an entry, whose beginning names the unit."""
    return capfirst(about.partition(f"({code})")[2].lstrip(":. "))


def _of_tenant(row: rows.UnitTenant) -> list[Event]:
    """Events that the region's journal doesn't know: that it opened, and that people came."""
    if row.tenant is None:
        return []
    taken = proposals.by_region(row.tenant).filter(accepted_at__isnull=False)
    events = [
        Event(
            one.accepted_at,
            "Przyjęto zaproszenie administratora OPS",
            f"{one.full_name}, {one.email}",
        )
        for one in taken
        if one.accepted_at
    ]
    if row.tenant.opened_at:
        events.append(Event(row.tenant.opened_at, "Otwarto jednostkę"))
    return events


def _named(state: UnitState) -> Event:
    kind = state.name_extra or kind_of(state.unit.level, state.rodz)
    return Event(state.valid_from, "Nazwa i rodzaj w rejestrze TERYT", f"{state.name}, {kind}")


def _moment(at: date) -> datetime:
    """A day stands at its beginning, before what happened in it."""
    if isinstance(at, datetime):
        return at
    return timezone.make_aware(datetime.combine(at, time.min))
