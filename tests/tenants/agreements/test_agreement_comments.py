"""Clauses of a draft are commented on, answered and closed before it is signed (POR preamble)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.guard.kinds import PASSED, Kind
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements.actions import additions, comments, parties
from tenants.agreements.exit import write_agreements
from tenants.agreements.models import Addition, Agreement, ClauseComment, CommentReply
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.sides import LEAD
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.kooperacja.guard.planted import PLANTED
from tests.tenants.agreements.test_agreement_pages import Sheets
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"
by = make_people.by


@pytest.fixture
def school(in_partnership: TenantRef) -> Organisation:
    return make_people.organisation(name="Szkoła Podstawowa w Kamieniu")


@pytest.fixture
def head(school: Organisation) -> Person:
    return make_people.person(Role.PARTNER_HEAD, organisation=school)


@pytest.fixture
def lead(in_partnership: TenantRef) -> Person:
    return make_people.lead()


@pytest.fixture
def agreement(school: Organisation, lead: Person) -> Agreement:
    return make.before(school, by(lead))


def told(code: str) -> list[str]:
    """Addresses to which messages of this kind go."""
    rows = Outgoing.objects.filter(kind="MAIL", payload__code=code).order_by("pk")
    return [row.payload["email"] for row in rows]


def everything() -> list[Any]:
    tables = (ClauseComment, CommentReply, Entry, Outgoing)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


# --- A comment and its answer ----------------------------------------------------------------------


def test_a_party_asks_the_office_which_answers_and_the_party_closes(
    agreement: Agreement, head: Person, lead: Person
) -> None:
    comment = make.comment(agreement, by(head), asked=LEAD)
    assert str(comment).endswith("(§ 2 ust. 2)") and comment.text_number == 1
    assert told("CLAUSE_COMMENTED") == [lead.email]
    make.answer(comment, by(lead))
    make.answer(comment, by(head), "Dziękujemy.")
    assert told("COMMENT_ANSWERED") == [head.email, lead.email]
    make.closed(comment, by(head))
    saved = ClauseComment.objects.get()
    assert (saved.is_open, saved.closed_by, saved.side) == (False, head, str(head_of(saved)))
    verbs = Entry.objects.filter(verb__contains="COMMENT").order_by("pk")
    assert [one.verb.removeprefix("AGREEMENT_") for one in verbs] == [
        "COMMENTED",
        "COMMENT_ANSWERED",
        "COMMENT_ANSWERED",
        "COMMENT_CLOSED",
    ]
    assert not any(comment.text in str(one.data) for one in verbs)


def head_of(comment: ClauseComment) -> Organisation:
    assert comment.organisation
    return comment.organisation


def test_whoever_is_asked_is_told_and_else_the_office_of_what_a_party_says(
    agreement: Agreement, school: Organisation, head: Person, lead: Person
) -> None:
    make.comment(agreement, by(lead))
    assert told("CLAUSE_COMMENTED") == []
    make.comment(agreement, by(lead), asked=str(school.pk))
    make.comment(agreement, by(head))
    assert told("CLAUSE_COMMENTED") == [head.email, lead.email]
    texts = [row.payload["text"] for row in Outgoing.objects.filter(kind="MAIL").order_by("pk")]
    assert "Ośrodek ma uwagę do projektu porozumienia i prosi o odpowiedź." in texts[-2]
    assert "Szkoła Podstawowa w Kamieniu ma uwagę do projektu porozumienia." in texts[-1]


def test_the_office_comments_before_the_parties_read_and_asks_none_of_them(
    school: Organisation, head: Person, lead: Person
) -> None:
    agreement = make.whole("C", 2, by(lead))
    make.party(agreement, school, who=by(lead))
    make.comment(agreement, by(lead))
    before = everything()
    with pytest.raises(ValidationError, match="nie czyta projektu"):
        make.comment(agreement, by(lead), asked=str(school.pk))
    with pytest.raises(Refused):
        make.comment(agreement, by(head))
    assert everything() == before


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"asked": LEAD}, "tylko inną Stronę"),
        ({"asked": str(uuid7())}, "nie czyta projektu"),
        ({"clause": "9.9"}, "nie ma już w tekście"),
        ({"clause": "title"}, "nie ma już w tekście"),
        ({"of": str(uuid7())}, "w czyim imieniu"),
    ],
)
def test_a_comment_that_cannot_be_is_said_beside_its_field(
    agreement: Agreement, lead: Person, values: dict[str, str], words: str
) -> None:
    before = everything()
    with pytest.raises(ValidationError, match=words):
        make.comment(agreement, by(lead), **values)
    assert everything() == before


def test_sent_twice_it_is_one_comment_and_one_answer(agreement: Agreement, lead: Person) -> None:
    key = uuid7()
    said: Any = {"by": by(lead), "key": key, "text": "Czy to wystarczy?"}
    comments.comment(agreement_id=agreement.pk, clause="2.2", asked="", **said)
    with pytest.raises(AlreadySaved):
        comments.comment(agreement_id=agreement.pk, clause="2.2", asked="", **said)
    comments.answer(comment_id=key, **said)
    with pytest.raises(AlreadySaved):
        comments.answer(comment_id=key, **said)
    assert (ClauseComment.objects.count(), CommentReply.objects.count()) == (1, 1)


# --- Who closes it, and when -------------------------------------------------------------------------


def test_a_colleague_closes_it_and_no_other_side_does(
    agreement: Agreement, school: Organisation, head: Person, lead: Person
) -> None:
    other = make_people.organisation(name="Szpital")
    make.party(agreement, other, who=by(lead))
    comment = make.comment(agreement, by(head))
    before = everything()
    stranger = make_people.person(Role.PARTNER_HEAD, organisation=make_people.organisation())
    for person in (lead, make_people.person(Role.PARTNER_HEAD, organisation=other), stranger):
        with pytest.raises(Refused):
            make.closed(comment, by(person))
    with pytest.raises(Refused):
        make.answer(comment, by(stranger))
    assert everything() == before
    RoleAssignment.objects.filter(person=head).update(ended_on="2026-01-01")
    make.closed(comment, by(make_people.person(Role.PARTY, organisation=school)))
    assert not ClauseComment.objects.open().exists()


@pytest.mark.parametrize("how", ["taken out", "nobody left"])
def test_the_office_closes_for_a_party_that_has_nobody(
    agreement: Agreement, school: Organisation, head: Person, lead: Person, how: str
) -> None:
    comment = make.comment(agreement, by(head))
    if how == "taken out":
        party = agreement.parties.get(organisation=school)
        parties.remove_party(by=by(lead), party_id=party.pk, version=party.version)
        with pytest.raises(Refused):
            make.closed(comment, by(head))
    else:
        RoleAssignment.objects.filter(person=head).update(ended_on="2026-01-01")
    make.closed(comment, by(lead))
    assert "Za Stronę" in Entry.objects.get(verb="AGREEMENT_COMMENT_CLOSED").why


def test_an_answer_that_its_closer_has_not_read_comes_first(
    agreement: Agreement, head: Person, lead: Person
) -> None:
    comment = make.comment(agreement, by(head))
    make.answer(comment, by(lead))
    with pytest.raises(StaleForm):
        comments.close(by=by(head), comment_id=comment.pk, version=0)
    make.closed(comment, by(head))
    with pytest.raises(AlreadySaved):
        make.closed(comment, by(head))
    with pytest.raises(Problem, match="jest zamknięta"):
        make.answer(comment, by(lead))


def test_it_is_only_read_once_the_draft_is_none(agreement: Agreement, lead: Person) -> None:
    comment = make.comment(agreement, by(lead))
    agreement.refresh_from_db()
    make.discarded(agreement, by(lead))
    before = everything()
    for attempt in (make.closed, make.answer):
        with pytest.raises(Problem, match="nie można teraz zmienić"):
            attempt(comment, by(lead))
    with pytest.raises(Problem, match="nie można teraz zmienić"):
        make.comment(agreement, by(lead))
    assert everything() == before


def test_what_is_open_is_named_before_signing_also_of_a_clause_that_went(
    agreement: Agreement, head: Person, lead: Person
) -> None:
    comments.require_none_open(agreement)
    own = make.addition(agreement, "after:2.1", "Spotkania prowadzi Partner nr 1.", by(lead))
    gone = make.comment(agreement, by(head), clause=f"own:{own.pk}")
    moved = make.comment(agreement, by(lead), clause="2.3")
    assert (gone.clause_name, moved.clause_name) == ("§ 2 ust. 2", "§ 2 ust. 4")
    additions.remove(by=by(lead), addition_id=own.pk, version=0)
    with pytest.raises(Problem) as problem:
        comments.require_none_open(agreement)
    assert "§ 2 ust. 3; § 2 ust. 2 (usunięte)." in problem.value.explanation
    make.closed(moved, by(lead))
    with pytest.raises(Problem):
        comments.require_none_open(agreement)
    make.closed(gone, by(head))
    comments.require_none_open(agreement)


# --- On the pages --------------------------------------------------------------------------------------


@pytest.fixture
def partner(in_partnership: TenantRef, school: Organisation) -> Client:
    client, _ = make_people.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=school)
    return client


@pytest.fixture
def office(in_partnership: TenantRef) -> Client:
    client, _ = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)
    return client


def sent(page: Any, **fields: Any) -> dict[str, Any]:
    """The values that a form shows, but for those that are typed."""
    form = page.context["form"]
    shown = {one.html_name: one.value() for one in form if one.value() is not None}
    return {**shown, **fields}


def test_a_party_goes_from_a_clause_to_its_comment_and_closes_it(
    agreement: Agreement, partner: Client, office: Client, partnership: TenantRef
) -> None:
    text = f"{AT}/{agreement.pk}/tekst/"
    new = f"{AT}/{agreement.pk}/uwagi/nowa/?postanowienie=2.2"
    assert f'href="{new}">Skomentuj<span class="visually-hidden">: § 2 ust. 2<' in (
        partner.get(text).content.decode().replace("\u00a0", " ")
    )
    page = partner.get(new)
    assert page.context["form"]["clause"].value() == "2.2"
    done = partner.post(new, sent(page, text="Dwa razy?", asked=LEAD))
    at = done["Location"]
    assert "1 uwaga<" in text_of(partner.get(text))
    answer = f"{at}odpowiedz/"
    assert office.post(answer, sent(office.get(answer), text="Raz."))["Location"] == at
    assert office.get(f"{at}zamkniecie/").status_code == 403
    assert "Zamknij uwagę" not in text_of(office.get(at))
    assert "Raz." in text_of(partner.get(at))
    close = f"{at}zamkniecie/"
    assert partner.post(close, sent(partner.get(close))).status_code == 302
    with inside(partnership):
        assert not ClauseComment.objects.open().exists()


def test_the_list_goes_by_the_text_and_ends_with_clauses_that_went(
    agreement: Agreement, lead: Person, office: Client
) -> None:
    own = make.addition(agreement, "after:2.2", "Własny ustęp.", by(lead))
    for clause in (f"own:{own.pk}", "4.1", "preamble", "1.1"):
        make.comment(agreement, by(lead), f"Do {clause[:4]}!", clause=clause)
    make.closed(make.comment(agreement, by(lead), "Zamknięta treść", clause="1.2"), by(lead))
    additions.remove(by=by(lead), addition_id=own.pk, version=0)
    at = f"{AT}/{agreement.pk}/uwagi/"
    page = text_of(office.get(at))
    words = ["Do prea!", "Do 1.1!", "Do 4.1!", "Do usuniętych postanowień", "Do own:!"]
    places = [page.index(one) for one in words]
    assert places == sorted(places) and "Zamknięta treść" not in page
    every = text_of(office.get(f"{at}?stan=wszystkie"))
    assert every.index("Do own:!") < every.index("Zamknięta treść")
    only = text_of(office.get(f"{at}?postanowienie=4.1"))
    assert "Do 4.1!" in only and "Do 1.1!" not in only
    assert "5 uwag do projektu</a>, w tym 4 otwarte" in text_of(office.get(f"{AT}/{agreement.pk}/"))


def test_a_comment_says_what_became_of_its_clause_since(
    agreement: Agreement, lead: Person, office: Client
) -> None:
    comment = make.comment(agreement, by(lead), clause="2.2")
    make.addition(agreement, "after:2.1", "Własny ustęp.", by(lead))
    page = text_of(office.get(f"{AT}/uwagi/{comment.pk}/"))
    assert "§ 2 ust. 3 (gdy zgłaszano uwagę: § 2 ust. 2) brzmi teraz tak:" in page
    since = f"{AT}/{agreement.pk}/roznice/?od=1"
    assert since in page
    assert "Własny ustęp." in text_of(office.get(since))


def test_who_acts_for_two_sides_says_for_which(
    agreement: Agreement, school: Organisation, in_partnership: TenantRef, office: Client
) -> None:
    person = Person.objects.get(role_assignments__role=Role.NETWORK_OFFICER)
    RoleAssignment.objects.create(
        person=person,
        role=Role.PARTNER_HEAD,
        organisation=school,
        from_on="2026-01-01",
        granted_by="x",
    )
    at = f"{AT}/{agreement.pk}/uwagi/nowa/?postanowienie=2.2"
    assert office.post(at, sent(office.get(at), text="Czy tak?")).status_code == 422
    done = office.post(at, sent(office.get(at), text="Czy tak?", of=str(school.pk)))
    assert done.status_code == 302
    with inside(in_partnership):
        assert ClauseComment.objects.get().organisation == school


# --- Personal data -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["uwagi/nowa/?postanowienie=2.2", "odpowiedz/", "koniec"])
def test_what_looks_like_personal_data_is_held_on_each_form(
    agreement: Agreement, lead: Person, office: Client, in_partnership: TenantRef, page: str
) -> None:
    comment = make.comment(agreement, by(lead))
    at = {
        "odpowiedz/": f"{AT}/uwagi/{comment.pk}/odpowiedz/",
        "koniec": f"{AT}/{agreement.pk}/udostepnienie/koniec/",
    }.get(page, f"{AT}/{agreement.pk}/{page}")
    field = "reason" if page == "koniec" else "text"
    office.get(at)  # the first page notes that its reader came
    with inside(in_partnership):
        before = everything()
    for kind in Kind:
        stopped = office.post(at, sent(office.get(at), **{field: f"Mówiono: {PLANTED[kind][0]}."}))
        assert (stopped.status_code, bool(stopped.context["form"].errors[field])) == (422, True)
    with inside(in_partnership):
        assert everything() == before
    # What the office only warns of goes with a reason, which the journal keeps.
    warned = office.post(at, sent(office.get(at), **{field: "Pani Anna Kowalska."}))
    assert office.post(at, sent(warned, guard_reason="Dane zmyślone")).status_code == 302
    with inside(in_partnership):
        assert Entry.objects.get(verb=PASSED).why == "Dane zmyślone"


# --- Two who write one text ----------------------------------------------------------------------------


def test_the_later_of_two_editors_sees_both_texts_and_loses_nothing(
    agreement: Agreement, lead: Person, office: Client, in_partnership: TenantRef
) -> None:
    own = make.addition(agreement, "after:2.2", "Pierwszy tekst.", by(lead))
    clause, blanks = f"{AT}/dodatki/{own.pk}/", f"{AT}/{agreement.pk}/pola/"
    opened = {at: (sent(office.get(at)), sent(office.get(at))) for at in (clause, blanks)}
    for at, name, ours, theirs in (
        (clause, "text", "Tekst pierwszej osoby.", "Tekst drugiej osoby."),
        (blanks, "meeting_place", "ratusz", "biblioteka"),
    ):
        first, second = opened[at]
        assert office.post(at, {**first, name: ours}).status_code == 302
        late = office.post(at, {**second, name: theirs})
        assert late.status_code == 409
        assert ours in text_of(late) and theirs in text_of(late)
        again = office.post(at, {**sent(late), name: theirs})
        assert again.status_code == 302
    with inside(in_partnership):
        assert Addition.objects.get().text == "Tekst drugiej osoby."
        assert Agreement.objects.get().meeting_place == "biblioteka"


def test_the_exit_package_has_comments_with_their_answers(
    agreement: Agreement, head: Person, lead: Person
) -> None:
    comment = make.comment(agreement, by(head), asked=LEAD)
    make.answer(comment, by(lead))
    make.closed(comment, by(head))
    pack = Sheets()
    write_agreements(pack)
    first, second = pack.rows["porozumienia/uwagi"]
    assert first[1:6] == ["§ 2 ust. 2", "uwaga", head.full_name, comment.side, "ośrodek"]
    assert second[2:5] == ["odpowiedź", lead.full_name, "ośrodek"]
    assert first[-1] == head.full_name
