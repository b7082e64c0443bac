"""The regulation as PDF and DOCX."""

from html import unescape

from django.utils.html import strip_tags

from kooperacja.documents import pdfcheck
from kooperacja.documents.office_templates import template_file
from kooperacja.documents.pdf import html_of, render_pdf
from kooperacja.documents.word import render_docx
from tenants.exchange.clauses import framework
from tenants.partnership.documents import regulation_context
from tenants.partnership.models import RegulationVersion
from tests.factories import partnership as make
from tests.kooperacja.documents.test_word import words, words_of_docx


def version(**fields: object) -> RegulationVersion:
    """A version nobody has saved."""
    values = make.whole_regulation(clauses=framework(), **fields)
    return RegulationVersion(**values)


def test_both_formats_of_the_regulation_say_the_same() -> None:
    for number in (None, 3):
        context = regulation_context(version(number=number, adopted_place="Gogolin"))
        page = html_of("documents/regulation.html", context)
        body = page[page.index("<body>") :].replace("<", " <")
        made = render_docx(template_file("documents/regulation.docx"), context)
        printed = words(unescape(strip_tags(body)))
        assert "".join(words_of_docx(made)) == "".join(printed)


def test_the_printed_regulation_passes_our_own_check_of_uploads() -> None:
    assert pdfcheck.inspect(render_pdf("documents/regulation.html", regulation_context(version())))
