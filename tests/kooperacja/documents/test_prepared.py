"""Long papers are drawn in the background once, kept for some days, and never lost."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.db import connections
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.documents import apart, preparing, slots, storage, tasks
from kooperacja.documents.errors import Busy, Overloaded
from kooperacja.documents.models import PreparedFile
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.workflow import move
from tests.kooperacja.documents.asked import ANNA, JAN, ROWS, ask, drawing
from tests.offering import offer


@pytest.fixture(autouse=True)
def _offered(monkeypatch: Any, tmp_path: Path, settings: Any) -> None:
    offer(monkeypatch, ROWS)
    settings.VAR_DIR = tmp_path


def told(verb: str) -> int:
    return Outgoing.objects.filter(dedupe__startswith=verb).count()


def test_a_long_word_file_is_made_in_the_background_too(
    office: TenantRef, monkeypatch: Any
) -> None:
    made = []
    monkeypatch.setattr(
        preparing, "word_of", lambda paper, context, own: made.append(own) or b"PK-docx"
    )
    as_word, as_pdf = ask(name="wiersze.docx"), ask()
    assert as_word.pk != as_pdf.pk
    assert preparing.draw_next()
    as_word.refresh_from_db()
    assert preparing.hand_out(by=ANNA, prepared=as_word) == b"PK-docx"
    assert made == [None]


def test_a_word_file_that_finds_no_place_waits_on(office: TenantRef, monkeypatch: Any) -> None:
    def busy(*given: Any) -> bytes:
        raise Busy

    monkeypatch.setattr(preparing, "word_of", busy)
    prepared = ask(name="wiersze.docx")
    for _ in range(preparing.ATTEMPTS + 1):
        assert not preparing.draw_next()
    prepared.refresh_from_db()
    assert (prepared.state, prepared.attempts) == ("WAITING", 0)


def test_a_paper_for_which_the_server_is_too_slow_is_tried_a_few_times(
    office: TenantRef, monkeypatch: Any
) -> None:
    def slow(*given: Any) -> bytes:
        raise Overloaded

    drawing(monkeypatch, slow)
    prepared = ask()
    states = []
    for _ in range(preparing.ATTEMPTS):
        assert not preparing.draw_next()
        prepared.refresh_from_db()
        states.append(prepared.state)
    assert states == ["WAITING"] * (preparing.ATTEMPTS - 1) + ["FAILED"]


def test_a_paper_is_drawn_kept_and_told_of(office: TenantRef) -> None:
    prepared = ask(200)
    assert preparing.draw_next()
    assert not preparing.draw_next()

    prepared.refresh_from_db()
    assert (prepared.state, prepared.context) == ("READY", {})
    content = preparing.hand_out(by=ANNA, prepared=prepared)
    assert len(content) == prepared.size
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
    with pypdfium2.PdfDocument(content) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Wiersz 0" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Wiersz 199" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert told("paper-ready") == 1  # in the inbox
    taken = Entry.objects.get(verb="REGISTER_EXPORTED")
    assert (taken.actor_name, taken.data) == ("Anna", {"day": [None, "2026-01-02"]})


def test_it_says_how_far_it_is_while_it_draws() -> None:
    """Page after page, from the one who lays them out."""
    heard: list[int] = []
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(4000))

    content = apart.drawn_apart(
        f"<html lang=pl><title>x</title><table>{rows}</table>", heard.append
    )

    assert content.startswith(b"%PDF-")
    assert heard == sorted(heard)
    assert heard[-1] > 1


def test_asked_twice_it_is_drawn_once(office: TenantRef, monkeypatch: Any) -> None:
    drawn = []
    drawing(monkeypatch, lambda html, tell: drawn.append(html) or b"%PDF-")
    first, again, of_jan, other = ask(), ask(), ask(by=JAN), ask(4)
    while preparing.draw_next():
        pass

    assert first.pk == again.pk == of_jan.pk == ask().pk != other.pk
    assert len(drawn) == 2
    assert told(f"paper-ready:{first.pk}") == 2  # both of them


def test_no_transaction_is_open_while_it_is_drawn(office: TenantRef, monkeypatch: Any) -> None:
    before, inside = connections["default"].savepoint_ids[:], []

    def draw(html: str, tell: Any) -> bytes:
        inside.append(connections["default"].savepoint_ids[:])
        return b"%PDF-"

    drawing(monkeypatch, draw)
    ask()
    preparing.draw_next()
    assert inside == [before]


def test_while_one_is_drawn_no_other_begins(office: TenantRef, monkeypatch: Any) -> None:
    """Neither of this tenant on another machine, nor of another tenant on this one."""
    ask(), ask(4)
    seen = []

    def draw(html: str, tell: Any) -> bytes:
        seen.append(preparing._claim())
        seen.append(preparing.draw_next())
        return b"%PDF-"

    drawing(monkeypatch, draw)
    preparing.draw_next()
    assert seen == [None, False]
    assert sorted(PreparedFile.objects.values_list("state", flat=True)) == ["READY", "WAITING"]


def silent(prepared: PreparedFile) -> None:
    long_ago = timezone.now() - preparing.SILENT * 2
    PreparedFile.objects.filter(pk=prepared.pk).update(told_at=long_ago)


def test_whoever_was_killed_is_followed_by_another(office: TenantRef, monkeypatch: Any) -> None:
    prepared = ask()
    assert preparing._claim() is not None  # and the worker dies
    assert not preparing.due().exists()
    assert not preparing.draw_next()
    silent(prepared)
    assert preparing.due().get() == prepared

    drawing(monkeypatch, lambda html, tell: b"%PDF-")
    assert preparing.draw_next()

    prepared.refresh_from_db()
    assert (prepared.state, prepared.attempts) == ("READY", 2)


def test_what_kills_its_worker_twice_is_given_up(office: TenantRef) -> None:
    prepared = ask()
    for _ in range(preparing.ATTEMPTS):
        assert preparing._claim() is not None
        silent(prepared)
    assert not preparing.draw_next()

    prepared.refresh_from_db()
    assert (prepared.state, prepared.context) == ("FAILED", {})
    assert told("paper-failed") == 1
    assert ask().pk != prepared.pk  # asked anew


def test_who_was_silent_and_comes_back_is_refused(office: TenantRef, monkeypatch: Any) -> None:
    prepared = ask()

    def draw(html: str, tell: Any) -> bytes:
        silent(prepared)
        assert preparing._claim() is not None
        with pytest.raises(preparing.Superseded):
            tell(7)
        return b"%PDF-of the slow one"

    drawing(monkeypatch, draw)
    preparing.draw_next()

    prepared.refresh_from_db()
    assert (prepared.state, prepared.pages, prepared.path) == ("DRAWING", 0, "")
    assert list(storage.orphans((), older_than_seconds=-9)) == []


def test_what_can_not_be_drawn_fails_and_does_not_stop_the_next(
    office: TenantRef, monkeypatch: Any
) -> None:
    monkeypatch.setattr(apart, "MEGABYTES", 1)
    bad = ask()
    assert preparing.draw_next()
    monkeypatch.undo()
    bad.refresh_from_db()

    assert bad.state == "FAILED"
    assert told("paper-failed") == 1


def test_a_busy_machine_leaves_it_waiting(office: TenantRef) -> None:
    prepared = ask()
    with slots.taken({"drawing": 1}):
        assert not preparing.draw_next()
    prepared.refresh_from_db()
    assert prepared.state == "WAITING"


def test_a_ready_paper_never_goes_back(office: TenantRef, monkeypatch: Any) -> None:
    drawing(monkeypatch, lambda html, tell: b"%PDF-")
    prepared = ask()
    preparing.draw_next()
    prepared.refresh_from_db()
    with pytest.raises(Problem):
        move(prepared, "DRAWING", by=ANNA, on=date(2026, 1, 2))


def test_it_goes_after_a_week_with_its_file(office: TenantRef, monkeypatch: Any) -> None:
    drawing(monkeypatch, lambda html, tell: b"%PDF-")
    old, new = ask(), ask(4)
    while preparing.draw_next():
        pass
    week = timezone.now() - timedelta(days=preparing.KEPT_DAYS, minutes=1)
    PreparedFile.objects.filter(pk=old.pk).update(asked_at=week)
    old.refresh_from_db()
    new.refresh_from_db()
    tasks.sweep()
    assert storage.is_kept(old.path)  # it is nobody's orphan

    assert preparing.forget_prepared() == 1

    assert not storage.is_kept(old.path)
    assert storage.is_kept(new.path)
    assert PreparedFile.objects.get() == new


def test_a_person_waits_for_three_at_most(office: TenantRef) -> None:
    asked = [ask(n) for n in (3, 4, 5)]
    before = Entry.objects.count()

    with pytest.raises(Problem, match="już dla Ciebie 3 dokumenty") as refused:
        ask(6)

    assert (refused.value.status, refused.value.kept) == (409, "Niczego nie zapisaliśmy.")
    assert set(PreparedFile.objects.all()) == set(asked)
    assert Entry.objects.count() == before
    assert ask(3) == asked[0]  # the same is the one that waits already
    assert ask(6, by=JAN).state == "WAITING"


def test_a_unit_waits_for_ten_at_most_and_each_that_is_ready_makes_room(
    office: TenantRef, monkeypatch: Any
) -> None:
    drawing(monkeypatch, lambda html, tell: b"%PDF-")
    people = [Actor(account_id=uuid7(), name=str(n)) for n in range(11)]
    for n, person in enumerate(people[:10]):
        ask(n + 3, by=person)
    with pytest.raises(Problem, match="czeka już 10 dokumentów") as refused:
        ask(20, by=people[10])
    assert refused.value.status == 503
    assert PreparedFile.objects.count() == 10
    assert preparing.draw_next()
    assert ask(20, by=people[10]).state == "WAITING"


def test_a_file_that_a_restore_did_not_bring_is_drawn_anew(
    office: TenantRef, monkeypatch: Any
) -> None:
    drawing(monkeypatch, lambda html, tell: b"%PDF-")
    lost = ask()
    preparing.draw_next()
    lost.refresh_from_db()
    storage.remove(lost.path)

    assert ask().pk != lost.pk
