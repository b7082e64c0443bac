"""Drafts of agreements in a powiat and in a gmina of the demo."""

from datetime import date, timedelta
from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.tenancy.context import current_tenant
from tenants.agreements.actions import additions, drafts, parties
from tenants.agreements.clauses import Variant
from tenants.agreements.models import Agreement
from tenants.agreements.units import gminas, of_today
from tenants.people.models import Organisation, Post, RoleAssignment
from tenants.registry.roles import Role

# Where their offices are.
_POWIATS = {"1605": "w Krapkowicach", "1607": "w Nysie"}
_GMINAS = {"160501": "w Gogolinie"}
_IN_POWIAT, _IN_GMINA = 4, 2  # parties
_FURTHER = "wspólna lista dyżurów instytucji w wakacje (pokaz)"
_OWN = (
    "Spory między Stronami rozstrzyga się polubownie, na spotkaniu Powiatowego Zespołu Kooperacji "
    "(pokaz)."
)


def write(unit: str, today: date) -> None:
    """C with parties of the powiat and a kept version; A, of which much is still empty."""
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
    agreement = _begun(by, Variant.C)
    values = {
        "place": seat,
        "units": gminas()[:3],
        "meeting_place": "siedziba Partnera nr 1",
        "informer": "sekretarza Powiatowego Zespołu Kooperacji",
        "sign_by": today + timedelta(days=30),
    }
    drafts.edit(by=by, agreement_id=agreement.pk, version=0, values=values)
    _parties(by, agreement, _IN_POWIAT, seat)
    drafts.keep_text(by=by, agreement_id=agreement.pk, key=uuid7())
    for place, text in (("duty:2.4", _FURTHER), ("after:4.2", _OWN)):
        said = {"place": place, "heading": "", "text": text}
        additions.add(by=by, agreement_id=agreement.pk, key=uuid7(), values=said)


def _of_gmina(by: Actor, seat: str) -> None:
    agreement = _begun(by, Variant.A)
    drafts.edit(by=by, agreement_id=agreement.pk, version=0, values={"place": seat})
    _parties(by, agreement, _IN_GMINA, seat)


def _begun(by: Actor, variant: Variant) -> Agreement:
    return drafts.begin(by=by, key=uuid7(), variant=variant, known=of_today())


def _parties(by: Actor, agreement: Agreement, count: int, seat: str) -> None:
    """Institutions of the register, the last one without a person to work with."""
    known = Organisation.objects.current().order_by("created_at", "pk")[:count]
    for number, of in enumerate(known, 1):
        party = parties.add_party(
            by=by, agreement_id=agreement.pk, key=uuid7(), number=number, values=_party(of, seat)
        )
        if number < count:
            person = {
                "full_name": f"Osoba Pokazowa {number}",
                "function": "specjalista",
                "phone": f"77 000 00 0{number}",
                "email": f"osoba{number}@pokaz.example",
                "from_on": by.today,
            }
            parties.add_contact(by=by, party_id=party.pk, key=uuid7(), values=person)


def _party(of: Organisation, seat: str) -> dict[str, Any]:
    head = Post.objects.filter(organisation=of, is_head=True, ended_on=None).order_by("pk").first()
    return {
        "organisation": of,
        "name": of.name,
        "seat": seat,
        "represented_by": head.person.full_name if head else "",
        "function": head.function if head else "",
    }
