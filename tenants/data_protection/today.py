"""Agreements and authorisations that end soon or are over, and what one has not yet read (REG §8)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse

from kooperacja.ui.polish import pl_date
from tenants.data_protection import perms, rules
from tenants.data_protection.gate import pairs_on
from tenants.data_protection.models import (
    DataProcessingAgreement,
    DataRulesAcknowledgement,
    ProcessingAuthorisation,
)
from tenants.data_protection.rules import Expiry, expiry
from tenants.partnership.models import Membership
from tenants.people import perms as people_perms
from tenants.people.models import Person
from tenants.people.today import Waiting
from tenants.regulation import outline
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import annex_digest

_CLAUSE = "§ 8 ust. 2 regulaminu"


def agreements(person: Person, day: date) -> Iterator[Waiting]:
    """To the office and to the institution: while it is a member, its agreement must hold."""
    held = Membership.objects.on(day).filter(organisation=OuterRef("organisation"))
    rows = DataProcessingAgreement.objects.annotate(joined_on=held.values("from_on")[:1])
    rows = _visible(person, rows.filter(joined_on__isnull=False))
    if rows is None:
        return
    deed = "Zawrzyj nową" if perms.keep_data_registers(person) else "Sprawdź"
    for last, state in _ending(rows.select_related("organisation"), day):
        # It ended with an earlier membership, so nobody is late.
        is_former = last.ended_on and last.ended_on <= last.joined_on
        said = "Umowa z poprzedniego członkostwa wygasła." if is_former else _said(last, state)
        yield Waiting(
            title=f"{deed} umowę o danych: {last.organisation.name}",
            href=reverse("data_protection:agreement", args=[last.pk]),
            clause=_CLAUSE,
            text=f"{said} {_do(person, 'Zawrzyj nową.', 'nową umowę')}",
            is_overdue=state == Expiry.OVER and not is_former,
            due=None if is_former else _due(last),
            matter="Umowa o danych",
        )


def authorisations(person: Person, day: date) -> Iterator[Waiting]:
    """To the office and to the institution: whoever still works here needs a new one."""
    rows = _visible(person, ProcessingAuthorisation.objects.filter(end_reason=""))
    if rows is None:
        return
    ending = _ending(rows.select_related("person"), day)
    working = pairs_on(day) if ending else {}
    is_keeper = perms.keep_data_registers(person)
    deed = "Nadaj nowe upoważnienie w miejsce" if is_keeper else "Sprawdź upoważnienie"
    for last, state in ending:
        if (last.person_id, last.organisation_id) not in working:
            continue
        yield Waiting(
            title=f"{deed} nr {last.number}: {last.person.full_name}",
            href=reverse("data_protection:authorisation", args=[last.pk]),
            clause=_CLAUSE,
            text=f"{_said(last, state)} {_do(person, 'Nadaj nowe.', 'nowe upoważnienie')}",
            is_overdue=state == Expiry.OVER,
            due=_due(last),
            matter="Upoważnienie do przetwarzania danych",
        )


def annex(person: Person, day: date) -> Iterator[Waiting]:
    """To everybody of the partnership: annex 3 as it is now in force must be read."""
    if not people_perms.is_member(person):
        return
    version = outline.in_force(day)
    if version is None:
        return
    rows = DataRulesAcknowledgement.objects.filter(person__in=person.entries)
    known = dict(rows.values_list("regulation", "text_sha256"))
    # Only what was read with another version is compared with the text of this one.
    digest = "" if version.pk in known else annex_digest(RegulationVersion.in_force(day))
    if digest and digest not in known.values():
        yield Waiting(
            title="Przeczytaj zasady ochrony danych (załącznik nr 3)",
            href=reverse("data_protection:data_rules"),
            clause="§ 8 ust. 3 regulaminu",
            text=f"Są częścią regulaminu, który obowiązuje od {pl_date(version.in_force_from)}",
        )


def _visible(person: Person, rows: Any) -> Any:
    if perms.see_all_data_registers(person):
        return rows
    own = people_perms.voiced_organisations(person)
    return rows.filter(organisation__in=own) if own else None


def _ending(rows: Any, day: date) -> list[tuple[Any, Expiry]]:
    """The last row of each thing for which nothing will hold for long."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, "person_id", None), row.organisation_id, row.scope].append(row)
    ending = []
    for group in groups.values():
        state = expiry([(row.from_on, row.ended_on) for row in group], day)
        if state != Expiry.FINE:
            ending.append((max(group, key=lambda row: row.ended_on or date.max), state))
    return sorted(ending, key=lambda pair: pair[0].ended_on or date.max)


def _do(person: Person, by_office: str, asked: str) -> str:
    """The words of the deed; only the office does it, so the institution asks for it."""
    if perms.keep_data_registers(person):
        return by_office
    return f"Poproś Lidera Partnerstwa o {asked}."


def _due(row: Any) -> date | None:
    return rules.last_day(row.ended_on) if row.ended_on else None


def _said(row: Any, state: Expiry) -> str:
    if state == Expiry.SOON:
        return f"Ostatni dzień: {pl_date(rules.last_day(row.ended_on))}"
    return f"Nie obowiązuje od {pl_date(row.ended_on)}"


def agreement_was_concluded() -> Any:
    return DataProcessingAgreement.objects.all()
