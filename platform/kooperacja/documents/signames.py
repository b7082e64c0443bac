"""The names that a signature carries; a part of `sigcheck`.

A PESEL may stand in the subject's number, in its name ("PNOPL-…"), in /Reason or anywhere else, so
every text that leaves passes `plain`.
"""

import re
import unicodedata
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from kooperacja.documents import sigdays
from kooperacja.documents.sigplaces import at

_LONGEST = 200
# An identifier of a person as certificates write it (ETSI EN 319 412-1), or a PESEL by its name.
_IDENTIFIER = re.compile(r"\b(?:PNO|IDC|PAS|TIN|TAX)[A-Z]{2}\W*\w+|\bPESEL\b\W*", re.IGNORECASE)
# Eleven digits or more, whatever parts them but letters; possessive, since it is never tried anew.
_LONG_NUMBER = re.compile(r"\d(?:[\W_]*+\d){10,}")
# A day with its time is as long, and is none.
_MOMENT = re.compile(r"\d{4}-[01]\d-[0-3]\d[ T,]+[0-2]\d:[0-5]\d(:[0-5]\d)?")
_EMPTY = re.compile(r"\s*[,;:(\[]*\s*$|^[\s,;:)\]]+")
_CLAIMED = {"2.5.4.3": "common_name", "2.5.4.42": "given_name", "2.5.4.4": "surname"}
_ON_BEHALF = re.compile(r"w imieniu[:\s]+([^,;:(]{3,120})", re.IGNORECASE)


def plain(value: Any) -> str:
    """A text of one line in which no number is as long as a PESEL."""
    text = unicodedata.normalize("NFKC", str(value or ""))
    text = "".join(
        sign if unicodedata.category(sign)[0] != "C" else " " if sign in "\n\t\r" else ""
        for sign in text
    )
    text = _LONG_NUMBER.sub(_without_pesel, _IDENTIFIER.sub(" ", text))
    return _EMPTY.sub("", " ".join(text.split()))[:_LONGEST].strip()


def _without_pesel(number: re.Match[str]) -> str:
    return number[0] if _MOMENT.fullmatch(number[0]) else " "


def name_of(name: x509.Name) -> str:
    """The name and the institution."""
    parts = name.native
    common = parts.get("common_name") or _full_name(parts)
    words = [plain(_one(common)), plain(_one(parts.get("organization_name")))]
    return ", ".join(word for word in words if word)[:_LONGEST]


def told_of(certificate: x509.Certificate) -> dict[str, str | None]:
    """Facts of a certificate that a report shows."""
    return {
        "signer": name_of(certificate.subject),
        "issuer": name_of(certificate.issuer),
        "kind": kind_of(certificate),
        "valid_from": sigdays.written(certificate.not_valid_before),
        "valid_until": sigdays.written(certificate.not_valid_after),
    }


def kind_of(certificate: x509.Certificate) -> str:
    """The kind of signature, as far as the certificate says it."""
    issuer, subject = _folded(certificate.issuer), _folded(certificate.subject)
    if "podpis zaufan" in subject or "podpisu zaufan" in subject:
        return "TRUSTED"
    is_of_person = not is_seal(certificate)
    if is_of_person and _is_of_identity_card(issuer):
        return "PERSONAL"
    statements = _statements(certificate)
    if "qc_compliance" in statements:
        if not is_of_person:
            return "QUALIFIED_SEAL"
        return "QUALIFIED" if "qc_sscd" in statements else "ADVANCED"
    return "PLAIN" if is_of_person else "SEAL"


def is_seal(certificate: x509.Certificate) -> bool:
    """A certificate of an institution: it says so, or names one and no person."""
    types = _statements(certificate)
    if "qct_eseal" in types or "qct_esign" in types:
        return "qct_eseal" in types
    parts = certificate.subject.native
    return bool(parts.get("organization_name")) and not (
        parts.get("given_name") or parts.get("surname")
    )


def on_behalf(signature: EmbeddedPdfSignature) -> str:
    """The person for whom a seal was put, as its signed attributes or the signed fields say."""
    if not is_seal(signature.signer_cert):
        return ""
    return (
        _claimed_name(signature)
        or of_reason(_text(signature.sig_object, "/Reason"))
        or plain(_text(signature.sig_object, "/Name"))
    )


def of_reason(reason: str) -> str:
    """The person whom a sentence names as the one for whom a seal was put."""
    found = _ON_BEHALF.search(unicodedata.normalize("NFKC", reason))
    return plain(found[1]) if found else ""


def _claimed_name(signature: EmbeddedPdfSignature) -> str:
    for attribute in signature.signer_info["signed_attrs"]:
        if attribute["type"].native != "signer_attributes_v2":
            continue
        claimed = attribute["values"][0]["claimed_attributes"].native or []
        parts = {_CLAIMED.get(one["type"], ""): _one(one["values"]) for one in claimed}
        return plain(_one(parts.get("common_name") or _full_name(parts)))
    return ""


def _text(place: DictionaryObject, key: str) -> str:
    value = at(place, key)
    return value if isinstance(value, str) else ""


def _full_name(parts: dict[str, Any]) -> str:
    return " ".join(str(_one(parts[key])) for key in ("given_name", "surname") if parts.get(key))


def _one(value: Any) -> Any:
    """The first of several values of an attribute."""
    return value[0] if isinstance(value, list) and value else value


def _folded(name: x509.Name) -> str:
    values = " ".join(str(value) for value in name.native.values())
    signs = unicodedata.normalize("NFKD", values.casefold().replace("ł", "l"))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def _is_of_identity_card(issuer: str) -> bool:
    is_ministry = "spraw wewnetrznych i administracji" in issuer or "mswia" in issuer
    return is_ministry or "podpis osobist" in issuer or "podpisu osobist" in issuer


def _statements(certificate: x509.Certificate) -> set[str]:
    """The statements of a qualified certificate (ETSI EN 319 412-5), its type among them."""
    told: set[str] = set()
    for statement in get_qc_statements(certificate):
        told.add(str(statement["statement_id"].native))
        if statement["statement_id"].native == "qc_type":
            told |= {str(kind.native) for kind in statement["statement_info"]}
    return told
