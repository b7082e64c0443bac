"""The whole documentation leaves as one file, with what its asker may read (REG §2.11)."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from kooperacja.audit.models import Entry
from kooperacja.documents import documentation, preparing
from kooperacja.documents.models import PreparedFile
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.kinds import ZZK
from tenants.teams.models import Team
from tests.factories import accession as make_accession
from tests.factories import meetings as make_meetings
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

PACK = f"{PARTNERSHIP}dokumentacja/plik/"


@pytest.fixture(autouse=True)
def _disk(in_partnership: TenantRef, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = settings.VAR_DIR = tmp_path


def asked(client: Client, query: str = "") -> PreparedFile:
    assert client.post(PACK + query).status_code == 302
    return PreparedFile.objects.get()


def made() -> None:
    """As a worker does it."""
    with inside(current_tenant()):
        assert preparing.draw_next()


def taken(client: Client, prepared: PreparedFile) -> ZipFile:
    at = f"{HOME}dokumenty/pliki/przygotowane/{prepared.pk}/plik/"
    return ZipFile(io.BytesIO(client.get(at).content))


def test_the_list_and_the_files_are_taken_and_the_journal_says_so(keeper: Client) -> None:
    meeting = make_meetings.past(upload=make.pdf("skan.pdf"))
    declaration = make_accession.filed(make_meetings.lead())
    prepared = asked(keeper)
    made()
    pack = taken(keeper, prepared)

    papers = [name for name in pack.namelist() if name.endswith(".pdf")]
    assert len(papers) == 2
    assert all(pack.read(name).startswith(b"%PDF") for name in papers)
    listing = pack.read("Dokumentacja.csv").decode("utf-8-sig")
    assert str(meeting) in listing
    assert declaration.organisation.name in listing
    assert all(name in listing for name in papers)
    assert Entry.objects.filter(verb="DOCUMENTATION_EXPORTED").count() == 1


def test_what_may_not_be_read_when_it_is_made_is_not_in_it(keeper: Client) -> None:
    meeting = make_meetings.past(upload=make.pdf("skan.pdf"))
    make_accession.filed(make_meetings.lead())
    prepared = asked(keeper)
    Team.objects.filter(pk=meeting.team_id).update(kind=ZZK)
    made()
    listing = taken(keeper, prepared).read("Dokumentacja.csv").decode()
    assert "Podpisana deklaracja przystąpienia" in listing
    assert "Skan protokołu" not in listing


def test_nobody_else_takes_it_and_its_asker_only_while_of_the_office(
    in_partnership: TenantRef,
) -> None:
    client, person = make.signed_in(in_partnership, Role.LEAD)
    other, _ = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    make_accession.filed(make_meetings.lead())
    prepared = asked(client)
    made()
    at = f"{HOME}dokumenty/pliki/przygotowane/{prepared.pk}/"
    assert [one.get(at).status_code for one in (client, other)] == [200, 403]
    assert other.get(at + "plik/").status_code == 403
    held = RoleAssignment.objects.filter(person=person)
    held.update(role=Role.SOCIAL_WORKER)
    assert client.get(at + "plik/").status_code == 403
    assert not Entry.objects.filter(verb="DOCUMENTATION_EXPORTED").exists()


def test_its_asker_takes_it_only_while_all_in_it_may_be_read(keeper: Client) -> None:
    meeting = make_meetings.past(upload=make.pdf("skan.pdf"))
    prepared = asked(keeper)
    made()
    at = f"{HOME}dokumenty/pliki/przygotowane/{prepared.pk}/plik/"
    assert keeper.get(at).status_code == 200
    Team.objects.filter(pk=meeting.team_id).update(kind=ZZK)
    assert keeper.get(at).status_code == 403
    assert Entry.objects.filter(verb="DOCUMENTATION_EXPORTED").count() == 1


def test_made_after_its_asker_left_it_has_nothing_and_nobody_takes_it(
    in_partnership: TenantRef,
) -> None:
    client, person = make.signed_in(in_partnership, Role.LEAD)
    make_accession.filed(make_meetings.lead())
    prepared = asked(client)
    RoleAssignment.objects.filter(person=person).update(role=Role.SOCIAL_WORKER)
    made()
    prepared.refresh_from_db()
    assert prepared.context == {"papers": []}
    assert client.get(f"{HOME}dokumenty/pliki/przygotowane/{prepared.pk}/plik/").status_code == 403


def test_too_many_files_are_taken_a_year_at_a_time(
    keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_accession.filed(make_meetings.lead())
    monkeypatch.setattr(documentation, "MOST_MEGABYTES", 0)
    answer = keeper.post(PACK)
    assert "za dużo na jeden plik" in text_of(answer)
    assert not PreparedFile.objects.exists()


def test_only_the_office_takes_all(in_partnership: TenantRef) -> None:
    client, _ = make.signed_in(in_partnership, Role.SOCIAL_WORKER)
    assert client.post(PACK).status_code == 403
    assert not PreparedFile.objects.exists()
