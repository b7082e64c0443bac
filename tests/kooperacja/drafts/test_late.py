"""A form that is sent when its session has ended waits for whoever signs in again."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client

from kooperacja.accounts.models import Attempts
from kooperacja.crypto import keys
from kooperacja.crypto.envelope import KeyMissing
from kooperacja.drafts import late
from kooperacja.drafts.models import Draft
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation, RoleAssignment
from tenants.registry.models import Access
from tests.kooperacja.drafts.conftest import TYPED, Writer, writer
from tests.kooperacja.drafts.test_typing import RESTORED
from tests.tenants.reading import text_of

KEPT = "Sesja wygasła. To, co wpisano, zachowaliśmy; po zalogowaniu wróci."
LOST = "nie został zapisany"


def send_late(anna: Writer, **typed: str) -> Any:
    """Type, lose the session, send; the answer is what the page of signing in says."""
    form = anna.form() | {"competences": TYPED} | typed
    anna.lose_session()
    led = anna.client.post(anna.page, form)
    assert (led.status_code, unquote(led["Location"])) == (302, f"/konto/zaloguj/?next={anna.page}")
    return text_of(anna.client.get(led["Location"]))


def test_what_was_sent_without_a_session_comes_back_after_signing_in(anna: Writer) -> None:
    assert KEPT in send_late(anna)
    anna.sign_in()
    assert anna.form()["competences"] == TYPED
    assert RESTORED in anna.text()


def test_it_waits_for_a_day(anna: Writer) -> None:
    send_late(anna)
    assert Draft.objects.get().expires_at - Draft.objects.get().saved_at == timedelta(hours=24)


def test_another_account_gets_nothing_and_the_draft_dies_unread(
    anna: Writer, lidia: Writer
) -> None:
    send_late(anna)
    anna.client.force_login(lidia.account)
    assert TYPED not in anna.text(lidia.page)
    assert RESTORED not in anna.text(lidia.page)
    Draft.objects.update(expires_at=F("saved_at"))
    anna.sign_in()
    assert TYPED not in anna.text()


def test_there_is_one_late_form_of_a_page_beside_what_was_typed(anna: Writer) -> None:
    anna.type(competences="Pisane wcześniej")
    send_late(anna)
    anna.sign_in()
    send_late(anna, competences="Wysłane później")
    assert Draft.objects.filter(is_late=True).count() == 1
    anna.sign_in()
    assert anna.form()["competences"] == "Wysłane później"
    anna.client.post(anna.page, anna.form())
    assert not Draft.objects.exists()


def test_an_idle_session_says_why_it_ended_and_that_the_form_is_kept(
    anna: Writer, settings: Any
) -> None:
    form = anna.form() | {"competences": TYPED}
    settings.SESSION_IDLE_MINUTES = 0
    led = anna.client.post(anna.page, form)
    said = text_of(anna.client.get(led["Location"]))
    assert "przez dłuższy czas nic się w niej nie działo" in said
    assert "zachowaliśmy" in said
    assert LOST not in said
    assert Draft.objects.filter(is_late=True).count() == 1


def test_a_lost_csrf_cookie_keeps_the_form_too(anna: Writer) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = anna.client.cookies
    form = anna.form() | {"competences": TYPED}
    form.pop("csrfmiddlewaretoken")
    led = strict.post(anna.page, form)
    assert (led.status_code, led["Location"]) == (302, anna.page)
    said = anna.text()
    assert "Formularz stracił ważność. Sprawdź go i wyślij jeszcze raz." in said
    assert anna.form()["competences"] == TYPED


def test_a_form_sent_from_another_account_is_kept_for_nobody(anna: Writer, lidia: Writer) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = lidia.client.cookies
    form = anna.form() | {"competences": TYPED}
    form.pop("csrfmiddlewaretoken")
    assert strict.post(anna.page, form).status_code >= 302
    assert not Draft.objects.exists()


def test_a_forged_slip_keeps_nothing(anna: Writer, lidia: Writer) -> None:
    slip = anna.form()["szkic"]
    anna.lose_session()
    for forged in (slip[:-1] + ("A" if slip[-1] != "A" else "B"), "", "szkic", slip[::-1]):
        led = anna.client.post(anna.page, {"szkic": forged, "competences": TYPED})
        assert led.status_code == 302
        assert "zachowaliśmy" not in text_of(anna.client.get(led["Location"]))
    assert not Draft.objects.exists()


def test_a_slip_is_good_on_its_own_page_and_in_its_own_tenant(
    anna: Writer, powiat: TenantRef
) -> None:
    form = anna.form() | {"competences": TYPED}
    anna.lose_session()
    for page in ("/powiat/krapkowicki/partnerstwo/instytucje/nowa/", "/konto/profil/"):
        led = anna.client.post(page, form)
        assert "zachowaliśmy" not in text_of(anna.client.get(led["Location"]))
    assert not Draft.objects.exists()


@pytest.mark.parametrize("gone", ["access", "role", "account"])
def test_whoever_has_lost_the_right_keeps_nothing(anna: Writer, gone: str) -> None:
    anna_account, form = anna.account, anna.form() | {"competences": TYPED}
    match gone:
        case "access":
            Access.objects.filter(account=anna_account).update(ended_at=F("granted_at"))
        case "role":
            RoleAssignment.objects.filter(person=anna.person).update(ended_on=F("from_on"))
        case "account":
            anna_account.is_active = False
            anna_account.save()
    anna.lose_session()
    led = anna.client.post(anna.page, form)
    assert LOST in text_of(anna.client.get(led["Location"]))
    assert not Draft.objects.exists()


def test_more_than_a_draft_holds_is_said_not_to_be_saved(anna: Writer) -> None:
    assert LOST in send_late(anna, competences="ż" * 33_000)
    assert not Draft.objects.exists()


def test_without_its_key_nothing_is_kept_and_signing_in_goes_on(
    anna: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(tenant_id: object) -> None:
        raise KeyMissing("brak klucza")

    form = anna.form()
    with monkeypatch.context() as patch:
        patch.setattr(keys, "field_keyring", missing)
        anna.lose_session()
        led = anna.client.post(anna.page, form | {"competences": TYPED})
    assert LOST in text_of(anna.client.get(led["Location"]))
    assert not Draft.objects.exists()


def test_a_network_sends_a_bounded_number_of_late_forms(
    anna: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late, "MOST", 2)
    form = anna.form()
    anna.lose_session()
    for number in range(3):
        anna.client.post(anna.page, form | {"competences": f"Wersja {number}"})
    anna.sign_in()
    assert anna.form()["competences"] == "Wersja 1"
    assert not Attempts.objects.filter(key__contains="127.0.0.1").exists()


def test_what_is_typed_after_the_end_is_kept_and_told_to_the_page(anna: Writer) -> None:
    form = anna.form() | {"competences": TYPED}
    anna.lose_session()
    answer = anna.client.post(f"{anna.home}szkic/", form)
    assert (answer.status_code, answer["Content-Type"][:10]) == (401, "text/plain")
    assert answer.content.decode().startswith(KEPT)
    assert KEPT not in text_of(anna.client.get("/konto/zaloguj/"))
    anna.sign_in()
    assert anna.form()["competences"] == TYPED


def test_a_stranger_without_a_slip_hears_nothing_of_sessions(
    anna: Writer, kooperant: Organisation
) -> None:
    stranger = Client()
    led = stranger.post(anna.page, {"competences": TYPED})
    assert "Sesja wygasła" not in text_of(stranger.get(led["Location"]))
    assert settings.SESSION_COOKIE_NAME not in led.cookies


def test_two_writers_of_one_page_each_get_their_own(
    anna: Writer, partnership: TenantRef, kooperant: Organisation
) -> None:
    ola = writer(partnership, kooperant)
    send_late(anna)
    send_late(ola, competences="To pisze Ola")
    anna.sign_in()
    ola.sign_in()
    assert anna.form()["competences"] == TYPED
    assert ola.form()["competences"] == "To pisze Ola"
