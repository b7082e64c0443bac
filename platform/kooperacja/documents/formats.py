"""Words that lead on from a file of another signed format than PDF, known by its first bytes."""

_PADES = (
    "Otwórz dokument w programie do podpisywania, wybierz format PAdES (podpis w pliku PDF) "
    "i dołącz plik PDF, który powstanie."
)
_LOOKED_AT = 64 * 1024
_ASIC = b"mimetypeapplication/vnd.etsi.asic-"
_XML_SIGNATURE = b"http://www.w3.org/2000/09/xmldsig#"
_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_ARMOURED = (b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----")


def lead_on(content: bytes) -> str:
    """The next step for a file of another kind; empty for a kind that we do not know."""
    head = content[:_LOOKED_AT]
    if head.startswith(b"PK"):
        return _of_a_package(head)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        # A signature that stands beside a file, or holds it, is named at the top or at the end.
        if _XML_SIGNATURE in head or _XML_SIGNATURE in content[-_LOOKED_AT:]:
            return f"To podpis w osobnym pliku XML (XAdES), którego tu nie przyjmujemy. {_PADES}"
        return ""
    if head.startswith(_ARMOURED) or (head[:1] == b"\x30" and _SIGNED_DATA in head[:40]):
        return (
            f"To podpis w pliku .p7m, .p7s albo .sig (CAdES), którego tu nie przyjmujemy. {_PADES}"
        )
    return ""


def _of_a_package(head: bytes) -> str:
    if _ASIC in head[:200]:
        return f"To kontener z podpisem (ASiC), którego tu nie przyjmujemy. {_PADES}"
    if b"word/" in head or b"[Content_Types].xml" in head[:200]:
        return "To plik programu Word. Zapisz dokument jako PDF, a podpis złóż w tym pliku PDF."
    return "To archiwum ZIP. Rozpakuj je i dołącz sam dokument PDF."
