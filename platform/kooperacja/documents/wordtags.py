"""Fields and commands of a Word form: each is of a kind, and only texts and numbers are printed."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes

from kooperacja.ui.polish import quoted

_FILTERS = frozenset({"default", "join", "length"})
_TESTS = frozenset({"defined", "none"})
_DEPTH = 2
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AS_TEXT = re.compile(r"\{_?[{%]")
_RESERVED = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})

# A text, a number or a condition; a group is a dict of its fields, a list has one element's kind.
Shape = Any
TEXT, NUMBER, CONDITION, OTHER = "", 0, True, None
MIXED: Shape = object()  # a text or a number: it can be printed and set against nothing
_LOOP: dict[str, Shape] = {"index": NUMBER, "first": CONDITION, "last": CONDITION}
_NAMES = {str: "tekst", int: "liczba", bool: "warunek (tak albo nie)", dict: "grupa pól"}


def shape_of(value: Any) -> Shape:
    """The kinds of all fields of a paper, by an example of them."""
    if isinstance(value, Mapping):
        return {name: shape_of(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shape_of(value[0])] if value else [TEXT]
    return CONDITION if isinstance(value, bool) else TEXT


class BadTag(Exception):
    """A field or command that a form may not hold: the line, why, and how it is written there."""

    def __init__(self, line: int, why: str, written: str = "") -> None:
        super().__init__(why)
        self.line, self.why, self.written = line, why, written


class Tags:
    """The fields and commands of one part of a form; `check` raises BadTag."""

    def __init__(self) -> None:
        self._lists: list[int] = []  # those one is in a loop over

    def check(self, children: list[Any], scope: dict[str, Shape]) -> None:
        for node in children:
            self._command(node, scope)

    def _command(self, node: Any, scope: dict[str, Shape]) -> None:
        match node:
            case nodes.Output():
                for printed in node.nodes:
                    if not isinstance(printed, nodes.TemplateData):
                        self._print(printed, scope)
                    elif _AS_TEXT.search(printed.data):  # it would be left in the document
                        raise _unknown(printed)
            case nodes.If():
                self._kind(node.test, scope)
                self.check([*node.body, *node.elif_, *node.else_], scope)
            case nodes.For() if isinstance(node.target, nodes.Name) and not node.recursive:
                self._repeat(node, scope)
            case _:
                raise _unknown(node)

    def _print(self, node: nodes.Expr, scope: dict[str, Shape]) -> None:
        kind = self._kind(node, scope)
        if not _is_plain(kind):
            path = written(node)
            raise BadTag(node.lineno, _instead(path, kind), "" if "…" in path else path)

    def _repeat(self, node: nodes.For, scope: dict[str, Shape]) -> None:
        target, path = node.target, written(node.iter)
        assert isinstance(target, nodes.Name)
        if not _is_path(node.iter):
            why = "po słowie „in” wolno wpisać tylko nazwę listy, np. {% for one in lista %}"
            raise BadTag(node.lineno, why)
        shape = self._kind(node.iter, scope)
        if not isinstance(shape, list):
            raise BadTag(node.lineno, f"{path} nie jest listą", path)
        if id(shape) in self._lists or len(self._lists) == _DEPTH:
            why = "pętla stoi w pętli po tej samej liście albo zbyt głęboko"
            raise BadTag(node.lineno, why, path)
        if target.name in _RESERVED:
            raise BadTag(
                node.lineno, f"elementu listy nie można nazwać {quoted(target.name)}", path
            )
        inside = {**scope, target.name: shape[0]}
        if node.test:  # before the loop begins there is no number of the round
            inside.pop("loop", None)
            self._kind(node.test, inside)
        self._lists.append(id(shape))
        self.check(node.body, {**inside, "loop": _LOOP})
        self._lists.pop()
        self.check(node.else_, scope)

    def _kind(self, node: Any, scope: dict[str, Shape]) -> Shape:
        """The kind of an expression."""
        match node:
            case nodes.Const():
                return _constant(node)
            case nodes.Name(ctx="load"):
                return _field(node, scope, node.name)
            case nodes.Getattr() if _is_path(node):
                return _field(node, self._kind(node.node, scope), node.attr)
            case nodes.Filter() if node.name in _FILTERS and not node.kwargs and node.node:
                return self._filtered(node, scope)
            case nodes.Test() if node.name in _TESTS and not (node.args or node.kwargs):
                self._kind(node.node, scope)
            case nodes.Not():
                self._kind(node.node, scope)
            case nodes.And() | nodes.Or():
                return _either(self._kind(node.left, scope), self._kind(node.right, scope))
            case nodes.CondExpr():
                self._kind(node.test, scope)
                kind = self._kind(node.expr1, scope)
                return _either(kind, self._kind(node.expr2, scope)) if node.expr2 else kind
            case nodes.Compare():
                self._compare(node, scope)
            case _:
                raise _unknown(node)
        return CONDITION

    def _compare(self, node: nodes.Compare, scope: dict[str, Shape]) -> None:
        left = node.expr
        for part in node.ops:
            kinds = self._kind(left, scope), self._kind(part.expr, scope)
            if not _may_compare(part.op, *kinds):
                named = left if isinstance(part.expr, nodes.Const) else part.expr
                said = " i ".join(
                    f"{written(one)} ({_name(kind)})"
                    for one, kind in zip((left, part.expr), kinds, strict=True)
                )
                raise BadTag(
                    node.lineno,
                    f"nie można tak porównać: {said}; tekst porównaj z tekstem w cudzysłowie, "
                    "a liczbę z liczbą",
                    written(named) if _is_path(named) else "",
                )
            left = part.expr

    def _filtered(self, node: nodes.Filter, scope: dict[str, Shape]) -> Shape:
        assert node.node is not None
        kind = self._kind(node.node, scope)
        given = [self._kind(one, scope) for one in node.args]
        match node.name:
            case "length" if not given and (kind == TEXT or isinstance(kind, list)):
                return NUMBER
            case "default" if len(given) in {1, 2}:
                return _either(kind, given[0])
            case "join" if isinstance(kind, list) and all(one == TEXT for one in given):
                inside = kind[0] if len(given) < 2 else _attribute(node.args[1], kind[0])
                if len(given) < 3 and _is_plain(inside):
                    return TEXT
        path = written(node.node)
        why = f"polecenia {quoted(node.name)} nie można tak użyć: {path} to {_name(kind)}"
        raise BadTag(node.lineno, why, path if _is_path(node.node) else "")


def _attribute(node: nodes.Expr, element: Shape) -> Shape:
    """The kind of the field of each element that `join` is told to take."""
    if isinstance(node, nodes.Const) and isinstance(element, dict):
        return element.get(node.value, OTHER)
    return OTHER


def _constant(node: nodes.Const) -> Shape:
    match node.value:
        case bool():
            return CONDITION
        case str():
            if _NO_TEXT.search(node.value):
                raise BadTag(node.lineno, "tekst w cudzysłowie zawiera niedozwolony znak")
            return TEXT
        case int() | float():
            return NUMBER
    return OTHER


def _field(node: nodes.Expr, where: Shape, name: str) -> Shape:
    if isinstance(where, dict) and name in where:
        return where[name]
    path = written(node)
    if name == "loop" and isinstance(node, nodes.Name):
        raise BadTag(node.lineno, "„loop” działa tylko wewnątrz pętli, nie w jej warunku", path)
    raise BadTag(node.lineno, f"pola {path} ten dokument nie ma", path)


def _either(one: Shape, other: Shape) -> Shape:
    if type(one) is type(other) and one == other:
        return one
    return MIXED if _is_plain(one) and _is_plain(other) else OTHER


def _is_plain(kind: Shape) -> bool:
    return kind is MIXED or (isinstance(kind, str | int) and not isinstance(kind, bool))


_ORDERED = {"lt", "gt", "lteq", "gteq"}


def _may_compare(how: str, left: Shape, right: Shape) -> bool:
    if how in _ORDERED:
        return left is not MIXED and _is_plain(left) and type(left) is type(right)
    if how in {"in", "notin"}:
        known = right[0] if isinstance(right, list) else right
        return isinstance(left, str) and isinstance(known, str)
    return True


def _is_path(node: Any) -> bool:
    return isinstance(node, nodes.Name) or (isinstance(node, nodes.Getattr) and _is_path(node.node))


def written(node: Any) -> str:
    """A name as it stands in the form."""
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Const):
        return repr(node.value)[:40]
    return node.name if isinstance(node, nodes.Name) else "…"


def _name(kind: Shape) -> str:
    return "lista" if isinstance(kind, list) else _NAMES.get(type(kind), "wyrażenie bez wartości")


def _instead(path: str, kind: Shape) -> str:
    """The advice where something was to be printed that is no single value."""
    if isinstance(kind, dict):
        return f"{path} to grupa pól: wpisz np. {{{{ {_plain_in(path, kind)} }}}}"
    if isinstance(kind, list):
        inside = _plain_in("one", kind[0])
        loop = f"{{% for one in {path} %}}{{{{ {inside} }}}}{{% endfor %}}"
        return f"{path} to lista: wpisz np. {loop}"
    if kind is CONDITION:
        return (
            f"{path} to warunek (tak albo nie), a nie tekst: wpisz np. "
            f"{{% if {path} %}}tak{{% else %}}nie{{% endif %}}"
        )
    return "to wyrażenie nie zawsze jest tekstem; wpisz jedno pole albo użyj {% if … %}"


def _plain_in(path: str, kind: Shape) -> str:
    if not isinstance(kind, dict):
        return path
    plain: Callable[[Any], bool] = lambda item: _is_plain(item[1])  # noqa: E731
    name, inside = next(filter(plain, kind.items()), next(iter(kind.items()), ("pole", TEXT)))
    return _plain_in(f"{path}.{name}", inside) if isinstance(inside, dict) else f"{path}.{name}"


def _unknown(node: nodes.Node) -> BadTag:
    why = (
        "takiego polecenia szablon nie może zawierać; wolno użyć pól, {% if … %} i {% for … in … %}"
    )
    return BadTag(node.lineno, why)
