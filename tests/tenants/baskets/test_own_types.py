"""The Lider adds types of services for its own unit, and others know what these are a part of (REG §3.2)."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from region.directory.models import ListedService
from tenants.baskets.actions import masters, own_types
from tenants.baskets.forms.entries import NewServiceForm
from tenants.baskets.models.own_types import OwnType
from tenants.services.finding import found
from tenants.services.vocabulary import type_of, vocabulary
from tests.api.hsds.conftest import found as harvested
from tests.api.hsds.conftest import names
from tests.factories import baskets as make_baskets
from tests.factories import masters as make_masters
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import types as make
from tests.region.directory.conftest import OPEN, Basket, basket

__all__ = ["basket"]
CODE = "160501-kuligi-dla-seniorow"
NAME = "Jazda w Wymyślonowie"


def offered() -> set[str]:
    groups = NewServiceForm().fields["type_code"].choices
    return {code for _, below in groups if isinstance(below, list) for code, _ in below}


def codes(phrase: str) -> list[str]:
    return [one.code for one in found(phrase)]


def listed(basket: Basket, **values: str) -> ListedService:
    """A public service with a type of the unit's own, as the region has it."""
    with inside(basket.unit):
        row = make.own(basket.by, **values)
    service = basket.takes(name=NAME, about="Zajęcia.", type_code=row.code, **OPEN)
    return ListedService.objects.get(pk=service.pk)


def test_it_is_known_in_its_unit_alone(basket: Basket, powiat: TenantRef) -> None:
    with inside(basket.unit):
        row = make.own(basket.by)
        assert row.code == CODE
        assert CODE in offered()
        assert codes("sanna") == codes("koniach") == [CODE]
        assert Entry.objects.get(verb="OWN_TYPE_ADDED").object_id == row.pk
    with inside(powiat):
        assert CODE not in offered()
        assert codes("sanna") == []
    assert vocabulary().of(CODE) is None


def test_names_that_the_unit_knows_already_are_refused_and_nothing_changes(basket: Basket) -> None:
    make.of_region()
    with inside(basket.unit):
        make.own(basket.by)
        for name in ("Kuligi dla seniorów", "SANNA", "Pasieka społeczna", "logopeda"):
            values = make.said(name=name, synonyms="")
            with pytest.raises(ValidationError, match="to już nazwa typu"):
                own_types.add(by=basket.by, key=uuid7(), values=values)
        assert OwnType.objects.count() == 1


def test_in_the_region_it_is_found_by_its_words_and_filed_under_its_area(
    basket: Basket, client: Client
) -> None:
    row = listed(basket)
    assert (row.type_code, row.said.own_type["area"]) == ("", "srodowisko")
    for query in ({"szukaj": "sanna"}, {"szukaj": "kuligi"}, {"dziedzina": "srodowisko"}):
        assert NAME in client.get("/katalog/", query).content.decode().replace("\xa0", " "), query
    page = client.get(f"/katalog/uslugi/{row.pk}/").content.decode().replace("\xa0", " ")
    assert "ochrona środowiska" in page
    assert "kuligi" not in page


def test_under_a_broader_type_it_is_that_one_for_others(basket: Basket) -> None:
    make.of_region()
    row = listed(basket, broader="pasieka-spoleczna")
    assert row.type_code == "pasieka-spoleczna"
    (term,) = harvested("taxonomy_terms", search="pasieka")
    assert names("services", taxonomy_term_id=term["id"]) == [NAME]


def test_programs_read_it_in_its_unit_and_nowhere_else(basket: Basket, client: Client) -> None:
    row = listed(basket)
    at = f"{basket.unit.code}/"
    (term,) = harvested(f"{at}taxonomy_terms", search="kuligi")
    assert (term["code"], term["kooperacja_alt_labels"]) == (CODE, ["sanna"])
    assert harvested("taxonomy_terms", search="kuligi") == []
    assert names(f"{at}services", taxonomy_term_id=term["id"]) == [NAME]
    for home, code in ((at, CODE), ("", "srodowisko")):
        (service,) = harvested(f"{home}services", full="true")
        assert service["id"] == str(row.pk)
        assert service["attributes"][0]["taxonomy_term"]["code"] == code
    graph = Graph().parse(data=client.get("/gmina/gogolin/uslugi/typy-uslug.ttl").content)
    (own,) = graph.subjects(SKOS.notation, Literal(CODE))
    assert list(graph.objects(own, SKOS.altLabel)) == [Literal("sanna", "pl")]
    (above,) = graph.objects(own, SKOS.broader)
    assert isinstance(above, URIRef)
    assert above.endswith("/katalog/typy-uslug/#srodowisko")
    assert CODE not in client.get("/katalog/typy-uslug.ttl").content.decode()


def test_one_that_becomes_a_type_of_the_region_is_mapped_to_it(basket: Basket) -> None:
    row = listed(basket)
    make.of_region()
    with inside(basket.unit):
        own = OwnType.objects.get()
        own_types.end(
            by=basket.by, type_id=own.pk, why="jest w województwie", same_as="pasieka-spoleczna"
        )
        assert CODE not in offered()
        known = type_of(CODE)
        assert known is not None
        assert known.name == "kuligi dla seniorów"
        assert vocabulary().line(CODE) == (CODE, "pasieka-spoleczna")
    basket.settled()
    row.refresh_from_db()
    assert row.type_code == "pasieka-spoleczna"


def test_a_service_with_it_goes_into_no_master_card(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.found(gmina)
    institution, person, _ = make_masters.kooperant(gmina)
    with inside(gmina):
        lead = make_people.by(make_people.lead())
        service = make_baskets.accepted(lead, institution, type_code=make.own(lead).code)
        with pytest.raises(Problem, match="zna tylko ta jednostka"):
            masters.begin(by=make_masters.by(person), card_id=service.card_id, key=uuid7())
        assert not Entry.objects.filter(verb="MASTER_BEGUN").exists()
