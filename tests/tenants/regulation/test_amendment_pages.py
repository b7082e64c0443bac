"""A change of the regulation through the browsers of eight kooperanci and the Lider (REG §9)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationBallot, RegulationVersion, RegulationVote
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.factories import regulation as make_regulation
from tests.factories import revisions, signatures, voting
from tests.tenants.accession.test_leaving import resign
from tests.tenants.reading import HOME, queries_of, text_of
from tests.tenants.regulation.test_regulation import PAGE, parameters

Voters = list[tuple[Organisation, Client]]


@pytest.fixture
def office(in_partnership: TenantRef) -> Client:
    client, _ = make.signed_in(in_partnership, Role.LEAD)
    return client


@pytest.fixture
def voters(in_partnership: TenantRef) -> Voters:
    """Eight kooperanci, each with its coordinator's browser."""
    return [
        (one, make.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=one)[0])
        for one in voting.members(8)
    ]


def put_to_the_vote(office: Client) -> str:
    """The address of a change that the office wrote and opened to votes."""
    url = office.post(PAGE + "zmiana/", {"key": uuid7()}).headers["Location"]
    draft = RegulationVersion.objects.get(state="DRAFT")
    data = parameters(draft, meetings_count=2, justification="Spotykamy się za rzadko.")
    office.post(url + "parametry/", data)
    today = timezone.localdate()
    until = (today + timedelta(days=14)).isoformat()
    sent = {"voting_from": today.isoformat(), "voting_until": until, "version": 1}
    assert office.post(url + "glosowanie/", sent).headers["Location"] == url
    return str(url)


def cast(client: Client, url: str, of: Organisation | None, choice: str) -> Any:
    ballot = RegulationBallot.objects.get(organisation=of)
    return client.post(url + "glos/", {"ballot": ballot.pk, "choice": choice}, follow=True)


def test_a_change_with_half_of_nine_fails(office: Client, voters: Voters) -> None:
    url = put_to_the_vote(office)
    for number, (of, client) in enumerate(voters):
        assert "Zagłosuj nad zmianą regulaminu" in text_of(client.get(HOME))
        cast(client, url, of, "YES" if number < 3 else "NO")
    assert "Zamknij głosowanie nad zmianą" in text_of(office.get(HOME))
    cast(office, url, None, "YES")

    assert "Potrzeba więcej niż połowy" in text_of(office.get(url + "zamkniecie/"))
    page = text_of(office.post(url + "zamkniecie/", follow=True))

    assert "Zmiana nie uzyskała wymaganej większości" in page
    assert RegulationVersion.objects.get(amends__isnull=False).state == "REJECTED"
    assert "Wersja 1" in text_of(voters[0][1].get(PAGE))


def test_a_change_that_all_but_the_lead_want_fails_and_the_page_says_why(
    office: Client, voters: Voters
) -> None:
    url = put_to_the_vote(office)
    cast(office, url, None, "NO")
    for of, client in voters:
        cast(client, url, of, "YES")
    why = "iększość członków była „za”, ale zmiana wymaga też zgody Lidera, a jej nie ma"
    asked = text_of(office.get(url + "zamkniecie/"))
    assert "„Za” głosowało 8 z 9 uprawnionych: w" + why in asked

    day = timezone.localdate().isoformat()
    form = {"adopted_on": day, "adopted_place": "Gogolin", "in_force_from": day}
    page = text_of(office.post(url + "zamkniecie/", form, follow=True))

    assert "W" + why in page
    assert "W" + why in text_of(voters[0][1].get(url))
    change = RegulationVersion.objects.get(amends__isnull=False)
    assert (change.state, change.number) == ("REJECTED", None)
    letters = Outgoing.objects.filter(kind="MAIL", payload__code="REGULATION_VOTING_ENDED")
    assert letters.exists()
    assert all("w" + why in one.payload["subject"] for one in letters)
    assert "Wersja 1" in text_of(voters[0][1].get(PAGE))


def test_who_resigned_before_voting_is_told_and_did_not_agree(
    office: Client, voters: Voters, lead: Person
) -> None:
    url = put_to_the_vote(office)
    for of, client in voters[:4]:
        cast(client, url, of, "YES")
    yesterday = timezone.localdate() - timedelta(days=1)
    RegulationVersion.objects.filter(state="VOTING").update(voting_from=yesterday)
    resign(voters[7][0], lead, timezone.localdate())

    late = office.post(url + "glos-z-pisma/", on_paper(voters[7][0]))
    cast(office, url, None, "YES")

    assert late.status_code == 409
    assert "Ta instytucja nie może już głosować" in text_of(late)
    assert "Głos nie został zapisany." in text_of(late)
    assert voters[7][1].post(url + "glos/").status_code == 403
    page = text_of(office.get(url + "zamkniecie/"))
    assert "„Za” głosowało 5 z 9 uprawnionych, w tym Lider" in page


def on_paper(of: Organisation) -> dict[str, Any]:
    ballot, day = RegulationBallot.objects.get(organisation=of), timezone.localdate()
    return {"ballot": ballot.pk, "choice": "YES", "cast_on": day, "file": make.pdf("g.pdf")}


def test_the_question_before_the_end_repeats_what_is_to_be_checked_in_signed_votes(
    office: Client, voters: Voters
) -> None:
    url = put_to_the_vote(office)
    stamped = revisions.annotated(signatures.signed("Jan Dyrektor"))
    sent = on_paper(voters[0][0]) | {"is_electronic": "on", "file": signatures.upload(stamped)}
    office.post(url + "glos-z-pisma/", sent)
    for of, client in voters[1:4]:
        cast(client, url, of, "YES")
    cast(office, url, None, "YES")

    page = text_of(office.get(url + "zamkniecie/"))

    assert "Zamknąć głosowanie i przyjąć zmianę?" in page
    assert "Co sprawdzić w podpisie elektronicznym" in page
    assert ": Po podpisaniu na stronie 1 dodano uwagę albo pieczątkę." in page


def test_a_change_with_five_of_nine_and_the_lead_passes(office: Client, voters: Voters) -> None:
    url = put_to_the_vote(office)
    for of, client in voters[:4]:
        assert "Zapisano głos" in text_of(cast(client, url, of, "YES"))
    assert office.get(url + "zamkniecie/").status_code == 409
    cast(office, url, None, "YES")
    day = timezone.localdate().isoformat()
    form = {"adopted_on": day, "adopted_place": "Gogolin", "in_force_from": day}

    page = text_of(office.post(url + "zamkniecie/", form, follow=True))

    assert "Przyjęto wersję 2 regulaminu." in page
    assert "Regulamin, wersja 2 (Word)" in page
    assert page.count("bez głosu") == 4
    now = text_of(voters[5][1].get(PAGE))
    assert "nie rzadziej niż 2 razy na kwartał" in now
    assert "Zapoznaj się z regulaminem (wersja 2): zobacz, co się zmieniło" in text_of(
        voters[5][1].get(HOME)
    )


def test_the_difference_says_what_comes_and_goes(office: Client, voters: Voters) -> None:
    url = put_to_the_vote(office)

    for page in (office.get(url + "roznice/"), voters[0][1].get(url + "glos/")):
        said = text_of(page)
        assert "§ 2 ust. 3" in said
        assert '<ins><span class="visually-hidden">[dodano: </span>2 razy' in said
        assert '<del><span class="visually-hidden">[usunięto: </span>raz' in said
        assert "§ 2 ust. 4" not in said


def test_a_vote_sent_twice_is_one_and_another_one_is_told(office: Client, voters: Voters) -> None:
    url = put_to_the_vote(office)
    of, client = voters[0]
    cast(client, url, of, "YES")

    assert "To już zapisano" in text_of(cast(client, url, of, "YES"))
    page = cast(client, url, of, "NO")

    assert page.status_code == 409
    assert "już oddano" in text_of(page)
    assert [vote.choice for vote in RegulationVote.objects.all()] == ["YES"]
    assert client.get(url + "glos/").status_code == 409


def test_a_vote_without_a_choice_is_asked_for_again(office: Client, voters: Voters) -> None:
    url = put_to_the_vote(office)
    of, client = voters[0]

    assert cast(client, url, of, "").status_code == 422
    assert cast(client, url, voters[1][0], "YES").status_code == 422
    assert not RegulationVote.objects.exists()


def test_the_office_enters_a_vote_from_paper_and_members_alone_read_it(
    in_partnership: TenantRef, office: Client, voters: Voters
) -> None:
    url = put_to_the_vote(office)
    ballot = RegulationBallot.objects.get(organisation=voters[0][0])
    day = timezone.localdate().isoformat()
    form = {"ballot": ballot.pk, "choice": "NO", "cast_on": day}
    wrong = office.post(url + "glos-z-pisma/", {**form, "file": ""})
    assert wrong.status_code == 422

    page = office.post(url + "glos-z-pisma/", {**form, "file": make.pdf("g.pdf")}, follow=True)

    assert "głos na piśmie (skan)" in text_of(page)
    vote = RegulationVote.objects.get()
    file = voters[3][1].get(f"{HOME}dokumenty/pliki/{vote.file_id}/")
    assert file.status_code == 200
    with inside(in_partnership):
        applicant, _, _ = make_accession.invited(in_partnership, make.lead())
    assert applicant.get(f"{HOME}dokumenty/pliki/{vote.file_id}/").status_code == 403


def test_a_withdrawn_change_says_why(office: Client) -> None:
    url = put_to_the_vote(office)
    assert office.post(url + "wycofanie/", {"reason": " "}).status_code == 422

    page = office.post(url + "wycofanie/", {"reason": "Za mało czasu."}, follow=True)

    assert "Za mało czasu." in text_of(page)
    assert "Zmień regulamin" in text_of(office.get(PAGE))


def test_everybody_reads_each_version_again(office: Client, voters: Voters) -> None:
    client = voters[0][1]
    version = RegulationVersion.objects.get()
    url = f"{PAGE}{version.pk}/"
    assert "Zapoznaj się z regulaminem (wersja 1)" in text_of(client.get(HOME))
    readers = text_of(office.get(url + "zapoznani/"))
    assert "Tej wersji nie zna jeszcze nikt." in readers

    for _ in range(2):
        client.post(url + "zapoznanie/")

    assert "Zapoznaj się" not in text_of(client.get(HOME))
    assert "znasz tę wersję" in text_of(client.get(PAGE))
    assert "zna już 1 osoba" in text_of(office.get(url + "zapoznani/"))
    assert version.acknowledgements.count() == 1


def test_a_version_that_is_not_in_force_is_not_acknowledged(office: Client) -> None:
    draft = make_regulation.amendment()

    assert office.post(f"{PAGE}{draft.pk}/zapoznanie/").status_code == 409
    assert not draft.acknowledgements.exists()


@pytest.mark.parametrize(("path", "queries"), [("", 8), ("glos/", 5), ("roznice/", 3)])
def test_a_voting_costs_the_same_with_many_members(
    in_partnership: TenantRef, lead: Person, path: str, queries: int
) -> None:
    one, *_ = voting.members(1)
    version = voting.opened(lead)
    url = f"{PAGE}{version.pk}/{path}"
    client, _ = make.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=one)
    client.get(url)
    few = queries_of(client, url)
    with inside(in_partnership):
        for of in voting.members(15):
            ballot = RegulationBallot.objects.create(
                regulation=version, organisation=of, name=of.name
            )
            assert voting.voted(version, of).ballot_id == ballot.pk

    assert (few, queries_of(client, url)) == (queries, queries)


def test_no_vote_on_paper_is_chosen_for_the_office_and_a_cast_one_is_not_offered(
    office: Client, voters: Voters
) -> None:
    url = put_to_the_vote(office)
    page = text_of(office.get(url + "glos-z-pisma/"))
    options = page[page.index('id="id_ballot"') :]
    assert options[options.index("<option") :].startswith(
        '<option value="" selected>wybierz z listy'
    )
    office.post(url + "glos-z-pisma/", on_paper(voters[0][0]))
    wrong = text_of(office.post(url + "glos-z-pisma/", {"choice": "YES"}))
    assert f">{voters[0][0].name}</option>" not in wrong
    assert f">{voters[1][0].name}</option>" in wrong


def test_the_journal_names_the_institution_that_voted_and_how(
    in_partnership: TenantRef, office: Client, voters: Voters
) -> None:
    url = put_to_the_vote(office)
    office.post(url + "glos-z-pisma/", on_paper(voters[0][0]))
    with inside(in_partnership):
        resign(voters[1][0], make.lead(), timezone.localdate())
    journal = text_of(office.get(HOME + "dziennik/"))
    table = journal[journal.index("k-journal") : journal.index("</main>")]
    assert f"{voters[0][0].name}: głos „za”" in table
    assert (
        f"{voters[1][0].name}, rezygnacja z {pl_date(timezone.localdate())}".replace(
            "\N{NO-BREAK SPACE}", " "
        )
        in table
    )
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", re.sub(r"<[^>]+>", " ", table))


def test_no_vote_is_opened_on_a_text_that_was_changed_since_it_was_read(office: Client) -> None:
    url = office.post(PAGE + "zmiana/", {"key": uuid7()}).headers["Location"]
    draft = RegulationVersion.objects.get(state="DRAFT")
    office.post(url + "parametry/", parameters(draft, meetings_count=2, justification="Rzadko."))
    read = office.get(url + "glosowanie/").context["form"]["version"].value()
    draft.refresh_from_db()
    office.post(url + "parametry/", parameters(draft, meetings_count=3, justification="Inne."))

    until = timezone.localdate() + timedelta(days=14)
    page = office.post(
        url + "glosowanie/",
        {"voting_from": timezone.localdate(), "voting_until": until, "version": read},
    )

    assert page.status_code == 409
    draft.refresh_from_db()
    assert (draft.state, draft.ballots.count()) == ("DRAFT", 0)
