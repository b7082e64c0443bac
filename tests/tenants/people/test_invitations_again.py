"""Invitations to roles: their standing, sent again, withdrawn, and waited for on "Co dziś"."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.audit.models import Entry
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.actions.invitations import invite_to_role, take_role
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.models import Access, Invitation
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tests.factories import accounts
from tests.factories import invitations as make_invitations
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

PASSWORD = "zielony-rower-pod-lipa"
JOIN = {"full_name": "Jan Nowy", "password1": PASSWORD, "password2": PASSWORD}
AGAIN = "Wyślij zaproszenie ponownie"


@pytest.fixture
def member(in_partnership: TenantRef) -> Organisation:
    institution = make.organisation(name="Dom Kultury")
    make_partnership.member(institution)
    return institution


@pytest.fixture
def coordinator(member: Organisation) -> RoleAssignment:
    person = make.person(
        Role.PARTNER_COORDINATOR, organisation=member, full_name="Jan Nowy", email="jan@example.pl"
    )
    return person.role_assignments.get()


@pytest.fixture
def expired(coordinator: RoleAssignment) -> RoleAssignment:
    make_invitations.made_older(make_invitations.sent(coordinator), timedelta(days=4))
    return coordinator


def page(role: RoleAssignment, step: str = "") -> str:
    return f"{PARTNERSHIP}role/{role.pk}/zaproszenie/{step}"


def again(client: Client, role: RoleAssignment, **changed: str) -> Any:
    shown = client.get(page(role, "ponownie/")).context["form"].initial
    return client.post(page(role, "ponownie/"), {"seen": shown["seen"] or "", **changed})


def mails() -> int:
    return OutgoingMessage.objects.filter(dedupe__startswith="invitation:").count()


def verbs(tenant: TenantRef) -> list[str]:
    with inside(tenant):
        entries = Entry.objects.filter(verb__startswith="INVITATION").order_by("at", "id")
        return list(entries.values_list("verb", flat=True))


def test_one_that_ran_out_is_sent_again_and_the_old_link_says_so(
    keeper: Client, expired: RoleAssignment, partnership: TenantRef
) -> None:
    former = make_invitations.link()
    home = text_of(keeper.get(HOME))
    assert "Czekamy na innych" in home
    assert "Jan Nowy, koordynator Partnerstwa (Dom Kultury)" in home
    assert "zaproszenie wygasło" in home
    assert AGAIN in home

    answer = again(keeper, expired)

    assert answer.url == page(expired)
    assert "zaproszenie wysłane, ważne do" in text_of(keeper.get(page(expired)))
    gone = Client().get(former)
    assert gone.status_code == 410
    assert "zastąpione nowszym" in text_of(gone)
    assert Client().post(make_invitations.link(), JOIN).url == HOME
    assert "zaproszenie przyjęte" in text_of(keeper.get(page(expired)))
    assert "Jan Nowy, koordynator" not in text_of(keeper.get(HOME))
    assert verbs(partnership) == ["INVITATION_RESENT"]


def test_the_form_sent_twice_sends_one_mail(keeper: Client, expired: RoleAssignment) -> None:
    seen = {"seen": str(Invitation.objects.get().pk)}

    for _ in range(2):
        assert keeper.post(page(expired, "ponownie/"), seen).url == page(expired)

    assert mails() == 2
    assert Invitation.objects.count() == 2


def test_it_is_not_sent_again_at_once_nor_without_end(
    keeper: Client, coordinator: RoleAssignment
) -> None:
    make_invitations.sent(coordinator)
    early = again(keeper, coordinator)
    assert early.status_code == 429
    assert "wysłano przed chwilą" in text_of(early)

    for _ in range(4):
        newest = Invitation.objects.latest("created_at")
        make_invitations.made_older(newest, timedelta(minutes=11))
        assert again(keeper, coordinator).status_code == 302
    make_invitations.made_older(Invitation.objects.latest("created_at"), timedelta(minutes=11))

    assert again(keeper, coordinator).status_code == 429
    assert mails() == 5


def test_a_withdrawn_one_opens_nothing_and_its_link_says_so(
    keeper: Client, coordinator: RoleAssignment, partnership: TenantRef
) -> None:
    make_invitations.sent(coordinator)

    for _ in range(2):
        assert keeper.post(page(coordinator, "wycofanie/")).url == page(coordinator)

    gone = Client().post(make_invitations.link(), JOIN)
    assert gone.status_code == 410
    assert "To zaproszenie zostało wycofane" in text_of(gone)
    assert "zaproszenie wycofane" in text_of(keeper.get(page(coordinator)))
    assert not Access.objects.filter(role=Role.PARTNER_COORDINATOR).exists()
    assert verbs(partnership) == ["INVITATION_WITHDRAWN"]


def test_nothing_is_sent_or_withdrawn_once_it_was_taken(
    keeper: Client, coordinator: RoleAssignment
) -> None:
    make_invitations.sent(coordinator)
    Client().post(make_invitations.link(), JOIN)

    for step in ("ponownie/", "wycofanie/"):
        assert keeper.get(page(coordinator, step)).status_code == 409
        assert keeper.post(page(coordinator, step), {"seen": ""}).status_code in (302, 409)

    assert mails() == 1
    assert Invitation.objects.get().withdrawn_at is None


def test_a_role_that_ended_is_invited_to_no_more(keeper: Client, expired: RoleAssignment) -> None:
    expired.end(timezone.localdate())
    seen = {"seen": str(Invitation.objects.get().pk)}

    assert keeper.post(page(expired, "ponownie/"), seen).status_code == 409

    assert mails() == 1


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.PARTNER_HEAD, True), (Role.PARTNER_COORDINATOR, False), (Role.DPO, False)],
)
def test_the_head_sends_those_of_its_own_coordinators(
    expired: RoleAssignment, member: Organisation, partnership: TenantRef, role: str, may: bool
) -> None:
    own = member if role != Role.DPO else None
    client, _ = make.signed_in(partnership, role, organisation=own)
    seen = {"seen": str(Invitation.objects.get().pk)}

    answer = client.post(page(expired, "ponownie/"), seen)

    assert (answer.status_code, mails()) == ((302, 2) if may else (403, 1))
    assert (AGAIN in text_of(client.get(HOME))) == may
    assert (
        "Dostęp do Kooperacji" in text_of(client.get(f"{PARTNERSHIP}instytucje/{member.pk}/"))
    ) == may


def test_the_head_of_another_institution_sends_none(
    expired: RoleAssignment, partnership: TenantRef
) -> None:
    other = make.organisation(name="Świetlica")
    client, _ = make.signed_in(partnership, Role.PARTNER_HEAD, organisation=other)
    seen = {"seen": str(Invitation.objects.get().pk)}

    for step in ("", "ponownie/", "wycofanie/"):
        assert client.get(page(expired, step)).status_code == 403
    assert client.post(page(expired, "ponownie/"), seen).status_code == 403
    assert client.post(page(expired, "wycofanie/")).status_code == 403

    assert mails() == 1
    assert Invitation.objects.get().withdrawn_at is None


def test_an_invitation_of_another_role_is_not_sent(keeper: Client, expired: RoleAssignment) -> None:
    other = make.person(Role.NETWORK_OFFICER).role_assignments.get()
    foreign = make_invitations.made_older(make_invitations.sent(other), timedelta(days=1))

    keeper.post(page(expired, "ponownie/"), {"seen": str(foreign.pk)})

    assert mails() == 2
    assert Invitation.objects.get(pk=foreign.pk).withdrawn_at is None


def test_one_who_coordinates_already_is_offered_another_invitation(
    keeper: Client, expired: RoleAssignment, member: Organisation
) -> None:
    url = f"{PARTNERSHIP}instytucje/{member.pk}/koordynator/"
    seat = member.memberships.get()
    seat.coordinators.update(person=expired.person)
    form = {
        "key": keeper.get(url).context["form"]["key"].value(),
        "full_name": "Jan Nowy",
        "position": "instruktor",
        "email": "jan@example.pl",
        "phone": "",
        "from_on": date(2025, 3, 1).isoformat(),
    }

    answer = keeper.post(url, form)

    assert answer.status_code == 409
    said = answer.content.decode()
    assert "już jest koordynatorem" in said
    assert f'href="{page(expired, "ponownie/")}"' in said
    assert seat.coordinators.count() == 1


def test_an_old_account_with_a_new_invitation_is_waited_for(
    keeper: Client, member: Organisation, partnership: TenantRef
) -> None:
    account = accounts.account("anna@example.pl")
    person: Person = make.person(
        Role.PARTNER_COORDINATOR,
        organisation=member,
        account=account,
        full_name="Anna Dawna",
        email="anna@example.pl",
    )
    make_invitations.sent(person.role_assignments.get())
    version = RegulationVersion.newest().pk

    home = text_of(keeper.get(HOME))
    assert "Anna Dawna, koordynator Partnerstwa" in home
    assert f'href="{page(person.role_assignments.get(), "ponownie/")}">{AGAIN}' in home
    readers = text_of(keeper.get(f"{PARTNERSHIP}regulamin/{version}/zapoznani/"))
    assert "zaproszenie wysłane, ważne do" in readers
    own = text_of(accounts.client_of(account).get("/konto/"))
    assert "koordynator Partnerstwa, Dom Kultury" in own
    assert "zaproszenie wysłane, ważne do" in own


def test_the_offices_page_tells_of_each_account(keeper: Client) -> None:
    officer = make.person(Role.NETWORK_OFFICER, full_name="Ola Nowa").role_assignments.get()
    make_invitations.sent(officer)

    office = text_of(keeper.get(PARTNERSHIP + "osrodek/"))

    assert "zaproszenie wysłane, ważne do" in office
    assert "aktywne" in office


def test_whoever_changed_the_own_address_is_invited_by_the_new_one(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    _, head = make.signed_in(partnership, Role.PARTNER_HEAD, organisation=member)
    Account.objects.filter(pk=head.account_id).update(email="nowy.adres@example.pl")
    actor, today = make.by(lead), timezone.localdate()
    take_role(by=actor, assignment=head.role_assignments.get())
    drain(Outgoing, handlers())

    invite_to_role(
        by=actor, person=head, role=Role.PARTNER_HEAD, organisation=member, from_on=today
    )
    drain(Outgoing, handlers())

    account = Account.objects.get(pk=head.account_id)
    assert Invitation.objects.get().email == account.email
    again = accounts.with_fresh_factor(accounts.client_of(account))
    assert again.post(make_invitations.link()).url == HOME
    assert member.name in text_of(again.get(PARTNERSHIP + "czlonkowie/"))
