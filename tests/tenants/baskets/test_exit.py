"""An office that leaves takes all that was said of its services with it (REG §3)."""

import ast
from collections.abc import Iterable
from inspect import getsource
from typing import Any

from kooperacja.audit.actor import Actor
from tenants.baskets import exit as leaving
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.people.models import Organisation
from tests.factories import baskets as make

# Of no meaning elsewhere; and a cycle that nobody can choose yet.
_KEYS = {"id", "version", "created_at", "cycle"}


class Pack:
    """The sheets, by their names."""

    def __init__(self) -> None:
        self.sheets: dict[str, tuple[list[str], list[list[Any]]]] = {}

    def sheet(self, name: str, header: list[str], rows: Iterable[Iterable[Any]]) -> None:
        self.sheets[name] = header, [list(row) for row in rows]


def test_every_text_of_a_service_in_turn_is_there(office: Actor, kooperant: Organisation) -> None:
    make.refiled(office, make.accepted(office, kooperant), access="Przyjdź.")
    pack = Pack()
    leaving.write_cards(pack)
    assert all(len(row) == len(header) for header, rows in pack.sheets.values() for row in rows)
    header, rows = pack.sheets["koszyk/opisy"]
    said = [dict(zip(header, row, strict=True)) for row in rows]
    assert [one["jak skorzystać"] for one in said] == ["Zadzwoń i umów się.", "Przyjdź."]
    assert said[0]["usługę widzą"] == "Lider i kooperanci tego Partnerstwa"
    assert [row[0] for row in pack.sheets["koszyk/karty"][1]] == ["Poradnia Zmyślona"]


def test_no_column_is_forgotten() -> None:
    said = {"opening": "hours", "features_known": "features", "type": "type_code"}
    read = {
        node.attr
        for node in ast.walk(ast.parse(getsource(leaving)))
        if isinstance(node, ast.Attribute)
    }
    read |= {said.get(name, name) for name in read}
    read |= {name.removesuffix("_said") for name in read}
    read |= {name.removeprefix("get_").removesuffix("_display") for name in read}
    columns = {one.name for model in (Service, ServiceEntry) for one in model._meta.fields}
    assert columns - read == _KEYS
