"""Signing in: password, second factor, limits, and what a stranger may not learn."""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.accounts.adapter import open_seed
from kooperacja.accounts.codes import spend
from kooperacja.inbox.models import OutgoingMessage
from tests.factories import accounts as make

LOGIN = "/konto/zaloguj/"


def sign_in(client: Client, email: str, password: str = make.PASSWORD, **data: str):
    return client.post(LOGIN, {"login": email, "password": password, **data})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_password_alone_signs_in_who_has_no_second_factor(db, client):
    who = make.account()
    response = sign_in(client, who.email.upper())
    assert response.url == "/konto/"
    assert is_signed_in(client)


def test_next_is_followed_within_the_site_only(db, client):
    who = make.account()
    assert sign_in(client, who.email, next="/konto/profil/").url == "/konto/profil/"


@pytest.mark.parametrize(
    "target", ["https://zly.example/", "//zly.example/", "/\\zly.example", "javascript:alert(1)"]
)
def test_open_redirect_is_refused(db, client, target):
    who = make.account()
    assert sign_in(client, who.email, next=target).url == "/konto/"


def test_second_factor_is_asked_before_the_session_begins(db, client):
    who = make.with_totp(make.account())
    response = sign_in(client, who.email)
    assert response.url == "/konto/zaloguj/kod/"
    assert not is_signed_in(client)
    assert "Drugi krok logowania" in client.get(response.url).content.decode()
    assert client.post(response.url, {"code": make.code_of()}).url == "/konto/"
    assert is_signed_in(client)


def test_a_code_is_taken_once_even_while_clocks_may_still_differ(db):
    who = make.with_totp(make.account())
    with time_machine.travel("2025-03-03 08:00:28 +0000", tick=False) as clock:
        code = make.code_of()
        for expected in (True, False):
            client = Client()
            sign_in(client, who.email)
            client.post("/konto/zaloguj/kod/", {"code": code})
            assert is_signed_in(client) is expected
            clock.shift(timedelta(seconds=31))


WRITTEN = ["{0}{1}", "{0} {1}", "{0}-{1}", " {0}{1} ", "{0}.{1}", "{0}\u2003{1}"]


@pytest.mark.parametrize("first", WRITTEN[:-1])
def test_a_code_is_taken_once_however_it_is_written(db, first):
    who, taken = make.with_totp(make.account()), []
    with time_machine.travel("2025-03-03 08:00:10 +0000", tick=False):
        code = make.code_of()
        for number, form in enumerate((first, *WRITTEN)):
            client = Client(REMOTE_ADDR=f"203.0.113.{number}")
            sign_in(client, who.email)
            client.post("/konto/zaloguj/kod/", {"code": form.format(code[:3], code[3:])})
            taken.append(is_signed_in(client))
    assert taken == [True] + [False] * len(WRITTEN)


def test_no_code_opens_that_is_older_than_the_last(db):
    who = make.with_totp(make.account())
    with time_machine.travel("2025-03-03 08:00:10 +0000", tick=False) as clock:
        older = make.code_of()
        clock.shift(timedelta(seconds=30))
        for code, expected in ((make.code_of(), True), (older, False)):
            client = Client()
            sign_in(client, who.email)
            client.post("/konto/zaloguj/kod/", {"code": code})
            assert is_signed_in(client) is expected


def test_the_code_that_set_an_application_up_opens_nothing_more(db, client):
    who = make.account()
    sign_in(client, who.email)
    page = client.get("/konto/drugi-skladnik/aplikacja/").content.decode()
    seed = make.seed_on(page)
    with time_machine.travel("2025-03-03 08:00:10 +0000", tick=False):
        code = make.code_of(seed)
        client.post("/konto/drugi-skladnik/aplikacja/", {"code": code})
        again = Client()
        sign_in(again, who.email)
        again.post("/konto/zaloguj/kod/", {"code": code})
        assert not is_signed_in(again)


def test_of_two_who_send_the_same_code_at_once_one_comes_in(fresh_database):
    who = make.with_totp(make.account())
    totp = Authenticator.objects.get(user=who)
    start, code = threading.Barrier(8), make.code_of()

    def send(_: int) -> bool:
        start.wait()
        try:
            return spend(totp, make.SEED, code)
        finally:
            connections["shared"].close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(send, range(8))) == [False] * 7 + [True]


def test_wrong_code_is_refused_in_polish(db, client):
    who = make.with_totp(make.account())
    sign_in(client, who.email)
    page = client.post("/konto/zaloguj/kod/", {"code": "000000"})
    assert "Ten kod jest niepoprawny" in page.content.decode()
    assert not is_signed_in(client)


def test_unknown_and_known_addresses_get_the_same_answer(db):
    who = make.account()
    pages, queries = [], []
    for email in (who.email, "nikogo@example.pl"):
        client = Client()
        with CaptureQueriesContext(connections["shared"]) as caught:
            page = sign_in(client, email, "zupelnie-inne-haslo-tutaj")
        pages.append(_without_token(page.content.decode()).replace(email, "E"))
        queries.append(len(caught))
    assert pages[0] == pages[1]
    assert abs(queries[0] - queries[1]) <= 1


def _without_token(page: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)


def test_password_reset_says_the_same_for_everybody(db):
    who = make.account()
    answers = []
    for email in (who.email, "nikogo@example.pl"):
        client = Client()
        response = client.post("/konto/haslo/odzyskaj/", {"email": email}, follow=True)
        answers.append(_without_token(response.content.decode()))
    assert answers[0] == answers[1]
    assert [m.payload["email"] for m in OutgoingMessage.objects.all()] == [who.email]


def test_forgotten_password_is_set_by_the_mailed_link_once(db, client):
    who = make.account()
    client.post("/konto/haslo/odzyskaj/", {"email": who.email})
    mail = OutgoingMessage.objects.get().payload
    link = re.search(r"http://testserver(/\S+)", mail["text"])[1]
    assert "Ustawisz je tutaj" in mail["text"]
    form = client.get(link).url
    new = "calkiem-nowe-zdanie-na-haslo"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(Client(), who.email).status_code == 200
    assert sign_in(client, who.email, new).status_code == 302
    assert "Ten odnośnik już nie działa" in Client().get(link).content.decode()


def test_too_many_attempts_get_a_polish_429(db, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        assert sign_in(client, "a@example.pl").status_code == 200
    response = sign_in(client, "a@example.pl")
    assert response.status_code == 429
    assert "Za dużo prób" in response.content.decode()


def test_guessing_one_password_is_slowed_down_even_when_then_right(db, client):
    who = make.account()
    for _ in range(5):
        sign_in(client, who.email, "zupelnie-inne-haslo-tutaj")
    page = sign_in(client, who.email)
    assert "Za dużo prób" in page.content.decode()
    assert not is_signed_in(client)


def test_address_of_the_client_counts_our_proxies_only(db, rf, settings):
    from allauth.account.adapter import get_adapter

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.2.3", REMOTE_ADDR="127.0.0.1")
    assert get_adapter().get_client_ip(request) == "10.1.2.3"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert get_adapter().get_client_ip(request) == "127.0.0.1"


def test_there_is_no_sign_up(db, client):
    assert client.get("/konto/signup/").status_code == 404
    assert client.get("/konto/rejestracja/").status_code == 404


def test_disabled_account_can_not_sign_in(db, client):
    who = make.account(is_active=False)
    sign_in(client, who.email)
    assert not is_signed_in(client)


def test_seeds_are_never_in_plain_text_in_the_database(db):
    who = make.account()
    client = Client()
    sign_in(client, who.email)
    page = client.get("/konto/drugi-skladnik/aplikacja/").content.decode()
    seed = make.seed_on(page)
    assert "data:image/svg+xml;base64," in page
    assert seed not in json.dumps([s.get_decoded() for s in Session.objects.all()])
    code = make.code_of(seed)
    response = client.post("/konto/drugi-skladnik/aplikacja/", {"code": code})
    assert response.url == "/konto/drugi-skladnik/kody/"
    totp = Authenticator.objects.get(user=who, type="totp")
    codes = Authenticator.objects.get(user=who, type="recovery_codes")
    assert seed not in json.dumps(totp.data)
    assert open_seed(totp.data["secret"], who.pk) == seed
    assert open_seed(codes.data["seed"], who.pk) not in json.dumps(codes.data)


def test_a_seed_moved_to_another_account_opens_nothing(db):
    one, other = make.with_totp(make.account()), make.account()
    Authenticator.objects.filter(user=one).update(user=other)
    client = Client(raise_request_exception=False)
    sign_in(client, other.email)
    client.post("/konto/zaloguj/kod/", {"code": make.code_of()})
    assert not is_signed_in(client)


def taken_in_a_file(client, shown):
    """The file has the codes that the page shows, and nobody has it who does not send them all."""
    address = "/konto/drugi-skladnik/kody/plik/"
    assert client.get(address).status_code == 405
    for sent in ([], shown[:9], [*shown[:9], "0000000000"], [*shown, shown[0]]):
        assert client.post(address, {"code": sent}).url == "/konto/drugi-skladnik/kody/"
    file = client.post(address, {"code": shown})
    assert file.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in file.headers["Cache-Control"]
    assert file.content.decode().split("\r\n")[6:-1] == shown


def test_recovery_codes_are_shown_once_and_used_once(db, client):
    who = make.account()
    sign_in(client, who.email)
    page = client.get("/konto/drugi-skladnik/aplikacja/").content.decode()
    seed = make.seed_on(page)
    client.post("/konto/drugi-skladnik/aplikacja/", {"code": make.code_of(seed)})
    shown = re.findall(
        r"<code>(\d{10})</code>", client.get("/konto/drugi-skladnik/kody/").content.decode()
    )
    assert len(shown) == 10
    assert "<code>" not in client.get("/konto/drugi-skladnik/kody/").content.decode()
    taken_in_a_file(client, shown)
    for expected in (True, False):
        browser = Client()
        sign_in(browser, who.email)
        browser.post("/konto/zaloguj/kod/", {"code": shown[0]})
        assert is_signed_in(browser) is expected
