"""The description of the interface, arranged for people to read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a property."""

    name: str
    type: str
    is_required: bool
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One status an operation answers with."""

    status: str
    text: str
    type: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    id: str
    method: str
    path: str
    summary: str
    fields: list[Field]
    body: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Shape:
    """A named object."""

    name: str
    fields: list[Field]


@cache
def schema() -> dict[str, Any]:
    """OpenAPI 3.1 of the whole interface; the same for everybody, so made once a process."""
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]
    # Through JSON, so that lazy texts and keys are what a reader of the file gets.
    document: dict[str, Any] = json.loads(
        json.dumps(generator.get_schema(request=None, public=True), default=str)
    )
    operations = [part for item in document["paths"].values() for part in item.values()]
    objects = [part for part in document["components"]["schemas"].values() if "enum" not in part]
    for part in (*operations, *objects):
        part.pop("description", None)  # our docstrings, which are not for users
    return document


def operations(document: dict[str, Any]) -> dict[str, list[Operation]]:
    """Operations by the group they belong to."""
    groups: dict[str, list[Operation]] = {}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                groups.setdefault(operation["tags"][0], []).append(
                    _operation(path, method, operation)
                )
    return groups


def shapes(document: dict[str, Any]) -> list[Shape]:
    named = document["components"]["schemas"]
    return [
        Shape(name, list(_properties(shape)))
        for name, shape in named.items()
        if "properties" in shape and not name.startswith("Paginated")
    ]


def type_of(shape: dict[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    for word in ("oneOf", "anyOf", "allOf"):
        if word in shape:
            return " albo ".join(dict.fromkeys(type_of(part) for part in shape[word]))
    if "enum" in shape:
        return " | ".join("null" if value is None else str(value) for value in shape["enum"])
    if shape.get("type") == "array":
        return f"lista: {type_of(shape['items'])}"
    kind = shape.get("type", "")
    kinds = kind if isinstance(kind, list) else [kind]
    text = " albo ".join(kinds)
    return f"{text} ({shape['format']})" if "format" in shape else text


def _operation(path: str, method: str, operation: dict[str, Any]) -> Operation:
    body = operation.get("requestBody", {}).get("content", {})
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        fields=[
            Field(
                name=parameter["name"],
                type=type_of(parameter["schema"]),
                is_required=parameter.get("required", False),
                text=parameter.get("description", ""),
                place="w adresie" if parameter["in"] == "path" else "parametr",
            )
            for parameter in operation.get("parameters", [])
        ],
        body=next((type_of(media["schema"]) for media in body.values()), ""),
        answers=[
            Answer(status, answer.get("description", ""), _answer_type(answer))
            for status, answer in operation["responses"].items()
        ],
    )


def _answer_type(answer: dict[str, Any]) -> str:
    for media in answer.get("content", {}).values():
        return type_of(media.get("schema", {}))
    return ""


def _properties(shape: dict[str, Any]) -> Iterator[Field]:
    required = set(shape.get("required", ()))
    for name, inner in shape["properties"].items():
        text = inner.get("description", "")
        yield Field(name, type_of(inner), name in required, text)
