"""From an empty site to the first accepted member, with nothing of the demo, through its pages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kooperacja.audit.actor import named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from tenants.registry import directory, founding
from tenants.registry.models import Tenant, Unit
from tenants.registry.region import Region
from tenants.registry.workflow import TenantStatus
from tenants.schemas import actions as opening
from tenants.schemas import provisioning
from tests.factories import accounts
from tests.factories import people as make

COORDINATOR, ADMINISTRATOR, LEAD = "ewa@rops.example", "adam@ops.example", "lidia@ops.example"
GMINA, PLACE = "080101", "/gmina/debowo/"
SIX = (
    "common_goal",
    "organisational_frame",
    "information_exchange",
    "knowledge_exchange",
    "decision_process",
    "monitoring_rules",
)


@pytest.fixture
def empty_site(fresh_database: str) -> Iterator[None]:
    """A site that was migrated, and of which nothing else is known: no region, unit or account."""
    with provisioning.owner() as connection:
        connection.execute("TRUNCATE registry_region, registry_unit, accounts_account CASCADE")
    directory.forget()
    yield
    directory.forget()


def register(gmina: str = "Dębowo") -> SimpleUploadedFile:
    """A file as the official page gives it, of the fourteen powiaty of lubuskie."""
    day = "2026-01-01"
    rows = ["WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA", f"08;;;;LUBUSKIE;województwo;{day}"]
    for number in range(1, 13):
        rows.append(f"08;{number:02};;;powiatowy {'abcdefghijkl'[number - 1]};powiat;{day}")
        name = gmina if number == 1 else f"Lipowo {'abcdefghijkl'[number - 1]}"
        rows.append(f"08;{number:02};01;2;{name};gmina wiejska;{day}")
    for number, name in ((61, "Gorzów"), (62, "Zielona")):
        rows.append(f"08;{number};;;{name};miasto na prawach powiatu;{day}")
        rows.append(f"08;{number};01;1;{name};gmina miejska;{day}")
    return SimpleUploadedFile("TERC_Urzedowy.csv", "\n".join(rows).encode())


def work_in_background() -> None:
    """What the worker does: units that wait are opened, every outbox is drained."""
    for tenant in Tenant.objects.filter(status=TenantStatus.OPENING):
        assert opening.finish_opening(tenant)
    for ref in directory.open_tenants():
        with inside(ref):
            drain(Outgoing, handlers())
    drain(OutgoingMessage, handlers())


def mailed_to(address: str) -> str:
    """The address of the newest invitation mailed to somebody."""
    work_in_background()
    found = [str(one.body) for one in mail.outbox if one.to == [address]]
    link = re.search(r"http://testserver(/konto/zaproszenie/\S+)", found[-1])
    assert link is not None
    return link[1]


def joined(address: str, name: str) -> Client:
    """Somebody takes their invitation: a password, then the second factor that their role wants."""
    client, link = Client(), mailed_to(address)
    password = {"password1": accounts.PASSWORD, "password2": accounts.PASSWORD}
    home = client.post(link, {"full_name": name, **password}).headers["Location"]
    assert client.get(home).headers["Location"] == "/konto/drugi-skladnik/"
    app = "/konto/drugi-skladnik/aplikacja/"
    seed = accounts.seed_on(client.get(app).content.decode())
    client.post(app, {"code": accounts.code_of(seed)})
    assert client.get(home).status_code == 200
    return client


def sent(client: Client, url: str, **values: Any) -> str:
    """The form of a page, sent with what stands in it and these values; where it leads."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code, page.headers.get("Location"))
    there = {one.html_name: one.value() for one in page.context["form"]}
    data = {name: value for name, value in {**there, **values}.items() if value is not None}
    answer = client.post(url, data)
    assert answer.status_code == 302, (url, _wrong(answer))
    return str(answer.headers["Location"])


def _wrong(answer: HttpResponse) -> Any:
    context: Any = getattr(answer, "context", None)
    return context["form"].errors if context and "form" in context else answer.content.decode()


def test_from_an_empty_site_to_the_first_member(empty_site: None) -> None:
    assert not Region.objects.exists()
    assert not Unit.objects.exists()
    founding.found_region(
        by=named("Anna Operator"),
        code="08",
        rops_name="Regionalny Ośrodek Polityki Społecznej",
        coordinator_name="Ewa Wojewódzka",
        coordinator_email=COORDINATOR,
    )
    coordinator = joined(COORDINATOR, "Ewa Wojewódzka")
    open_unit(coordinator)
    administrator = joined(ADMINISTRATOR, "Adam Ośrodkowy")
    leads = {"full_name": "Lidia Liderska", "email": LEAD, "role": "LEAD", "basis": "nr 7"}
    sent(administrator, f"{PLACE}partnerstwo/osrodek/zaproszenie/", **leads)
    lead = joined(LEAD, "Lidia Liderska")
    adopt_regulation(lead)
    declaration = declare(lead)

    day = timezone.localdate().isoformat()
    sent(lead, f"{declaration}przyjecie/", decided_on=day)

    assert "przyjęto do Partnerstwa w dniu" in lead.get(declaration).content.decode()
    assert "Szkoła w Dębowie" in lead.get(f"{PLACE}partnerstwo/czlonkowie/").content.decode()
    work_in_background()
    assert any(one.to == ["piotr@szkola.example"] for one in mail.outbox)


def open_unit(coordinator: Client) -> None:
    """The register is read in after its preview, and a gmina opened with its administrator."""
    preview = coordinator.post("/region/gminy/rejestr/", {"file": register()}).headers["Location"]
    shown = coordinator.get(preview)
    assert len(shown.context["result"].new) == 29
    assert not Unit.objects.exists()
    assert coordinator.post(preview).headers["Location"] == "/region/gminy/"
    assert Unit.objects.count() == 29
    who = {"admin_name": "Adam Ośrodkowy", "admin_email": ADMINISTRATOR}
    sent(coordinator, f"/region/gminy/{GMINA}/otworz/", **who)
    work_in_background()
    assert Tenant.objects.get().status == TenantStatus.ACTIVE


def adopt_regulation(lead: Client) -> None:
    at = f"{PLACE}partnerstwo/regulamin/"
    draft = re.search(rf'href="({at}[0-9a-f-]{{36}}/)', lead.get(at).content.decode())
    assert draft is not None
    name = "Ośrodek Pomocy Społecznej w Dębowie"
    sent(lead, f"{PLACE}partnerstwo/osrodek/dane/", lead_name=name)
    sent(lead, f"{draft[1]}parametry/", place="Rynek 4, Dębowo")
    sent(lead, f"{draft[1]}ustalenia/", **dict.fromkeys(SIX, "Według zgody wszystkich."))
    sent(lead, f"{draft[1]}przyjecie/", adopted_place="Dębowie")


def declare(lead: Client) -> str:
    """An institution is entered and its declaration handed in; the address of the declaration."""
    at = f"{PLACE}partnerstwo/"
    school = {"name": "Szkoła w Dębowie", "sector": "EDUCATION", "regon": make.regon(77)}
    institution = sent(lead, f"{at}instytucje/nowa/", **school, city="Dębowo")
    key = institution.rstrip("/").rpartition("/")[2]
    sent(lead, f"{at}deklaracje/nowa/", organisation=key)
    found = re.search(rf"({at}deklaracje/[0-9a-f-]{{36}}/)", lead.get(institution).content.decode())
    assert found is not None
    sent(lead, f"{found[1]}podpis/", full_name="Dorota Dyrektorska", function="dyrektor")
    who = {"full_name": "Piotr Partnerski", "position": "pedagog", "email": "piotr@szkola.example"}
    sent(lead, f"{found[1]}koordynator/", **who)
    day = timezone.localdate().isoformat()
    signed = {"mode": "PAPER_SCAN", "signed_on": day, "received_on": day, "regulation_id": "on"}
    assert sent(lead, f"{found[1]}zlozenie/", **signed, file=make.pdf()) == found[1]
    return found[1]
