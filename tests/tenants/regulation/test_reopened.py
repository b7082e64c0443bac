"""A rejected change is taken up again, and a change takes a provision out (REG §9)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation import text as regulation_text
from tenants.regulation import today as regulation_today
from tenants.regulation.actions.amendments import reopen_amendment
from tenants.regulation.actions.versions import edit_regulation
from tenants.regulation.changes import changes
from tenants.regulation.models import RegulationVersion
from tests.factories import people as make
from tests.factories import voting
from tests.tenants.reading import text_of
from tests.tenants.regulation.test_regulation import PAGE


@pytest.fixture
def office(in_partnership: TenantRef) -> Client:
    return make.signed_in(in_partnership, Role.LEAD)[0]


def rejected(lead: Person) -> RegulationVersion:
    version = voting.opened(lead)
    voting.vote(version, lead, choice="NO")
    return voting.close(version, lead)


def waits(lead: Person) -> list[str]:
    today = timezone.localdate()
    return [one.text for one in regulation_today.regulation_waits(lead, today)]


def test_a_rejected_change_becomes_a_draft_again(lead: Person) -> None:
    version, key = rejected(lead), uuid7()

    draft = reopen_amendment(by=make.by(lead), key=key, regulation_id=version.pk)

    assert (draft.state, draft.amends, draft.meetings_count) == ("DRAFT", version.amends, 2)
    assert draft.justification == "Spotykamy się za rzadko."
    assert RegulationVersion.objects.get(pk=version.pk).state == "REJECTED"
    with pytest.raises(AlreadySaved):
        reopen_amendment(by=make.by(lead), key=key, regulation_id=version.pk)
    with pytest.raises(Problem, match="już projekt"):
        reopen_amendment(by=make.by(lead), key=uuid7(), regulation_id=version.pk)
    assert RegulationVersion.objects.count() == 3


def test_only_a_rejected_change_is_taken_up_and_only_by_the_office(lead: Person) -> None:
    version = rejected(lead)

    with pytest.raises(Problem, match="nie można teraz zmienić"):
        reopen_amendment(by=make.by(lead), key=uuid7(), regulation_id=version.amends_id)
    partner = make.person(Role.PARTNER_HEAD, organisation=voting.members(1)[0])
    with pytest.raises(Refused):
        reopen_amendment(by=make.by(partner), key=uuid7(), regulation_id=version.pk)

    assert RegulationVersion.objects.count() == 2


def test_the_history_tells_the_rejected_draft_from_the_new_one(
    office: Client, lead: Person
) -> None:
    version = rejected(lead)
    shown = text_of(office.get(f"{PAGE}{version.pk}/"))
    assert "Wróć do projektu" in shown
    assert re.search(r"Zmiana regulaminu.*\bodrzucona\b", shown, re.DOTALL)
    assert "odrzucony" not in shown

    office.post(f"{PAGE}{version.pk}/powrot/", {"key": uuid7()})

    page = text_of(office.get(PAGE))
    assert page.count(", odrzucony ") == 1
    assert len(re.findall(r"projekt z \d", page)) == 2
    assert "Wróć do projektu" not in text_of(office.get(f"{PAGE}{version.pk}/"))


def edit(lead: Person, draft: RegulationVersion, *gone: str) -> RegulationVersion:
    kept = [row for row in draft.clauses if row["ref"] not in gone]
    return edit_regulation(
        by=make.by(lead), regulation_id=draft.pk, version=draft.version, values={"clauses": kept}
    )


def test_a_change_that_takes_a_provision_out_is_voted_on_and_shows_it(lead: Person) -> None:
    draft = edit(lead, voting.drafted(lead, meetings_count=1), "10.1")
    before = draft.amends
    assert before is not None

    (change,) = changes(before, draft)["Treść"]

    assert (change.name, change.how) == ("§ 10 ust. 1", "uchylone")
    assert {piece.kind for piece in change.pieces} == {"removed"}
    assert len(draft.clauses) == len(before.clauses) - 1


@pytest.mark.parametrize("ref", ["1.5", "1.6", "9.1", "3.5"])
def test_what_a_regulation_cannot_do_without_stays(lead: Person, ref: str) -> None:
    draft = voting.drafted(lead)
    before = draft.clauses

    with pytest.raises(ValidationError, match=r"nie można usunąć|Najpierw usuń litery"):
        edit(lead, draft, ref)

    assert RegulationVersion.objects.get(pk=draft.pk).clauses == before


def sent(draft: RegulationVersion, part: str, **changed: str) -> dict[str, Any]:
    texts = {
        f"tekst_{row['ref'].replace('.', '_')}": regulation_text.to_edit(row["text"])
        for row in draft.clauses
        if row["ref"].split(".")[0] == part
    }
    return {"version": draft.version, **texts, **changed}


def test_a_clause_left_empty_goes_and_the_others_keep_their_numbers(
    office: Client, lead: Person
) -> None:
    draft = voting.drafted(lead)
    url = f"{PAGE}{draft.pk}/tresc/?par="
    assert "Pusty ustęp znika z projektu" in text_of(office.get(url + "2"))

    refused = office.post(url + "2", sent(draft, "2", tekst_2_3=""))
    assert refused.status_code == 422
    assert "Zostaw w tekście pole [[częstość spotkań]]" in text_of(refused)
    refused = office.post(url + "9", sent(draft, "9", tekst_9_1=" "))
    assert "Tego postanowienia nie można usunąć" in text_of(refused)
    office.post(url + "2", sent(draft, "2", tekst_2_7=""))

    refs = [row["ref"] for row in RegulationVersion.objects.get(pk=draft.pk).clauses]
    assert "2.7" not in refs
    assert {"2.3", "2.8", "9.1"} <= set(refs)


def test_a_field_that_was_not_sent_takes_nothing_out(office: Client, lead: Person) -> None:
    draft = voting.drafted(lead)
    part = sent(draft, "2")
    del part["tekst_2_7"]

    assert office.post(f"{PAGE}{draft.pk}/tresc/?par=2", part).status_code == 422

    assert RegulationVersion.objects.get(pk=draft.pk).clauses == draft.clauses


def test_the_lead_reads_that_the_majority_is_reached(lead: Person) -> None:
    members = voting.members(5)
    version = voting.opened(lead)
    for one in members[:4]:
        voting.voted(version, one)
    assert "„Za” jest już 4 z 6. Zmiana wymaga jeszcze zgody Lidera." in waits(lead)

    voting.vote(version, lead)

    assert "Zmiana przeszła: „za” jest 5 z 6, w tym Lider." in waits(lead)


def test_the_lead_reads_that_the_majority_is_out_of_reach(lead: Person) -> None:
    members = voting.members(5)
    version = voting.opened(lead)
    voting.vote(version, lead)
    for one in members[:3]:
        voting.voted(version, one, "NO")

    assert "Większości nie można już osiągnąć: „za” jest 1 z 6." in waits(lead)


def test_the_last_day_has_passed_without_a_majority(lead: Person) -> None:
    voting.members(2)
    version = voting.opened(lead)
    until = timezone.localdate() - timedelta(days=1)
    RegulationVersion.objects.filter(pk=version.pk).update(voting_from=until, voting_until=until)

    assert any("Ostatni dzień głosowania minął" in text for text in waits(lead))
