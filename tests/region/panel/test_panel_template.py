"""The region publishes a template of the regulation; tenants are only offered it."""

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenants.exchange.clauses import framework
from tenants.exchange.forms import name_of
from tenants.exchange.models import RegulationTemplate
from tests.factories import accounts

CURRENT, NEW = reverse("panel:regulation_template"), reverse("panel:regulation_template_new")


def sent(changed: dict[str, str], *, after: int, note: str = "Doprecyzowano.") -> dict[str, str]:
    newest = RegulationTemplate.objects.first()
    before = newest.clauses if newest else framework()
    texts = {one["ref"]: one["text"] for one in before} | changed
    return {name_of(ref): text for ref, text in texts.items()} | {"note": note, "after": str(after)}


def test_before_the_first_template_the_framework_regulation_is_shown(coordinator: Client) -> None:
    page = coordinator.get(CURRENT).content.decode()
    assert "Opublikuj pierwszą wersję" in page
    assert "Nie opublikowano jeszcze żadnego wzoru" in page
    assert "Kooperantów – podmioty, które podpisały" in page


def test_the_template_costs_the_same_however_many_there_were(coordinator: Client) -> None:
    accounts.with_fresh_factor(coordinator)
    counts = []
    for number in range(3):
        coordinator.post(NEW, sent({"2.7": f"Brzmienie {number}."}, after=number))
        for page in (CURRENT, NEW):
            with CaptureQueriesContext(connections["shared"]) as asked:
                assert coordinator.get(page).status_code == 200
            counts.append(len(asked))
    assert counts == [8, 5] * 3


def test_a_template_is_published_and_the_next_begins_from_it(coordinator: Client) -> None:
    accounts.with_fresh_factor(coordinator)
    assert coordinator.post(NEW, sent({"2.7": "Nowe brzmienie."}, after=0)).status_code == 302
    assert coordinator.post(NEW, sent({"2.9": ""}, after=1)).status_code == 302
    refs = {one["ref"]: one["text"] for one in RegulationTemplate.objects.get(number=2).clauses}
    assert (refs["2.7"], "2.9" in refs) == ("Nowe brzmienie.", False)
    assert "nr 1" in coordinator.get(CURRENT).content.decode()


def test_of_two_who_publish_the_later_keeps_the_text_and_learns_of_the_other(
    coordinator: Client,
) -> None:
    accounts.with_fresh_factor(coordinator)
    coordinator.post(NEW, sent({"2.7": "Pierwszy."}, after=0))
    answer = coordinator.post(NEW, sent({"2.7": "Drugi."}, after=0))
    page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert (answer.status_code, RegulationTemplate.objects.count()) == (422, 1)
    assert "W międzyczasie opublikowano wzór nr 1" in page
    assert "Drugi." in page
    assert 'name="after" value="1"' in page


def test_the_same_text_and_unknown_blanks_are_refused(coordinator: Client) -> None:
    accounts.with_fresh_factor(coordinator)
    same = coordinator.post(NEW, sent({}, after=0))
    assert "Nic się nie zmieniło" in same.content.decode()
    unknown = coordinator.post(NEW, sent({"1.1": "[[nikt]]"}, after=0))
    assert "Pola [[nikt]] nie ma" in unknown.content.decode()
    assert (same.status_code, unknown.status_code) == (422, 422)
    assert not RegulationTemplate.objects.exists()


def test_publishing_twice_in_a_row_asks_for_a_second_factor(coordinator: Client) -> None:
    answer = coordinator.post(NEW, sent({"2.7": "Inaczej."}, after=0))
    assert (answer.status_code, RegulationTemplate.objects.count()) == (302, 0)


def test_a_template_has_a_greatest_size(coordinator: Client) -> None:
    accounts.with_fresh_factor(coordinator)
    answer = coordinator.post(
        NEW,
        sent({one["ref"]: "x" * 5000 for one in framework()[:40] if "." in one["ref"]}, after=0),
    )
    assert answer.status_code == 422
    assert "Cały regulamin może mieć najwyżej 150\xa0000 znaków" in answer.content.decode()
    assert not RegulationTemplate.objects.exists()
