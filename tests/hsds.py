"""The official schemas of HSDS 3.1, as strict as they can be read, without our own properties."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from tenants.services.hsds.profile import profile

FOLDER = Path(__file__).parent / "data" / "hsds-3.1"
_FORMATS = {"date": "date", "datetime": "date-time"}
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
Json = dict[str, Any]


@cache
def official(kind: str) -> Json:
    """A schema that knows no other property and whose days and clocks are checked too."""
    schema: Json = json.loads((FOLDER / f"{kind}.json").read_text())
    return _strict(schema)


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {name: _strict(inner) for name, inner in schema.items()}
    if "properties" in schema:
        strict["properties"] = {name: _strict(one) for name, one in schema["properties"].items()}
        strict["additionalProperties"] = False
    kind = schema.get("datapackage_type")
    if kind in _FORMATS:
        strict["format"] = _FORMATS[kind]
    if kind == "time":
        strict["pattern"] = _CLOCK
    return strict


@cache
def _validator(kind: str) -> Any:
    resources = [
        (f"json-schema:///{one.name}", official(one.stem)) for one in FOLDER.glob("*.json")
    ]
    registry = jsonschema_rs.Registry(resources)
    schema = {"$ref": f"json-schema:///{kind}.json"}
    return jsonschema_rs.Draft202012Validator(schema, registry=registry, validate_formats=True)


def must_be(kind: str, answer: Json) -> None:
    """Valid by the official schema, once the properties of the profile are removed; these by the profile."""
    _check_own(kind, answer)
    _validator(kind).validate(without_own(kind, answer))
    assert_says_something(answer)


def without_own(kind: str, answer: Json) -> Json:
    """The object without what the profile declares, in its parts too."""
    own, known = _own(kind), official(kind)["properties"]
    return {
        name: _inside(known.get(name, {}), value)
        for name, value in answer.items()
        if name not in own
    }


def _inside(schema: Json, value: Any) -> Any:
    if isinstance(value, list):
        return [_inside(schema.get("items", {}), one) for one in value]
    return without_own(_named(schema), value) if "$ref" in schema else value


def _check_own(kind: str, answer: Json) -> None:
    own, known = _own(kind), official(kind)["properties"]
    for name, value in answer.items():
        if name in own:
            jsonschema_rs.validate(own[name], value, validate_formats=True)
        schema = known.get(name, {})
        for one, of in _parts(schema, value):
            _check_own(of, one)


def _parts(schema: Json, value: Any) -> list[tuple[Json, str]]:
    if isinstance(value, list) and "$ref" in schema.get("items", {}):
        return [(one, _named(schema["items"])) for one in value]
    return [(value, _named(schema))] if "$ref" in schema else []


def _named(schema: Json) -> str:
    return str(schema["$ref"]).removesuffix(".json")


def _own(kind: str) -> Json:
    definitions: Json = profile("https://katalog.example/profil")["$defs"]
    own: Json = definitions.get(kind, {}).get("properties", {})
    return own


def assert_says_something(value: Any) -> None:
    """No property is there only to be empty."""
    assert value not in (None, "", [], {}), value
    for one in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        assert_says_something(one)
