"""Closed teams in a backup and in the exit package: sealed under their own key, or left out (REG §8)."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from uuid6 import uuid7

from kooperacja.crypto.envelope import KeyMissing
from kooperacja.documents import storage
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.backup.export import CLOSED, export_tenant
from tenants.backup.package import Package
from tenants.backup.restoring import restore_tenant
from tenants.meetings.actions import attaching, past
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.papers import ItemPaper
from tenants.people.models import Person
from tenants.teams import perms
from tests.factories import meetings as make
from tests.factories import people as make_people
from tests.tenants.backup.conftest import OPERATOR
from tests.tenants.meetings.conftest import Founded, founded, keyring, readers  # noqa: F401

WORD = "SEKRETN"


@pytest.fixture
def meeting(gmina: TenantRef, founded: Founded) -> Meeting:  # noqa: F811
    """A closed team's meeting of last year with a scan, and an item with a file."""
    with inside(gmina):
        lead = make.lead()
        by = make_people.by(lead)
        day = by.today.replace(year=by.today.year - 1, day=1)
        held = past.enter_meeting(
            by=by,
            team_id=founded(lead).pk,
            key=uuid7(),
            values=make.values(day, place=f"{WORD}A 5"),
            reason=f"{WORD}Y powód",
            upload=make_people.pdf(f"{WORD}Y.pdf"),
        )
        values = {"title": f"{WORD}Y temat", "kind": "DISCUSSION"}
        item = AgendaItem.objects.create(meeting=held, position=1, **values)
        upload = make_people.pdf(f"{WORD}E.pdf")
        given = {"item_id": item.pk, "key": uuid7(), "title": f"{WORD}A opinia"}
        attaching.attach(by=by, upload=upload, **given)  # type: ignore[arg-type]
    return held


def test_the_exit_package_has_its_rows_without_a_word(
    gmina: TenantRef,
    meeting: Meeting,
    tmp_path: Path,
    keyring: dict[int, bytes],  # noqa: F811
) -> None:
    for keys in (keyring.copy(), {}):  # whoever makes it need not have the key, nor uses it
        keyring.clear()
        keyring.update(keys)
        pack = ZipFile(export_tenant(by=OPERATOR, tenant=gmina, to=tmp_path / str(len(keys))))
        texts = {name: pack.read(name).decode(errors="replace") for name in pack.namelist()}
        assert [name for name, text in texts.items() if WORD in name or WORD in text] == []
        table = texts["dane/meetings_meeting.csv"]
        assert str(meeting.pk) in table
        assert CLOSED in table
        assert texts["dokumenty/spis.csv"].count("zamknięty, poza pakietem") == 2
        assert "Treści i plików zespołów" in texts["CZYTAJ.txt"]


def test_a_backup_has_them_sealed_and_brings_them_back_to_the_same_readers(
    gmina: TenantRef,
    meeting: Meeting,
    backup: Callable[[], Package],
    tmp_path: Path,
    readers: set[Person],  # noqa: F811
    keyring: dict[int, bytes],  # noqa: F811
) -> None:
    package = backup()
    held = [one.read_bytes() for one in (tmp_path / "backup").rglob("*") if one.is_file()]
    assert [
        one for one in held if WORD.encode() in one or WORD.encode().hex().encode() in one
    ] == []
    with inside(gmina):
        ItemPaper.objects.all().delete()
        for file in (tmp_path / "media" / gmina.schema).rglob("*-*"):
            file.unlink()
    restore_tenant(by=OPERATOR, package=package)
    with inside(gmina):
        paper = ItemPaper.objects.with_meeting().get()
        assert (paper.title, paper.file.name) == (f"{WORD}A opinia", f"{WORD}E.pdf")
        assert storage.content_of(paper.file).startswith(b"%PDF")
        assert Meeting.objects.get(pk=meeting.pk).place == f"{WORD}A 5"
        team = paper.item.meeting.team
        assert [one for one in Person.objects.order_by("pk") if perms.read(one, team)] == [*readers]
        keyring.clear()
        with pytest.raises(KeyMissing):
            storage.content_of(paper.file)
