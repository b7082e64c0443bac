"""Every column that tells of people has a fate (GDPR art. 5(1)(e), 17)."""

import re
from collections import Counter
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from kooperacja import offers
from kooperacja.offers import Fate, PersonalData

OWN = {"kooperacja", "tenants", "gmina", "powiat", "region", "api"}
# Tables of libraries that hold what people gave or did.
LIBRARIES = {"account.EmailAddress", "mfa.Authenticator", "sessions.Session"}
LIBRARIES |= {"usersessions.UserSession"}
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
TEXTS += (models.GenericIPAddressField,)
PERSONAL = re.compile(
    r"(full|actor|contact)_name|\w+_by(_name)?|(\w+_)?(email|phone|ip|pesel)|password|user_agent"
)

# Texts that say nothing of people: codes, digests, names of institutions, wording of acts.
IMPERSONAL = {
    "accounts.ApiToken": "name prefix token_hash",
    "audit.Entry": "role request_id verb object_type",
    "audit.Seal": "hash",
    "crypto.TenantKey": "wrapped",
    "documents.Document": "kind",
    "documents.OfficeTemplate": "kind",
    "documents.StoredFile": "kind content_type sha256 path",
    "exchange.Institution": "name sector legal_form regon nip krs street postal_code city",
    "exchange.RegulationTemplate": "clauses note",
    "inbox.InboxItem": "tenant_name url code",
    "inbox.OutgoingMessage": "kind dedupe last_error",
    "monitoring.Figure": "indicator dimension",
    "monitoring.Publication": "catalogue",
    "notifications.Delivery": "code message_id",
    "notifications.Outgoing": "kind dedupe last_error",
    "notifications.Preference": "code",
    "partnership.AccessibilityStatement": "entity_name entity_address known_issues architecture",
    "partnership.AccessionDeclaration": "case_mark signed_place annotation",
    "partnership.CommunityResource": "area offers",
    "partnership.DataProcessingAgreement": (
        "case_mark purpose data_kinds person_categories end_reason"
    ),
    "partnership.DataRulesAcknowledgement": "text_sha256",
    "partnership.Engagement": "reason",
    "partnership.Organisation": (
        "name legal_form nip regon krs street postal_code city website edelivery"
        " competences ways_of_working legal_basis"
    ),
    "partnership.Partnership": "area lead_name lead_address",
    "partnership.Recruitment": "institution_name",
    "partnership.RegulationBallot": "name",
    "partnership.RegulationVersion": (
        "title clauses area lead_name adopted_place place common_goal organisational_frame"
        " information_exchange knowledge_exchange decision_process monitoring_rules"
        " justification reason"
    ),
    "partnership.ResignationNotice": "case_mark",
    "registry.Access": "organisation_name organisation_number",
    "registry.Invitation": "organisation_name organisation_number token_hash",
    "registry.Region": "code name rops_name",
    "registry.SchemaVersion": "digest statements migrations",
    "registry.Spare": "schema_name role_name ddl",
    "registry.Tenant": "slug schema_name role_name ddl failure",
    "registry.Unit": "code name rodz",
    "registry.UnitState": "name rodz name_extra",
    "registry.Upgrade": "before after failed_in error",
    "sessions.Session": "session_key",
    "usersessions.UserSession": "session_key",
}


def _is_text(field: Any) -> bool:
    is_sealed = type(field).__name__.startswith("Encrypted")
    return (is_sealed or isinstance(field, TEXTS)) and not field.choices


def _texts() -> set[str]:
    """Every column of text of our tables and of those of libraries that hold people's data."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OWN or model._meta.label in LIBRARIES
        for field in model._meta.concrete_fields
        if not field.is_relation and _is_text(field)
    }


def _with_a_fate() -> list[str]:
    return [
        f"{data.model._meta.label}.{column}"
        for data in offers.of(PersonalData)
        for column in data.columns
    ]


def _impersonal() -> set[str]:
    return {f"{label}.{name}" for label, names in IMPERSONAL.items() for name in names.split()}


def test_every_text_has_a_fate_or_says_nothing_of_people() -> None:
    assert _texts() - set(_with_a_fate()) == _impersonal()


def test_a_fate_is_named_once_and_of_a_column_that_there_is() -> None:
    assert [name for name, times in Counter(_with_a_fate()).items() if times > 1] == []
    assert set(_with_a_fate()) - _texts() == set()


def test_what_looks_personal_cannot_be_called_impersonal() -> None:
    named = {name for name in _texts() if PERSONAL.fullmatch(name.rpartition(".")[2])}
    sealed = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if type(field).__name__.startswith("Encrypted")
    }
    assert {"partnership.Person.email", "audit.Entry.actor_name"} < named
    assert (named | sealed) & _impersonal() == set()


def test_an_app_tells_of_its_own_tables_alone() -> None:
    """The accounts speak for the libraries by which one signs in."""
    for config in apps.get_app_configs():
        if config.name in settings.TENANT_APPS:
            module = __import__(f"{config.name}.offers", fromlist=["OFFERS"])
            told = {one.model for one in module.OFFERS if isinstance(one, PersonalData)}
            assert told <= set(config.get_models())


def test_what_is_to_go_goes_by_somebody() -> None:
    """Those that nobody clears yet are known; no other may join them."""
    to_go = [one for one in offers.of(PersonalData) if one.fate in (Fate.CLEARED, Fate.FORGOTTEN)]
    assert {one.model._meta.label for one in to_go if one.by is None} == {
        "partnership.CommunityResource",
        "usersessions.UserSession",
    }
    assert all(one.by is None for one in offers.of(PersonalData) if one not in to_go)
