""" "Pierwsze kroki" of a new unit: what is ticked, who sees it, and that it goes when all is done."""

import re

from django.test import Client

from kooperacja import offers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership import today
from tenants.partnership.models import Partnership
from tenants.people.models import RoleAssignment
from tenants.people.today import FirstStep
from tenants.registry.roles import Role
from tenants.regulation.today import NO_REGULATION
from tests.factories import accession as make_accession
from tests.factories import data_protection as make_data
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import regulation as make_regulation
from tests.tenants.reading import HOME, queries_of, text_of

DONE, TO_DO = "zrobione", "do zrobienia"


def steps_at(client: Client) -> dict[str, str]:
    """Each step on "Co dziś" with its mark."""
    page = text_of(client.get(HOME))
    _, found, rest = page.partition('id="kroki"')
    listed = rest.partition("</section>")[0] if found else ""
    marks = rf"({DONE}|{TO_DO})</span>\s*</p>\s*<div>\s*<p>([^<]+)</p>"
    return {words: mark for mark, words in re.findall(marks, listed)}


def manager(gmina: TenantRef) -> Client:
    client, _ = make.signed_in(gmina, Role.TENANT_ADMIN)
    return client


def test_a_new_unit_is_told_all_its_steps_and_each_leads_to_its_page(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        client = manager(gmina)
    steps = steps_at(client)
    assert list(steps) == [step.words for step in offers.of(FirstStep)]
    assert set(steps.values()) == {TO_DO}
    listed = text_of(client.get(HOME)).partition('id="kroki"')[2].partition("</section>")[0]
    links = re.findall(r'href="([^"]+)"', listed)
    assert [client.get(link).status_code for link in links] == [200] * len(steps)


def test_each_step_is_ticked_by_what_was_done_and_nothing_is_kept(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        client = manager(gmina)
        Partnership.objects.update(lead_name="Ośrodek Pomocy Społecznej w Gogolinie")
    ticked = [words for words, mark in steps_at(client).items() if mark == DONE]
    assert ticked == ["Uzupełnij pełną nazwę i dane ośrodka"]
    with inside(gmina):
        make.lead()
        make_regulation.in_force()
    left = [words for words, mark in steps_at(client).items() if mark == TO_DO]
    assert left[0] == "Wyznacz pracownika ds. sieci"
    with inside(gmina):
        RoleAssignment.objects.filter(role=Role.LEAD).delete()
    assert steps_at(client)["Zaproś osobę, która reprezentuje Lidera"] == TO_DO


def _all_is_done(gmina: TenantRef) -> None:
    make_partnership.found(gmina)
    make.person(Role.NETWORK_OFFICER)
    member = make_partnership.member(make_accession.filed(make.lead()).organisation)
    make_data.agreement(member.organisation)


def test_the_steps_go_when_all_are_taken_and_do_not_come_back(gmina: TenantRef) -> None:
    with inside(gmina):
        _all_is_done(gmina)
        client = manager(gmina)
    assert steps_at(client) == {}
    with inside(gmina):
        RoleAssignment.objects.filter(role=Role.NETWORK_OFFICER).update(ended_on=make.ESTABLISHED)
    assert steps_at(client) == {}


def test_what_a_step_asks_for_is_asked_for_once(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        client = manager(gmina)
    page = text_of(client.get(HOME))
    assert page.count(today.NAME_STANDS) == 1
    assert page.count("(§ 1 ust. 3 lit. b regulaminu)") == 1
    assert page.count(NO_REGULATION) == 1
    assert "Nic więcej na Ciebie nie czeka." in page


def test_what_was_done_once_and_is_missing_again_waits_beside_the_steps(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        client = manager(gmina)
        make.lead()
        RoleAssignment.objects.filter(role=Role.LEAD).update(ended_on=make.ESTABLISHED)
    assert steps_at(client)["Zaproś osobę, która reprezentuje Lidera"] == DONE
    assert "Nikt nie reprezentuje dziś Lidera" in text_of(client.get(HOME))


def test_only_who_runs_the_unit_is_told(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        clients = [make.signed_in(gmina, role)[0] for role in (Role.NETWORK_OFFICER, Role.DPO)]
        lead, _ = make.signed_in(gmina, Role.LEAD)
    assert [steps_at(client) for client in clients] == [{}, {}]
    assert steps_at(lead) != {}


def test_the_steps_cost_one_question_whatever_they_are(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        client = manager(gmina)
    client.get(HOME)
    before = queries_of(client, HOME)
    with inside(gmina):
        make.organisation()
    assert queries_of(client, HOME) == before
