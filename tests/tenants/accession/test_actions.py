"""Actions on declarations: effects and refusals that change nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Document, StoredFile
from kooperacja.notifications.models import Outgoing
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.accession.actions import decisions, declarations
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.actions.partnership import found_partnership
from tenants.partnership.models import Membership
from tenants.people import perms
from tenants.people.actions.office import end_role, invite_colleague
from tenants.people.actions.organisations import add_organisation, edit_organisation
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make


def outgoing(kind: str) -> list[Outgoing]:
    return list(Outgoing.objects.filter(kind=kind))


def test_an_accepted_institution_is_a_member_from_the_day_of_the_decision(lead: Person) -> None:
    declaration = make_accession.filed(lead)

    membership = decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)

    today = timezone.localdate()
    declaration.refresh_from_db()
    assert (declaration.state, declaration.decided_by) == ("ACCEPTED", lead)
    assert declaration.annotation.startswith("przyjęto do Partnerstwa w dniu ")
    assert (membership.from_on, membership.ended_on) == (today, None)
    assert [seat.person for seat in membership.coordinators.all()] == [declaration.coordinator]
    assert Post.objects.filter(person=declaration.signatory, is_head=True).exists()
    assert [step.state for step in declaration.steps.all()] == ["DRAFT", "FILED", "ACCEPTED"]


def test_acceptance_freezes_the_annotated_document(lead: Person) -> None:
    declaration = make_accession.filed(lead)

    decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)

    document = Document.objects.get(subject=declaration.pk)
    assert document.pdf.size > 0
    assert document.docx is not None
    assert document.context["acceptance"]["name"] == "Lidia Liderska"


def test_acceptance_invites_the_coordinator_and_tells_the_region(lead: Person) -> None:
    declaration = make_accession.filed(lead)

    decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)

    assert declaration.coordinator is not None
    (invitation,) = outgoing("INVITATION")
    assert invitation.payload["email"] == declaration.coordinator.email
    assert invitation.payload["role"] == Role.PARTNER_COORDINATOR
    assert invitation.payload["organisation_id"] == str(declaration.organisation_id)
    assert len(outgoing("FIGURES")) == 2  # filed, accepted
    assert Entry.objects.filter(verb="DECLARATION_ACCEPTED", object_id=declaration.pk).exists()


def test_a_second_acceptance_says_who_was_first_and_doubles_nothing(lead: Person) -> None:
    declaration = make_accession.filed(lead)
    decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)
    other = make.lead()

    with pytest.raises(Problem, match="już przyjęto") as refused:
        decisions.accept_declaration(by=make.by(other), declaration_id=declaration.pk)

    assert refused.value.status == 409
    assert "Lidia Liderska" in refused.value.explanation
    assert Membership.objects.count() == 1
    assert Document.objects.count() == 1
    assert len(outgoing("INVITATION")) == 1


def test_a_member_is_not_admitted_again(lead: Person) -> None:
    declaration = make_accession.filed(lead)
    membership = make_partnership.member(declaration.organisation)

    with pytest.raises(Problem, match="jest już członkiem") as refused:
        decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)

    assert (refused.value.status, refused.value.kept) == (409, "Niczego nie zapisaliśmy.")
    assert "tej deklaracji nie można przyjąć" in refused.value.explanation
    declaration.refresh_from_db()
    assert declaration.state == "FILED"
    assert Membership.objects.get() == membership
    assert not outgoing("INVITATION")


@pytest.mark.parametrize("role", [Role.TENANT_ADMIN, Role.NETWORK_OFFICER, Role.DPO])
def test_only_the_lead_decides(lead: Person, role: Role) -> None:
    declaration = make_accession.filed(lead)
    other = make.person(role)

    for decide in (
        lambda: decisions.accept_declaration(by=make.by(other), declaration_id=declaration.pk),
        lambda: decisions.refuse_declaration(
            by=make.by(other), declaration_id=declaration.pk, reason="nie"
        ),
    ):
        with pytest.raises(Refused):
            decide()

    declaration.refresh_from_db()
    assert declaration.state == "FILED"
    assert not Membership.objects.exists()


def test_a_partner_cant_accept_itself_even_as_lead(lead: Person) -> None:
    declaration = make_accession.filed(lead)
    both = make.lead()
    RoleAssignment.objects.create(
        person=both,
        role=Role.PARTNER_HEAD,
        organisation=declaration.organisation,
        from_on=make.ESTABLISHED,
        granted_by="test",
    )

    with pytest.raises(Refused):
        decisions.accept_declaration(by=make.by(both), declaration_id=declaration.pk)

    assert not Membership.objects.exists()


def test_a_returned_declaration_is_filed_again_and_accepted(lead: Person) -> None:
    declaration = make_accession.filed(lead)

    decisions.return_declaration(
        by=make.by(lead), declaration_id=declaration.pk, reason="Brak strony 2."
    )
    declaration.refresh_from_db()
    assert (declaration.state, declaration.reason) == ("RETURNED", "Brak strony 2.")
    make_accession.file(declaration, lead)
    decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)

    states = [step.state for step in declaration.steps.all()]
    assert states == ["DRAFT", "FILED", "RETURNED", "FILED", "ACCEPTED"]
    assert StoredFile.objects.filter(kind="SIGNED_DECLARATION").count() == 2


def test_a_refused_institution_may_declare_again(lead: Person) -> None:
    declaration = make_accession.filed(lead)
    decisions.refuse_declaration(
        by=make.by(lead), declaration_id=declaration.pk, reason="Poza obszarem."
    )

    again = make_accession.draft(lead, declaration.organisation)

    assert again.pk != declaration.pk
    assert not Membership.objects.exists()


def test_a_second_declaration_is_recognised(lead: Person) -> None:
    first = make_accession.draft(lead)

    with pytest.raises(Problem, match="ma już deklarację") as known:
        make_accession.draft(lead, first.organisation)

    assert str(first.pk) in known.value.href
    assert AccessionDeclaration.objects.count() == 1


def test_a_member_needs_no_second_declaration(lead: Person) -> None:
    organisation = make.organisation()
    make_partnership.member(organisation)

    with pytest.raises(Problem, match="już członkiem"):
        make_accession.draft(lead, organisation)

    assert AccessionDeclaration.objects.count() == 1


def test_a_draft_sent_twice_is_one(lead: Person) -> None:
    organisation, key = make.organisation(), uuid7()
    values = {"by": make.by(lead), "key": key, "organisation_id": organisation.pk}
    declarations.draft_declaration(**values)

    with pytest.raises(AlreadySaved):
        declarations.draft_declaration(**values)

    assert AccessionDeclaration.objects.get().pk == key


def test_a_refused_upload_leaves_the_draft_as_it_was(lead: Person) -> None:
    declaration = make_accession.draft(lead)
    before = AccessionDeclaration.objects.values().get()
    values = {
        "by": make.by(lead),
        "declaration_id": declaration.pk,
        "file": SimpleUploadedFile("deklaracja.pdf", b"PK\x03\x04 to nie PDF"),
        "mode": "PAPER_SCAN",
        "signed_on": date(2026, 1, 1),
        "received_on": date(2026, 1, 2),
        "regulation_id": declaration.regulation_id or _regulation(),
    }

    with pytest.raises(RejectedUpload):
        declarations.file_declaration(**values)

    assert AccessionDeclaration.objects.values().get() == before
    assert not StoredFile.objects.exists()


def _regulation() -> object:
    from tenants.regulation.models import RegulationVersion

    return RegulationVersion.objects.get().pk


def test_an_incomplete_declaration_is_not_filed(lead: Person) -> None:
    declaration = declarations.draft_declaration(
        by=make.by(lead), key=uuid7(), organisation_id=make.organisation().pk
    )

    with pytest.raises(Problem, match="nie jest kompletna") as lacking:
        make_accession.file(declaration, lead)

    assert "koordynatora" in lacking.value.explanation
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("days", [-3, 1])
def test_the_decision_is_neither_before_the_declaration_nor_in_the_future(
    lead: Person, days: int
) -> None:
    declaration = make_accession.filed(lead)
    day = timezone.localdate() + timedelta(days=days)

    with pytest.raises(ValidationError) as wrong:
        decisions.accept_declaration(
            by=make.by(lead), declaration_id=declaration.pk, decided_on=day
        )

    assert set(wrong.value.message_dict) == {"decided_on"}
    assert not Membership.objects.exists()


def test_a_coordinator_needs_an_address_of_their_own(lead: Person) -> None:
    other = make.person(Role.SOCIAL_WORKER, email="wspolny@example.pl")
    declaration = make_accession.draft(lead)

    with pytest.raises(ValidationError, match="Ten adres jest zajęty") as wrong:
        declarations.name_coordinator(
            by=make.by(lead),
            declaration_id=declaration.pk,
            version=declaration.version,
            full_name="Ktoś Inny",
            position="pedagog",
            email=other.email.upper(),
        )

    assert set(wrong.value.message_dict) == {"email"}
    assert Person.objects.filter(full_name="Ktoś Inny").count() == 0


def test_a_known_person_is_not_entered_twice(lead: Person) -> None:
    known = make.person(full_name="Zażółć Gęślą", email="zg@example.pl")
    declaration = make_accession.draft(lead)

    changed = declarations.name_coordinator(
        by=make.by(lead),
        declaration_id=declaration.pk,
        version=declaration.version,
        full_name="Zażółć Gęślą",
        position="pedagog",
        email="ZG@example.pl",
    )

    assert changed.coordinator_id == known.pk


def test_a_stale_edit_changes_nothing(lead: Person) -> None:
    organisation = make.organisation(name="Szkoła")
    edit = {"by": make.by(lead), "organisation_id": organisation.pk, "version": 0}
    edit_organisation(**edit, values={"name": "Szkoła nr 1"})

    with pytest.raises(StaleForm):
        edit_organisation(**edit, values={"name": "Szkoła nr 2"})

    organisation.refresh_from_db()
    assert (organisation.name, organisation.version) == ("Szkoła nr 1", 1)


def test_the_same_regon_is_the_same_institution(lead: Person) -> None:
    known = make.organisation()
    values = {"name": "Inna", "sector": "NGO", "city": "Gogolin", "regon": known.regon}

    with pytest.raises(Problem, match="już wpisana"):
        add_organisation(by=make.by(lead), key=uuid7(), values=values)

    assert Organisation.objects.get() == known


def test_a_partner_enters_no_institutions(lead: Person) -> None:
    partner = make.person(Role.PARTNER_COORDINATOR, organisation=make.organisation())
    values = {"name": "Inna", "sector": "NGO", "city": "Gogolin"}

    with pytest.raises(Refused):
        add_organisation(by=make.by(partner), key=uuid7(), values=values)

    assert Organisation.objects.count() == 1


def test_nobody_gives_themselves_a_role(in_partnership: object) -> None:
    person = make.person(Role.TENANT_ADMIN)

    for role in (Role.LEAD, Role.DPO, Role.TENANT_ADMIN):
        with pytest.raises(ValidationError, match="samemu sobie"):
            invite_colleague(
                by=make.by(person), full_name=person.full_name, email=person.email, role=role
            )

    assert [one.role for one in RoleAssignment.objects.filter(person=person)] == [Role.TENANT_ADMIN]


def test_the_last_lead_stays_until_another_has_come_in(lead: Person) -> None:
    (role,) = lead.roles_today
    invite_colleague(
        by=make.by(lead),
        full_name="Nowa Osoba",
        email="nowa@example.pl",
        role=Role.LEAD,
        basis="nr 7",
    )

    with pytest.raises(Problem, match="nie można teraz zakończyć"):
        end_role(by=make.by(lead), assignment_id=role.pk)

    role.refresh_from_db()
    assert role.ended_on is None
    assert outgoing("ACCESS_END") == []


def test_an_ended_role_closes_the_door(lead: Person) -> None:
    officer = make.person(Role.NETWORK_OFFICER)
    (role,) = officer.roles_today

    end_role(by=make.by(lead), assignment_id=role.pk)

    assert not perms.keep_organisations(Person.objects.get(pk=officer.pk))
    (message,) = outgoing("ACCESS_END")
    assert message.payload["role"] == Role.NETWORK_OFFICER


def test_founding_again_changes_nothing(in_partnership: object) -> None:
    again = found_partnership(by=make.BY, area="inna", lead_name="inny")

    assert again.lead_name == "Ośrodek Pomocy Społecznej w Gogolinie"


def test_the_database_refuses_a_membership_that_no_declaration_founded(lead: Person) -> None:
    """By whatever way the row would come: at the end of its transaction (REG §1.5)."""
    school = make.organisation()
    with pytest.raises(IntegrityError, match="without the declaration"), transaction.atomic():
        _join_at_once(school)
    assert not Membership.objects.filter(organisation=school).exists()


def _join_at_once(school: Organisation) -> None:
    Membership.objects.create(organisation=school, from_on=date(2026, 1, 2))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_lets_an_accepted_declaration_alone_found_a_membership(lead: Person) -> None:
    member = make_partnership.member(make.organisation())
    founding = AccessionDeclaration.objects.filter(membership=member)
    for change in ({"membership": None}, {"state": "REFUSED", "annotation": "", "reason": "powód"}):
        with pytest.raises(IntegrityError, match="declaration_founds"), transaction.atomic():
            founding.update(**change)
    assert founding.get().state == "ACCEPTED"
