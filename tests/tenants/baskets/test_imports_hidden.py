"""A file that is brought in reveals nobody and nothing, and writes over nothing newer (REG §3.3–3.4)."""

import io
from typing import Any

import pytest
import xlsxwriter

from kooperacja.audit.actor import Actor
from kooperacja.documents.errors import RejectedUpload
from kooperacja.tenancy.context import inside
from tenants.baskets.actions import imports
from tenants.baskets.columns import INSTITUTIONS, SERVICES
from tenants.baskets.models.imports import ImportFile, ImportRow, Verdict
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.masters.actions import services as masters
from tenants.partnership.models import Membership
from tenants.people.models import Organisation
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import masters as make_masters
from tests.factories import people as make_people
from tests.tenants.accession.test_at_once import at_once
from tests.tenants.baskets.adopted import (
    Followed,
    followed,
    institution,
    keeper,
    master,
)
from tests.tenants.baskets.test_at_once import Here, here
from tests.tenants.baskets.test_imports import (
    REGON,
    brought,
    csv_of,
    office,
    service,
    verdicts,
    written,
)
from tests.tenants.baskets.test_imports import institution as institution_row

__all__ = ["followed", "here", "institution", "keeper", "master", "office"]
NAME = "Poradnia dla rodzin"
OPEN = dict.fromkeys(("sees_service", "sees_contact", "sees_place"), Visibility.PUBLIC)
LATE = "ktoś zmienił te dane"


def of_services(by: Actor, *, is_stated: bool = False, **cells: str) -> ImportFile:
    return brought(by, SERVICES, csv_of(SERVICES, service(**cells)), is_stated=is_stated)


def verdict_of(file: ImportFile) -> tuple[str, str]:
    ((_, verdict, reason),) = verdicts(file)
    return verdict, reason


@pytest.mark.parametrize("said", ["x", "tak!", "yes", "chroniony", "?"])
def test_a_word_for_a_protected_address_that_nobody_knows_is_no_no(
    office: Actor, kooperant: Organisation, said: str
) -> None:
    file = of_services(office, is_protected=said, street="ul. Tajna 7")
    assert verdict_of(file) == (
        Verdict.WRONG,
        f"Adres chroniony: nie znamy „{said}”. Wpisz: tak albo nie.",
    )
    written(office, file)
    assert not Service.objects.exists()


@pytest.mark.parametrize("said", ["NIE", "n", "0", ""])
def test_a_no_is_a_no(office: Actor, kooperant: Organisation, said: str) -> None:
    assert verdict_of(of_services(office, is_protected=said))[0] == Verdict.NEW


def test_a_file_names_nobody_to_strangers(office: Actor, kooperant: Organisation) -> None:
    make.accepted(office, kooperant, **OPEN)
    file = of_services(office, name=NAME, contact_name="Anna Zmyślona")
    verdict, reason = verdict_of(file)
    assert verdict == Verdict.WRONG
    assert "kontakt tej usługi widzą wszyscy" in reason
    written(office, file)
    assert not ServiceEntry.objects.exclude(contact_name="").exists()


def test_what_follows_its_master_is_neither_changed_nor_confirmed_by_a_file(
    followed: Followed, office: Actor
) -> None:
    followed.say(masters.confirm)
    Service.objects.update(confirmed_on=(day := office.today.replace(month=1)))
    before = followed.entry
    owner = make_masters.COUNTY_HELP
    file = of_services(office, owner=owner, name=NAME, about="Podmienione.", is_stated=True)
    verdict, reason = verdict_of(file)
    assert verdict == Verdict.WRONG
    assert "prowadzi się w katalogu województwa" in reason
    # Taken over only after the row was looked at.
    ImportRow.objects.update(verdict=Verdict.CHANGED)
    seen = {
        "about": "Podmienione.",
        "name": NAME,
        "owner": str(before.service.card.organisation_id),
    }
    days: dict[str, Any] = dict.fromkeys(("counted_on", "valid_from", "valid_until"))
    ImportRow.objects.update(values={**seen, **days, "seen": before.service.version})
    written(office, file)
    assert verdict_of(file)[0] == Verdict.WRONG
    assert (followed.service.confirmed_on, followed.entry) == (day, before)


def test_an_address_protected_since_the_row_was_looked_at_stays_so(
    office: Actor, kooperant: Organisation
) -> None:
    one = make.accepted(office, kooperant, **OPEN)
    file = of_services(office, name=NAME, phone="77 400 00 09")
    assert verdict_of(file)[0] == Verdict.CHANGED
    safe: dict[str, Any] = {"is_protected": True, "street": "", "sees_contact": Visibility.OFFICE}
    make.taken_in(office, make.refiled(office, one, **safe))
    written(office, file)
    verdict, reason = verdict_of(file)
    assert (verdict, LATE in reason) == (Verdict.WRONG, True)
    entry = Service.objects.get().latest
    assert (entry.is_protected, entry.street, entry.sees_contact) == (True, "", "OFFICE")


def test_what_came_in_since_the_row_was_looked_at_stays(
    office: Actor, kooperant: Organisation
) -> None:
    file = of_services(office, name=NAME, phone="77 400 00 09")
    one = make.accepted(office, kooperant)
    written(office, file)
    assert verdict_of(file)[0] == Verdict.WRONG
    assert (Service.objects.get(), one.latest.phone) == (one, "77 400 00 01")


def test_an_institution_entered_since_the_row_was_looked_at_stays(
    office: Actor, kooperant: Organisation
) -> None:
    rows = csv_of(INSTITUTIONS, institution_row(name="Nowa", regon=REGON))
    file = brought(office, INSTITUTIONS, rows)
    make_people.organisation(name="Zupełnie inna", regon=REGON)
    written(office, file)
    verdict, reason = verdict_of(file)
    assert (verdict, LATE in reason) == (Verdict.WRONG, True)
    assert Organisation.objects.get(regon=REGON).name == "Zupełnie inna"


def test_of_a_kooperant_that_has_left_since_nothing_is_written(
    office: Actor, kooperant: Organisation
) -> None:
    file = of_services(office)
    Membership.objects.get(organisation=kooperant).end(office.today)
    written(office, file)
    assert verdict_of(file)[0] == Verdict.WRONG
    assert not Service.objects.exists()


def test_the_same_file_twice_at_once_makes_everything_once(here: Here) -> None:
    with inside(here.gmina):
        rows = [service(owner="", name=f"Usługa {at}") for at in range(3)]
        files = [brought(here.by, SERVICES, csv_of(SERVICES, *rows)) for _ in range(2)]
        for file in files:
            imports.confirm(by=here.by, import_id=file.pk)

    def write(file: ImportFile) -> None:
        while imports.write_some(import_id=file.pk):
            pass

    results = at_once(here.gmina, lambda: write(files[0]), lambda: write(files[1]))
    assert results == [None, None]
    with inside(here.gmina):
        assert Service.objects.filter(name__startswith="Usługa").count() == 3


@pytest.mark.parametrize("heading", ["chroniony?", "telefon", ""])
def test_cells_that_nobody_would_read_are_not_passed_over(
    office: Actor, kooperant: Organisation, heading: str
) -> None:
    head, row = csv_of(SERVICES, service()).decode("utf-8-sig").split("\r\n")
    content = f"{head};{heading}\r\n{row};tak".encode()
    with pytest.raises(RejectedUpload, match="Nie czytamy kolumn") as refused:
        brought(office, SERVICES, content)
    assert (heading or "bez nazwy") in str(refused.value)
    assert not ImportFile.objects.exists()
    empty = f"{head};{heading}\r\n{row};".encode()
    assert verdict_of(brought(office, SERVICES, empty))[0] == Verdict.NEW


def test_a_hidden_sheet_is_not_read(office: Actor, kooperant: Organisation) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        hidden, seen = book.add_worksheet("Stare"), book.add_worksheet("Dane")
        seen.activate()
        seen.set_first_sheet()
        hidden.hide()
        for page, name in ((hidden, "Stara"), (seen, "Nowa")):
            page.write_row(0, 0, ["pełna nazwa", "sektor", "miejscowość"])
            page.write_row(1, 0, [name, "zdrowie", "Zmyślin"])
    file = brought(office, INSTITUTIONS, content.getvalue())
    assert list(file.rows.values_list("name", flat=True)) == ["Nowa"]
