"""Writes of the exchange; the rows themselves say who and when."""

from typing import Any

from django.db import IntegrityError, transaction

from kooperacja.audit.actor import Actor
from kooperacja.writes import StaleForm
from tenants.exchange.models import Institution, RegulationTemplate

PUBLIC = ("name", "sector", "legal_form", "regon", "nip", "krs", "street", "postal_code", "city")


def find_institution(*, regon: str = "", nip: str = "") -> Institution | None:
    """The institution of a REGON; without one, of a NIP that no REGON goes with."""
    if regon:
        return Institution.objects.filter(regon=regon).first()
    return Institution.objects.filter(regon="", nip=nip).first() if nip else None


def remember_institution(given: dict[str, Any]) -> Institution | None:
    """Note the public data of an institution that a tenant entered; without a number, nothing.

    Whoever wrote last is believed: institutions move and change their names.
    """
    values = {name: str(given.get(name, "")) for name in PUBLIC}
    if not values["regon"] and not values["nip"]:
        return None
    known = find_institution(regon=values["regon"], nip=values["nip"])
    if known is None:
        try:
            with transaction.atomic(using="shared"):
                return Institution.objects.create(**values)
        except IntegrityError:  # another tenant was quicker
            known = find_institution(regon=values["regon"], nip=values["nip"])
            assert known is not None
    # What the later one left blank is not forgotten.
    for name, value in values.items():
        if value:
            setattr(known, name, value)
    known.save()
    return known


def publish_template(
    *, by: Actor, clauses: list[dict[str, str]], note: str, after: int
) -> RegulationTemplate:
    """Publish the next template; `after` is the number its writer began from."""
    newest = RegulationTemplate.objects.first()
    if (newest.number if newest else 0) != after:
        raise StaleForm(newest)
    try:
        with transaction.atomic(using="shared"):
            return RegulationTemplate.objects.create(
                number=after + 1, clauses=clauses, note=note, published_by=by.name
            )
    except IntegrityError:  # somebody else was quicker by an instant
        raise StaleForm(RegulationTemplate.objects.first()) from None
