"""How long a session lasts, and what ends it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from kooperacja.accounts.models import Account
from kooperacja.accounts.sessions import end_sessions
from kooperacja.inbox.models import OutgoingMessage
from tests.factories import accounts as make

START = datetime(2025, 3, 3, 8, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
PAGE = "/konto/profil/"


@pytest.fixture
def clock(db):
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_an_idle_session_is_over_and_says_why(clock):
    client = make.client_of(make.account())
    clock.shift(timedelta(minutes=59))
    assert client.get(PAGE).status_code == 200
    clock.shift(timedelta(minutes=60))
    response = client.get(PAGE)
    assert response.url == f"/konto/zaloguj/?next={PAGE}"
    assert (
        "przez dłuższy czas nic się w niej nie działo" in client.get(response.url).content.decode()
    )


def test_whoever_lost_their_session_meanwhile_is_told_why_they_sign_in_again(clock):
    client = make.client_of(make.account())
    client.session.delete()
    response = client.get(PAGE)
    assert response.url == f"/konto/zaloguj/?next={PAGE}"
    assert client.get(response.url).content.decode().count("Ta sesja już się skończyła") == 1
    assert "Ta sesja" not in client.get(response.url).content.decode()


def test_a_newcomer_is_told_of_no_session(clock):
    client = Client()
    response = client.get(PAGE)
    assert "sesja" not in client.get(response.url).content.decode()


def test_a_form_sent_too_late_is_said_not_to_be_saved(clock):
    who = make.account()
    client = Client(enforce_csrf_checks=True)
    client.cookies = make.client_of(who).cookies
    form = {"csrfmiddlewaretoken": str(client.get(PAGE).context["csrf_token"])}
    clock.shift(timedelta(minutes=61))
    response = client.post(PAGE, form | {"full_name": "Inna Osoba"})
    assert response.url == f"/konto/zaloguj/?next={PAGE}"
    assert "nie został zapisany" in client.get(response.url).content.decode()
    who.refresh_from_db()
    assert who.full_name == "Anna Próbna"


def test_use_does_not_prolong_a_session_beyond_twelve_hours(clock):
    client = make.client_of(make.account())
    for _ in range(23):
        clock.shift(timedelta(minutes=31))
        assert client.get(PAGE).status_code == 200
    clock.shift(timedelta(minutes=31))
    assert client.get(PAGE).status_code == 302


def test_polling_is_no_use_of_a_session(clock, monkeypatch):
    from kooperacja.accounts import views

    client = make.client_of(make.account())
    monkeypatch.setattr(views.profile, "is_passive", True, raising=False)
    clock.shift(timedelta(minutes=40))
    assert client.get(PAGE).status_code == 200
    clock.shift(timedelta(minutes=40))
    assert client.get(PAGE).status_code == 302


def test_a_view_may_allow_less_idleness(clock, monkeypatch):
    from kooperacja.accounts import views

    client = make.client_of(make.account())
    monkeypatch.setattr(views.profile, "idle_minutes", 30, raising=False)
    clock.shift(timedelta(minutes=29))
    assert client.get(PAGE).status_code == 200
    clock.shift(timedelta(minutes=30))
    assert client.get(PAGE).status_code == 302


def test_ending_sessions_keeps_the_one_in_hand(clock):
    who = make.account()
    kept, other = make.client_of(who), make.client_of(who)
    clock.shift(timedelta(minutes=1))
    session = kept.session
    end_sessions(who, keep=session)
    session.save()
    assert kept.get(PAGE).status_code == 200
    assert other.get(PAGE).status_code == 302
    assert make.client_of(Account.objects.get()).get(PAGE).status_code == 200


def test_a_new_password_ends_other_sessions_and_is_told_by_mail(clock):
    who = make.account()
    here, elsewhere = make.client_of(who), make.client_of(who)
    clock.shift(timedelta(minutes=1))
    new = "calkiem-nowe-zdanie-na-haslo"
    data = {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
    assert here.post("/konto/haslo/", data).url == "/konto/bezpieczenstwo/"
    assert here.get(PAGE).status_code == 200
    assert elsewhere.get(PAGE).status_code == 302
    mail = OutgoingMessage.objects.get().payload
    assert mail["email"] == who.email
    assert "Zmieniono hasło" in mail["text"]


def test_a_weak_password_is_refused_and_changes_nothing(db):
    who = make.account()
    data = {"oldpassword": make.PASSWORD, "password1": "krotkie", "password2": "krotkie"}
    assert make.client_of(who).post("/konto/haslo/", data).status_code == 200
    before = who.password
    who.refresh_from_db()
    assert who.password == before


def signed_in(who):
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/128.0"})
    client.post("/konto/zaloguj/", {"login": who.email, "password": make.PASSWORD})
    return client


def test_sessions_are_listed_and_can_be_ended_one_by_one(db):
    who = make.account()
    here, elsewhere = signed_in(who), signed_in(who)
    page = here.get("/konto/sesje/")
    assert page.content.decode().count("Firefox, Linux</strong>") == 2
    key = here.session.session_key
    other = next(s for s in page.context["sessions"] if s.session_key != key)
    here.post("/konto/sesje/", {"session": other.pk})
    assert elsewhere.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200


def test_nobody_ends_the_session_of_another_account(db):
    mine, foreign = signed_in(make.account()), signed_in(make.account())
    other = foreign.get("/konto/sesje/").context["sessions"][0]
    assert mine.post("/konto/sesje/", {"session": other.pk}).status_code == 404
    assert foreign.get(PAGE).status_code == 200


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 20, "-1", "\u00b2", "abc", "\x00"])
def test_what_is_no_session_ends_none(db, number):
    who = make.account()
    here, elsewhere = signed_in(who), signed_in(who)
    assert here.post("/konto/sesje/", {"session": number}).status_code == 404
    assert elsewhere.get(PAGE).status_code == 200


def test_name_can_be_changed(db):
    who = make.account()
    make.client_of(who).post(PAGE, {"full_name": "Barbara Nowa"})
    who.refresh_from_db()
    assert who.full_name == "Barbara Nowa"
