"""A tenant with a key and a disk of its own, and files to upload."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kooperacja.crypto import keys
from kooperacja.crypto.actions import create_tenant_key
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef

Change = Callable[[pikepdf.Pdf], Any]


def pdf(change: Change | None = None, *, pages: int = 1, **how: Any) -> bytes:
    """A small PDF, with something put into it."""
    made, content = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    if change:
        change(made)
    made.save(content, **how)
    return content.getvalue()


def upload(content: bytes, name: str = "deklaracja.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def office(gmina: TenantRef, media: Path) -> Iterator[TenantRef]:
    keys.forget()
    create_tenant_key(gmina.id)
    with inside(gmina):
        yield gmina
    keys.forget()
