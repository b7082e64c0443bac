"""Agreements of a powiat and of a gmina of the demo: drafts, and one to be signed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.tenancy.context import current_tenant
from tenants.agreements import invented, invented_later
from tenants.agreements.actions import additions, comments, drafts, parties, sending, sharing
from tenants.agreements.clauses import Variant
from tenants.agreements.models import Agreement
from tenants.agreements.models.agreements import Copies, Force
from tenants.agreements.sides import voices_of
from tenants.agreements.units import gminas, of_today
from tenants.people.models import Organisation, Post, RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.sides import LEAD

# Where their offices are.
_POWIATS = {"1605": "w Krapkowicach", "1607": "w Nysie"}
_GMINAS = {"160501": "w Gogolinie"}
_IN_POWIAT, _IN_GMINA, _TO_SIGN = 4, 2, 3  # parties
_HEAD = "osoba kierująca (pokaz)"
_FURTHER = "wspólna lista dyżurów instytucji w wakacje (pokaz)"
_DATED = "przygotowanie wspólnego spisu usług (pokaz)"
_OWN = (
    "Spory między Stronami rozstrzyga się polubownie, na spotkaniu Powiatowego Zespołu Kooperacji "
    "(pokaz)."
)


def write(unit: str, today: date) -> None:
    """In a powiat C as a draft, B to be signed, C with aneksy; in a gmina A, much of it still empty."""
    lead = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).order_by("pk").first()
    seat = (_POWIATS | _GMINAS).get(current_tenant().code)
    if lead is None or seat is None or Agreement.objects.exists():
        return
    name = lead.person.full_name
    by = Actor(None, name, role=lead.role, via=Via.TASK, person_id=lead.person_id)
    if current_tenant().code in _POWIATS:
        _of_powiat(by, today, seat)
    else:
        _of_gmina(by, seat)


def _of_powiat(by: Actor, today: date, seat: str) -> None:
    blanks = {"units": gminas()[:3], "sign_by": today + timedelta(days=30)}
    agreement = _begun(by, Variant.C, _blanks(seat) | blanks)
    _parties(by, agreement, _IN_POWIAT, seat)
    _negotiated(by, agreement)
    _add(by, agreement, "duty:2.4", _FURTHER)
    _add(by, agreement, "after:4.2", _OWN)
    until = {"units": gminas()[:1], "sign_by": today + timedelta(days=14)}
    invented.sign_some(by, _sent(by, Variant.B, seat, until), today)
    last = {"units": gminas()[:3], "force": Force.LAST}
    in_force = _sent(by, Variant.C, seat, last, _IN_POWIAT, Copies.ROUND)
    invented.sign_all(by, in_force, today)
    invented.hand_over(by, in_force, today)
    invented_later.history(by, in_force, seat, today)
    invented.amend(by, in_force.pk, today)
    invented.change(by, in_force, today)


def _sent(
    by: Actor,
    variant: Variant,
    seat: str,
    values: dict[str, Any],
    count: int = _TO_SIGN,
    copies: Copies = Copies.COUNTERPARTS,
) -> Agreement:
    """An agreement before its parties, each of which has named somebody."""
    agreement = _begun(by, variant, _blanks(seat) | values)
    _parties(by, agreement, count, seat, is_whole=True)
    place = "duty:2.4" if variant == Variant.C else "duty:2.3"
    _add(by, agreement, place, _DATED, due_on=by.today + timedelta(days=60))
    agreement.refresh_from_db()
    said = {"copies": copies, "copies_count": None}
    sending.send_to_sign(by=by, agreement_id=agreement.pk, version=agreement.version, values=said)
    return Agreement.objects.select_related("document__pdf").get(pk=agreement.pk)


def _negotiated(by: Actor, agreement: Agreement) -> None:
    """The parties read it: one comment was answered and closed, one waits for a party."""
    agreement.refresh_from_db()
    sharing.share(by=by, agreement_id=agreement.pk, version=agreement.version)
    institutions = [one.organisation_id for one in agreement.parties.all() if one.organisation_id]
    voices = voices_of(institutions, by.today)
    author = replace(by, name=voices[0].full_name, person_id=voices[0].pk) if voices else by
    first = comments.comment(
        by=author,
        agreement_id=agreement.pk,
        key=uuid7(),
        clause="2.2",
        asked=LEAD if voices else "",
        text="Czy spotkania mogą się odbywać także zdalnie? (pokaz)",
    )
    answer = "Tak, sposób spotkania ustala się przed każdym z nich. (pokaz)"
    comments.answer(by=by, comment_id=first.pk, key=uuid7(), text=answer)
    comments.close(by=author, comment_id=first.pk, version=1)
    comments.comment(
        by=by,
        agreement_id=agreement.pk,
        key=uuid7(),
        clause="2.3",
        asked=str(institutions[0]),
        text="Prosimy o potwierdzenie, że sala na spotkania jest dostępna. (pokaz)",
    )


def _of_gmina(by: Actor, seat: str) -> None:
    agreement = _begun(by, Variant.A, {"place": seat})
    _parties(by, agreement, _IN_GMINA, seat)


def _begun(by: Actor, variant: Variant, values: dict[str, Any]) -> Agreement:
    """A draft with these of its blanks filled."""
    agreement = drafts.begin(by=by, key=uuid7(), variant=variant, known=of_today())
    return drafts.edit(by=by, agreement_id=agreement.pk, version=0, values=values)


def _blanks(seat: str) -> dict[str, Any]:
    return {
        "place": seat,
        "meeting_place": "siedziba Partnera nr 1",
        "regional_support": "Dorota Pokazowa, doradca do spraw kooperacji (pokaz)",
        "informer": "sekretarza Powiatowego Zespołu Kooperacji",
    }


def _add(by: Actor, agreement: Agreement, place: str, text: str, **dated: Any) -> None:
    values = {"place": place, "heading": "", "text": text, **dated}
    additions.add(by=by, agreement_id=agreement.pk, key=uuid7(), values=values)


def _parties(
    by: Actor, agreement: Agreement, count: int, seat: str, is_whole: bool = False
) -> None:
    """Institutions of the register, the last one without a person to work with unless it `is_whole`."""
    known = Organisation.objects.current().order_by("created_at", "pk")[:count]
    for number, of in enumerate(known, 1):
        said = _party(of, seat, _HEAD if is_whole else "")
        party = parties.add_party(
            by=by, agreement_id=agreement.pk, key=uuid7(), number=number, values=said
        )
        if number < count or is_whole:
            invented.name(by, party, number, "specjalista")


def _party(of: Organisation, seat: str, missing: str = "") -> dict[str, Any]:
    head = Post.objects.filter(organisation=of, is_head=True, ended_on=None).order_by("pk").first()
    return {
        "organisation": of,
        "is_office": False,
        "name": of.name,
        "seat": seat,
        "represented_by": head.person.full_name if head else missing,
        "function": head.function if head else missing,
    }
