"""An aneks names other gminas: the text, the page, what anybody reads and gminas hear (POR-C §1.1)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.amended import unit_names_on
from tenants.agreements.amending import changes_said
from tenants.agreements.consolidated import Texts, text_of
from tenants.agreements.models import Agreement, AmendedClause
from tenants.registry.models import Unit
from tenants.registry.roles import Role
from tests.factories import amendments as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of as read

TODAY = timezone.localdate()
AT = "/gmina/gogolin/porozumienia"


def clauses(agreement: Agreement) -> dict[str, str]:
    return {line.key: line.text for line in text_of(agreement).lines}


@pytest.mark.usefixtures("in_partnership")
@pytest.mark.parametrize("variant", "ABC")
def test_the_founding_clause_names_the_other_gminas_in_their_case(variant: str) -> None:
    agreement = make.agreement(variant)
    amendment = make.begun(agreement)
    make.for_units(amendment, "160501", "160502")
    make.since(amendment, TODAY)
    two = "na terenie gmin Przykład 160501 i Przykład 160502"
    found = clauses(agreement)
    assert two in found["1.1"]
    assert (two in found["1.2"]) == (variant == "C")
    if variant == "C":
        assert "w konsekwencji ich mieszkańcom." in found["1.2"]
    assert unit_names_on(agreement, TODAY - timedelta(days=1)) == agreement.unit_names
    names = [f"gmina wiejska Przykład {code}" for code in ("160501", "160502")]
    assert unit_names_on(agreement, TODAY) == names


@pytest.mark.usefixtures("in_partnership")
def test_the_aneks_says_both_clauses_unless_it_gives_one_a_text_of_its_own() -> None:
    amendment = make.begun(make.agreement("C"))
    make.for_units(amendment, "160502")
    said = changes_said(amendment, Texts.of(amendment))
    assert [one.split(" otrzymuje")[0] for one in said] == ["§ 1 ust. 1", "§ 1 ust. 2"]
    make.reworded(amendment, "1.2", "Cel jest inny.")
    texts = Texts.of(amendment)
    assert len(changes_said(amendment, texts)) == 2
    assert next(one.text for one in texts.after.lines if one.key == "1.2") == "Cel jest inny."


@pytest.mark.usefixtures("in_partnership")
def test_a_draft_and_a_day_before_it_change_no_gmina() -> None:
    agreement = make.agreement("C")
    amendment = make.begun(agreement)
    make.for_units(amendment, "160502")
    assert unit_names_on(agreement, TODAY) == agreement.unit_names
    make.since(amendment, TODAY + timedelta(days=1))
    assert unit_names_on(agreement, TODAY) == agreement.unit_names


WALCE = "160504"


@pytest.fixture
def office(in_partnership: TenantRef) -> Client:
    Unit.objects.get_or_create(
        code=WALCE, level="MUNICIPALITY", defaults={"name": "Walce", "rodz": "2", "as_of": TODAY}
    )
    return make_people.signed_in(in_partnership, Role.LEAD)[0]


def sent_form(agreement: Agreement, client: Client, **said: Any) -> Any:
    amendment = make.begun(agreement)
    data = {"key": str(uuid7()), "text": "", **said}
    return client.post(f"{AT}/aneksy/{amendment.pk}/zmiana/gminy/", data)


def test_the_office_chooses_them_and_everybody_reads_them(office: Client) -> None:
    agreement = make.agreement("C")
    other = f"{AT}/aneksy/{make.begun(make.agreement('C')).pk}/zmiana/gminy/"
    assert f'value="{WALCE}"' in office.get(other).content.decode()
    assert sent_form(agreement, office, units=[WALCE]).status_code == 302
    change = AmendedClause.objects.get()
    assert [one["code"] for one in change.units] == [WALCE]
    name = change.units[0]["name"]
    page, public = f"{AT}/{agreement.pk}/", "/gmina/gogolin/porozumienia/publicznie/"
    for address, client in ((page, office), (public, Client())):
        assert name not in read(client.get(address))
    make.since(change.amendment, TODAY)
    for address, client in ((page, office), (public, Client())):
        assert name in read(client.get(address))


@pytest.mark.parametrize("units", [[], [WALCE, "999999"]])
def test_no_gmina_or_one_of_elsewhere_changes_nothing(office: Client, units: list[str]) -> None:
    assert sent_form(make.agreement("C"), office, units=units).status_code == 422
    assert not AmendedClause.objects.exists()
