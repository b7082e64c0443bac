"""A file with electronic signatures as it was sent: a PDF, or a container with a PDF inside."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import antivirus, guarded, signatures, trust
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.formats import ASIC_E, ASIC_S, CADES, PADES, XADES, container_type
from kooperacja.documents.models import Verdict
from kooperacja.documents.uploads import checked_pdf, clean_name, read_any

_READER = "kooperacja.documents.containers"
_SINCE = "kooperacja.documents.sigsince"
_ENDINGS = {
    XADES: (".xades", ".xml"),
    ASIC_E: (".asice", ".sce", ".zip"),
    ASIC_S: (".asics", ".scs", ".zip"),
}
_ONE_PDF = "Podpisz sam ten dokument PDF, o który prosi formularz, i dołącz plik, który powstanie."
_AGAIN = "Pobierz go jeszcze raz stamtąd, gdzie go podpisano, albo podpisz dokument jeszcze raz."
_REASONS = {
    "detached": "To sam podpis (XAdES), bez dokumentu w środku. Jeśli program zapisał też kontener "
    "(.asice albo .sce), dołącz kontener. Jeśli nie, podpisz PDF jeszcze raz i wybierz format "
    "PAdES (podpis w pliku PDF), XAdES otaczający (dokument w środku) albo ASiC-E.",
    "no_pdf": "W tym pliku z podpisem nie ma dokumentu PDF. Zapisz dokument jako PDF, podpisz ten "
    "PDF i dołącz plik, który powstanie.",
    "many": f"W tym pliku z podpisem jest więcej niż jeden dokument. {_ONE_PDF}",
    "manifest": "W tym kontenerze (ASiC) spis plików nie zgadza się z tym, co jest w środku. "
    f"{_AGAIN}",
    "names": f"W tym kontenerze (ASiC) są pliki o tych samych albo niedozwolonych nazwach. {_ONE_PDF}",
    "cades": CADES.replace("podpis w pliku .p7m, .p7s albo .sig", "kontener z podpisem"),
    "unsigned": "W tym pliku nie ma podpisu elektronicznego dokumentu. Dołącz plik, który zwraca "
    "program do podpisywania.",
    "no_asic": f"Pliku z podpisem tego rodzaju nie przyjmujemy. Zapisz dokument jako PDF. {PADES}",
    "encrypted": "Ten kontener (ASiC) jest zabezpieczony hasłem. Zapisz go bez hasła.",
    "bomb": f"Ten kontener (ASiC) po rozpakowaniu jest zbyt duży albo ma zbyt wiele plików. {_ONE_PDF}",
    "doctype": "Ten plik XML wskazuje na dane spoza siebie (DOCTYPE), a takich plików nie "
    f"przyjmujemy. {PADES}",
    "too_complex": f"Tego pliku z podpisem nie udało się sprawdzić, bo jest zbyt złożony. {PADES}",
    "damaged": f"Tego pliku z podpisem nie da się otworzyć, bo jest uszkodzony. {_AGAIN}",
}


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be kept."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class SignedFile:
    """The PDF, the result of checking its signatures, and the container in which it came."""

    name: str
    pdf: bytes
    verdict: Verdict
    facts: list[dict[str, Any]]
    container: NewFile | None = None


def read_signed(upload: "UploadedFile[Any]", *, by: Actor = SYSTEM) -> SignedFile:
    """RejectedUpload says in Polish why the file can't be taken; the verdict is told beside it."""
    content = read_any(upload)
    kind = container_type(content)
    if not kind:
        pdf = checked_pdf(content, by)
        return SignedFile(clean_name(upload.name or ""), pdf, *signatures.check(pdf, by=by))
    antivirus.scan(content)
    name = _container_name(upload.name or "", kind)
    inner, facts, pdf = _opened(content, by)
    pdf = checked_pdf(pdf, by)
    inside, own = signatures.check(pdf, by=by)
    verdict, facts = signatures.together(inside, own, facts)
    return SignedFile(
        clean_name(inner or name.rpartition(".")[0]),
        pdf,
        verdict,
        facts,
        NewFile(name, content, kind),
    )


def continues(signed: SignedFile, earlier: bytes, *, by: Actor = SYSTEM) -> bool:
    """It is an earlier file with one more signature: the same bytes, and then signatures alone."""
    if not signed.pdf.startswith(earlier):
        return False
    is_contained = signed.container is not None  # and has a signature of its own
    if signed.pdf == earlier:
        return is_contained
    try:
        facts, _ = guarded.run(_SINCE, signed.pdf, {"since": len(earlier)}, by=by)
    except guarded.TooHard:
        return False
    return facts["is_same"] and (facts["is_signed"] or is_contained)


def _opened(content: bytes, by: Actor) -> tuple[str, list[dict[str, Any]], bytes]:
    """The name of the document, the facts of the signatures, and the document."""
    asked = {"trusted": trust.folder(), "limit": settings.UPLOAD_MAX_BYTES}
    try:
        found, pdf = guarded.run(_READER, content, asked, by=by)
    except guarded.TooHard:
        found, pdf = {"refused": "too_complex"}, b""
    if reason := found.get("refused"):
        raise RejectedUpload(_REASONS[reason])
    return found["name"], found["signatures"], pdf


def _container_name(name: str, kind: str) -> str:
    endings = _ENDINGS[kind]
    ending = next((one for one in endings if name.lower().endswith(one)), endings[0])
    return clean_name(name, suffix=ending)
