"""The region's wording is offered; a tenant takes it over clause by clause, or keeps its own."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import named
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange.actions import publish_template
from tenants.exchange.clauses import framework
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation.actions import template
from tenants.regulation.models import RegulationVersion
from tenants.regulation.today import template_waits
from tests.factories import people as make
from tests.factories import regulation as make_regulation

PAGE = "/gmina/gogolin/partnerstwo/regulamin/wzor/"


def publish(changed: dict[str, str], after: int = 0) -> None:
    texts = {one["ref"]: one["text"] for one in framework()} | changed
    rows = [{"ref": ref, "text": text} for ref, text in texts.items() if text]
    publish_template(by=named("ROPS"), clauses=rows, note="Nowe brzmienie.", after=after)


def texts_of(version: RegulationVersion) -> dict[str, str]:
    return {row["ref"]: row["text"] for row in version.clauses}


@pytest.fixture
def officer(in_partnership: TenantRef) -> tuple[Client, Person]:
    return make.signed_in(in_partnership, Role.NETWORK_OFFICER)


def test_only_the_chosen_clauses_get_the_templates_wording(
    in_partnership: TenantRef, officer: tuple[Client, Person]
) -> None:
    publish({"2.7": "Nowe brzmienie.", "2.9": "", "2.12": "Nowy ustęp.", "6.2": "Inaczej."})
    page = officer[0].get(PAGE).content.decode()
    assert all(f'value="{ref}"' in page for ref in ("2.7", "2.9", "2.12", "6.2"))
    answer = officer[0].post(PAGE, {"key": uuid7(), "refs": ["2.7", "2.9", "2.12"]})
    with inside(in_partnership):
        draft = RegulationVersion.objects.get(state="DRAFT")
        in_force = RegulationVersion.objects.get(number=1)
    assert answer.headers["Location"].endswith(f"/regulamin/{draft.pk}/")
    texts = texts_of(draft)
    assert (texts["2.7"], texts["2.12"]) == ("Nowe brzmienie.", "Nowy ustęp.")
    assert "2.9" not in texts
    assert texts["6.2"] == texts_of(in_force)["6.2"]
    assert list(texts).index("2.12") == list(texts).index("2.11") + 1
    assert texts_of(in_force) == {one["ref"]: one["text"] for one in framework()}


def test_choosing_nothing_keeps_the_own_wording_and_asks_no_more(
    in_partnership: TenantRef, officer: tuple[Client, Person]
) -> None:
    publish({"2.7": "Nowe brzmienie."})
    client, person = officer
    assert len(list(template_waits(person, timezone.localdate()))) == 1
    assert client.post(PAGE, {"key": uuid7()}).status_code == 302
    with inside(in_partnership):
        assert list(template_waits(person, timezone.localdate())) == []
        assert not RegulationVersion.objects.filter(state="DRAFT").exists()
        publish({"2.7": "Jeszcze inaczej."}, after=1)
        assert len(list(template_waits(person, timezone.localdate()))) == 1


def test_during_a_voting_nothing_is_taken_over(
    in_partnership: TenantRef, officer: tuple[Client, Person]
) -> None:
    publish({"2.7": "Nowe brzmienie."})
    voting = make_regulation.amendment("VOTING", meetings_count=3)
    before = texts_of(voting)
    answer = officer[0].post(PAGE, {"key": uuid7(), "refs": ["2.7"]})
    with inside(in_partnership):
        voting.refresh_from_db()
    assert answer.status_code == 409
    assert (texts_of(voting), voting.template_number) == (before, None)


def test_a_clause_that_no_longer_differs_is_refused(officer: tuple[Client, Person]) -> None:
    publish({"2.7": "Nowe brzmienie."})
    answer = officer[0].post(PAGE, {"key": uuid7(), "refs": ["1.1"]})
    assert answer.status_code == 422
    assert "Tego ustępu wzór już nie zmienia" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.DPO])
def test_who_writes_no_regulation_takes_nothing_over(in_partnership: TenantRef, role: str) -> None:
    publish({"2.7": "Nowe brzmienie."})
    client, _ = make.signed_in(in_partnership, role)
    answer: Any = client.post(PAGE, {"key": uuid7(), "refs": ["2.7"]})
    assert answer.status_code == 403
    with inside(in_partnership):
        assert RegulationVersion.objects.count() == 1


def test_the_same_form_sent_twice_makes_one_draft(lead: Person) -> None:
    publish({"2.7": "Nowe brzmienie."})
    key = uuid7()
    for _ in range(2):
        template.take_over_clauses(by=make.by(lead), key=key, number=1, refs=["2.7"])
    assert RegulationVersion.objects.filter(state="DRAFT").count() == 1


def test_what_is_taken_over_makes_no_regulation_too_long(
    in_partnership: TenantRef, officer: tuple[Client, Person]
) -> None:
    publish({"2.7": "Nowe brzmienie.", "2.12": "Nowy ustęp."})
    with inside(in_partnership):
        long = [{"ref": f"10.{n + 50}", "text": "Ustęp."} for n in range(130)]
        row = RegulationVersion.objects.get(number=1)
        RegulationVersion.objects.filter(number=1).update(clauses=row.clauses + long)
    answer = officer[0].post(PAGE, {"key": uuid7(), "refs": ["2.7", "2.12"]})
    assert answer.status_code == 422
    assert "najwyżej 200 ustępów" in answer.content.decode()
    with inside(in_partnership):
        assert not RegulationVersion.objects.filter(state="DRAFT").exists()
