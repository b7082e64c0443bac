"""No column takes a text without end: PostgreSQL bounds none of these, so their writers do.

Django would not check a `max_length` of a TextField either, so the form of each column does it;
the API writes through the same forms.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from kooperacja.crypto.fields import EncryptedJSONField
from kooperacja.ui.fields import LONGEST
from region.panel.templates_views import TemplateForm
from tenants.accession.forms.community import ResourceForm
from tenants.accession.forms.declarations import ReasonForm
from tenants.accession.forms.leavers import WithholdForm
from tenants.accession.forms.recruitment import JoinForm, RecruitmentStepForm
from tenants.accession.forms.resignations import ResignationForm
from tenants.baskets.forms.entries import CardForm
from tenants.data_protection.forms import AgreementDraftForm, AgreementForm
from tenants.partnership.forms.office import AccessibilityForm
from tenants.partnership.forms.organisations import EngagementForm
from tenants.people.forms import InstitutionProfileForm
from tenants.regulation.forms import LeaveResultForm, ParametersForm, PointsForm, WithdrawalForm
from tests.kooperacja.ui.test_fields import EVERY, OWN

# The forms that write a column, in a field of its name.
WRITERS: dict[str, tuple[type[Any], ...]] = {
    "accession.AccessionDeclaration.reason": (ReasonForm,),
    "accession.CommunityResource.offers": (ResourceForm,),
    "accession.DeclarationStep.reason": (ReasonForm,),
    "accession.Recruitment.message": (JoinForm,),
    "accession.RecruitmentStep.note": (RecruitmentStepForm,),
    "accession.ResignationNotice.reason": (ResignationForm,),
    "accession.ViewWithheld.reason": (WithholdForm,),
    "baskets.Card.competences": (CardForm,),
    "baskets.Card.resources": (CardForm,),
    "data_protection.DataProcessingAgreement.data_kinds": (AgreementDraftForm, AgreementForm),
    "data_protection.DataProcessingAgreement.legal_basis": (AgreementForm,),
    "data_protection.DataProcessingAgreement.person_categories": (
        AgreementDraftForm,
        AgreementForm,
    ),
    "data_protection.DataProcessingAgreement.purpose": (AgreementDraftForm, AgreementForm),
    "exchange.RegulationTemplate.note": (TemplateForm,),
    "partnership.AccessibilityStatement.architecture": (AccessibilityForm,),
    "partnership.AccessibilityStatement.known_issues": (AccessibilityForm,),
    "partnership.Engagement.reason": (EngagementForm,),
    "people.Organisation.competences": (InstitutionProfileForm,),
    "people.Organisation.legal_basis": (InstitutionProfileForm,),
    "people.Organisation.ways_of_working": (InstitutionProfileForm,),
    "regulation.RecountRuling.reason": (LeaveResultForm,),
    "regulation.RegulationVersion.common_goal": (PointsForm,),
    "regulation.RegulationVersion.decision_process": (PointsForm,),
    "regulation.RegulationVersion.information_exchange": (PointsForm,),
    "regulation.RegulationVersion.justification": (ParametersForm,),
    "regulation.RegulationVersion.knowledge_exchange": (PointsForm,),
    "regulation.RegulationVersion.monitoring_rules": (PointsForm,),
    "regulation.RegulationVersion.organisational_frame": (PointsForm,),
    "regulation.RegulationVersion.reason": (WithdrawalForm,),
}
# Of JSON, what the program puts together itself from texts that are bounded elsewhere.
MADE = {
    "agreements.Agreement.units": "units of the register, chosen from it",
    "agreements.AmendedClause.units": "units of the register, chosen from it",
    "agreements.AnnexVersion.lines": "people of columns that are bounded",
    "agreements.TextVersion.lines": "a text of columns that are bounded",
    "audit.Entry.data": "values of columns before and after",
    **{
        f"baskets.ServiceEntry.{column}": "codes, chosen from those that there are"
        for column in ("groups", "ways", "languages", "features", "units", "seat")
    },
    "baskets.SavedSearch.choices": "words that are bounded, and codes that the filter knows",
    "baskets.SavedSearch.known": "ids of services",
    "baskets.SavedSearch.news": "ids of services",
    "baskets.ImportRow.cells": "cells of a file, whose length and number are capped",
    "baskets.ImportRow.values": "the same as a form has cleaned them",
    "baskets.ServiceEntry.hours": "numbers, read from lines that are bounded",
    "baskets.Adoption.hours": "numbers, read from lines that are bounded",
    "baskets.Adoption.units": "codes of units of the register",
    **{
        f"masters.MasterService.{column}": "codes, chosen from those that there are"
        for column in ("groups", "ways", "languages", "features", "units", "seat")
    },
    **{
        f"directory.{level}.{column}": "made of columns of services, which are bounded"
        for level in ("ListedService", "PartnersService")
        for column in ("facts", "sort_key", "title", "week")
    },
    "masters.MasterService.hours": "numbers, read from lines that are bounded",
    "documents.Document.context": "values of columns, for a paper",
    "documents.PreparedFile.context": "values of columns, for a paper; emptied when it is drawn",
    "documents.PreparedFile.entry": "what the journal says of it, put together by the action",
    "documents.OfficeTemplate.fields": "of a file whose parts are capped",
    "documents.SignatureReport.signatures": "of a file whose reading is capped",
    "drafts.Draft.values": "what is typed into a form, 64 KB at most: test_typing.py",
    "exchange.Letter.payload": "plain values of named fields, capped; emptied when it was read",
    "exchange.PublishedAgreement.units": "codes of units of the register",
    "exchange.PublishedParty.functions": "columns of people, which are bounded",
    "exchange.RegulationTemplate.clauses": "a form with a bound for each clause",
    "inbox.OutgoingMessage.payload": "names of columns; emptied when it is done",
    "meetings.AgendaTemplate.items": "a form with a bound for each part of an item",
    "meetings.Extract.items": "numbers of items of one agenda, chosen from it",
    "meetings.GuestInvitation.items": "ids of items of one agenda, chosen from it",
    "notifications.Outgoing.payload": "names of columns; emptied when it is done",
    **{
        f"people.{merge}.{column}": "ids of rows, and values of columns that are bounded"
        for merge in ("OrganisationMerge", "PersonMerge")
        for column in ("moved", "filled")
    },
    "registry.SchemaVersion.migrations": "made by the release",
    "registry.SchemaVersion.statements": "made by the release",
    "regulation.RegulationVersion.clauses": "a form with a bound for each clause",
    "regulation.RegulationVersion.differences": "so many numbers for each two texts",
}


def _columns() -> Iterator[tuple[str, Any]]:
    for model in apps.get_models():
        if model.__module__.partition(".")[0] in OWN:
            for column in model._meta.local_concrete_fields:
                yield f"{model._meta.label}.{column.name}", column


def _endless() -> Iterator[str]:
    for name, column in _columns():
        is_text = isinstance(column, models.TextField | models.CharField)
        is_json = isinstance(column, models.JSONField | EncryptedJSONField)
        if is_json or (is_text and column.max_length is None):
            yield name


def test_every_column_without_an_end_has_a_writer_that_bounds_it() -> None:
    assert set(_endless()) == WRITERS.keys() | MADE.keys()


@pytest.mark.parametrize("column", WRITERS)
def test_the_form_of_a_column_bounds_its_text(column: str) -> None:
    for form in WRITERS[column]:
        field: Any = form.base_fields[column.rpartition(".")[2]]
        assert 0 < field.max_length <= LONGEST


# Read into digits of a checked number; and asked for, not kept.
SHORTER = {"nip", "regon", "krs"}
# Or kept in a sealed column, while one of another table has that name and holds a code.
ASKED = {
    *("ResetPasswordForm.email", "RiskReasonForm.reason", "ProposalAnswerForm.reason"),
    *("SupplementForm.reason", "PlanReasonForm.reason"),
    *("_PlanForm.about", "NewPlanForm.about", "EditPlanForm.about"),
}


def _longest() -> dict[str, int]:
    """The greatest length that a column of this name has in an app."""
    found: dict[str, int] = {}
    for name, column in _columns():
        if isinstance(column, models.CharField | models.TextField):
            app, _, field = name.split(".")
            key, most = f"{app}.{field}", column.max_length or LONGEST
            found[key] = max(most, found.get(key, 0))
    return found


def test_no_form_takes_more_than_the_longest_column_of_its_app_keeps() -> None:
    """Else PostgreSQL refuses what the form took, and nobody is told what is wrong."""
    longest = _longest()
    compared = [
        (f"{form.__qualname__}.{name}", field.max_length, longest[key])
        for form in EVERY
        for name, field in form.base_fields.items()
        if (key := f"{form.__module__.split('.')[1]}.{name}") in longest and name not in SHORTER
        if getattr(field, "max_length", None)
    ]
    assert len(compared) > 50
    assert {name for name, most, kept in compared if most > kept} == ASKED
