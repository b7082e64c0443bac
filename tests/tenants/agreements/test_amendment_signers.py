"""Parties sign an aneks: all or those concerned, none that left, a successor once (POR)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.ui.problems import Problem, Refused
from tenants.agreements import amendments_today, perms
from tenants.agreements.actions import amendments as acts
from tenants.agreements.models import Agreement, AmendmentSide
from tenants.agreements.standing import Standing
from tests.factories import agreement_life as life
from tests.factories import agreements as make_draft
from tests.factories import amendments as make
from tests.factories import people as make_people

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY = timezone.localdate()


def test_a_party_that_is_not_bound_is_not_asked_and_one_that_left_not_waited_for(
    monkeypatch: Any,
) -> None:
    agreement = make.agreement(unsigned=1)
    amendment = make.lying(agreement)
    names = [one.party.name for one in amendment.sides.all()]
    assert names == [one.name for one in make.bound(agreement)]
    assert len(names) == 3
    left = amendment.sides.last()
    assert left is not None
    bound = Standing.bound
    monkeypatch.setattr(
        Standing, "bound", lambda self, day: [x for x in bound(self, day) if x != left.party]
    )
    for side in list(amendment.sides.all())[:2]:
        make.entered(side)
    assert make.seen(amendment) == ("IN_FORCE", TODAY)
    assert make.lying(agreement).sides.count() == 2


def test_only_those_concerned_sign_where_they_are_named() -> None:
    agreement = make.agreement(unsigned=1)
    first, second, *_ = make.bound(agreement)
    apart = Standing(agreement).apart(TODAY)[0]
    with pytest.raises(ValidationError, match="dziś wiąże"):
        make.begun(agreement, signers="NAMED", named=[str(apart.pk)])
    named = [str(first.pk), str(second.pk)]
    amendment = make.lying(agreement, signers="NAMED", named=named)
    assert [one.party for one in amendment.sides.all()] == [first, second]
    assert make.seen(make.all_signed(amendment)) == ("IN_FORCE", TODAY)


@pytest.mark.parametrize("agreed", ["ALL", "NAMED"])
def test_who_signs_it_is_what_the_agreement_says_whatever_is_asked_for(agreed: str) -> None:
    agreement = make.agreement()
    Agreement.objects.update(amended_by=agreed)
    other = {"ALL": "NAMED", "NAMED": "ALL"}[agreed]
    first, *_ = make.bound(agreement)
    said = {"by": make_draft.by(), "named": [str(first.pk)]}
    amendment = acts.begin(
        agreement_id=agreement.pk, key=uuid7(), values=make.values(signers=other), **said
    )
    assert amendment.signers == agreed
    values = make.values(signers=other, justification="Inne powody.")
    acts.edit(amendment_id=amendment.pk, version=0, values=values, **said)
    amendment.refresh_from_db()
    assert (amendment.signers, amendment.sides.count()) == (agreed, int(agreed == "NAMED"))


def test_of_an_agreement_that_does_not_say_it_whoever_writes_the_aneks_does() -> None:
    agreement = make.agreement()
    Agreement.objects.update(amended_by="")
    first, *_ = make.bound(agreement)
    amendment = acts.begin(
        by=make_draft.by(),
        agreement_id=agreement.pk,
        key=uuid7(),
        values=make.values(signers="NAMED"),
        named=[str(first.pk)],
    )
    assert [one.party for one in amendment.sides.all()] == [first]


def test_a_party_that_left_neither_reads_nor_signs_it() -> None:
    amendment = make.lying(make.of_organisations())
    side = make.side(amendment, 2)
    life.leave(side.party)
    assert side.party.organisation is not None
    head = make_people.head(side.party.organisation)
    assert not perms.see_amendment(head, amendment)
    assert not perms.sign_amendment(head, AmendmentSide.objects.get(pk=side.pk))
    assert not [*amendments_today.amendment_signatures_wait(head, TODAY)]
    with pytest.raises(Refused):
        make.entered(side, who=make_people.by(head))
    with pytest.raises(Problem, match="nie jest już Stroną"):
        make.entered(side)
    make.turned_down(make.side(amendment))
    assert make.states(amendment) == ["REFUSED", "WAITING", "WAITING"]


def test_it_is_not_in_force_before_the_day_on_which_the_missing_one_left() -> None:
    amendment = make.lying(make.of_organisations())
    for side in list(amendment.sides.all())[:2]:
        make.entered(side)
    life.leave(make.side(amendment, 2).party, 5)
    make.at_night(4)
    assert make.seen(amendment) == ("SIGNING", None)
    make.at_night(6)
    assert make.seen(amendment) == ("IN_FORCE", TODAY + timedelta(days=5))


@pytest.mark.parametrize("has_signed", [True, False])
def test_a_successor_signs_only_what_its_predecessor_had_not(has_signed: bool) -> None:
    amendment = make.lying(make.of_organisations())
    first, *others = amendment.sides.all()
    if has_signed:
        make.entered(first)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        new = life.merge(first.party, make_people.organisation(email="nowa@example.pl")).successor
        for side in others:
            make.entered(side)
        asked = amendment.sides.filter(party=new).first()
        assert (asked is None) == has_signed
        mails = Outgoing.objects.filter(payload__code="AMENDMENT_TO_SIGN")
        assert mails.filter(payload__email="nowa@example.pl").exists() != has_signed
        if asked is not None:
            assert make.seen(amendment) == ("SIGNING", None)
            make.entered(asked)
    assert make.seen(amendment)[0] == "IN_FORCE"
