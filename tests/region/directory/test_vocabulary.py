"""Other programs read the types of services as a whole SKOS vocabulary, twice the same (REG §5.1.g)."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from rdflib import Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import RDF, SKOS

from tenants.services.types import areas, types
from tenants.services.vocabulary import type_of

pytestmark = [
    pytest.mark.usefixtures("db"),
    # rdflib's own, of a class that its reader of JSON-LD still uses.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

TTL, JSON_LD = "/katalog/typy-uslug.ttl", "/katalog/typy-uslug.jsonld"
SCHEME = URIRef(f"{settings.SITE_URL}/katalog/typy-uslug/")
KINDS = {TTL: "text/turtle; charset=utf-8", JSON_LD: "application/ld+json"}
FORMATS = {TTL: "turtle", JSON_LD: "json-ld"}

of_each_file = pytest.mark.parametrize("at", [TTL, JSON_LD])


def read(at: str) -> Graph:
    graph = Graph()
    graph.parse(data=Client().get(at).content, format=FORMATS[at])
    return graph


@pytest.fixture
def graph() -> Graph:
    return read(TTL)


def uri_of(code: str) -> URIRef:
    return URIRef(f"{SCHEME}{code}/")


def test_both_files_say_the_same() -> None:
    assert to_isomorphic(read(TTL)) == to_isomorphic(read(JSON_LD))


def test_every_area_and_type_is_a_concept_of_the_one_scheme(graph: Graph) -> None:
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts == {
        *(URIRef(f"{SCHEME}#{area.code}") for area in areas()),
        *(uri_of(one.code) for one in types()),
    }
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {SCHEME}
    assert set(graph.subjects(SKOS.inScheme, SCHEME)) == concepts


def test_a_type_has_its_words_in_polish_and_the_area_above_it(graph: Graph) -> None:
    one = type_of("wytchnienie")
    assert one
    uri = uri_of("wytchnienie")
    assert list(graph.objects(uri, SKOS.prefLabel)) == [Literal("opieka wytchnieniowa", "pl")]
    labels = {Literal(words, "pl") for words in one.synonyms}
    assert set(graph.objects(uri, SKOS.altLabel)) == labels
    assert list(graph.objects(uri, SKOS.definition)) == [Literal(one.about, "pl")]
    assert list(graph.objects(uri, SKOS.broader)) == [URIRef(f"{SCHEME}#niepelnosprawnosc")]
    assert list(graph.objects(uri, SKOS.related)) == [uri_of("grupa-opiekunow")]


def test_each_concept_has_one_name_and_no_other_word_repeats_it(graph: Graph) -> None:
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        names = set(graph.objects(concept, SKOS.prefLabel))
        assert len(names) == 1, concept
        assert names.isdisjoint(graph.objects(concept, SKOS.altLabel)), concept


def test_areas_stand_above_their_types_and_nothing_above_them(graph: Graph) -> None:
    top = set(graph.objects(SCHEME, SKOS.hasTopConcept))
    assert top == set(graph.subjects(SKOS.topConceptOf, SCHEME))
    assert len(top) == 14
    assert {(above, below) for below, above in graph.subject_objects(SKOS.broader)} == set(
        graph.subject_objects(SKOS.narrower)
    )
    assert set(graph.objects(None, SKOS.broader)) == top
    assert top.isdisjoint(graph.subjects(SKOS.broader, None))


def test_what_is_related_is_so_both_ways_and_never_one_above_the_other(graph: Graph) -> None:
    related = set(graph.subject_objects(SKOS.related))
    assert related
    assert related == {(other, one) for one, other in related}
    assert related.isdisjoint(graph.subject_objects(SKOS.broader))


def test_the_name_of_each_concept_is_the_address_of_its_page(graph: Graph) -> None:
    client = Client()
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        parts = urlsplit(str(concept))
        answer = client.get(parts.path)
        assert answer.status_code == 200, concept
        assert not parts.fragment or f'id="{parts.fragment}"' in answer.content.decode(), concept


@of_each_file
def test_a_file_says_what_it_is_and_is_not_sent_twice(client: Client, at: str) -> None:
    first = client.get(at)
    assert first["Content-Type"] == KINDS[at]
    again = client.get(at, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    other = client.get(at, headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_the_two_files_have_tags_of_their_own(client: Client) -> None:
    assert client.get(TTL)["ETag"] != client.get(JSON_LD)["ETag"]


@of_each_file
def test_a_file_is_only_read(client: Client, at: str) -> None:
    assert client.post(at).status_code == 405
    assert client.head(at)["Content-Type"] == KINDS[at]
