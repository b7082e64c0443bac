"""What is already in the register is shown before it is entered once more (REG §5.1.a)."""

import pytest
from django.test import Client
from uuid6 import uuid7

from tenants.people import rules
from tenants.people.forms import told_apart
from tenants.people.models import Organisation
from tenants.people.rules import Described
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

NEW = PARTNERSHIP + "instytucje/nowa/"
CLUB = Described("Koło Gospodyń „Łąkowianki”", "Zakrzów")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (CLUB, "podobna nazwa, ta sama miejscowość"),
        (Described("KOLO GOSPODYN LAKOWIANKI", "zakrzow"), "podobna nazwa, ta sama miejscowość"),
        (Described("Łąkowianki, Koło Gospodyń", "Zakrzów"), "podobna nazwa, ta sama miejscowość"),
        (Described("Koło Gospodyń Łąkowianiki", "Zakrzów"), "podobna nazwa, ta sama miejscowość"),
        (Described("Koło Gospodyń Wiejskich Łąkowianki", "Zakrzów"), "podobna nazwa, ta sama miejscowość"),
        (Described("Koło Gospodyń „Łąkowianki”", "Otmęt"), ""),
        (Described("Koło Gospodyń „Sarnianki”", "Zakrzów"), ""),
    ],
)  # fmt: skip
def test_names_of_one_place_are_compared_by_their_words(other: Described, why: str) -> None:
    assert rules.why_alike(CLUB, other) == why
    assert rules.why_alike(other, CLUB) == why


def test_numbers_of_schools_and_legal_forms() -> None:
    assert not rules.is_like("Szkoła Podstawowa nr 1", "Szkoła Podstawowa nr 2")
    assert rules.is_like("Dobre Ręce Sp. z o.o.", "Dobre Ręce spółka z o. o.")
    assert rules.is_like("Szkoła im. Jana Wzoru", "Szkoła imienia Jana Wzoru")
    assert not rules.is_like("Nadzieja S.A.", "sp. z o.o.")


def test_numbers_of_registers_go_before_names() -> None:
    one = Described("Przedszkole", "Gogolin", nip="1", regon="11")

    assert not rules.why_alike(one, one._replace(regon="22"))
    assert rules.why_alike(one, Described("Żłobek", "Otmęt", nip="1")) == "ten sam NIP"
    assert rules.why_alike(one, Described("Żłobek", "Otmęt", regon="11")) == "ten sam numer REGON"
    krs = Described("Żłobek", "Otmęt", krs="5")
    assert rules.why_alike(one._replace(krs="5"), krs) == "ten sam numer KRS"


def test_only_institutions_of_one_name_say_more_in_a_list(in_partnership: None) -> None:
    one = make.organisation(name="Dom Kultury", city="Gogolin", regon="")
    other = make.organisation(name="Dom kultury", city="Otmęt")
    third = make.organisation(name="Szkoła")

    assert told_apart([one, other, third]) == {
        one.pk: "Dom Kultury, Gogolin",
        other.pk: f"Dom kultury, Otmęt, REGON {other.regon}",
        third.pk: "Szkoła",
    }


def entered(**changed: str) -> dict[str, str]:
    data = {"key": str(uuid7()), "name": "Dom kultury w Gogolinie", "city": "gogolin"}
    return {**data, "sector": "CULTURE", "answered": "", **changed}


def test_one_that_is_there_is_shown_before_a_second_is_saved(keeper: Client) -> None:
    known = make.organisation(name="Dom Kultury w Gogolinie", regon="", nip="5260250995")

    page = keeper.post(NEW, entered())

    assert page.status_code == 422
    assert "Podobne instytucje" in text_of(page)
    assert f'instytucje/{known.pk}/">Dom Kultury w Gogolinie, Gogolin, NIP 5260250995<' in text_of(
        page
    )
    assert Organisation.objects.get() == known


def test_it_is_saved_by_one_press_with_nothing_typed_again(keeper: Client) -> None:
    known = make.organisation(name="Dom Kultury w Gogolinie", regon="")
    page = keeper.post(NEW, sent := entered())
    assert "To inna instytucja, zapisz" in text_of(page)
    assert f'name="answered" value="{known.pk}"' in text_of(page)

    keeper.post(NEW, {**sent, "answered": str(known.pk)})

    assert Organisation.objects.filter(pk=sent["key"]).exists()


def test_an_answer_about_one_is_none_about_another(keeper: Client) -> None:
    known = make.organisation(name="Dom Kultury w Gogolinie", regon="")
    make.organisation(name="Gogolin, dom kultury", regon="")

    page = keeper.post(NEW, entered(answered=str(known.pk)))

    assert page.status_code == 422
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (("anna kowalska", ""), ""),
        (("Anna Kowalska", "ANNA@example.pl"), ""),
        (("Anna Kowalska", "inna@example.pl"), "podobne imię i nazwisko"),
        (("Kowalska Anna", "anna@example.pl"), "podobne imię i nazwisko"),
        (("Anna Kowalśka", ""), ""),
        (("Anna Maria Kowalska", ""), "podobne imię i nazwisko"),
        (("Ewa Lis", "anna@example.pl"), "ten sam adres e-mail"),
        (("Ewa Lis", ""), ""),
    ],
)
def test_people_are_compared_by_name_and_address(other: tuple[str, str], why: str) -> None:
    one = rules.Named("Anna Kowalska", "anna@example.pl")

    assert rules.why_same_person(one, rules.Named(*other)) == why


POST = {"full_name": "Lis Ewa", "function": "dyrektor", "email": "", "from_on": "2024-02-01"}


def post(keeper: Client, of: Organisation, **changed: str) -> object:
    sent = {"key": str(uuid7()), **POST, **changed}
    return keeper.post(f"{PARTNERSHIP}instytucje/{of.pk}/funkcje/", sent)


def test_a_person_of_the_institution_is_shown_and_taken(keeper: Client) -> None:
    of = make.organisation()
    known = make.head(of, full_name="Ewa Lis")

    asked = text_of(post(keeper, of))
    assert f"tak: Ewa Lis, {known.email} (podobne imię i nazwisko)" in asked
    post(keeper, of, answered=str(known.pk), function="sekretarz")

    assert known.posts.filter(function="sekretarz").exists()


def test_another_person_of_the_same_name_is_a_second_one(keeper: Client) -> None:
    of = make.organisation()
    known = make.head(of, full_name="Ewa Lis")

    post(keeper, of, answered=f"inna:{known.pk}")

    assert set(of.posts.values_list("person__full_name", flat=True)) == {"Ewa Lis", "Lis Ewa"}


def test_people_of_other_institutions_are_not_shown_by_name(keeper: Client) -> None:
    make.head(make.organisation(), full_name="Ewa Lis")

    page = post(keeper, of := make.organisation())

    assert page.status_code == 302  # type: ignore[attr-defined]
    assert of.posts.get().person.full_name == "Lis Ewa"
