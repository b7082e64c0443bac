"""The same name or id in two tenants is two things: in cache, files, letters and tasks."""

from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from uuid6 import uuid7

from kooperacja.crypto.envelope import Keyring, Tampered
from kooperacja.crypto.named import KeyName
from kooperacja.documents import storage
from kooperacja.notifications import tasks
from kooperacja.notifications.base import Recipient, send
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.errors import ForeignObject
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.notifications import DeclarationFiled
from tenants.people.models import Organisation
from tenants.registry.models import Tenant
from tenants.teams.closed import ClosedTeams
from tenants.teams.kinds import ZZK
from tenants.teams.models import Team
from tests.factories import people as make
from tests.offering import offer


def test_a_cached_value_is_its_tenants_own(gmina: TenantRef, powiat: TenantRef) -> None:
    with inside(gmina):
        cache.set("liczba", 1)
    with inside(powiat):
        assert cache.get("liczba") is None
        cache.set("liczba", 2)
    assert cache.get("liczba") is None
    with inside(gmina):
        assert cache.get("liczba") == 1


def test_an_object_of_one_tenant_is_not_saved_in_another(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    with inside(gmina):
        organisation = make.organisation(name="Szkoła w gminie")
    with inside(powiat):
        with pytest.raises(ForeignObject):
            organisation.save()
        with pytest.raises(ForeignObject):
            organisation.delete()
        assert not Organisation.objects.exists()
    with inside(gmina):
        assert Organisation.objects.get().name == "Szkoła w gminie"


def test_the_same_row_id_in_two_tenants_is_two_rows(gmina: TenantRef, powiat: TenantRef) -> None:
    with inside(gmina):
        here = make.organisation(name="Szkoła w gminie")
    with inside(powiat):
        Organisation.objects.create(id=here.pk, name="Szkoła w powiecie", sector="OTHER", city="X")
        assert Organisation.objects.get(pk=here.pk).name == "Szkoła w powiecie"
    with inside(gmina):
        assert Organisation.objects.get(pk=here.pk).name == "Szkoła w gminie"


def test_a_file_of_the_same_id_is_each_tenants_own_even_when_moved(
    gmina: TenantRef, powiat: TenantRef, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    pk = uuid7()
    for ref in (gmina, powiat):
        with inside(ref), storage.staged(ref.schema.encode(), pk=pk, year=2026) as path:
            pass
    for ref in (gmina, powiat):
        with inside(ref):
            assert storage.read(path, pk=pk) == ref.schema.encode()
    copyfile(tmp_path / powiat.schema / path, tmp_path / gmina.schema / path)
    with inside(gmina), pytest.raises(Tampered):
        storage.read(path, pk=pk)


def test_a_closed_teams_file_opens_in_no_other_tenant_with_the_same_ids_and_key(
    gmina: TenantRef, powiat: TenantRef, tmp_path: Path, settings: Any, monkeypatch: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    keyring = Keyring(1, {1: b"k" * 32})
    offer(monkeypatch, ClosedTeams(ZZK, lambda person, team: True, lambda team: keyring))
    pk, team_id = uuid7(), uuid7()
    key = KeyName("TEAM", team_id)
    for ref in (gmina, powiat):
        with inside(ref):
            since = make.ESTABLISHED
            Team.objects.create(id=team_id, kind=ZZK, rests_on_kind="x", rests_on=pk, from_on=since)
            with storage.staged(ref.schema.encode(), pk=pk, year=2026, key=key) as path:
                assert storage.read(path, pk=pk, key=key) == ref.schema.encode()
    copyfile(tmp_path / powiat.schema / path, tmp_path / gmina.schema / path)
    with inside(gmina), pytest.raises(Tampered):
        storage.read(path, pk=pk, key=key)


def test_a_letter_of_the_same_name_is_each_tenants_own(gmina: TenantRef, powiat: TenantRef) -> None:
    pk = uuid7()
    for ref in (gmina, powiat):
        with inside(ref):
            Outgoing.objects.all().delete()
            said = DeclarationFiled(declaration_id=pk, organisation_name=f"Szkoła {ref.slug}")
            send(said, to=[Recipient(email="ta.sama@example.pl")], dedupe="ta-sama")
            drain(Outgoing, handlers())
    assert len(mail.outbox) == 2
    for letter, own, other in zip(mail.outbox, (gmina, powiat), (powiat, gmina), strict=True):
        body = f"{letter.subject} {letter.body}"
        assert f"Szkoła {own.slug}" in body
        assert own.prefix + "/" in body
        assert other.prefix + "/" not in body
        assert f"Szkoła {other.slug}" not in body
    assert mail.outbox[0].extra_headers["Message-ID"] != mail.outbox[1].extra_headers["Message-ID"]


def test_a_task_works_in_the_tenant_it_names_and_in_no_other(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    for ref in (gmina, powiat):
        with inside(ref):
            Outgoing.objects.all().delete()
            Outgoing.objects.create(kind="FIGURES", payload={}, dedupe="proba")
    tasks.drain(str(gmina.id))
    with inside(gmina):
        assert Outgoing.objects.get().done_at is not None
    with inside(powiat):
        assert Outgoing.objects.get().done_at is None


def test_a_task_leaves_a_suspended_tenant_alone(gmina: TenantRef) -> None:
    with inside(gmina):
        Outgoing.objects.all().delete()
        Outgoing.objects.create(kind="FIGURES", payload={}, dedupe="proba")
    Tenant.objects.filter(pk=gmina.id).update(status="SUSPENDED")
    tasks.drain(str(gmina.id))
    with inside(gmina):
        assert Outgoing.objects.get().done_at is None
