"""The register of members in the exit package of a tenant."""

from collections.abc import Iterator
from typing import Any

from kooperacja.offers import Pack
from tenants.partnership.models import Membership

_HEADER = [
    "instytucja", "sektor", "forma prawna", "NIP", "REGON", "KRS", "ulica", "kod", "miejscowość",
    "e-mail", "telefon", "strona", "od", "do", "koordynatorzy",
]  # fmt: skip


def write_register(pack: Pack) -> None:
    """Everybody who has ever been a member, with their coordinators."""
    pack.sheet("rejestr/kooperanci", _HEADER, _rows())


def _rows() -> Iterator[list[Any]]:
    members = Membership.objects.select_related("organisation")
    for member in members.prefetch_related("coordinators__person").order_by("from_on", "pk"):
        of = member.organisation
        people = ", ".join(seat.person.full_name for seat in member.coordinators.all())
        numbers = [of.nip, of.regon, of.krs]
        address = [of.street, of.postal_code, of.city, of.email, of.phone, of.website]
        sector = of.get_sector_display()
        dates = [member.from_on, member.ended_on]
        yield [of.name, sector, of.legal_form, *numbers, *address, *dates, people]
