"""A file of institutions and services: each row judged before anything is written (REG §3.3)."""

import io
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.documents.errors import RejectedUpload
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from tenants.baskets import tasks
from tenants.baskets.actions import gaps, imports
from tenants.baskets.columns import INSTITUTIONS, OF, SERVICES
from tenants.baskets.judging import Judge
from tenants.baskets.models.gaps import Gap
from tenants.baskets.models.imports import ImportFile, ImportRow, Verdict
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import GapState
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tenants.services.terms import Group
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

IMPORT = "/gmina/gogolin/koszyk/import/"
KEY = "0197f3a0-0000-7000-8000-000000000003"
REGON = "123456785"


@pytest.fixture
def office(in_partnership: TenantRef, lead: Person) -> Actor:
    """Somebody who has an account: files are written later, in their name."""
    lead.account_id = uuid7()
    lead.save()
    return replace(make_people.by(lead), account_id=lead.account_id)


def csv_of(kind: str, *rows: dict[str, str], by: str = ";", code: str = "utf-8-sig") -> bytes:
    headings = [one.heading for one in OF[kind]]
    known = {one.field: one.heading for one in OF[kind]}
    lines = [by.join(headings)]
    for row in rows:
        cells = {known[field]: value for field, value in row.items()}
        lines.append(by.join(cells.get(heading, "") for heading in headings))
    return "\r\n".join(lines).encode(code)


def institution(**cells: str) -> dict[str, str]:
    return {"name": "Żłobek Zmyślony", "sector": "edukacja", "city": "Wymyślonowo", **cells}


def service(**cells: str) -> dict[str, str]:
    return {
        "owner": "Poradnia Zmyślona",
        "name": "Psycholog dla dorosłych",
        "type_code": "psycholog",
        "about": "Rozmowa z psychologiem.",
        "groups": "wszyscy",
        "ways": "na miejscu",
        "access": "Zadzwoń.",
        "cost": "bezpłatnie",
        "hours_0": "8:00-16:00",
        "city": "Wymyślonowo",
        "phone": "77 400 00 01",
        **cells,
    }


def brought(by: Actor, kind: str, content: bytes, *, is_stated: bool = False) -> ImportFile:
    """A file whose rows all have their verdict."""
    upload = SimpleUploadedFile("dane.csv", content)
    file = imports.upload(by=by, key=uuid7(), kind=kind, file=upload, is_stated=is_stated)
    checked(file)
    return ImportFile.objects.get(pk=file.pk)


def checked(file: ImportFile) -> None:
    judge = Judge(file.kind, file.came_on)
    while imports.check_some(import_id=file.pk, judge=judge.judge, most=50):
        pass


def written(by: Actor, file: ImportFile) -> None:
    imports.confirm(by=by, import_id=file.pk)
    while imports.write_some(import_id=file.pk):
        pass


def verdicts(file: ImportFile) -> list[tuple[int, str, str]]:
    return list(file.rows.order_by("number").values_list("number", "verdict", "reason"))


def test_nothing_is_written_before_it_is_confirmed_and_twice_changes_nothing(
    office: Actor, kooperant: Organisation
) -> None:
    content = csv_of(INSTITUTIONS, institution(regon=REGON), institution(name="Inna", nip=""))
    file = brought(office, INSTITUTIONS, content)
    assert [one[1] for one in verdicts(file)] == [Verdict.NEW, Verdict.NEW]
    assert not Organisation.objects.filter(regon=REGON).exists()

    written(office, file)
    count = Organisation.objects.count()
    assert Organisation.objects.get(regon=REGON).name == "Żłobek Zmyślony"
    again = brought(office, INSTITUTIONS, content)
    assert {one[1:] for one in verdicts(again)} == {(Verdict.SAME, "Tak już jest zapisane.")}
    written(office, again)
    assert Organisation.objects.count() == count


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("by", [";", ","])
def test_files_as_spreadsheets_write_them_are_read(
    office: Actor, kooperant: Organisation, code: str, by: str
) -> None:
    file = brought(office, INSTITUTIONS, csv_of(INSTITUTIONS, institution(), by=by, code=code))
    assert list(file.rows.values_list("name", "verdict")) == [("Żłobek Zmyślony", Verdict.NEW)]


def test_each_row_that_is_wrong_says_why_and_what_to_do(
    office: Actor, kooperant: Organisation
) -> None:
    file = brought(
        office,
        INSTITUTIONS,
        csv_of(
            INSTITUTIONS,
            institution(regon="1,23E+08"),
            institution(name="=HYPERLINK(1)"),
            institution(sector="kosmos"),
            institution(name="Jedna"),
            institution(name="jedna"),
        ),
    )
    told = verdicts(file)
    assert [(number, verdict) for number, verdict, _ in told] == [
        (2, Verdict.WRONG),
        (3, Verdict.WRONG),
        (4, Verdict.WRONG),
        (5, Verdict.NEW),
        (6, Verdict.SAME),
    ]
    assert "format „Tekst”" in told[0][2]
    assert "formuła" in told[1][2]
    assert "nie znamy „kosmos”" in told[2][2]
    assert told[4][2] == "To samo jest w wierszu 5."


def test_services_stand_in_the_basket_and_only_a_statement_confirms_them(
    office: Actor, kooperant: Organisation
) -> None:
    written(office, brought(office, SERVICES, csv_of(SERVICES, service())))
    one = Service.objects.get()
    entry = ServiceEntry.objects.get(service=one)
    assert (entry.state, entry.sees_service) == ("ACCEPTED", Visibility.TENANT)
    assert one.confirmed_on is None

    changed = csv_of(SERVICES, service(phone="77 400 00 09", about=""))
    file = brought(office, SERVICES, changed, is_stated=True)
    assert verdicts(file) == [(2, Verdict.CHANGED, "Zmieni się: telefon.")]
    written(office, file)
    assert ImportRow.objects.get(source=file).why == "Zmieniono: telefon."
    one.refresh_from_db()
    assert (one.confirmed_on, one.confirmed_how) == (office.today, How.IMPORT)
    latest = one.latest
    assert (latest.number, latest.phone) == (2, "77 400 00 09")
    assert latest.about == "Rozmowa z psychologiem."  # an empty cell changes nothing


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"hours_0": "8:00-12:00, 11:00-16:00"}, "nachodzą"),
        ({"area": "9999999"}, "nie ma kodu 9999999"),
        ({"owner": "Nieznana"}, "Nie ma tu instytucji"),
        ({"type_code": "czarodziej"}, "nie znamy „czarodziej”"),
        ({"is_protected": "tak", "street": "ul. Ukryta 1"}, "Chronionego adresu nie zapisujemy"),
        ({"phone": ""}, "Podaj telefon"),
    ],
)
def test_a_service_that_no_page_would_take_is_not_taken(
    office: Actor, kooperant: Organisation, cells: dict[str, str], why: str
) -> None:
    file = brought(office, SERVICES, csv_of(SERVICES, service(**cells), by="\t"))
    ((_, verdict, reason),) = verdicts(file)
    assert (verdict, why in reason) == (Verdict.WRONG, True), reason
    written(office, file)
    assert not Service.objects.exists()


def test_a_text_that_its_owner_is_changing_is_left_alone(
    office: Actor, kooperant: Organisation
) -> None:
    make.refiled(office, make.accepted(office, kooperant), access="Przyjdź.")
    content = csv_of(SERVICES, service(name="Poradnia dla rodzin"))
    ((_, verdict, reason),) = verdicts(brought(office, SERVICES, content))
    assert verdict == Verdict.WRONG
    assert "właśnie się zmienia" in reason


def test_work_that_was_broken_off_goes_on(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    rows = [institution(name=f"Instytucja zmyślona {at}") for at in range(3)]
    content = csv_of(INSTITUTIONS, *rows, rows[0])
    file = imports.upload(
        by=office,
        key=uuid7(),
        kind=INSTITUTIONS,
        file=SimpleUploadedFile("dane.csv", content),
        is_stated=False,
    )
    judge = Judge(INSTITUTIONS, office.today)
    imports.check_some(import_id=file.pk, judge=judge.judge, most=1)
    tasks.bring_in(str(in_partnership.id))
    with inside(in_partnership):
        file.refresh_from_db()
        assert file.state == "READY"
        assert [one[1] for one in verdicts(file)] == ["NEW", "NEW", "NEW", "SAME"]
        imports.confirm(by=office, import_id=file.pk)
    tasks.bring_in(str(in_partnership.id))
    with inside(in_partnership):
        assert Organisation.objects.filter(name__startswith="Instytucja zmyślona").count() == 3


def xlsx_of(rows: list[list[Any]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return content.getvalue()


def test_a_workbook_is_read_with_its_numbers_whole_and_its_formulas_refused(
    office: Actor, kooperant: Organisation
) -> None:
    head = ["pełna nazwa", "sektor", "miejscowość", "REGON"]
    rows = [head, ["Pierwsza", "zdrowie", "Zmyślonka", 123456785], ["=1+1", "zdrowie", "X", ""]]
    first, second = verdicts(brought(office, INSTITUTIONS, xlsx_of(rows)))
    assert first[1] == Verdict.NEW
    assert ImportRow.objects.get(name="Pierwsza").cells["regon"] == REGON
    assert (second[1], "formuła" in second[2]) == (Verdict.WRONG, True)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x00\x01\x02", "nie jest arkusz"),
        (b"PK\x03\x04zepsuty", "nie da się otworzyć"),
        ("pełna nazwa;sektor\r\nX;zdrowie".encode(), "brakuje kolumn: miejscowość"),
        (b"\r\n" * 10_002, "więcej niż 10 000 wierszy"),
    ],
)
def test_what_is_no_such_sheet_is_refused_whole(
    office: Actor, kooperant: Organisation, content: bytes, why: str
) -> None:
    with pytest.raises(RejectedUpload, match=why):
        brought(office, INSTITUTIONS, content)
    assert not ImportFile.objects.exists()


def test_a_kooperant_brings_in_nothing(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    with pytest.raises(Refused):
        brought(coordinator, INSTITUTIONS, csv_of(INSTITUTIONS, institution()))
    file = brought(office, INSTITUTIONS, csv_of(INSTITUTIONS, institution()))
    with pytest.raises(Refused):
        imports.confirm(by=coordinator, import_id=file.pk)
    assert ImportFile.objects.get().state == "READY"


def test_from_the_template_to_the_basket_by_pages(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    officer: Client = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    template = officer.get(f"{IMPORT}wzor-instytucje.xlsx")
    assert template.content.startswith(b"PK")
    sent = {"key": KEY, "kind": INSTITUTIONS}
    refused = officer.post(f"{IMPORT}nowy/", {**sent, "file": SimpleUploadedFile("x.csv", b"\x00")})
    assert "To nie jest arkusz" in text_of(refused)
    file = SimpleUploadedFile("wzor.xlsx", template.content)
    assert officer.post(f"{IMPORT}nowy/", {**sent, "file": file}).status_code == 302
    tasks.bring_in(str(in_partnership.id))
    page = f"{IMPORT}{KEY}/"
    assert "Poradnia Przykładowa" in text_of(officer.get(page))
    assert officer.post(f"{page}zapis/", {}).status_code == 302
    tasks.bring_in(str(in_partnership.id))
    done = text_of(officer.get(page))
    assert "zapisano" in done
    assert ("Co się z nim stało" in done, "dodany" in done) == (True, True)
    assert ("Co z nim będzie" in done, "nowy" in done) == (False, False)
    assert officer.post(f"{page}odrzucenie/", {}).status_code == 409
    with inside(in_partnership):
        assert Organisation.objects.filter(name="Poradnia Przykładowa").count() == 1


def test_a_row_costs_few_questions_and_the_basket_is_read_anew_once(
    office: Actor,
    kooperant: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """A file may have 10,000 rows."""
    rows = [service(name=f"Pomoc zmyślona {at}") for at in range(40)]
    content = csv_of(SERVICES, *rows)
    file = imports.upload(
        by=office,
        key=uuid7(),
        kind=SERVICES,
        file=SimpleUploadedFile("dane.csv", content),
        is_stated=False,
    )
    with django_assert_max_num_queries(20):
        checked(file)
    before = Outgoing.objects.count()
    with django_assert_max_num_queries(17 * len(rows)):
        written(office, file)
    assert Service.objects.count() == len(rows)
    kinds = Outgoing.objects.order_by("pk").values_list("kind", flat=True)[before:]
    assert sorted(kinds) == ["DIRECTORY", "FIGURES"]
    with django_assert_max_num_queries(40):
        again = brought(office, SERVICES, content)
    assert {verdict for _, verdict, _ in verdicts(again)} == {Verdict.SAME}


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"valid_from": "2.01.2027", "valid_until": "1.01.2027"}, "Ostatni dzień jest wcześniej"),
        ({"counted_on": "1.01.2999", "places": "1"}, "Stan na dzień"),
    ],
)
def test_what_the_database_would_refuse_is_wrong_before_it_is_written(
    office: Actor, kooperant: Organisation, cells: dict[str, str], why: str
) -> None:
    file = brought(office, SERVICES, csv_of(SERVICES, service(**cells)))
    ((_, verdict, reason),) = verdicts(file)
    assert (verdict, why in reason) == (Verdict.WRONG, True), reason


def test_services_of_a_file_close_what_was_missing(office: Actor, kooperant: Organisation) -> None:
    gap = gaps.mark(
        by=office, key=uuid7(), type_code="psycholog", group=Group.SENIORS, planned_on=None
    )
    written(office, brought(office, SERVICES, csv_of(SERVICES, service())))
    gap = Gap.objects.get(pk=gap.pk)
    assert (gap.state, str(gap.filled_with)) == (GapState.FILLED, "Psycholog dla dorosłych")
