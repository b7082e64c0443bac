"""A paper that changed: its office's form is tried once, in the background, and pages read the result."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kooperacja.documents import fits, tasks
from kooperacja.documents.errors import Busy, Overloaded
from kooperacja.documents.fits import Fit, fit_of
from kooperacja.documents.models import FormTrial, OfficeTemplate
from kooperacja.documents.office_templates import check_form, own_template
from kooperacja.documents.papers import Paper
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.documents.test_office_templates import NOTE, RENAMED, given

LESS = replace(NOTE, example={**NOTE.example, "to": {"address": ""}})
MORE = replace(NOTE, example={**NOTE.example, "deadline": "", "by": {"name": ""}})
Try = Callable[[Paper], Fit]


@pytest.fixture
def tried(office: TenantRef, monkeypatch: pytest.MonkeyPatch) -> Try:
    """The fit of the form of before, after the clock struck for a paper that changed."""

    def fit(paper: Paper) -> Fit:
        monkeypatch.setattr(fits, "offered", lambda: (paper,))
        tasks.try_forms_of_one(str(office.id))
        return fit_of(now_in_use(), paper)

    given()
    return fit


def now_in_use() -> OfficeTemplate:
    own = own_template(NOTE.kind)
    assert own is not None
    return own


def test_a_field_that_the_paper_gained_is_named(tried: Try) -> None:
    assert tried(NOTE) == Fit([], "")
    assert not FormTrial.objects.exists()
    assert fit_of(now_in_use(), MORE) == Fit(["deadline", "by.name"], "", is_tried=False)
    assert tried(MORE) == Fit(["deadline", "by.name"], "")
    assert tried(RENAMED) == Fit([], "")


def test_a_field_that_the_paper_lost_is_named_with_its_place(tried: Try) -> None:
    fit = tried(LESS)
    assert fit.gained == ["to.address"]
    assert fit.misfit.startswith("Treść, akapit 1")
    assert "pola to.name ten dokument nie ma" in fit.misfit


def test_a_form_given_before_fields_were_written_down_is_still_looked_at(tried: Try) -> None:
    file = now_in_use().file
    OfficeTemplate.objects.create(kind=NOTE.kind, version=2, file=file, made_by_name="Anna Dawna")
    assert tried(NOTE).misfit == ""
    lost = tried(replace(NOTE, example={"points": [{"text": ""}]}))
    assert "pola to ten dokument nie ma" in lost.misfit


def test_a_form_is_tried_once_for_each_change(tried: Try, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Paper] = []

    def counting(content: bytes, paper: Paper) -> int:
        asked.append(paper)
        return check_form(content, paper)

    monkeypatch.setattr(fits, "check_form", counting)
    assert tried(LESS) == tried(LESS)
    empty = replace(LESS, absent={"to": "gdy nie ma adresata"})
    assert not fit_of(now_in_use(), empty).is_tried
    tried(empty)
    assert asked == [LESS, empty]
    assert FormTrial.objects.count() == 1


@pytest.mark.parametrize("failure", [Busy, Overloaded])
def test_while_files_are_read_it_is_tried_later(
    tried: Try, monkeypatch: pytest.MonkeyPatch, failure: type[Busy]
) -> None:
    def busy(*_: Any) -> int:
        raise failure

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(fits, "check_form", busy)
        assert tried(LESS) == Fit(["to.address"], "", is_tried=False)
    assert not FormTrial.objects.exists()
    assert tried(LESS).is_tried
