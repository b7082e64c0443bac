"""Signed files of other formats than PDF, known by their first bytes, and words that lead on from them."""

import re

PADES = (
    "Otwórz dokument w programie do podpisywania, wybierz format PAdES (podpis w pliku PDF) "
    "i dołącz plik PDF, który powstanie."
)
CADES = f"To podpis w pliku .p7m, .p7s albo .sig (CAdES), którego tu nie przyjmujemy. {PADES}"
_TO_BE_TOLD = "Zaznacz w formularzu podpis elektroniczny i dołącz ten plik jeszcze raz."
_LOOKED_AT = 64 * 1024
_ASIC = b"mimetypeapplication/vnd.etsi.asic-"
_ASIC_SIGNATURE = re.compile(rb"META-INF/[^/\x00]{0,80}signature[^/\x00]{0,80}\.(?:xml|p7s)", re.I)
_XML_SIGNATURE = b"http://www.w3.org/2000/09/xmldsig#"
_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_ARMOURED = (b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----")
XADES, ASIC_S, ASIC_E = (
    "application/xml",
    "application/vnd.etsi.asic-s+zip",
    "application/vnd.etsi.asic-e+zip",
)


def container_type(content: bytes) -> str:
    """The type of a file that may hold a document and its signatures; empty for any other."""
    head, tail = content[:_LOOKED_AT], content[-_LOOKED_AT:]
    if head.startswith(b"PK") and (_ASIC in head[:200] or _ASIC_SIGNATURE.search(tail)):
        return ASIC_S if b"vnd.etsi.asic-s+zip" in head[:200] else ASIC_E
    # A signature that stands beside a file, or holds it, is named at the top or at the end.
    is_xml = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return XADES if is_xml and (_XML_SIGNATURE in head or _XML_SIGNATURE in tail) else ""


def lead_on(content: bytes) -> str:
    """The next step for a file of another kind; empty for a kind that we do not know."""
    head = content[:_LOOKED_AT]
    if kind := container_type(content):
        what = (
            "plik z podpisem elektronicznym (XAdES)"
            if kind == XADES
            else "kontener z podpisem elektronicznym (ASiC)"
        )
        return f"To {what}. {_TO_BE_TOLD}"
    if head.startswith(b"PK"):
        return _of_a_package(head)
    if head.startswith(_ARMOURED) or (head[:1] == b"\x30" and _SIGNED_DATA in head[:40]):
        return CADES
    return ""


def _of_a_package(head: bytes) -> str:
    if b"word/" in head or b"[Content_Types].xml" in head[:200]:
        return "To plik programu Word. Zapisz dokument jako PDF, a podpis złóż w tym pliku PDF."
    return "To archiwum ZIP. Rozpakuj je i dołącz sam dokument PDF."
