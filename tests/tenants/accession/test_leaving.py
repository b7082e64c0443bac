"""Institutions resign, and the Lider dissolves the partnership (REG §1.6, §1.7)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.urls import root_reverse
from tenants.accession.actions import leaving
from tenants.accession.models.resignations import ResignationNotice
from tenants.data_protection.models import DataProcessingAgreement, ProcessingAuthorisation
from tenants.partnership import consequences
from tenants.partnership.actions.access import close_ended_access
from tenants.partnership.consequences import Consequence
from tenants.partnership.models import (
    DesignatedWorker,
    Membership,
    PartnershipCoordinator,
)
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry import directory
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationBallot, RegulationVersion
from tests.factories import data_protection as make_papers
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.offering import offer
from tests.tenants.accession.conftest import TODAY
from tests.tenants.reading import text_of

HOME = "/gmina/gogolin/"
PAGES = HOME + "partnerstwo/"
pytestmark = pytest.mark.usefixtures("in_may")


def url_of(organisation: Organisation) -> str:
    return f"{PAGES}instytucje/{organisation.pk}/rezygnacja/"


def form(**changed: Any) -> dict[str, Any]:
    """What is sent after the second look."""
    sent = {
        "key": str(uuid7()),
        "file": make.pdf("rezygnacja.pdf"),
        "mode": "PAPER_SCAN",
        "signatory_name": "Jan Dyrektor",
        "signatory_function": "dyrektor",
        "signed_on": "2026-05-11",
        "received_on": "2026-05-12",
        "reason": "zmiana zadań",
        **changed,
    }
    looked_at = ("signatory_name", "signatory_function", "signed_on", "received_on")
    return {"answered": "|".join(sent[name] for name in looked_at), **sent}


def resign(of: Organisation, by: Person, received_on: date = TODAY) -> ResignationNotice:
    tenant = directory.find("gogolin")
    assert tenant is not None
    # A request leaves the URLconf of the root behind, so the tenant is entered again.
    with inside(tenant):
        return leaving.resign(
            by=make.by(by),
            key=uuid7(),
            organisation_id=of.pk,
            signatory_name="Jan Dyrektor",
            file=make.pdf(),
            mode="PAPER_SCAN",
            signatory_function="dyrektor",
            signed_on=received_on,
            received_on=received_on,
        )


def everything_of(school: Organisation) -> list[Any]:
    """One of each thing that rests on the membership."""
    membership = school.memberships.get()
    worker = make.person(Role.PARTNER_WORKER, organisation=school)
    make_papers.may_see(worker, school)
    fields = {"person": worker, "indicated_by": worker, "position": "pedagog"}
    DesignatedWorker.objects.create(membership=membership, from_on=make.ESTABLISHED, **fields)
    return [
        *PartnershipCoordinator.objects.filter(membership=membership),
        *DesignatedWorker.objects.filter(membership=membership),
        *ProcessingAuthorisation.objects.filter(organisation=school),
        *DataProcessingAgreement.objects.filter(organisation=school),
        *RoleAssignment.objects.filter(organisation=school),
    ]


def test_the_office_enters_a_resignation_and_all_that_rested_on_it_ends(
    keeper: Client, school: Organisation
) -> None:
    touched = everything_of(school)
    seen = text_of(keeper.get(url_of(school)))
    for heading in ("Koordynatorzy Partnerstwa", "Upoważnienia do przetwarzania danych"):
        assert heading in seen
    page = keeper.post(url_of(school), form(), follow=True)

    assert "Skutek od <strong>12 maja 2026 r.</strong> (§ 1 ust. 6 regulaminu)" in text_of(page)
    membership = school.memberships.get()
    assert (membership.ended_on, membership.end_cause) == (TODAY, "RESIGNATION")
    for row in touched:
        row.refresh_from_db()
        assert row.ended_on == TODAY, row
    asked = set(Outgoing.objects.values_list("kind", flat=True))
    assert {"ACCESS_END", "FIGURES"} <= asked
    assert consequences.touched_by(membership, TODAY) == []


def test_what_a_later_app_keeps_for_members_ends_before_their_access(
    keeper: Client, school: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.person(Role.PARTNER_HEAD, organisation=school)
    held: list[bool] = []

    def close(by: Actor, membership: Membership, day: date) -> None:
        held.append(RoleAssignment.objects.filter(organisation=school, ended_on=None).exists())

    seats = Consequence("Miejsca w zespole", "§ 4 regulaminu", lambda of, day: ["PZK"], close)
    offer(monkeypatch, seats)
    headings = [one.title for one, _ in consequences.touched_by(school.memberships.get(), TODAY)]
    assert headings[-2:] == ["Miejsca w zespole", "Dostęp do Kooperacji"]
    keeper.post(url_of(school), form())
    assert held == [True]


def test_an_institution_resigns_on_line_and_the_office_hears_of_it(
    in_partnership: TenantRef, school: Organisation
) -> None:
    _, lead = make.signed_in(in_partnership, Role.LEAD)
    _, officer = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    head, _ = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=school)
    page = head.post(
        url_of(school), form(answered="Jan Dyrektor|dyrektor|2026-05-11|", received_on="2020-01-01")
    )

    assert page.headers["Location"] == root_reverse("places")
    notice = ResignationNotice.objects.get()
    assert (notice.received_on, notice.effective_on) == (TODAY, TODAY)
    letters = Outgoing.objects.filter(kind="MAIL", payload__code="MEMBER_RESIGNED")
    told = {letter.payload["account_id"] for letter in letters}
    assert told == {str(lead.account_id), str(officer.account_id)}
    assert head.get(f"{PAGES}rezygnacje/{notice.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("effect", "days", "expected"),
    [("DAYS_AFTER", 14, date(2026, 5, 26)), ("END_OF_MONTH", 0, date(2026, 6, 1))],
)
def test_a_later_effect_keeps_the_door_open_until_that_day(
    keeper: Client, school: Organisation, effect: str, days: int, expected: date
) -> None:
    RegulationVersion.objects.update(resignation_effect=effect, resignation_days=days)
    touched = everything_of(school)
    keeper.post(url_of(school), form())
    assert ResignationNotice.objects.get().effective_on == expected
    for row in touched:
        row.refresh_from_db()
        assert row.ended_on == expected
    close_ended_access(by=make.BY)
    assert not Outgoing.objects.filter(kind="ACCESS_END").exists()

    with time_machine.travel(datetime(expected.year, expected.month, expected.day, 1, tzinfo=UTC)):
        for _ in range(2):
            close_ended_access(by=make.BY)
    assert Outgoing.objects.filter(kind="ACCESS_END").count() == 1
    assert Entry.objects.filter(verb="ACCESS_CLOSED").count() == 1
    assert Outgoing.objects.filter(kind="FIGURES").count() == 1


def test_a_role_held_again_keeps_its_door(in_partnership: TenantRef, school: Organisation) -> None:
    worker = make.person(Role.PARTNER_WORKER, organisation=school)
    worker.role_assignments.update(ended_on=TODAY)
    RoleAssignment.objects.create(
        person=worker, role=Role.PARTNER_WORKER, organisation=school, from_on=TODAY
    )
    close_ended_access(by=make.BY)
    assert not Outgoing.objects.filter(kind="ACCESS_END").exists()


def test_the_same_form_sent_twice_is_one_resignation_and_another_is_refused(
    keeper: Client, school: Organisation
) -> None:
    sent = form()
    keeper.post(url_of(school), sent)
    page = keeper.post(url_of(school), {**sent, "file": make.pdf()}, follow=True)
    assert "To już zapisano" in text_of(page)
    again = keeper.post(url_of(school), form())
    assert again.status_code == 409
    assert "Ta instytucja złożyła już rezygnację" in text_of(again)
    assert ResignationNotice.objects.count() == 1


def test_who_is_no_member_cannot_resign(keeper: Client) -> None:
    page = keeper.get(url_of(make.organisation(name="Fundacja Świt")))
    assert page.status_code == 409
    assert "„Fundacja Świt” nie ma z czego rezygnować" in text_of(page)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"signed_on": "2026-05-13"}, "Data podpisania nie może być z przyszłości."),
        ({"received_on": "2026-05-13"}, "Data wpływu nie może być z przyszłości."),
        ({"received_on": "2026-05-10"}, "nie mogła wpłynąć przed podpisaniem"),
        (
            {"signed_on": "2023-12-30", "received_on": "2023-12-31"},
            "nie mogła wpłynąć przed przystąpieniem",
        ),
        ({"signatory_name": ""}, "To pole jest wymagane"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_ends(
    keeper: Client, school: Organisation, changed: dict[str, str], said: str
) -> None:
    page = keeper.post(url_of(school), form(**changed))
    assert page.status_code == 422
    assert said in text_of(page)
    assert school.memberships.get().ended_on is None
    assert not ResignationNotice.objects.exists()


def test_a_resignation_said_to_be_signed_electronically_must_be(
    in_partnership: TenantRef, keeper: Client, school: Organisation
) -> None:
    page = keeper.post(url_of(school), form(mode="QUALIFIED"))
    assert page.status_code == 422
    with inside(in_partnership):
        assert school.memberships.get().ended_on is None
        assert not ResignationNotice.objects.exists()


def test_a_file_that_is_no_pdf_is_refused_beside_its_field(
    keeper: Client, school: Organisation
) -> None:
    upload = make.pdf()
    upload.file.write(b"nieprawda")
    upload.seek(0)
    page = keeper.post(url_of(school), form(file=upload))
    assert page.status_code == 422
    assert "To nie jest plik PDF" in text_of(page)
    assert school.memberships.get().ended_on is None


def test_nobody_of_another_institution_resigns_for_it(
    in_partnership: TenantRef, school: Organisation
) -> None:
    stranger, _ = make.signed_in(
        in_partnership, Role.PARTNER_HEAD, organisation=make.organisation()
    )
    worker, _ = make.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=school)
    for client in (stranger, worker):
        assert client.post(url_of(school), form()).status_code == 403
    assert school.memberships.get().ended_on is None


def test_a_vote_not_cast_is_named_and_its_ballot_stays(
    keeper: Client, lead: Person, school: Organisation
) -> None:
    first = RegulationVersion.objects.get()
    voting = RegulationVersion.objects.create(title="Regulamin", amends=first, state="VOTING")
    RegulationBallot.objects.create(regulation=voting, organisation=school, name=school.name)
    assert "głosu nie oddano" in text_of(keeper.get(url_of(school)))
    resign(school, lead)
    assert RegulationBallot.objects.count() == 1


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_paper_to_sign_is_printed(
    keeper: Client, school: Organisation, kind: str, begins: bytes
) -> None:
    page = keeper.get(f"{url_of(school)}druk.{kind}")
    assert page.status_code == 200
    assert page.content.startswith(begins)
    assert keeper.get(f"{url_of(school)}druk.exe").status_code == 404


def test_a_resignation_is_looked_at_once_more_before_it_is_filed(
    keeper: Client, school: Organisation
) -> None:
    make.head(school, full_name="Ewa Kierowniczka")
    sent = form(answered="")
    del sent["file"]

    page = text_of(keeper.post(url_of(school), sent))

    assert not ResignationNotice.objects.exists()
    assert "Co zostanie zapisane" in page
    assert "12 maja 2026 r." in page
    assert (
        "Kierownictwo instytucji tego dnia, według rejestru: Ewa Kierowniczka. Pismo podpisał ktoś inny"
        in page
    )
    answered = "Jan Dyrektor|dyrektor|2026-05-11|2026-05-12"
    assert f'name="answered" value="{answered}"' in page
    keeper.post(url_of(school), form(answered=answered))
    assert ResignationNotice.objects.exists()


def test_what_is_changed_after_the_look_is_looked_at_again(
    keeper: Client, school: Organisation
) -> None:
    looked_at = form()["answered"]

    page = keeper.post(url_of(school), form(answered=looked_at, signatory_name="Ktoś Inny"))

    assert page.status_code == 422
    assert not ResignationNotice.objects.exists()


@pytest.mark.parametrize(("signed_on", "is_older"), [("2026-05-09", True), ("2026-05-10", False)])
def test_a_letter_older_than_the_membership_is_looked_at(
    keeper: Client, in_partnership: TenantRef, in_may: None, signed_on: str, is_older: bool
) -> None:
    returned = make.organisation(name="Szkoła, która wróciła")
    make_partnership.member(returned, date(2025, 1, 1), date(2025, 6, 1))
    make_partnership.member(returned, date(2026, 5, 10))
    sent = form(answered="", signed_on=signed_on)
    del sent["file"]

    page = text_of(keeper.post(url_of(returned), sent))

    assert "Co zostanie zapisane" in page
    older = "Pismo podpisano przed przystąpieniem tej instytucji (10 maja 2026 r.)"
    assert (older in page.replace("\N{NO-BREAK SPACE}", " ")) == is_older
