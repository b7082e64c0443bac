"""A file of an edition that was prepared is withheld and made anew once something in it is hidden."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kooperacja.audit.actor import Actor
from kooperacja.documents import preparing
from kooperacja.documents.models import PreparedFile
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import redrawing
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.factories.editions import issued


@pytest.fixture
def member(in_partnership: TenantRef, kooperant: Organisation) -> Client:
    return make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)[0]


def drawn() -> None:
    with inside(current_tenant()):
        preparing.draw_next()


def test_it_is_withheld_at_once_and_another_one_takes_its_place(
    office: Actor,
    kooperant: Organisation,
    in_partnership: TenantRef,
    member: Client,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    settings: Any,
) -> None:
    settings.MEDIA_ROOT = settings.VAR_DIR = tmp_path
    pages: list[str] = []
    monkeypatch.setattr(
        preparing, "drawn_apart", lambda html, tell: pages.append(html) or b"%PDF-1.7"
    )
    monkeypatch.setattr("tenants.baskets.views.edition_files.is_long", lambda *_: True)
    service = make.accepted(office, kooperant)
    edition = issued(office)
    at = f"/gmina/gogolin/koszyk/wydania/{edition.pk}/"
    assert member.post(member.get(f"{at}wydanie.pdf").headers["Location"]).status_code == 302
    drawn()
    old = PreparedFile.objects.get()
    file = f"/gmina/gogolin/dokumenty/pliki/przygotowane/{old.pk}/plik/"
    assert member.get(file).status_code == 200
    assert redrawing.outdated() == []

    with inside(in_partnership):
        make.refiled(office, service, sees_service=Visibility.OFFICE)
    assert member.get(file).status_code in (403, 404)
    with inside(in_partnership):
        for prepared in redrawing.outdated():
            redrawing.redraw(prepared)
    drawn()
    new = PreparedFile.objects.get()
    assert new.pk != old.pk
    assert member.get(file.replace(str(old.pk), str(new.pk))).status_code == 200
    assert "Poradnia dla rodzin" in pages[0]
    assert "Poradnia dla rodzin" not in pages[1]
    assert "usunięto na życzenie instytucji" in pages[1]
