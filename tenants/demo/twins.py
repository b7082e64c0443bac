"""An institution that the demo's office entered twice and made one again, which can be undone."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from tenants.demo import words
from tenants.demo.office import Office, person
from tenants.people.actions import mending
from tenants.people.models import Organisation, Post
from tenants.people.references import moved_by_merge

_AGO = timedelta(days=3)


def mend(office: Office, random: Random) -> None:
    """Its head was entered at the entry that is gone, and has come along."""
    day = max(office.today - _AGO, office.began)
    stays, twin = (
        Organisation.objects.create(
            name=pattern.format(place=office.place),
            sector=words.TWIN,
            city=office.place,
            street="ul. Przykładowa 95",
        )
        for pattern in words.TWINS
    )
    Post.objects.create(
        person=person(random, 950), organisation=twin, function="prezes", is_head=True, from_on=day
    )
    mending.merge(
        by=replace(office.actor, day=day),
        kind=Organisation,
        source_id=twin.pk,
        target_id=stays.pk,
        seen=sum(len(ids) for _, ids in moved_by_merge(twin, stays)),
    )
