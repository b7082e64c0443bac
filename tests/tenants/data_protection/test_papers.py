"""Papers of data protection and of resignation: both formats say the same, the PDF is for everyone."""

import io
from typing import Any

import pikepdf
import pytest

from kooperacja.documents.page import page_of
from kooperacja.documents.papers import Paper
from kooperacja.documents.pdf import render_pdf
from tenants.accession.papers import RESIGNATION
from tenants.data_protection.papers import AGREEMENT_DRAFT, AUTHORISATION
from tests.kooperacja.documents.test_pdf import text_of
from tests.kooperacja.documents.test_word import said_in, word_of, words_of_docx

LEAD = {"name": "Ośrodek Pomocy Społecznej w Gogolinie", "address": "ul. Szkolna 1", "contact": ""}
ORGANISATION = {
    "name": "Poradnia „Żółć & Świt”",
    "seat": "ul. Długa 4, 47-320 Gogolin",
    "nip": "5260250995",
    "regon": "",
    "joined_on": "3 marca 2026 r.",
}
PAPERS: dict[Paper, dict[str, Any]] = {
    AUTHORISATION: {
        "lead": LEAD,
        "number": "7",
        "place": "",
        "date": "12 maja 2026 r.",
        "person": {"name": "Łucja Żółć", "position": "pedagog"},
        "institution": ORGANISATION["name"],
        "scope": "dane osób i rodzin w zespołach (ZZK i GGK)",
        "purpose": "wsparcie rodzin",
        "from_on": "12 maja 2026 r.",
        "until": "odwołania",
        "granted_by": {"name": "Lidia Liderska", "position": ""},
    },
    AGREEMENT_DRAFT: {
        "lead": LEAD,
        "case_mark": "OPS.071.12.2026",
        "organisation": ORGANISATION,
        "area": "gminie Gogolin",
        "scope": "dane osób i rodzin w zespołach (ZZK i GGK)",
        "purpose": "wsparcie rodzin",
        "data_kinds": "imiona i nazwiska",
        "person_categories": "członkowie rodzin",
        "from_on": "12 maja 2026 r.",
        "until": "31 grudnia 2026 r.",
    },
    RESIGNATION: {
        "recipient": LEAD,
        "area": "gminie Gogolin",
        "organisation": ORGANISATION,
        "effect": "w dniu wpływu do Lidera",
    },
}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.kind)
def test_both_formats_say_the_same(paper: Paper) -> None:
    page, word = page_of(paper, PAPERS[paper]), word_of(paper, PAPERS[paper])
    assert "".join(words_of_docx(word)) == "".join(said_in(page))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.kind)
def test_the_paper_is_a_tagged_pdf_in_polish(paper: Paper) -> None:
    content = render_pdf(paper, PAPERS[paper])
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "pl"
    assert LEAD["name"] in text_of(content)


def test_the_agreement_says_what_the_law_wants() -> None:
    text = text_of(render_pdf(AGREEMENT_DRAFT, PAPERS[AGREEMENT_DRAFT]))
    for words in (
        "potwierdza prawnik ośrodka",
        "art. 28 ust. 3 RODO",
        "członkowie rodzin",
        "imiona i nazwiska",
        "udokumentowane polecenie administratora",
        "zobowiązały się do zachowania tajemnicy",
        "art. 32 RODO",
        "za uprzednią pisemną zgodą",
        "zwraca on dane administratorowi albo je usuwa",
        "przeprowadzenie audytu",
    ):
        assert words in text, words
