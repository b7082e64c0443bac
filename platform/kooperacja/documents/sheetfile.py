"""A spreadsheet that somebody hands in, as rows of texts; read by a program with limits."""

import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from kooperacja.audit.actor import Actor
from kooperacja.documents import antivirus, guarded
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.uploads import read_any

_READER = "kooperacja.documents.sheetreader"
_REASONS = {
    "not_sheet": "To nie jest arkusz. Zapisz go jako XLSX albo CSV i wybierz jeszcze raz.",
    "damaged": "Tego pliku nie da się otworzyć. Zapisz go jeszcze raz jako XLSX albo CSV.",
    "encrypted": "Ten plik jest zabezpieczony hasłem. Zapisz go bez hasła.",
    "bomb": "Ten plik po rozpakowaniu jest zbyt duży. Zostaw w nim jeden arkusz z samymi danymi.",
    "too_many_rows": "W tym pliku jest więcej niż 10 000 wierszy. Podziel go na części.",
    "too_many_columns": "W tym pliku jest za dużo kolumn. Użyj wzoru do pobrania.",
    "too_hard": "Tego pliku nie udało się odczytać, bo jest zbyt złożony. Zapisz go jako CSV.",
}


def read_sheet(upload: "UploadedFile[Any]", *, by: Actor) -> list[list[str]]:
    """The rows of the first sheet; RejectedUpload says in Polish why there are none."""
    content = read_any(upload)
    antivirus.scan(content)
    try:
        facts, made = guarded.run(_READER, content, {}, by=by)
    except guarded.TooHard:
        raise RejectedUpload(_REASONS["too_hard"]) from None
    if reason := facts.get("refused"):
        raise RejectedUpload(_REASONS[reason])
    rows: list[list[str]] = json.loads(made)
    return rows
