"""A county's agreement from its draft to a delegate in a gmina, by three people (POR-C)."""

import re
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

from kooperacja.ui.polish import pl_date
from tests.e2e.county import ADDRESS, CENTRE, HEAD, HOSPITAL, SCHOOL
from tests.e2e.keyboard import Walk
from tests.e2e.site import Site
from tests.factories import people as make
from tests.waiting import until

Come = Callable[[str, str], Walk]
COUNTY, GMINA = "/powiat/kluczborski/", "/gmina/lasowice-wielkie/"
FUNCTION = "pedagog"


def test_a_county_agrees_and_a_gmina_gets_a_delegate(
    come: Come, site: Site, tmp_path: Path
) -> None:
    scan = tmp_path / "egzemplarz.pdf"
    scan.write_bytes(make.pdf_bytes())
    county = come("COUNTY_LEAD", COUNTY)
    draft(county, site)
    sign(county, site, scan)
    agreement = county.page.url
    school = come("COUNTY_SCHOOL", agreement)
    refuse_and_come_back(school, scan)
    expect(school.page.locator("main")).to_contain_text(
        f"Obowiązuje od {pl_date(timezone.localdate())} między Stronami"
    )
    county.page.goto(agreement)
    accede(county, scan)
    gmina = come("COUNTY_GMINA", GMINA)
    ask(gmina)
    name(school)
    accept(come("COUNTY_SCHOOL", site.link_mailed_to(ADDRESS)))
    gmina.page.reload()
    expect(gmina.page.locator("main")).to_contain_text("w składzie grupy")


def draft(county: Walk, site: Site) -> None:
    """With two parties entered by hand, of twelve."""
    county.follow("Partnerstwo")
    county.follow("Porozumienia")
    county.follow("Nowe porozumienie")
    county.pick("Wariant", re.compile("^Wariant C"))
    county.send("Zacznij projekt")
    expect(county.page.get_by_role("status").first).to_contain_text("Powstał projekt porozumienia")
    county.follow("Zmień pola")
    county.fill("Miejsce zawarcia (w czym?)", "Kluczborku")
    county.tick("Lasowice Wielkie")
    county.fill("Miejsce spotkań", "siedziba powiatowego centrum pomocy rodzinie")
    county.choose("Kiedy wejdzie w życie", "w dniu ostatniego podpisu")
    county.send("Zapisz")
    for number, party in enumerate((CENTRE, SCHOOL), 1):
        county.follow("Dodaj Stronę")
        county.choose("Instytucja z rejestru", party)
        county.fill("Osoba reprezentująca", HEAD)
        county.fill("Funkcja osoby reprezentującej", "dyrektor")
        county.send("Dodaj Stronę")
        county.follow(re.compile(f"^Dodaj osobę.* nr {number}$"))
        county.fill("Imię i nazwisko", "Jan Przykładowy")
        county.fill("Stanowisko służbowe", "pedagog")
        county.fill("Telefon", "77 000 00 00")
        county.send("Zapisz")
    site.run("tests.e2e.county", "parties")


def sign(county: Walk, site: Site, scan: Path) -> None:
    """Of the twelve all but the school."""
    county.page.reload()
    county.look()
    county.follow("Przekaż do podpisu")
    county.pick("Podpisy na papierze", "każda Strona podpisuje własny egzemplarz")
    county.send("Przekaż do podpisu")
    expect(county.page.get_by_role("status").first).to_contain_text("Przekazano do podpisu")
    county.follow(re.compile("^Wpisz podpis"))
    enter_signature(county, scan)
    site.run("tests.e2e.county", "sign")


def enter_signature(person: Walk, scan: Path) -> None:
    person.fill("Kto podpisuje", "Halina Dyrektorska-Zmyślona")
    person.fill("Funkcja", "dyrektor")
    person.fill_date("Data podpisu", timezone.localdate())
    person.pick("Jak podpisano", "podpis odręczny (skan podpisanego egzemplarza)")
    person.attach("Podpisany plik", scan)
    person.pick("Na jakiej podstawie ta osoba podpisuje", "pełniona funkcja")
    person.send("Zapisz podpis")
    expect(person.page.get_by_role("status").first).to_contain_text("Zapisano podpis")


def refuse_and_come_back(school: Walk, scan: Path) -> None:
    expect(school.page.locator("main")).to_contain_text("Podpisy: 11 z 12")
    school.follow(re.compile("^Wpisz odmowę"))
    school.fill("Powód odmowy", "Czekamy na zgodę organu prowadzącego.")
    school.send("Wpisz odmowę")
    expect(school.page.get_by_role("status").first).to_contain_text("Wpisano odmowę podpisu")
    school.follow(re.compile("^Cofnij odmowę"))
    school.send("Cofnij odmowę")
    school.follow(re.compile("^Wpisz podpis"))
    enter_signature(school, scan)


def accede(county: Walk, scan: Path) -> None:
    """The hospital, after the agreement came into force."""
    county.look()
    county.follow("Przygotuj przystąpienie instytucji")
    county.choose("Instytucja z rejestru", HOSPITAL)
    county.fill("Uzasadnienie", "Szpital zna rodziny, którym pomagamy.")
    county.send("Przygotuj przystąpienie")
    county.follow("Wpisz podpis")
    enter_signature(county, scan)
    expect(county.page.locator("main")).to_contain_text("podpisane")


def ask(gmina: Walk) -> None:
    """As soon as the county's agreement has come to the gmina."""

    def has_come() -> bool:
        gmina.page.goto(f"{GMINA}grupa-kooperacji/")
        return gmina.page.get_by_role("link", name="Powołaj grupę").count() > 0

    until(has_come, "the agreement is known in the gmina")
    gmina.look()
    gmina.follow("Powołaj grupę")
    gmina.send("Powołaj grupę")
    gmina.follow("Poproś o delegowanie osoby")
    gmina.choose("Instytucja", SCHOOL)
    gmina.choose("W jakiej funkcji", FUNCTION)
    gmina.send("Wyślij prośbę")
    expect(gmina.page.get_by_role("status").first).to_contain_text("Wysłano prośbę")


def name(school: Walk) -> None:
    """The head sends herself."""

    def has_come() -> bool:
        school.page.goto(f"{COUNTY}delegaci/")
        return school.page.get_by_role("link", name="Lasowice Wielkie").count() > 0

    until(has_come, "the request is known in the county")
    school.look()
    school.follow(re.compile("Lasowice Wielkie"))
    school.follow("Wskaż delegata")
    school.fill("Imię i nazwisko delegata", HEAD)
    school.fill("Służbowy adres e-mail", ADDRESS)
    school.send("Wskaż delegata")
    expect(school.page.get_by_role("status").first).to_contain_text("Wskazano delegata")


def accept(delegate: Walk) -> None:
    """She has an account already; then the statement of secrecy, in the gmina."""
    delegate.send("Przyjmij zaproszenie")
    delegate.follow(re.compile(r"^Przyjmij\s+delegację"))
    delegate.tick("Zobowiązuję się zachować w tajemnicy")
    delegate.send("Przyjmuję delegację")
    expect(delegate.page.get_by_role("status").first).to_contain_text("Przyjęto delegację")
    delegate.follow("Przejdź do Gminnej Grupy Kooperacji")
    expect(delegate.page.get_by_role("region", name="Skład dziś")).to_contain_text(HEAD)
