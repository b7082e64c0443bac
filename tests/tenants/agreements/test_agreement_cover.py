"""The first page of an agreement says how far it is, and that no file proves it (POR-C signatures)."""

import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils.timezone import localdate

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents import pdfcheck
from kooperacja.documents.actions import replace_template
from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.models import DOCX, PDF, Document
from kooperacja.documents.office_templates import own_template
from kooperacja.documents.page import page_of
from kooperacja.documents.papers import Paper
from kooperacja.documents.storage import content_of
from tenants.agreements import copies
from tenants.agreements.amending import AMENDMENT, printed_amendment
from tenants.agreements.cover import final_of
from tenants.agreements.models import Agreement
from tenants.agreements.papers import AGREEMENT, printed_final, signing_context
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people
from tests.kooperacja.documents.conftest import upload
from tests.kooperacja.documents.test_pdf import text_of
from tests.kooperacja.documents.test_word import said_in, word_of, words_of_docx
from tests.kooperacja.documents.test_wordcheck import word

SNAPSHOTS = Path(__file__).parent / "covers"
DAY = date(2026, 3, 2)
_SAID = "{% if cover %}Do podpisu, nie obowiązuje{% endif %}"
pytestmark = pytest.mark.usefixtures("in_partnership")


def about_to_be_sent(count: int, **values: Any) -> Agreement:
    """C with parties of long names, one of which another body signs for."""
    agreement = make.draft(
        "C", **{**make.BLANKS, "force": "DEADLINE", "sign_by": date(2026, 3, 31)}
    )
    for number in range(1, count + 1):
        body = "Gmina Przykładowa" if number == 2 else ""
        name = f"{make_people.LONG}, filia nr {number}"
        make.contact(make.party(agreement, name=name, signing_body=body))
    agreement.refresh_from_db()
    for name, value in {"sent_on": DAY, **values}.items():
        setattr(agreement, name, value)
    return agreement


def first_page(agreement: Agreement) -> str:
    """What is read before the text itself, a line for each part."""
    context = signing_context(agreement, make.kept(agreement))
    before, _, _ = page_of(AGREEMENT, context).partition("Tekst porozumienia")
    lines = re.sub(r"<[^>]*>", "\n", before.partition("<main")[2].partition(">")[2])
    return "\n".join(filter(None, map(str.strip, lines.replace("\u00a0", " ").split("\n")))) + "\n"


@time_machine.travel(DAY)
@pytest.mark.parametrize("count", [2, 4, 12])
def test_the_first_page_is_as_it_was_read_last(count: int) -> None:
    """After a wanted change: SNAPSHOT=1 python -m pytest tests/tenants/agreements"""
    goes_round = (
        {"copies": "ROUND", "copies_count": 5, "number": "POR/7/2026"} if count == 4 else {}
    )
    text, file = first_page(about_to_be_sent(count, **goes_round)), SNAPSHOTS / f"{count}.txt"
    if os.environ.get("SNAPSHOT"):
        file.write_text(text)
    assert text == file.read_text()


def test_the_issued_files_are_good_ones_and_no_draft() -> None:
    agreement = make.sent(make.whole("A", 12))
    assert agreement.document is not None
    content = content_of(agreement.document.pdf)
    assert pdfcheck.inspect(content)
    text = text_of(content)
    assert text.startswith("Do podpisu, nie obowiązuje")
    assert "projekt" not in text
    assert text.count("pieczątka albo nazwa instytucji i podpis") == 12
    words = "".join(words_of_docx(word_of(AGREEMENT, agreement.document.context)))
    assert words == "".join(said_in(page_of(AGREEMENT, agreement.document.context)))
    assert agreement.document.pdf.name == (
        f"Porozumienie nr POR-1-{localdate().year}, wariant A, do podpisu, nie obowiązuje – "
        "wersja 1.pdf"
    )


def test_the_text_in_force_says_between_whom_it_is_and_who_did_not_sign() -> None:
    agreement = make.sent(make.whole("C", 3))
    first, second, _ = agreement.parties.all()
    make.signed(first)
    make.signed(second, "QUALIFIED", signer="Jan Podpisujący", function="prezes")
    make.brought_into_force(agreement, DAY)
    agreement = Agreement.objects.get()
    content = printed_final(agreement, PDF, by=make.by())
    assert pdfcheck.inspect(content)
    text = " ".join(text_of(content).split())
    assert "które obowiązuje od 2 marca 2026 r." in text.replace("\u00a0", " ")
    assert "do podpisu, nie obowiązuje" not in text.lower()
    assert "Jan Podpisujący, prezes" in text
    assert text.count("nie podpisano") == 1  # the one party
    assert "pieczątka albo nazwa" not in text
    assert printed_final(agreement, DOCX, by=make.by()).startswith(b"PK")


def test_a_signature_that_was_taken_back_is_none_that_came_too_late() -> None:
    agreement = make.sent(make.whole("C", 4, force="DEADLINE", sign_by=localdate()))
    first, second, late, gone = agreement.parties.all()
    for party in (first, second, gone):
        make.signed(party)
    make.signed(late, signed_on=localdate() + timedelta(days=1))
    make.turned_down(gone)
    make.brought_into_force(agreement, DAY)
    unsigned = final_of(Agreement.objects.get())["unsigned"]
    assert [(one["name"], one["said"]) for one in unsigned] == [
        (late.name, "podpis po terminie"),
        (gone.name, "nie podpisano"),
    ]


def give_form(paper: Paper, *lines: str) -> None:
    """The office's own Word form of a paper."""
    form = upload(word(*lines), "nasz.docx")
    replace_template(by=SYSTEM, paper=paper, upload=form, after=0)


def words_of(paper: Document | bytes | None) -> str:
    if isinstance(paper, Document):
        assert paper.docx is not None
        paper = content_of(paper.docx)
    assert paper is not None
    return " ".join(words_of_docx(paper))


@pytest.mark.parametrize("paper", [AGREEMENT, AMENDMENT], ids=lambda paper: paper.kind)
def test_a_form_of_the_office_says_that_it_is_to_be_signed_or_is_not_taken(paper: Paper) -> None:
    for line in ("{{ subtitle }}", "{% if final %}Do podpisu, nie obowiązuje{% endif %}"):
        with pytest.raises(BadTemplate) as refused:
            give_form(paper, line, "{{ preamble }}")
        assert _SAID in refused.value.explanation
    assert own_template(paper.kind) is None


def test_printed_by_the_offices_own_form_an_agreement_is_not_in_force_while_it_is_signed() -> None:
    give_form(AGREEMENT, _SAID, "Nasz wzór {{ subtitle }}")
    agreement = make.sent(make.whole("C"))
    assert words_of(agreement.document).startswith("Do podpisu, nie obowiązuje Nasz wzór")
    for party in agreement.parties.all():
        make.signed(party)
    make.brought_into_force(agreement, DAY)
    final = printed_final(Agreement.objects.get(), DOCX, by=make.by())
    assert words_of(final).startswith("Nasz wzór")


def test_printed_by_the_offices_own_form_an_aneks_is_not_in_force_while_it_is_signed() -> None:
    give_form(AMENDMENT, _SAID, "Nasz wzór {{ title }}")
    amendment = make_amendment.lying()
    assert words_of(amendment.document).startswith("Do podpisu, nie obowiązuje Nasz wzór")
    parties = list(amendment.agreement.parties.all())
    final = printed_amendment(make_amendment.all_signed(amendment), parties, DOCX, by=make.by())
    assert words_of(final).startswith("Nasz wzór")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (3, "o swoim numerze."),
        (4, ", a egzemplarz nr 4 zostaje w ośrodku."),
        (6, ", a egzemplarze od nr 4 do nr 6 zostają w ośrodku."),
    ],
)
def test_a_set_that_goes_round_ends_with_a_copy_for_each(count: int, words: str) -> None:
    said = copies.said("ROUND", count, 3, "OPS").replace("\u00a0", " ")
    assert said.endswith(words)
    assert f"({count} egzemplarz" in said
