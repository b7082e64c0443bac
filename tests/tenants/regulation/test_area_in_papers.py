"""Papers say the area of a fresh unit of each kind in good Polish."""

import pytest

from kooperacja.documents.page import page_of
from kooperacja.ui.polish import locative_of_unit
from tenants.data_protection.papers import DATA_RULES, data_rules_context
from tenants.partnership.papers import REGISTER
from tenants.registry.rules import CITY, MUNICIPAL_RODZ, titled
from tenants.regulation.papers import REGULATION, regulation_context
from tests.kooperacja.documents.test_word import said_in
from tests.tenants.regulation.test_regulation_document import version

WHERE = {
    **{kind: f"gminie {kind.split()[1][:-1]}iej Brzeg" for kind in MUNICIPAL_RODZ.values()},
    "powiat": "powiecie brzeskim",
    CITY: "mieście Brzeg",
}


def label(kind: str) -> str:
    """The name of a unit of a kind, as its partnership takes it over."""
    named = titled(kind, "brzeski" if kind == "powiat" else "Brzeg")
    return named[:1].upper() + named[1:]


@pytest.mark.parametrize("kind", WHERE)
def test_the_register_names_the_area_as_the_unit_is_called(kind: str) -> None:
    page = " ".join(said_in(page_of(REGISTER, {**REGISTER.example, "area": label(kind)})))
    said = " ".join(page.split())
    assert f"Zespołu Kooperacyjnego (obszar działania: {label(kind)}), stan na" in said


@pytest.mark.parametrize("kind", WHERE)
def test_the_regulation_says_where_after_w(kind: str) -> None:
    fresh = version(area=locative_of_unit(label(kind)))
    for page in (
        page_of(REGULATION, regulation_context(fresh)),
        page_of(DATA_RULES, data_rules_context(fresh, "Treść.")),
    ):
        said = " ".join(" ".join(said_in(page)).split())
        assert f"Partnerskiego Zespołu Kooperacyjnego w {WHERE[kind]}" in said
