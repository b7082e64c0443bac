"""The region reads a newer official register: it is shown row by row, then imported."""

from contextlib import ExitStack

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kooperacja.documents import guarded, slots
from tenants.registry.models import Unit
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import registry as make
from tests.region.panel.test_tenants import LIST, rops, text

__all__ = ["rops"]


def upload(client: Client, data: bytes) -> object:
    return client.post(f"{LIST}rejestr/", {"file": SimpleUploadedFile("terc.csv", data)})


def test_a_file_is_shown_row_by_row_and_then_imported(rops: Client) -> None:
    newer = make.register_file(as_of="2026-01-01", rodz={"160501": "2"}, without={"160504"})
    preview = upload(rops, newer).headers["Location"]  # type: ignore[attr-defined]
    said = text(rops.get(preview))
    assert "gmina miejsko-wiejska Gogolin" in said
    assert "gmina wiejska Gogolin" in said
    assert "zniesiona" in said
    assert Unit.objects.get(code="160501").rodz == "3"
    assert rops.post(preview).headers["Location"] == LIST
    assert Unit.objects.get(code="160501").rodz == "2"
    assert Unit.objects.get(code="160504").is_gone
    assert rops.post(preview).headers["Location"] == f"{LIST}rejestr/"


def test_a_wrong_file_is_refused_with_its_lines(rops: Client) -> None:
    answer = upload(rops, make.register_file() + b"\n16;99")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "wiersz 86: jest 2 pól zamiast 7" in text(answer)
    assert "z powodu 1 błędu. Pierwszy błąd: wiersz 86: jest 2 pól zamiast 7" in text(answer)
    assert Unit.objects.count() == 84


def test_a_file_that_says_nothing_new_is_not_offered_to_be_imported(rops: Client) -> None:
    same, later = make.register_file(), make.register_file(as_of="2026-01-01")
    said = text(rops.get(upload(rops, same).headers["Location"]))  # type: ignore[attr-defined]
    assert "Rejestr jest już taki, jak ten plik." in said
    assert " Wczytaj " not in said
    said = text(rops.get(upload(rops, later).headers["Location"]))  # type: ignore[attr-defined]
    assert " Wczytaj " in said


def test_nobody_confirms_a_file_that_another_looked_through(rops: Client) -> None:
    preview = upload(rops, make.register_file(as_of="2026-01-01")).headers["Location"]  # type: ignore[attr-defined]
    other = accounts.with_fresh_factor(
        accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
    )
    assert other.post(preview).headers["Location"] == f"{LIST}rejestr/"
    assert Unit.objects.filter(as_of__year=2026).count() == 0


def test_the_register_is_read_once(rops: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its preview and its import go by what was read when it came."""
    read, run = [], guarded.run
    monkeypatch.setattr(guarded, "run", lambda *args, **how: read.append(how) or run(*args, **how))
    newer = make.register_file(as_of="2026-01-01", rodz={"160501": "2"})
    preview = upload(rops, newer).headers["Location"]  # type: ignore[attr-defined]
    for _ in range(3):
        assert "gmina wiejska Gogolin" in text(rops.get(preview))
    rops.post(preview)
    assert Unit.objects.get(code="160501").rodz == "2"
    assert [how["by"].account_id is not None for how in read] == [True]


def test_a_register_too_many_at_once_is_told_so(rops: Client) -> None:
    with ExitStack() as held:
        for _ in range(guarded.A_SITE):
            held.enter_context(slots.taken({"site": guarded.A_SITE}))
        answer = upload(rops, make.register_file())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "15")  # type: ignore[attr-defined]


def test_a_file_of_mistakes_alone_shows_a_hundred(rops: Client) -> None:
    answer = upload(rops, make.register_file() + b"\n16;99" * 500)
    assert "z powodu 100 błędów. Po tylu błędach przestaliśmy czytać." in text(answer)
