"""The agreements of variant C that a county has, and the parties that each binds today (POR-C §3.1)."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import quoted
from tenants.agreements.amended import units_on
from tenants.agreements.clauses import Variant
from tenants.agreements.models import Agreement, ContactPerson, Departure, Party
from tenants.agreements.models.departures import DepartureKind
from tenants.agreements.standing import Standing, parties_in_force
from tenants.agreements.workflow import AgreementState
from tenants.exchange.counties import PartySnapshot, Snapshot
from tenants.people.models import Person, Post, RoleAssignment
from tenants.people.rules import holds_on
from tenants.registry.roles import Role
from tenants.registry.rules import TenantKind

NOT_NAMED = "To porozumienie nie obejmuje tej jednostki."


def is_county(tenant: TenantRef | None = None) -> bool:
    """The tenant, or the one that one is in, is a powiat, or a city, which is one too."""
    return (tenant or current_tenant()).kind != TenantKind.GMINA


def in_force() -> "QuerySet[Agreement]":
    """Agreements of variant C that are in force here."""
    rows = Agreement.objects.filter(variant=Variant.C, state=AgreementState.IN_FORCE)
    return rows.order_by("in_force_from", "pk")


def is_in_force(agreement: Agreement, day: date) -> bool:
    """It has not ended on a day; the night in which its state follows may be to come."""
    is_c = agreement.variant == Variant.C and agreement.state == AgreementState.IN_FORCE
    return is_c and not agreement.is_over_on(day)


def bound(agreement: Agreement, day: date) -> list[Party]:
    """The parties between which it is in force on a day."""
    return parties_in_force(agreement, day) if is_in_force(agreement, day) else []


def working_in(party: Party, day: date) -> "QuerySet[Person]":
    """People of whom our register knows that they work in the institution.

    In a city the seat itself gives a role for the institution; that one makes nobody a worker.
    """
    if party.organisation_id is None and not party.is_office:
        return Person.objects.none()
    of = {"organisation": party.organisation_id}
    roles = RoleAssignment.objects.on(day).filter(**of).exclude(role=Role.DELEGATE)
    posts = Post.objects.on(day).filter(**of)
    known: QuerySet[Person] = Person.objects.filter(
        Q(pk__in=roles.values("person")) | Q(pk__in=posts.values("person"))
    )
    return known


def known_as(email: str, party: Party, day: date) -> Person | None:
    """Whoever of the institution has that address in our register."""
    return working_in(party, day).filter(email__iexact=email).order_by("pk").first()


def gone_said(party: Party) -> str:
    """Why a party that is bound no more can't be asked, and who can in its place."""
    merged = Departure.objects.valid().filter(party=party, kind=DepartureKind.MERGED)
    if departure := merged.select_related("successor").first():
        name = quoted(str(departure.successor))
        return f"Zadania tej instytucji przejęła {name}. Poproś następcę o wskazanie delegata."
    return "Ta instytucja nie jest Stroną, którą porozumienie wiąże."


def codes(agreement: Agreement, day: date) -> tuple[str, ...]:
    """TERYT codes of the gminas that it names on a day."""
    return tuple(unit["code"] for unit in units_on([agreement], day)[agreement.pk])


def snapshot(agreement: Agreement, day: date) -> Snapshot | None:
    """The agreement as gminas may know it: institutions and functions, no person."""
    if not is_in_force(agreement, day) or agreement.in_force_from is None:
        return None
    name = ", ".join(filter(None, (agreement.numbered, agreement.county)))
    return Snapshot(
        name=name[:300],
        in_force_from=agreement.in_force_from,
        ended_on=agreement.ended_on,
        units=codes(agreement, day),
        parties=tuple(_parties(agreement, day)),
    )


def _parties(agreement: Agreement, day: date) -> Iterator[PartySnapshot]:
    parts = {
        party: part for party, part in Standing(agreement).days.items() if holds_on(day, *part)
    }
    functions = _functions(parts, day)
    for party, (since, until) in parts.items():
        known = party.organisation
        yield PartySnapshot(
            party_id=party.pk,
            name=party.name_on(day),
            number=(known.regon or known.nip) if known else "",
            functions=functions.get(party.pk, ()),
            from_on=since,
            ended_on=until,
        )


def _functions(parties: Iterable[Party], day: date) -> dict[object, tuple[str, ...]]:
    """Functions of the people whom the parties named for the cooperation (POR §3.3)."""
    named = ContactPerson.objects.on(day).filter(party__in=parties).order_by("function", "pk")
    found: dict[object, dict[str, None]] = {}
    for one in named:
        found.setdefault(one.party_id, {})[one.function] = None
    return {party: tuple(words) for party, words in found.items()}
