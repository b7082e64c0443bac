"""The ROPS adds types of services, and every unit has them at once, in all that knows of types (REG §3.2)."""

import time

import lxml.html
import pytest
from django.test import Client
from rdflib import OWL, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import SKOS
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.columns import SERVICES
from tenants.baskets.forms.entries import NewServiceForm
from tenants.baskets.forms.gaps import MarkGapForm
from tenants.baskets.import_template import _explained
from tenants.region_types import reading
from tenants.region_types.models import RegionType
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tenants.services.finding import found
from tenants.services.vocabulary import vocabulary
from tests.api.hsds.conftest import found as harvested
from tests.api.hsds.conftest import names
from tests.factories import accounts
from tests.factories import baskets as make_baskets
from tests.factories import types as make
from tests.region.directory.conftest import OPEN, Basket

pytestmark = [
    pytest.mark.usefixtures("db"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
AT, PUBLIC = "/region/typy-uslug/", "/katalog/typy-uslug/"


@pytest.fixture
def rops() -> Client:
    return accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))


def added(client: Client, **values: str) -> str:
    """The page after a type was sent."""
    data = {"key": uuid7(), **make.said(**values)}
    answer = client.post(f"{AT}nowy/", data, follow=True)
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def offered(form: type) -> set[str]:
    """The codes that a form lets one choose from."""
    groups = form().fields["type_code"].choices
    return {code for _, below in groups if isinstance(below, list) for code, _ in below}


def codes(phrase: str) -> list[str]:
    return [one.code for one in found(phrase)]


def test_a_type_is_in_forms_search_import_and_on_the_public_page_at_once(
    rops: Client, gmina: TenantRef, client: Client
) -> None:
    assert "Dodano typ „pasieka społeczna”" in added(rops)
    with inside(gmina):
        for form in (NewServiceForm, MarkGapForm):
            assert "pasieka-spoleczna" in offered(form)
        assert ("pasieka społeczna", "ochrona środowiska") in _explained(SERVICES)
    for words in ("pasiekach społecznych", "klub pszczelarzy", "miodobraniu", "pasieka spoleczan"):
        assert codes(words)[0] == "pasieka-spoleczna", words
    page = client.get(f"{PUBLIC}pasieka-spoleczna/").content.decode()
    assert "ule sąsiedzkie" in page
    assert "miodobranie" not in page
    assert "pasieka-spoleczna" in client.get(PUBLIC).content.decode()
    entry = RegionEntry.objects.get(verb="TYPE_ADDED")
    assert entry.about == "pasieka społeczna (pasieka-spoleczna)"


def test_what_the_file_has_is_found_as_before() -> None:
    before = {words: codes(words) for words in ("logopeda", "obiady w szkole", "ciuchy")}
    make.of_region()
    assert {words: codes(words) for words in before} == before


def test_programs_read_it_with_its_words_and_what_is_above_it(client: Client) -> None:
    make.of_region()
    make.of_region(name="pasieka szkolna", synonyms="", everyday="", broader="pasieka-spoleczna")
    graphs = []
    for name, kind in (("typy-uslug.ttl", "turtle"), ("typy-uslug.jsonld", "json-ld")):
        graph = Graph()
        graphs.append(graph.parse(data=client.get(f"/katalog/{name}").content, format=kind))
    assert to_isomorphic(graphs[0]) == to_isomorphic(graphs[1])
    (scheme,) = graphs[0].subjects(SKOS.hasTopConcept, None, unique=True)
    wide, narrow = (URIRef(f"{scheme}{code}/") for code in ("pasieka-spoleczna", "pasieka-szkolna"))
    labels = set(graphs[0].objects(wide, SKOS.altLabel))
    assert labels == {Literal("klub pszczelarza", "pl"), Literal("ule sąsiedzkie", "pl")}
    assert list(graphs[0].objects(wide, SKOS.hiddenLabel)) == [Literal("miodobranie", "pl")]
    assert list(graphs[0].objects(wide, SKOS.broader)) == [URIRef(f"{scheme}#srodowisko")]
    assert list(graphs[0].objects(wide, SKOS.narrower)) == [narrow]
    assert list(graphs[0].objects(narrow, SKOS.broader)) == [wide]
    assert list(graphs[0].subjects(OWL.deprecated, None)) == []


def test_a_service_of_a_narrower_type_is_found_by_the_broader_one(basket: Basket) -> None:
    make.of_region()
    make.of_region(name="pasieka szkolna", synonyms="", everyday="", broader="pasieka-spoleczna")
    basket.takes(name="Kółko w Wymyślonowie", about="Zajęcia.", type_code="pasieka-szkolna", **OPEN)
    terms = {one.get("code"): one for one in harvested("taxonomy_terms", search="pasieka")}
    assert terms["pasieka-szkolna"]["parent_id"] == terms["pasieka-spoleczna"]["id"]
    for code in terms:
        assert names("services", taxonomy_term_id=terms[code]["id"]) == ["Kółko w Wymyślonowie"]
    assert names("services", search="miodobranie") == ["Kółko w Wymyślonowie"]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": "Logopeda"}, "name", "„Logopeda” to już nazwa typu „terapia logopedyczna”."),
        ({"synonyms": "PASIEKA SPOLECZNA"}, "synonyms", "to już nazwa typu „pasieka społeczna”."),
        ({"broader": "logopeda"}, "broader", "jest w dziedzinie"),
    ],
)
def test_words_of_another_type_and_a_broader_one_elsewhere_are_refused_beside_the_field(
    rops: Client, values: dict[str, str], field: str, words: str
) -> None:
    make.of_region()
    data = {"key": uuid7(), **make.said(), "name": "ule", "synonyms": "", **values}
    answer = rops.post(f"{AT}nowy/", data)
    assert answer.status_code == 422
    page = lxml.html.fromstring(answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))
    (fault,) = page.xpath(f"//*[@id='id_{field}_error']")
    assert words in fault.text_content()
    assert RegionType.objects.count() == 1


def test_one_form_sent_twice_adds_one(rops: Client) -> None:
    data = {"key": uuid7(), **make.said()}
    for _ in range(2):
        rops.post(f"{AT}nowy/", data)
    assert RegionType.objects.count() == 1


def test_of_an_ended_type_services_keep_the_name_and_no_other_gets_it(
    rops: Client, basket: Basket, client: Client
) -> None:
    row = make.of_region()
    service = basket.takes(type_code=row.code, **OPEN)
    rops.post(f"{AT}{row.pk}/koniec/", {"why": "koniec programu"})
    with inside(basket.unit):
        assert row.code not in offered(NewServiceForm)
        form = NewServiceForm(entry=service.latest)
        assert ("pasieka-spoleczna", "pasieka społeczna") in [
            one for _, below in form.fields["type_code"].choices for one in below
        ]
        assert service.latest.type.name == "pasieka społeczna"
        make_baskets.changed(basket.by, service, about="Nauka o pszczołach i ulach.")
    page = client.get(f"{PUBLIC}{row.code}/").content.decode()
    assert "Ten typ jest zakończony" in page
    assert row.code not in client.get(PUBLIC).content.decode()
    ttl = client.get("/katalog/typy-uslug.ttl").content.decode()
    assert ttl.count("owl:deprecated true") == 1
    (term,) = harvested("taxonomy_terms", search="pasieka")
    assert term["kooperacja_is_ended"] is True
    assert rops.post(f"{AT}{row.pk}/zmiana/", make.said() | {"version": 2}).status_code == 409


def test_a_changed_type_keeps_its_code_and_its_services(rops: Client, gmina: TenantRef) -> None:
    row = make.of_region()
    data = make.said(name="pasieka sąsiedzka") | {"version": row.version}
    assert rops.post(f"{AT}{row.pk}/zmiana/", data).status_code == 302
    row.refresh_from_db()
    assert (row.code, row.name) == ("pasieka-spoleczna", "pasieka sąsiedzka")
    assert RegionEntry.objects.get(verb="TYPE_CHANGED").about.endswith(
        "Nazwa: pasieka społeczna → pasieka sąsiedzka"
    )
    assert codes("sąsiedzka pasieka")[0] == row.code


def test_another_process_sees_a_new_type_without_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert vocabulary().of("pasieka-spoleczna") is None
    row = make.of_region()
    now = time.monotonic()
    # As it was remembered before.
    monkeypatch.setattr(reading._remembered, "_known", {"": (now, ())})
    assert vocabulary().of(row.code) is None
    monkeypatch.setattr(time, "monotonic", lambda: now + 3600)
    assert vocabulary().of(row.code) is not None
    assert codes("miodobranie") == [row.code]
