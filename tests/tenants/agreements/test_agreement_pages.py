"""The office writes a draft on its pages, from the variant to the file (POR)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements import demo
from tenants.agreements.exit import write_agreements
from tenants.agreements.models import Addition, Agreement, Party
from tenants.agreements.text import Text, values_of
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import agreement_later as later
from tests.factories import agreements as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"


@pytest.fixture
def office(partnership: TenantRef) -> Client:
    with inside(partnership):
        client, _ = make_people.signed_in(partnership, Role.NETWORK_OFFICER)
    return client


def begun(office: Client, variant: str = "A") -> Agreement:
    answer = office.post(f"{AT}/nowe/", {"key": str(uuid7()), "variant": variant})
    assert answer.status_code == 302
    return Agreement.objects.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def blanks(agreement: Agreement, **fields: Any) -> dict[str, Any]:
    names = (
        *("place", "county", "voivodeship", "rops", "meetings_count", "meetings_period"),
        *("meeting_place", "force", "amended_by"),
    )
    plain = {name: getattr(agreement, name) for name in names}
    return {"version": agreement.version, "regional_support": "", **plain, **fields}


def test_the_register_says_where_a_draft_of_a_gmina_is(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = begun(office)
        words = values_of(agreement)
    assert words["units"] == "gminy miejsko-wiejskiej Gogolin"
    assert words["county"] == "powiatu krapkowickiego"
    assert (words["voivodeship"], bool(words["rops"])) == ("opolskiego", True)


def test_several_gminas_are_chosen_and_read_in_their_case(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = begun(office)
        page = office.get(f"{AT}/{agreement.pk}/pola/").content.decode()
        assert "gmina miejsko-wiejska Gogolin" in page
        said = blanks(agreement, place="Walcach", units=["160501"], sign_by="2030-01-02")
        assert office.post(f"{AT}/{agreement.pk}/pola/", said).status_code == 302
        agreement.refresh_from_db()
        assert (agreement.place, agreement.sign_by.year) == ("w Walcach", 2030)
        # Late: both texts are shown, and nothing is lost.
        late = office.post(f"{AT}/{agreement.pk}/pola/", {**said, "place": "Gogolinie"})
        assert late.status_code == 409
        assert Agreement.objects.get(pk=agreement.pk).place == "w Walcach"


@pytest.mark.parametrize(("variant", "is_asked"), [("A", True), ("B", True), ("C", False)])
def test_c_is_not_asked_for_a_rhythm_and_takes_none(
    partnership: TenantRef, office: Client, variant: str, is_asked: bool
) -> None:
    with inside(partnership):
        agreement = begun(office, variant)
        at = f"{AT}/{agreement.pk}/pola/"
        page = office.get(at).content.decode()
        said = blanks(agreement, meetings_count=2, meetings_period="YEAR", place="Walcach")
        assert office.post(at, {**said, "place_policy": "FIXED"}).status_code == 302
        agreement.refresh_from_db()
    assert ("Spotkania nie rzadziej niż" in page) is is_asked
    assert agreement.place == "w Walcach"
    rhythm = (agreement.meetings_count, agreement.meetings_period)
    assert rhythm == ((2, "YEAR") if is_asked else (1, "QUARTER"))


@pytest.mark.parametrize("variant", ["A", "C"])
def test_meetings_at_each_partner_in_turn_are_not_asked_of_a_variant_without_such_a_text(
    partnership: TenantRef, office: Client, variant: str
) -> None:
    with inside(partnership):
        agreement = begun(office, variant)
        at = f"{AT}/{agreement.pk}/pola/"
        assert "place_policy" not in office.get(at).content.decode()
        office.post(at, blanks(agreement, place="Walcach", place_policy="ROTATING"))
        assert Agreement.objects.get(pk=agreement.pk).place_policy == "FIXED"


def test_who_signs_an_aneks_is_a_choice_of_the_draft_that_its_text_does_not_repeat(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = begun(office)
        assert agreement.amended_by == "ALL"
        said = blanks(agreement, place="Walcach", amended_by="NAMED")
        assert office.post(f"{AT}/{agreement.pk}/pola/", said).status_code == 302
        page = text_of(office.get(f"{AT}/{agreement.pk}/"))
        assert "tylko Strony, których zmiana dotyczy" in page
        agreement.refresh_from_db()
        read = " ".join(line.text for line in Text(agreement).everything())
    assert "aneks" not in read.lower()


@pytest.mark.parametrize(
    ("whole", "words"),
    [(False, "Czego brakuje"), (True, "Niczego nie brakuje")],
)
def test_what_a_draft_lacks_stands_under_a_heading_that_fits(
    partnership: TenantRef, office: Client, whole: bool, words: str
) -> None:
    with inside(partnership):
        agreement = make.whole("A") if whole else make.draft("A")
        page = text_of(office.get(agreement.url))
    assert words in page
    assert ("co najmniej dwie Strony (preambuła porozumienia)" in page) is not whole
    assert "brak: " not in page


def test_the_list_is_searched_by_number_and_party_and_taken_as_a_file(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        first = make.whole("A")
        make.party(first, name="Szpital Świętej Zofii")
        numbered = make.before_parties(make.whole("C"))
        Agreement.objects.filter(pk=numbered.pk).update(number="POR/7/2026")
        found = {
            asked: {
                pk for pk in (first.pk, numbered.pk) if str(pk) in text_of(office.get(AT + asked))
            }
            for asked in (
                *("/", "/?szukaj=szpital+swietej", "/?szukaj=por/7", "/?szukaj=nikt"),
                *("/?stan=SIGNING", "/?wariant=A", "/?wariant=A&szukaj=por/7"),
            )
        }
        nothing = text_of(office.get(f"{AT}/?szukaj=nikt"))
        sheet = office.get(f"{AT}/?szukaj=por/7&plik=csv")
    assert [*found.values()] == [
        {first.pk, numbered.pk},
        {first.pk},
        {numbered.pk},
        set(),
        {numbered.pk},
        {first.pk},
        set(),
    ]
    assert "Żadne porozumienie nie odpowiada wybranym warunkom." in nothing
    lines = sheet.content.decode("utf-8-sig").strip().splitlines()
    assert [line for line in lines if "Porozumienie nr" in line and "POR/7/2026" in line]
    assert "Szpital" not in sheet.content.decode("utf-8-sig")


@pytest.mark.parametrize("years", [-3, 3])
def test_a_day_years_away_is_asked_about_before_it_is_saved(
    partnership: TenantRef, office: Client, years: int
) -> None:
    today = timezone.localdate()
    day = today.replace(day=1, year=today.year + years).isoformat()
    with inside(partnership):
        agreement = begun(office)
        at = f"{AT}/{agreement.pk}/pola/"
        asked = office.post(at, blanks(agreement, concluded_on=day, units=["160501"]))
        assert asked.status_code == 422
        assert "jest o ponad rok od dzisiaj. Sprawdź rok." in text_of(asked)
        assert Agreement.objects.get(pk=agreement.pk).concluded_on is None
        said = blanks(agreement, concluded_on=day, units=["160501"], answered=day)
        assert office.post(at, said).status_code == 302
        agreement.refresh_from_db()
        assert agreement.concluded_on.isoformat() == day
        # What was confirmed once is not asked about again.
        again = blanks(agreement, concluded_on=day, units=["160501"])
        assert office.post(at, again).status_code == 302


def test_a_county_that_the_register_calls_otherwise_is_typed(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = begun(office)
        at = f"{AT}/{agreement.pk}/pola/"
        wrong = blanks(agreement, county="krapkowicki", voivodeship="Opole")
        page = text_of(office.post(at, wrong))
        assert "Zacznij od „powiat”" in page
        assert "Wpisz w mianowniku, na przykład „opolskie”." in page
        assert Agreement.objects.get().county == agreement.county
        said = blanks(agreement, county="powiat nyski", voivodeship="województwo śląskie")
        assert office.post(at, said).status_code == 302
        words = values_of(Agreement.objects.get())
    assert (words["county"], words["voivodeship"]) == ("powiatu nyskiego", "śląskiego")


def test_a_party_of_the_register_brings_its_seat_and_its_head(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = begun(office)
        of = make_people.organisation(name="Szkoła Podstawowa w Kamieniu")
        head = make_people.head(of)
        sent = {"key": str(uuid7()), "organisation": str(of.pk), "number": "1"}
        for _ in range(2):
            assert office.post(f"{AT}/{agreement.pk}/strona/", sent).status_code == 302
        party = Party.objects.get()
        assert (party.name, party.seat, party.represented_by) == (
            of.name,
            "w Kamieniu",
            head.full_name,
        )
        # It stays as it was on the day.
        Organisation.objects.filter(pk=of.pk).update(name="Zespół Szkół")
        assert "Szkoła Podstawowa w Kamieniu" in Text(agreement).party_lines()[0].text


def test_a_party_twice_and_one_without_a_name_are_said_beside_the_field(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = make.draft("C")
        make.party(agreement, name="Szpital")
        for name, words in (("szpital", "jest już Stroną"), ("", "Wybierz instytucję")):
            sent = {"key": str(uuid7()), "name": name, "number": "2"}
            answer = office.post(f"{AT}/{agreement.pk}/strona/", sent)
            assert (answer.status_code, words in answer.content.decode()) == (422, True)
        assert Party.objects.count() == 1


def test_a_clause_of_ones_own_moves_the_numbers_on_the_page(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = make.whole("A")
        sent = {
            "key": str(uuid7()),
            "place": "after:2.1",
            "text": "Spotkania prowadzi Partner nr 1.",
        }
        for _ in range(2):
            assert office.post(f"{AT}/{agreement.pk}/dodatek/", sent).status_code == 302
        assert Addition.objects.count() == 1
        page = office.get(f"{AT}/{agreement.pk}/tekst/").content.decode().replace("\u00a0", " ")
    assert "wymienionych w § 2 ust. 4 oraz" in page
    assert "W źródle" in page


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_name_of_a_file_says_that_it_is_a_draft(
    partnership: TenantRef, office: Client, kind: str
) -> None:
    with inside(partnership):
        agreement = make.whole("B")
    answer = office.get(f"{AT}/{agreement.pk}/projekt.{kind}")
    assert answer.status_code == 200
    assert f"projekt.{kind}" in answer["Content-Disposition"]


class Sheets:
    """The exit package in the making."""

    def __init__(self) -> None:
        self.rows: dict[str, list[list[Any]]] = {}

    def sheet(self, name: str, header: list[str], rows: Iterable[Iterable[Any]]) -> None:
        self.rows[name] = [[*row] for row in rows]
        assert all(len(row) == len(header) for row in self.rows[name])


def test_the_exit_package_has_texts_parties_and_everybody_ever_named(
    partnership: TenantRef,
) -> None:
    pack = Sheets()
    with inside(partnership):
        agreement = make.whole("C", 3)
        past = timezone.localdate() - timedelta(days=9)
        make.contact(agreement.parties.first(), full_name="Dawna Osoba", from_on=past)
        write_agreements(pack)
    assert len(pack.rows["porozumienia/strony"]) == 3
    assert "Dawna Osoba" in [row[2] for row in pack.rows["porozumienia/osoby"]]
    assert any("Gminną Grupę Kooperacji" in row[-1] for row in pack.rows["porozumienia/teksty"])


def test_the_demo_has_a_draft_in_a_gmina_and_one_in_a_powiat(
    partnership: TenantRef, powiat: TenantRef
) -> None:
    today = timezone.localdate()
    with inside(powiat):
        make_partnership.found(powiat)
    for tenant, variant, parties in ((partnership, "A", 2), (powiat, "C", 4)):
        with inside(tenant):
            make_people.lead()
            for _ in range(4):
                make_people.organisation()
            for _ in range(2):  # it may be written twice
                demo.write(tenant.name, today)
            agreement = Agreement.objects.get(state="DRAFT")
            assert (agreement.variant, agreement.parties.count()) == (variant, parties)
            assert agreement.texts.count() == (variant == "C")
            assert Agreement.objects.filter(state="SIGNING").count() == (variant == "C")


def test_who_is_about_to_accede_is_not_found_by_whoever_may_not_know(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = later.in_force()
        accession = later.prepared(agreement, name="Fundacja Tajemna")
        asked = f"{AT}/?szukaj=tajemna"
        assert str(agreement.pk) not in text_of(office.get(asked))
    with inside(partnership):
        later.signed(accession)
    assert str(agreement.pk) in text_of(office.get(asked))
