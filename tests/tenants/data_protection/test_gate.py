"""The gate to data of families, with the statements and the annex that it asks for (REG §8)."""

from datetime import date, timedelta
from uuid import UUID

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tenants.data_protection import today
from tenants.data_protection.gate import may_see_personal_data, verdicts
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataRulesAcknowledgement,
    ProcessingAuthorisation,
)
from tenants.data_protection.rules import Part
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import annex_digest
from tests.factories import data_protection as make_papers
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.data_protection.test_data_protection import (
    PAGES,
    TODAY,
    _today,
    lacks,
    school,
    worker,
)
from tests.tenants.reading import text_of

__all__ = ["_today", "school", "worker"]


def amend(annex: str) -> RegulationVersion:
    """A second version of the regulation with this annex 3, in force since today."""
    first = RegulationVersion.objects.get()
    clauses = [one for one in first.clauses if one["ref"] != "zał.3"]
    clauses.append({"ref": "zał.3", "text": annex})
    fields = {"number": 2, "state": "ADOPTED", "adopted_on": TODAY, "in_force_from": TODAY}
    return RegulationVersion.objects.create(title="Regulamin", clauses=clauses, **fields)


def test_a_partners_worker_sees_data_only_while_all_parts_hold(
    school: Organisation, worker: Person
) -> None:
    everything = {Part.AGREEMENT, Part.AUTHORISATION, Part.STATEMENT, Part.ANNEX}
    assert lacks(worker, school) == everything
    make_papers.may_see(worker, school)
    assert may_see_personal_data(worker, school, TODAY).allowed
    DataProcessingAgreement.objects.update(ended_on=TODAY)
    assert lacks(worker, school) == {Part.AGREEMENT}
    assert may_see_personal_data(worker, school, TODAY - timedelta(days=1)).allowed


def test_it_never_carries_over_to_another_institution(school: Organisation, worker: Person) -> None:
    make_papers.may_see(worker, school)
    other = make.organisation()
    make_partnership.member(other)
    make_papers.agreement(other)

    assert lacks(worker, other) == {Part.AUTHORISATION, Part.STATEMENT}
    assert lacks(worker, None) == {Part.ROLE, Part.AUTHORISATION, Part.STATEMENT}


def test_contacts_are_not_families(school: Organisation, worker: Person) -> None:
    make_papers.may_see(worker, school)
    ProcessingAuthorisation.objects.update(scope="CONTACTS")
    assert lacks(worker, school) == {Part.AUTHORISATION}


def test_the_leads_own_worker_needs_a_role_but_no_agreement(in_partnership: TenantRef) -> None:
    person = make.person(Role.SOCIAL_WORKER)
    make_papers.may_see(person, None)
    assert may_see_personal_data(person, None, TODAY).allowed
    person.role_assignments.update(ended_on=TODAY)
    assert lacks(person, None) == {Part.ROLE}


def test_a_changed_annex_is_read_again_and_an_unchanged_one_is_not(
    school: Organisation, worker: Person
) -> None:
    make_papers.may_see(worker, school)
    same = next(one for one in RegulationVersion.objects.get().clauses if one["ref"] == "zał.3")
    second = amend(same["text"])
    assert may_see_personal_data(worker, school, TODAY).allowed

    second.clauses = [{"ref": "zał.3", "text": "Nowe zasady."}]
    second.save()

    assert lacks(worker, school) == {Part.ANNEX}
    assert may_see_personal_data(worker, school, TODAY - timedelta(days=1)).allowed


def test_without_an_annex_in_force_nobody_sees_data(school: Organisation, worker: Person) -> None:
    make_papers.may_see(worker, school)
    second = amend("")
    assert annex_digest(second) == ""
    assert lacks(worker, school) == {Part.ANNEX}


def test_the_annex_waits_and_says_since_when_it_is_in_force(worker: Person) -> None:
    (waits,) = today.annex(worker, TODAY)
    day = RegulationVersion.objects.get().in_force_from
    assert pl_date(day) in waits.text
    amend("")
    assert not [*today.annex(worker, TODAY)]


def test_many_are_judged_in_as_many_queries_as_one(school: Organisation, worker: Person) -> None:
    pairs: list[tuple[UUID, UUID | None]] = [(worker.pk, school.pk)]
    for count in (1, 20):
        pairs += [(make.person().pk, school.pk) for _ in range(count - 1)]
        with CaptureQueriesContext(connections["default"]) as asked:
            verdicts(pairs, TODAY)
        assert len(asked) == 9  # one for entries merged into theirs, one for whom a GGK has


def test_one_states_and_reads_for_oneself(in_partnership: TenantRef, school: Organisation) -> None:
    client, person = make.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=school)
    page = text_of(client.get(PAGES + "moje/"))
    assert "Nie masz jeszcze oświadczenia o zachowaniu poufności (§ 8 ust. 1 regulaminu)." in page
    for _ in range(2):
        page = text_of(client.post(PAGES + "moje/", {"organisation_id": school.pk}, follow=True))
    assert "To już zapisano" in page
    assert client.post(PAGES + "moje/", {"organisation_id": ""}).status_code == 404
    regulation = RegulationVersion.objects.get()
    client.post(PAGES + "zalacznik-3/", {"regulation_id": regulation.pk})
    page = text_of(
        client.post(PAGES + "zalacznik-3/", {"regulation_id": regulation.pk}, follow=True)
    )
    assert "To już zapisano" in page

    assert ConfidentialityStatement.objects.get().person == person
    assert DataRulesAcknowledgement.objects.get().text_sha256 == annex_digest(regulation)
    assert lacks(person, school) == {Part.AGREEMENT, Part.AUTHORISATION}


def test_who_opened_the_old_annex_reads_the_new_one_first(
    in_partnership: TenantRef, school: Organisation
) -> None:
    client, _ = make.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=school)
    old = RegulationVersion.objects.get()
    amend("Nowe zasady.")
    page = client.post(PAGES + "zalacznik-3/", {"regulation_id": old.pk})
    assert page.status_code == 409
    assert "Regulamin zmienił się w międzyczasie" in text_of(page)
    assert not DataRulesAcknowledgement.objects.exists()


def test_a_statement_on_paper_is_entered_with_its_scan(
    keeper: Client, school: Organisation, worker: Person
) -> None:
    sent = {"subject": f"{worker.pk}:{school.pk}", "signed_on": "2026-05-11"}
    for _ in range(2):
        data = {**sent, "file": make.pdf(), "has_read_annex": "on"}
        page = keeper.post(PAGES + "oswiadczenia/nowe/", data, follow=True)
    assert "To już zapisano" in text_of(page)
    row = ConfidentialityStatement.objects.get()
    assert (row.from_on, row.file is not None) == (date(2026, 5, 11), True)
    assert lacks(worker, school) == {Part.AGREEMENT, Part.AUTHORISATION}
