"""Agreements that wait for a signature, for the office or for others (POR signatures)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, FilteredRelation, OuterRef, Q, When
from django.urls import reverse
from django.utils import timezone

from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import localtime, pl_date
from tenants.agreements import perms, rules
from tenants.agreements.models import (
    Agreement,
    ClauseComment,
    CommentReply,
    Party,
)
from tenants.agreements.standing import (
    called,
    is_asked,
    takes_signatures,
    waits_for_publication,
    way_of,
)
from tenants.agreements.workflow import AccessionState, AgreementState, AmendmentState, PartyState
from tenants.people.models import Person, holds
from tenants.people.perms import LEAD, spoken_organisations
from tenants.people.today import SOON_DAYS, Awaited, Waiting

_CLAUSE = "podpisy pod porozumieniem"
_LATE = "§ 4 ust. 3 porozumienia"


@fact
def _parties() -> tuple[Any, ...]:
    """Parties of agreements that wait for signatures, and those whose accession waits for one.

    Of the latter `late_id` is the accession, and `late_by` its last day.
    """
    prepared = Q(accessions__state=AccessionState.PREPARED)
    rows = Party.objects.annotate(late=FilteredRelation("accessions", condition=prepared))
    is_open = Q(agreement__state=AgreementState.IN_FORCE, agreement__force=rules.ENOUGH)
    is_late = Q(late__isnull=False, agreement__state=AgreementState.IN_FORCE)
    waits = Q(agreement__state=AgreementState.SIGNING) | is_open | is_late
    rows = rows.filter(waits)
    rows = rows.annotate(late_id=F("late__pk"), late_by=F("late__sign_by"))
    ordered = rows.order_by("agreement__created_at", "agreement", "position", "pk")
    today = timezone.localdate()
    every = ordered.select_related("agreement")
    return tuple(one for one in every if one.late_id or takes_signatures(one.agreement, today))


def by_agreement() -> dict[Agreement, list[Party]]:
    found: dict[Agreement, list[Party]] = defaultdict(list)
    for party in _parties():
        if party.agreement.is_signing:
            found[party.agreement].append(party)
    return found


def signatures_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the people of a party that neither signed nor refused."""
    own, leads = spoken_organisations(person), holds(person, LEAD)
    if not (own or leads):
        return
    for party in _parties():
        is_own = party.organisation_id in own or (leads and party.is_office)
        if is_own and party.late_id:
            yield from _accession_waits(party, day)
        elif is_own and _is_awaited(party, day):
            last = way_of(party.agreement).last_day
            until = f" do {pl_date(last)}" if last else ""
            what = called(party.agreement)
            yield Waiting(
                f"Podpiszcie {what[:1].lower()}{what[1:]}{until}",
                party.agreement.url,
                _CLAUSE,
                f"Strona: {party}",
                due=last,
                since=None if last else party.agreement.sent_on,
                matter="Podpis pod porozumieniem",
                about=party.pk,
            )


def _is_awaited(party: Party, day: date) -> bool:
    """It may sign still; what becomes of the agreement once its last day is past is said that night."""
    is_waiting = is_asked(party) and party.state == PartyState.WAITING
    return is_waiting and not way_of(party.agreement).is_over(day)


def _accession_waits(party: Any, day: date) -> Iterator[Waiting]:
    last = party.late_by
    if last is not None and last < day:
        return
    until = f" do {pl_date(last)}" if last else ""
    yield Waiting(
        f"Podpiszcie przystąpienie do porozumienia ({party.agreement.cited}){until}",
        reverse("agreements:accession", args=[party.late_id]),
        _LATE,
        f"Instytucja: {party}",
        due=last,
        matter="Podpis pod przystąpieniem do porozumienia",
        about=party.pk,
    )


def agreements_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the office: a refusal, a last day that is near with signatures missing, a publication."""
    if not perms.write_agreements(person):
        return
    for agreement, parties in by_agreement().items():
        if agreement.is_signing:
            yield from _refused(agreement, parties)
        yield from _missing(agreement, parties, day)
        if waits_for_publication(agreement) and _count(parties, PartyState.SIGNED) > 1:
            yield Waiting(
                f"Wpisz dzień ogłoszenia: {called(agreement)}",
                agreement.url_of("publish"),
                _CLAUSE,
                _signed_said(parties),
                matter="Ogłoszenie porozumienia",
                about=agreement.pk,
            )


def _refused(agreement: Agreement, parties: list[Party]) -> Iterator[Waiting]:
    refused = [party.name for party in parties if party.state == PartyState.REFUSED]
    if refused:
        yield Waiting(
            f"Zdecyduj po odmowie podpisu, co dalej: {called(agreement)}",
            agreement.url,
            _CLAUSE,
            f"Odmowa podpisu: {'; '.join(refused)}",
            matter="Odmowa podpisu porozumienia",
            about=agreement.pk,
        )


def _missing(agreement: Agreement, parties: list[Party], day: date) -> Iterator[Waiting]:
    way = way_of(agreement, len(parties))
    last, is_over = way.last_day, way.is_over(day)
    if last is None or last > day + timedelta(days=SOON_DAYS):
        return
    if _count(parties, PartyState.WAITING):
        becomes = f" {_becomes(way, _count(parties, PartyState.SIGNED))}" if is_over else ""
        yield Waiting(
            f"Sprawdź podpisy, {'minął' if is_over else 'mija'} termin: {called(agreement)}",
            agreement.url,
            _CLAUSE,
            f"{_signed_said(parties)}. Ostatni dzień na podpisy: {pl_date(last)}{becomes}",
            due=last,
            is_overdue=is_over,
            matter="Termin podpisów pod porozumieniem",
            about=agreement.pk,
        )


def _becomes(way: rules.Way, signed: int) -> str:
    """The fate of an agreement past its last day, before its state follows in the night."""
    if signed < way.needed:
        return "Porozumienie nie wejdzie w życie."
    if way.force == rules.PUBLISHED:
        return "Porozumienie wejdzie w życie z dniem ogłoszenia."
    return f"Porozumienie wejdzie w życie {pl_date(way.day_to_come)}"


def signatures_awaited(person: Person, day: date) -> Iterator[Awaited]:
    """For the office: agreements that parties have not signed yet."""
    if not perms.write_agreements(person):
        return
    for agreement, parties in by_agreement().items():
        way = way_of(agreement)
        if _count(parties, PartyState.WAITING) and not way.is_over(day):
            last = way.last_day
            until = f". Ostatni dzień na podpisy: {pl_date(last)}" if last else ""
            yield Awaited(
                title=f"Podpisy Stron: {called(agreement)}",
                href=agreement.url,
                text=f"{_signed_said(parties)}{until}",
                clause=_CLAUSE,
            )


def accessions_awaited(person: Person, day: date) -> Iterator[Awaited]:
    """For the office: institutions that have not signed their accession yet."""
    if not perms.write_agreements(person):
        return
    for party in filter(attrgetter("late_id"), _parties()):
        last = party.late_by
        yield Awaited(
            title=f"Podpis pod przystąpieniem do porozumienia ({party.agreement.cited}): {party}",
            href=reverse("agreements:accession", args=[party.late_id]),
            text=f"Ostatni dzień na podpis: {pl_date(last)}" if last else "",
            clause=_LATE,
            is_overdue=last is not None and last < day,
        )


def _count(parties: list[Party], state: PartyState) -> int:
    return sum(party.state == state for party in parties)


def _signed_said(parties: list[Party]) -> str:
    return f"Podpisy: {_count(parties, PartyState.SIGNED)} z {len(parties)} Stron"


_LIFE = "oświadczenie Strony porozumienia"


@fact
def _going() -> tuple[Party, ...]:
    """Parties of agreements in force whose part, or whose agreement, ends on a day to come."""
    today = timezone.localdate()
    ends = Q(ended_on__gt=today) | Q(agreement__ended_on__gt=today)
    rows = Party.objects.filter(ends, agreement__state=AgreementState.IN_FORCE)
    return tuple(rows.select_related("agreement").order_by("agreement", "position", "pk"))


def _ends() -> Iterator[tuple[str, Agreement, date, object]]:
    """Each such end: the party that leaves (none for all), its agreement, the day, what it is about."""
    for party in _going():
        if party.ended_on:
            yield party.name, party.agreement, party.ended_on, party.pk
    for agreement in dict.fromkeys(party.agreement for party in _going()):
        if agreement.ended_on:
            yield "", agreement, agreement.ended_on, agreement.pk


def ends_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the office, some days before: a party leaves, or an agreement ends."""
    if not perms.write_agreements(person):
        return
    for party, agreement, ended_on, about in _ends():
        if day < ended_on <= day + timedelta(days=SOON_DAYS):
            before = f"odejściem Strony: {party}" if party else f"końcem: {called(agreement)}"
            yield Waiting(
                f"Sprawdź, co zostaje do przekazania przed {before}",
                agreement.url,
                _LIFE,
                f"{called(agreement)}, ostatni dzień: {pl_date(ended_on - timedelta(days=1))}",
                due=ended_on - timedelta(days=1),
                matter=_matter(party),
                about=about,
            )


def ending_days(person: Person, day: date) -> Iterator[Waiting]:
    """The same days for everybody who reads the agreement."""
    if not perms.see_agreements(person) or not (ends := [*_ends()]):
        return
    read = Agreement.objects.read_by(person).filter(pk__in=[row[1].pk for row in ends])
    known = set(read.order_by().values_list("pk", flat=True))
    for party, agreement, ended_on, about in ends:
        if agreement.pk in known:
            what = "Koniec porozumienia" if not party else f"Odchodzi Strona porozumienia: {party}"
            yield Waiting(
                what, agreement.url, _LIFE, due=ended_on, matter=_matter(party), about=about
            )


def _matter(party: str) -> str:
    return "Odejście Strony porozumienia" if party else "Koniec porozumienia"


def comments_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the side that a comment asks, until it has answered or the comment is closed."""
    own, writes = spoken_organisations(person), perms.write_agreements(person)
    if not (own or writes):
        return
    for comment in _asking():
        is_asked = comment.asked_id in own or (writes and comment.asks_office)
        if is_asked and not comment.is_answered:
            of_what = comment.draft.OF_THIS
            yield Waiting(
                f"Odpowiedz na uwagę do {of_what} ({comment.clause_name})",
                comment.url_of("answer"),
                "preambuła porozumienia",
                f"Uwagę zgłasza: {comment.side}",
                since=localtime(comment.created_at).date(),
                matter=f"Uwaga do projektu {of_what}",
                about=comment.pk,
            )


@fact
def _asking() -> tuple[Any, ...]:
    """Open comments on drafts that ask a side, each with whether that side has answered."""
    of_agreement = Q(amendment=None, agreement__state=AgreementState.DRAFT)
    of_aneks = Q(amendment__state=AmendmentState.DRAFT)
    rows = ClauseComment.objects.open().filter(of_agreement | of_aneks)
    own = Q(agreement=OuterRef("agreement"), organisation=OuterRef("asked"))
    parties = Party.objects.with_part(timezone.localdate()).filter(own)
    is_shared = Q(amendment=None, agreement__shared_on__isnull=False)
    is_shared |= Q(amendment__shared_on__isnull=False)
    rows = rows.filter(Q(asks_office=True) | Q(asked__isnull=False) & is_shared & Exists(parties))
    answers = CommentReply.objects.filter(comment=OuterRef("pk"))
    of_side = answers.filter(organisation=OuterRef("asked"))
    of_office = answers.filter(organisation=None)
    answered = Case(
        When(asks_office=True, then=Exists(of_office)),
        default=Exists(of_side),
        output_field=BooleanField(),
    )
    ordered = rows.annotate(is_answered=answered).order_by("created_at", "pk")
    return tuple(ordered.select_related("agreement", "amendment", "organisation"))
