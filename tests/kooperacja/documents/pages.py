"""Private files of a tenant."""

from dataclasses import replace
from typing import Any

from uuid6 import uuid7

from kooperacja.documents import storage
from kooperacja.documents.formats import ASIC_E
from kooperacja.documents.models import PreparedFile, SignedContainer
from kooperacja.documents.preparing import ask_for_paper
from tenants.partnership.papers import REGISTER
from tests.declared import FILE, KEEPERS, MEMBERS, Page, may
from tests.factories import people as make

PAGES = [
    Page("documents:file", KEEPERS + "DPH", 7, of="file", seen=FILE),
    Page("documents:container", KEEPERS + "DPH", 7, of="container", seen=FILE),
    Page("documents:prepared", MEMBERS, 3, of="prepared", seen=("prepared", "ready", "failed")),
    Page("documents:prepared_file", may(led=MEMBERS), 2, of="prepared", seen=FILE),
]


def _prepared(context: dict[str, Any]) -> PreparedFile:
    return ask_for_paper(
        by=replace(make.BY, account_id=uuid7()),
        paper=REGISTER,
        context={**REGISTER.example, **context},
        title="Rejestr członków na dzień 1 kwietnia 2025 r.",
        name="rejestr-czlonkow-2025-04-01.pdf",
        as_of=make.ESTABLISHED,
        again_at="/",
        verb="REGISTER_EXPORTED",
        entry={},
    )


def _in(state: str, **values: Any) -> PreparedFile:
    prepared = _prepared({"count": state})
    PreparedFile.objects.filter(pk=prepared.pk).update(state=state, **values)
    return prepared


def _container(rows: Any) -> SignedContainer:
    pk, file = uuid7(), rows["filed"].file
    with storage.staged(b"PK", pk=pk, year=2026) as path:
        return SignedContainer.objects.create(
            id=pk, file=file, original_name="a.asice", content_type=ASIC_E, size=2, path=path
        )


ROWS = {
    "container": _container,
    "prepared": lambda rows: _prepared({}),
    "ready": lambda rows: _in("READY", path="2026/x", size=664_772),
    "failed": lambda rows: _in("FAILED"),
}
