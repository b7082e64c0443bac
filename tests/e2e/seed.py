"""Fills the site's database, run as a program: a living gmina, people of every role, odd states.

Writes what the tests must know (sessions, ids, links) to the file it is given.
"""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from uuid6 import uuid7  # noqa: E402

from kooperacja.accounts import tokens  # noqa: E402
from kooperacja.accounts.models import Account, TokenScope  # noqa: E402
from kooperacja.audit.actor import named  # noqa: E402
from kooperacja.inbox.actions import deliver_to_inbox  # noqa: E402
from kooperacja.inbox.models import OutgoingMessage  # noqa: E402
from kooperacja.tenancy.context import inside  # noqa: E402
from kooperacja.tenancy.ref import TenantRef  # noqa: E402
from region.directory.actions import publish_services  # noqa: E402
from region.monitoring.actions import backfill  # noqa: E402
from tenants.baskets.actions import services  # noqa: E402
from tenants.baskets.models.searches import SavedSearch  # noqa: E402
from tenants.demo import history  # noqa: E402
from tenants.demo.places import PLACES, Health, Papers  # noqa: E402
from tenants.exchange.actions import publish_template  # noqa: E402
from tenants.exchange.clauses import framework  # noqa: E402
from tenants.meetings.models.meetings import Outcome  # noqa: E402
from tenants.partnership.actions import engagement  # noqa: E402
from tenants.partnership.models import Membership  # noqa: E402
from tenants.people.models import Person  # noqa: E402
from tenants.registry import actions as registry  # noqa: E402
from tenants.registry import directory, invitations, teryt  # noqa: E402
from tenants.registry.models import Access, Invitation, Tenant  # noqa: E402
from tenants.registry.roles import Role  # noqa: E402
from tenants.services.visibility import Visibility  # noqa: E402
from tests.declared import Page, Rows, SharedPage, apps, every  # noqa: E402
from tests.e2e import county, eight_members, walkers  # noqa: E402
from tests.factories import accession as make_accession  # noqa: E402
from tests.factories import accounts  # noqa: E402
from tests.factories import baskets as make_baskets  # noqa: E402
from tests.factories import meetings as make_meetings  # noqa: E402
from tests.factories import people as make  # noqa: E402
from tests.factories import support as make_support  # noqa: E402
from tests.factories.registry import OWN_FILE, register_file  # noqa: E402

OFFICE = (Role.TENANT_ADMIN, Role.LEAD, Role.NETWORK_OFFICER, Role.SOCIAL_WORKER, Role.DPO)
PARTNERS = (Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD, Role.PARTNER_WORKER)
_PUBLIC = dict.fromkeys(("sees_service", "sees_contact", "sees_place"), Visibility.PUBLIC)
_LISTED: dict[str, Any] = {
    "listed_service": {"name": f"Poradnia {make.LONG}"[:200], **_PUBLIC},
    "listed_bare": {"name": "Klub", "sees_service": Visibility.PUBLIC},
    "listed_stopped": {"name": "Świetlica z przerwą", **_PUBLIC},
}
facts: dict[str, Any] = {"sessions": {}, "rows": {}, "addresses": {}}


def _tenant(slug: str) -> TenantRef:
    found = directory.find(slug)
    assert found is not None
    return found


def _keep(
    name: str, client: Client, show: Callable[..., Client] = accounts.with_fresh_factor
) -> Client:
    """The browser becomes this person: signed in, by default with a second factor just shown."""
    # Fresh for as long as the tests take on a busy machine.
    show(client, lasts=4 * 3600)
    facts["sessions"][name] = client.session.session_key
    return client


def _people(gogolin: TenantRef, rows: Rows) -> tuple[Person, Person]:
    """Of the office, and of the long-named kooperant; its coordinator and the Lider are returned."""
    people: dict[str, Person] = {}
    for role in (*OFFICE, *PARTNERS):
        of = rows["member"] if role in PARTNERS else None
        client, people[role] = make.signed_in(gogolin, role, organisation=of)
        _keep(role, client)
    gone, person = make.signed_in(gogolin, Role.PARTNER_HEAD, organisation=rows["member"])
    Access.objects.filter(person_id=person.pk).update(ended_at=timezone.now())
    _keep("LEAVER", gone)
    rows["authorised"] = people[Role.PARTNER_WORKER]
    for writer in ("writer", "plain_writer"):
        _, person = make.signed_in(gogolin, Role.NETWORK_OFFICER)
        facts["addresses"][writer] = person.email
    # A second browser of somebody, who signs out in it.
    leaving = Account.objects.get(pk=people[Role.PARTNER_WORKER].account_id)
    _keep("leaving", accounts.client_of(leaving))
    return people[Role.PARTNER_COORDINATOR], people[Role.LEAD]


def _applicant(gogolin: TenantRef, rows: Rows) -> None:
    """Somebody who was invited and has filled in everything but the signature."""
    of = make.organisation(name=f"Fundacja przy {make.LONG}")
    client, _, made = make_accession.invited(gogolin, rows["lead"], of)
    _keep(Role.APPLICANT, client)
    rows["draft"] = make_accession.stated(rows["lead"], make_accession.named(rows["lead"], made))


def _delegate(gogolin: TenantRef, rows: Rows) -> None:
    """Somebody whom an institution of the county named for the GGK, and who has not accepted yet."""
    client, _ = make.signed_in(gogolin, Role.DELEGATE, organisation=make.organisation())
    _keep(Role.DELEGATE, client)
    assert rows["delegation"]


def _member(rows: Rows) -> None:
    """The long-named kooperant, as the Lider marked it."""
    rows["membership"] = Membership.objects.get(declaration=rows["accepted"])
    common: dict[str, Any] = {
        "by": make.by(rows["lead"]),
        "membership_id": rows["membership"].pk,
        "from_on": rows["membership"].from_on,
    }
    reason = "Pracuje z większością rodzin, którym pomaga ośrodek."
    engagement.set_engagement(key=uuid7(), seen=None, level="FULL", reason=reason, **common)
    engagement.set_flags(seen=[], kinds=["KEY", "DIAGNOSES"], **common)


def _gogolin() -> None:
    gogolin, rows = _tenant("gogolin"), Rows()
    with inside(gogolin):
        # What is kept of members, and the change of the regulation, is made here one by one.
        bare = Health(known=0, papers=Papers.NONE, approached=0, neighbours=0)
        place = replace(next(one for one in PLACES if one.code == gogolin.code), health=bare)
        history.fill(place, name="Gogolin", today=timezone.localdate(), paper=history.scan())
        _member(rows)
        _applicant(gogolin, rows)
        _delegate(gogolin, rows)
        coordinator, lead = _people(gogolin, rows)
        gone = make.organisation(name="Stowarzyszenie „Dawne Dni”")
        rows["resignation"] = make_accession.resignation(gone)
        assert rows["voted_on"]  # before the template and the draft that follows it
        publish_template(by=named("ROPS"), clauses=framework()[:-3], note="Krócej.", after=0)
        for kind in {way.partition("?")[0] for page in every(Page) for way in page.ways}:
            facts["rows"][kind] = [str(arg) for arg in rows.args(kind)]
        SavedSearch.objects.update(account_id=lead.account_id)  # seen by who keeps it alone
        facts["rows"]["check_link"] = [str(arg) for arg in rows.args("check_link")]
    _directory(gogolin, lead)
    backfill(gogolin, months=24, today=timezone.localdate())
    deliver_to_inbox(
        account_id=coordinator.account_id,
        title=f"Przyjęto do Partnerstwa: {make.LONG}",
        url=f"/gmina/gogolin/partnerstwo/deklaracje/{rows['accepted'].pk}/",
        code="DECLARATION_ACCEPTED",
        source_id=uuid7(),
        tenant=gogolin,
    )


def _directory(gogolin: TenantRef, lead: Person) -> None:
    """Services listed for everybody, and a card of the directory that the Lider's person keeps."""
    rows = Rows(owner=Account.objects.get(pk=lead.account_id), tenant=gogolin)
    directory = apps()["region.directory"]
    seen = {way.partition("?")[0] for page in directory.of(SharedPage) for way in page.ways}
    for kind in (seen - _LISTED.keys()) & directory.rows.keys():
        facts["rows"][kind] = [str(arg) for arg in rows.args(kind)]
    with inside(gogolin):
        by = make.by(lead)
        listed = {kind: make_baskets.accepted(by, None, **said) for kind, said in _LISTED.items()}
        services.stop(
            by=by,
            service_id=listed["listed_stopped"].pk,
            from_on=by.today,
            until_on=by.today + timedelta(days=9),
            why="remont dachu",
        )
    publish_services(gogolin, today=timezone.localdate())
    facts["rows"] |= {kind: [str(one.pk)] for kind, one in listed.items()}


def _opole() -> None:
    """An administrator on the first day: nobody represents the Lider, nothing is entered."""
    account = accounts.member(_tenant("opole"), Role.TENANT_ADMIN, full_name="Adam Nowy")
    _keep("FIRST_ADMIN", accounts.client_of(account))


def _region() -> None:
    teryt.import_data(OWN_FILE.read_bytes(), voivodeship="16")
    account = accounts.member(None, Role.ROPS_COORDINATOR, full_name="Regina Kędzierzawska-Żółć")
    client = _keep(Role.ROPS_COORDINATOR, accounts.client_of(account))
    token, _ = tokens.issue(
        by=accounts.acting(account),
        name="Arkusz sprawozdań",
        scope=TokenScope.REGION_READ,
        expires_at=timezone.now() + timedelta(days=30),
    )
    facts["rows"]["token"] = [str(token.pk)]
    with (Path(sys.argv[1]).parent / "terc.csv").open("w+b") as file:
        file.write(register_file(as_of="2026-01-01", names={"160502": "Krapkowice-Otmęt"}))
        file.seek(0)
        answer = client.post(
            "/region/gminy/rejestr/", {"file": file}, headers={"host": "localhost"}
        )
    facts["rows"]["digest"] = [answer.headers["Location"].rstrip("/").rsplit("/", 1)[1]]


def _advisers() -> None:
    """One of the ROPS who is on its list alone, and one who waits for the answer of a gmina."""
    waiting = make_support.proposed(_tenant("gogolin"), full_name="Waldemar Czekający")
    facts["rows"]["region_adviser_proposal"] = [str(waiting.pk)]
    facts["rows"]["adviser"] = [str(make_support.adviser(full_name=make.LONG[:80]).pk)]


def _suspended() -> None:
    krapkowicki = _tenant("krapkowicki")
    account = accounts.member(krapkowicki, Role.LEAD, full_name="Zofia Zawieszona")
    _keep("SUSPENDED", accounts.client_of(account))
    tenant = Tenant.objects.get(pk=krapkowicki.id)
    registry.suspend_tenant(by=named("test"), tenant=tenant, reason="Audyt uprawnień w starostwie.")


def _invite(email: str, **changes: Any) -> str:
    """The end of an invitation's link, as its mail says it."""
    # The worker forgets what a mail said as soon as it is sent.
    with transaction.atomic(using="shared"):
        made = invitations.invite(
            by=named("Anna Zapraszająca"),
            email=email,
            full_name="Zenon Zaproszony",
            tenant=Tenant.objects.get(slug="opole"),
            role=Role.NETWORK_OFFICER,
        )
        text = OutgoingMessage.objects.get(payload__email=email).payload["text"]
    Invitation.objects.filter(pk=made.pk).update(**changes)
    link = re.search(r"/konto/zaproszenie/(\S+)/", text)
    assert link is not None
    return link[1]


def _accounts() -> None:
    newcomer = accounts.account(full_name="Nina Nowa")
    _keep("NEWCOMER", accounts.client_of(newcomer), accounts.with_fresh_password)
    bare = accounts.account(full_name="Bogdan Bezkodu")
    accounts.access(bare, _tenant("gogolin"), Role.LEAD)
    _keep("NO_FACTOR", accounts.client_of(bare), accounts.with_fresh_password)
    gone = timezone.now()
    links = {
        "new": _invite("zenon@example.pl"),
        "known": _invite(newcomer.email),
        "expired": _invite("po@example.pl", expires_at=gone),
        "withdrawn": _invite("wycofany@example.pl", withdrawn_at=gone, withdrawn_by="test"),
        "used": _invite("uzyty@example.pl", accepted_at=gone, accepted_by=newcomer),
        "forged": "podrobione.podrobione",
    }
    facts["rows"] |= {f"invitation_{kind}": [token] for kind, token in links.items()}
    facts["addresses"] |= {
        "second_step": accounts.with_totp(accounts.account()).email,
        "forgetful": accounts.account().email,
        "passkey": accounts.account().email,
    }


def _works_in_walce() -> None:
    """A partner's coordinator, before another institution names the same one in Gogolin."""
    walce = _tenant("walce")
    account = accounts.account(email="pup@example.pl", full_name="Piotr Partnerski")
    with inside(walce):
        institution = make.organisation(name="Powiatowy Urząd Pracy w Krapkowicach")
        walkers.with_role(walce, account, Role.PARTNER_COORDINATOR, institution)


def _planner() -> None:
    """The Lider of a unit whose team meets just now, and has no plan of action yet."""
    unit = _tenant("zdzieszowice")
    with inside(unit):
        client, _ = make.signed_in(unit, Role.LEAD)
        meeting = make_meetings.held()
        meeting.items.update(outcome=Outcome.NOTED)
    _keep("PLANNER", client)


def _eight_members() -> None:
    for name, client in eight_members.found().items():
        _keep(name, client)


def main() -> None:
    # It would make the database anew in which the test that waits for this program works.
    assert "tests.servers" not in sys.modules
    _gogolin()
    _region()
    _advisers()
    _eight_members()
    for name, client in county.found().items():
        _keep(name, client)
    _opole()
    _suspended()
    _accounts()
    _works_in_walce()
    facts["addresses"] |= walkers.come(_tenant("gogolin"), facts["rows"]["voted_on"][0])
    _planner()
    _keep("MEDIATOR", accounts.client_of(walkers.mediates(_tenant("gogolin"))))
    facts["people"] = Account.objects.count()
    Path(sys.argv[1]).write_text(json.dumps(facts))


if __name__ == "__main__":
    main()
