"""People of institutions brought in from a file: the register learns of them, and nobody is let in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets import tasks
from tenants.baskets.actions import imports
from tenants.baskets.columns import PEOPLE
from tenants.baskets.models.imports import ImportFile, Verdict
from tenants.baskets.workflow import ImportState
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import people as make_people
from tests.tenants.baskets.test_imports import brought, csv_of, verdicts, written
from tests.tenants.reading import PARTNERSHIP, text_of

IMPORT = "/gmina/gogolin/koszyk/import/"
ANNA = {
    "owner": "Poradnia Zmyślona",
    "full_name": "Anna Żółć",
    "function": "pedagog",
    "email": "anna@example.pl",
    "phone": "77 400 00 01",
}


@pytest.fixture
def office(in_partnership: TenantRef, lead: Person) -> Actor:
    """Somebody who has an account: files are written later, in their name."""
    lead.account_id = uuid7()
    lead.save()
    return replace(make_people.by(lead), account_id=lead.account_id)


def person(**cells: str) -> dict[str, str]:
    return {**ANNA, **cells}


def judged(by: Actor, *rows: dict[str, str]) -> list[tuple[str, str]]:
    return [one[1:] for one in verdicts(brought(by, PEOPLE, csv_of(PEOPLE, *rows)))]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("by", [";", ","])
def test_people_are_entered_with_their_function_and_nobody_is_let_in(
    office: Actor, kooperant: Organisation, by: str, code: str
) -> None:
    rows = (person(), person(full_name="Jan Dyrektor", is_head="tak", email="", phone=""))
    file = brought(office, PEOPLE, csv_of(PEOPLE, *rows, by=by, code=code))
    assert verdicts(file) == [(2, Verdict.NEW, ""), (3, Verdict.NEW, "")]
    assert not Post.objects.filter(organisation=kooperant).exists()
    before = RoleAssignment.objects.count()

    written(office, file)

    posts = Post.objects.filter(organisation=kooperant).order_by("is_head")
    assert [(str(one), one.is_head) for one in posts] == [
        ("Anna Żółć, pedagog", False),
        ("Jan Dyrektor, pedagog", True),
    ]
    anna = posts[0].person
    assert (anna.email, anna.phone) == ("anna@example.pl", "77 400 00 01")
    assert RoleAssignment.objects.count() == before
    assert not Outgoing.objects.filter(kind__in=("INVITATION", "MAIL")).exists()
    assert Entry.objects.filter(verb="POST_ADDED", object_id=kooperant.pk).count() == 2


def test_a_file_on_which_nobody_decides_is_dropped_with_its_people(
    office: Actor, kooperant: Organisation
) -> None:
    file = brought(office, PEOPLE, csv_of(PEOPLE, person()))
    imports.forget_rows(file.came_on + timedelta(days=30))
    assert file.rows.count() == 1
    imports.forget_rows(file.came_on + timedelta(days=31))
    file.refresh_from_db()
    assert (file.state, file.rows.count()) == (ImportState.DROPPED, 0)
    assert not Person.objects.filter(full_name=ANNA["full_name"]).exists()


def test_the_same_file_twice_changes_nothing(office: Actor, kooperant: Organisation) -> None:
    content = csv_of(PEOPLE, person(), person(function="Koordynatorka Świetlicy"))
    written(office, brought(office, PEOPLE, content))
    people, posts = Person.objects.count(), Post.objects.count()

    again = brought(office, PEOPLE, content)
    assert {one[1:] for one in verdicts(again)} == {(Verdict.SAME, "Tak już jest zapisane.")}
    written(office, again)
    assert (Person.objects.count(), Post.objects.count()) == (people, posts)


def test_what_is_new_of_somebody_known_is_said_and_an_empty_cell_changes_nothing(
    office: Actor, kooperant: Organisation
) -> None:
    anna = make_people.person(full_name="Anna Żółć", email="ANNA@example.pl", phone="77 111 11 11")
    changed = person(phone="77 222 22 22")
    (said,) = judged(office, person(phone=""))
    assert said == (
        Verdict.CHANGED,
        "Osoba jest już w rejestrze; dojdzie funkcja: pedagog.",
    )
    file = brought(office, PEOPLE, csv_of(PEOPLE, changed))
    assert "Zmieni się: telefon." in verdicts(file)[0][2]
    written(office, file)
    anna.refresh_from_db()
    assert (anna.phone, anna.email) == ("77 222 22 22", "ANNA@example.pl")
    assert anna.posts.get().organisation == kooperant


def test_a_telephone_that_somebody_changed_meanwhile_stays(
    office: Actor, kooperant: Organisation
) -> None:
    anna = make_people.person(full_name="Anna Żółć", email="anna@example.pl", phone="77 111 11 11")
    file = brought(office, PEOPLE, csv_of(PEOPLE, person()))
    Person.objects.filter(pk=anna.pk).update(phone="77 333 33 33", version=1)
    written(office, file)
    anna.refresh_from_db()
    assert anna.phone == "77 333 33 33"
    assert verdicts(file)[0][1] == Verdict.WRONG


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"owner": "Nie ma takiej"}, "Nie ma tu instytucji „Nie ma takiej”."),
        ({"owner": "1.23E+08"}, "arkusz zamienił numer na 1.23E+08"),
        ({"full_name": ""}, "Imię i nazwisko: To pole jest wymagane."),
        ({"function": "=2+2"}, "W kolumnie „funkcja” jest formuła."),
        ({"email": "anna@"}, "Adres e-mail: Podaj adres e-mail"),
        ({"is_head": "może"}, "Kieruje instytucją: nie znamy „może”."),
        ({"email": "lidia@example.pl"}, "Ten adres e-mail ma w rejestrze Lidia Liderska."),
    ],
)
def test_each_row_that_is_wrong_says_why(
    office: Actor, kooperant: Organisation, cells: dict[str, str], said: str
) -> None:
    Person.objects.filter(pk=office.person_id).update(email="lidia@example.pl")
    (verdict, reason) = judged(office, person(**cells))[0]
    assert verdict == Verdict.WRONG
    assert said in reason


def test_rows_that_repeat_or_contradict_each_other_are_told(
    office: Actor, kooperant: Organisation
) -> None:
    told = judged(office, person(), person(email="ANNA@example.pl"), person(full_name="Ola Inna"))
    assert told == [
        (Verdict.NEW, ""),
        (Verdict.SAME, "To samo jest w wierszu 2."),
        (Verdict.WRONG, "Ten adres e-mail ma też osoba w wierszu 2. Każdy ma własny."),
    ]


def test_of_people_of_another_unit_nothing_is_told(
    office: Actor, kooperant: Organisation, powiat: TenantRef
) -> None:
    with inside(powiat):
        make_people.person(full_name="Ktoś Inny", email="anna@example.pl", phone="77 999 99 99")
    assert judged(office, person()) == [(Verdict.NEW, "")]


def test_a_file_broken_off_while_it_is_written_goes_on(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    rows = [
        person(full_name=f"Osoba {one:03}", email=f"osoba{one}@example.pl") for one in range(60)
    ]
    file = brought(office, PEOPLE, csv_of(PEOPLE, *rows))
    imports.confirm(by=office, import_id=file.pk)
    assert imports.write_some(import_id=file.pk)
    assert kooperant.posts.count() == 50

    tasks.bring_in(str(in_partnership.id))

    assert kooperant.posts.count() == 60
    assert ImportFile.objects.get(pk=file.pk).state == "DONE"


def test_from_the_template_to_a_tick_of_the_coordinator_by_pages(
    in_partnership: TenantRef, kooperant: Organisation
) -> None:
    officer = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    template = officer.get(f"{IMPORT}wzor-osoby.xlsx")
    assert template.content.startswith(b"PK")
    sent: dict[str, Any] = {
        "key": str(uuid7()),
        "kind": PEOPLE,
        "file": SimpleUploadedFile("osoby.csv", csv_of(PEOPLE, person(email="zolc@example.pl"))),
    }
    at = officer.post(f"{IMPORT}nowy/", sent).headers["Location"]
    tasks.bring_in(str(in_partnership.id))
    assert "Anna Żółć" in text_of(officer.get(at))
    question = text_of(officer.get(f"{at}zapis/"))
    assert "Nikt nie dostanie przez to zaproszenia ani dostępu." in question
    officer.post(f"{at}zapis/")
    tasks.bring_in(str(in_partnership.id))
    assert "Nikogo przez to nie zaproszono." in text_of(officer.get(at))

    voice: Client = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant
    )[0]
    page = f"{PARTNERSHIP}instytucje/{kooperant.pk}/czytelnicy/nowi/"
    shown = text_of(voice.get(page))
    assert "Anna Żółć, pedagog" in shown and "Kogo jeszcze wpuścić" in shown
    assert "zolc@example.pl" not in shown
    assert voice.post(page, {"people": ""}).status_code == 422
    with inside(in_partnership):
        anna = Person.objects.get(email="zolc@example.pl")
    answer = voice.post(page, {"people": "", "known": [str(anna.pk)]}, follow=True)
    assert "Wpuszczono: Anna Żółć." in text_of(answer)
    assert "Anna Żółć, pedagog" not in text_of(voice.get(page))
    with inside(in_partnership):
        assert Outgoing.objects.get(kind="INVITATION").payload["email"] == "zolc@example.pl"


def test_a_stranger_ticks_nobody_of_another_institution(
    in_partnership: TenantRef, kooperant: Organisation, another: Organisation
) -> None:
    anna = make_people.person(full_name="Anna Żółć", email="anna@example.pl")
    Post.objects.create(
        person=anna, organisation=kooperant, function="pedagog", from_on=make_people.ESTABLISHED
    )
    voice: Client = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=another
    )[0]
    page = f"{PARTNERSHIP}instytucje/{another.pk}/czytelnicy/nowi/"
    assert voice.post(page, {"people": "", "known": [str(anna.pk)]}).status_code == 422
    assert not anna.role_assignments.exists()
