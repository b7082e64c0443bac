"""A printed document is tagged, titled and Polish, and fetches nothing."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from weasyprint.urls import FatalURLFetchingError

from kooperacja.documents import pdfcheck
from kooperacja.documents.pdf import render_pdf
from kooperacja.documents.typeset import _typeset, pdf_of_html
from tenants.accession.papers import ANNOTATED_DECLARATION
from tenants.demo.history import scan
from tests.kooperacja.documents.declaration import ACCEPTANCE, CONTEXT


def text_of(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    words = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(words.split())


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def tags_of(pdf: pikepdf.Pdf) -> set[str]:
    return {
        str(item["/S"])
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and "/S" in item and item.get("/P") is not None
    }


def test_the_declaration_is_a_tagged_pdf_for_everyone() -> None:
    pdf = opened(render_pdf(ANNOTATED_DECLARATION, CONTEXT))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "pl"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert {"/Document", "/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI"} <= tags_of(pdf)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("Deklaracja przystąpienia do Partnerskiego")


def test_its_letters_are_all_embedded_and_polish() -> None:
    content = render_pdf(ANNOTATED_DECLARATION, CONTEXT)
    text = text_of(content)
    for words in ("insp. Łucja Żółć-Święcicka", "Grzegorz Brzęczyszczykiewicz", "strona 1 z 3"):
        assert words in text
    pdf = opened(content)
    fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    names = {str(font.BaseFont).split("+")[-1] for font in fonts if "/BaseFont" in font}
    assert names == {"Lato", "Lato-Bold"}


def test_what_we_print_passes_our_own_check_of_uploads() -> None:
    assert pdfcheck.inspect(render_pdf(ANNOTATED_DECLARATION, CONTEXT)) == 3


def test_the_annotation_of_the_lider_is_filled_in_or_left_to_fill_in() -> None:
    assert "Podmiot przyjęto do Partnerstwa w dniu ……" in text_of(
        render_pdf(ANNOTATED_DECLARATION, CONTEXT)
    )
    accepted = text_of(render_pdf(ANNOTATED_DECLARATION, CONTEXT | {"acceptance": ACCEPTANCE}))
    assert (
        "Podmiot przyjęto do Partnerstwa w dniu 20 maja 2025 r. (§ 1 ust. 5 Regulaminu)."
        in accepted
    )
    assert "Anna Nowak" in accepted


def test_no_single_letter_hangs_and_no_tag_is_touched() -> None:
    page = '<html lang="pl"><head><title>t</title></head><body><p title="a b">Leży w lesie i z § 1</p></body></html>'
    assert _typeset(page) == page.replace("w lesie i z § 1", "w\xa0lesie i\xa0z\xa0§\xa01")


def _long(value: Any) -> Any:
    """The same with each text a word that has no end."""
    if isinstance(value, dict):
        return {key: _long(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_long(one) for one in value]
    return "Zażółć" * 40 if isinstance(value, str) else value


def test_a_word_without_end_stays_on_the_page() -> None:
    pages = list(pypdfium2.PdfDocument(render_pdf(ANNOTATED_DECLARATION, _long(CONTEXT))))
    for page in pages:
        text = page.get_textpage()
        rights = [text.get_charbox(one)[2] for one in range(text.count_chars())]
        assert max(rights) <= page.get_width() - 40


def test_markup_in_a_name_is_printed_not_obeyed() -> None:
    name = '<img src="file:///etc/passwd"><b>OSP & GOPS</b>'
    organisation = CONTEXT["organisation"] | {"name": name}
    assert "<b>OSP & GOPS</b>" in text_of(
        render_pdf(ANNOTATED_DECLARATION, CONTEXT | {"organisation": organisation})
    )


@pytest.mark.parametrize(
    "part",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@import url("http://127.0.0.1:9/x.css");</style>',
        '<style>@font-face { font-family: X; src: url("font:../print.css"); } p { font-family: X }</style>',
        '<p style="background: url(file:///etc/hostname)">x</p>',
        '<object data="file:///etc/passwd"></object>',
        '<img src="data:image/png;base64,iVBORw0KGgo=">',
    ],
)
def test_nothing_is_fetched_from_a_disk_or_a_host(part: str, monkeypatch: Any) -> None:
    def forbidden(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr("urllib.request.OpenerDirector.open", forbidden)
    page = f'<html lang="pl"><head><title>t</title></head><body><p>x</p>{part}</body></html>'
    with pytest.raises(FatalURLFetchingError):
        pdf_of_html(page)


def test_a_document_without_a_letterhead_is_possible() -> None:
    assert "zmyślone" in text_of(scan())
