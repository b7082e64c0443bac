"""Agreements that wait for a signature, for the office or for others (POR signatures)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import pl_date
from tenants.agreements import perms
from tenants.agreements.models import Agreement, Party
from tenants.agreements.standing import called, waits_for_publication, way_of
from tenants.agreements.workflow import AgreementState, PartyState
from tenants.people.models import Person, holds
from tenants.people.perms import LEAD, spoken_organisations
from tenants.people.today import SOON_DAYS, Awaited, Waiting

_CLAUSE = "podpisy pod porozumieniem"


@fact
def _parties() -> tuple[Party, ...]:
    """Parties of agreements that lie before them."""
    rows = Party.objects.filter(agreement__state=AgreementState.SIGNING)
    ordered = rows.order_by("agreement__created_at", "agreement", "position", "pk")
    return tuple(ordered.select_related("agreement"))


def _by_agreement() -> dict[Agreement, list[Party]]:
    found: dict[Agreement, list[Party]] = defaultdict(list)
    for party in _parties():
        found[party.agreement].append(party)
    return found


def signatures_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the people of a party that neither signed nor refused."""
    own, leads = spoken_organisations(person), holds(person, LEAD)
    if not (own or leads):
        return
    for party in _parties():
        is_own = party.organisation_id in own or (leads and party.is_office)
        if is_own and party.state == PartyState.WAITING:
            last = way_of(party.agreement).last_day
            until = f" do {pl_date(last)}" if last else ""
            yield Waiting(
                f"Podpiszcie porozumienie (wariant {party.agreement.variant}){until}",
                party.agreement.url,
                _CLAUSE,
                f"Strona: {party}",
                due=last,
                is_overdue=last is not None and last < day,
                since=None if last else party.agreement.sent_on,
                matter="Podpis pod porozumieniem",
                about=party.pk,
            )


def agreements_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the office: a refusal, a last day that is near with signatures missing, a publication."""
    if not perms.write_agreements(person):
        return
    for agreement, parties in _by_agreement().items():
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
    last = way_of(agreement).last_day
    if last is None or last > day + timedelta(days=SOON_DAYS):
        return
    if _count(parties, PartyState.WAITING):
        yield Waiting(
            f"Sprawdź podpisy, mija termin: {called(agreement)}",
            agreement.url,
            _CLAUSE,
            f"{_signed_said(parties)}. Ostatni dzień na podpisy: {pl_date(last)}",
            due=last,
            is_overdue=last < day,
            matter="Termin podpisów pod porozumieniem",
            about=agreement.pk,
        )


def signatures_awaited(person: Person, day: date) -> Iterator[Awaited]:
    """For the office: agreements that parties have not signed yet."""
    if not perms.write_agreements(person):
        return
    for agreement, parties in _by_agreement().items():
        if _count(parties, PartyState.WAITING):
            last = way_of(agreement).last_day
            until = f". Ostatni dzień na podpisy: {pl_date(last)}" if last else ""
            yield Awaited(
                title=f"Podpisy Stron: {called(agreement)}",
                href=agreement.url,
                text=f"{_signed_said(parties)}{until}",
                clause=_CLAUSE,
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
