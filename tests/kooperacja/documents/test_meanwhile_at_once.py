"""While a hostile file is worked on, others get their pages."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.papers import ANNOTATED_DECLARATION
from tenants.registry import directory
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.kooperacja.documents.measured import measured
from tests.kooperacja.documents.test_wordcheck import changed

PAGE = "/gmina/gogolin/partnerstwo/czlonkowie/"
FORM = f"/gmina/gogolin/partnerstwo/osrodek/szablony/{ANNOTATED_DECLARATION.kind}/"
PLENTY = (
    "<w:p><w:r><w:t>{%p for one in coordinators %}</w:t></w:r></w:p>"
    + "<w:p/>" * 59_000
    + "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>"
).encode()


@pytest.fixture
def tenant(fresh_database: str) -> TenantRef:
    found = directory.find("gogolin")
    assert found is not None
    with inside(found):
        make_partnership.found(found)
    return found


def give(client: Client) -> int:
    end = b"<w:sectPr"
    file = changed({"word/document.xml": lambda text: text.replace(end, PLENTY + end, 1)})
    try:
        return client.post(
            FORM, {"file": SimpleUploadedFile("x.docx", file), "after": 0}
        ).status_code
    finally:
        connections.close_all()


def test_others_of_the_office_read_its_pages(
    tenant: TenantRef, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readers = measured(monkeypatch, tmp_path)
    with inside(tenant):
        hostile, _ = make.signed_in(tenant, Role.TENANT_ADMIN)
        other, _ = make.signed_in(tenant, Role.NETWORK_OFFICER)
    assert other.get(PAGE).status_code == 200
    answers, slowest, started = [], 0.0, time.perf_counter()
    with ThreadPoolExecutor(1) as pool:
        given = pool.submit(give, hostile)
        while not given.done():
            began = time.perf_counter()
            answers.append(other.get(PAGE).status_code)
            slowest = max(slowest, time.perf_counter() - began)
    took = time.perf_counter() - started
    assert given.result() == 422
    ((seconds, _),) = readers.took()
    assert seconds > 0.5  # it is hard to read
    readers.require_moderate()
    assert set(answers) == {200}
    assert len(answers) > seconds
    assert slowest < took / 2  # nobody waits for its end, on a slow machine either
