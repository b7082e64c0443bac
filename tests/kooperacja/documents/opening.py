"""Opens a container as the product does, and makes spoilt ones."""

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from kooperacja.documents import signatures
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.signatures import Signature
from kooperacja.documents.signedfile import SignedFile, read_signed
from tests.factories import containers as make
from tests.factories import signatures as pdfs
from tests.factories import signing
from tests.factories.containers import Signer, asice, enveloping

Made = Callable[[], bytes]
NS = {"ds": make.DS, "xades": make.XADES}


def opened(content: bytes, name: str = "umowa.xades") -> SignedFile:
    upload = pdfs.upload(content)
    upload.name = name
    return read_signed(upload)


def found(content: bytes) -> list[Signature]:
    return [Signature.of(one) for one in opened(content).facts]


def refusal(content: bytes) -> str:
    with pytest.raises(RejectedUpload) as caught:
        require(content)
    return str(caught.value)


def require(content: bytes) -> None:
    signed = opened(content)
    signatures.require_signed(signed.verdict, signed.facts)


def at(root: Any, path: str) -> Any:
    return root.xpath(f"//{path}", namespaces=NS)[0]


def with_text(path: str, text: str, content: bytes | None = None) -> bytes:
    """One element says something else than when it was signed."""

    def change(root: Any) -> None:
        at(root, path).text = text

    return make.changed(content or enveloping(), change)


def rsa_signer(**how: Any) -> Signer:
    return Signer(key=signing.rsa_key(), **how)


def other() -> bytes:
    return pdfs.signed("Ewa")


def replaced(**parts: bytes) -> bytes:
    """A container whose document or signatures became others."""
    names = {"pdf": "pismo.pdf", "xml": "META-INF/signatures0.xml"}
    new = {names[key]: content for key, content in parts.items()}
    return make.package({**make.unpacked(asice()), **new})


def wrapped(*, is_object: bool) -> bytes:
    """The signed document goes elsewhere in the file, another one takes its place."""

    def change(root: Any) -> None:
        signed = at(root, "ds:Object[@Id='DOC']")
        evil = etree.fromstring(make.object_of(other(), "INNY"))
        root.replace(signed, evil)
        if not is_object:
            signed.tag = "schowek"
        at(root, "ds:Object[not(@Id)]").append(signed)

    return make.changed(enveloping(b"", Signer()), change)
