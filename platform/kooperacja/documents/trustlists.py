"""Reads lists of trusted services (ETSI TS 119 612): verified first, then dated and of one country.

It parses what a stranger may have sent, so a command does it and never a serving process.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import x509
from cryptography.x509 import Certificate, load_der_x509_certificate
from lxml import etree
from pyhanko.sign.validation.qualified import eutl_parse
from pyhanko.sign.validation.qualified.tsp import (
    CAServiceInformation,
    QcCertType,
    QualifiedServiceInformation,
    TSPServiceParsingError,
)
from signxml.exceptions import SignXMLException
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier
from xsdata.exceptions import ParserError

from kooperacja.ui.polish import pl_date

_TSL = "{http://uri.etsi.org/02231/v2#}"
_ROOT = f"{_TSL}TrustServiceStatusList"
_SCHEME = f"{_TSL}SchemeInformation/{_TSL}"
_OF_LISTS = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists"
_OF_A_COUNTRY = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric"
_SIGNING = {QcCertType.QC_ESIGN, QcCertType.QC_ESEAL}


class BadList(Exception):
    """Says in Polish why a list can't be used."""


@dataclass(frozen=True, slots=True)
class TrustedList:
    """The part of a list that its signature covers, and what it says of itself."""

    signed: str
    kind: str
    territory: str
    number: int
    issued: datetime
    next_update: datetime


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a country's list lies, and who may sign it."""

    location: str
    signers: list[x509.Certificate]


def pinned() -> list[x509.Certificate]:
    """Those who sign the list of lists, as pyHanko knows them."""
    return eutl_parse.latest_known_lotl_tlso_certs()


def lotl(content: bytes, signers: Sequence[x509.Certificate], now: datetime) -> TrustedList:
    """The list of the Union's trusted lists."""
    found = _current(content, signers, now)
    if found.kind != _OF_LISTS:
        raise BadList("to nie jest europejska lista list zaufanych")
    return found


def pointers(union: TrustedList, territory: str) -> list[Pointer]:
    """The lists of a country that the Union names."""
    try:
        references = eutl_parse.parse_lotl_unsafe(union.signed).references
    except (TSPServiceParsingError, ParserError, ValueError, TypeError):
        references = []
    found = [
        Pointer(one.location_uri, one.tlso_certs)
        for one in references
        if one.territory == territory and eutl_parse.LOTL_RULE not in one.scheme_rules
    ]
    if not found:
        raise BadList(f"europejska lista nie wskazuje listy kraju {territory}")
    return found


def of_country(
    content: bytes, signers: Sequence[x509.Certificate], territory: str, now: datetime
) -> TrustedList:
    found = _current(content, signers, now)
    if found.kind != _OF_A_COUNTRY or found.territory != territory:
        raise BadList(f"to lista kraju {found.territory[:9]}, a nie {territory}")
    return found


def issuers(country: TrustedList) -> list[x509.Certificate]:
    """Issuers of qualified certificates of signatures and seals, and of qualified time stamps, now."""
    found: dict[bytes, x509.Certificate] = {}
    for service in _services(country):
        base = service.base_info
        kinds = base.additional_info_certificate_type
        is_authority = isinstance(service, CAServiceInformation)
        if base.valid_until is not None or (is_authority and kinds and not kinds & _SIGNING):
            continue
        for certificate in base.provider_certs:
            # An authority behind a time stamping service could vouch for those who sign as well.
            if is_authority or not certificate.ca:
                found.setdefault(certificate.sha256, certificate)
    if not found:
        raise BadList(f"na liście kraju {country.territory} nie ma żadnego wystawcy podpisów")
    return list(found.values())


def _services(country: TrustedList) -> list[QualifiedServiceInformation]:
    try:
        return list(eutl_parse.read_qualified_service_definitions(country.signed))
    except (TSPServiceParsingError, ParserError, ValueError, TypeError):
        return []


def _current(content: bytes, signers: Sequence[x509.Certificate], now: datetime) -> TrustedList:
    found = _read(_verified(content, signers))
    if found.next_update < now:
        raise BadList(f"lista straciła ważność {pl_date(found.next_update)}")
    return found


def _verified(content: bytes, signers: Sequence[x509.Certificate]) -> bytes:
    """Exactly what the signature covers; whatever else the file holds is left out."""
    for signer in sorted(signers, key=lambda one: one.not_valid_before, reverse=True):
        if signed := _signed_by(content, load_der_x509_certificate(signer.dump())):
            return signed
    raise BadList("lista nie ma ważnego podpisu tego, kto ją wydaje")


def _signed_by(content: bytes, signer: Certificate) -> bytes | None:
    config = XAdESSignatureConfiguration(require_x509=True, expect_references=True)
    try:
        results = XAdESVerifier().verify(content, x509_cert=signer, expect_config=config)
    except (SignXMLException, etree.LxmlError, ValueError, TypeError, KeyError, AttributeError):
        return None
    for result in results:
        if result.signed_xml is not None and result.signed_xml.tag == _ROOT:
            return bytes(result.signed_data)
    return None


def _read(signed: bytes) -> TrustedList:
    root = etree.fromstring(signed, etree.XMLParser(resolve_entities=False, no_network=True))
    try:
        return TrustedList(
            signed=signed.decode("utf-8"),
            kind=root.findtext(f"{_SCHEME}TSLType").strip(),
            territory=root.findtext(f"{_SCHEME}SchemeTerritory").strip(),
            number=int(root.findtext(f"{_SCHEME}TSLSequenceNumber")),
            issued=_moment(root.findtext(f"{_SCHEME}ListIssueDateTime")),
            next_update=_moment(root.findtext(f"{_SCHEME}NextUpdate/{_TSL}dateTime")),
        )
    except (ValueError, TypeError, AttributeError):
        raise BadList("lista nie mówi, czyja i z którego dnia jest") from None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
