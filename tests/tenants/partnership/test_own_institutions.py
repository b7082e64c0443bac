""" "Moja instytucja": the things of the institutions one speaks for, and of no other."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

AT = PARTNERSHIP + "moja-instytucja/"
ENTRY = f'href="{AT}"'


def test_a_coordinator_finds_profile_people_and_resignation(in_partnership: TenantRef) -> None:
    member = make_partnership.member(make.organisation(name="Poradnia"))
    make.head(member.organisation, full_name="Hanna Kierująca")
    make_partnership.member(make.organisation(name="Cudza Szkoła"))
    client, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=member.organisation
    )

    assert ENTRY in text_of(client.get(HOME))
    page = text_of(client.get(AT))
    assert "Hanna Kierująca, dyrektor" in page
    assert "Cudza Szkoła" not in page
    for part in ("", "profil/", "rezygnacja/"):
        link = f"{PARTNERSHIP}instytucje/{member.organisation_id}/{part}"
        assert f'href="{link}"' in page
        assert client.get(link).status_code in (200, 302)
    assert "Dodaj koordynatora" not in page  # only the head delegates


def test_several_institutions_of_one_person_stand_there_by_name(
    in_partnership: TenantRef,
) -> None:
    names = ("Żłobek", "Apteka")
    first, second = (make_partnership.member(make.organisation(name=name)) for name in names)
    client, person = make.signed_in(
        in_partnership, Role.PARTNER_HEAD, organisation=first.organisation
    )
    RoleAssignment.objects.create(
        person=person,
        role=Role.PARTNER_COORDINATOR,
        organisation=second.organisation,
        from_on=make.ESTABLISHED,
        granted_by="test",
    )
    page = text_of(client.get(AT))
    assert page.index("Apteka</h2>") < page.index("Żłobek</h2>")
    assert page.count("Dodaj koordynatora") == 1


def test_who_has_left_is_offered_no_resignation(in_partnership: TenantRef) -> None:
    left = make_partnership.member(make.organisation(), ended_on=make.ESTABLISHED)
    client, _ = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=left.organisation)
    page = text_of(client.get(AT))
    assert "nie należy do Partnerstwa" in page
    assert "rezygnacja/" not in page


def test_nobody_else_sees_the_entry(in_partnership: TenantRef, keeper: Client) -> None:
    worker, _ = make.signed_in(
        in_partnership, Role.PARTNER_WORKER, organisation=make.organisation()
    )
    for client in (keeper, worker):
        assert ENTRY not in text_of(client.get(HOME))
        assert client.get(AT).status_code == 403


def test_whoever_leaves_is_told_how_long_the_papers_stay_open(in_partnership: TenantRef) -> None:
    today = timezone.localdate()
    stays = make_partnership.member(make.organisation())
    leaves = make_partnership.member(
        make.organisation(), make.ESTABLISHED, today + timedelta(days=3)
    )
    pages = []
    for member in (leaves, stays):
        client, _ = make.signed_in(
            in_partnership, Role.PARTNER_HEAD, organisation=member.organisation
        )
        pages.append(text_of(client.get(AT)).replace("\N{NO-BREAK SPACE}", " "))

    papers_until = pl_date(today + timedelta(days=33)).replace("\N{NO-BREAK SPACE}", " ")
    assert f"można czytać do {papers_until}" in pages[0]
    assert "można czytać do" not in pages[1]
