"""Whoever left reads their own papers for some days, and nothing else (REG §1.5, §1.6)."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import decisions
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.leavers import ViewWithheld
from tenants.accession.models.resignations import ResignationNotice
from tenants.people.actions import mending
from tenants.people.models import Organisation, Person, PersonMerge
from tenants.people.references import moved_by_merge
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts
from tests.factories import people as make
from tests.tenants.accession.test_after_leaving import deliver, resigned, signed_in_again
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

PAPERS = HOME + "moje-dokumenty/"


@pytest.fixture
def declaration(lead: Person, partnership: TenantRef) -> AccessionDeclaration:
    """Of an institution that came the whole way, with a power of attorney."""
    made = make_accession.draft(lead, make.organisation(name="Dom Kultury"))
    make_accession.annex(lead, made)
    make_accession.file(made, lead)
    day = timezone.localdate()
    decisions.accept_declaration(by=make.by(lead), declaration_id=made.pk, decided_on=day)
    made.refresh_from_db()
    return made


@pytest.fixture
def member(declaration: AccessionDeclaration) -> Organisation:
    return declaration.organisation


def leave(place: TenantRef, lead: Person, member: Organisation) -> tuple[Client, Person]:
    """Its head acts for it, then it resigns; the browser is one that signed in since."""
    _, head = make.signed_in(place, Role.PARTNER_HEAD, organisation=member)
    resigned(lead, member)
    deliver(place)
    return signed_in_again(head), head


def test_the_papers_of_the_institution_are_read_for_thirty_days(
    lead: Person, declaration: AccessionDeclaration, partnership: TenantRef
) -> None:
    client, _ = leave(partnership, lead, declaration.organisation)
    notice = ResignationNotice.objects.get()

    told = client.get("/konto/").content.decode()
    assert f'href="{PAPERS}"' in told
    page = client.get(PAPERS)

    said = page.content.decode()
    assert page.status_code == 200
    for words in ("Deklaracja z adnotacją Lidera", "przyjęto do Partnerstwa", "Pełnomocnictwo"):
        assert words in said
    for file in (declaration.file, declaration.annexes.get().file, notice.file):
        assert file is not None
        assert f"{PAPERS}{file.pk}/" in said
        assert client.get(f"{PAPERS}{file.pk}/").status_code == 200
    with inside(partnership):
        assert Entry.objects.filter(verb="LEAVER_ENTERED").count() == 1
        assert Entry.objects.filter(verb="FILE_READ").count() == 3


def test_after_that_the_page_says_since_when_and_whom_to_ask(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    client, _ = leave(partnership, lead, member)
    file = ResignationNotice.objects.get().file
    old = timezone.now() - timedelta(days=31)
    Access.objects.update(granted_at=old, ended_at=old)

    for at in (PAPERS, f"{PAPERS}{file.pk}/"):
        page = client.get(at)
        assert page.status_code == 403
        assert "Czas na czytanie swoich dokumentów minął" in text_of(page)
        assert "o kopię poproś" in text_of(page)
    assert "Przeczytaj swoje dokumenty" not in text_of(client.get("/konto/"))


def test_nothing_of_another_institution_and_nothing_later_is_theirs(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    client, _ = leave(partnership, lead, member)
    with inside(partnership):
        foreign = make_accession.filed(lead)
        later = make_accession.draft(lead, member)
        make_accession.annex(lead, later)
        later = make_accession.file(later, lead)
        files = [foreign.file, later.file, later.annexes.get().file]
        regulation = make.stored("REGULATION_VOTE")

    said = client.get(PAPERS).content.decode()

    for file in (*files, regulation):
        assert file is not None
        assert str(file.pk) not in said
        assert client.get(f"{PAPERS}{file.pk}/").status_code == 404
        assert client.get(f"{HOME}dokumenty/pliki/{file.pk}/").status_code == 403


def test_an_applicant_reads_the_declaration_after_the_decision(
    in_partnership: TenantRef, lead: Person
) -> None:
    _, applicant, declaration = make_accession.invited(in_partnership, lead)
    make_accession.named(lead, declaration)
    make_accession.file(declaration, lead)
    decisions.refuse_declaration(
        by=make.by(lead), declaration_id=declaration.pk, reason="Inna gmina."
    )
    deliver(in_partnership)
    client = signed_in_again(applicant)
    declaration.refresh_from_db()

    page = client.get(PAPERS)

    assert "odmowa przyjęcia" in text_of(page)
    assert client.get(f"{PAPERS}{declaration.file_id}/").status_code == 200


@pytest.mark.parametrize("who", ["stranger", "office", "other kooperant", "suspended"])
def test_it_is_open_to_nobody_else(
    lead: Person, member: Organisation, partnership: TenantRef, who: str
) -> None:
    gone, _ = leave(partnership, lead, member)
    file = ResignationNotice.objects.get().file
    clients: dict[str, Any] = {
        "stranger": lambda: accounts.client_of(accounts.account()),
        "office": lambda: make.signed_in(partnership, Role.LEAD)[0],
        "other kooperant": lambda: make.signed_in(
            partnership, Role.PARTNER_HEAD, organisation=make.organisation()
        )[0],
        "suspended": lambda: gone,
    }
    with inside(partnership):
        client = clients[who]()
    if who == "suspended":
        Tenant.objects.filter(pk=partnership.id).update(status="SUSPENDED")

    assert client.get(PAPERS).status_code == 403
    assert client.get(f"{PAPERS}{file.pk}/").status_code in {403, 404}
    with inside(partnership):
        assert not Entry.objects.filter(verb="FILE_READ").exists()


def test_whoever_has_another_role_here_goes_on_as_before(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    client, head = leave(partnership, lead, member)
    with inside(partnership):
        role = Role.PARTNER_WORKER
        Access.objects.create(
            account_id=head.account_id,
            tenant_id=partnership.id,
            role=role,
            organisation_id=make.organisation().pk,
            person_id=head.pk,
            granted_by="test",
        )

    assert client.get(PAPERS).status_code == 403
    assert client.get(HOME).status_code == 200
    assert "Przeczytaj swoje dokumenty" not in text_of(client.get("/konto/"))


def test_without_a_second_factor_one_is_led_to_set_it_up(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    _, head = leave(partnership, lead, member)
    account = Access.objects.filter(person_id=head.pk).select_related("account")[0].account
    Authenticator.objects.filter(user=account).delete()

    page = accounts.client_of(account).get(PAPERS)

    assert page.status_code == 302
    assert "/konto/" in page.headers["Location"]


def test_they_are_still_theirs_when_the_institution_is_made_one_with_another_entry(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    client, _ = leave(partnership, lead, member)
    file = ResignationNotice.objects.get().file
    with inside(partnership):
        stays = make.organisation(regon="")
        seen = sum(len(ids) for _, ids in moved_by_merge(member, stays))
        mending.merge(
            by=make.by(lead),
            kind=Organisation,
            source_id=member.pk,
            target_id=stays.pk,
            seen=seen,
        )

    assert client.get(f"{PAPERS}{file.pk}/").status_code == 200


def test_the_office_withholds_it_at_once(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    client, head = leave(partnership, lead, member)
    file = ResignationNotice.objects.get().file
    with inside(partnership):
        office, _ = make.signed_in(partnership, Role.TENANT_ADMIN)
        other, _ = make.signed_in(partnership, Role.NETWORK_OFFICER)
    at = f"{PARTNERSHIP}osrodek/wglad/{head.pk}/"
    assert at in office.get(f"{PARTNERSHIP}osrodek/").content.decode()
    sent = {"key": str(head.pk), "reason": "Udostępniał dokumenty innym."}
    assert other.post(at, sent).status_code == 403
    assert client.get(PAPERS).status_code == 200

    assert office.post(at, sent).status_code == 302

    for page in (client.get(PAPERS), client.get(f"{PAPERS}{file.pk}/")):
        assert page.status_code == 403
        assert "ośrodek zamknął jej wgląd" in text_of(page)
    with inside(partnership):
        assert ViewWithheld.objects.get().person_id == head.pk
        assert Entry.objects.filter(verb="VIEW_WITHHELD").count() == 1
    assert "bez wglądu" in text_of(office.get(f"{PARTNERSHIP}osrodek/"))


def test_what_is_withheld_from_one_entry_of_a_person_is_withheld_from_both(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    client, head = leave(partnership, lead, member)
    with inside(partnership):
        twice = make.person()
        ViewWithheld.objects.create(person=twice, reason="Nadużycie.", withheld_by_name="Anna")
    assert client.get(PAPERS).status_code == 200

    with inside(partnership):
        PersonMerge.objects.create(
            source=twice, target=head, merged_on=timezone.localdate(), merged_by="Anna"
        )

    assert client.get(PAPERS).status_code == 403
