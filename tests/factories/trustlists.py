"""Lists of trusted services, signed by keys made for the test."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate
from lxml import etree
from signxml import methods
from signxml.xades.xades import XAdESSigner

from tests.factories import signatures

LISTS = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists"
COUNTRY = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric"
_URI = "http://uri.etsi.org/TrstSvc"
_MIME = "application/vnd.etsi.tsl+xml"


@dataclass(frozen=True)
class Publisher:
    """One who signs lists."""

    key: ec.EllipticCurvePrivateKey
    pem: bytes

    @property
    def certificate(self) -> x509.Certificate:
        return signatures.asn1_of(load_pem_x509_certificate(self.pem))


@cache
def publisher(name: str = "Wydawca list") -> Publisher:
    key = ec.generate_private_key(ec.SECP256R1())
    made = signatures.certificate(name, key, name, key)
    return Publisher(key, made.public_bytes(Encoding.PEM))


@dataclass
class Made:
    """What a list says; the tests change one thing of it."""

    kind: str = COUNTRY
    territory: str = "PL"
    number: int = 7
    next_update: datetime = field(default_factory=lambda: datetime.now(UTC) + timedelta(days=90))
    body: str = ""

    def signed(self, by: Publisher, reference: str = "") -> bytes:
        return _signed(self.xml(), by, reference)

    def xml(self) -> str:
        issued = self.next_update - timedelta(days=180)
        return f"""<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"
 TSLTag="{_URI}/TSLTag" Id="lista"><SchemeInformation>
<TSLVersionIdentifier>5</TSLVersionIdentifier>
<TSLSequenceNumber>{self.number}</TSLSequenceNumber><TSLType>{self.kind}</TSLType>
<SchemeOperatorName><Name xml:lang="en">Operator</Name></SchemeOperatorName>
<SchemeInformationURI><URI xml:lang="en">https://lista.example/o</URI></SchemeInformationURI>
<SchemeTerritory>{self.territory}</SchemeTerritory>
{self.body if self.kind == LISTS else ""}
<ListIssueDateTime>{issued:%Y-%m-%dT%H:%M:%SZ}</ListIssueDateTime>
<NextUpdate><dateTime>{self.next_update:%Y-%m-%dT%H:%M:%SZ}</dateTime></NextUpdate>
</SchemeInformation>{self.body if self.kind == COUNTRY else ""}</TrustServiceStatusList>"""


def pointer(location: str, by: Publisher, territory: str = "PL") -> str:
    return f"""<PointersToOtherTSL><OtherTSLPointer>
<ServiceDigitalIdentities><ServiceDigitalIdentity><DigitalId>
<X509Certificate>{_base64(by.pem)}</X509Certificate>
</DigitalId></ServiceDigitalIdentity></ServiceDigitalIdentities>
<TSLLocation>{location}</TSLLocation><AdditionalInformation>
<OtherInformation><SchemeTerritory>{territory}</SchemeTerritory></OtherInformation>
<OtherInformation><MimeType xmlns="http://uri.etsi.org/02231/v2/additionaltypes#">{_MIME}</MimeType>
</OtherInformation></AdditionalInformation></OtherTSLPointer></PointersToOtherTSL>"""


def service(pem: bytes, *, status: str = "granted", extra: str = "") -> str:
    return f"""<TSPService><ServiceInformation>
<ServiceTypeIdentifier>{_URI}/Svctype/CA/QC</ServiceTypeIdentifier>
<ServiceName><Name xml:lang="en">Centrum</Name></ServiceName>
<ServiceDigitalIdentity><DigitalId><X509Certificate>{_base64(pem)}</X509Certificate></DigitalId>
</ServiceDigitalIdentity>
<ServiceStatus>{_URI}/TrustedList/Svcstatus/{status}</ServiceStatus>
<StatusStartingTime>2020-01-01T00:00:00Z</StatusStartingTime>{extra}
</ServiceInformation></TSPService>"""


FOR_PAGES_ONLY = f"""<ServiceInformationExtensions><Extension Critical="true">
<AdditionalServiceInformation><URI xml:lang="en">
{_URI}/TrustedList/SvcInfoExt/ForWebSiteAuthentication</URI></AdditionalServiceInformation>
</Extension></ServiceInformationExtensions>""".replace("\n", "")


def services(*made: str) -> str:
    return f"""<TrustServiceProviderList><TrustServiceProvider><TSPInformation>
<TSPName><Name xml:lang="en">Dostawca</Name></TSPName></TSPInformation>
<TSPServices>{"".join(made)}</TSPServices></TrustServiceProvider></TrustServiceProviderList>"""


def _signed(text: str, by: Publisher, reference: str) -> bytes:
    signer = XAdESSigner(method=methods.enveloped, signature_algorithm="ecdsa-sha256")
    given = {"reference_uri": reference} if reference else {}
    root = signer.sign(etree.fromstring(text), key=by.key, cert=by.pem.decode(), **given)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _base64(pem: bytes) -> str:
    return base64.b64encode(signatures.asn1_of(load_pem_x509_certificate(pem)).dump()).decode()
