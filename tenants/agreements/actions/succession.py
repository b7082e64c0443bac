"""A party goes by another name, or another institution steps into its part (POR)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_upload
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.writes import AlreadySaved, insert_once
from tenants.agreements import perms, rules
from tenants.agreements.actions import amendment_force, announcing
from tenants.agreements.actions.leaving import (
    kept,
    let_end,
    locked,
    require_day,
    require_part,
    require_to_leave,
)
from tenants.agreements.actions.protecting import protection_of, tell_protection
from tenants.agreements.models import Departure, Party, Renaming
from tenants.agreements.models.departures import DepartureKind
from tenants.agreements.papers import PARTY_RENAMING
from tenants.agreements.seats import begins_hidden
from tenants.agreements.standing import Part, Standing
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person


@work_first
def rename(
    *,
    by: Actor,
    party_id: UUID,
    key: UUID,
    name: str,
    from_on: date,
    basis: str,
    file: "UploadedFile[Any]",
    guard_reason: str = "",
) -> Renaming:
    """Enter that a party goes by another name from a day on; the text keeps the one of its day."""
    party = locked(by, party_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if saved := Renaming.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_part(party, by.today)
    require_day(party, from_on)
    _require_another_name(party, name, from_on)
    label = file_name(f"Zmiana nazwy, {party.label}", ".pdf")
    renaming = Renaming(
        id=key,
        party=party,
        name=name,
        from_on=from_on,
        basis=basis,
        file=store_upload(by=by, upload=file, kind=PARTY_RENAMING, name=label),
        actor_name=by.name[:200],
    )
    insert_once(renaming)
    data = {"name": [party.name, name], "from_on": [None, from_on.isoformat()]}
    entry = record(by=by, verb="AGREEMENT_PARTY_RENAMED", obj=party.agreement, why=basis, data=data)
    keep_reason(by, party.agreement, guard_reason)
    announcing.tell_renamed(by, renaming)
    publish_figures(Renaming, cause=entry.pk)
    return renaming


@work_first
def merge(
    *,
    by: Actor,
    party_id: UUID,
    key: UUID,
    from_on: date,
    basis: str,
    file: "UploadedFile[Any]",
    values: dict[str, Any],
    guard_reason: str = "",
) -> Departure:
    """Let a successor step into the part of a party; by its document, so that nobody signs again.

    Where the successor is a party itself, that one goes on alone.
    """
    by.require_proof()
    party = locked(by, party_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if saved := Departure.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_to_leave(party, by.today)
    require_day(party, from_on)
    if from_on > by.today:
        raise ValidationError({"from_on": "Wpisz dzień, w którym następca już przejął zadania."})
    departure = Departure(
        id=key,
        party=party,
        kind=DepartureKind.MERGED,
        successor=_successor(party, from_on, values),
        from_on=from_on,
        basis=basis,
        file=kept(by, party, file, "Dokument następcy"),
        actor_name=by.name[:200],
    )
    insert_once(departure)
    keep_reason(by, party.agreement, guard_reason)
    let_end(by, departure, "AGREEMENT_PARTY_MERGED", why=basis)
    amendment_force.pass_on(by, departure)
    return departure


def _successor(party: Party, day: date, values: dict[str, Any]) -> Party:
    """The other party that is the successor, or a new one with the number of the former."""
    if _is_same(party, day, values):
        raise _beside(values, "Następcą jest inna instytucja. Samą nazwę zmienia się osobno.")
    standing = Standing(party.agreement)
    for other in standing.parties:
        if other != party and _is_same(other, day, values):
            _require_bound(other, standing.parts.get(other), day, values)
            return other
    successor = Party(
        id=uuid7(),
        agreement=party.agreement,
        position=party.position,
        stepped_in_on=day,
        **{"hides_seat": party.hides_seat} | values,
    )
    successor.hides_seat = successor.hides_seat or begins_hidden(values["organisation"])
    insert_once(successor)
    tell_protection(protection_of(successor))
    return successor


def _require_bound(party: Party, part: Part | None, day: date, values: dict[str, Any]) -> None:
    """Only a party whose part lasts takes over that of another."""
    since, until = part or (None, None)
    if since is None or (until is not None and until <= day):
        raise _beside(
            values,
            f"{quoted(party.name)} jest w tym porozumieniu Stroną, której ono teraz nie wiąże.",
        )
    if since > day:
        words = f"{quoted(party.name)} jest Stroną dopiero od {pl_date(since)}"
        raise ValidationError({"from_on": words})


def _beside(values: dict[str, Any], words: str) -> ValidationError:
    """The fault of the successor, beside the field that names it."""
    named_by = "organisation" if values["organisation"] is not None else "name"
    return ValidationError({"is_office" if values["is_office"] else named_by: words})


def _is_same(party: Party, day: date, values: dict[str, Any]) -> bool:
    """One institution, be it chosen of the register or typed, by its name then or of the day."""
    of = values["organisation"]
    if values["is_office"] or party.is_office:
        return bool(values["is_office"] and party.is_office)
    if of is not None and party.organisation_id:
        return bool(party.organisation_id == of.pk)
    names = (party.name, party.name_on(day))
    return any(rules.is_same_name(one, values["name"]) for one in names)


def _require_another_name(party: Party, name: str, day: date) -> None:
    """Neither its own name, nor that of a party beside it: one that took it over is its successor."""
    known = party.renamings.order_by("from_on", "entered_at", "pk").last()
    if (known.name if known else party.name) == name:
        raise ValidationError({"name": "Ta Strona już tak się nazywa."})
    for other in party.agreement.parties.with_names().with_part(day).exclude(pk=party.pk):
        if rules.is_same_name(other.name_on(day), name):
            words = (
                f"Tak nazywa się {other.label}. Jeśli przejęła tę Stronę, wpisz ją jako następcę."
            )
            raise ValidationError({"name": words})
