"""An account searches and sends files as fast as people do; who is faster hears so, nobody else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from uuid6 import uuid7

from kooperacja.accounts import pace
from kooperacja.accounts.pace import Pace
from kooperacja.documents import slots
from tests.place import Place

SECONDS = 4.0
TOO_FAST = {
    "szukaj": "Za dużo wyszukiwań w krótkim czasie",
    "file": "Za dużo plików w krótkim czasie",
}


@pytest.fixture
def now(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands still until it is moved; three at once, and nothing was done before."""
    settings.SEARCHES_AT_ONCE = settings.FILES_AT_ONCE = 3
    time = [100.0]
    monkeypatch.setattr(pace, "_searches", Pace("SEARCHES_AT_ONCE", SECONDS))
    monkeypatch.setattr(pace, "_files", Pace("FILES_AT_ONCE", SECONDS))
    monkeypatch.setattr(pace, "monotonic", lambda: time[0])
    return time


def test_a_few_at_once_and_then_one_in_so_many_seconds(now: list[float]) -> None:
    known, anna, jan = Pace("SEARCHES_AT_ONCE", SECONDS), uuid7(), uuid7()
    assert [known.may(anna, 0.0) for _ in range(5)] == [True, True, True, False, False]
    assert known.may(jan, 0.0)
    later = [SECONDS * part for part in (0.5, 1.0, 1.5, 2.0)]
    assert [known.may(anna, at) for at in later] == [False, True, False, True]
    assert [known.may(anna, 60.0) for _ in range(4)] == [True, True, True, False]


def test_only_those_who_came_lately_are_remembered(
    now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_MANY", 5)
    known, anna = Pace("SEARCHES_AT_ONCE", SECONDS), uuid7()
    assert all(known.may(uuid7(), at) for at in map(float, range(0, 100, 10)))
    assert [known.may(anna, 100.0) for _ in range(4)] == [True, True, True, False]
    assert len(known._calm_at) <= 5
    assert all(known.may(uuid7(), 100.0) for _ in range(9))
    assert not known.may(anna, 100.0)  # nobody gets out by coming with many


def test_a_pause_ends_after_ten_seconds_and_then_they_come_one_by_one(now: list[float]) -> None:
    known, anna, jan = Pace("FILES_AT_ONCE", SECONDS), uuid7(), uuid7()
    assert known.may(anna, 0.0)
    known.pause(anna, 1.0)
    moments = (1.0, 10.9, 11.0, 11.0, 14.9, 15.0)
    assert [known.may(anna, at) for at in moments] == [False, False, True, False, False, True]
    assert known.may(jan, 1.0)
    known.pause(jan, 1.0)
    known.pause(jan, 0.5)  # a pause that began before shortens none
    assert [known.may(jan, at) for at in (10.6, 11.0)] == [False, True]


def searched(client: Client, at: str, words: str) -> Any:
    return client.get(at, {"szukaj": words})


def sent(client: Client, at: str, name: str) -> Any:
    """A file for a page that takes none: whatever it answers, it was taken apart."""
    return client.post(at, {"file": SimpleUploadedFile(name, b"%PDF-")})


@pytest.mark.parametrize(("ask", "what"), [(searched, "szukaj"), (sent, "file")])
def test_who_is_too_fast_is_told_so_and_all_else_is_answered(
    place: Place, now: list[float], ask: Any, what: str
) -> None:
    lead, partner = place.clients["L"], place.clients["O"]
    at = f"{place.here.prefix}/partnerstwo/instytucje/"

    def refused(client: Client, number: int) -> list[bool]:
        return [ask(client, at, "szkoła").status_code == 429 for _ in range(number)]

    assert refused(lead, 4) == [False, False, False, True]
    answer = ask(lead, at, "szkoła")
    assert TOO_FAST[what] in answer.content.decode()
    assert 1 < int(answer.headers["Retry-After"]) < 10
    assert [lead.get(at).status_code for _ in range(4)] == [200] * 4
    assert [searched(lead, at, " ").status_code for _ in range(4)] == [200] * 4
    assert refused(partner, 1) == [False]
    now[0] += SECONDS
    assert refused(lead, 2) == [False, True]


def test_a_refused_file_is_read_to_its_end_and_not_taken_apart(
    place: Place, now: list[float]
) -> None:
    lead, at = place.clients["L"], f"{place.here.prefix}/partnerstwo/instytucje/"
    for _ in range(3):
        sent(lead, at, "plik.pdf")
    answer = sent(lead, at, "plik.pdf")
    assert answer.status_code == 429
    assert answer.wsgi_request.read() == b""
    assert not hasattr(answer.wsgi_request, "_files")


def test_whose_file_found_no_place_sends_none_for_ten_seconds(
    place: Place, now: list[float], settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = str(tmp_path)
    lead, of_tenant = place.clients["L"], f"tenant.{place.here.schema}"
    at = f"{place.here.prefix}/partnerstwo/osrodek/szablony/ANNOTATED_DECLARATION/"

    def told() -> int:
        file = SimpleUploadedFile("wzór.docx", b"PK")
        return int(lead.post(at, {"after": 0, "file": file}).status_code)

    with slots.taken({of_tenant: 1}), slots.taken({of_tenant: 2}):
        assert told() == 503
    assert told() == 429  # though there is a place again
    assert lead.get(at).status_code == 200
    now[0] += pace.BUSY_SECONDS
    assert [told(), told()] == [422, 429]


def test_an_outage_slows_nobody_down(place: Place, now: list[float]) -> None:
    lead, at = place.clients["L"], f"{place.here.prefix}/partnerstwo/instytucje/"
    request = sent(lead, at, "plik.pdf").wsgi_request
    pace.PaceMiddleware(lambda _: HttpResponse()).process_response(
        request, HttpResponse(status=503)
    )
    assert sent(lead, at, "plik.pdf").status_code == 405
