"""Files with signatures that can't be taken are refused with the next step."""

import zipfile

import pytest
from lxml import etree

from tests.factories import containers as make
from tests.factories import signatures as pdfs
from tests.factories.containers import asice, enveloping
from tests.kooperacja.documents.opening import Made, other, refusal, replaced, wrapped
from tests.kooperacja.documents.signing import here

pytestmark = pytest.mark.usefixtures("here")
__all__ = ["here"]


def bomb() -> bytes:
    parts = [*make.unpacked(asice()).items(), ("META-INF/x", bytes(60_000_000))]
    return make.listed(parts, zipfile.ZIP_DEFLATED)


def many_files() -> bytes:
    return make.package({**make.unpacked(asice()), **{f"META-INF/{n}": b"" for n in range(99)}})


def twice(name: str, content: bytes) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return make.listed([*make.unpacked(asice()).items(), (name, content)])


def named(name: str) -> bytes:
    return make.listed([*make.unpacked(asice()).items(), (name, b"%PDF-")])


def encrypted() -> bytes:
    content = bytearray(asice())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def lying() -> bytes:
    content = bytearray(asice())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (5).to_bytes(4, "little")
    return bytes(content)


def with_doctype(declared: str) -> bytes:
    body = enveloping().partition(b"?>")[2]
    return f"<!DOCTYPE x [{declared}]>".encode() + body


def deep() -> bytes:
    body = enveloping().partition(b"?>")[2]
    return b"<a>" * 5_000 + body + b"</a>" * 5_000


def with_second_object() -> bytes:
    return make.changed(
        enveloping(), lambda root: root.append(etree.fromstring(make.object_of(other(), "D2")))
    )


DOCX = make.package({"[Content_Types].xml": b"", "word/document.xml": b""})
REFUSED: dict[str, tuple[Made, str]] = {
    "signature alone": (make.detached, "To sam podpis (XAdES), bez dokumentu w środku"),
    "Word inside": (lambda: enveloping(DOCX), "nie ma dokumentu PDF"),
    "Word in a container": (lambda: asice(DOCX, name="umowa.docx"), "Zapisz dokument jako PDF"),
    "XML form": (
        lambda: b'<f xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Signature/></f>',
        "nie ma dokumentu PDF",
    ),
    "second document in the file": (with_second_object, "więcej niż jeden dokument"),
    "signed document moved": (lambda: wrapped(is_object=True), "więcej niż jeden dokument"),
    "second document": (lambda: asice(more={"a.pdf": other()}), "więcej niż jeden dokument"),
    "CAdES": (
        lambda: make.package({"mimetype": make.ASIC_E, "a.pdf": b"%PDF-", "META-INF/s.p7s": b"x"}),
        "kontener z podpisem (CAdES), którego tu nie przyjmujemy",
    ),
    "CAdES beside XAdES": (lambda: asice(more={"META-INF/s.p7s": b"x"}), "CAdES"),
    "no signature": (
        lambda: make.package({"mimetype": make.ASIC_E, "a.pdf": pdfs.page()}),
        "nie ma podpisu elektronicznego",
    ),
    "empty file of signatures": (
        lambda: replaced(xml=b"<a/>"),
        "nie ma podpisu elektronicznego",
    ),
    "OpenDocument": (
        lambda: asice(mimetype=b"application/vnd.oasis.opendocument.text"),
        "tego rodzaju nie przyjmujemy",
    ),
    "list of files says another": (
        lambda: asice(more={"META-INF/manifest.xml": make.manifest("/", "inne.pdf")}),
        "spis plików nie zgadza się",
    ),
    "list of files is a bomb": (
        lambda: asice(more={"META-INF/manifest.xml": b"<!DOCTYPE a []><a/>"}),
        "DOCTYPE",
    ),
    "name twice": (lambda: twice("pismo.pdf", other()), "o tych samych albo niedozwolonych"),
    "name twice by case": (lambda: named("PISMO.pdf"), "o tych samych albo niedozwolonych"),
    "path upwards": (lambda: named("../pismo.pdf"), "niedozwolonych nazwach"),
    "path from the root": (lambda: named("/pismo.pdf"), "niedozwolonych nazwach"),
    "path of Windows": (lambda: named("C:\\pismo.pdf"), "niedozwolonych nazwach"),
    "bomb": (bomb, "zbyt duży albo ma zbyt wiele plików"),
    "many files": (many_files, "zbyt wiele plików"),
    "password": (encrypted, "zabezpieczony hasłem"),
    "size that lies": (lying, "uszkodzony"),
    "cut": (lambda: asice()[:-30], "uszkodzony"),
    "broken XML": (lambda: enveloping()[:-30], "uszkodzony"),
    "entity of a file": (
        lambda: with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
        "wskazuje na dane spoza siebie",
    ),
    "entities that grow": (
        lambda: with_doctype('<!ENTITY a "aaa"><!ENTITY b "&a;&a;">'),
        "DOCTYPE",
    ),
    "deep": (deep, "zbyt złożony"),
}


@pytest.mark.parametrize(("made", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cant_be_taken_is_refused_with_the_next_step(made: Made, words: str) -> None:
    assert words in refusal(made())
