"""Who joins accepts the version of the day (REG §1.5, §9)."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.accession.actions import declarations
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.factories import voting
from tests.tenants.reading import PARTNERSHIP, text_of

TODAY = date(2026, 3, 2)


@pytest.fixture
def changed(in_partnership: TenantRef, lead: Person) -> RegulationVersion:
    """The second version: adopted on the first day, in force from the third."""
    with time_machine.travel(TODAY, tick=False):
        version = voting.opened(lead)
        voting.vote(version, lead)
        return voting.close(version, lead, TODAY + timedelta(days=2))


def test_a_draft_begun_before_a_new_version_accepts_the_new_one(
    changed: RegulationVersion, lead: Person
) -> None:
    first = RegulationVersion.objects.get(number=1)
    with time_machine.travel(TODAY, tick=False):
        older, younger = make_accession.draft(lead), make_accession.draft(lead)
        assert make_accession.file(older, lead).regulation == first
    with time_machine.travel(TODAY + timedelta(days=2), tick=False):
        with pytest.raises(Problem, match="inna wersja"):
            file(younger, lead, first)
        assert file(younger, lead, changed).regulation == changed


def file(declaration: Any, lead: Person, regulation: RegulationVersion) -> Any:
    return declarations.file_declaration(
        by=make.by(lead),
        declaration_id=declaration.pk,
        file=make.pdf(),
        mode="PAPER_SCAN",
        signed_on=TODAY,
        received_on=TODAY,
        regulation_id=regulation.pk,
    )


def test_a_page_opened_under_the_old_version_asks_for_the_new_one(
    in_partnership: TenantRef, changed: RegulationVersion, lead: Person
) -> None:
    keeper, _ = make.signed_in(in_partnership, Role.LEAD)
    declaration = make_accession.draft(lead)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/"
    day = timezone.localdate().isoformat()
    form = {"mode": "PAPER_SCAN", "signed_on": day, "received_on": day, "regulation_id": "on"}
    seen = RegulationVersion.objects.get(number=1).pk

    page = keeper.post(url, {**form, "seen": seen, "file": make.pdf()})

    assert page.status_code == 422
    assert "zaczęła obowiązywać inna wersja" in text_of(page)
    assert f'name="seen" value="{changed.pk}"' in text_of(page)
    keeper.post(url, {**form, "seen": changed.pk, "file": make.pdf()})
    declaration.refresh_from_db()
    assert declaration.regulation == changed
