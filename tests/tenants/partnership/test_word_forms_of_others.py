"""Word forms as other programs save them: taken and filled, or refused with what to do.

Each kind is made here. A folder of files of the same kinds may be named by KOOPERACJA_CASES.
"""

import io
import zipfile
from collections.abc import Callable
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kooperacja.documents.drawing import word_of
from kooperacja.documents.models import OfficeTemplate, StoredFile
from kooperacja.documents.office_templates import own_template
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.papers import ANNOTATED_DECLARATION as PAPER
from tenants.registry.roles import Role
from tests.cases import folder
from tests.factories import people as make
from tests.kooperacja.documents.test_word import words_of_docx
from tests.kooperacja.documents.test_wordcheck import FIELD, OPENED, OUTSIDE, SPOILT, word

PAGE = f"/gmina/gogolin/partnerstwo/osrodek/szablony/{PAPER.kind}/"
SAVE_AGAIN = "Otwórz go w programie Word i zapisz jeszcze raz"
NAME = PAPER.example["organisation"]["name"].split()[0]

TAKEN: dict[str, Callable[[], bytes]] = {
    "01_strict": OPENED["Strict Open XML"],
    "02_dotx": OPENED["a template (.dotx)"],
    "04_document2_word_online": OPENED["Word Online"],
    "05_rel_NULL": OPENED["a relation to nothing"],
    "08_attached_template": OPENED["an attached template"],
    "50_libreoffice_core": OPENED["core properties of LibreOffice"],
}
REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "10_ext_image_hyperlink_in_target": (
        OUTSIDE["image called hyperlink"],
        "Szablon wczytuje coś spoza siebie",
        "Osadź obrazy w dokumencie",
    ),
    "12_bad_crc": (SPOILT["wrong sum"][0], "jest uszkodzony", SAVE_AGAIN),
    "15_zip_encrypted_flag": (SPOILT["encrypted"][0], "jest zaszyfrowany", "bez hasła"),
    "18_xml_broken": (SPOILT["broken XML"][0], "jest uszkodzony", SAVE_AGAIN),
    "27_no_tags": (
        partial(word, "Deklaracja przystąpienia"),
        "nie ma żadnego pola",
        "zaznacz „Szablon bez pól”",
    ),
    "33_acceptance_unguarded": (
        partial(word, FIELD, "Przyjęto w dniu {{ acceptance.date }}"),
        "pole acceptance.date jest puste, gdy deklaracji jeszcze nie przyjęto",
        "ujmij je w warunek",
    ),
    "40_rich": (
        partial(word, "{{r organisation.name }}"),
        "Tego szablonu nie można użyć",
        "zapisz pole bez litery po klamrach",
    ),
}


def ours(name: str) -> bytes:
    return TAKEN[name]() if name in TAKEN else REFUSED[name][0]()


def theirs(name: str) -> bytes:
    return (folder("word-templates") / f"{name}.docx").read_bytes()


FROM = pytest.mark.parametrize("source", [ours, theirs], ids=lambda one: one.__name__)


@pytest.fixture
def admin(in_partnership: TenantRef) -> Client:
    client, _ = make.signed_in(in_partnership, Role.TENANT_ADMIN)
    return client


def give(client: Client, content: bytes) -> tuple[int, str]:
    upload = SimpleUploadedFile("nasz szablon.docx", content)
    answer = client.post(PAGE, {"file": upload, "after": 0})
    return answer.status_code, answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@FROM
@pytest.mark.parametrize("name", TAKEN)
def test_a_form_that_word_opens_is_taken_and_makes_a_sound_document(
    in_partnership: TenantRef, admin: Client, name: str, source: Callable[[str], bytes]
) -> None:
    status, _ = give(admin, source(name))
    assert status == 302
    with inside(in_partnership):
        made = word_of(PAPER, PAPER.example, own_template(PAPER.kind))
    assert NAME in words_of_docx(made)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert parts.testzip() is None
        assert len(parts.namelist()) == len({one.lower() for one in parts.namelist()})


@FROM
@pytest.mark.parametrize("name", REFUSED)
def test_any_other_form_is_refused_with_what_to_do(
    admin: Client, name: str, source: Callable[[str], bytes]
) -> None:
    status, page = give(admin, source(name))
    _, why, what_to_do = REFUSED[name]
    assert status == 422
    assert why in page
    assert what_to_do in page
    assert not OfficeTemplate.objects.exists()
    assert not StoredFile.objects.exists()


def test_no_file_of_the_folder_is_left_out() -> None:
    names = {file.stem for file in folder("word-templates").iterdir()}
    assert names == TAKEN.keys() | REFUSED.keys()


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["{%p for p in representatives if loop.index %}", "x", "{%p endfor %}"], "wewnątrz pętli"),
        (["{%p for p in representatives and place %}", "x", "{%p endfor %}"], "tylko nazwę listy"),
        (["{% if organisation.name > 1 %}x{% endif %}"], "nie można tak porównać"),
        (["{{ organisation }}"], "organisation to grupa pól"),
        (["{{ representatives }}"], "representatives to lista"),
    ],
)
def test_a_form_that_can_not_be_filled_is_refused_with_the_place(
    admin: Client, lines: list[str], why: str
) -> None:
    status, page = give(admin, word("Deklaracja", *lines))
    assert status == 422
    assert "Treść, akapit 2" in page
    assert why in page
    assert not StoredFile.objects.exists()
