"""Limits of attempts: kept whatever else happens, exact, and no weapon against their owner."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import Rate
from django.db import connections
from django.test import Client

from kooperacja.accounts import limits
from kooperacja.accounts.models import Attempts
from kooperacja.accounts.tasks import forget_old_attempts
from tests.factories import accounts as make

LOGIN = "/konto/zaloguj/"
WRONG = "zupelnie-inne-haslo-tutaj"
NOW = 1_800_000_000.0


def try_from(network: str, who, password: str = make.PASSWORD) -> Client:
    client = Client(REMOTE_ADDR=network)
    client.page = client.post(LOGIN, {"login": who.email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def is_slowed_down(client: Client) -> bool:
    return "Za dużo prób" in client.page.content.decode()


@pytest.fixture
def clock(db):
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_two_at_once_count_as_two(fresh_database):
    start = threading.Barrier(8)

    def attempt(_: int) -> list[int]:
        start.wait()
        try:
            return [limits.count("drzwi", until=NOW + 60) for _ in range(25)]
        finally:
            connections["shared"].close()

    with time_machine.travel(NOW, tick=False), ThreadPoolExecutor(8) as pool:
        counted = [number for row in pool.map(attempt, range(8)) for number in row]
    assert sorted(counted) == list(range(1, 201))


def test_of_many_guesses_at_once_no_more_are_tried_than_one_after_another(fresh_database):
    who = make.account()
    start = threading.Barrier(9)

    def guess(_: int) -> bool:
        start.wait()
        try:
            return is_slowed_down(try_from("203.0.113.1", who, WRONG))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(9) as pool:
        refused = list(pool.map(guess, range(9)))
    assert refused.count(False) == 5


def test_who_only_asks_counts_nothing(clock, rf):
    rate = Rate(amount=1, duration=60, per="ip")

    def attempt(*, dry_run: bool) -> bool:
        told = limits.consume(rf.get("/"), app="t", action="t", rate=rate, dry_run=dry_run)
        return told is not None

    assert [attempt(dry_run=True), attempt(dry_run=True)] == [True, True]
    assert [attempt(dry_run=False), attempt(dry_run=True)] == [True, False]


def test_other_attempts_push_none_out(clock):
    limits.count("drzwi", until=NOW + 60)
    for number in range(400):
        limits.count(f"inne:{number}", until=NOW + 60)
    assert limits.count("drzwi", until=NOW + 60) == 2


def test_attempts_count_anew_after_their_time_and_are_swept(clock):
    for expected in (1, 2):
        assert limits.count("drzwi", until=NOW + 60) == expected
    clock.shift(timedelta(seconds=59))
    assert limits.count("drzwi", until=NOW + 119) == 3
    clock.shift(timedelta(seconds=1))
    assert limits.count("drzwi", until=NOW + 120) == 1
    forget_old_attempts()
    assert Attempts.objects.count() == 1
    clock.shift(timedelta(seconds=60))
    forget_old_attempts()
    assert not Attempts.objects.exists()


def test_a_stranger_elsewhere_does_not_lock_the_owner_out(db):
    who = make.account()
    strangers = [try_from("203.0.113.9", who, WRONG) for _ in range(6)]
    assert is_slowed_down(strangers[-1])
    assert is_in(try_from("198.51.100.1", who))


def test_many_networks_together_are_slowed_down_but_not_the_owners_own(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,6/d/anywhere"}
    who = make.account()
    assert is_in(try_from("198.51.100.1", who))
    guesses = [try_from(f"203.0.113.{number}", who, WRONG) for number in range(7)]
    assert [is_slowed_down(guess) for guess in guesses] == [False] * 6 + [True]
    assert not is_in(try_from("203.0.113.77", who))
    assert is_in(try_from("198.51.100.1", who))


def test_coming_in_oneself_gives_no_new_guesses_at_others(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "4/m/ip"}
    victim, guesser = make.account(), make.with_totp(make.account())
    for _ in range(3):
        try_from("203.0.113.9", victim, WRONG)
    own = try_from("203.0.113.9", guesser)
    own.post("/konto/zaloguj/kod/", {"code": make.code_of()})
    assert is_in(own)
    assert not is_slowed_down(try_from("203.0.113.9", victim, WRONG))
    assert is_slowed_down(try_from("203.0.113.9", victim, WRONG))


def test_a_refusal_says_how_long_to_wait_and_what_to_do(clock):
    who = make.account()
    for _ in range(5):
        try_from("203.0.113.9", who, WRONG)
    clock.shift(61)
    page = try_from("203.0.113.9", who).page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Za dużo prób w krótkim czasie</h2>" in page
    assert "Popraw dane w formularzu" not in page
    assert "Odczekaj 4 minuty i spróbuj ponownie." in page
    assert "Ustaw nowe: odnośnik jest na stronie logowania." in page


def test_wrong_codes_from_elsewhere_do_not_lock_the_owner_out(db):
    who = make.with_totp(make.account())
    stranger = try_from("203.0.113.9", who)
    for _ in range(6):
        page = stranger.post("/konto/zaloguj/kod/", {"code": "000000"})
    assert "Za dużo prób" in page.content.decode()
    owner = try_from("198.51.100.1", who)
    owner.post("/konto/zaloguj/kod/", {"code": make.code_of()})
    assert is_in(owner)


def test_requests_for_new_passwords_are_counted_whatever_else_is_asked(db):
    who = make.account()
    client = Client(REMOTE_ADDR="203.0.113.9")
    answers = [client.post("/konto/haslo/odzyskaj/", {"email": who.email}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("::FFFF:c633:6408", "198.51.100.8"),
        ("198.51.100.9", "198.51.100.9"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::"),
    ],
)
def test_an_ipv4_address_written_as_ipv6_is_its_own_network(rf, address, network):
    assert ratelimit.get_ip(rf.get("/", REMOTE_ADDR=address)) == network


def test_who_comes_by_ipv4_inside_ipv6_is_not_slowed_down_by_another(db):
    who, other = make.account(), make.account()
    for _ in range(6):
        slowed = try_from("::ffff:203.0.113.1", who, WRONG)
    assert is_slowed_down(slowed)
    assert is_slowed_down(try_from("203.0.113.1", who, WRONG))
    assert not is_slowed_down(try_from("::ffff:203.0.113.2", who, WRONG))
    assert is_in(try_from("::ffff:203.0.113.2", other))


def test_neither_addresses_nor_networks_are_kept(db):
    who = make.account()
    try_from("203.0.113.9", who, WRONG)
    kept = str(list(Attempts.objects.values()))
    assert "'key'" in kept
    assert "203.0.113" not in kept
    assert who.email not in kept
