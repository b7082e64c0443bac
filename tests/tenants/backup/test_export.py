"""An office that leaves takes everything along, in files that anybody opens."""

import csv
import hashlib
import html
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.about import confided_tables
from kooperacja.audit.models import Entry
from kooperacja.documents.actions import store_signed
from kooperacja.documents.models import Document, SignedContainer, StoredFile
from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions.decisions import accept_declaration
from tenants.backup.export import export_tenant, tenant_models
from tenants.backup.package import Package
from tenants.backup.restoring import restore_copy
from tenants.dialogue.actions import notes
from tenants.dialogue.models import Dispute
from tenants.partnership.models import Membership
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts, containers
from tests.factories import dialogue as make_dialogue
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.kooperacja.documents.conftest import upload
from tests.tenants.backup.conftest import CODE, OPERATOR, run

DISPUTE = "Kto sprząta świetlicę"
FORMULA = '=HYPERLINK("http://zlo.example","kliknij")'


def table(pack: ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(pack.read(name).decode())))


@pytest.fixture
def pack(gmina: TenantRef, tmp_path: Path) -> ZipFile:
    accounts.member(gmina, Role.LEAD, email="lidia@example.pl")
    with inside(gmina):
        person = make.lead()
        of = make.organisation(name=FORMULA)
        declaration = make_accession.filed(person, of)
        by = replace(OPERATOR, person_id=person.pk)
        container = upload(containers.asice(), "umowa.asice")
        store_signed(by=by, upload=container, kind="SIGNED_AGREEMENT")
        accept_declaration(by=by, declaration_id=declaration.pk)
        make_dialogue.proposal(make_dialogue.dispute(of, subject=DISPUTE), make.by(person), DISPUTE)
        for at, code in enumerate(("DISPUTE_REPORTED", "RISK_REPORTED")):
            Delivery.objects.create(outbox_id=uuid7(), email=f"{at}@a.example", code=code)
    return ZipFile(export_tenant(by=OPERATOR, tenant=gmina, to=tmp_path))


def test_every_row_of_every_table_is_there(gmina: TenantRef, pack: ZipFile) -> None:
    confided = confided_tables()
    assert not {f"dane/{model._meta.db_table}.csv" for model in confided} & set(pack.namelist())
    for model in set(tenant_models()) - confided - {Outgoing}:
        rows = table(pack, f"dane/{model._meta.db_table}.csv")
        with inside(gmina):
            left = model.objects.all()
            if model is Entry:
                left = left.exclude(verb="TENANT_EXPORTED").exclude(verb__startswith="DISPUTE_")
            if model is Delivery:
                left = left.exclude(code__startswith="DISPUTE_")
            skipped = 1 if model.__name__ == "Seal" else 0
            assert len(rows) == left.count() - skipped, model


def test_nothing_tells_that_there_was_a_dispute(gmina: TenantRef, pack: ZipFile) -> None:
    with inside(gmina):
        dispute = Dispute.objects.get()
    words = (DISPUTE, str(dispute), str(dispute.pk), "DISPUTE_", "zgłoszono spór", "_dispute")
    texts = {name: pack.read(name).decode(errors="replace") for name in pack.namelist()}
    telling = {name for name, text in texts.items() if any(word in text for word in words)}
    assert telling == set()
    assert "1@a.example" in texts["dane/notifications_delivery.csv"]
    assert "Nie ma tu też sporów" in texts["CZYTAJ.txt"]


def test_the_draft_of_a_note_is_in_none_of_it(gmina: TenantRef, tmp_path: Path) -> None:
    with inside(gmina):
        make_partnership.found(gmina)
        seat = make_meetings.pzk().seats.order_by("pk").first()
        task = notes.Task("Zapytać o świetlicę", seat.pk, timezone.localdate())
        make_dialogue.note(subject="Nikomu o tym nie mówię", tasks=[task])
        signed = make_dialogue.signed(subject="Dyżury zimą")
    pack = ZipFile(export_tenant(by=OPERATOR, tenant=gmina, to=tmp_path))
    assert [row["id"] for row in table(pack, "dane/dialogue_note.csv")] == [str(signed.pk)]
    texts = b"".join(pack.read(name) for name in pack.namelist() if name.endswith(".csv")).decode()
    assert "Dyżury zimą" in texts
    assert not any(said in texts for said in ("Nikomu o tym nie mówię", "Zapytać o świetlicę"))


def test_what_is_sealed_is_open_and_relations_can_be_followed(pack: ZipFile) -> None:
    (document,) = table(pack, "dane/documents_document.csv")
    assert FORMULA.replace('"', '\\"') in document["context"]
    files = {row["id"]: row for row in table(pack, "dokumenty/spis.csv")}
    path = files[document["pdf_id"]]["plik"]
    assert pack.read(path).startswith(b"%PDF")


def test_files_are_what_was_stored(gmina: TenantRef, pack: ZipFile) -> None:
    found = {
        hashlib.sha256(pack.read(row["plik"])).hexdigest()
        for row in table(pack, "dokumenty/spis.csv")
    }
    with inside(gmina):
        kept = SignedContainer.objects.values_list("sha256", flat=True)
        assert kept
        assert found == {*StoredFile.objects.values_list("sha256", flat=True), *kept}
        assert Document.objects.exists()


def test_the_register_is_a_sheet_without_formulas(gmina: TenantRef, pack: ZipFile) -> None:
    book = ZipFile(io.BytesIO(pack.read("rejestr/kooperanci.xlsx")))
    page = book.read("xl/worksheets/sheet1.xml").decode()
    with inside(gmina):
        assert page.count("<row ") == Membership.objects.count() + 1
    assert "<f>" not in page
    assert html.escape(FORMULA, quote=False) in book.read("xl/sharedStrings.xml").decode()
    (line,) = table(pack, "rejestr/kooperanci.csv")
    assert line["instytucja"] == f"'{FORMULA}"


def test_the_sums_are_of_what_is_inside(pack: ZipFile) -> None:
    sums = dict(line.split("  ")[::-1] for line in pack.read("SHA256.txt").decode().splitlines())
    assert sums.keys() == set(pack.namelist()) - {"SHA256.txt"}
    for name, known in sums.items():
        assert hashlib.sha256(pack.read(name)).hexdigest() == known
    assert "Gmina miejsko-wiejska Gogolin (160501)" in pack.read("CZYTAJ.txt").decode()


def test_columns_are_explained_and_people_listed(pack: ZipFile) -> None:
    columns = {(row["tabela"], row["kolumna"]): row for row in table(pack, "dane/slownik.csv")}
    name = columns["people_organisation", "name"]
    assert (name["rodzaj"], name["znaczenie"]) == ("tekst", "pełna nazwa")
    assert columns["partnership_membership", "organisation_id"]["wskazuje na"] == (
        "people_organisation.id"
    )
    people = table(pack, "dostep/osoby-z-dostepem.csv")
    assert ("lidia@example.pl", "osoba reprezentująca Lidera") in {
        (row["e-mail"], row["rola"]) for row in people
    }


def test_the_journal_says_who_took_it(gmina: TenantRef, tmp_path: Path) -> None:
    answer = run("export", CODE, "--to", str(tmp_path))
    assert answer.exit_code == 0, answer.output
    (path,) = tmp_path.glob("*.zip")
    assert path.stat().st_mode & 0o077 == 0
    with inside(gmina):
        entry = Entry.objects.first()
        assert entry is not None
        assert (entry.verb, entry.data["from"]) == ("TENANT_EXPORTED", gmina.schema)


def test_it_can_be_made_of_a_copy(
    gmina: TenantRef, backup: Callable[[], Package], tmp_path: Path
) -> None:
    name = restore_copy(by=OPERATOR, package=backup())
    with inside(gmina):
        made = Organisation.objects.create(name="Po kopii", sector="SOCIAL", city="Gogolin")
    assert run("export", CODE, "--copy", name, "--to", str(tmp_path)).exit_code == 0
    (path,) = tmp_path.glob("*.zip")
    names = {row["id"] for row in table(ZipFile(path), "dane/people_organisation.csv")}
    assert names
    assert str(made.pk) not in names
