"""Two people at the same moment, each in a session of their own, over a real server."""

from uuid6 import uuid7

from kooperacja.documents.models import Document
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from tenants.partnership.models import Membership, PartnershipCoordinator
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tests.factories import dialogue as make_dialogue
from tests.factories import people as make
from tests.faults.browser import Answer, Browser
from tests.faults.conftest import HOME, PARTNERSHIP, Office, accept, at_once


def test_of_two_who_accept_one_does_and_the_other_reads_who(office: Office) -> None:
    (one, _), (other, _) = office.person(Role.LEAD), office.person(Role.LEAD)
    declaration = office.filed()

    answers = at_once(lambda: accept(one, declaration), lambda: accept(other, declaration))

    done, told = sorted(answers, key=lambda answer: answer.status)
    assert (done.status, told.status) == (302, 409)
    assert "Tę deklarację już przyjęto" in told.text
    assert "(Anna Próbna)." in told.text
    assert "Twoja decyzja nie została zapisana." in told.text
    with inside(office.tenant):
        membership = Membership.objects.get(declaration=declaration)
        assert PartnershipCoordinator.objects.filter(membership=membership).count() == 1
        assert Document.objects.filter(subject=declaration.pk).count() == 1
        role = RoleAssignment.objects.get(person=declaration.coordinator_id)
        for dedupe in (f"figures:{declaration.pk}", f"invitation:{role.pk}"):
            assert Outgoing.objects.filter(dedupe=dedupe).count() == 1
    assert office.unknown_files() == []


def test_of_accepting_and_refusing_one_happens(office: Office) -> None:
    (one, _), (other, _) = office.person(Role.LEAD), office.person(Role.LEAD)
    declaration = office.filed()
    refusal = f"{PARTNERSHIP}deklaracje/{declaration.pk}/odmowa/"
    sent = {"version": str(declaration.version), "reason": "Inna gmina."}

    answers = at_once(lambda: accept(one, declaration), lambda: other.post(refusal, sent))

    assert sorted(answer.status for answer in answers) == [302, 409]
    (told,) = (answer for answer in answers if answer.status == 409)
    assert "Twoja decyzja nie została zapisana." in told.text
    with inside(office.tenant):
        declaration.refresh_from_db()
        joined = Membership.objects.filter(declaration=declaration).exists()
        assert joined is (declaration.state == "ACCEPTED")
        assert declaration.steps.count() == 3


def test_of_two_editors_at_once_one_saves_and_the_other_sees_both_texts(office: Office) -> None:
    (one, _), (other, _) = office.person(Role.LEAD), office.person(Role.LEAD)
    with inside(office.tenant):
        organisation = make.organisation(name="Stara nazwa")
    url = f"{PARTNERSHIP}instytucje/{organisation.pk}/zmiana/"
    sent = {"version": "0", "sector": "EDUCATION", "city": "Gogolin"}
    names = ("Nazwa pierwszej osoby", "Nazwa drugiej osoby")

    answers = at_once(
        lambda: one.post(url, {**sent, "name": names[0]}),
        lambda: other.post(url, {**sent, "name": names[1]}),
    )

    assert sorted(answer.status for answer in answers) == [302, 409]
    (told,) = (answer for answer in answers if answer.status == 409)
    assert all(name in told.text for name in names)
    with inside(office.tenant):
        organisation.refresh_from_db()
        assert organisation.name in names
        assert organisation.version == 1


def test_of_two_newer_files_at_once_one_is_the_next_version(office: Office) -> None:
    (one, _), (other, _) = office.person(Role.LEAD), office.person(Role.LEAD)
    with inside(office.tenant):
        material = make_dialogue.material()
    url = f"{HOME}miedzy-spotkaniami/materialy/{material.pk}/wersja/"

    def send(browser: Browser) -> Answer:
        sent = {"key": str(uuid7()), "version": "0", "file": make.pdf()}
        return browser.post(url, sent)

    answers = at_once(lambda: send(one), lambda: send(other))

    assert sorted(answer.status for answer in answers) == [302, 409]
    with inside(office.tenant):
        material.refresh_from_db()
        positions = material.versions.order_by("position").values_list("position", flat=True)
        assert (material.version, list(positions)) == (1, [1, 2])
    assert office.unknown_files() == []
