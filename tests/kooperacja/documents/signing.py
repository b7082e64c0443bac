"""Judging of signed files in this process, for tests with many of them."""

import json
from typing import Any

import pytest

from kooperacja.documents import containers, guarded, sigcheck, signatures, sigtrust
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Verdict
from kooperacja.documents.signatures import Signature
from kooperacja.documents.xades import BadContainer
from tests.factories import signing
from tests.factories.signing import signed


def _signatures(content: bytes, asked: dict[str, Any]) -> Any:
    try:
        return {
            "signatures": sigcheck.inspect(content, sigtrust.certificates(asked["trusted"]))
        }, b""
    except sigcheck.UNREADABLE:
        return {"signatures": None}, b""


def _container(content: bytes, asked: dict[str, Any]) -> Any:
    try:
        return containers.inspect(content, sigtrust.certificates(asked["trusted"]), asked["limit"])
    except BadContainer as refused:
        return {"refused": str(refused)}, b""


READERS = {
    "sigcheck": _signatures,
    "containers": _container,
    "pdfcheck": lambda content, asked: ({}, b""),
}


@pytest.fixture
def here(monkeypatch: Any) -> None:
    """The reader runs in this process; `test_signatures` has it run in its own."""

    def run(module: str, content: bytes, asked: dict[str, Any], **limits: Any) -> Any:
        found, made = READERS[module.rpartition(".")[2]](content, asked)
        return json.loads(json.dumps(found)), made

    monkeypatch.setattr(guarded, "run", run)


def judged(content: bytes) -> tuple[Verdict, list[Signature]]:
    verdict, facts = signatures.check(content)
    return verdict, [Signature.of(one) for one in facts]


def refusal(content: bytes) -> str:
    with pytest.raises(RejectedUpload) as caught:
        signatures.require_signed(*signatures.check(content))
    return str(caught.value)


def by_seal(**how: Any) -> bytes:
    return signed(signing.seal(**how), reason=signing.REASON, name="ANNA PRZYKŁADOWA")
