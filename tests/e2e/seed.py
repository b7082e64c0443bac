"""Fills the site's database, run as a program: a living gmina, people of every role, odd states.

Writes what the tests must know (sessions, ids, links) to the file it is given.
"""

import json
import re
import sys
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

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
from region.monitoring.actions import backfill  # noqa: E402
from tenants.exchange.actions import publish_template  # noqa: E402
from tenants.exchange.clauses import framework  # noqa: E402
from tenants.partnership import actions  # noqa: E402
from tenants.partnership.actions import decisions, recruitment  # noqa: E402
from tenants.partnership.demo import history  # noqa: E402
from tenants.partnership.demo.places import PLACES, Health, Papers  # noqa: E402
from tenants.partnership.models import (  # noqa: E402
    AccessionDeclaration,
    Membership,
    Organisation,
    Person,
    RegulationBallot,
    RegulationVersion,
    RoleAssignment,
)
from tenants.registry import actions as registry  # noqa: E402
from tenants.registry import directory, invitations, teryt  # noqa: E402
from tenants.registry.models import Invitation, Tenant  # noqa: E402
from tenants.registry.roles import Role  # noqa: E402
from tests.e2e import eight_members  # noqa: E402
from tests.factories import accounts, partnership  # noqa: E402
from tests.factories import voting as votes  # noqa: E402
from tests.factories.registry import OWN_FILE, register_file  # noqa: E402

LONG = (
    "Powiatowe Centrum Pomocy Rodzinie i Poradnia Psychologiczno-Pedagogiczna "
    "im. Konstantego Ildefonsa Gałczyńskiego w Krapkowicach"
)
OFFICE = (Role.TENANT_ADMIN, Role.LEAD, Role.NETWORK_OFFICER, Role.SOCIAL_WORKER, Role.DPO)
PARTNERS = (Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD, Role.PARTNER_WORKER)
facts: dict[str, Any] = {"sessions": {}, "urls": {}}


def _tenant(slug: str) -> TenantRef:
    found = directory.find(slug)
    assert found is not None
    return found


def _keep(
    name: str, client: Client, show: Callable[..., Client] = accounts.with_fresh_factor
) -> Client:
    """The browser becomes this person: signed in, by default with a second factor just shown."""
    # Fresh for as long as the tests take on a busy machine.
    show(client, lasts=3600)
    facts["sessions"][name] = client.session.session_key
    return client


def _people(gogolin: TenantRef) -> dict[str, tuple[Client, Person]]:
    people: dict[str, tuple[Client, Person]] = {}
    with inside(gogolin):
        institution = Organisation.objects.filter(name=LONG).get()
        for role in (*OFFICE, *PARTNERS):
            of = institution if role in PARTNERS else None
            people[role] = partnership.signed_in(gogolin, role, organisation=of)
            _keep(role, people[role][0])
    return people


def _declarations(lead: Person) -> None:
    """One in each state; the accepted one is the long-named institution's."""
    for state in ("DRAFT", "FILED", "ACCEPTED", "RETURNED", "REFUSED"):
        name = LONG if state == "ACCEPTED" else f"Fundacja Wsparcia – {state.lower()}"
        of = partnership.organisation(name=name, street="ul. Księdza Konstantego Damrota 12A/4")
        made = partnership.draft(lead, of)
        common: dict[str, Any] = {"by": partnership.by(lead), "declaration_id": made.pk}
        if state != "DRAFT":
            partnership.file(made, lead)
        if state == "ACCEPTED":
            decisions.accept_declaration(**common, decided_on=timezone.localdate())
        if state == "RETURNED":
            decisions.return_declaration(**common, reason="Brakuje pieczęci na drugiej stronie.")
        if state == "REFUSED":
            decisions.refuse_declaration(**common, reason="Instytucja nie działa w tej gminie.")
        facts[state] = str(made.pk)
    facts["member"] = str(Organisation.objects.get(name=LONG).pk)
    facts["free"] = str(partnership.organisation(name="Ochotnicza Straż Pożarna").pk)
    facts["file"] = str(AccessionDeclaration.objects.get(pk=facts["FILED"]).file_id)
    _people_of_member(lead, Membership.objects.get(organisation=facts["member"]))


def _people_of_member(lead: Person, member: Membership) -> None:
    """A head who indicated a worker; the Lider's view of the institution."""
    worker = partnership.worker(member)
    facts["seat"] = str(member.coordinators.get().pk)
    facts["post"] = str(worker.indicated_by.posts.get().pk)
    facts["worker"] = str(worker.pk)
    common: dict[str, Any] = {"by": partnership.by(lead), "membership_id": member.pk}
    common["from_on"] = member.from_on
    reason = "Pracuje z większością rodzin, którym pomaga ośrodek."
    actions.set_engagement(key=uuid7(), seen=None, level="FULL", reason=reason, **common)
    actions.set_flags(seen=[], kinds=["KEY", "DIAGNOSES"], **common)


def _recruitment(lead: Person) -> None:
    """An institution that asked, one that joined and one that said no."""
    facts["asked"] = str(partnership.asked(institution_name=f"Stowarzyszenie {LONG}").pk)
    common: dict[str, Any] = {"by": partnership.by(lead)}
    joined = partnership.asked(institution_name=LONG)
    recruitment.link_recruitment(
        **common, recruitment_id=joined.pk, organisation_id=uuid.UUID(facts["member"])
    )
    closed = partnership.asked(institution_name="Klub Seniora „Pogodna Jesień”")
    recruitment.move_recruitment(
        **common,
        recruitment_id=closed.pk,
        version=0,
        state="DECLINED",
        happened_on=timezone.localdate(),
        note="Działa tylko w sąsiedniej gminie.",
    )
    facts["joined_by_log"], facts["closed_by_log"] = str(joined.pk), str(closed.pk)


def _applicant(gogolin: TenantRef, lead: Person) -> None:
    """Somebody who was invited and has filled in everything but the signature."""
    of = partnership.organisation(name=f"Fundacja przy {LONG}")
    client, _, made = partnership.invited(gogolin, lead, of)
    _keep(Role.APPLICANT, client)
    partnership.stated(lead, partnership.named(lead, made))
    facts["own_draft"], facts["own_organisation"] = str(made.pk), str(of.pk)


def _gogolin() -> None:
    gogolin = _tenant("gogolin")
    with inside(gogolin):
        # What is kept of members, and the change of the regulation, is made here one by one.
        bare = Health(known=0, papers=Papers.NONE, approached=0, neighbours=0)
        place = replace(next(one for one in PLACES if one.code == gogolin.code), health=bare)
        history.fill(place, name="Gogolin", today=timezone.localdate(), paper=history.scan())
        _declarations(partnership.lead())
        _regulation()
        _recruitment(partnership.lead())
        facts["resource"] = str(partnership.resource(partnership.lead(), name=f"KGW {LONG}").pk)
        _applicant(gogolin, partnership.lead())
    backfill(gogolin, months=24, today=timezone.localdate())
    people = _people(gogolin)
    with inside(gogolin):
        _data_protection(people)
        facts["assignment"] = str(RoleAssignment.objects.filter(role=Role.DPO).first().pk)
    coordinator = people[Role.PARTNER_COORDINATOR][1]
    deliver_to_inbox(
        account_id=coordinator.account_id,
        title=f"Przyjęto do Partnerstwa: {LONG}",
        url=f"/gmina/gogolin/partnerstwo/deklaracje/{facts['ACCEPTED']}/",
        code="DECLARATION_ACCEPTED",
        source_id=uuid7(),
        tenant=gogolin,
    )


def _regulation() -> None:
    """A version in force, one being voted on and a draft, the last two put into the tables."""
    in_force = RegulationVersion.newest()
    facts["REG_ADOPTED"] = str(in_force.pk)
    clauses = [dict(row) for row in in_force.clauses]
    clauses[4]["text"] = clauses[4]["text"].replace("Partnerstwa", "naszego Partnerstwa")
    said = {"justification": "Częstsze spotkania, nowe zadania.", "meetings_count": 2}
    voting = partnership.amendment("VOTING", **said)
    RegulationVersion.objects.filter(pk=voting.pk).update(clauses=clauses)
    facts["REG_VOTING"] = str(voting.pk)
    _votes(voting)
    publish_template(by=named("ROPS"), clauses=framework()[:-3], note="Krócej.", after=0)
    facts["REG_DRAFT"] = str(partnership.amendment(**said).pk)


def _votes(version: RegulationVersion) -> None:
    """It has passed already: only the long-named institution has not voted."""
    members = Membership.objects.on(timezone.localdate()).select_related("organisation")
    for member in members:
        of = member.organisation
        RegulationBallot.objects.create(regulation=version, organisation=of, name=of.name)
        if of.name != LONG:
            votes.voted(version, of)
    votes.vote(version, partnership.lead())


def _data_protection(people: dict[str, tuple[Client, Person]]) -> None:
    """An agreement that ends soon, and a worker who is authorised."""
    of, today = Organisation.objects.get(name=LONG), timezone.localdate()
    keeper, worker = people[Role.NETWORK_OFFICER][1], people[Role.PARTNER_WORKER][1]
    said = {"purpose": "wsparcie osób i rodzin w zespołach", "scope": "FAMILIES"}
    agreement = actions.enter_agreement(
        by=partnership.by(keeper),
        key=uuid7(),
        organisation_id=of.pk,
        upload=partnership.pdf("umowa-powierzenia.pdf"),
        until=today + timedelta(days=20),
        values={
            **said,
            "kind": "ENTRUSTMENT",
            "signed_on": today,
            "from_on": today,
            "data_kinds": "imiona, nazwiska, adresy, opis sytuacji życiowej",
            "person_categories": "członkowie rodzin objętych wsparciem",
        },
    )
    authorisation = actions.grant_authorisation(
        by=partnership.by(keeper),
        key=uuid7(),
        subject_id=worker.pk,
        organisation_id=of.pk,
        until=None,
        values={
            **said,
            "position": "pedagog szkolny, koordynator do spraw profilaktyki",
            "granted_by_name": "Lidia Liderska",
            "granted_on": today,
            "from_on": today,
        },
    )
    gone = partnership.resignation(partnership.organisation(name="Stowarzyszenie „Dawne Dni”"))
    facts["resignation"] = str(gone.pk)
    facts["agreement"], facts["authorisation"] = str(agreement.pk), str(authorisation.pk)


def _opole() -> None:
    """An administrator on the first day: nobody represents the Lider, nothing is entered."""
    account = accounts.member(_tenant("opole"), Role.TENANT_ADMIN, full_name="Adam Nowy")
    _keep("FIRST_ADMIN", accounts.client_of(account))


def _region() -> None:
    teryt.import_data(OWN_FILE.read_bytes(), voivodeship="16")
    account = accounts.member(None, Role.ROPS_COORDINATOR, full_name="Regina Kędzierzawska-Żółć")
    client = _keep(Role.ROPS_COORDINATOR, accounts.client_of(account))
    token, _ = tokens.issue(
        by=account,
        name="Arkusz sprawozdań",
        scope=TokenScope.REGION_READ,
        expires_at=timezone.now() + timedelta(days=30),
    )
    facts["token"] = str(token.pk)
    with (Path(sys.argv[1]).parent / "terc.csv").open("w+b") as file:
        file.write(register_file(as_of="2026-01-01", names={"160502": "Krapkowice-Otmęt"}))
        file.seek(0)
        answer = client.post(
            "/region/gminy/rejestr/", {"plik": file}, headers={"host": "localhost"}
        )
    facts["digest"] = answer.headers["Location"].rstrip("/").rsplit("/", 1)[1]


def _suspended() -> None:
    krapkowicki = _tenant("krapkowicki")
    account = accounts.member(krapkowicki, Role.LEAD, full_name="Zofia Zawieszona")
    _keep("SUSPENDED", accounts.client_of(account))
    tenant = Tenant.objects.get(pk=krapkowicki.id)
    registry.suspend_tenant(by=named("test"), tenant=tenant, reason="Audyt uprawnień w starostwie.")


def _invite(email: str, **changes: Any) -> str:
    """An invitation's link, as its mail says it."""
    made = invitations.invite(
        by=named("Anna Zapraszająca"),
        email=email,
        full_name="Zenon Zaproszony",
        tenant=Tenant.objects.get(slug="opole"),
        role=Role.NETWORK_OFFICER,
    )
    text = OutgoingMessage.objects.latest("created_at").payload["text"]
    Invitation.objects.filter(pk=made.pk).update(**changes)
    link = re.search(r"/konto/zaproszenie/\S+", text)
    assert link is not None
    return link[0]


def _accounts() -> None:
    newcomer = accounts.account(full_name="Nina Nowa")
    _keep("NEWCOMER", accounts.client_of(newcomer), accounts.with_fresh_password)
    bare = accounts.account(full_name="Bogdan Bezkodu")
    accounts.access(bare, _tenant("gogolin"), Role.LEAD)
    _keep("NO_FACTOR", accounts.client_of(bare), accounts.with_fresh_password)
    facts["urls"] = {
        "invitation_new": _invite("zenon@example.pl"),
        "invitation_known": _invite(newcomer.email),
        "invitation_expired": _invite("po@example.pl", expires_at=timezone.now()),
        "invitation_withdrawn": _invite(
            "wycofany@example.pl", withdrawn_at=timezone.now(), withdrawn_by="test"
        ),
        "invitation_used": _invite(
            "uzyty@example.pl", accepted_at=timezone.now(), accepted_by=newcomer
        ),
        "invitation_forged": "/konto/zaproszenie/podrobione.podrobione/",
    }
    facts["addresses"] = {
        "second_step": accounts.with_totp(accounts.account()).email,
        "forgetful": accounts.account().email,
        "passkey": accounts.account().email,
    }


def _story() -> None:
    """The region's coordinator, and a partner's coordinator who already works in Gogolin."""
    accounts.member(
        None, Role.ROPS_COORDINATOR, email="rops@example.pl", full_name="Róża Regionalna"
    )
    partner = accounts.account(email="pup@example.pl", full_name="Piotr Partnerski")
    with inside(_tenant("gogolin")):
        institution = Organisation.objects.get(pk=facts["member"])
        person = partnership.person(
            Role.PARTNER_COORDINATOR,
            organisation=institution,
            account=partner,
            full_name=partner.full_name,
            email=partner.email,
        )
    row = accounts.access(
        partner, _tenant("gogolin"), organisation_name=LONG, organisation_id=institution.pk
    )
    type(row).objects.filter(pk=row.pk).update(person_id=person.pk)


def _eight_members() -> None:
    for name, client in eight_members.found().items():
        _keep(name, client)


def main() -> None:
    _gogolin()
    _region()
    _eight_members()
    _opole()
    _suspended()
    _accounts()
    _story()
    facts["people"] = Account.objects.count()
    Path(sys.argv[1]).write_text(json.dumps(facts))


if __name__ == "__main__":
    main()
