"""A long register is drawn in the background, for whoever may still see it when it is ready."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.documents import length, preparing, storage
from kooperacja.documents.models import DOCX, PreparedFile
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership import papers
from tests.factories import partnership as make_partnership
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

PDF = f"{PARTNERSHIP}czlonkowie/rejestr.pdf"


def at(prepared: PreparedFile) -> str:
    return f"{HOME}dokumenty/pliki/przygotowane/{prepared.pk}/"


def file_of(prepared: PreparedFile) -> str:
    return at(prepared) + "plik/"


def drawn() -> bool:
    """As a worker does it."""
    with inside(current_tenant()):
        return preparing.draw_next()


@pytest.fixture
def many(in_partnership: TenantRef, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = settings.VAR_DIR = tmp_path
    make_partnership.many_members(61)


def asked(keeper: Client) -> PreparedFile:
    page = keeper.get(PDF, follow=True)
    assert "przygotujemy w tle" in text_of(page)
    form = page.redirect_chain[-1][0]
    shown = keeper.post(form, follow=True)
    assert "czeka na swoją kolej" in text_of(shown)
    prepared = PreparedFile.objects.get()
    assert shown.redirect_chain[-1][0] == at(prepared)
    return prepared


def ready(keeper: Client, monkeypatch: Any) -> PreparedFile:
    monkeypatch.setattr(preparing, "drawn_apart", lambda html, tell: b"%PDF-1.7")
    prepared = asked(keeper)
    assert drawn()
    return prepared


def test_a_long_register_is_asked_for_drawn_and_taken(keeper: Client, many: None) -> None:
    prepared = asked(keeper)
    assert not Entry.objects.filter(verb="REGISTER_EXPORTED").exists()
    assert drawn()

    assert "Dokument jest gotowy" in text_of(keeper.get(at(prepared)))
    file = keeper.get(file_of(prepared))

    day = timezone.localdate().isoformat()
    assert file.headers["Content-Disposition"].endswith(f'rejestr-czlonkow-{day}.pdf"')
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) > 3
    taken = Entry.objects.get(verb="REGISTER_EXPORTED")
    assert taken.data == {"day": [None, day], "format": [None, "PDF"]}


def test_without_a_script_the_page_asks_again_by_itself(keeper: Client, many: None) -> None:
    page = text_of(keeper.get(at(asked(keeper))))
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page


def test_asked_twice_one_is_drawn(keeper: Client, many: None) -> None:
    assert asked(keeper) == asked(keeper)


def test_the_others_are_taken_at_once(keeper: Client, many: None) -> None:
    for suffix in ("docx", "xlsx"):
        assert keeper.get(f"{PARTNERSHIP}czlonkowie/rejestr.{suffix}").status_code == 200
    assert not PreparedFile.objects.exists()


def test_a_register_too_long_for_word_is_asked_for_too(
    keeper: Client, many: None, monkeypatch: Any
) -> None:
    monkeypatch.setattr(length, "_A_ROW_OF_WORD", 0.04)
    page = keeper.get(f"{PARTNERSHIP}czlonkowie/rejestr.docx", follow=True)
    assert "więc DOCX przygotujemy w tle" in text_of(page)
    keeper.post(page.redirect_chain[-1][0])
    assert drawn()
    file = keeper.get(file_of(PreparedFile.objects.get()))
    assert file.headers["Content-Type"] == DOCX
    assert file.headers["Content-Disposition"].endswith('.docx"')
    assert file.content.startswith(b"PK")
    taken = Entry.objects.get(verb="REGISTER_EXPORTED")
    assert taken.data["format"] == [None, "DOCX"]


def test_what_is_not_ready_yet_leads_to_its_page(keeper: Client, many: None) -> None:
    prepared = asked(keeper)
    assert keeper.get(file_of(prepared)).headers["Location"] == at(prepared)


def test_a_right_that_ended_meanwhile_hands_out_nothing(
    keeper: Client, many: None, monkeypatch: Any
) -> None:
    prepared = ready(keeper, monkeypatch)
    ended, before = papers.REGISTER, papers.REGISTER.may_take
    object.__setattr__(ended, "may_take", lambda person, prepared: False)
    try:
        answers = [keeper.get(at(prepared)), keeper.get(file_of(prepared))]
    finally:
        object.__setattr__(ended, "may_take", before)
    assert [one.status_code for one in answers] == [403, 403]
    assert not Entry.objects.filter(verb="REGISTER_EXPORTED").exists()


def test_a_second_factor_that_lapsed_is_asked_for(
    keeper: Client, many: None, monkeypatch: Any
) -> None:
    prepared = ready(keeper, monkeypatch)
    monkeypatch.setattr("kooperacja.accounts.factors.has_proof", lambda request: False)

    answer = keeper.get(file_of(prepared))

    assert answer.status_code == 302
    assert file_of(prepared).strip("/") in answer.headers["Location"].replace("%2F", "/")
    assert not Entry.objects.filter(verb="REGISTER_EXPORTED").exists()


def test_a_file_that_is_gone_is_asked_for_anew(
    keeper: Client, many: None, monkeypatch: Any
) -> None:
    prepared = ready(keeper, monkeypatch)
    prepared.refresh_from_db()
    storage.remove(prepared.path)

    lost = keeper.get(file_of(prepared))
    assert lost.status_code == 404
    assert "Zamów jeszcze raz" in text_of(lost)
    PreparedFile.objects.all().delete()
    assert "Tego pliku już nie ma" in text_of(keeper.get(at(prepared)))


def test_what_failed_says_so(keeper: Client, many: None, monkeypatch: Any) -> None:
    def broken(html: str, tell: Any) -> bytes:
        raise MemoryError

    monkeypatch.setattr(preparing, "drawn_apart", broken)
    prepared = asked(keeper)
    drawn()

    page = text_of(keeper.get(at(prepared)))
    assert "Nie udało się przygotować" in page
    assert "hx-get" not in page.partition('id="stan"')[2].partition(">")[0]
    assert asked_again(keeper, prepared)


def asked_again(keeper: Client, failed: PreparedFile) -> bool:
    keeper.post(failed.again_at)
    return PreparedFile.objects.exclude(pk=failed.pk).filter(state="WAITING").exists()
