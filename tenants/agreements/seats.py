"""The seat of an institution of the register, in its case as an agreement says it (POR preamble)."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from kooperacja.ui.polish import fold, quoted
from tenants.agreements.models import Party
from tenants.agreements.workflow import OVER
from tenants.partnership.models import Partnership
from tenants.partnership.rules import seat_of
from tenants.people.models import Organisation

_SAME = 3  # first letters that a name keeps in every case


def known_seat(of: Organisation) -> str:
    """Where it is, as its own name says it, or as others of its town say it; empty if nobody does."""
    own = seat_of(of.name)
    return own or next((seat for seat in _said_of_town(of) if _is_in(seat, of.city)), "")


def _said_of_town(of: Organisation) -> Iterator[str]:
    """The seats that parties, institutions and offices of its town are said to have."""
    town = {"city__iexact": of.city}
    seats = Party.objects.filter(organisation__city__iexact=of.city).exclude(seat="")
    yield from seats.order_by("pk").values_list("seat", flat=True)
    names = Organisation.objects.filter(**town).order_by("pk").values_list("name", flat=True)
    offices = Partnership.objects.order_by("pk").values_list("lead_name", flat=True)
    yield from map(seat_of, [*names, *offices])


def _is_in(seat: str, town: str) -> bool:
    """Word by word a case of the town's name: w Strzelcach Opolskich, Strzelce Opolskie."""
    words, names = seat.split()[1:], town.split()
    return bool(names) and len(words) == len(names) and all(map(_is_case_of, words, names))


def _is_case_of(word: str, name: str) -> bool:
    root = fold(name)[: min(_SAME, len(name) - 1)]
    return fold(word).startswith(root)


def seat_lacking(party: Party) -> str:
    """The words for a seat that nobody says."""
    town = f" W rejestrze jest {quoted(party.organisation.city)}." if party.organisation else ""
    return (
        "Wpisz siedzibę w miejscowniku, na przykład „Krapkowicach”: stoi w dokumencie "
        f"przystąpienia.{town}"
    )


def begins_hidden(organisation: Organisation | None) -> bool:
    """A place that is protected in another agreement is so here, unless somebody says otherwise."""
    return organisation is not None and organisation.pk in hidden()


def hidden() -> set[UUID]:
    """Institutions whose seat some agreement, also one that is over, keeps from the public."""
    rows = Party.objects.filter(hides_seat=True).exclude(organisation=None).order_by()
    return set(rows.values_list("organisation", flat=True))


def protected_among(parties: Iterable[Party], day: date) -> set[UUID]:
    """Institutions of these parties whose seat is hidden in any agreement of which they have a part.

    Where one of two agreements says that a place is protected, the other does not tell where it is.
    """
    institutions = {one.organisation_id for one in parties if one.organisation_id}
    hiding = Party.objects.with_part(day).filter(hides_seat=True, organisation__in=institutions)
    lasting = hiding.exclude(agreement__state__in=sorted(OVER)).order_by()
    return set(lasting.values_list("organisation", flat=True))
