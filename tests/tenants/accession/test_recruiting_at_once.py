"""Two of the office at the same moment over who joins and who will work (REG §1.4, §1.5, §4.3)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.accession.actions import recruitment
from tenants.accession.actions.applicants import invite_applicant, withdraw_applicant
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.recruitment import Recruitment
from tenants.partnership.actions import seats
from tenants.partnership.models import DesignatedWorker, Membership
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.accession.test_at_once import at_once, in_turn, tenant
from tests.tenants.accession.test_leaving_at_once import resign

__all__ = ["tenant"]

Work = Callable[[], Any]


def officers() -> tuple[Person, Person]:
    return make.person(Role.NETWORK_OFFICER), make.person(Role.NETWORK_OFFICER)


def move(entry: Recruitment, person: Person, state: str) -> Work:
    return lambda: recruitment.move_recruitment(
        by=make.by(person),
        recruitment_id=entry.pk,
        version=0,
        state=state,
        happened_on=timezone.localdate(),
    )


def test_of_two_who_answer_a_request_the_later_hears_of_the_first(tenant: TenantRef) -> None:
    with inside(tenant):
        entry, (first, second) = make_accession.asked(), officers()

    _, told = in_turn(tenant, move(entry, first, "INVITED"), move(entry, second, "DECLINED"))

    assert isinstance(told, StaleForm), told
    with inside(tenant):
        problem = told.current.changed_meanwhile()
        assert problem.status == 409
        assert "zaproszona" in problem.explanation
        entry.refresh_from_db()
        assert (entry.state, entry.version) == ("INVITED", 1)
        assert [one.state for one in entry.steps.all()] == ["ASKED", "INVITED"]
        assert Entry.objects.filter(verb="RECRUITMENT_MOVED").count() == 1


def enter(entry: Recruitment, person: Person, name: str) -> Work:
    key, values = uuid7(), {"name": name, "sector": "NGO", "city": "Gogolin"}
    return lambda: recruitment.enter_recruited(
        by=make.by(person),
        recruitment_id=entry.pk,
        key=key,
        values=values,
    )


def test_of_two_who_enter_whom_asked_the_later_hears_of_the_first(tenant: TenantRef) -> None:
    with inside(tenant):
        entry, (first, second) = make_accession.asked(), officers()

    made, told = in_turn(tenant, enter(entry, first, "Bank"), enter(entry, second, "Bank Żywności"))

    assert isinstance(told, Problem), told
    assert told.explanation == "Powiązano go z instytucją: Bank."
    with inside(tenant):
        assert Organisation.objects.get() == made
        assert Recruitment.objects.get().organisation == made


def test_whom_asked_entered_by_a_form_sent_twice_is_one_institution(tenant: TenantRef) -> None:
    with inside(tenant):
        entry, (officer, _) = make_accession.asked(), officers()
    once = enter(entry, officer, "Bank Żywności")

    _, again = in_turn(tenant, once, lambda: once())

    assert isinstance(again, AlreadySaved)
    with inside(tenant):
        assert Organisation.objects.get() == again.obj


def test_a_request_to_join_sent_twice_at_once_is_one(tenant: TenantRef) -> None:
    key, values = uuid7(), make_accession.request_to_join()

    def ask() -> Recruitment:
        return recruitment.ask_to_join(by=make.BY, key=key, values=values)

    results = at_once(tenant, ask, ask)

    assert sum(isinstance(one, AlreadySaved) for one in results) == 1
    with inside(tenant):
        assert Recruitment.objects.get().steps.count() == 1
        assert Entry.objects.filter(verb="RECRUITMENT_ASKED").count() == 1


def test_the_last_request_of_a_day_is_taken_once(
    tenant: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recruitment, "ASKED_A_DAY", 1)

    def ask() -> Recruitment:
        return make_accession.asked()

    _, told = in_turn(tenant, ask, lambda: ask())

    assert isinstance(told, Problem), told
    assert told.status == 429
    with inside(tenant):
        assert Recruitment.objects.count() == 1


def invite(of: Organisation, person: Person, email: str) -> Work:
    return lambda: invite_applicant(
        by=make.by(person),
        key=uuid7(),
        organisation_id=of.pk,
        full_name=email,
        email=email,
    )


def test_of_two_who_invite_one_does_and_the_other_hears_whom(tenant: TenantRef) -> None:
    with inside(tenant):
        of, (first, second) = make.organisation(), officers()

    _, told = in_turn(
        tenant, invite(of, first, "anna@example.pl"), invite(of, second, "jan@example.pl")
    )

    assert isinstance(told, Problem), told
    assert "anna@example.pl" in told.explanation
    with inside(tenant):
        applicant = AccessionDeclaration.objects.get().applicant
        assert applicant is not None
        assert applicant.email == "anna@example.pl"
        assert not Person.objects.filter(email="jan@example.pl").exists()
        assert Outgoing.objects.filter(kind="INVITATION").count() == 1


def withdraw(declaration: AccessionDeclaration, person: Person) -> Work:
    return lambda: withdraw_applicant(
        by=make.by(person),
        declaration_id=declaration.pk,
        applicant_id=declaration.applicant_id,
    )


def applicants() -> list[str]:
    """The holders of an applicant's role, and the person whom the declaration names."""
    held = RoleAssignment.objects.filter(role=Role.APPLICANT, ended_on=None)
    named = AccessionDeclaration.objects.exclude(applicant=None)
    return [
        *held.values_list("person__email", flat=True),
        *named.values_list("applicant__email", flat=True),
    ]


def test_whoever_is_invited_while_another_invitation_is_withdrawn_comes_in(
    tenant: TenantRef,
) -> None:
    with inside(tenant):
        of, (first, second) = make.organisation(), officers()
        declaration = invite(of, first, "anna@example.pl")()

    in_turn(tenant, withdraw(declaration, first), invite(of, second, "jan@example.pl"))

    with inside(tenant):
        assert applicants() == ["jan@example.pl"] * 2


def test_an_invitation_that_was_given_anew_is_not_withdrawn_by_an_old_page(
    tenant: TenantRef,
) -> None:
    with inside(tenant):
        of, (first, second) = make.organisation(), officers()
        declaration = invite(of, first, "anna@example.pl")()

    def give_to_another() -> None:
        withdraw(declaration, first)()
        invite(of, first, "jan@example.pl")()

    _, told = in_turn(tenant, give_to_another, withdraw(declaration, second))

    assert isinstance(told, Problem), told
    assert told.title == "Deklarację wypełnia już inna osoba"
    with inside(tenant):
        assert applicants() == ["jan@example.pl"] * 2


def designate(member: Membership, by_person: Person, head: Person) -> Work:
    return lambda: seats.designate_worker(
        by=make.by(Person.objects.get(pk=by_person.pk)),
        key=uuid7(),
        membership_id=member.pk,
        full_name="Ewa Pedagog",
        position="pedagog",
        from_on=timezone.localdate(),
        email="ewa@example.pl",
        head_id=head.pk,
    )


def test_a_worker_indicated_by_two_at_once_is_on_the_roster_once(tenant: TenantRef) -> None:
    with inside(tenant):
        member, lead = make_partnership.member(make.organisation()), make.lead()
        head = make.head(member.organisation)

    _, told = in_turn(tenant, designate(member, head, head), designate(member, lead, head))

    assert isinstance(told, ValidationError), told
    assert told.messages == ["Ta osoba jest już wskazana do ZZK."]
    with inside(tenant):
        assert DesignatedWorker.objects.count() == 1
        assert Person.objects.filter(full_name="Ewa Pedagog").count() == 1


def test_a_worker_taken_off_the_roster_by_two_is_taken_off_once(tenant: TenantRef) -> None:
    with inside(tenant):
        member, lead = make_partnership.member(make.organisation()), make.lead()
        row, day = make_partnership.worker(member), timezone.localdate()

    def end() -> Any:
        person = Person.objects.get(pk=lead.pk)
        return seats.end_designation(by=make.by(person), designation_id=row.pk, ended_on=day)

    _, again = in_turn(tenant, end, lambda: end())

    assert isinstance(again, AlreadySaved), again
    with inside(tenant):
        assert Entry.objects.filter(verb="WORKER_ENDED").count() == 1


def test_nobody_is_indicated_by_an_institution_that_is_leaving(tenant: TenantRef) -> None:
    with inside(tenant):
        member, lead = make_partnership.member(make.organisation()), make.lead()
        head = make.head(member.organisation)

    paper = make.pdf()
    _, told = in_turn(
        tenant, lambda: resign(lead, member.organisation, paper), designate(member, lead, head)
    )

    assert isinstance(told, Problem), told
    assert told.title == "Ta instytucja nie należy do Partnerstwa"
    with inside(tenant):
        assert not DesignatedWorker.objects.exists()
