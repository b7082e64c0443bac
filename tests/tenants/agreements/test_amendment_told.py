"""Those concerned hear how far an aneks is, and whose turn it is to sign it (POR)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kooperacja.documents.storage import content_of
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements import tasks
from tenants.agreements.actions import amendment_signing
from tenants.agreements.actions import amendments as acts
from tenants.agreements.models import Amendment
from tests.factories import agreement_life as life
from tests.factories import agreements as make_draft
from tests.factories import amendments as make
from tests.factories import signing as make_signing

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY = timezone.localdate()


def codes() -> list[tuple[str, str]]:
    mails = Outgoing.objects.filter(kind="MAIL").order_by("id")
    return [(one.payload["code"], one.payload["email"]) for one in mails]


def test_those_concerned_are_told_and_reminded(partnership: TenantRef) -> None:
    agreement = make.of_organisations()
    draft = make.begun(agreement, sign_by=TODAY + timedelta(days=2))
    acts.share(by=make_draft.by(), amendment_id=draft.pk, version=0)
    make.reworded(draft)
    amendment = make.sent(draft)
    all_three = [f"glowa{number}@example.pl" for number in (1, 2, 3)]
    assert codes() == [
        *(("AMENDMENT_SHARED", one) for one in all_three),
        *(("AMENDMENT_TO_SIGN", one) for one in all_three),
    ]
    make.entered(make.side(amendment, 0))
    make.turned_down(make.side(amendment, 1))
    assert codes()[6:] == [
        ("AMENDMENT_TURN", all_three[1]),
        ("AMENDMENT_REFUSED", all_three[0]),
        ("AMENDMENT_TURN", all_three[2]),
    ]
    Amendment.objects.update(sent_on=TODAY - timedelta(days=9))
    for _ in range(2):
        tasks.look_in_one(str(partnership.id))
    assert codes()[9:] == [("AMENDMENT_SIGN_REMINDER", all_three[2])]
    make.at_night(3)
    assert codes()[10:13] == [("AMENDMENT_FAILED", one) for one in all_three]


def turns() -> list[tuple[str, str]]:
    """Who heard that its turn has come, and the text."""
    rows = Outgoing.objects.filter(payload__code="AMENDMENT_TURN").order_by("id")
    return [(one.payload["email"], one.payload["text"]) for one in rows]


@pytest.mark.parametrize(
    ("mode", "words"), [("TRUSTED", "złożyły już podpisy"), ("PAPER_SCAN", "Nikt nie podpisał")]
)
def test_after_a_signature_the_next_party_has_its_turn(mode: str, words: str) -> None:
    amendment = make.lying(make.of_organisations())
    assert amendment.document is not None
    file = (
        make_signing.electronic(content_of(amendment.document.pdf)) if mode == "TRUSTED" else None
    )
    make.entered(make.side(amendment), file, mode=mode)
    [(email, text)] = turns()
    assert email == "glowa2@example.pl"
    assert words in text
    assert "ze strony aneksu" in text


def test_the_turn_passes_over_a_refusal_and_over_who_has_left() -> None:
    amendment = make.lying(make.of_organisations(4))
    first, second, third, fourth = amendment.sides.select_related("party")
    make.entered(third)
    assert turns() == []  # those before it have not answered
    life.leave(second.party)
    make.turned_down(first)
    assert [email for email, _ in turns()] == ["glowa4@example.pl"]
    amendment_signing.come_back(by=make_draft.by(), side_id=first.pk, version=1)
    make.turned_down(first)
    assert len(turns()) == 1
    make.entered(fourth)
    assert len(turns()) == 1
