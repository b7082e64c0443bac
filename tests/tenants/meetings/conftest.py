"""A closed team as an app that comes later will have it: run by the Lider, read by whom it lets in."""

import dataclasses
from collections.abc import Callable

import pytest
from uuid6 import uuid7

from kooperacja.crypto.envelope import Keyring
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.teams import kinds
from tenants.teams.closed import ClosedTeams
from tenants.teams.kinds import ZZK
from tenants.teams.models import Team
from tests.factories import people as make_people
from tests.offering import offer

Founded = Callable[..., Team]


@pytest.fixture
def keyring() -> dict[int, bytes]:
    """The keys of closed teams; without one whatever it sealed stays shut."""
    return {1: b"k" * 32}


@pytest.fixture
def readers() -> set[Person]:
    """Whom the app lets in."""
    return set()


@pytest.fixture
def founded(
    monkeypatch: pytest.MonkeyPatch, keyring: dict[int, bytes], readers: set[Person]
) -> Founded:
    """A closed team that the Lider and its officer run, read by some people alone."""
    runs = {"leads": frozenset({Role.LEAD}), "helps": frozenset({Role.NETWORK_OFFICER})}
    monkeypatch.setitem(kinds.KINDS, ZZK, dataclasses.replace(kinds.KINDS[ZZK], **runs))
    offer(
        monkeypatch,
        ClosedTeams(ZZK, lambda person, _: person in readers, lambda _: Keyring(1, keyring)),
    )

    def found(*people: Person) -> Team:
        readers.update(people)
        since = make_people.ESTABLISHED
        return Team.objects.create(kind=ZZK, rests_on_kind="test", rests_on=uuid7(), from_on=since)

    return found
