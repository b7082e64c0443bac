"""What programs send: bounded, read as clients write it, refused in Polish."""

import json
import re
import time
from typing import Any

import pytest
from django.test import Client
from rest_framework import serializers

from api.v1.fields import FlagField
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation
from tests.api.conftest import Of, Program
from tests.cases import folder

LEAST = {"name": "Szkoła", "city": "Gogolin", "sector": "EDUCATION"}
ENGLISH = re.compile(
    r"\b(the|is|not|parse|error|invalid|expected|allowed|required|request)\b", re.I
)


@pytest.fixture
def lead(partnership: TenantRef, program_of: Of) -> Program:
    return program_of(partnership)


@pytest.fixture
def at(partnership: TenantRef) -> str:
    return f"/api/v1/tenants/{partnership.code}/organisations/"


def send(lead: Program, at: str, body: bytes, kind: str = "application/json") -> Any:
    return Client().post(at, body, content_type=kind, headers=lead.headers)


def deep(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


DEEP = {
    "deeper than Python goes": deep(100_000),
    "deep": deep(500),
    "a little too deep": b'{"name":' + deep(20) + b"}",
    "a depth that is not ended": b"[" * 100_000,
    "objects in objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
}
WRONG = DEEP | {
    "cut": b'{"name": "Szk',
    "empty": b"",
    "no UTF-8": '{"name": "Szkoła"}'.encode("cp1250"),
    "a number without end": b'{"id": ' + b"9" * 5000 + b"}",
    "no number": b'{"id": NaN}',
    "half a sign": b'{"name": "\\ud800", "sector": "\\udfff"}',
    "too long": b'{"name": "' + b"x" * (1024 * 1024) + b'"}',
    "no object": b"[1]",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_refused_in_polish(
    lead: Program, at: str, partnership: TenantRef, name: str
) -> None:
    answer = send(lead, at, WRONG[name])
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not ENGLISH.search(_words(answer)), _words(answer)
    assert ("zagnieżdżona" in _words(answer)) == (name in DEEP)
    with inside(partnership):
        assert not Organisation.objects.filter(city="Gogolin", name="").exists()


def _wrong(answer: Any) -> set[str]:
    return {error["name"] for error in answer.json()["errors"]}


def _words(answer: Any) -> str:
    said = answer.json()
    return " ".join([said["title"], said["detail"], *(e["reason"] for e in said.get("errors", []))])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_json_is_read_in_every_encoding_it_may_have(lead: Program, at: str, encoding: str) -> None:
    answer = send(lead, at, json.dumps(LEAST, ensure_ascii=False).encode(encoding))
    assert (answer.status_code, answer.json()["name"]) == (201, "Szkoła")


@pytest.mark.parametrize(
    ("method", "kind", "status"), [("patch", "application/json", 405), ("post", "text/xml", 415)]
)
def test_the_frameworks_own_refusals_are_polish(
    lead: Program, at: str, method: str, kind: str, status: int
) -> None:
    answer = getattr(Client(), method)(at, b"<a/>", content_type=kind, headers=lead.headers)
    assert answer.status_code == status
    assert not ENGLISH.search(_words(answer)), _words(answer)


def test_a_text_without_end_is_refused_before_it_is_read(lead: Program, at: str) -> None:
    began = time.process_time()
    for sent in ("a" + "\u0301\u0316" * 200_000, "x" * 900_000):
        body = json.dumps(LEAST | {"name": sent}, ensure_ascii=False).encode()
        answer = send(lead, at, body)
        assert (answer.status_code, _wrong(answer)) == (400, {"name"})
    assert time.process_time() - began < 2


def test_a_text_that_nobody_sees_is_none(lead: Program, at: str) -> None:
    body = json.dumps(LEAST | {"name": "\u2800\ufe01 \u3164"}).encode()
    answer = send(lead, at, body)
    assert (answer.status_code, _wrong(answer)) == (422, {"name"})


def test_text_is_cleaned_as_on_the_page(lead: Program, at: str) -> None:
    body = LEAST | {"name": " Szko\u0142a\u200b\u00a0nr\u202e 1 ", "postal_code": "47320"}
    answer = send(lead, at, json.dumps(body | {"nip": "526-025-09-95"}).encode())
    said = answer.json()
    assert (said["name"], said["postal_code"], said["nip"]) == (
        "Szkoła nr 1",
        "47-320",
        "5260250995",
    )


class _Flagged(serializers.Serializer[Any]):
    flag = FlagField()


@pytest.mark.parametrize("sent", [True, "true", "True", "1", 1, 1.0])
def test_a_flag_is_read_as_clients_write_it(sent: Any) -> None:
    flagged = _Flagged(data={"flag": sent})
    assert flagged.is_valid()
    assert flagged.validated_data["flag"] is True


@pytest.mark.parametrize("sent", ["tak", "", 2, -1, None, [], {}, "TRUE ", 0.5])
def test_what_is_no_flag_is_refused_in_words(sent: Any) -> None:
    flagged = _Flagged(data={"flag": sent})
    assert not flagged.is_valid()
    assert not ENGLISH.search(str(flagged.errors["flag"][0]))


@pytest.mark.parametrize("name", ["deep.json", "json_with_bom.json"])
def test_files_of_real_life(lead: Program, at: str, name: str) -> None:
    answer = send(lead, at, (folder("other") / name).read_bytes())
    assert answer.status_code == (400 if name == "deep.json" else 201)
