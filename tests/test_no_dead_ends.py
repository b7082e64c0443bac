"""Nothing is offered that the rules would refuse: before there is a regulation, and once dissolved."""

from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import leaving
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.place import Place, undone

LEFT_OUT = (
    *("/usuniecie/", "/koniec/"),  # say what must be done before
    *("/osoby/", "/dziennik/", "/pliki/", "/szablony/", "."),  # rows alike by the dozen, and files
)
REFUSALS = {403, 404, 405, 409}
PLAIN = {"email": "proba@example.pl", "date": "", "file": None, "checkbox": "on", "number": "1"}


def pages(client: Client, home: str) -> Iterator[tuple[str, Any]]:
    """Every page to which links lead from the first one, each with its answer."""
    asked, waiting = {home}, deque([home])
    while waiting:
        at = waiting.popleft()
        answer = client.get(at)
        yield at, answer
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        for link in lxml.html.fromstring(answer.content).xpath("//a/@href"):
            path = urlsplit(urljoin(at, link)).path
            is_page = path.startswith(home) and not any(part in path for part in LEFT_OUT)
            if is_page and path not in asked:
                asked.add(path)
                waiting.append(path)


def filled(form: Any) -> dict[str, Any]:
    """What somebody might send: what stands there, else the first choice, today, a few words."""
    sent: dict[str, Any] = {}
    for field in form.xpath(".//*[@name]"):
        kind = field.get("type", field.tag)
        chosen = field.xpath(".//option[@value!='']/@value") if field.tag == "select" else []
        plain = {"date": str(timezone.localdate()), "file": make.pdf()}.get(kind, "Próba")
        value = field.get("value") or PLAIN.get(kind) or plain
        sent.setdefault(field.get("name"), chosen[0] if chosen else value)
    return sent


def dead_ends(client: Client, tenant: TenantRef) -> list[tuple[str, int]]:
    """Links and forms of a unit's pages that lead to a refusal."""
    home, found = f"{tenant.prefix}/", []
    for at, answer in pages(client, home):
        if answer.status_code in REFUSALS:
            found.append((at, answer.status_code))
            continue
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        for form in lxml.html.fromstring(answer.content).xpath("//main//form[@method='post']"):
            to = urlsplit(urljoin(at, form.get("action") or at)).path
            with inside(tenant), undone():
                status = client.post(to, filled(form)).status_code
            if status in REFUSALS:
                found.append((f"POST {to} on {at}", status))
    return found


def test_nothing_is_offered_that_is_refused_once_dissolved(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "_require_majority", lambda by, partnership: None)
    with inside(place.here):
        leaving.dissolve(by=make.by(make.lead()))
    lead, applicant = (dead_ends(place.clients[one], place.here) for one in "LZ")
    assert (lead, applicant) == ([], [])


def test_nothing_is_offered_that_is_refused_before_there_is_a_regulation(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        client, _ = make.signed_in(gmina, Role.LEAD, Role.TENANT_ADMIN)
        make.organisation()
    assert dead_ends(client, gmina) == []
