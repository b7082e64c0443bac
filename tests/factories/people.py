"""People, institutions and files for tests, and browsers of people."""

import io
import itertools
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.ref import TenantRef
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accounts

BY = Actor(account_id=None, name="Ewa Testowa")
LONG = (
    "Powiatowe Centrum Pomocy Rodzinie i Poradnia Psychologiczno-Pedagogiczna "
    "im. Konstantego Ildefonsa Gałczyńskiego w Krapkowicach"
)
ESTABLISHED = date(2024, 1, 1)
numbers = itertools.count(1)


def by(person: Person) -> Actor:
    """This person as the one who acts."""
    return replace(BY, person_id=person.pk)


def regon(number: int) -> str:
    """A REGON with its check digit, another for each number."""
    digits = f"{number:08d}"
    check = sum(int(d) * w for d, w in zip(digits, (8, 9, 2, 3, 4, 5, 6, 7), strict=True)) % 11
    return f"{digits}{check % 10}"


@cache
def pdf_bytes() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


def pdf(name: str = "deklaracja.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(), content_type="application/pdf")


def stored(kind: str = "SIGNED_DECLARATION") -> StoredFile:
    pk = uuid7()
    return StoredFile.objects.create(
        id=pk,
        kind=kind,
        original_name="deklaracja.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        path=f"2024/{pk}",
        stored_by_name="test",
    )


def person(
    *roles: str,
    organisation: Organisation | None = None,
    account: Account | None = None,
    **fields: Any,
) -> Person:
    number = next(numbers)
    values = {"full_name": f"Osoba Numer {number}", "email": f"osoba.{number}@example.pl", **fields}
    made = Person.objects.create(account_id=account.pk if account else None, **values)
    for role in roles:
        RoleAssignment.objects.create(
            person=made,
            role=role,
            organisation=organisation,
            from_on=ESTABLISHED,
            granted_by="test",
        )
    if roles and organisation is None:
        follow(RoleAssignment)
    return made


def lead() -> Person:
    return person(Role.LEAD, full_name="Lidia Liderska")


def signed_in(
    tenant: TenantRef, *roles: str, organisation: Organisation | None = None
) -> tuple[Client, Person]:
    """A browser of a person of the tenant, and the person."""
    account = accounts.with_totp(accounts.account())
    made = person(
        *roles,
        organisation=organisation,
        account=account,
        full_name=account.full_name,
        email=account.email,
    )
    for role in roles:
        Access.objects.create(
            account=account,
            tenant_id=tenant.id,
            role=role,
            organisation_id=organisation.pk if organisation else None,
            organisation_name=organisation.name if organisation else "",
            organisation_number=organisation.number if organisation else "",
            person_id=made.pk,
            granted_by="test",
        )
    return accounts.with_fresh_factor(accounts.client_of(account)), made


def organisation(**fields: Any) -> Organisation:
    number = next(numbers)
    values = {
        "name": f"Instytucja Numer {number}",
        "sector": "SOCIAL",
        "city": "Gogolin",
        "regon": regon(number),
        **fields,
    }
    return Organisation.objects.create(**values)


def head(of: Organisation, from_on: date = ESTABLISHED, **fields: Any) -> Person:
    """The head of an institution, who acts for it here."""
    made = person(Role.PARTNER_HEAD, organisation=of, **fields)
    Post.objects.create(
        person=made, organisation=of, function="dyrektor", is_head=True, from_on=from_on
    )
    return made
