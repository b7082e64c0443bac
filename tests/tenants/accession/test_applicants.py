"""An institution fills in its declaration itself: invited, it sees its own and nothing else (REG §1.5)."""

import io
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.documents.models import Document
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.accession import perms
from tenants.accession.actions import applicants, decisions, recruitment
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.accession.conftest import Came
from tests.tenants.reading import HOME, PARTNERSHIP, text_of


def fill_in(client: Client, declaration: AccessionDeclaration, **coordinator: str) -> str:
    """Everything up to the print, page by page; the page where the signed one is handed in."""
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/"
    signs = {"version": declaration.version, "full_name": "Jan Dyrektor", "function": "dyrektor"}
    client.post(url + "podpis/", signs)
    who = {"full_name": "Ewa Pedagog", "position": "pedagog", "email": "ewa@example.pl"}
    who |= {"version": str(declaration.version + 1), **coordinator}
    page = client.post(url + "koordynator/", who)
    assert page.headers["Location"] == url + "oswiadczenia/", text_of(page)
    stated = {"version": declaration.version + 2, "accepts": "on", "publish_consent": "on"}
    return str(client.post(url + "oswiadczenia/", stated).headers["Location"])


def signed() -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    return {"mode": "PAPER_SCAN", "signed_on": day, "file": make.pdf()}


def test_the_invited_fill_in_print_sign_and_file(came_in: Came, partnership: TenantRef) -> None:
    client, _, declaration = came_in
    assert "Wypełnij deklarację przystąpienia: Szkoła nr 3" in text_of(client.get(HOME))

    page = fill_in(client, declaration)
    assert "Pobierz do podpisu" in text_of(client.get(page))
    filed = client.post(page, signed(), follow=True)

    assert "Złożono deklarację. Teraz decyduje Lider." in text_of(filed)
    with inside(partnership):
        declaration.refresh_from_db()
        assert (declaration.state, declaration.received_on) == ("FILED", timezone.localdate())
        assert declaration.publish_consent
        assert declaration.regulation == RegulationVersion.objects.get()
    assert "To już zapisano" in text_of(client.post(page, signed(), follow=True))


def test_the_print_says_what_was_filled_in_and_is_not_frozen(
    came_in: Came, partnership: TenantRef
) -> None:
    client, _, declaration = came_in
    fill_in(client, declaration)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/"

    pdf = client.get(url + "druk.pdf")
    word = client.get(url + "druk.docx")

    with pypdfium2.PdfDocument(io.BytesIO(pdf.content)) as document:
        said = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "Jan Dyrektor" in said
    assert "Ewa Pedagog" in said
    assert "wyraża zgodę" in said
    assert word.content.startswith(b"PK")
    assert "attachment" in pdf.headers["Content-Disposition"]
    with inside(partnership):
        assert not Document.objects.filter(subject=declaration.pk).exists()


def test_nothing_is_printed_before_it_is_filled_in(came_in: Came) -> None:
    client, _, declaration = came_in
    page = client.get(f"{PARTNERSHIP}deklaracje/{declaration.pk}/druk.pdf")
    assert page.status_code == 409
    assert "Najpierw uzupełnij deklarację" in text_of(page)


def test_the_applicant_sees_its_own_and_nothing_else(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    client, _, declaration = came_in
    other = make_partnership.member(make.organisation(name="Inna Instytucja"))
    refused = {"czlonkowie/", "instytucje/", f"instytucje/{other.organisation_id}/", "osrodek/"}
    refused |= {"nabor/", "instytucje/nowa/", "deklaracje/nowa/"}

    assert {client.get(PARTNERSHIP + path).status_code for path in refused} == {403}
    assert client.get(f"{PARTNERSHIP}deklaracje/{other.declaration.pk}/").status_code == 404
    for path in (f"instytucje/{declaration.organisation_id}/", "deklaracje/", ""):
        page = client.get(PARTNERSHIP + path if path else HOME)
        assert page.status_code == 200
        assert "Inna Instytucja" not in text_of(page)
        assert ">Członkowie<" not in text_of(page)


def test_the_applicant_corrects_its_institution_until_it_is_decided(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    client, _, declaration = came_in
    organisation = declaration.organisation
    url = f"{PARTNERSHIP}instytucje/{organisation.pk}/zmiana/"
    data = {
        "version": 0,
        "name": "Szkoła nr 3 im. Polski",
        "sector": "EDUCATION",
        "city": "Gogolin",
    }

    assert client.post(url, {**data, "regon": organisation.regon}).status_code == 302
    with inside(partnership):
        organisation.refresh_from_db()
        assert organisation.name == "Szkoła nr 3 im. Polski"
    accept(partnership, lead, came_in)
    assert client.get(url).status_code == 403


def accept(place: TenantRef, lead: Person, came_in: Came, **who: str) -> None:
    client, _, declaration = came_in
    client.post(fill_in(client, declaration, **who), signed())
    with inside(place):
        decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)


def roles(person: Person) -> set[str]:
    held = RoleAssignment.objects.on(timezone.localdate()).filter(person=person)
    return set(held.values_list("role", flat=True))


def test_the_role_ends_with_acceptance_and_the_coordinator_goes_on(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    applicant = came_in[1]

    accept(partnership, lead, came_in, full_name=applicant.full_name, email=applicant.email)

    with inside(partnership):
        assert roles(applicant) == {Role.PARTNER_COORDINATOR}
        kinds = list(Outgoing.objects.order_by("id").values_list("kind", "payload__role"))
        invitation = kinds.index(("INVITATION", Role.PARTNER_COORDINATOR))
        assert kinds.index(("ACCESS_END", Role.APPLICANT)) > invitation


def test_the_role_ends_with_acceptance_of_somebody_else(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    accept(partnership, lead, came_in)
    with inside(partnership):
        assert roles(came_in[1]) == set()


def test_who_filled_it_in_and_goes_on_in_no_role_still_reads_the_annotation(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    accept(partnership, lead, came_in)

    said = "Szkoła nr 3: przyjęto do Partnerstwa w dniu"
    title, url = told(partnership, came_in[1])
    assert said in title
    page = Client().get(url)
    assert (url, page.status_code) == (HOME + "dolacz/", 200)
    with inside(partnership):
        letter = Outgoing.objects.get(
            kind="MAIL",
            payload__account_id=str(came_in[1].account_id),
            payload__subject__icontains=said,
        )
        assert "może odtąd otworzyć koordynator" in letter.payload["text"]
        assert "zaproszenie z odnośnikiem" not in letter.payload["text"]


def told(place: TenantRef, person: Person) -> tuple[str, str]:
    """The last line of the person's inbox, and its link."""
    with inside(place):
        mine = Outgoing.objects.filter(kind="INBOX", payload__account_id=str(person.account_id))
        payload = mine.order_by("id").last().payload  # type: ignore[union-attr]
        return payload["title"].replace("\N{NO-BREAK SPACE}", " "), payload["url"]


def test_who_goes_on_as_the_coordinator_or_head_is_led_to_the_declaration(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    applicant = came_in[1]

    accept(partnership, lead, came_in, full_name=applicant.full_name, email=applicant.email)

    title, url = told(partnership, applicant)
    assert title == "Przyjęto do Partnerstwa: Szkoła nr 3"
    assert url == f"{PARTNERSHIP}deklaracje/{came_in[2].pk}/"


def test_a_returned_declaration_is_corrected_and_a_refused_one_ends_the_role(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    client, applicant, declaration = came_in
    page = fill_in(client, declaration)
    client.post(page, signed())
    with inside(partnership):
        about = {"by": make.by(lead), "declaration_id": declaration.pk}
        decisions.return_declaration(**about, reason="Brak pieczęci.")
    assert "Popraw deklarację przystąpienia" in text_of(client.get(HOME))
    assert client.post(page, signed()).status_code == 302
    with inside(partnership):
        decisions.refuse_declaration(**about, reason="Poza obszarem.")
        assert roles(applicant) == set()
        ended = Outgoing.objects.get(kind="ACCESS_END")
        assert ended.payload["role"] == Role.APPLICANT
    title, url = told(partnership, applicant)
    assert (title, url) == ("Odmowa przyjęcia do Partnerstwa: Szkoła nr 3", HOME + "dolacz/")


def test_the_applicant_decides_nothing_even_as_lead(came_in: Came, lead: Person) -> None:
    _, applicant, declaration = came_in
    RoleAssignment.objects.create(
        person=applicant, role=Role.LEAD, from_on=make.ESTABLISHED, granted_by="test"
    )
    filed = make_accession.file(
        make_accession.stated(lead, make_accession.named(lead, declaration)), lead
    )
    applicant = Person.objects.get(pk=applicant.pk)

    with pytest.raises(Refused):
        decisions.accept_declaration(by=make.by(applicant), declaration_id=filed.pk)
    filed.refresh_from_db()
    assert filed.state == "FILED"


def test_a_regulation_that_changed_meanwhile_must_be_accepted_again(
    came_in: Came, partnership: TenantRef
) -> None:
    client, _, declaration = came_in
    page = fill_in(client, declaration)
    with inside(partnership):
        first = RegulationVersion.objects.get()
        first.pk, first.number = uuid7(), 2
        first.in_force_from = timezone.localdate() - timedelta(days=1)
        first._state.adding = True
        first.save(force_insert=True)

    answer = client.post(page, signed())

    assert answer.status_code == 409
    assert "Najpierw zaakceptuj obowiązujący regulamin" in text_of(answer)
    with inside(partnership):
        declaration.refresh_from_db()
        assert declaration.state == "DRAFT"


def test_the_invitation_says_what_for_what_to_prepare_and_whom_to_ask(
    in_partnership: TenantRef, lead: Person
) -> None:
    applicants.invite_applicant(
        by=make.by(lead),
        key=uuid7(),
        organisation_id=make.organisation().pk,
        full_name="Ewa Próbna",
        email="ewa.probna@example.pl",
    )
    drain(Outgoing, handlers())

    mail = OutgoingMessage.objects.get(payload__email="ewa.probna@example.pl").payload

    said = "Zaproszenie: deklaracja przystąpienia do Partnerstwa w gminie miejsko-wiejskiej Gogolin"
    assert mail["subject"] == said
    for words in (
        "Przygotuj dane instytucji: pełną nazwę, adres, NIP i REGON.",
        "Ustal, kto podpisze deklarację",
        "wydrukujesz do podpisu",
        f"Telefon i adres ośrodka: http://testserver{in_partnership.prefix}/dolacz/",
    ):
        assert words in " ".join(mail["text"].split())


def test_inviting_again_does_nothing_and_inviting_another_says_who_it_is(
    came_in: Came, lead: Person
) -> None:
    _, applicant, declaration = came_in
    common = {"by": make.by(lead), "organisation_id": declaration.organisation_id}
    with pytest.raises(AlreadySaved):
        applicants.invite_applicant(
            **common, key=uuid7(), full_name=applicant.full_name, email=applicant.email
        )
    with pytest.raises(Problem, match="Ktoś już wypełnia"):
        applicants.invite_applicant(**common, key=uuid7(), full_name="Inny", email="i@example.pl")
    assert AccessionDeclaration.objects.count() == 1
    assert Outgoing.objects.filter(kind="INVITATION").count() == 1


def test_an_invitation_is_withdrawn_and_what_was_written_stays(came_in: Came, lead: Person) -> None:
    _, applicant, declaration = came_in
    applicants.withdraw_applicant(
        by=make.by(lead), declaration_id=declaration.pk, applicant_id=applicant.pk
    )
    declaration.refresh_from_db()
    assert (declaration.state, declaration.applicant) == ("DRAFT", None)
    assert roles(applicant) == set()
    fresh = Person.objects.get(pk=applicant.pk)
    assert not perms.edit_declaration(fresh, declaration)


@pytest.mark.parametrize("number", ["regon", "nip"])
def test_an_institution_entered_under_another_name_is_recognised(
    in_partnership: TenantRef, number: str
) -> None:
    client, _ = make.signed_in(in_partnership, Role.LEAD)
    known = make.organisation(name="MOPS Opole", nip="5260250995")
    data = {"key": uuid7(), "name": "Ośrodek w Opolu", "sector": "SOCIAL", "city": "Opole"}

    page = client.post(PARTNERSHIP + "instytucje/nowa/", {**data, number: getattr(known, number)})

    assert page.status_code == 422
    assert f'href="{PARTNERSHIP}instytucje/{known.pk}/"' in text_of(page)
    with inside(in_partnership):
        assert Organisation.objects.count() == 1


def test_who_asked_on_the_public_page_is_invited_and_the_log_says_so(
    in_partnership: TenantRef, lead: Person
) -> None:
    entry = make_accession.asked()
    organisation = make.organisation()
    recruitment.link_recruitment(
        by=make.by(lead), recruitment_id=entry.pk, organisation_id=organisation.pk
    )
    client, _ = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    url = f"{PARTNERSHIP}instytucje/{organisation.pk}/zaproszenie/"
    assert 'value="maria@example.pl"' in text_of(client.get(url))

    data = {"key": uuid7(), "full_name": "Maria Pytająca", "email": "maria@example.pl"}
    client.post(url, data)

    with inside(in_partnership):
        (invitation,) = Outgoing.objects.filter(kind="INVITATION")
        assert invitation.payload["role"] == Role.APPLICANT
        entry.refresh_from_db()
        assert entry.state == "INVITED"
        assert entry.declaration == AccessionDeclaration.objects.get()


def test_the_applicant_changes_no_institution_whose_signed_declaration_waits(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    client, _, declaration = came_in
    organisation = declaration.organisation
    url = f"{PARTNERSHIP}instytucje/{organisation.pk}/zmiana/"
    data = {"version": 0, "name": "Zupełnie inna", "sector": "OTHER", "city": "Opole"}
    client.post(fill_in(client, declaration), signed())

    assert client.post(url, data).status_code == 403

    with inside(partnership):
        organisation.refresh_from_db()
        assert organisation.name == "Szkoła nr 3"
        decisions.return_declaration(
            by=make.by(lead), declaration_id=declaration.pk, reason="Zła nazwa."
        )
    assert client.post(url, data).status_code == 302


def test_the_applicant_learns_nothing_of_the_institution_with_the_same_number(
    came_in: Came, partnership: TenantRef
) -> None:
    client, _, declaration = came_in
    with inside(partnership):
        other = make.organisation(name="Tajna Przychodnia")
    url = f"{PARTNERSHIP}instytucje/{declaration.organisation_id}/zmiana/"
    data = {"version": 0, "name": "Szkoła nr 3", "sector": "EDUCATION", "city": "Gogolin"}

    page = client.post(url, {**data, "regon": other.regon})

    assert page.status_code == 422
    assert "Ten numer jest tu już zajęty" in text_of(page)
    assert "Tajna Przychodnia" not in page.content.decode()
    assert str(other.pk) not in page.content.decode()
