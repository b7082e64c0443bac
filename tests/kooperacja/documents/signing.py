"""Judging of signed files in this process, for tests with many of them."""

import json
from typing import Any

import pytest

from kooperacja.documents import guarded, sigcheck, signatures
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Verdict
from kooperacja.documents.signatures import Signature
from tests.factories import signing
from tests.factories.signing import signed


@pytest.fixture
def here(monkeypatch: Any) -> None:
    """The reader runs in this process; `test_signatures` has it run in its own."""

    def run(module: str, content: bytes, asked: dict[str, Any], **limits: Any) -> Any:
        trusted = sigcheck._certificates(asked["trusted"]) if asked["trusted"] else []
        try:
            found = sigcheck.inspect(content, trusted)
        except sigcheck._UNREADABLE:
            return {"signatures": None}, b""
        return json.loads(json.dumps({"signatures": found})), b""

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
