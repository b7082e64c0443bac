"""Resignations are found: in their list, at their institution, in the journal (REG §1.6)."""

import pytest

from kooperacja.audit.record import record
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tenants.accession.models.resignations import ResignationNotice
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

LIST = PARTNERSHIP + "rezygnacje/"


@pytest.fixture
def notice(in_partnership: TenantRef) -> ResignationNotice:
    institution = make.organisation(name="Dom Kultury w Gogolinie")
    make_partnership.member(institution)
    return make_accession.resignation(institution)


def link(notice: ResignationNotice) -> str:
    return f'href="{LIST}{notice.pk}/"'


def test_the_office_finds_it_everywhere(partnership: TenantRef, notice: ResignationNotice) -> None:
    record(by=make.BY, verb="MEMBER_RESIGNED", obj=notice)
    organisation = notice.membership.organisation_id
    client, _ = make.signed_in(partnership, Role.LEAD)

    for page in (
        LIST,
        LIST + "?szukaj=kultury",
        f"{LIST}?od={notice.received_on}&do={notice.received_on}",
        f"{PARTNERSHIP}instytucje/{organisation}/",
        PARTNERSHIP + "rozwiazanie/",
        "/gmina/gogolin/dziennik/",
    ):
        assert link(notice) in client.get(page).content.decode(), page
    for query in ("?szukaj=poradnia", "?do=2000-01-01", "?od=2090-01-01"):
        assert link(notice) not in client.get(LIST + query).content.decode()


def test_one_that_joined_again_is_told_wherever_its_resignation_is(
    partnership: TenantRef, in_partnership: TenantRef
) -> None:
    organisation = make.organisation(name="Dom Kultury w Gogolinie")
    make_accession.resignation(organisation)
    client, _ = make.signed_in(partnership, Role.LEAD)
    pages = (f"{PARTNERSHIP}instytucje/{organisation.pk}/", PARTNERSHIP + "rozwiazanie/")
    told = f"onownie członek od {pl_date(make.ESTABLISHED)}".replace("\u00a0", " ")
    cell = f"<span>{pl_date(make.ESTABLISHED)}</span>".replace("\u00a0", " ")
    assert not any(told in text_of(client.get(page)) for page in pages)
    assert cell not in text_of(client.get(LIST))

    make_partnership.member(organisation)

    assert all(told in text_of(client.get(page)) for page in pages)
    assert cell in text_of(client.get(LIST))


def test_a_member_finds_its_own_alone(partnership: TenantRef, notice: ResignationNotice) -> None:
    other = make.organisation(name="Poradnia")
    make_partnership.member(other)
    own = make_accession.resignation(other)
    client, _ = make.signed_in(partnership, Role.PARTNER_HEAD, organisation=other)

    for page in (LIST, PARTNERSHIP + "rozwiazanie/"):
        read = client.get(page).content.decode()
        assert link(own) in read
        assert link(notice) not in read
    foreign = f"{PARTNERSHIP}instytucje/{notice.membership.organisation_id}/"
    assert link(notice) not in client.get(foreign).content.decode()
    assert "Dom Kultury" not in text_of(client.get(LIST + "?szukaj=kultury"))


def test_days_out_of_order_are_said_beside_the_second(
    partnership: TenantRef, notice: ResignationNotice
) -> None:
    client, _ = make.signed_in(partnership, Role.LEAD)

    page = client.get(LIST + "?od=2026-02-01&do=2026-01-01")

    assert list(page.context["form"].errors) == ["do"]
    assert "Dzień końcowy nie może być wcześniejszy niż początkowy." in text_of(page)
