"""What is said between meetings serves every open team, not the PZK of a gmina alone (POR §3; C §4)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.models import Contact, Dispute, Material, Note, Notice, Risk, Thread
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.teams.kinds import COUNTY, PARTNERSHIP, PZK
from tenants.teams.models import Seat, Team
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import text_of

TEAMS = [("gmina", PZK), ("gmina", PARTNERSHIP), ("powiat", PZK), ("powiat", COUNTY)]
LISTS = ("ryzyka", "korespondencja", "notatki", "kontakty", "materialy", "spory")
KEPT = (Risk, Thread, Note, Contact, Material, Dispute)


@pytest.fixture(params=TEAMS, ids=[f"{unit} {kind}" for unit, kind in TEAMS])
def place(
    request: pytest.FixtureRequest, gmina: TenantRef, powiat: TenantRef
) -> Iterator[tuple[TenantRef, str]]:
    """A unit whose partnership was founded, and a kind of team."""
    unit, kind = request.param
    tenant = {"gmina": gmina, "powiat": powiat}[unit]
    with inside(tenant):
        make_partnership.found(tenant)
        yield tenant, kind


def team_of(kind: str, *people: tuple[Organisation, Person]) -> Team:
    """The PZK, or a team as the app of an agreement will found it, with a seat of each party."""
    if kind == PZK:
        return make_meetings.pzk()
    since = make_people.ESTABLISHED
    rests: dict[str, Any] = {"rests_on_kind": "agreement", "from_on": since}
    team = Team.objects.create(kind=kind, rests_on=uuid7(), **rests)
    for of, person in people:
        Seat.objects.create(team=team, organisation=of, person=person, rests_on=uuid7(), **rests)
    return team


def forms(club: Organisation) -> dict[str, dict[str, Any]]:
    """What the page of each kind of matter is sent."""
    day = timezone.localdate().isoformat()
    talk = {"held_on": day, "channel": "LETTER", "subject": "Wspólna sala"}
    return {
        "ryzyka/nowe": make.values(),
        "korespondencja/nowa": {"subject": "Dyżury", "text": "Proszę o listę."},
        "notatki/nowa": {**make.said().values, **talk},
        "kontakty/nowy": {**talk, "with_whom": "Zofia Zmyślona, Urząd"},
        "materialy/nowy": {"title": "Poradnik", "text": "Do rozmów.", "link": "https://a.example/"},
        "spory/nowy": {"against": [str(club.pk)], "subject": "Dyżury", "text": "Kto je prowadzi."},
    }


def test_a_party_of_any_open_team_writes_all_of_it_and_every_seat_is_told(
    place: tuple[TenantRef, str],
) -> None:
    tenant, kind = place
    own, other = make.seated("Szkoła"), make.seated("Klub", "klub@a.example")
    school, club = own.organisation, other.organisation
    client, author = make_people.signed_in(tenant, Role.PARTNER_COORDINATOR, organisation=school)
    own.coordinators.update(person=author)
    follow()
    team = team_of(kind, (school, author), (club, other.coordinators.get().person))
    at = f"{tenant.prefix}/miedzy-spotkaniami/"
    for path, said in forms(club).items():
        sent = {"key": str(uuid7()), "of": str(school.pk), **said}
        answer = client.post(f"{at}{path}/{team.pk}/", sent)
        assert answer.status_code == 302, (path, text_of(answer))
    note = Note.objects.get()
    assert client.post(f"{at}notatki/{note.pk}/podpisz/", {"version": "0"}).status_code == 302
    rows = [model.objects.get() for model in KEPT]
    assert {row.team for row in rows} == {team}
    seats = Seat.objects.taken(timezone.localdate()).filter(team=team)
    taken = sorted(seats.values_list("pk", flat=True))
    for about in (rows[0].pk, rows[1].messages.get().pk, note.pk):
        told = Notice.objects.filter(about=about)
        assert sorted(told.values_list("seat", flat=True)) == taken
    for part, row in zip(LISTS, rows, strict=True):
        assert client.get(f"{at}{part}/{row.pk}/").status_code == 200
        assert str(row.pk) in text_of(client.get(f"{at}{part}/"))
