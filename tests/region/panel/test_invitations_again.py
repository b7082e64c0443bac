"""The region's invitations of administrators: their standing, sent again, withdrawn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.models import AdministratorProposal, Invitation, Tenant
from tenants.registry.proposals import invite_first
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import invitations as make_invitations
from tests.factories import people as make
from tests.tenants.reading import text_of

UNIT = "/region/gminy/160501/"
PEOPLE = f"{UNIT}ludzie/"
EMAIL = "adam@example.pl"


@pytest.fixture
def rops(db: None) -> Client:
    return accounts.with_fresh_factor(
        accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
    )


@pytest.fixture
def expired(gmina: TenantRef) -> Invitation:
    unit = Tenant.objects.select_related("unit").get(pk=gmina.id)
    unit.admin_email, unit.admin_name = EMAIL, "Adam Pierwszy"
    unit.save()
    invite_first(by=make.BY, tenant=unit)
    return make_invitations.made_older(Invitation.objects.get(), timedelta(days=4))


def step(invitation: Invitation, name: str, unit: str = UNIT) -> str:
    return f"{unit}zaproszenie/{invitation.pk}/{name}/"


def verbs(tenant: TenantRef) -> list[str]:
    with inside(tenant):
        return list(
            Entry.objects.filter(verb__startswith="INVITATION").values_list("verb", flat=True)
        )


def at_work(tenant: TenantRef) -> None:
    with inside(tenant):
        make.signed_in(tenant, Role.LEAD)


def agreed(tenant: TenantRef, days_ago: int) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    AdministratorProposal.objects.create(
        tenant_id=tenant.id,
        email=EMAIL,
        full_name="Adam Pierwszy",
        proposed_by="ROPS",
        state="INVITED",
        decided_at=at,
    )


def test_the_units_page_tells_that_it_ran_out_and_sends_it_again(
    rops: Client, expired: Invitation, gmina: TenantRef
) -> None:
    former = make_invitations.link()
    page = text_of(rops.get(PEOPLE))
    assert "zaproszenie wygasło" in page
    assert "Wyślij ponownie" in page

    for _ in range(2):
        assert rops.post(step(expired, "ponownie")).url == PEOPLE

    assert Invitation.objects.count() == OutgoingMessage.objects.count() == 2
    assert "zastąpione nowszym" in text_of(Client().get(former))
    assert Client().get(make_invitations.link()).status_code == 200
    assert "zaproszenie wysłane, ważne do" in text_of(rops.get(PEOPLE))
    assert verbs(gmina) == ["INVITATION_RESENT"]


def test_it_is_withdrawn_once(rops: Client, expired: Invitation, gmina: TenantRef) -> None:
    for _ in range(2):
        assert rops.post(step(expired, "wycofanie")).url == PEOPLE

    assert "wycofane" in text_of(Client().get(make_invitations.link()))
    assert "zaproszenie wycofane" in text_of(rops.get(PEOPLE))
    assert verbs(gmina) == ["INVITATION_WITHDRAWN"]


@pytest.mark.parametrize(("days_ago", "may"), [(None, False), (40, False), (3, True)])
def test_a_unit_that_lives_has_the_last_word(
    rops: Client, expired: Invitation, gmina: TenantRef, days_ago: int | None, may: bool
) -> None:
    at_work(gmina)
    if days_ago is not None:
        agreed(gmina, days_ago)

    assert ("Wyślij ponownie" in text_of(rops.get(PEOPLE))) == may
    answer = rops.post(step(expired, "ponownie"))

    assert answer.status_code == (302 if may else 409)
    assert Invitation.objects.count() == (2 if may else 1)
    assert verbs(gmina) == (["INVITATION_RESENT"] if may else [])


def test_invitations_of_a_units_own_roles_are_not_the_regions(
    rops: Client, gmina: TenantRef
) -> None:
    with inside(gmina):
        own = make.person(Role.TENANT_ADMIN).role_assignments.get()
        invitation = make_invitations.sent(own)

    assert invitation.email not in text_of(rops.get(PEOPLE))
    for name in ("ponownie", "wycofanie"):
        assert rops.post(step(invitation, name)).status_code == 404
    assert Invitation.objects.get().withdrawn_at is None


def test_an_invitation_is_found_below_its_own_unit_alone(rops: Client, expired: Invitation) -> None:
    other = "/region/gminy/1661/"
    for name in ("ponownie", "wycofanie"):
        assert rops.post(step(expired, name, other)).status_code == 404
    assert Invitation.objects.get().withdrawn_at is None
