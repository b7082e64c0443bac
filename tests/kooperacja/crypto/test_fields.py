"""A sealed field: bytes in the database, text in its own row, refused elsewhere."""

from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction
from uuid6 import uuid7

from kooperacja.crypto.envelope import KeyMissing, Tampered
from kooperacja.crypto.fields import Sealed
from kooperacja.crypto.models import TenantKey
from kooperacja.documents.models import Document, StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.errors import OutsideTenant
from kooperacja.tenancy.ref import TenantRef

Two = tuple[TenantRef, TenantRef]
TEXT = {"imię": "Łucja Żółć", "telefon": "600 100 200"}


def make_document(context: Any = TEXT) -> Document:
    pk = uuid7()
    pdf = StoredFile.objects.create(
        kind="TEST",
        original_name="a.pdf",
        content_type="application/pdf",
        size=1,
        path=f"2026/{pk}",
    )
    return Document.objects.create(
        kind="TEST", subject=uuid7(), version=1, title="Próba", context=context, pdf=pdf
    )


def raw(pk: UUID) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT context FROM documents_document WHERE id = %s", [pk])
        return bytes(cursor.fetchone()[0])


def loaded_with(pk: UUID, content: bytes) -> Document:
    """A row as the database would give it, with these bytes in the sealed column."""
    document = Document.objects.defer("context").get(pk=pk)
    document.context = Sealed(content)
    return document


def test_the_database_holds_no_word_of_it_and_the_row_reads_it(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        pk = make_document().pk
        assert b"600" not in raw(pk)
        assert "Łucja".encode() not in raw(pk)
        assert Document.objects.get(pk=pk).context == TEXT
        assert Document.objects.defer("context").get(pk=pk).context == TEXT


def test_bytes_moved_to_another_row_stay_closed(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        first, second = make_document(), make_document({"imię": "Jan"})
        with pytest.raises(Tampered):
            _ = loaded_with(second.pk, raw(first.pk)).context


def test_bytes_moved_to_another_tenant_stay_closed(two_tenants: Two) -> None:
    gmina, powiat = two_tenants
    with inside(gmina):
        document = make_document()
        content = raw(document.pk)
    with inside(powiat):
        moved = Document(pk=document.pk)
        moved.context = Sealed(content)
        with pytest.raises(Tampered):
            _ = moved.context


def test_outside_a_tenant_it_is_closed(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        document = Document.objects.get(pk=make_document().pk)
    with pytest.raises(OutsideTenant):
        _ = document.context


def test_without_the_key_nothing_is_read_and_nothing_is_written(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        pk = make_document().pk
        TenantKey.objects.filter(tenant_id=two_tenants[0].id).delete()
        with pytest.raises(KeyMissing):
            _ = Document.objects.get(pk=pk).context
        with pytest.raises(KeyMissing), transaction.atomic():
            make_document()
        assert Document.objects.filter(kind="TEST").count() == 1


def test_ways_that_do_not_know_the_row_are_refused(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        document = make_document()
        before = raw(document.pk)
        for attempt in (
            lambda: Document.objects.update(context=TEXT),
            lambda: Document.objects.bulk_update([document], ["context"]),
            lambda: Document.objects.filter(context=TEXT).count(),
            lambda: Document.objects.filter(context__contains="Łucja").count(),
        ):
            with pytest.raises(FieldError), transaction.atomic():
                attempt()
        assert raw(document.pk) == before


def test_bulk_create_seals_each_row_for_itself(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        pdf = make_document().pdf
        rows = [
            Document(kind="BULK", subject=uuid7(), version=1, title="x", context=[n], pdf=pdf)
            for n in range(3)
        ]
        Document.objects.bulk_create(rows)
        assert sorted(d.context for d in Document.objects.filter(kind="BULK")) == [[0], [1], [2]]


def test_a_copy_of_a_row_is_refused_until_its_value_is_open(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        copy = Document.objects.get(pk=make_document().pk)
        copy.pk, copy.version, copy._state.adding = uuid7(), 2, True
        with pytest.raises(FieldError), transaction.atomic():
            copy.save(force_insert=True)
        assert Document.objects.filter(kind="TEST").count() == 1
