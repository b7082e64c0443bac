"""Steps that several stories walk: signing in, setting up the codes, entering a declaration."""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.browser import Eyes
from tests.e2e.keyboard import Keyboard
from tests.e2e.totp import Phone

PASSWORD = "siedem-starych-lip-przy-drodze"
POINTS = (
    "Wspólny cel",
    "Ramy organizacyjne",
    "Kanały i zakres wymiany informacji",
    "Kanały i zakres wymiany wiedzy",
    "Przebieg procesu decyzyjnego",
    "Zasady monitoringu i ewaluacji",
)


def sign_in(keys: Keyboard, email: str, password: str, phone: Phone | None = None) -> None:
    """From the page of signing in to where one was going."""
    keys.fill("Adres e-mail", email)
    keys.fill("Hasło", password)
    keys.send("Zaloguj się")
    if phone:
        expect(keys.page.get_by_label("Kod (wymagane)")).to_be_focused()
        keys.fill("Kod", phone.code())
        keys.send("Dalej")


def join(keys: Keyboard, link: str) -> None:
    """A new person accepts an invitation: a name is there already, a password is chosen."""
    keys.page.goto(link)
    keys.fill("Hasło", PASSWORD)
    keys.fill("Hasło jeszcze raz", PASSWORD)
    keys.send("Załóż konto i przyjmij zaproszenie")


def set_up_codes(keys: Keyboard) -> Phone:
    """The obligatory second factor, up to the page of recovery codes."""
    keys.follow("Dodaj aplikację z kodami")
    secret = keys.page.locator("dt:text-is('Klucz') + dd").inner_text()
    phone = Phone(secret.strip())
    keys.fill("Kod z aplikacji", phone.code())
    keys.send("Dodaj")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Kody zapasowe")
    assert keys.page.locator("main li code").count() == 10
    return phone


def adopt_regulation(keys: Keyboard, eyes: Eyes) -> None:
    """The Lider fills in the first regulation and adopts it, so that anybody may join."""
    to_parameters(keys)
    keys.follow(re.compile(r"^Zmień\s?: Nazwa Lidera$"))
    keys.fill("Pełna nazwa ośrodka (Lidera)", "Ośrodek Pomocy Społecznej w Strzeleczkach")
    keys.send("Zapisz")
    to_parameters(keys)
    keys.fill("Adres stałego miejsca spotkań", "Rynek 4, Strzeleczki")
    keys.send("Zapisz")
    keys.follow("Sześć ustaleń")
    for point in POINTS:
        keys.fill(point, "Według zgody wszystkich.")
    keys.send("Zapisz")
    keys.follow("Przyjmij regulamin")
    assert eyes.examine("regulation_adopt") == []
    keys.send("Przyjmij regulamin")
    expect(keys.page.get_by_role("status").first).to_contain_text("Przyjęto regulamin")
    expect(keys.page.locator("main")).to_contain_text("w Strzeleczkach, obowiązuje od")


def to_parameters(keys: Keyboard) -> None:
    """From any page of the tenant to the blanks of the draft."""
    keys.follow("Partnerstwo")
    keys.follow("Regulamin i głosowania")
    keys.follow("Projekt regulaminu")
    keys.follow("Pola i parametry")


def enter_institution(keys: Keyboard, name: str, regon: str) -> None:
    """From any page of the tenant to the page of a new institution."""
    keys.follow("Partnerstwo")
    keys.follow("Instytucje")
    keys.follow("Wpisz instytucję")
    keys.fill("Pełna nazwa", name)
    keys.choose("Sektor", "rynek pracy")
    keys.fill("REGON", regon)
    keys.fill("Miejscowość", "Strzeleczki")
    keys.send("Zapisz")


def declare(keys: Keyboard, coordinator_email: str, day: date, pdf: Path) -> None:
    """From an institution's page to its declaration handed in, one thing at a time."""
    keys.follow("Wpisz jej deklarację przystąpienia")
    keys.send("Dalej")
    keys.fill("Imię i nazwisko", "Dorota Dyrektorska")
    keys.fill("Funkcja", "dyrektor")
    keys.send("Dalej")
    keys.fill("Imię i nazwisko", "Piotr Partnerski")
    keys.fill("Stanowisko", "doradca zawodowy")
    keys.fill("Adres e-mail", coordinator_email)
    keys.send("Dalej")
    keys.attach("Podpisana deklaracja", pdf)
    keys.fill_date("Data podpisania", day)
    keys.fill_date("Data wpływu do Lidera", day)
    keys.tick("Instytucja akceptuje obowiązujący regulamin")
    keys.send("Złóż deklarację")
