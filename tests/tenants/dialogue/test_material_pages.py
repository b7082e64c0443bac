"""Materials on their pages: by topic, guarded, and out of sight once withdrawn (POR §2.3.1)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.models import StoredFile
from kooperacja.guard.kinds import PASSED
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.models import Material
from tenants.dialogue.models.materials import MATERIAL_FILE
from tenants.partnership.models import Membership
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import people as make_people
from tests.tenants.reading import HOME, text_of

LIST = HOME + "miedzy-spotkaniami/materialy/"
PESEL = "44051401359"

Signed = tuple[Client, Person]


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def lead(in_partnership: TenantRef) -> Signed:
    return make_people.signed_in(in_partnership, Role.LEAD)


@pytest.fixture
def member() -> Membership:
    return make.seated("Szkoła")


@pytest.fixture
def partner(in_partnership: TenantRef, member: Membership) -> Signed:
    of = member.organisation
    return make_people.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=of)


def form(of: object, **more: Any) -> dict[str, Any]:
    plain = {"key": str(uuid7()), "of": str(of), "title": "Poradnik", "text": "Do rozmowy."}
    return {**plain, "topic": "", "link": "", "until": "", **more}


def new_at() -> str:
    return f"{LIST}nowy/{make_meetings.pzk().pk}/"


def at(row: Material, page: str = "") -> str:
    return f"{LIST}{row.pk}/{page}"


def main_of(answer: Any) -> str:
    return text_of(answer).partition("<main")[2].partition("</main>")[0]


# --- The list ------------------------------------------------------------------------------------


def test_the_list_stands_by_topic_with_the_newest_first(lead: Signed, member: Membership) -> None:
    first = make.topic("Wzory")
    make.topic("Szkolenia", first)
    for title, topic in (("Alfa", first), ("Beta", None), ("Gamma", first)):
        make.material(topic=topic, title=title)
    page = main_of(lead[0].get(LIST))
    assert re.findall(r'<h2 id="temat-\d+">([^<]+)<', page) == ["Wzory", "Inne"]
    assert re.findall(r'<h3 class="h5"><a [^>]+>([^<]+)<', page) == ["Gamma", "Alfa", "Beta"]
    for query, titles in (
        ({"temat": str(first.pk)}, ["Gamma", "Alfa"]),
        ({"temat": "none"}, ["Beta"]),
        ({"szukaj": "alf"}, ["Alfa"]),
        ({"szukaj": "wzory"}, ["Gamma", "Alfa"]),
        ({"szukaj": "gamma", "temat": "none"}, []),
    ):
        page = main_of(lead[0].get(LIST, query))
        assert re.findall(r'<h3 class="h5"><a [^>]+>([^<]+)<', page) == titles, query


def test_an_empty_list_says_what_belongs_there(lead: Signed, partner: Signed) -> None:
    for client, _ in (lead, partner):
        page = main_of(client.get(LIST))
        assert "Nikt jeszcze niczego nie udostępnił" in page
        assert "Nie ma tu danych rodzin" in page
        assert "Udostępnij materiał" in page
    assert "Ułóż tematy" not in main_of(partner[0].get(LIST))


def test_what_is_out_of_date_stays_with_its_day(lead: Signed) -> None:
    day = timezone.localdate()
    make.material(title="Dawny", until=day - timedelta(days=1))
    make.material(title="Ważny dziś", until=day)
    page = main_of(lead[0].get(LIST))
    assert page.count("nieaktualny") == 1
    assert page.index("Ważny dziś") < page.index("Dawny") < page.index("nieaktualny")
    assert "Sprawdź, czy nie ma nowszego" in main_of(lead[0].get(at(Material.objects.last())))


def test_a_link_says_where_it_leads_and_tells_the_other_side_nothing(partner: Signed) -> None:
    row = make.material(link="https://www.wiedza.example/a?b=1&c=2")
    link = '<a[^>]*href="https://www.wiedza.example/a\\?b=1&amp;c=2" rel="noopener noreferrer">'
    for page in (LIST, at(row)):
        shown = main_of(partner[0].get(page))
        assert re.search(link + r"Otwórz stronę wiedza\.example", shown)
        assert "target=" not in shown
        assert "poza Kooperacj" in shown


# --- Sharing -------------------------------------------------------------------------------------


def test_a_file_sent_twice_is_one_material(partner: Signed, member: Membership) -> None:
    sent = form(member.organisation_id)
    for _ in range(2):
        answer = partner[0].post(new_at(), {**sent, "file": make_people.pdf("plan.pdf")})
        assert answer.status_code == 302
    row = Material.objects.get()
    assert (row.of, row.versions.get().name) == ("Szkoła", "plan.pdf")
    assert StoredFile.objects.filter(kind=MATERIAL_FILE).count() == 1
    again = {"key": str(uuid7()), "version": "0"}
    for _ in range(2):
        newer = partner[0].post(at(row, "wersja/"), {**again, "file": make_people.pdf("nowy.pdf")})
        assert newer.status_code == 302
    assert row.versions.count() == 2
    page = main_of(partner[0].get(LIST))
    assert "wcześniejsze wersje (1)" in page
    late = {"key": str(uuid7()), "version": "0", "file": make_people.pdf("inny.pdf")}
    assert partner[0].post(at(row, "wersja/"), late).status_code == 409
    assert row.versions.count() == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Dodaj plik albo wpisz"),
        ({"link": "http://wiedza.example/"}, "zaczyna się od https://"),
        ({"link": "ftp://wiedza.example/"}, "zaczyna się od https://"),
        ({"link": "javascript:alert(1)"}, "Podaj adres strony"),
        ({"link": "https://"}, "Podaj adres strony"),
        ({"link": "https://bank.example@zly.example/"}, "bez nazwy użytkownika"),
        ({"link": "https://b\u0430nk.example/"}, "tylko polskie litery"),
        ({"link": "https://a.example", "file": "plan.pdf"}, "jedno z dwojga"),
        ({"file": b"MZ"}, "To nie jest plik PDF"),
        ({"link": "https://a.example", "topic": str(uuid7())}, "Temat"),
        ({"link": "https://a.example", "title": "x" * 151}, "150"),
    ],
)
def test_what_cannot_be_shared_is_said_and_nothing_is_kept(
    partner: Signed, member: Membership, sent: dict[str, Any], words: str
) -> None:
    match sent.get("file"):
        case str() as name:
            sent = {**sent, "file": make_people.pdf(name)}
        case bytes() as content:
            sent = {**sent, "file": SimpleUploadedFile("plan.pdf", content)}
    answer = partner[0].post(new_at(), form(member.organisation_id, **sent))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Material.objects.exists()
    assert not StoredFile.objects.filter(kind=MATERIAL_FILE).exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "Sprawa Jana Kowalskiego"),
        ("text", "Dzwoń: 601 234 567"),
        ("link", "https://a.example/?kto=jan.zmyslony%40poczta.example"),
        ("link", "https://a.example/601234567/"),
        ("link", f"https://a.example/?nr={PESEL}"),
        ("file", "Kowalska_Anna-wywiad.pdf"),
    ],
)
def test_what_looks_like_personal_data_stops_it_in_every_field(
    partner: Signed, member: Membership, field: str, text: str
) -> None:
    named = make_people.pdf(text) if field == "file" else text
    plain = {} if field in ("file", "link") else {"link": "https://a.example/"}
    answer = partner[0].post(new_at(), form(member.organisation_id, **plain, **{field: named}))
    assert answer.status_code == 422
    assert "Sprawdź dane osobowe, zanim wyślesz" in text_of(answer)
    assert not Material.objects.exists()


def test_who_says_why_passes_the_warning_and_the_journal_keeps_the_reason(
    partner: Signed, member: Membership
) -> None:
    sent = form(member.organisation_id, link="https://a.example/", text="Dzwoń: 601 234 567")
    answer = partner[0].post(new_at(), {**sent, "guard_reason": "Numer infolinii."})
    assert answer.status_code == 302
    row = Material.objects.get()
    said = {"title": "Plan Anny Nowak", "text": "x", "topic": "", "link": row.link, "until": ""}
    stopped = partner[0].post(at(row, "popraw/"), {**said, "version": "0"})
    reason = {"why": "Prosi Anna Nowak", "version": "0"}
    assert stopped.status_code == 422
    assert partner[0].post(at(row, "wycofaj/"), reason).status_code == 422
    row.refresh_from_db()
    assert (row.title, row.state) == ("Poradnik", "SHARED")
    assert [entry.why for entry in Entry.objects.filter(verb=PASSED)] == ["Numer infolinii."]


def test_a_late_correction_shows_both_texts(
    lead: Signed, partner: Signed, member: Membership
) -> None:
    row = make.material(member.organisation, partner[1])
    said = {"text": "Do rozmowy.", "topic": "", "until": "", "version": "0"}
    done = lead[0].post(at(row, "popraw/"), {**said, "title": "Pierwszy"})
    late = partner[0].post(at(row, "popraw/"), {**said, "title": "Drugi"})
    assert (done.status_code, late.status_code) == (302, 409)
    assert "Pierwszy" in text_of(late)
    assert "Drugi" in text_of(late)
    row.refresh_from_db()
    assert (row.title, row.version) == ("Pierwszy", 1)


# --- Out of sight --------------------------------------------------------------------------------


def test_a_withdrawn_one_is_gone_by_every_path_but_for_who_runs_the_team(
    lead: Signed, partner: Signed, member: Membership
) -> None:
    row = make.material(person=partner[1], of=member.organisation, title="Świetlny poradnik")
    shown = re.search(r'href="([^"]+/pliki/[^"]+)"', main_of(partner[0].get(at(row))))
    assert shown
    file = shown[1]
    assert partner[0].get(file).status_code == 200
    gone = partner[0].post(at(row, "wycofaj/"), {"version": "0", "why": "Są nowsze zasady."})
    assert (gone.status_code, gone["Location"]) == (302, LIST)
    for page in ("", "popraw/", "wersja/", "wycofaj/"):
        assert partner[0].get(at(row, page)).status_code == 404
    assert partner[0].get(file).status_code == 403
    for page in (LIST, f"{LIST}?szukaj=świetlny"):
        assert "Świetlny" not in main_of(partner[0].get(page)).replace('value="świetlny"', "")
    search = {"slowa": "świetlny"}
    assert "Świetlny" not in main_of(partner[0].post(f"{HOME}szukaj/", search))
    assert "Świetlny" in main_of(lead[0].post(f"{HOME}szukaj/", search))
    assert "wycofany" in main_of(lead[0].get(LIST))
    assert "Są nowsze zasady." in main_of(lead[0].get(at(row)))
    assert lead[0].get(file).status_code == 200
    assert lead[0].get(at(row, "popraw/")).status_code == 409


def test_a_member_of_another_unit_and_who_left_read_nothing(
    powiat: TenantRef, member: Membership, in_partnership: TenantRef
) -> None:
    row = make.material(title="Świetlny poradnik")
    with inside(powiat):
        stranger = make_people.signed_in(powiat, Role.LEAD)[0]
    with inside(in_partnership):
        outside = make_people.signed_in(in_partnership)[0]
    for client in (stranger, outside):
        for page in (LIST, at(row), at(row, "popraw/")):
            answer = client.get(page)
            assert answer.status_code in (403, 404)
            assert "Świetlny" not in text_of(answer)
