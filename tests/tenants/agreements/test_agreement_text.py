"""The whole text of each variant with 2, 4 and 12 parties, and its papers."""

import os
from pathlib import Path

import pytest

from kooperacja.documents import pdfcheck
from kooperacja.documents.models import DOCX, PDF
from kooperacja.documents.page import page_of
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.models import Agreement
from tenants.agreements.numbering import EMPTY
from tenants.agreements.papers import AGREEMENT, agreement_context, printed_agreement
from tenants.agreements.text import Text, checklist
from tests.factories import agreements as make
from tests.kooperacja.documents.test_word import said_in, word_of, words_of_docx

SNAPSHOTS = Path(__file__).parent / "texts"
pytestmark = pytest.mark.usefixtures("in_partnership")
VARIANTS = pytest.mark.parametrize("variant", "ABC")


def read(agreement: Agreement) -> str:
    """The text as somebody reads it, a clause a line."""
    lines = Text(agreement).everything()
    rows = (one.heading if one.depth == 0 else f"{one.number} {one.text}".strip() for one in lines)
    return "\n".join(rows).replace("\u00a0", " ") + "\n"


@VARIANTS
@pytest.mark.parametrize("count", [2, 4, 12])
def test_the_text_is_as_it_was_read_last(variant: str, count: int) -> None:
    """After a wanted change: SNAPSHOT=1 python -m pytest tests/tenants/agreements"""
    text, file = read(make.whole(variant, count)), SNAPSHOTS / f"{variant}-{count}.txt"
    if os.environ.get("SNAPSHOT"):
        file.write_text(text)
    assert text == file.read_text()


@VARIANTS
def test_nothing_is_missing_in_a_whole_draft_and_each_thing_is_named_in_an_empty_one(
    variant: str,
) -> None:
    assert [one.text for one in checklist(Text(make.whole(variant))) if not one.is_met] == []
    missing = {one.text for one in checklist(Text(make.draft(variant))) if not one.is_met}
    own = {"C": "informujący o nowych Stronach"}.get(variant, "wsparcie samorządu województwa")
    assert missing == {
        "miejsce zawarcia",
        "miejsce spotkań",
        own,
        "co najmniej dwie Strony",
        "ostatni dzień na podpisy",
    }


def test_a_party_without_its_data_is_named() -> None:
    agreement = make.whole("A")
    make.party(agreement, name="Szpital", represented_by="", function="")
    missing = [one.text for one in checklist(Text(agreement)) if not one.is_met]
    (said,) = missing
    assert said.startswith(
        "Partner nr 3: osoba reprezentująca, funkcja osoby reprezentującej, osoba"
    )


def test_b_may_meet_at_each_partner_in_turn_and_then_names_no_place() -> None:
    agreement = make.whole("B", place_policy="ROTATING", meeting_place="")
    text = read(agreement)
    assert "2. Spotkania będą odbywać się rotacyjnie, u każdego z Partnerów." in text
    assert "Miejscem spotkań" not in text
    assert all(one.is_met for one in checklist(Text(agreement)))


@VARIANTS
def test_both_papers_say_the_same_and_that_it_is_a_draft(variant: str) -> None:
    context = agreement_context(make.whole(variant, 3))
    printed = said_in(page_of(AGREEMENT, context))
    assert "".join(words_of_docx(word_of(AGREEMENT, context))) == "".join(printed)
    assert 'data-short="Porozumienie – projekt, nie obowiązuje"' in page_of(AGREEMENT, context)


@VARIANTS
def test_each_party_has_a_block_to_sign_on_and_the_annex_is_that_of_the_variant(
    variant: str,
) -> None:
    agreement = make.whole(variant, 12)
    page = page_of(AGREEMENT, agreement_context(agreement))
    assert page.count('<div class="signature">') == 12 + 2 * (variant != "C")
    assert ("Karta pracy z rodziną</h2>" in page) == (variant != "C")
    assert (page.count("<td>Jan Przykładowy</td>") == 12) == (variant == "C")


def test_a_party_of_c_that_names_nobody_yet_has_its_row_with_dots() -> None:
    agreement = make.whole("C")
    make.party(agreement, name="Klub Przykładowy")
    people = agreement_context(agreement)["people"]
    dots = dict.fromkeys(("name", "position", "phone", "email"), EMPTY)
    assert people[-1] == {"institution": "Klub Przykładowy", **dots}
    assert len(people) == 3


def test_the_files_are_good_ones(in_partnership: TenantRef) -> None:
    agreement = make.whole("C", 12)
    assert pdfcheck.inspect(printed_agreement(agreement, PDF, by=make.by()))
    assert printed_agreement(agreement, DOCX, by=make.by()).startswith(b"PK")
