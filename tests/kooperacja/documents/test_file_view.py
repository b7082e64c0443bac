"""A private file goes to whom its kind says, as a download, and the journal knows."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import unquote

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM, actor
from kooperacja.audit.models import Entry
from kooperacja.crypto.actions import create_tenant_key
from kooperacja.documents import perms, views
from kooperacja.documents.actions import store_upload
from kooperacja.documents.models import StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import KeptFile
from kooperacja.offers import of
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from tests.kooperacja.documents.conftest import pdf, upload
from tests.offering import offer

CONTENT = pdf()


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: Any) -> Iterator[None]:
    offer(
        monkeypatch,
        KeptFile("OPEN", lambda request, file: True),
        KeptFile("SHUT", lambda request, file: False),
    )
    return None


def get(pk: Any, method: str = "get") -> HttpResponse:
    request: Any = getattr(RequestFactory(), method)(f"/pliki/{pk}/")
    request.account = SimpleNamespace(pk=uuid7(), full_name="Anna Nowak", email="anna@ops.example")
    request.access = ()
    request.actor = actor(request)
    return views.file(request, pk=pk)


def store(kind: str, name: str = "Zażółć „a”; x=.pdf") -> StoredFile:
    return store_upload(by=SYSTEM, upload=upload(CONTENT, name), kind=kind)


def readings() -> int:
    return Entry.objects.filter(verb="FILE_READ").count()


def test_a_permitted_reader_gets_the_bytes_as_a_download(office: TenantRef, media: Path) -> None:
    stored = store("OPEN")
    response = get(stored.pk)
    assert response.content == CONTENT
    assert response.headers["Content-Type"] == "application/pdf"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert unquote(disposition.split("''")[1]) == "Zażółć „a”; x=.pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    entry = Entry.objects.get(verb="FILE_READ")
    assert (entry.object_id, entry.actor_name) == (stored.pk, "Anna Nowak (anna@ops.example)")


@pytest.mark.parametrize("kind", ["SHUT", "UNREGISTERED"])
def test_others_are_refused_and_nothing_is_recorded_as_read(
    office: TenantRef, media: Path, kind: str
) -> None:
    with pytest.raises(Refused):
        get(store(kind).pk)
    assert readings() == 0


def test_a_file_of_another_tenant_does_not_exist_here(
    office: TenantRef, powiat: TenantRef, media: Path
) -> None:
    stored = store("OPEN")
    create_tenant_key(powiat.id)
    with inside(powiat):
        with pytest.raises(Http404):
            get(stored.pk)
        assert readings() == 0


def test_a_file_that_the_disk_lost_is_missing_not_an_error(office: TenantRef, media: Path) -> None:
    stored = store("OPEN")
    (media / office.schema / stored.path).unlink()
    with pytest.raises(Http404):
        get(stored.pk)
    assert readings() == 0


def test_only_reading_is_served(office: TenantRef, media: Path) -> None:
    assert get(store("OPEN").pk, "post").status_code == 405


def test_a_kind_is_offered_once(monkeypatch: Any) -> None:
    offer(monkeypatch, KeptFile("OPEN", lambda request, file: True))
    with pytest.raises(ValueError, match="twice"):
        perms.read_file(cast(Any, None), StoredFile(kind="OPEN"))


def test_no_kind_of_file_has_two_readers() -> None:
    kinds = [one.kind for one in (*of(KeptFile), *of(Paper))]
    assert len(kinds) == len(set(kinds)) > 10
