"""Signed files of real life, from a folder of cases when there is one: each with its right answer."""

import json
import re

import pytest

from kooperacja.documents import signatures, uploads
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Verdict
from kooperacja.documents.signatures import Signature
from tests.cases import folder
from tests.factories import signatures as make

ANSWERS = {
    "pz_without_null.pdf": Verdict.INTACT,
    "pz_with_null.pdf": Verdict.INTACT,
    "form_value_changed_after_signing.pdf": Verdict.BROKEN,
    "comment_added_after.pdf": Verdict.NOTED,
    "platform_adds_field_lock.pdf": Verdict.INTACT,
    "ltv_added_acrobat_like.pdf": Verdict.INTACT,
    "two_signers_vri_rewritten.pdf": Verdict.INTACT,
    "second_program_frees_object.pdf": Verdict.INTACT,
    "sha1.pdf": Verdict.WEAK,
    "leading_bom.pdf": Verdict.INTACT,
    "leading_newline.pdf": Verdict.INTACT,
}
WORDS = {
    "form_value_changed_after_signing.pdf": "inna wartość pola formularza „instytucja”",
    "sha1.pdf": "SHA-1",
}


def kept(name: str) -> bytes:
    """The bytes that an upload of the file would keep."""
    content = (folder("signed-pdf") / name).read_bytes()
    return uploads.read_pdf(make.upload(content))


@pytest.mark.parametrize("name", ANSWERS)
def test_each_file_gets_the_right_answer(name: str) -> None:
    verdict, facts = signatures.check(kept(name))

    assert verdict == ANSWERS[name]
    assert not re.search(r"\d{11}", json.dumps(facts))
    if name in WORDS:
        with pytest.raises(RejectedUpload, match=WORDS[name]):
            signatures.require_signed(verdict, facts)
    else:
        signatures.require_signed(verdict, facts)
        assert {Signature.of(one).state for one in facts} == {
            "dokument nie zmienił się od podpisania"
        }


@pytest.mark.parametrize("name", ["pz_without_null.pdf", "pz_with_null.pdf"])
def test_the_person_of_the_seal_is_named(name: str) -> None:
    _, (facts,) = signatures.check(kept(name))
    one = Signature.of(facts)
    assert (one.who, one.kind_label) == ("ANNA PRZYKLADOWA", "podpis zaufany")


def test_no_file_is_left_without_an_answer() -> None:
    found = {file.name for file in folder("signed-pdf").glob("*.pdf")}
    assert found == set(ANSWERS)
