"""The demo region is invented, and the same at every start."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.models import Entry
from kooperacja.documents.length import is_long
from kooperacja.documents.models import PreparedFile
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tenants.accession.models.community import CommunityResource
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.models.resignations import ResignationNotice
from tenants.data_protection import rules
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataRulesAcknowledgement,
    ProcessingAuthorisation,
)
from tenants.demo import build, history, prepared, stages, words
from tenants.demo.places import PLACES, Change, Papers
from tenants.partnership.indicators import members_by_sector, members_with_coordinator
from tenants.partnership.models import (
    DesignatedWorker,
    Engagement,
    Membership,
    MembershipFlag,
    Partnership,
    PartnershipCoordinator,
)
from tenants.partnership.papers import REGISTER, register_context
from tenants.people.actions import mending
from tenants.people.models import (
    Organisation,
    OrganisationMerge,
    Person,
    Post,
    RoleAssignment,
)
from tenants.people.rules import regon_error
from tenants.registry import directory, teryt
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import Role
from tenants.regulation import ballots
from tenants.regulation.models import RegulationVersion, RegulationVote
from tests import servers
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.place import at, undone

TODAY = date(2026, 11, 2)
PLACE = next(place for place in PLACES if place.code == "160501")
# Each kind of thing that a history tells, and what of it must be told alike every time.
TOLD: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Membership, ("organisation__name", "from_on", "ended_on", "end_cause")),
    (Post, ("person__full_name", "function", "from_on", "ended_on")),
    (Engagement, ("membership__organisation__name", "level", "from_on", "ended_on")),
    (MembershipFlag, ("membership__organisation__name", "kind")),
    (DesignatedWorker, ("person__full_name", "position", "from_on")),
    (ResignationNotice, ("membership__organisation__name", "effective_on")),
    (DataProcessingAgreement, ("organisation__name", "from_on", "end_reason")),
    (ProcessingAuthorisation, ("number", "person__full_name", "from_on")),
    (ConfidentialityStatement, ("person__full_name", "from_on")),
    (DataRulesAcknowledgement, ("person__full_name", "read_on", "text_sha256")),
    (Recruitment, ("institution_name", "state", "began_on")),
    (CommunityResource, ("name", "kind", "contact_name")),
    (RegulationVote, ("ballot__name", "choice", "mode", "cast_on")),
    (Organisation, ("name", "competences", "ways_of_working")),
)


@pytest.fixture(scope="session")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own, in which the history of one place is written once in a process."""
    name = f"koop_{servers.WORKER}_history"
    servers.copy_template(name)
    with django_db_blocker.unblock(), at(name), inside(_tenant("gogolin")) as gmina:
        _live(gmina, PLACE.code)
    yield name
    servers.drop(name)


@pytest.fixture
def filled(written: str, django_db_blocker: Any) -> Iterator[TenantRef]:
    """The place with its history; what a test does there is undone."""
    with ExitStack() as stack:
        for one in (django_db_blocker.unblock(), at(written), undone()):
            stack.enter_context(one)
        yield stack.enter_context(inside(_tenant("gogolin")))


def _tenant(slug: str) -> TenantRef:
    found = directory.find(slug)
    assert found is not None
    return found


def _live(tenant: TenantRef, code: str) -> None:
    place = next(place for place in PLACES if place.code == code)
    make_partnership.opened(tenant)
    history.fill(place, name="Gogolin", today=TODAY, paper=make.pdf_bytes())


def _story() -> list[list[tuple[Any, ...]]]:
    return [sorted(model.objects.values_list(*names), key=repr) for model, names in TOLD]


def test_the_journal_tells_of_everybody_who_came_left_and_voted(filled: TenantRef) -> None:
    for verb, model in (
        ("DECLARATION_ACCEPTED", Membership),
        ("MEMBER_RESIGNED", ResignationNotice),
        ("VOTE_CAST", RegulationVote),
        ("AGREEMENT_ENTERED", DataProcessingAgreement),
        ("AUTHORISATION_GRANTED", ProcessingAuthorisation),
    ):
        told = Entry.objects.filter(verb=verb).values("object_id").distinct()
        assert told.count() == model.objects.count(), verb


def test_most_have_read_the_regulation_in_force_and_some_have_not(filled: TenantRef) -> None:
    version = RegulationVersion.in_force(TODAY)
    assert version is not None
    people = RoleAssignment.objects.on(TODAY).count()
    assert people / 2 < version.acknowledgements.count() < people
    told = Entry.objects.filter(verb="REGULATION_ACKNOWLEDGED")
    assert told.count() == version.acknowledgements.count()


def test_a_place_has_the_health_that_is_written_of_it(filled: TenantRef) -> None:
    assert Membership.objects.count() == PLACE.members
    assert Membership.objects.exclude(ended_on=None).count() == PLACE.resigned
    states = AccessionDeclaration.objects.values_list("state", flat=True)
    assert list(states).count("FILED") == PLACE.waiting
    assert list(states).count("DRAFT") == PLACE.drafts
    assert sum(members_by_sector(TODAY).values()) == PLACE.members - PLACE.resigned


def test_a_history_is_the_same_however_often_it_is_written(filled: TenantRef) -> None:
    powiat = _tenant("krapkowicki")
    assert history.is_filled()
    people = sorted(Person.objects.values_list("full_name", flat=True))
    told = _story()
    with inside(powiat):
        _live(powiat, PLACE.code)
        assert _story() == told
        assert sorted(Person.objects.values_list("full_name", flat=True)) == people


def test_a_good_place_has_something_of_every_kind(filled: TenantRef) -> None:
    assert [model.__name__ for model, _ in TOLD if not model.objects.exists()] == []
    states = set(Recruitment.objects.values_list("state", flat=True))
    assert {"ASKED", "INVITED", "DECLINED", "JOINED"} <= states
    left = Membership.objects.exclude(ended_on=None)
    assert {one.resignation.effective_on for one in left} == {one.ended_on for one in left}


def test_the_lider_and_the_oldest_member_can_vote_today(filled: TenantRef) -> None:
    version = RegulationVersion.objects.get(state="VOTING")
    oldest = Membership.objects.filter(ended_on=None).order_by("from_on", "pk")[0]
    seats = {one.ballot.organisation_id: one for one in ballots.seats(version, TODAY)}
    for seat in (seats[None], seats[oldest.organisation_id]):
        assert seat.may_vote
        assert seat.vote is None
    assert not ballots.count(version, TODAY).is_certain


def test_a_change_was_adopted_with_the_votes_it_needs(in_gmina: TenantRef) -> None:
    _live(in_gmina, "166101")
    newest = RegulationVersion.in_force(TODAY)
    assert newest is not None
    assert newest.number == 2
    assert newest.voting_until is not None
    assert ballots.count(newest, newest.voting_until).is_passed
    accepted = AccessionDeclaration.objects.filter(received_on__gte=newest.in_force_from)
    assert {one.regulation for one in accepted.select_related("regulation")} == {newest}


def test_one_that_resigned_joined_again(in_gmina: TenantRef) -> None:
    _live(in_gmina, "166101")
    back = [one for one in ResignationNotice.objects.with_return() if one.returned_on]
    assert len(back) == 1
    (now,) = Membership.objects.on(TODAY).filter(organisation=back[0].membership.organisation)
    assert now.from_on == back[0].returned_on
    assert PartnershipCoordinator.objects.on(TODAY).filter(membership=now).exists()


def test_a_result_waits_since_resignations_came_late(in_gmina: TenantRef) -> None:
    _live(in_gmina, "1607")
    newest = RegulationVersion.objects.get(number=2)
    count = ballots.count(newest, TODAY)
    assert (count.void, count.is_passed) == (2, False)
    assert newest.recounts.unsettled().exists()


def test_in_a_weak_place_papers_end_and_a_coordinator_is_missing(in_gmina: TenantRef) -> None:
    _live(in_gmina, "160502")
    members = Membership.objects.on(TODAY).values("organisation")
    of_members = DataProcessingAgreement.objects.filter(organisation__in=members)
    spells = of_members.values_list("from_on", "ended_on")
    assert {rules.expiry([spell], TODAY) for spell in spells} == {"FINE", "SOON", "OVER"}
    assert of_members.count() < members.count()
    assert members_with_coordinator(TODAY)["WITHOUT"] == 1


def test_a_place_that_keeps_no_papers_and_one_that_has_yet_to_begin(
    in_gmina: TenantRef, powiat: TenantRef
) -> None:
    _live(in_gmina, "160909")
    assert not DataProcessingAgreement.objects.exists()
    assert not ProcessingAuthorisation.objects.exists()
    with inside(powiat):
        _live(powiat, "160203")
        assert Partnership.objects.get().state == "DRAFT"
        assert RegulationVersion.objects.get().state == "DRAFT"
        assert history.is_filled()


def test_one_place_is_dissolved_once_most_have_resigned(in_gmina: TenantRef) -> None:
    _live(in_gmina, "160909")
    assert Partnership.objects.get().dissolved_on == TODAY
    assert not Membership.objects.on(TODAY).exists()


@pytest.mark.parametrize("code", ["160502", stages.LEFT, *stages.OTHERWISE_LED])
def test_the_lider_came_in_and_elsewhere_left(gmina: TenantRef, code: str) -> None:
    tenant = Tenant.objects.select_related("unit").get(pk=gmina.id)
    tenant.unit.code = code
    with inside(gmina):
        make.lead()
    for _ in range(2):
        stages.come_in(tenant, "test")
    accesses = Access.objects.filter(tenant=tenant, role=Role.LEAD)
    assert accesses.count() == (0 if code in stages.OTHERWISE_LED else 1)
    assert accesses.filter(ended_at=None).exists() == (code == "160502")


def test_nobody_took_some_invitations(gmina: TenantRef) -> None:
    tenant = Tenant.objects.select_related("unit").get(pk=gmina.id)
    for code, days in stages.INVITED.items():
        Invitation.objects.all().delete()
        tenant.unit.code = code
        for _ in range(2):
            stages.invite(tenant, make.BY)
        invitation = Invitation.objects.get()
        assert (invitation.expires_at < timezone.now()) == (days > 3)


def test_the_places_differ() -> None:
    assert {place.health.papers for place in PLACES} == set(Papers)
    assert {place.health.change for place in PLACES} == set(Change)


def test_nobody_could_take_an_institution_for_a_real_one(filled: TenantRef) -> None:
    for organisation in Organisation.objects.all():
        assert organisation.nip == organisation.krs == ""
        assert organisation.street.startswith("ul. Przykładowa")
    numbers = list(Organisation.objects.exclude(regon="").values_list("regon", flat=True))
    assert len(numbers) == len(set(numbers)) >= PLACE.members
    # No REGON begins with 99: the first two digits tell a voivodeship.
    assert {(one[:2], regon_error(one)) for one in numbers} == {("99", "")}
    members = Membership.objects.values("organisation")
    assert not Organisation.objects.filter(pk__in=members, regon="").exists()


def test_the_region_sees_who_administers_gogolin(gmina: TenantRef) -> None:
    tenant = Tenant.objects.get(pk=gmina.id)
    build._account("ops@pokaz.example", "Oliwia Pokazowa", [(tenant, Role.TENANT_ADMIN)])
    tenant.refresh_from_db()
    assert (tenant.admin_name, tenant.admin_email) == ("Oliwia Pokazowa", "ops@pokaz.example")


def test_a_partner_who_left_reads_their_own_papers(filled: TenantRef) -> None:
    build.part_with(Tenant.objects.get(pk=filled.id))
    account = Account.objects.get(email=build.GONE)
    client = accounts.with_fresh_factor(accounts.client_of(accounts.with_totp(account)))
    papers = f"{filled.prefix}/moje-dokumenty/"

    shown = client.get(papers)

    files = re.findall(rf'href="({papers}[^"]+)"', shown.content.decode())
    assert len(files) >= 2  # the declaration and the resignation
    assert {client.get(file).status_code for file in files} == {200}
    assert client.get(f"{filled.prefix}/").status_code == 403


def test_a_partner_reads_the_own_declaration_though_all_rest_on_one_scan(
    filled: TenantRef,
) -> None:
    member = Membership.objects.filter(ended_on=None).order_by("from_on", "pk")[0]
    client, _ = make.signed_in(filled, Role.PARTNER_HEAD, organisation=member.organisation)
    stranger, _ = make.signed_in(filled, Role.PARTNER_HEAD, organisation=make.organisation())
    scans = [member.declaration.file_id, DataProcessingAgreement.objects.earliest("pk").file_id]
    answers = [
        [one.get(f"{filled.prefix}/dokumenty/pliki/{scan}/").status_code for scan in scans]
        for one in (client, stranger)
    ]
    assert answers == [[200, 200], [403, 403]]


@given(st.integers())
def test_a_name_is_nobodys_and_its_address_leads_nowhere(seed: int) -> None:
    name = words.person(Random(seed))
    assert any(name.split()[1].startswith(stem) for stem in words.SURNAMES)
    address = words.email(name, 7)
    assert address.endswith("@pokaz.example")
    assert address.isascii()


def test_a_dozen_places_live_among_the_units_of_the_register(db: None) -> None:
    teryt.import_terc(build.TERC, voivodeship="16")
    codes = {unit.code for unit in teryt.candidates("16")}
    assert len(PLACES) == len({place.code for place in PLACES}) == 12
    assert [place.code for place in PLACES] == list(build.LIVING)
    assert {place.code for place in PLACES} <= codes
    assert len(codes) == 82


def test_a_long_register_is_ready_another_failed_and_one_waits(
    in_gmina: TenantRef, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = settings.VAR_DIR = tmp_path
    _live(in_gmina, "166101")
    by = replace(make.by(make.lead()), account_id=uuid7(), day=TODAY)

    for _ in range(2):
        prepared.keep(by)

    kept = PreparedFile.objects.order_by("asked_at")
    assert list(kept.values_list("state", flat=True)) == ["READY", "FAILED", "WAITING"]
    assert Outgoing.objects.filter(payload__code__in=["PAPER_READY", "PAPER_FAILED"]).exists()
    assert is_long(REGISTER, register_context(TODAY, TODAY))
    assert kept[0].size > 20_000
    assert kept[0].title == f"Rejestr członków na dzień {pl_date(TODAY)}"


def test_an_entry_that_was_made_one_of_two_can_be_two_again(filled: TenantRef) -> None:
    merged = OrganisationMerge.objects.get()
    by = replace(make.by(make.lead()), day=TODAY)
    mending.undo(by=by, kind=Organisation, source_id=merged.source_id, seen=merged.pk)
    assert merged.source.posts.get().function == "prezes"
    assert not merged.target.posts.exists()


def test_the_partner_is_named_as_a_coordinator(filled: TenantRef) -> None:
    tenant = Tenant.objects.get(pk=filled.id)
    build._account("p@pokaz.example", "Patryk Pokazowy", [(tenant, Role.PARTNER_COORDINATOR)])
    seat = PartnershipCoordinator.objects.get(person__full_name="Patryk Pokazowy")
    role = RoleAssignment.objects.get(person=seat.person)
    assert seat.membership.organisation_id == role.organisation_id
