"""Problems of a file that can't be taken or kept."""

from kooperacja.ui.problems import NOTHING_SAVED, Problem


class RejectedUpload(Problem):
    """The file is not one that we keep; the title says why and what to do."""

    status = 422
    field = "file"  # of the form beside which it is said


class AnotherDocument(RejectedUpload):
    """Another file was signed than the one that was handed out."""

    def __init__(self) -> None:
        super().__init__(
            "To nie jest plik, który czeka na podpis. Pobierz go jeszcze raz, podpisz bez żadnych "
            "zmian i dołącz plik, który powstanie."
        )


class StorageUnavailable(Problem):
    """The disk of files is full or refuses to be written."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "Na serwerze zabrakło miejsca na pliki",
            "Powiadom administratora platformy i spróbuj ponownie później.",
            kept=NOTHING_SAVED,
        )


class ScannerUnavailable(Problem):
    """The antivirus program is configured and does not answer."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "Nie udało się sprawdzić pliku programem antywirusowym",
            "Bez sprawdzenia nie przyjmujemy plików. Spróbuj ponownie za kilka minut.",
            kept=NOTHING_SAVED,
        )


class Busy(Problem):
    """As many files are being read as may be at once; nobody waits in a thread of the server."""

    status = 503
    is_crowded = True
    said = (
        "Sprawdzamy teraz inne pliki",
        "Tylko kilka plików można sprawdzać naraz. Spróbuj ponownie za kilkanaście sekund.",
    )

    def __init__(self) -> None:
        super().__init__(*self.said, kept=NOTHING_SAVED)


class Overloaded(Busy):
    """The machine was too slow for a file or a paper, which may well be in order."""

    said = (
        "Serwer jest teraz zajęty",
        "Trwało to zbyt długo; nie znaczy to, że plik jest wadliwy. Spróbuj ponownie za chwilę.",
    )


class BadTemplate(RejectedUpload):
    """The office's Word template can't be used."""


class TakesLong(Exception):
    """A paper that nobody should wait for: it is to be prepared in the background."""
