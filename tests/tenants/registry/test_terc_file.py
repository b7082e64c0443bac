"""The register's file is read as the official page gives it, or refused with a reason."""

import io
import re
import time
import zipfile
from xml.sax.saxutils import escape

import pytest

from tenants.registry.terc import parse
from tenants.registry.terc_file import COLUMNS, HEADER, MAX_BYTES, MAX_MISTAKES, FileRefused
from tests.cases import folder
from tests.factories import registry as make

CSV = make.OWN_FILE.read_bytes()


def xml(*, old: bool = False, head: str = "", encoding: str = "utf-8") -> bytes:
    rows = []
    for line in CSV.decode("utf-8-sig").splitlines()[1:]:
        fields = zip(COLUMNS, map(escape, line.split(";")), strict=True)
        cells = [
            f'<col name="{name}">{value}</col>' if old else f"<{name}>{value}</{name}>"
            for name, value in fields
        ]
        rows.append(f"<row>{''.join(cells)}</row>")
    text = f'<?xml version="1.0" encoding="{encoding}"?>{head}\n<teryt><catalog name="TERC">\n'
    return (text + "\n".join(rows) + "\n</catalog></teryt>\n").encode(encoding)


def zipped(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in parts:
            package.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        parse(data)
    return str(refused.value)


READ = {
    "CSV in a ZIP": zipped(("TERC_Urzedowy.csv", CSV)),
    "stored": zipped(("TERC.CSV", CSV), method=zipfile.ZIP_STORED),
    "with a note beside": zipped(("czytaj.txt", b"x"), ("TERC.csv", CSV)),
    "XML": xml(),
    "XML of older files": xml(old=True),
    "XML in ISO-8859-2": xml(encoding="iso-8859-2"),
    "XML with a BOM": b"\xef\xbb\xbf" + xml(),
    "XML in a ZIP": zipped(("TERC.xml", xml())),
}


@pytest.mark.parametrize("name", READ)
def test_every_way_it_is_given_says_the_same(name: str) -> None:
    def said(data: bytes) -> list[tuple[str, ...]]:
        return [(row.code, row.rodz, row.name, row.name_extra) for row in parse(data)]

    assert said(READ[name]) == said(CSV)


def _flagged() -> bytes:
    """A ZIP that says it has a password."""
    data = bytearray(zipped(("TERC.csv", CSV)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def _bad_sum() -> bytes:
    data = bytearray(zipped(("TERC.csv", CSV), method=zipfile.ZIP_STORED))
    data[data.index(b"Gogolin")] ^= 1
    return bytes(data)


ENTITIES = (
    '<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE t SYSTEM "http://zly.example/t.dtd">',
)
REFUSED = {
    "a bomb": (
        zipped(("TERC.csv", b"0" * (MAX_BYTES + 1))),
        "po rozpakowaniu jest większy niż 5 MB",
    ),
    "a bomb of XML": (zipped(("TERC.xml", b" " * (MAX_BYTES + 1))), "większy niż 5 MB"),
    "a way to pack that has no bound": (
        zipped(("TERC.csv", CSV), method=zipfile.ZIP_BZIP2),
        "rozpakuj go i wczytaj CSV albo XML",
    ),
    "two files": (zipped(("a.csv", CSV), ("b.csv", CSV)), "a jest ich 2"),
    "none": (zipped(("a.pdf", b"x")), "a jest ich 0"),
    "a password": (_flagged(), "zabezpieczony hasłem"),
    "a wrong sum": (_bad_sum(), "uszkodzony"),
    "a cut ZIP": (zipped(("TERC.csv", CSV))[:400], "uszkodzony"),
    "a cut XML": (xml()[:1000], "nie jest poprawny plik XML"),
    "no rows": (b"<teryt/>", "nie ma w nim żadnej jednostki"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="zmyslone"?><a/>', "XML"),
    "an encoding of many bytes": (
        b'<?xml version="1.0" encoding="utf-32"?><a/>',
        "nieznane kodowanie",
    ),
    "a column twice": (
        xml().replace(b"<WOJ>16</WOJ>", b"<WOJ>1</WOJ><WOJ>6</WOJ>", 1),
        "WOJ jest w tym wierszu dwa razy",
    ),
    **{f"entities {n}": (xml(head=head), "DOCTYPE") for n, head in enumerate(ENTITIES)},
}


HEAVY = {
    "one field of many pieces": (
        "<teryt><row><NAZWA>" + "ą\n" * 300_000 + "</NAZWA></row></teryt>",
        r"NAZWA: jest tam więcej niż 200 znaków",
    ),
    "rows with nothing in them": ("<teryt>" + "<row/>" * 800_000 + "</teryt>", "niż 20000 wierszy"),
    "lines with nothing in them": (HEADER + "\n" * 5_000_000 + "x", "niż 20000 wierszy"),
    "as many lines as may be": (HEADER + "\n" * 20_000 + "x", "po 100 błędach przestaliśmy"),
    "as many rows as may be": (
        "<teryt>" + "<row/>" * 20_000 + "</teryt>",
        "po 100 błędach przestaliśmy",
    ),
    "one line of many fields": (HEADER + "\n" + ";" * 5_000_000, "więcej niż 7 pól"),
    "one long field": (HEADER + "\n16;05;01;3;" + "G" * 201 + ";;", "więcej niż 200 znaków"),
    "columns that nobody knows": (
        "<teryt><row>" + "".join(f"<c{n}>x</c{n}>" for n in range(200_000)) + "</row></teryt>",
        "nie jest dwiema cyframi",
    ),
    "the same row again and again": (
        CSV.decode("utf-8-sig").strip()
        + "\n16;05;01;3;Gogolin;gmina miejsko-wiejska;2025-01-01" * 500,
        "po 100 błędach przestaliśmy",
    ),
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_would_take_long_is_refused_at_once(name: str) -> None:
    text, reason = HEAVY[name]
    began = time.process_time()
    with pytest.raises(FileRefused) as refused:
        parse(text.encode())
    assert time.process_time() - began < 2
    assert reason in str(refused.value)
    assert len(refused.value.mistakes) <= MAX_MISTAKES


def test_empty_lines_at_the_end_are_no_rows() -> None:
    assert parse(CSV + b"\r\n" * 1_000_000) == parse(CSV)


@pytest.mark.parametrize("name", REFUSED)
def test_another_is_refused_with_a_reason(name: str) -> None:
    data, reason = REFUSED[name]
    assert reason in refusal(data)


def test_a_mistake_in_xml_is_told_with_its_line() -> None:
    wrong = xml().replace(b"<GMI>01</GMI>", b"<GMI>1</GMI>", 1)
    line = wrong[: wrong.index(b"<GMI>1</GMI>")].count(b"\n") + 1
    assert re.search(rf"wiersz {line}: GMI „1”", refusal(wrong))


def test_the_file_of_the_official_page() -> None:
    content = (folder("other") / "terc_as_downloaded.zip").read_bytes()
    assert any(row.name == "Gogolin" for row in parse(content))
