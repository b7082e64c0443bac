"""A whole draft is sent to be signed as one frozen text, and taken back (POR-C signatures)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.documents.models import Document
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements.actions import drafts, sending
from tenants.agreements.changes import kept
from tenants.agreements.frozen import FrozenText, text_of
from tenants.agreements.models import Agreement, ContactPerson, Party, Signature, TextVersion
from tenants.agreements.text import Text
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.tenants.accession.test_at_once import at_once, tenant

__all__ = ["tenant"]
SAID = {"copies": "ROUND", "copies_count": 3}
in_partnership = pytest.mark.usefixtures("in_partnership")


def send(agreement: Agreement, **values: Any) -> Agreement:
    return sending.send_to_sign(
        by=make.by(),
        agreement_id=agreement.pk,
        version=agreement.version,
        values=SAID | values,
    )


def back(agreement: Agreement, **given: Any) -> Agreement:
    plain = {"version": agreement.version, "reason": "Zmienia się miejsce spotkań."}
    return sending.take_back(by=make.by(), agreement_id=agreement.pk, **{**plain, **given})


def counts() -> tuple[int, int, int]:
    return Document.objects.count(), TextVersion.objects.count(), Entry.objects.count()


@in_partnership
def test_it_is_sent_once_with_the_text_of_that_moment() -> None:
    agreement = make.whole("C")
    version = agreement.version
    sent = send(agreement)
    assert (sent.state, sent.sent_on) == ("SIGNING", timezone.localdate())
    assert (sent.copies, sent.copies_count) == ("ROUND", 3)
    assert sent.signed_text == TextVersion.objects.get()
    assert sent.document == Document.objects.get(subject=agreement.pk)
    assert {one.state for one in sent.parties.all()} == {"WAITING"}
    before = counts()
    with pytest.raises(AlreadySaved):
        sending.send_to_sign(by=make.by(), agreement_id=sent.pk, version=version, values=SAID)
    assert counts() == before


@in_partnership
def test_a_text_that_was_kept_already_is_the_one_that_is_signed() -> None:
    agreement = make.whole("A")
    first = make.kept(agreement)
    assert send(agreement).signed_text == first == TextVersion.objects.get()


@in_partnership
def test_everything_that_lacks_is_named_and_nothing_is_sent() -> None:
    agreement = make.draft("A", force="ENOUGH", enough=5, place="w Krapkowicach")
    make.party(agreement, name="Szpital", seat="", represented_by="", function="")
    before = counts()
    with pytest.raises(Problem) as refused:
        send(agreement)
    assert refused.value.explanation == (
        "Do uzupełnienia: miejsce spotkań; wsparcie samorządu województwa; co najmniej dwie Strony; "
        "Partner nr 1: siedziba, osoba reprezentująca, funkcja osoby reprezentującej, osoba "
        "wyznaczona do współpracy; tyle Stron, ile ma wystarczyć podpisów (5)."
    )
    assert counts() == before
    assert Agreement.objects.get().is_draft


@in_partnership
@pytest.mark.parametrize(
    ("force", "name"), [("LAST", "sign_by"), ("DEADLINE", "sign_by"), ("DAY", "force_on")]
)
def test_a_day_that_is_over_is_named(force: str, name: str) -> None:
    today = timezone.localdate()
    agreement = make.whole("B", force=force, **{name: today - timedelta(days=1)})
    with pytest.raises(Problem, match="nie można jeszcze") as refused:
        send(agreement)
    assert "który jeszcze nie minął" in refused.value.explanation
    drafts.edit(
        by=make.by(), agreement_id=agreement.pk, version=agreement.version, values={name: today}
    )
    agreement.refresh_from_db()
    assert send(agreement).is_signing


@in_partnership
@pytest.mark.parametrize(("copies", "count"), [("ROUND", 2), ("COUNTERPARTS", 4)])
def test_each_party_gets_a_copy(copies: str, count: int) -> None:
    agreement = make.whole("A", 3)
    with pytest.raises(ValidationError, match="Stron"):
        send(agreement, copies=copies, copies_count=count)
    assert not Document.objects.exists()
    assert send(agreement, copies=copies, copies_count=None).copies_count == 3


@in_partnership
def test_who_does_not_write_it_sends_and_takes_back_nothing() -> None:
    partner = make_people.by(make_people.person(Role.SOCIAL_WORKER))
    agreement = make.whole("A")
    given = {"by": partner, "agreement_id": agreement.pk}
    with pytest.raises(Refused):
        sending.send_to_sign(**given, version=agreement.version, values=SAID)
    sent = send(agreement)
    with pytest.raises(Refused):
        sending.take_back(**given, version=sent.version, reason="x")
    assert Agreement.objects.get().is_signing


@in_partnership
def test_a_draft_that_changed_meanwhile_is_not_sent() -> None:
    agreement = make.whole("A")
    late = agreement.version
    drafts.edit(by=make.by(), agreement_id=agreement.pk, version=late, values={"place": "w Opolu"})
    with pytest.raises(StaleForm):
        sending.send_to_sign(by=make.by(), agreement_id=agreement.pk, version=late, values=SAID)
    assert not Document.objects.exists()


@in_partnership
def test_taken_back_it_is_a_draft_and_what_was_signed_is_void() -> None:
    sent = send(make.whole("C", 3))
    first, second = sent.parties.all()[:2]
    make.signed(first)
    Party.objects.filter(pk=second.pk).update(state="REFUSED")
    draft = back(sent)
    assert (draft.state, draft.sent_on, draft.document) == ("DRAFT", None, None)
    assert {one.state for one in draft.parties.all()} == {"WAITING"}
    assert Entry.objects.filter(verb="AGREEMENT_PARTY_ASKED_AGAIN").count() == 2
    with pytest.raises(AlreadySaved):
        back(sent, version=sent.version)
    again = send(draft)
    assert again.document is not None
    assert (again.document.version, again.signed_text) == (2, sent.signed_text)
    assert not Signature.objects.filter(document=again.document).exists()


@in_partnership
def test_a_draft_that_nobody_sent_is_not_taken_back() -> None:
    agreement = make.whole("A")
    before = counts()
    for version in (agreement.version, agreement.version - 1):
        with pytest.raises(Problem, match="nie można teraz cofnąć"):
            back(agreement, version=version)
    assert counts() == before


@in_partnership
@pytest.mark.parametrize("variant", "ABC")
def test_the_frozen_text_reads_as_the_draft_did(variant: str) -> None:
    agreement = make.whole(variant, 3)
    make.addition(agreement, "end", "Spory rozstrzyga się polubownie.", heading="Spory")
    make.addition(agreement, "end", "Bez tytułu.")
    make.addition(agreement, "after:1.1", "Własny ustęp.")
    draft = Text(agreement)
    before = (draft.everything(), draft.party_lines(), draft.paragraphs, draft.closing)
    frozen = text_of(send(agreement, copies_count=None))
    assert isinstance(frozen, FrozenText)
    assert (frozen.everything(), frozen.party_lines(), frozen.paragraphs, frozen.closing) == before
    assert [said for _, said in frozen.listed()] == (
        [one.said for people in draft.contacts.values() for one in people] * (variant == "C")
    )


@in_partnership
def test_no_row_that_changes_later_changes_the_text() -> None:
    agreement = make.draft("C", **{**make.BLANKS, "force": "LAST"})
    for name in ("Szkoła Przykładowa", "Szpital Przykładowy"):
        make.contact(make.party(agreement, make_people.organisation(name=name)))
    agreement.refresh_from_db()
    sent = send(agreement)
    Organisation.objects.update(name="Zespół Szkół")
    Party.objects.update(name="Zespół Szkół")
    ContactPerson.objects.update(full_name="Inna Osoba", from_on=timezone.localdate())
    now = Agreement.objects.get(pk=sent.pk)
    assert sent.signed_text is not None
    assert kept(text_of(now).everything()) == sent.signed_text.lines
    assert now.document is not None
    words = str(now.document.context) + str(text_of(now).listed())
    assert "Jan Przykładowy" in words
    assert "Zespół Szkół" not in words
    assert "Inna Osoba" not in words


def test_of_two_who_send_it_at_once_one_makes_the_document(tenant: TenantRef) -> None:
    with inside(tenant):
        agreement, by = make.whole("A"), make.by()
    given = {"by": by, "agreement_id": agreement.pk, "version": agreement.version}
    results = at_once(tenant, *[lambda: sending.send_to_sign(**given, values=SAID)] * 2)
    assert sorted(type(one).__name__ for one in results) == ["Agreement", "AlreadySaved"], results
    with inside(tenant):
        assert Document.objects.filter(subject=agreement.pk).count() == 1
        assert TextVersion.objects.count() == 1
