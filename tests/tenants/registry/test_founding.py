"""The region is founded once, and its first coordinator invited."""

from typing import Any

import pytest

from kooperacja.audit.actor import Actor, Unproved, named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.ui.problems import Missing
from tenants.registry import founding, invitations
from tenants.registry.models import Invitation
from tenants.registry.region import FirstRun, Region, RegionEntry
from tenants.registry.rules import Impossible

BY = named("Anna Operator")
ASKED = {
    "code": "16",
    "rops_name": "Regionalny Ośrodek Polityki Społecznej w Opolu",
    "coordinator_name": "Ewa Wojewódzka",
    "coordinator_email": "Ewa@rops.example",
}


@pytest.fixture
def empty(db: None) -> None:
    """A site on which no region was founded yet."""
    Region.objects.all().delete()


def found(**other: Any) -> founding.Founded:
    return founding.found_region(by=BY, **{**ASKED, **other})


def left() -> tuple[list[str], list[tuple[str, bool]], int, list[str]]:
    """The region, the invitations and whether each is open, the mails, the journal."""
    return (
        list(Region.objects.values_list("rops_name", flat=True)),
        [(i.email, i.withdrawn_at is None) for i in Invitation.objects.all()],
        OutgoingMessage.objects.count(),
        list(RegionEntry.objects.order_by("at", "id").values_list("verb", flat=True)),
    )


def test_a_region_is_founded_with_the_invitation_of_its_coordinator(empty: None) -> None:
    founded = found()
    assert (founded.is_new, founded.is_sent) == (True, True)
    assert (founded.region.code, founded.region.name) == ("16", "opolskie")
    invitation = Invitation.objects.get()
    assert founded.invitation == invitation
    assert (invitation.tenant, invitation.role, invitation.email) == (
        None,
        "ROPS_COORDINATOR",
        "ewa@rops.example",
    )
    mail = OutgoingMessage.objects.get().payload
    assert mail["email"] == "ewa@rops.example"
    assert ASKED["rops_name"] in mail["text"]
    assert [(e.verb, e.actor_name) for e in RegionEntry.objects.order_by("at", "id")] == [
        ("FOUNDED", "Anna Operator"),
        ("INVITED", "Anna Operator"),
    ]


def test_the_same_again_changes_nothing_until_it_is_asked_to_send(empty: None) -> None:
    found()
    before = left()
    same = found()
    assert (same.is_new, same.is_sent, left()) == (False, False, before)
    again = found(again=True)
    assert (again.is_new, again.is_sent) == (False, True)
    assert left()[1:3] == ([("ewa@rops.example", False), ("ewa@rops.example", True)], 2)


def test_a_mistyped_address_is_put_right_while_nobody_has_come_in(empty: None) -> None:
    found(coordinator_email="ewa@rosp.example")
    found(again=True)
    assert left()[1] == [("ewa@rosp.example", False), ("ewa@rops.example", True)]


def test_once_a_coordinator_works_nobody_is_invited_from_outside(empty: None) -> None:
    invitation = found().invitation
    assert invitation is not None
    invitations.accept_as_new(invitation=invitation, full_name="Ewa", password="x")
    before = left()
    again = found(again=True, coordinator_email="inna@rops.example")
    assert (again.invitation, again.is_sent, left()) == (None, False, before)


def test_another_region_is_refused(empty: None) -> None:
    found()
    before = left()
    with pytest.raises(Impossible, match="innemu województwu: opolskie"):
        found(code="14", rops_name="MCPS", again=True)
    assert left() == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "17"}, "Nie ma województwa o kodzie 17"),
        ({"rops_name": " "}, "Podaj nazwę ROPS"),
        ({"coordinator_name": ""}, "Podaj imię i nazwisko"),
        ({"coordinator_email": "ewa"}, "nie jest adresem e-mail"),
    ],
)
def test_what_is_wrong_is_said_and_founds_nothing(
    empty: None, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(Impossible, match=said):
        found(**wrong)
    assert left() == ([], [], 0, [])


def test_whoever_has_not_proved_who_they_are_founds_nothing(empty: None) -> None:
    with pytest.raises(Unproved):
        founding.found_region(by=Actor(None, "Ktoś", lacks_proof=True), **ASKED)
    assert left() == ([], [], 0, [])


def test_the_link_of_the_first_run_founds_one_region(empty: None) -> None:
    former, token = founding.issue_token(), founding.issue_token()
    assert token not in str(FirstRun.objects.values().get())
    for wrong in (former, "", "zgadywany"):
        with pytest.raises(Missing):
            founding.found_by_token(by=BY, token=wrong, **ASKED)
    assert left() == ([], [], 0, [])
    assert founding.found_by_token(by=BY, token=token, **ASKED).is_new
    before = left()
    with pytest.raises(Missing):
        founding.found_by_token(by=BY, token=token, **ASKED)
    assert (founding.issue_token(), left()) == ("", before)
