"""Taxonomies: the types of services under their statutory areas, groups of people, ways of helping."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import TextChoices
from django.utils.text import capfirst

from tenants.services.hsds.frame import Frame
from tenants.services.hsds.parts import EXTRA, Json, given, own_id
from tenants.services.terms import Group, Way
from tenants.services.types import ServiceType, areas, own_of
from tenants.services.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A list of terms by which services are told apart."""

    code: str
    name: str
    description: str
    link_type: str  # what its terms say of a service

    @property
    def id(self) -> UUID:
        return own_id("taxonomy", self.code)


TYPES = Taxonomy(
    "typy-uslug",
    "Typy usług społecznych",
    "Codzienne nazwy pomocy, pod 14 obszarami z art. 2 ust. 1 ustawy z 19 lipca 2019 r.",
    "service_type",
)
GROUPS = Taxonomy(
    "grupy", "Grupy odbiorców", "Dla kogo jest usługa; „wszyscy” to każda grupa.", "audience"
)
WAYS = Taxonomy("formy", "Formy pomocy", "Gdzie i jak udziela się pomocy.", "delivery")
TAXONOMIES = (TYPES, GROUPS, WAYS)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a taxonomy."""

    taxonomy: Taxonomy
    code: str
    name: str
    description: str
    parent: str = ""
    synonyms: tuple[str, ...] = ()
    is_area: bool = False
    is_ended: bool = False
    is_own: bool = False  # of a unit

    @property
    def id(self) -> UUID:
        return own_id("term", self.taxonomy.code, self.code)


def terms() -> dict[UUID, Term]:
    """All terms by their ids, a parent before its children."""
    return _terms(vocabulary())


@lru_cache(maxsize=4)
def _terms(known: Vocabulary) -> dict[UUID, Term]:
    return {one.id: one for one in (*_of_types(known), *_of(GROUPS, Group), *_of(WAYS, Way))}


def _of_types(known: Vocabulary) -> Iterator[Term]:
    for area in areas():
        about = f"Usługi z obszaru: {area.name}."
        yield Term(TYPES, area.code, area.name, about, is_area=True)
        below = [one for one in known.types if one.area == area]
        for one in sorted(below, key=lambda one: len(known.line(one.code))):
            yield _of_type(one)


def of_own(kept: Json) -> Term:
    """The term of a unit's own type."""
    return _of_type(own_of(kept))


def _of_type(one: ServiceType) -> Term:
    return Term(
        TYPES,
        one.code,
        one.name,
        one.about,
        one.broader or one.area.code,
        one.synonyms,
        is_ended=one.is_ended,
        is_own=one.is_own,
    )


def _of(taxonomy: Taxonomy, choices: type[TextChoices]) -> Iterator[Term]:
    for code, label in choices.choices:
        yield Term(taxonomy, code, label, f"{taxonomy.name}: {label}.")


def term_of(taxonomy: Taxonomy, code: str) -> Term | None:
    """The term with this code; a type and an area never share one."""
    return terms().get(own_id("term", taxonomy.code, code))


def taxonomy_json(taxonomy: Taxonomy, frame: Frame) -> Json:
    return given(
        id=str(taxonomy.id),
        name=taxonomy.name,
        description=taxonomy.description,
        uri=frame.scheme_uri if taxonomy == TYPES else "",
    )


def term_json(term: Term, frame: Frame) -> Json:
    """A term with the address of its page and the other words for it."""
    uri_of = frame.area_uri if term.is_area else frame.type_uri
    parent = term_of(term.taxonomy, term.parent) if term.parent else None
    return given(
        id=str(term.id),
        code=term.code,
        name=capfirst(term.name),
        description=term.description,
        parent_id=str(parent.id) if parent else "",
        taxonomy=term.taxonomy.name,
        taxonomy_id=str(term.taxonomy.id),
        language="pl",
        term_uri=uri_of(term.code) if term.taxonomy == TYPES and not term.is_own else "",
        **{f"{EXTRA}alt_labels": list(term.synonyms)},
        **({f"{EXTRA}is_ended": True} if term.is_ended else {}),
    )
