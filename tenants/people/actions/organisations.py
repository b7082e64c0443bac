"""Institutions are entered and corrected, and describe themselves (REG §1.8, §5.1.a)."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import Taken, insert_once, save_edited
from tenants.people import perms
from tenants.people.actions.invitations import publish_figures, tell_exchange, tell_registry
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person


@transaction.atomic
def add_organisation(*, by: Actor, key: UUID, values: dict[str, Any]) -> Organisation:
    """Enter an institution; `key` comes with the form, so the same form makes one row."""
    perms.keep_organisations.require(Person.objects.acting(by))
    organisation = Organisation(id=key, **values)
    try:
        insert_once(organisation)
    except Taken:
        _refuse_taken(values.get("regon", ""), names_others=True)
        raise
    entered = {name: [None, value] for name, value in values.items() if value}
    record(by=by, verb="ORGANISATION_ADDED", obj=organisation, data=entered)
    tell_exchange(organisation)
    return organisation


@transaction.atomic
def edit_organisation(
    *, by: Actor, organisation_id: UUID, version: int, values: dict[str, Any]
) -> Organisation:
    """Correct an institution's data; StaleForm if somebody was quicker."""
    organisation = locked_organisation(organisation_id)
    person = Person.objects.acting(by)
    perms.edit_organisation.require(person, organisation)
    office, regon = perms.keep_organisations(person), values.get("regon", "")
    if version == organisation.version and regon and regon != organisation.regon:
        _refuse_taken(regon, names_others=office)
    try:
        with transaction.atomic():
            changed = save_edited(organisation, version, values)
    except IntegrityError:
        # An UPDATE can't pass over a number that another row took since it was asked about.
        _refuse_taken(regon, names_others=office)
        raise
    entry = record(by=by, verb="ORGANISATION_EDITED", obj=organisation, data=changed)
    # Who only applies says nothing to other units: the office has not read it yet.
    if office:
        tell_exchange(organisation)
    if not {"name", "regon", "nip"}.isdisjoint(changed):
        tell_registry(organisation)
        follow(Organisation)
    if "sector" in changed:
        publish_figures(Organisation, cause=entry.pk)
    return organisation


@transaction.atomic
def edit_profile(
    *, by: Actor, organisation_id: UUID, version: int, values: dict[str, Any]
) -> Organisation:
    """Write the profile and contact data; never the name or a number (REG §1.8)."""
    organisation = locked_organisation(organisation_id)
    perms.edit_profile.require(Person.objects.acting(by), organisation)
    if foreign := set(values).difference(Organisation.PROFILE):
        raise ValueError(f"no part of a profile: {sorted(foreign)}")
    changed = save_edited(organisation, version, values)
    record(by=by, verb="PROFILE_EDITED", obj=organisation, data=changed)
    return organisation


def locked_organisation(organisation_id: UUID) -> Organisation:
    """The institution, locked; one that turned out to be another is worked on no more."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    merge = organisation.merges.filter(undone_on=None).select_related("target").first()
    if merge is not None:
        raise Problem(
            "Tę instytucję połączono z inną",
            f"Wszystko, co się z nią wiąże, jest teraz przy wpisie {quoted(merge.target)}.",
            kept=NOTHING_DONE,
            at=merge.target,
            action="Przejdź do tej instytucji",
        )
    return organisation


def _refuse_taken(regon: str, *, names_others: bool) -> None:
    """Nothing happens unless an institution is already there under this number."""
    known = Organisation.objects.filter(regon=regon).first() if regon else None
    if known is None:
        return
    if not names_others:
        raise Problem("Ten numer jest tu już zajęty", "Sprawdź numer REGON.", kept=NOTHING_DONE)
    raise Problem(
        "Ta instytucja jest już wpisana",
        f"Numer REGON {regon} ma w tej jednostce {quoted(known.name)}.",
        kept=NOTHING_DONE,
        at=known,
        action="Przejdź do tej instytucji",
    )
