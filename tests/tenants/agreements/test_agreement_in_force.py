"""Agreements come into force at night, by a signature or by their publication (POR)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import localdate

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved
from tenants.agreements import tasks
from tenants.agreements.actions import force as acts
from tenants.agreements.files import name_to_sign
from tenants.agreements.models import Agreement
from tenants.agreements.standing import Standing
from tenants.registry.roles import Role
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import people as make_people

TODAY = localdate


@pytest.fixture
def agreement(in_partnership: TenantRef) -> Agreement:
    """One with three parties that lies before them; its last day is today."""
    return make_force.sent(on=TODAY() - timedelta(days=9), force="DEADLINE", sign_by=TODAY())


def seen(agreement: Agreement) -> tuple[str, date | None]:
    agreement = Agreement.objects.get(pk=agreement.pk)
    return agreement.state, agreement.in_force_from


def at_night(days: int = 0) -> None:
    """The nightly look, so many days from now."""
    by = replace(SYSTEM, day=TODAY() + timedelta(days=days))
    for key in acts.to_look():
        acts.look_at(by=by, agreement_id=key)


def test_the_night_after_the_last_day_brings_it_into_force_once(agreement: Agreement) -> None:
    first, second, third = agreement.parties.all()
    make_force.signed(first, TODAY() - timedelta(days=3))
    make_force.signed(second)
    at_night()
    assert seen(agreement) == ("SIGNING", None)
    at_night(1)
    at_night(2)
    assert seen(agreement) == ("IN_FORCE", TODAY() + timedelta(days=1))
    assert Entry.objects.filter(verb="AGREEMENT_IN_FORCE").count() == 1
    standing = Standing(Agreement.objects.get())
    assert (standing.bound(TODAY()), standing.apart(TODAY())) == ([first, second], [third])


def test_with_one_signature_it_fails_and_the_journal_says_why(agreement: Agreement) -> None:
    make_force.signed(agreement.parties.all()[0])
    at_night(1)
    at_night(2)
    assert seen(agreement) == ("FAILED", None)
    why = Entry.objects.get(verb="AGREEMENT_FAILED").why
    assert "podpisała tylko" in why


def test_signatures_of_a_text_that_was_taken_back_do_not_count(agreement: Agreement) -> None:
    for party in agreement.parties.all():
        make_force.signed(party)
    move(agreement, "DRAFT", by=make.by(), on=TODAY())
    for party in agreement.parties.all():
        move(party, "WAITING", by=make.by(), on=TODAY())
    make_force.sent(agreement)
    at_night(1)
    assert seen(agreement) == ("FAILED", None)


def test_the_last_signature_brings_it_into_force_at_once(in_partnership: TenantRef) -> None:
    agreement = make_force.sent(on=TODAY() - timedelta(days=5), force="LAST")
    days = [TODAY() - timedelta(days=number) for number in (2, 1, 4)]
    for party, day in zip(agreement.parties.all(), days, strict=True):
        acts.look(by=make.by(), agreement=agreement)
        assert seen(agreement) == ("SIGNING", None)
        make_force.signed(party, day)
    acts.look(by=make.by(), agreement=agreement)
    assert seen(agreement) == ("IN_FORCE", max(days))


def test_the_task_of_the_night_looks_and_reminds_and_may_run_twice(
    partnership: TenantRef, agreement: Agreement
) -> None:
    of = make_people.organisation(email="szkola@example.pl")
    waiting = make.draft("A", **make.BLANKS, force="DEADLINE", sign_by=TODAY() + timedelta(days=2))
    make.party(waiting, of)
    make_force.sent(waiting, on=TODAY() - timedelta(days=9))
    Agreement.objects.filter(pk=agreement.pk).update(sign_by=TODAY() - timedelta(days=1))
    for _ in range(2):
        tasks.look_in_one(str(partnership.id))
    assert (seen(agreement)[0], seen(waiting)[0]) == ("FAILED", "SIGNING")
    mails = Outgoing.objects.filter(kind="MAIL", payload__code="AGREEMENT_SIGN_REMINDER")
    assert [one.payload["email"] for one in mails.order_by("id")] == ["szkola@example.pl"]


def test_the_name_of_its_file_counts_a_late_signature_among_those_that_were_asked(
    in_partnership: TenantRef,
) -> None:
    yesterday = TODAY() - timedelta(days=1)
    draft = make.whole("C", 4, force="DEADLINE", sign_by=yesterday)
    *parties, silent = draft.parties.all()
    agreement = make_force.sent(draft, on=yesterday - timedelta(days=9))
    for party, day in zip(parties, (yesterday, yesterday, TODAY()), strict=True):
        make_force.signed(party, day, "QUALIFIED")
    agreement = make_force.looked_at(agreement)
    assert "z podpisami 3 z 4 Stron" in name_to_sign(agreement)
    for one in (parties[2], silent):
        later.signed(later.prepared_again(one))
    life.merge(parties[0], make_people.organisation())
    later.prepared(agreement)
    assert "z podpisami 3 z 3 Stron" in name_to_sign(Agreement.objects.get())


@pytest.fixture
def published(in_partnership: TenantRef) -> Agreement:
    agreement = make_force.sent(on=TODAY() - timedelta(days=5), force="PUBLISHED")
    make_force.signed(agreement.parties.all()[0], TODAY() - timedelta(days=4))
    make_force.signed(agreement.parties.all()[1], TODAY() - timedelta(days=2))
    return agreement


def publish(agreement: Agreement, days_ago: int, by: Actor | None = None) -> None:
    acts.publish(
        by=by or make.by(),
        agreement_id=agreement.pk,
        version=agreement.version,
        published_on=TODAY() - timedelta(days=days_ago),
        where="https://gmina.example/porozumienie",
    )


def test_its_publication_brings_it_into_force_and_the_journal_keeps_where(
    published: Agreement,
) -> None:
    publish(published, 1)
    assert seen(published) == ("IN_FORCE", TODAY() - timedelta(days=1))
    assert Agreement.objects.get().published_on == TODAY() - timedelta(days=1)
    assert Entry.objects.get(verb="AGREEMENT_IN_FORCE").why.startswith("https://gmina")
    with pytest.raises(AlreadySaved):
        publish(published, 1)
    with pytest.raises(Problem):
        publish(published, 0)


@pytest.mark.parametrize(("days_ago", "words"), [(-1, "już"), (6, "wcześniejszy"), (3, "tylko")])
def test_a_day_on_which_it_can_not_have_been_published_changes_nothing(
    published: Agreement, days_ago: int, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        publish(published, days_ago)
    assert seen(published) == ("SIGNING", None)


def test_others_publish_nothing_nor_what_comes_into_force_otherwise(published: Agreement) -> None:
    partner = make_people.by(make_people.person(Role.SOCIAL_WORKER))
    with pytest.raises(Refused):
        publish(published, 1, partner)
    Agreement.objects.update(force="LAST")
    with pytest.raises(Problem, match="nie czeka"):
        publish(published, 1)
    assert seen(published) == ("SIGNING", None)


def page_of(client: Client, agreement: Agreement) -> str:
    at = f"/gmina/gogolin/porozumienia/{agreement.pk}/"
    return " ".join(client.get(at).content.decode().split())


def test_its_page_says_between_whom_it_is_in_force(keeper: Client, agreement: Agreement) -> None:
    first, second, third = agreement.parties.all()
    make_force.signed(first)
    make_force.signed(second)
    make_force.refused(third)
    at_night(1)
    page = page_of(keeper, agreement)
    assert '<h2 id="moc">Obowiązuje</h2>' in page
    assert "Instytucja Przykładowa nr 3 (odmowa podpisu)" in page
    assert "Jeszcze nie obowiązuje" not in page


def test_before_it_nothing_on_its_page_passes_for_an_agreement_in_force(
    keeper: Client, agreement: Agreement
) -> None:
    make_force.signed(agreement.parties.all()[0])
    page = page_of(keeper, agreement)
    assert "Jeszcze nie obowiązuje" in page
    assert "Wejdzie w życie, gdy minie" in page
    assert '<h2 id="moc">Obowiązuje</h2>' not in page


def test_its_page_says_why_it_failed(keeper: Client, agreement: Agreement) -> None:
    at_night(1)
    page = page_of(keeper, agreement)
    assert "nie podpisała żadna Strona" in page
    assert '<h2 id="moc">Obowiązuje</h2>' not in page


def test_the_office_publishes_on_its_page(keeper: Client, published: Agreement) -> None:
    at = f"/gmina/gogolin/porozumienia/{published.pk}/ogloszenie/"
    assert "Wpisać dzień ogłoszenia" in keeper.get(at).content.decode()
    sent = {"version": published.version, "published_on": "2999-01-01", "where": "BIP"}
    assert keeper.post(at, sent).status_code == 422
    assert seen(published) == ("SIGNING", None)
    answer = keeper.post(at, {**sent, "published_on": TODAY().isoformat()})
    assert answer.status_code == 302
    assert seen(published) == ("IN_FORCE", TODAY())
