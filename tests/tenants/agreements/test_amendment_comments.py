"""Clauses of the draft of an aneks are commented on, answered and closed before it is signed (POR)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.agreements import perms, today
from tenants.agreements.actions import comments
from tenants.agreements.models import Agreement, Amendment, ClauseComment, CommentReply
from tenants.agreements.said import open_names
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.teams.sides import LEAD
from tests.factories import agreement_life as life
from tests.factories import agreements as make_draft
from tests.factories import amendments as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"
TODAY = timezone.localdate()
by = make_people.by


@pytest.fixture
def agreement(in_partnership: TenantRef) -> Agreement:
    """C in force between three institutions, each with a head."""
    return make.of_organisations()


@pytest.fixture
def amendment(agreement: Agreement) -> Amendment:
    """A whole draft that the parties read: it changes one clause and takes one out."""
    draft = make.begun(agreement)
    make.reworded(draft, "2.5", "Koszty każdy ponosi sam.")
    make.removed(draft, "2.6")
    make.shared(draft)
    return Amendment.objects.get(pk=draft.pk)


@pytest.fixture
def school(agreement: Agreement) -> Organisation:
    of = agreement.parties.all()[0].organisation
    assert of is not None
    return of


@pytest.fixture
def head(school: Organisation) -> Person:
    return school.heads()[0]


@pytest.fixture
def lead(in_partnership: TenantRef) -> Person:
    return make_people.lead()


def told(code: str, person: Person) -> list[str]:
    """The subjects of what somebody is told, without the unit."""
    rows = Outgoing.objects.filter(kind="MAIL", payload__code=code, payload__email=person.email)
    return [row.payload["subject"].split(" – ")[0] for row in rows.order_by("pk")]


def everything() -> list[Any]:
    tables = (ClauseComment, CommentReply, Entry, Outgoing)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


def test_a_party_asks_the_office_which_answers_and_the_party_closes(
    amendment: Amendment, head: Person, lead: Person
) -> None:
    comment = make.comment(amendment, by(head), asked=LEAD)
    subject = "Uwaga do projektu aneksu (§ 2 ust. 5)"
    assert (told("CLAUSE_COMMENTED", lead), told("CLAUSE_COMMENTED", head)) == ([subject], [])
    (row,) = today.comments_wait(lead, TODAY)
    assert row.title == "Odpowiedz na uwagę do aneksu (§ 2 ust. 5)"
    make_draft.answer(comment, by(lead))
    answered = ["Odpowiedź na uwagę do projektu aneksu (§ 2 ust. 5)"]
    assert (told("COMMENT_ANSWERED", head), told("COMMENT_ANSWERED", lead)) == (answered, [])
    assert list(today.comments_wait(lead, TODAY)) == []
    with pytest.raises(Refused):
        make_draft.closed(comment, by(lead))
    make_draft.closed(comment, by(head))
    saved = ClauseComment.objects.get()
    assert (saved.is_open, saved.closed_by, saved.amendment) == (False, head, amendment)


def test_the_office_asks_a_party_which_waits_for_its_people(
    amendment: Amendment, school: Organisation, head: Person, lead: Person
) -> None:
    make.comment(amendment, by(lead), clause="2.6", asked=str(school.pk))
    subject = "Uwaga do projektu aneksu (§ 2 ust. 6 (skreślane))"
    assert (told("CLAUSE_COMMENTED", head), told("CLAUSE_COMMENTED", lead)) == ([subject], [])
    (row,) = today.comments_wait(head, TODAY)
    assert row.title.startswith("Odpowiedz na uwagę do aneksu")
    assert list(today.comments_wait(lead, TODAY)) == []


def test_while_one_is_open_it_is_not_sent_to_be_signed(
    amendment: Amendment, head: Person, lead: Person
) -> None:
    comment = make.comment(amendment, by(head))
    with pytest.raises(Problem) as told_why:
        make.sent(amendment)
    assert told_why.value.explanation == "Do uzupełnienia: zamknięcie uwag: § 2 ust. 5."
    assert Amendment.objects.get().state == "DRAFT"
    make_draft.closed(comment, by(head))
    assert make.sent(amendment).state == "SIGNING"
    before = everything()
    for act in (
        lambda: make.comment(amendment, by(head)),
        lambda: make_draft.answer(comment, by(lead)),
    ):
        with pytest.raises(Problem, match="nie można teraz zmienić"):
            act()
    assert everything() == before


@pytest.mark.parametrize("who", ["not shared", "left", "stranger"])
def test_whoever_does_not_read_the_draft_says_nothing(
    agreement: Agreement, amendment: Amendment, school: Organisation, head: Person, who: str
) -> None:
    if who == "not shared":
        Amendment.objects.update(shared_on=None)
    elif who == "left":
        life.leave(agreement.parties.get(organisation=school))
    else:
        head = make_people.head(make_people.organisation())
    before = everything()
    with pytest.raises(Refused):
        make.comment(amendment, by(head))
    assert not perms.see_negotiation(head, Amendment.objects.get())
    assert everything() == before


def test_comments_of_the_agreement_and_of_its_aneks_are_apart(
    agreement: Agreement, amendment: Amendment, head: Person
) -> None:
    ClauseComment.objects.create(
        agreement=agreement, clause="2.2", clause_name="§ 2 ust. 2", text="Stara.", author=head
    )
    comment = make.comment(amendment, by(head))
    assert open_names(agreement) == ["§ 2 ust. 2"]
    assert open_names(amendment) == ["§ 2 ust. 5"]
    assert comment.draft == amendment
    with pytest.raises(Amendment.DoesNotExist):
        comments.comment(
            by=by(head),
            agreement_id=make.agreement().pk,
            amendment_id=amendment.pk,
            key=comment.pk,
            clause="2.5",
            asked="",
            text="Inna.",
        )


@pytest.mark.parametrize(
    ("values", "words"),
    [({"clause": "9.9"}, "nie ma już w tekście"), ({"asked": LEAD}, "tylko inną Stronę")],
)
def test_a_comment_that_cannot_be_is_said_beside_its_field(
    amendment: Amendment, lead: Person, values: dict[str, str], words: str
) -> None:
    before = everything()
    with pytest.raises(ValidationError, match=words):
        make.comment(amendment, by(lead), **values)
    assert everything() == before


def test_it_is_written_on_the_page_of_the_aneks_and_read_there(
    in_partnership: TenantRef, amendment: Amendment, school: Organisation
) -> None:
    client, _ = make_people.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=school)
    at = f"{AT}/aneksy/{amendment.pk}/"
    assert f"{at}uwagi/nowa/?postanowienie=2.5" in text_of(client.get(at))
    page = client.get(f"{at}uwagi/nowa/?postanowienie=2.5")
    assert "Koszty każdy ponosi sam." in text_of(page)
    key = page.context["form"]["key"].value()
    said = {"key": key, "clause": "2.5", "text": "A dojazdy?", "asked": LEAD}
    sent = client.post(f"{at}uwagi/nowa/", said)
    comment = ClauseComment.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"{AT}/uwagi/{comment.pk}/")
    shown = text_of(client.get(sent["Location"]))
    assert "brzmi z tym aneksem tak" in shown
    assert f'href="{at}uwagi/"' in shown
    assert "A dojazdy?" in text_of(client.get(f"{at}uwagi/"))
    assert "1 uwaga do projektu" in text_of(client.get(at))
