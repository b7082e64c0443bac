"""The regulation as PDF and DOCX."""

from kooperacja.documents import pdfcheck
from kooperacja.documents.page import page_of
from kooperacja.documents.pdf import render_pdf
from tenants.exchange.clauses import framework
from tenants.regulation.models import RegulationVersion
from tenants.regulation.papers import REGULATION, regulation_context
from tenants.regulation.text import parameters
from tests.factories import regulation as make_regulation
from tests.kooperacja.documents.test_word import said_in, word_of, words_of_docx


def version(**fields: object) -> RegulationVersion:
    """A version nobody has saved."""
    values = make_regulation.whole_regulation(clauses=framework(), **fields)
    return RegulationVersion(**values)


def test_both_formats_of_the_regulation_say_the_same() -> None:
    for number in (None, 3):
        context = regulation_context(version(number=number, adopted_place="Gogolin"))
        printed = said_in(page_of(REGULATION, context))
        assert "".join(words_of_docx(word_of(REGULATION, context))) == "".join(printed)


def test_the_printed_regulation_passes_our_own_check_of_uploads() -> None:
    assert pdfcheck.inspect(render_pdf(REGULATION, regulation_context(version())))


def test_a_setting_beside_the_framework_is_written_only_where_it_is_not_the_usual_one() -> None:
    usual = RegulationVersion()
    other = RegulationVersion(minutes_approval="NEXT_MEETING", voices_base="ALL")
    before, after = ({row.label: row for row in parameters(one)} for one in (usual, other))
    assert after.keys() - before.keys() == {
        "Zatwierdzanie protokołów i ich sprostowań",
        "Podstawa liczenia głosów",
    }
    assert after["Podstawa liczenia głosów"].text == (
        "wszystkie instytucje, które mają miejsce w zespole"
    )
    assert {label: after[label] for label in before} == before
