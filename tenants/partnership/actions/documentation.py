"""The documentation of the partnership: where the office files each paper (REG §2.11)."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents import preparing
from kooperacja.documents.documentation import (
    MOST_MEGABYTES,
    files,
    is_too_large,
    kinds,
    readable_papers,
)
from kooperacja.documents.documentation import symbols as saved_symbols
from kooperacja.documents.models import Filing, KindSymbol, PreparedFile, StoredFile
from kooperacja.documents.perms import readable
from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, StaleForm, found_or_new, one_at_a_time, save_edited
from tenants.partnership import perms
from tenants.partnership.papers import DOCUMENTATION
from tenants.people.models import Person


@transaction.atomic
def describe_document(*, by: Actor, file_id: UUID, version: int, values: dict[str, Any]) -> Filing:
    """Write the symbol and the mark of a paper, and where its original lies."""
    file = StoredFile.objects.get(pk=file_id, key_of=None)
    found_or_new(Filing, file=file)
    filing = Filing.objects.select_for_update().get(file=file)
    person = Person.objects.acting(by)
    perms.keep_documentation.require(person)
    if file.pk not in readable(person, [(file.pk, file.kind)]):
        raise perms.keep_documentation.refused()
    changed = save_edited(filing, version, values)
    record(by=by, verb="DOCUMENT_DESCRIBED", obj=file, data=changed)
    return filing


@transaction.atomic(using="shared")
@transaction.atomic
def set_symbols(*, by: Actor, version: int, symbols: dict[str, str]) -> None:
    """Set the JRWA symbols of kinds of papers."""
    one_at_a_time(f"symbols:{current_tenant().id}")
    perms.keep_documentation.require(Person.objects.acting(by))
    saved = saved_symbols()
    changed = {
        kind: [saved.by_kind.get(kind, ""), symbol]
        for kind, symbol in symbols.items()
        if saved.by_kind.get(kind, "") != symbol
    }
    if not changed:
        raise AlreadySaved(saved)
    if saved.version != version:
        raise StaleForm(saved)
    for kind in changed:
        row, _ = found_or_new(KindSymbol, kind=kind)
        row.symbol, row.version = symbols[kind], row.version + 1
        row.save(update_fields=["symbol", "version"])
    record(by=by, verb="SYMBOLS_CHANGED", data=changed)


def prepare_documentation(
    *, by: Actor, year: str, kind: str, name: str, again_at: str
) -> PreparedFile:
    """Have all papers of a year and a kind, or all, put into one file in the background."""
    person = Person.objects.acting(by)
    perms.keep_documentation.require(person)
    chosen = files(readable_papers(person), year=year, kind=kind)
    if is_too_large(chosen):
        raise Problem(
            "Tych dokumentów jest za dużo na jeden plik",
            f"Jeden plik mieści {MOST_MEGABYTES} MB dokumentów. Wybierz na liście jeden rok albo "
            "jeden rodzaj i pobierz je po kolei.",
            kept=NOTHING_DONE,
        )
    place = str(current_tenant().name)
    data = {"person": str(by.person_id), "year": year, "kind": kind, "place": place}
    return preparing.ask_for_paper(
        by=by,
        paper=DOCUMENTATION,
        context={**data, "digest": _digest_of(chosen)},
        title="Dokumentacja Partnerstwa",
        name=name,
        as_of=by.today,
        again_at=again_at,
        verb="DOCUMENTATION_EXPORTED",
        entry=_taken(year, kind),
    )


def _digest_of(chosen: Any) -> str:
    """A digest of the pack, so that it is made anew once there is more, or it is filed otherwise."""
    rows = chosen.order_by("pk").values_list("pk", "filing__version")
    known = [*rows, saved_symbols().version]
    return hashlib.sha256(repr(known).encode()).hexdigest()


def _taken(year: str, kind: str) -> dict[str, Any]:
    return {"year": [None, year], "kind": [None, kind]}


def documentation_taken(data: Mapping[str, Any]) -> str:
    """How the journal says it."""
    chosen = (data["year"][1], kinds().get(data["kind"][1], ""))
    return ", ".join(["dokumentacja Partnerstwa (ZIP)", *filter(None, chosen)])
