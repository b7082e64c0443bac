"""The types of services for other programs: a SKOS vocabulary in Turtle and in JSON-LD (REG §5.1.g)."""

import json
from collections.abc import Iterator
from functools import cache
from urllib.parse import urljoin

from django.conf import settings

from kooperacja.tenancy.urls import root_reverse
from tenants.services.types import Area, ServiceType, areas, types

TITLE = "Typy usług społecznych"
LANGUAGE = "pl"
_NAMESPACES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
}
_TEXTS = {
    "title": "dct:title",
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "definition": "skos:definition",
}
_CODES = {"notation": "skos:notation"}
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


@cache
def turtle() -> str:
    """The vocabulary in Turtle."""
    prefixes = [f"@prefix {name}: <{uri}> ." for name, uri in _NAMESPACES.items()]
    return "\n".join([*prefixes, "", *map(_in_turtle, _nodes())])


@cache
def json_ld() -> str:
    """The same in JSON-LD, whose context asks for no other file."""
    context = {
        **_NAMESPACES,
        "id": "@id",
        "type": "@type",
        **{name: {"@id": term, "@language": LANGUAGE} for name, term in _TEXTS.items()},
        **_CODES,
        **{name: {"@id": term, "@type": "@id"} for name, term in _LINKS.items()},
    }
    return json.dumps({"@context": context, "@graph": list(_nodes())}, ensure_ascii=False, indent=1)


def _nodes() -> Iterator[Node]:
    yield {
        "id": scheme_uri(),
        "type": "skos:ConceptScheme",
        "title": TITLE,
        "hasTopConcept": [area_uri(area) for area in areas()],
    }
    yield from map(_of_area, areas())
    yield from map(_of_type, types())


def _of_area(area: Area) -> Node:
    return {
        "id": area_uri(area),
        "type": "skos:Concept",
        "prefLabel": area.name,
        "notation": area.code,
        "inScheme": scheme_uri(),
        "topConceptOf": scheme_uri(),
        "narrower": [type_uri(one.code) for one in types() if one.area == area],
    }


def _of_type(one: ServiceType) -> Node:
    return {
        "id": type_uri(one.code),
        "type": "skos:Concept",
        "prefLabel": one.name,
        "altLabel": list(one.synonyms),
        "definition": one.about,
        "notation": one.code,
        "inScheme": scheme_uri(),
        "broader": area_uri(one.area),
        "related": [type_uri(code) for code in one.see_also],
    }


def _in_turtle(node: Node) -> str:
    lines = [f"<{node['id']}> a {node['type']}"]
    for name, value in node.items():
        objects = [_object(name, each) for each in ([value] if isinstance(value, str) else value)]
        if name not in ("id", "type") and objects:
            lines.append(f"    {_term(name)} " + ", ".join(objects))
    return " ;\n".join(lines) + " .\n"


def _term(name: str) -> str:
    return {**_TEXTS, **_CODES, **_LINKS}[name]


def _object(name: str, value: str) -> str:
    if name in _LINKS:
        return f"<{value}>"
    text = json.dumps(value, ensure_ascii=False)  # escapes what Turtle has escaped
    return f"{text}@{LANGUAGE}" if name in _TEXTS else text
