"""An aneks is drafted, sent, signed by whom it must be, and comes into force or fails (POR)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Document
from kooperacja.documents.storage import content_of
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements.actions import (
    amended_clauses,
    amendment_sending,
    amendment_signing,
)
from tenants.agreements.actions import amendments as acts
from tenants.agreements.consolidated import text_of
from tenants.agreements.models import Agreement, Amendment, AmendmentSide, Signature
from tenants.registry.roles import Role
from tenants.teams.models import Team
from tests.factories import agreements as make_draft
from tests.factories import amendments as make
from tests.factories import people as make_people
from tests.factories import signatures as pdf
from tests.factories import signing as make_signing

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY = timezone.localdate()


def test_an_agreement_has_one_open_at_a_time() -> None:
    agreement = make.agreement()
    key = uuid7()
    first = make.begun(agreement, key=key)
    with pytest.raises(AlreadySaved):
        make.begun(agreement, key=key)
    with pytest.raises(Problem, match="ma już otwarty aneks"):
        make.begun(agreement)
    assert list(agreement.amendments.all()) == [first]
    acts.discard(by=make_draft.by(), amendment_id=first.pk, version=0, reason="Inaczej")
    assert make.begun(agreement).number is None
    assert Entry.objects.filter(verb="AMENDMENT_BEGUN").count() == 2


@pytest.mark.parametrize("state", ["DRAFT", "SIGNING", "FAILED"])
def test_only_an_agreement_in_force_is_changed(state: str) -> None:
    agreement = make.agreement()
    Agreement.objects.filter(pk=agreement.pk).update(state=state, in_force_from=None)
    with pytest.raises(Problem, match="które obowiązuje"):
        make.begun(agreement)
    assert not Amendment.objects.exists()


def test_others_write_no_aneks() -> None:
    agreement = make.of_organisations()
    amendment = make.begun(agreement)
    head = make_people.by(
        make_people.person(Role.PARTNER_HEAD, organisation=make.bound(agreement)[0].organisation)
    )
    for act in (
        lambda: make.begun(agreement, head),
        lambda: make.reworded(amendment, who=head),
        lambda: make.sent(amendment, head),
    ):
        with pytest.raises(Refused):
            act()
    assert (make.seen(amendment), amendment.changes.count()) == (("DRAFT", None), 0)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "dated before force": ({"dated_on": TODAY - timedelta(days=make.BEFORE + 1)}, "dated_on"),
    "signed before its date": ({"sign_by": TODAY - timedelta(days=1)}, "sign_by"),
    "force before its last signature": (
        {"force": "DAY", "force_on": TODAY + timedelta(days=19)},
        "force_on",
    ),
}


@pytest.mark.parametrize(("fields", "name"), WRONG.values(), ids=WRONG)
def test_days_that_can_not_be_are_refused_beside_their_field(
    fields: dict[str, Any], name: str
) -> None:
    agreement = make.agreement()
    with pytest.raises(ValidationError) as wrong:
        make.begun(agreement, **fields)
    assert list(wrong.value.message_dict) == [name]
    assert not Amendment.objects.exists()


def test_of_two_editors_of_one_clause_the_second_is_told() -> None:
    amendment = make.begun(make.agreement())
    one = make.reworded(amendment, "2.6", "Pierwsza.")
    with pytest.raises(ValidationError, match="już zmienia to postanowienie"):
        make.removed(amendment, "2.6")
    edit = {"by": make_draft.by(), "clause_id": one.pk, "version": 0}
    amended_clauses.edit(**edit, values={"clause": "2.6", "text": "Druga."})
    with pytest.raises(StaleForm):
        amended_clauses.edit(**edit, values={"clause": "2.6", "text": "Trzecia."})
    assert [change.text for change in amendment.changes.all()] == ["Druga."]


def test_what_is_missing_is_named_and_nothing_is_sent() -> None:
    amendment = make.begun(make.agreement(), dated_on=None, justification="")
    with pytest.raises(Problem) as told:
        make.sent(amendment)
    for words in ("data aneksu", "uzasadnienie", "co najmniej jedna zmiana"):
        assert words in told.value.explanation
    assert (make.seen(amendment), Document.objects.filter(kind="AMENDMENT").count()) == (
        ("DRAFT", None),
        0,
    )


def test_it_is_sent_once_as_one_document_and_then_nothing_of_it_changes() -> None:
    agreement = make.agreement()
    amendment = make.begun(agreement)
    one = make.added(amendment, "after:2.1", "Nowy ustęp, zob. [§ 2 ust. 4].")
    make.removed(amendment, "2.6")
    sent = make.sent(amendment)
    assert (str(sent), make.states(sent)) == ("Aneks nr 1", ["WAITING"] * 3)
    assert sent.document is not None
    assert [row["text"] for row in sent.document.context["changes"]] == [
        "po § 2 ust. 1 dodaje się ustęp w brzmieniu: „Nowy ustęp, zob. ust. 5.”;",
        "skreśla się § 2 ust. 6.",
    ]
    assert "do podpisu, nie obowiązuje" in sent.document.title
    with pytest.raises(AlreadySaved):
        amendment_sending.send_to_sign(by=make_draft.by(), amendment_id=sent.pk, version=0)
    with pytest.raises(Problem, match="nie można teraz zmienić"):
        amended_clauses.remove(by=make_draft.by(), clause_id=one.pk, version=0)
    assert sent.changes.count() == 2


def test_the_last_signature_brings_it_into_force_and_the_signed_text_stays() -> None:
    agreement = make.agreement()
    before = [*agreement.signed_text.lines] if agreement.signed_text else []
    amendment = make.lying(agreement)
    sides = list(amendment.sides.all())
    for side in sides[:-1]:
        make.entered(side)
    assert make.seen(amendment) == ("SIGNING", None)
    make.entered(sides[-1])
    assert make.seen(amendment) == ("IN_FORCE", TODAY)
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.signed_text is not None
    assert agreement.signed_text.lines == before
    lines = {one.key: one for one in text_of(agreement).lines}
    assert (lines["2.6"].text, lines["2.6"].mark.startswith("w brzmieniu aneksu nr 1 z ")) == (
        "Nowa treść.",
        True,
    )
    day_before = {one.key: one for one in text_of(agreement, TODAY - timedelta(days=1)).lines}
    assert day_before["2.6"].text.startswith("Strony niniejszego Porozumienia, kierując się")
    assert Entry.objects.filter(verb="AMENDMENT_IN_FORCE").count() == 1


def test_it_waits_for_its_day_and_comes_into_force_that_night() -> None:
    day = TODAY + timedelta(days=25)
    amendment = make.all_signed(make.lying(force="DAY", force_on=day))
    make.at_night(24)
    assert make.seen(amendment) == ("SIGNING", None)
    with pytest.raises(Problem, match="nie można teraz cofnąć"):
        amendment_sending.take_back(
            by=make_draft.by(), amendment_id=amendment.pk, version=1, reason="x"
        )
    make.at_night(25)
    make.at_night(26)
    assert make.seen(amendment) == ("IN_FORCE", day)


@pytest.mark.parametrize(
    ("count", "missing"), [(2, "podpisu 1\u00a0Strony"), (0, "podpisów 3\u00a0Stron")]
)
def test_it_fails_when_a_signature_is_missing_after_the_last_day(count: int, missing: str) -> None:
    amendment = make.lying()
    for side in list(amendment.sides.all())[:count]:
        make.entered(side)
    make.at_night(20)
    assert make.seen(amendment) == ("SIGNING", None)
    make.at_night(21)
    assert make.seen(amendment) == ("FAILED", None)
    assert f"brakuje {missing}" in Entry.objects.get(verb="AMENDMENT_FAILED").why
    agreement = Agreement.objects.get()
    assert not any(one.mark for one in text_of(agreement).lines)
    assert str(make.lying(agreement)) == "Aneks nr 2"


def test_a_signature_needs_a_basis_a_day_and_the_file_that_was_sent() -> None:
    amendment = make.lying()
    side = make.side(amendment)
    for fields, name in (
        ({"basis": "RESOLUTION"}, "basis_number"),
        ({"signed_on": TODAY - timedelta(days=1)}, "signed_on"),
        ({"basis_until": TODAY - timedelta(days=1)}, "basis_until"),
    ):
        with pytest.raises(ValidationError) as wrong:
            make.entered(side, **fields)
        assert name in wrong.value.message_dict
    assert amendment.agreement.document is not None
    for content in (pdf.page(), b"%PDF-1.4 broken"):
        with pytest.raises(RejectedUpload):
            make.entered(
                side,
                make_signing.electronic(content) if content == pdf.page() else pdf.upload(content),
                mode="TRUSTED",
            )
    assert (
        make.states(amendment),
        Signature.objects.filter(document=amendment.document).count(),
    ) == (
        ["WAITING"] * 3,
        0,
    )


def test_electronic_signatures_follow_each_other_on_the_file_of_the_aneks() -> None:
    amendment = make.lying()
    first, second, _ = amendment.sides.all()
    assert amendment.document is not None
    file = content_of(amendment.document.pdf)
    one = make.entered(first, make_signing.electronic(file), mode="TRUSTED")
    with pytest.raises(RejectedUpload, match="nie ma wcześniejszego podpisu"):
        make.entered(second, make_signing.electronic(file, "Jan Inny"), mode="TRUSTED")
    make.entered(
        second, make_signing.electronic(content_of(one.file), "Jan Inny", "Podpis2"), mode="TRUSTED"
    )
    assert make.states(amendment) == ["SIGNED", "SIGNED", "WAITING"]


def test_a_refusal_has_its_reason_and_is_taken_back_before_the_party_signs() -> None:
    amendment = make.lying()
    side = make.turned_down(make.side(amendment))
    with pytest.raises(Problem, match="odmawia podpisu"):
        make.entered(side)
    amendment_signing.come_back(by=make_draft.by(), side_id=side.pk, version=1)
    make.entered(side)
    assert make.states(amendment) == ["SIGNED", "WAITING", "WAITING"]


def test_what_is_taken_back_makes_signatures_void_and_keeps_its_number() -> None:
    amendment = make.lying()
    make.entered(make.side(amendment))
    amendment_sending.take_back(
        by=make_draft.by(), amendment_id=amendment.pk, version=1, reason="Błąd"
    )
    assert make.states(amendment) == ["WAITING"] * 3
    make.reworded(amendment, "2.5", "Koszty każdy ponosi sam.")
    again = make.sent(amendment)
    assert (str(again), Signature.objects.valid_for(again).count()) == ("Aneks nr 1", 0)
    assert make.seen(make.all_signed(again)) == ("IN_FORCE", TODAY)


def test_the_team_meets_as_the_aneks_says_from_the_day_of_its_force() -> None:
    agreement = make.agreement("A", meetings_count=1, meetings_period="YEAR")
    amendment = make.begun(agreement)
    make.rhythm(amendment, 2, "QUARTER")
    make.moved(amendment, "ratusz")
    make.all_signed(make.sent(amendment))
    team = Team.objects.get(rests_on=agreement.pk)
    before, now = (team.terms_on(TODAY - timedelta(days=days)) for days in (1, 0))
    assert before is not None
    assert now is not None
    assert (before.rhythm, before.where) == ("co najmniej raz w roku", "siedziba Partnera nr 1")
    assert (now.rhythm, now.where) == ("co najmniej 2 razy na kwartał", "ratusz")
    said = " ".join(one.text for one in text_of(agreement).lines)
    assert "nie rzadziej niż 2 razy na kwartał" in said
    assert "Miejscem spotkań jest ratusz" in said


def test_a_county_team_meets_no_rarer_than_each_quarter() -> None:
    amendment = make.begun(make.agreement())
    for count, period in ((1, "HALF_YEAR"), (2, "HALF_YEAR"), (12, "YEAR")):
        with pytest.raises(ValidationError, match="co najmniej raz w każdym kwartale"):
            make.rhythm(amendment, count, period)
    assert not amendment.changes.exists()
    assert make.rhythm(amendment, 1, "MONTH").text.endswith("nie rzadziej niż raz w miesiącu.")


def test_its_way_into_force_is_said_in_whole_sentences() -> None:
    day = TODAY + timedelta(days=25)
    amendment = make.lying(force="DAY", force_on=day)
    assert amendment.document is not None
    context = amendment.document.context
    assert context["force"] == f"Aneks wchodzi w życie w ustalonym dniu ({pl_date(day)})."
    assert context["cover"]["force"] == f"w ustalonym dniu ({pl_date(day)})"


def test_the_database_keeps_one_open_and_none_in_force_without_its_day() -> None:
    amendment = make.lying()
    for values in ({"state": "IN_FORCE"}, {"document": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Amendment.objects.filter(pk=amendment.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.create(agreement=amendment.agreement)
    assert AmendmentSide.objects.count() == 3
