"""Things that wait for people who read, write or vote on the regulation (REG §9)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from kooperacja.ui.polish import pl_date
from tenants.exchange.models import RegulationTemplate
from tenants.partnership.models import Partnership
from tenants.people import perms as people_perms
from tenants.people.models import Person
from tenants.people.today import Waiting
from tenants.regulation import ballots, outline, perms, rules
from tenants.regulation.models import RegulationAcknowledgement, RegulationVersion
from tenants.regulation.workflow import OPEN_REGULATIONS, RegulationState

_KNOWN = frozenset({*OPEN_REGULATIONS, RegulationState.ADOPTED})
_CLAUSE = "§ 9 regulaminu"
FIRST_REGULATION = "FIRST_REGULATION"
NO_REGULATION = "Dopóki Partnerstwo nie ma regulaminu, nie można składać deklaracji."


def regulation_waits(person: Person, day: date) -> Iterator[Waiting]:
    """For whoever writes the regulation and votes on it."""
    every = reversed(outline.versions())
    known = [version for version in every if version.state in _KNOWN or version.unsettled_since]
    if not any(version.number for version in known):
        yield from _first(person, known)
    for version in known:
        if version.state == RegulationState.VOTING:
            yield from _voting(person, version, day)
        since = version.unsettled_since
        if since and perms.adopt_regulation(person):
            yield _unsettled(version, localdate(since))


def _first(person: Person, known: list[RegulationVersion]) -> Iterator[Waiting]:
    if known and perms.write_regulation(person):
        yield Waiting(
            "Uzupełnij i przyjmij regulamin",
            _page("regulation", known[0]),
            "§ 1 ust. 1 i przypis do tytułu regulaminu",
            NO_REGULATION,
            since=localdate(known[0].created_at),
            about=FIRST_REGULATION,
        )


def _unsettled(version: RegulationVersion, since: date) -> Waiting:
    of = f"wersja {version.number}" if version.number else "zmiana odrzucona"
    return Waiting(
        f"Rozstrzygnij wynik głosowania nad regulaminem ({of})",
        _page("regulation", version),
        _CLAUSE,
        "Po późno wpisanej rezygnacji policzono głosy na nowo i wynik jest inny niż ogłoszony.",
        since=since,
    )


def _voting(person: Person, version: RegulationVersion, day: date) -> Iterator[Waiting]:
    is_lead = perms.adopt_regulation(person)
    if not is_lead and not people_perms.own_organisations(person):
        return
    if Partnership.is_dissolved():
        return
    assert version.voting_until is not None  # a version that is voted on has it
    seats = ballots.seats(version, day)
    count = ballots.count_of(version, seats, day)
    for seat in seats:
        is_own = perms.vote(person, seat.ballot.organisation_id)
        if is_own and seat.may_vote and seat.vote is None:
            yield Waiting(
                f"Zagłosuj nad zmianą regulaminu: {seat.ballot.name}",
                _page("regulation_vote", version),
                _CLAUSE,
                _only_the_lead(count) if seat.ballot.organisation_id is None else "",
                due=version.voting_until,
                since=version.voting_from,
                matter="Głos nad zmianą regulaminu",
                about=version.pk,
            )
    if is_lead and rules.may_close(count, version.voting_until, day):
        yield Waiting(
            "Zamknij głosowanie nad zmianą regulaminu",
            _page("regulation_close", version),
            _CLAUSE,
            _outcome(count, is_over=version.voting_until < day),
            is_overdue=version.voting_until < day,
            due=version.voting_until,
            matter="Zamknięcie głosowania nad zmianą regulaminu",
            about=version.pk,
        )


def _only_the_lead(count: rules.Tally) -> str:
    """Tell the Lider that the change waits for no other vote."""
    if not count.has_majority:
        return ""
    return f"„Za” jest już {count.yes} z {count.ballots}. Zmiana wymaga jeszcze zgody Lidera."


def _outcome(count: rules.Tally, *, is_over: bool) -> str:
    if count.is_passed:
        return f"Zmiana przeszła: „za” jest {count.yes} z {count.ballots}, w tym Lider."
    if is_over and count.lost:
        # Votes that were given on paper in time may still lie on the desk.
        return (
            f"Ostatni dzień głosowania minął: „za” jest {count.yes} z {count.ballots}. "
            "Wpisz głosy z pism, jeśli jakieś są, i dopiero wtedy je zamknij."
        )
    if not count.can_still_pass and not count.has_majority and count.lead != "NO":
        return f"Większości nie można już osiągnąć: „za” jest {count.yes} z {count.ballots}."
    return f"Zmiana nie przeszła: {count.why_rejected}."


def regulation_unread(person: Person, day: date) -> Iterator[Waiting]:
    """For whoever must have read the version in force."""
    version = outline.in_force(day)
    if version is None or not perms.must_read(person) or Partnership.is_dissolved():
        return
    if not RegulationAcknowledgement.objects.by(person, version).exists():
        yield Waiting(
            f"Zapoznaj się z regulaminem (wersja {version.number}){_changed(version)}",
            reverse("regulation:regulations"),
            _CLAUSE,
            f"Obowiązuje od {pl_date(version.in_force_from)}",
        )


def _changed(version: RegulationVersion) -> str:
    return ": zobacz, co się zmieniło" if version.amends_id else ""


def _page(name: str, version: RegulationVersion) -> str:
    return reverse(f"regulation:{name}", args=[version.pk])


def template_waits(person: Person, day: date) -> Iterator[Waiting]:
    """For whoever writes the regulation."""
    if not perms.write_regulation(person):
        return
    newest = RegulationTemplate.objects.only("number", "published_at").order_by("-number").first()
    if newest is None:
        return
    known = max((one.template_number or 0 for one in outline.versions()), default=0)
    if newest.number > known and not Partnership.is_dissolved():
        yield Waiting(
            f"Porównaj regulamin z nowym wzorem ROPS (nr {newest.number})",
            reverse("regulation:regulation_template"),
            "§ 9 regulaminu",
            "Zobacz, czym różni się od Waszego.",
            since=localdate(newest.published_at),
        )


def regulation_days(person: Person, day: date) -> Iterator[Waiting]:
    """The last day of a vote, and the first one of a version that was adopted for later."""
    if not perms.see_regulation(person):
        return
    for version in sorted(outline.versions(), key=lambda version: version.pk):
        begins, ends = version.in_force_from, version.voting_until
        is_voted_on = version.state == RegulationState.VOTING and ends is not None and ends >= day
        if version.number and begins and begins > day:
            yield Waiting(
                f"Wchodzi w życie regulamin, wersja {version.number}",
                _page("regulation", version),
                _CLAUSE,
                due=begins,
                matter="Wejście w życie regulaminu",
            )
        elif is_voted_on and perms.see_drafts(person):
            yield Waiting(
                "Kończy się głosowanie nad zmianą regulaminu",
                _page("regulation", version),
                _CLAUSE,
                due=ends,
                matter="Koniec głosowania nad zmianą regulaminu",
                about=version.pk,
            )


def regulation_was_adopted() -> Any:
    return RegulationVersion.objects.exclude(number=None)
