"""The types of services for other programs: a SKOS vocabulary in Turtle and in JSON-LD (REG §5.1.g)."""

import json
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from kooperacja.tenancy.urls import root_reverse
from tenants.services.types import Area, ServiceType, areas
from tenants.services.vocabulary import Vocabulary, vocabulary

TITLE = "Typy usług społecznych"
LANGUAGE = "pl"
_NAMESPACES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TEXTS = {
    "title": "dct:title",
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "hiddenLabel": "skos:hiddenLabel",
    "definition": "skos:definition",
}
_CODES = {"notation": "skos:notation"}
_FLAGS = {"deprecated": "owl:deprecated"}
_LINKS = {
    name: f"skos:{name}"
    for name in ("inScheme", "hasTopConcept", "topConceptOf", "broader", "narrower", "related")
}
Node = dict[str, str | list[str]]


def scheme_uri() -> str:
    return urljoin(settings.SITE_URL, root_reverse("directory:types"))


def area_uri(area: Area) -> str:
    """The place of an area on the page of all types."""
    return f"{scheme_uri()}#{area.code}"


def type_uri(code: str) -> str:
    """The page of a type, which is its name for other programs too; it stays."""
    return urljoin(settings.SITE_URL, root_reverse("directory:type", code))


def turtle() -> str:
    """The vocabulary in Turtle."""
    return _turtle(vocabulary())


def json_ld() -> str:
    """The same in JSON-LD, whose context asks for no other file."""
    return _json_ld(vocabulary())


def own_uri(code: str) -> str:
    """A type of the unit one is in: its name leads to the unit's file."""
    return f"{urljoin(settings.SITE_URL, reverse('unit_types_ttl'))}#{code}"


def _uri(one: ServiceType) -> str:
    return own_uri(one.code) if one.is_own else type_uri(one.code)


@lru_cache(maxsize=4)
def _turtle(known: Vocabulary) -> str:
    prefixes = [f"@prefix {name}: <{uri}> ." for name, uri in _NAMESPACES.items()]
    return "\n".join([*prefixes, "", *map(_in_turtle, _nodes(known))])


@lru_cache(maxsize=4)
def _json_ld(known: Vocabulary) -> str:
    context = {
        **_NAMESPACES,
        "id": "@id",
        "type": "@type",
        **{name: {"@id": term, "@language": LANGUAGE} for name, term in _TEXTS.items()},
        **_CODES,
        **{name: {"@id": term, "@type": "xsd:boolean"} for name, term in _FLAGS.items()},
        **{name: {"@id": term, "@type": "@id"} for name, term in _LINKS.items()},
    }
    return json.dumps(
        {"@context": context, "@graph": list(_nodes(known))}, ensure_ascii=False, indent=1
    )


def _nodes(known: Vocabulary) -> Iterator[Node]:
    yield {
        "id": scheme_uri(),
        "type": "skos:ConceptScheme",
        "title": TITLE,
        "hasTopConcept": [area_uri(area) for area in areas()],
    }
    for area in areas():
        yield _of_area(area, known)
    for one in known.types:
        yield _of_type(one, known)


def _of_area(area: Area, known: Vocabulary) -> Node:
    below = (one for one in known.types if one.area == area and not one.broader)
    return {
        "id": area_uri(area),
        "type": "skos:Concept",
        "prefLabel": area.name,
        "notation": area.code,
        "inScheme": scheme_uri(),
        "topConceptOf": scheme_uri(),
        "narrower": [_uri(one) for one in below],
    }


def _of_type(one: ServiceType, known: Vocabulary) -> Node:
    above = known.of(one.broader)
    node: Node = {
        "id": _uri(one),
        "type": "skos:Concept",
        "prefLabel": one.name,
        "altLabel": list(one.synonyms),
        "hiddenLabel": list(one.everyday),
        "definition": one.about,
        "notation": one.code,
        "inScheme": scheme_uri(),
        "broader": _uri(above) if above else area_uri(one.area),
        "narrower": [_uri(other) for other in known.types if other.broader == one.code],
        "related": [type_uri(code) for code in one.see_also],
    }
    return node | ({"deprecated": "true"} if one.is_ended else {})


def _in_turtle(node: Node) -> str:
    lines = [f"<{node['id']}> a {node['type']}"]
    for name, value in node.items():
        objects = [_object(name, each) for each in ([value] if isinstance(value, str) else value)]
        if name not in ("id", "type") and objects:
            lines.append(f"    {_term(name)} " + ", ".join(objects))
    return " ;\n".join(lines) + " .\n"


def _term(name: str) -> str:
    return {**_TEXTS, **_CODES, **_FLAGS, **_LINKS}[name]


def _object(name: str, value: str) -> str:
    if name in _LINKS:
        return f"<{value}>"
    if name in _FLAGS:
        return value
    text = json.dumps(value, ensure_ascii=False)  # escapes what Turtle has escaped
    return f"{text}@{LANGUAGE}" if name in _TEXTS else text
