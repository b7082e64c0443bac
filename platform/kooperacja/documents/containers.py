"""Opens a signed container, XAdES with a PDF inside or ASiC: its PDF and its signatures; a reader of `guarded`."""

import logging
from collections.abc import Iterator
from typing import Any

from asn1crypto import x509

from kooperacja.documents import asic, sigtrust, xadescheck
from kooperacja.documents.xades import (
    MAX_SIGNATURES,
    BadContainer,
    parsed,
    pdf_in,
    signatures_in,
)
from kooperacja.documents.xadescheck import Place


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    logging.disable()  # pyHanko writes names and numbers of those who signed
    trusted = sigtrust.certificates(asked["trusted"])
    try:
        return inspect(content, trusted, asked["limit"])
    except BadContainer as refused:
        return {"refused": str(refused)}, b""


def inspect(
    content: bytes, trusted: list[x509.Certificate], limit: int
) -> tuple[dict[str, Any], bytes]:
    """The facts of its signatures, and the document; BadContainer says why it can't be taken."""
    if content.startswith(b"PK"):
        container = asic.opened(content, limit)
        name, pdf = container.document.rpartition("/")[2], container.files[container.document]
        places = list(_of_container(container, pdf))
    else:
        root = parsed(content)
        name, pdf = "", pdf_in(root)
        places = [Place(root, at, pdf) for at in range(len(signatures_in(root)))]
    if not places:
        raise BadContainer("unsigned")
    if len(places) > MAX_SIGNATURES:
        raise BadContainer("too_complex")
    told = [xadescheck.told(place, trusted) for place in places]
    return {"name": name, "signatures": told}, pdf


def _of_container(container: asic.Container, pdf: bytes) -> Iterator[Place]:
    for name in container.signatures:
        root = parsed(container.files[name])
        for at in range(len(signatures_in(root))):
            yield Place(root, at, pdf, container.file)
