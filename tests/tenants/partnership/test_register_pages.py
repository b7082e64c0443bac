"""The register's pages and files: what they say, to whom, and what they cost."""

import io
import zipfile
from datetime import date

import docx
import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kooperacja.audit.models import Entry
from kooperacja.documents.actions import replace_template
from kooperacja.documents.papers import fields_in
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership import history
from tenants.partnership.models import Engagement, Membership, MembershipFlag
from tenants.partnership.papers import REGISTER, register_context
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, queries_of, text_of

JOINED = date(2025, 1, 1)


@pytest.fixture
def member(in_partnership: TenantRef) -> Membership:
    made = make_partnership.member(
        make.organisation(name='=HYPERLINK("http://zly.example")'), JOINED
    )
    for level, begun, over in (
        ("FULL", JOINED, date(2025, 3, 1)),
        ("PARTIAL", date(2025, 3, 1), date(2025, 3, 1)),
        ("ON_REQUEST", date(2025, 3, 1), None),
    ):
        Engagement.objects.create(
            membership=made, level=level, reason="z diagnozy", from_on=begun, ended_on=over
        )
    MembershipFlag.objects.create(membership=made, kind="KEY", from_on=date(2025, 2, 1))
    make_partnership.worker(made, from_on=date(2025, 4, 1))
    return made


def on(client: Client, day: str, query: str = "") -> str:
    return text_of(client.get(f"{PARTNERSHIP}czlonkowie/?dzien={day}{query}"))


def test_the_register_shows_what_held_that_day(keeper: Client, member: Membership) -> None:
    early, late = on(keeper, "2025-01-31"), on(keeper, "2025-04-01")

    row = early[early.index("<tbody") :]
    assert "stałe" in row
    assert "kluczowa" not in row
    row = late[late.index("<tbody") :]
    assert "na wezwanie" in row
    assert "<span>kluczowa</span>" in row
    assert "HYPERLINK" in row
    assert "HYPERLINK" not in on(keeper, "2024-12-31")


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("&stopien=FULL", True),
        ("&stopien=PARTIAL", False),
        ("&cecha=KEY", False),
        ("&szukaj=hyper", True),
        ("&szukaj=szkola", False),
        ("&sektor=HEALTH", False),
    ],
)
def test_the_register_is_narrowed_as_of_its_day(
    keeper: Client, member: Membership, query: str, is_found: bool
) -> None:
    assert ("HYPERLINK" in on(keeper, "2025-01-31", query)) == is_found


def test_the_files_of_the_day_stand_below_its_table(keeper: Client, member: Membership) -> None:
    page = keeper.get(f"{PARTNERSHIP}czlonkowie/?dzien=2025-01-31").content.decode()

    for suffix in ("pdf", "docx", "xlsx"):
        at = page.index(f'czlonkowie/rejestr.{suffix}?dzien=2025-01-31"')
        assert at > page.index("</table>")


def test_the_history_tells_all_in_order(keeper: Client, member: Membership) -> None:
    said = [(one.day.isoformat(), one.text.split(":")[0]) for one in history.changes()]

    assert said == [
        ("2025-01-01", "przyjęcie do Partnerstwa"),
        ("2025-01-01", "nowy koordynator"),
        ("2025-01-01", "stopień zaangażowania"),
        ("2025-02-01", "cecha"),
        ("2025-03-01", "stopień zaangażowania"),
        ("2025-04-01", "wskazanie do ZZK"),
    ]
    page = text_of(keeper.get(PARTNERSHIP + "czlonkowie/historia/?rodzaj=stopien&szukaj=hyper"))
    assert "stopień zaangażowania: na wezwanie" in page
    assert "częściowe" not in page
    assert "przyjęcie do" not in page


def test_who_left_is_told_with_the_cause(in_partnership: TenantRef) -> None:
    gone = make_partnership.member(make.organisation(), JOINED, date(2025, 5, 1))
    Membership.objects.filter(pk=gone.pk).update(end_cause="RESIGNATION")

    assert history.changes("czlonkostwo")[-1].text == "ustanie członkostwa (rezygnacja)"


def test_the_spreadsheet_runs_nothing(keeper: Client, member: Membership) -> None:
    file = keeper.get(PARTNERSHIP + "czlonkowie/rejestr.xlsx?dzien=2025-04-01")

    assert file.headers["Content-Disposition"].endswith('rejestr-czlonkow-2025-04-01.xlsx"')
    with zipfile.ZipFile(io.BytesIO(file.content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        texts = parts.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert "=HYPERLINK(" in texts
    assert "na wezwanie" in texts


def test_the_print_is_tagged_and_says_the_day(keeper: Client, member: Membership) -> None:
    file = keeper.get(PARTNERSHIP + "czlonkowie/rejestr.pdf?dzien=2025-04-01")

    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "pl"
    with pypdfium2.PdfDocument(file.content) as document:
        page = document[0]
        text = page.get_textpage().get_text_bounded().replace("\N{NO-BREAK SPACE}", " ")
        assert page.get_width() > page.get_height()
    assert "na dzień 1 kwietnia 2025 r." in " ".join(text.split())
    assert "HYPERLINK" in text


def test_the_word_file_has_a_row_for_each_member(keeper: Client, member: Membership) -> None:
    file = keeper.get(PARTNERSHIP + "czlonkowie/rejestr.docx?dzien=2025-04-01")

    assert file.headers["Content-Disposition"].endswith('rejestr-czlonkow-2025-04-01.docx"')
    document = docx.Document(io.BytesIO(file.content))
    text = "\n".join(one.text for one in document.paragraphs).replace("\N{NO-BREAK SPACE}", " ")
    assert "na dzień 1 kwietnia 2025 r." in text
    assert "Oprócz niego 1 kooperant." in text
    header, row = document.tables[0].rows
    assert header.cells[1].text == "Instytucja, sektor, siedziba"
    assert row.cells[0].text == "1"
    assert row.cells[1].text.startswith('=HYPERLINK("http://zly.example")\npomoc społeczna')
    assert row.cells[5].text.startswith("na wezwanie; kluczowa")
    assert row.cells[6].text == "1"


def test_the_offices_own_form_shapes_the_word_file(keeper: Client, member: Membership) -> None:
    form, made = docx.Document(), io.BytesIO()
    form.add_paragraph("{% for one in members %}{{ one.name }}: NASZ WZÓR{% endfor %}")
    form.save(made)
    upload = SimpleUploadedFile("nasz.docx", made.getvalue())
    replace_template(by=make.BY, paper=REGISTER, upload=upload, after=0)

    file = keeper.get(PARTNERSHIP + "czlonkowie/rejestr.docx?dzien=2025-04-01")

    (text,) = [one.text for one in docx.Document(io.BytesIO(file.content)).paragraphs]
    assert text.endswith(": NASZ WZÓR")


def test_the_example_has_the_fields_of_the_real_register(member: Membership) -> None:
    day = date(2025, 4, 1)

    assert set(REGISTER.fields) == set(fields_in(register_context(day, day)))


def test_taking_the_register_is_written_down(keeper: Client, member: Membership) -> None:
    for suffix in ("pdf", "docx", "xlsx"):
        keeper.get(f"{PARTNERSHIP}czlonkowie/rejestr.{suffix}?dzien=2025-04-01")

    taken = Entry.objects.filter(verb="REGISTER_EXPORTED").order_by("pk")
    assert [one.data["format"] for one in taken] == [
        [None, "PDF"],
        [None, "DOCX"],
        [None, "XLSX"],
    ]
    assert {one.data["day"][1] for one in taken} == {"2025-04-01"}


@pytest.mark.parametrize("day", ["2099-01-01", "wczoraj"])
@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx"])
def test_a_day_that_has_no_register_has_no_file(
    keeper: Client, member: Membership, suffix: str, day: str
) -> None:
    page = keeper.get(f"{PARTNERSHIP}czlonkowie/rejestr.{suffix}?dzien={day}")

    assert page.status_code == 422
    assert "Nie ma rejestru na ten dzień" in text_of(page)
    assert not Entry.objects.filter(verb="REGISTER_EXPORTED").exists()


AS_WORD = "czlonkowie/rejestr.docx"
PAGES = {
    "czlonkowie/": 8,
    "czlonkowie/?dzien=2025-06-01": 8,
    "czlonkowie/historia/": 7,
    AS_WORD: 13,
    "czlonkowie/rejestr.xlsx": 12,
    "wskazani-pracownicy/": 4,
    "instytucje/": 4,
}


def test_a_thousand_members_cost_as_many_queries_as_ten(
    keeper: Client, partnership: TenantRef
) -> None:
    keeper.get(PARTNERSHIP + "czlonkowie/")
    make_partnership.many_members(10)
    few = {path: queries_of(keeper, PARTNERSHIP + path) for path in PAGES}
    with inside(partnership):
        make_partnership.many_members(390, date(2025, 1, 1))
    many = {AS_WORD: queries_of(keeper, PARTNERSHIP + AS_WORD)}  # a longer one is asked for
    with inside(partnership):
        make_partnership.many_members(600, date(2025, 1, 1))
    many |= {path: queries_of(keeper, PARTNERSHIP + path) for path in PAGES if path != AS_WORD}

    assert few == many == PAGES


def test_the_register_shows_the_day_one_asks_for(keeper: Client) -> None:
    make_partnership.member(
        make.organisation(name="Dawny Członek"), date(2024, 5, 1), date(2025, 2, 1)
    )
    make_partnership.member(make.organisation(name="Nowy Członek"), date(2025, 6, 1))

    then = text_of(keeper.get(PARTNERSHIP + "czlonkowie/?dzien=2025-01-31"))
    now = text_of(keeper.get(PARTNERSHIP + "czlonkowie/"))

    assert "Dawny Członek" in then
    assert "Nowy Członek" not in then
    assert "Dawny Członek" not in now
    assert "Nowy Członek" in now


def test_the_register_of_a_future_day_is_refused(keeper: Client) -> None:
    page = keeper.get(PARTNERSHIP + "czlonkowie/?dzien=2099-01-01")

    assert page.status_code == 422
    assert "na dzień z przeszłości" in text_of(page)
