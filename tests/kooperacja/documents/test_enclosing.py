"""Pages of kept files come behind a paper of ours; a file that can't come in is named in it."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents import enclosing, guarded, pdfcheck, perms, preparing, storage
from kooperacja.documents import parts as p
from kooperacja.documents.drawing import pdf_of
from kooperacja.documents.length import is_long
from kooperacja.documents.models import PDF, StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.documents.asked import ANNA
from tests.kooperacja.documents.conftest import pdf
from tests.kooperacja.documents.test_pdf import opened, text_of
from tests.offering import offer

PACK = Paper(
    kind="PACK",
    name="Teczka",
    title="Teczka",
    short="Teczka",
    example={
        "enclosed": [{"title": "Plan", "pages": "1 strona"}],
        "apart": [{"title": "Plan", "why": "plik jest uszkodzony"}],
    },
    parts=(
        p.Title("Teczka", "próba"),
        p.Each("one in apart", p.Text("Osobno: {{ one.title }} ({{ one.why }})")),
        p.Each("one in enclosed", p.NewPage("Plik: {{ one.title }}", p.Text("{{ one.pages }}"))),
    ),
    may_take=lambda person, prepared: person in prepared.entry["readers"],
    encloses=True,
)


def kept(content: bytes) -> StoredFile:
    """A file as it lies on the disk, however it came there."""
    pk = uuid7()
    with storage.staged(content, pk=pk, year=2026) as path:
        return StoredFile.objects.create(
            id=pk,
            kind="TEST",
            original_name="plan.pdf",
            content_type=PDF,
            size=len(content),
            sha256="0" * 64,
            path=path,
            stored_by_name="test",
        )


def context(*contents: bytes) -> dict[str, Any]:
    files = [kept(content) for content in contents]
    rows = [
        {"title": f"Nr {number}", "pages": "", "file": str(file.pk), "size": file.size}
        for number, file in enumerate(files, start=1)
    ]
    return {"enclosed": rows, "apart": []}


def packed(*contents: bytes) -> bytes:
    return pdf_of(PACK, context(*contents))


def sides(content: bytes) -> list[int]:
    """The widths of its pages: those of our own are 595 points wide."""
    return [int(page.mediabox[2]) for page in opened(content).pages]


def wide(width: int, pages: int = 1) -> bytes:
    made, content = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(page_size=(width, 300))
    made.save(content)
    return content.getvalue()


def test_the_pages_of_each_file_come_after_a_page_of_ours(office: TenantRef) -> None:
    content = packed(wide(201, 2), wide(202))
    assert sides(content) == [595, 595, 201, 201, 595, 202]
    assert "2 strony" in text_of(content)
    with opened(content).open_outline() as outline:
        named = [one.title.replace("\N{NO-BREAK SPACE}", " ") for one in outline.root[0].children]
    assert named == ["Plik: Nr 1", "Plik: Nr 2"]


def test_whoever_hears_it_comes_to_the_pages_and_no_more_is_claimed(office: TenantRef) -> None:
    whole = opened(packed(wide(201, 2)))
    assert whole.Root.MarkInfo.Marked
    parts = list(whole.Root.StructTreeRoot.K[0].K)
    heard = [one for one in parts[-1].K if one.get("/S") == pikepdf.Name.P][-2:]
    assert [one.Pg.objgen for one in heard] == [page.obj.objgen for page in whole.pages[-2:]]
    tree = list(whole.Root.StructTreeRoot.ParentTree.Nums)
    by_key = dict(zip(map(int, tree[::2]), tree[1::2], strict=True))
    assert [by_key[int(page.obj.StructParents)][0] for page in whole.pages[-2:]] == heard
    with whole.open_metadata() as metadata:
        assert "pdfuaid:part" not in metadata


def acting(made: pikepdf.Pdf) -> None:
    """It runs a program when it is opened, and leads to a file of the disk."""
    act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("c.exe"))
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch
    )
    made.Root.OpenAction = act
    made.pages[0].obj.AA = pikepdf.Dictionary(O=act)
    made.pages[0].obj.Annots = pikepdf.Array([link])
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", act]))


def test_nothing_that_acts_comes_in(office: TenantRef) -> None:
    hostile = pdf(acting)
    with pytest.raises(pdfcheck.BadPdf):
        pdfcheck.inspect(hostile)
    content = packed(hostile)
    assert pdfcheck.inspect(content) == len(sides(content)) == 3
    assert b"app.alert" not in content
    assert b"c.exe" not in content


def test_what_can_not_come_in_is_named_and_the_rest_comes(office: TenantRef) -> None:
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    content = packed(b"%PDF-1.7 nic", wide(203), locked)
    assert sides(content) == [595, 595, 203]
    said = text_of(content)
    assert "Osobno: Nr 1 (plik jest uszkodzony)" in said
    assert "Osobno: Nr 3 (plik jest zabezpieczony hasłem albo szyfrowaniem)" in said


def test_a_file_that_is_lost_or_does_not_fit_is_named(
    office: TenantRef, media: Path, monkeypatch: Any
) -> None:
    lost, small, large = kept(wide(200)), kept(wide(204)), kept(wide(205, 9))
    storage.remove(lost.path)
    monkeypatch.setattr(enclosing, "MAX_BYTES", small.size)
    rows = [
        {"title": name, "pages": "", "file": str(file.pk), "size": file.size}
        for name, file in (("Zgubiony", lost), ("Mały", small), ("Duży", large))
    ]
    content = pdf_of(PACK, {"enclosed": rows, "apart": []})
    assert sides(content) == [595, 595, 204]
    assert "Zgubiony (nie udało się odczytać pliku)" in text_of(content)
    assert "Duży (razem z poprzednimi ma ponad 30 MB)" in text_of(content)


def test_a_file_that_kills_the_program_harms_no_other(office: TenantRef, monkeypatch: Any) -> None:
    bad, run = wide(206), guarded.run

    def dying(module: str, content: bytes, *given: Any, **named: Any) -> Any:
        if bad in content:
            raise guarded.TooHard
        return run(module, content, *given, **named)

    monkeypatch.setattr(guarded, "run", dying)
    content = packed(bad, wide(207))
    assert sides(content) == [595, 595, 207]
    assert "Osobno: Nr 1 (plik jest zbyt złożony)" in text_of(content)


def test_too_many_pages_are_left_out_whole(office: TenantRef) -> None:
    content = packed(wide(208, 499), wide(209, 2), wide(210))
    assert set(sides(content)) == {595, 208, 210}
    assert "Osobno: Nr 2 (razem z poprzednimi ma ponad 500 stron)" in text_of(content)


def test_files_that_take_long_are_not_waited_for(office: TenantRef) -> None:
    assert not is_long(PACK, context(wide(200), wide(201)))
    heavy = {"title": "", "pages": "", "file": "", "size": 14_000_000}
    assert is_long(PACK, {"enclosed": [heavy], "apart": []})


def test_in_the_background_it_is_the_same_and_its_readers_are_asked_for(
    office: TenantRef, monkeypatch: Any, settings: Any, tmp_path: Path
) -> None:
    offer(monkeypatch, PACK)
    settings.VAR_DIR = tmp_path / "var"
    prepared = preparing.ask_for_paper(
        by=ANNA,
        paper=PACK,
        context=context(wide(211)),
        title="Teczka",
        name="teczka.pdf",
        as_of=date(2026, 1, 2),
        again_at="/",
        verb="PACK_TAKEN",
        entry={"readers": ["Anna"]},
    )
    assert preparing.draw_next()
    prepared.refresh_from_db()
    content = preparing.hand_out(by=SYSTEM, prepared=prepared)
    assert sides(content) == [595, 595, 211]
    assert perms.take_prepared("Anna", prepared)
    assert not perms.take_prepared("Jan", prepared)
