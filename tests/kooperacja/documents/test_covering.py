"""What a later signature or time stamp puts over a signed page is told to whoever decides."""

from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic

from kooperacja.documents import signatures
from kooperacja.documents.models import Verdict
from kooperacja.documents.sigreport import Report
from tests.factories import covers, revisions, signing
from tests.factories import signatures as make
from tests.factories.signing import signed
from tests.kooperacja.documents.signing import here, judged, refusal

pytestmark = pytest.mark.usefixtures("here")
__all__ = ["here"]
SMALL = (60, 60, 260, 140)
STRANGER = "Wystawca nikomu nieznany"


def with_empty_place(box: tuple[int, int, int, int]) -> bytes:
    """A paper with an empty field for the client's signature."""

    def change(writer: Any) -> None:
        covers.with_field(writer, [box])

    return revisions.later(make.page(), change)


def of_indirect_numbers(content: bytes) -> bytes:
    """A place written in a way that pyHanko takes for one of no size."""

    def change(writer: Any) -> None:
        parts = [writer.add_object(generic.NumberObject(one)) for one in covers.SHEET]
        covers.with_field(writer, [generic.ArrayObject(parts)], Lock=generic.ArrayObject(parts))

    return revisions.later(content, change)


@pytest.fixture
def trusted(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "centrum.pem").write_bytes(make.issuer().pem)
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)


@pytest.mark.parametrize(
    ("kind", "subfilter"),
    [
        ("/Sig", "/ETSI.RFC3161"),
        ("/DocTimeStamp", "/ETSI.RFC3161"),
        ("/DocTimeStamp", "/adbe.pkcs7.detached"),
    ],
)
def test_a_time_stamp_that_holds_nothing_is_damaged(kind: str, subfilter: str) -> None:
    content = covers.stamped_over(signed(), kind, subfilter)
    assert judged(content)[0] == Verdict.MALFORMED
    assert "jest uszkodzony, więc nie da się go sprawdzić" in refusal(content)


def test_a_time_stamp_of_other_bytes_is_damaged() -> None:
    stamped = revisions.stamped(signed())
    assert judged(stamped)[0] == Verdict.INTACT
    start, end = stamped.rsplit(b"/DocTimeStamp", 1)
    assert b"%PDF-1.7" in start
    assert (
        judged(start.replace(b"/Prev", b"/Priv", 0) + b"/DocTimeStamp" + end)[0] == Verdict.INTACT
    )
    at = stamped.rindex(b"/ByteRange")
    bent = stamped[:at] + stamped[at:].replace(b"[0 ", b"[1 ", 1)
    assert judged(bent)[0] == Verdict.MALFORMED


def test_a_sound_time_stamp_that_is_seen_is_a_note() -> None:
    verdict, found = judged(covers.with_visible_stamp(signed()))
    assert (verdict, found[0].notes) == (Verdict.NOTED, ("1",))


def test_a_place_that_readers_see_is_a_note_however_it_is_written() -> None:
    verdict, found = judged(of_indirect_numbers(signed()))
    assert (verdict, found[0].notes) == (Verdict.NOTED, ("1",))


def test_a_later_signature_over_the_page_is_a_remark_for_the_earlier_one() -> None:
    verdict, (first, second) = judged(covers.signed_over(signed()))

    assert verdict == Verdict.NOTED
    assert first.cover.startswith(
        "Na stronie 1 jest późniejszy podpis (Ewa Druga), który zajmuje 100% strony i może "
        "zasłaniać jej treść. Ten podpis obejmuje dokument bez niego"
    )
    assert (second.cover, second.shown_later) == ("", "")
    assert first.cover in Report([first, second], []).everything_to_check
    signatures.require_signed(verdict)


def test_an_ordinary_second_signature_is_told_and_not_suspected() -> None:
    verdict, (first, _) = judged(covers.signed_over(signed(), SMALL))
    assert (verdict, first.cover) == (Verdict.INTACT, "")
    assert first.shown_later == "Ewa Druga (strona 1, 3% strony)"


def test_three_ordinary_signatures_below_each_other_are_not_suspected() -> None:
    made = covers.signed_over(signed(), SMALL)
    for number in (3, 4):
        box = (60, 100 * number, 260, 100 * number + 80)
        made = covers.signed_over(made, box, field=f"Podpis{number}")
    verdict, found = judged(made)
    assert (verdict, {one.cover for one in found}) == (Verdict.INTACT, {""})


def test_many_small_ones_that_hide_the_page_together_are_suspected() -> None:
    made = signed()
    for number in range(4):
        box = (0, 200 * number, 200, 200 * number + 190)
        made = covers.signed_over(made, box, field=f"Z{number}")
    assert judged(made)[0] == Verdict.NOTED


def test_a_box_that_is_larger_than_programs_make_them_is_a_remark() -> None:
    verdict, (first, _) = judged(covers.signed_over(signed(), (0, 0, 300, 250)))
    assert verdict == Verdict.NOTED
    assert "zajmuje 15% strony" in first.cover


def test_a_later_signature_upon_the_look_of_an_earlier_one_is_a_remark() -> None:
    made = covers.signed_over(covers.signed_over(make.page(), SMALL), SMALL, field="Podpis3")
    verdict, (first, _) = judged(made)
    assert verdict == Verdict.NOTED
    assert "zajmuje 3% strony" in first.cover


def test_the_client_signs_where_the_place_was() -> None:
    empty = signed(content=with_empty_place(SMALL))
    verdict, (first, _) = judged(covers.signed_over(empty, None, field="Zakrywa"))
    assert (verdict, first.cover) == (Verdict.INTACT, "")
    assert first.shown_later == "Ewa Druga (strona 1, 3% strony)"


def test_a_place_as_large_as_the_page_is_a_remark_although_it_was_there() -> None:
    empty = signed(content=with_empty_place(covers.SHEET))
    verdict, (first, _) = judged(covers.signed_over(empty, None, field="Zakrywa"))
    assert verdict == Verdict.NOTED
    assert "zajmuje 100% strony" in first.cover


def test_who_has_no_trusted_issuer_is_a_remark_however_small(trusted: None) -> None:
    stranger = signing.signer("Ktokolwiek", by=STRANGER)
    verdict, (first, _) = judged(covers.signed_over(signed(), SMALL, stranger))
    assert verdict == Verdict.NOTED
    assert "(Ktokolwiek), który zajmuje 3% strony" in first.cover
    assert judged(covers.signed_over(signed(), SMALL))[0] == Verdict.INTACT


def test_notes_in_another_order_are_a_change() -> None:
    two = revisions.annotated(revisions.annotated(make.page()), "/Text")

    def change(writer: Any) -> None:
        page = revisions.page_of(writer).get_object()
        page["/Annots"] = generic.ArrayObject(reversed(page["/Annots"]))
        writer.update_container(page)

    turned = revisions.later(signed(content=two), change)
    assert judged(revisions.annotated(turned))[0] == Verdict.BROKEN
