"""What a program sends is what a form asks for: its names, lengths, choices and duties."""

from typing import Any

import pytest
from django import forms

from api.reference import schema
from tenants.accession.forms.declarations import (
    CoordinatorForm,
    FilingForm,
    NewDeclarationForm,
    SignatoryForm,
    SignedDeclarationForm,
    StatementsForm,
)
from tenants.dialogue.forms.notes import NewNoteForm, SignNoteForm
from tenants.dialogue.forms.plan_activities import ProgressForm, ProposeForm
from tenants.dialogue.forms.risks import AddDoneForm, ReportRiskForm
from tenants.meetings.forms.arrangements import DoneForm, NotDoneForm
from tenants.people.forms import OrganisationForm

FORMS: dict[str, type[forms.BaseForm]] = {
    "NewOrganisation": OrganisationForm,
    "NewDeclaration": NewDeclarationForm,
    "Signatory": SignatoryForm,
    "Coordinator": CoordinatorForm,
    "Statements": StatementsForm,
    "OwnFiling": SignedDeclarationForm,
    "Filing": FilingForm,
    "Done": DoneForm,
    "NotDone": NotDoneForm,
    "NewRisk": ReportRiskForm,
    "NewStep": AddDoneForm,
    "NewNote": NewNoteForm,
    "Sign": SignNoteForm,
    "NewProgress": ProgressForm,
    "NewProposal": ProposeForm,
}
# Each with its reason: a program can't tick a box beside a text that a page shows it.
OTHERS = {
    # The key that a page hides; the answer, which a page's question has beside the form.
    "NewOrganisation": {"id", "answered"},
    "NewDeclaration": {"id"},
    "Signatory": {"version", "answered"},  # the version that a page hides
    "Coordinator": {"version", "answered"},
    "Statements": {"version", "regulation"},  # it names the version that it accepts
    "Filing": {"regulation"},
    "Done": {"version"},
    "NotDone": {"version"},
    # A page stands below its team, and offers the institutions of whoever reads it.
    "NewRisk": {"id", "team", "organisation"},
    "NewStep": {"id"},
    "Sign": {"version"},
    "NewNote": {"id", "team", "organisation", "members", "tasks"},
    "NewProgress": {"id", "version"},
    "NewProposal": {"id", "organisation"},
}
ONLY_ON_PAGES = {
    "Statements": {"accepts"},
    "Filing": {"regulation_id"},
    "NewRisk": {"of"},
    "NewNote": {"of", "members"},
    "NewProposal": {"of"},
}
# It must be said, since no box shows what was said before.
REQUIRED_OF_PROGRAMS = {"Statements": {"publish_consent"}}


def _objects() -> dict[str, Any]:
    found: dict[str, Any] = schema()["components"]["schemas"]
    return found


def _asked(name: str) -> dict[str, forms.Field]:
    """What whoever fills in the form sees of it."""
    fields = FORMS[name].base_fields.items()
    left_out = ONLY_ON_PAGES.get(name, set())
    return {
        key: field for key, field in fields if not field.widget.is_hidden and key not in left_out
    }


def _said(described: dict[str, Any]) -> tuple[int | None, set[str] | None]:
    """Its greatest length and its choices, as the description says them."""
    if "$ref" in described:
        described = _objects()[described["$ref"].rpartition("/")[2]]
    parts = described.get("oneOf", [described])
    length = max((part["maxLength"] for part in parts if "maxLength" in part), default=None)
    return length, set(described["enum"]) if "enum" in described else None


def _meant(field: forms.Field) -> tuple[int | None, set[str] | None]:
    if isinstance(field, forms.ModelChoiceField):
        return None, None
    choices = {key for key, _ in field.choices if key} if hasattr(field, "choices") else None
    return getattr(field, "max_length", None), choices


def test_every_body_that_is_sent_has_its_form() -> None:
    bodies = {
        media["schema"]["$ref"].rpartition("/")[2]
        for item in schema()["paths"].values()
        for operation in item.values()
        for media in operation.get("requestBody", {}).get("content", {}).values()
    }
    assert bodies == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_it_has_the_names_of_the_form(name: str) -> None:
    assert set(_objects()[name]["properties"]) - OTHERS.get(name, set()) == set(_asked(name))


@pytest.mark.parametrize("name", FORMS)
def test_it_has_the_lengths_and_choices_of_the_form(name: str) -> None:
    described = _objects()[name]["properties"]
    asked = _asked(name)
    assert {key: _said(described[key]) for key in asked} == {
        key: _meant(field) for key, field in asked.items()
    }


@pytest.mark.parametrize("name", FORMS)
def test_it_demands_what_the_form_demands(name: str) -> None:
    demanded = {key for key, field in _asked(name).items() if field.required}
    demanded |= REQUIRED_OF_PROGRAMS.get(name, set())
    said = set(_objects()[name]["required"]) - OTHERS.get(name, set())
    assert said == demanded
