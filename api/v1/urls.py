"""Version 1; a tenant's addresses are entered by the tenancy middleware."""

from django.urls import path, re_path

from api.v1.agreements import (
    AgreementParties,
    Agreements,
    AgreementSignatures,
    OneAgreement,
)
from api.v1.arrangements import (
    ArrangementDone,
    ArrangementNotDone,
    Arrangements,
    OneArrangement,
)
from api.v1.attendance import AttendanceOfMeeting
from api.v1.declarations import (
    DeclarationCoordinator,
    DeclarationFile,
    DeclarationOwnFile,
    Declarations,
    DeclarationSignatory,
    DeclarationStatements,
    OneDeclaration,
)
from api.v1.delegations import AskedDelegations, Delegations
from api.v1.figures import Figures, Indicators
from api.v1.meetings import Meetings, OneMeeting
from api.v1.members import Members
from api.v1.notes import Notes, NoteSigning, OneNote
from api.v1.organisations import OneOrganisation, Organisations
from api.v1.plans import ActivityProgress, OnePlan, PlanActivities, PlanProposals, Plans
from api.v1.problems import unknown_address
from api.v1.regulations import OneRegulation, Regulations
from api.v1.risks import OneRisk, Risks, RiskSteps
from api.v1.teams import Seats, Teams
from api.v1.units import OneUnit, Units
from api.views import openapi

app_name = "v1"
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("units/", Units.as_view(), name="units"),
    path("units/<str:code>/", OneUnit.as_view(), name="unit"),
    path("indicators/", Indicators.as_view(), name="indicators"),
    path("figures/", Figures.as_view(), name="figures"),
    path("tenants/<str:code>/organisations/", Organisations.as_view(), name="organisations"),
    path(
        "tenants/<str:code>/organisations/<uuid:organisation_id>/",
        OneOrganisation.as_view(),
        name="organisation",
    ),
    path("tenants/<str:code>/members/", Members.as_view(), name="members"),
    path("tenants/<str:code>/declarations/", Declarations.as_view(), name="declarations"),
    path(
        "tenants/<str:code>/declarations/<uuid:declaration_id>/",
        OneDeclaration.as_view(),
        name="declaration",
    ),
    path(
        "tenants/<str:code>/declarations/<uuid:declaration_id>/signatory/",
        DeclarationSignatory.as_view(),
        name="declaration_signatory",
    ),
    path(
        "tenants/<str:code>/declarations/<uuid:declaration_id>/coordinator/",
        DeclarationCoordinator.as_view(),
        name="declaration_coordinator",
    ),
    path(
        "tenants/<str:code>/declarations/<uuid:declaration_id>/statements/",
        DeclarationStatements.as_view(),
        name="declaration_statements",
    ),
    path(
        "tenants/<str:code>/declarations/<uuid:declaration_id>/file/",
        DeclarationFile.as_view(),
        name="declaration_file",
    ),
    path(
        "tenants/<str:code>/declarations/<uuid:declaration_id>/own-file/",
        DeclarationOwnFile.as_view(),
        name="declaration_own_file",
    ),
    path("tenants/<str:code>/regulations/", Regulations.as_view(), name="regulations"),
    path(
        "tenants/<str:code>/regulations/<uuid:regulation_id>/",
        OneRegulation.as_view(),
        name="regulation",
    ),
    path("tenants/<str:code>/teams/", Teams.as_view(), name="teams"),
    path("tenants/<str:code>/teams/<uuid:team_id>/seats/", Seats.as_view(), name="seats"),
    path("tenants/<str:code>/meetings/", Meetings.as_view(), name="meetings"),
    path("tenants/<str:code>/meetings/<uuid:meeting_id>/", OneMeeting.as_view(), name="meeting"),
    path(
        "tenants/<str:code>/meetings/<uuid:meeting_id>/attendance/",
        AttendanceOfMeeting.as_view(),
        name="attendance",
    ),
    path("tenants/<str:code>/arrangements/", Arrangements.as_view(), name="arrangements"),
    path(
        "tenants/<str:code>/arrangements/<uuid:arrangement_id>/",
        OneArrangement.as_view(),
        name="arrangement",
    ),
    path(
        "tenants/<str:code>/arrangements/<uuid:arrangement_id>/done/",
        ArrangementDone.as_view(),
        name="arrangement_done",
    ),
    path(
        "tenants/<str:code>/arrangements/<uuid:arrangement_id>/not-done/",
        ArrangementNotDone.as_view(),
        name="arrangement_not_done",
    ),
    path("tenants/<str:code>/notes/", Notes.as_view(), name="notes"),
    path("tenants/<str:code>/notes/<uuid:note_id>/", OneNote.as_view(), name="note"),
    path("tenants/<str:code>/notes/<uuid:note_id>/sign/", NoteSigning.as_view(), name="note_sign"),
    path("tenants/<str:code>/risks/", Risks.as_view(), name="risks"),
    path("tenants/<str:code>/risks/<uuid:risk_id>/", OneRisk.as_view(), name="risk"),
    path("tenants/<str:code>/risks/<uuid:risk_id>/steps/", RiskSteps.as_view(), name="risk_steps"),
    path("tenants/<str:code>/plans/", Plans.as_view(), name="plans"),
    path("tenants/<str:code>/plans/<uuid:plan_id>/", OnePlan.as_view(), name="plan"),
    path(
        "tenants/<str:code>/plans/<uuid:plan_id>/activities/",
        PlanActivities.as_view(),
        name="plan_activities",
    ),
    path(
        "tenants/<str:code>/plans/<uuid:plan_id>/proposals/",
        PlanProposals.as_view(),
        name="plan_proposals",
    ),
    path(
        "tenants/<str:code>/activities/<uuid:activity_id>/progress/",
        ActivityProgress.as_view(),
        name="activity_progress",
    ),
    path("tenants/<str:code>/agreements/", Agreements.as_view(), name="agreements"),
    path(
        "tenants/<str:code>/agreements/<uuid:agreement_id>/",
        OneAgreement.as_view(),
        name="agreement",
    ),
    path(
        "tenants/<str:code>/agreements/<uuid:agreement_id>/parties/",
        AgreementParties.as_view(),
        name="agreement_parties",
    ),
    path(
        "tenants/<str:code>/agreements/<uuid:agreement_id>/signatures/",
        AgreementSignatures.as_view(),
        name="agreement_signatures",
    ),
    path("tenants/<str:code>/delegations/", Delegations.as_view(), name="delegations"),
    path(
        "tenants/<str:code>/asked-delegations/",
        AskedDelegations.as_view(),
        name="asked_delegations",
    ),
    re_path("^.*$", unknown_address),
]
