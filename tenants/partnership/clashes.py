"""Reasons against making two entries one: memberships and the people of members."""

from collections.abc import Iterator
from datetime import date

from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.people.references import Clash, colliding


def of_organisations(source: Organisation, target: Organisation) -> Iterator[Clash]:
    """One institution was never a member twice on the same day."""
    spells = [_spells(source), _spells(target)]
    if any(
        one.from_on < (other.ended_on or date.max) and other.from_on < (one.ended_on or date.max)
        for one in spells[0]
        for other in spells[1]
    ):
        yield Clash(
            "Obie należą albo należały w tym samym czasie do Partnerstwa, a jedna instytucja może "
            "być członkiem tylko raz. Jeśli należą obie, jedna z nich musi najpierw złożyć "
            "rezygnację i nie może mieć wspólnych dni z drugą.",
            source.url,
            "Zobacz członkostwo",
        )


def _spells(organisation: Organisation) -> list[Membership]:
    return list(Membership.objects.filter(organisation=organisation))


def of_people(source: Person, target: Person) -> Iterator[Clash]:
    """Nobody is delegated, or indicated for ZZK, twice by one member."""
    for constraint in ("coordinator_once", "designated_once"):
        for seat in colliding(constraint, source, target):
            yield Clash(
                f"W obu wpisach trwa to samo: {seat}. Zakończ to w jednym z nich.",
                seat.membership.organisation.url,
                "Przejdź do instytucji",
            )
