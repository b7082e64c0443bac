"""The page of the first run founds the region once; the front door says what to do before."""

import pytest
from django.core import mail
from django.test import Client

from kooperacja.inbox.models import OutgoingMessage
from kooperacja.outbox.drain import drain, handlers
from tenants.registry import founding
from tenants.registry.models import Invitation
from tenants.registry.region import Region, RegionEntry
from tests.tenants.reading import text_of
from tests.tenants.registry.test_founding import ASKED, BY, left


@pytest.fixture
def link(db: None) -> str:
    """The page of the first run of a site without a region."""
    Region.objects.all().delete()
    return founding.issue_link()


def test_the_front_door_of_a_site_without_a_region_says_what_to_do(link: str) -> None:
    for path in ("/", "/konto/zaloguj/", "/region/"):
        assert link.split("/")[2] not in Client().get(path).content.decode()
    page = Client().get("/")
    assert page.status_code == 200
    assert "kooperacja found" in text_of(page)
    founding.found_region(by=BY, **ASKED)
    assert Client().get("/").headers["Location"] == "/konto/zaloguj/"


def test_the_form_founds_the_region_and_says_where_the_invitation_went(link: str) -> None:
    client = Client()
    assert "Pierwsze uruchomienie" in text_of(client.get(link))
    answer = client.post(link, ASKED)
    assert answer.headers["Location"] == "/pierwsze-uruchomienie/"
    assert "ewa@rops.example" in text_of(client.get("/pierwsze-uruchomienie/"))
    assert Region.objects.get().code == "16"
    assert {entry.actor_name for entry in RegionEntry.objects.all()} == {"administrator serwera"}
    drain(OutgoingMessage, handlers())
    assert "/konto/zaproszenie/" in str(mail.outbox[0].body)


def test_afterwards_the_link_opens_nothing_and_nobody_else_reads_the_address(link: str) -> None:
    Client().post(link, ASKED)
    before = left()
    page = Client().get(link)
    assert page.status_code == 404
    assert "Ten adres nie jest już ważny" in text_of(page)
    assert Client().post(link, {**ASKED, "coordinator_email": "ja@obcy.example"}).status_code == 404
    assert Client().get("/pierwsze-uruchomienie/").headers["Location"] == "/"
    assert left() == before


@pytest.mark.parametrize("end", ["x/", "zgadywany/"])
def test_a_guessed_link_founds_nothing(link: str, end: str) -> None:
    guessed = f"{link[:-1]}{end}" if end == "x/" else f"/pierwsze-uruchomienie/{end}"
    for method in ("get", "post"):
        page = getattr(Client(), method)(guessed, ASKED)
        assert page.status_code == 404
        assert "Ten adres nie jest ważny" in text_of(page)
    assert left() == ([], [], 0, [])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": ""}, "To pole jest wymagane"),
        ({"code": "17"}, "Województwo"),
        ({"rops_name": "R" * 201}, "Pełna nazwa ROPS"),
        ({"coordinator_email": "ewa"}, "Podaj adres e-mail"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(link: str, wrong: dict[str, str], said: str) -> None:
    page = Client().post(link, {**ASKED, **wrong})
    assert page.status_code == 422
    assert said in text_of(page)
    assert not Invitation.objects.exists()
    assert Client().get(link).status_code == 200
