"""Every column that tells of people has a fate (GDPR art. 5(1)(e), 17)."""

import re
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from kooperacja import offers
from kooperacja.crypto.fields import EncryptedTextField
from kooperacja.offers import Fate, Impersonal, PersonalData

OWN = {"kooperacja", "tenants", "gmina", "powiat", "region", "api"}
# Tables of libraries that hold what people gave or did.
LIBRARIES = {"account.EmailAddress", "mfa.Authenticator", "sessions.Session"}
LIBRARIES |= {"usersessions.UserSession"}
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
TEXTS += (models.GenericIPAddressField, SearchVectorField)
PERSONAL = re.compile(
    r"(full|actor|contact)_name|\w+_by(_name)?|(\w+_)?(email|phone|ip|pesel)|password|user_agent"
)


def _is_text(field: Any) -> bool:
    is_sealed = isinstance(field, EncryptedTextField)
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


def _named(kind: type[PersonalData] | type[Impersonal]) -> list[str]:
    return [
        f"{told.model._meta.label}.{column}" for told in offers.of(kind) for column in told.columns
    ]


def test_every_text_has_a_fate_or_tells_of_nobody() -> None:
    """Each is named once, and none that there is not."""
    assert sorted(_named(PersonalData) + _named(Impersonal)) == sorted(_texts())


def test_what_looks_personal_cannot_be_called_impersonal() -> None:
    named = {name for name in _texts() if PERSONAL.fullmatch(name.rpartition(".")[2])}
    sealed = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    assert {"people.Person.email", "audit.Entry.actor_name"} < named
    assert (named | sealed) & set(_named(Impersonal)) == set()


def test_an_app_tells_of_its_own_tables_alone() -> None:
    """The accounts speak for the libraries by which one signs in."""
    for config in apps.get_app_configs():
        if config.name in settings.TENANT_APPS:
            module = __import__(f"{config.name}.offers", fromlist=["OFFERS"])
            kinds = PersonalData | Impersonal
            told = {one.model for one in module.OFFERS if isinstance(one, kinds)}
            assert told <= set(config.get_models())


def test_what_is_to_go_goes_by_somebody() -> None:
    """Those that nobody clears yet are known; no other may join them."""
    to_go = [one for one in offers.of(PersonalData) if one.fate in (Fate.CLEARED, Fate.FORGOTTEN)]
    assert {one.model._meta.label for one in to_go if one.by is None} == {
        "accession.CommunityResource",
        "usersessions.UserSession",
    }
    assert all(one.by is None for one in offers.of(PersonalData) if one not in to_go)
