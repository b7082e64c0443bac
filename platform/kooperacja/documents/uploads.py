"""Checks of an upload before it is kept: a PDF without anything that acts by itself."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import antivirus, guarded
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.formats import lead_on
from kooperacja.documents.pdfstart import without_prefix
from kooperacja.ui.text import tidy_line

_READER = "kooperacja.documents.pdfcheck"
_LONGEST_NAME = 150
_PRINTED = (
    "Otwórz go, zapisz jako PDF przez Drukuj → „Zapisz jako PDF” i wybierz ten nowy plik. "
    "Jeśli był podpisany elektronicznie, podpisz nowy."
)
_REASONS = {
    "not_pdf": "To nie jest plik PDF. Zapisz dokument jako PDF i wybierz go jeszcze raz.",
    "damaged": "Tego pliku PDF nie da się otworzyć, bo jest uszkodzony. "
    "Zapisz go albo zeskanuj jeszcze raz.",
    "encrypted": "Ten plik PDF jest zabezpieczony hasłem lub szyfrowaniem. "
    "Zapisz go bez zabezpieczeń.",
    "too_many_pages": "Ten plik PDF ma więcej niż 500 stron. Podziel go na części.",
    "bomb": "Ten plik PDF po rozpakowaniu jest zbyt duży. Zapisz go w mniejszej rozdzielczości.",
    "filters": "Ten plik PDF jest spakowany w sposób, którego nie przyjmujemy, bo nie da się "
    f"sprawdzić, co w nim jest. {_PRINTED}",
    "too_complex": "Tego pliku PDF nie udało się sprawdzić, bo jest zbyt złożony. "
    "Wydrukuj go do nowego pliku PDF i wybierz ten nowy.",
    "javascript": "Ten plik PDF zawiera program (JavaScript), a takich plików nie przyjmujemy. "
    "Wydrukuj go do nowego pliku PDF i wybierz ten nowy.",
    "launch": "Ten plik PDF próbuje uruchamiać programy lub wczytywać dane, "
    "a takich plików nie przyjmujemy. Wydrukuj go do nowego pliku PDF i wybierz ten nowy.",
    "submit": "Ten plik PDF wysyła dane do innego serwera, a takich plików nie przyjmujemy. "
    "Wydrukuj go do nowego pliku PDF i wybierz ten nowy.",
    "attachment": "Ten plik PDF ma w sobie inne pliki (załączniki). "
    "Dodaj każdy dokument osobno jako zwykły PDF.",
    "media": "Ten plik PDF zawiera film lub dźwięk, a takich plików nie przyjmujemy. "
    "Wydrukuj go do nowego pliku PDF i wybierz ten nowy.",
    "active": "Ten plik PDF robi coś sam, gdy się go otwiera albo klika (na przykład drukuje albo "
    f"otwiera inny plik), a takich plików nie przyjmujemy. {_PRINTED}",
    "outside": "Ten plik PDF bierze część swojej treści z innego pliku albo adresu, więc nie wiadomo, "
    f"co w nim będzie. {_PRINTED}",
    "link": "W tym pliku PDF jest odnośnik, który nie prowadzi do strony internetowej ani na adres "
    "e-mail, na przykład do pliku na dysku. Usuń ten odnośnik i zapisz dokument jeszcze raz jako "
    "PDF. Jeśli był podpisany elektronicznie, podpisz nowy plik.",
    "xfa": "Ten plik PDF jest formularzem, który zmienia swoją treść (XFA). "
    "Wydrukuj go do nowego pliku PDF i wybierz ten nowy.",
}


_EMPTY = "Ten plik jest pusty. Wybierz inny plik."


def read_pdf(upload: "UploadedFile[Any]", *, by: Actor = SYSTEM) -> bytes:
    """The bytes of an acceptable PDF; RejectedUpload says in Polish why it is not one."""
    return checked_pdf(read_any(upload), by)


def checked_pdf(content: bytes, by: Actor) -> bytes:
    """The PDF without what a mail gateway put before it, looked through."""
    if not content:
        raise RejectedUpload(_EMPTY)
    content = without_prefix(content)
    if not content.startswith(b"%PDF-"):
        raise RejectedUpload(lead_on(content) or _REASONS["not_pdf"])
    antivirus.scan(content)
    if reason := _refused(content, by):
        raise RejectedUpload(_REASONS[reason])
    return content


def read_docx(upload: "UploadedFile[Any]") -> bytes:
    """The bytes of what may be a Word file; what is in it is for `wordcheck` to say."""
    content = read_any(upload)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RejectedUpload(
            "To stary plik .doc albo plik z hasłem. Otwórz go w programie Word i zapisz bez hasła "
            "jako „Dokument programu Word (.docx)”."
        )
    if not content.startswith(b"PK"):
        raise RejectedUpload("To nie jest plik DOCX. Zapisz szablon jako dokument programu Word.")
    antivirus.scan(content)
    return content


def read_any(upload: "UploadedFile[Any]") -> bytes:
    """The bytes of a file that is neither empty nor too large, whatever they are."""
    limit: int = settings.UPLOAD_MAX_BYTES
    content: bytes = upload.read(limit + 1)
    if not content:
        raise RejectedUpload(_EMPTY)
    if len(content) > limit:
        raise RejectedUpload(
            f"Ten plik jest większy niż {limit // (1024 * 1024)} MB. "
            "Zapisz go w mniejszej rozdzielczości albo zeskanuj w odcieniach szarości."
        )
    return content


def shown_name(name: str) -> str:
    """A name as it came, without folders and without signs that turn or hide what is read."""
    name = name[-4 * _LONGEST_NAME :].replace("\\", "/").rsplit("/", 1)[-1]
    return tidy_line("".join(sign for sign in name if sign.isprintable()))


def clean_name(name: str, *, suffix: str = ".pdf") -> str:
    """A name that is safe to show and to offer for saving; it never becomes a path."""
    name = shown_name(name)
    stem = name[: -len(suffix)] if name.lower().endswith(suffix) else name
    return (stem.strip(" .")[: _LONGEST_NAME - len(suffix)] or "dokument") + suffix


def _refused(content: bytes, by: Actor) -> str | None:
    """The code of the reason, found out by a program with limits of its own."""
    try:
        facts, _ = guarded.run(_READER, content, {}, by=by)
    except guarded.TooHard:
        return "too_complex"
    reason: str | None = facts.get("refused")
    return reason
