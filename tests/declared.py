"""Every page as the tests know it: declared once, in its app's `tests/<app>/pages.py`, found here.

Such a module has `PAGES`; it may have `ROWS`, how to make the rows that its pages are about, and
`more(rows)`, which makes more of everything that its pages list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from django.urls import URLPattern, URLResolver

ROOT = Path(__file__).parent

# Who asks for a page of a tenant: `-` nobody signed in, `x` an account without access, `e` an
# administrator here whose access ended, `l` a head of the kooperant whose rows are asked for whose
# access ended a short time ago though the role in the tenant did not, `f` the Lider of another tenant, `R` the region's
# coordinator; then those with a role here: `A` administrator, `L` Lider, `N` network officer, `S`
# social worker, `D` data protection officer, `P` `H` `W` coordinator, head and worker of the
# kooperant whose rows are asked for, `O` coordinator of another institution, which is no kooperant today, `Z` who was invited to
# fill in the draft, `T` who acts for a party of an agreement that the parties read, `G` who is
# delegated to a GGK, `V` an adviser of the ROPS whom the unit let in.
VISITORS = "-xelfRALNSDPHWOZTGV"
ALL = VISITORS[6:]
MEMBERS = ALL.translate(dict.fromkeys(map(ord, "ZTGV")))
TAKING_PART = f"{MEMBERS}TG"  # also people of the parties of an agreement, and delegates
KEEPERS, HEADS, LEAD = "ALN", "AL", "L"

# Why nobody looks at an address in the browser.
FILE = "a file, not a page"
JSON = "answers programs, not people"
FRAGMENT = "a fragment that htmx puts into a page that is seen"
LEADS_ON = "only leads to another address"
NOTHING = "?szukaj=nie+ma+takiej"  # a list in which nothing is found
STATES = "reached by a flow: test_states.py"


@dataclass(frozen=True)
class May:
    """Whom of a tenant a page answers and how; who is not named is refused.

    A row that is hidden from people of parties is hidden from an adviser too, unless the adviser is
    named: both are in the unit for agreements alone.
    """

    read: str = ""  # 200
    hidden: str = ""  # 404, for whom the row is not there
    led: str = ""  # 302
    not_now: str = ""  # 409
    only_sent: str = ""  # 405, since there is nothing to read
    refused: str = ""  # 403, said of whom another rule here would hide the row from

    @property
    def answers(self) -> str:
        """A letter for each visitor."""
        codes = dict.fromkeys(VISITORS, "d") | {"-": "r"}
        codes["V"] = "n" if "T" in self.hidden else "d"
        for code, visitors in zip("onrcmd", vars(self).values(), strict=True):
            codes |= dict.fromkeys(visitors, code)
        return "".join(codes.values())


def may(read: str = "", **otherwise: str) -> May:
    return May(read, **otherwise)


PUBLIC = VISITORS


Queries = int | tuple[int, int] | None


@dataclass(frozen=True)
class Page:
    """A page of a tenant: who may read it, what it costs, which row it is about, how it is seen.

    `queries` are the Lider's, or by visitor; of two numbers the second is that of a list whose newest
    page is another where there is more. A way to see it is the kind of a row (or what stands
    for itself) and a query, "draft?par=2"; without `seen`, it is seen by its own row.
    """

    name: str
    who: str | May
    queries: "Queries | dict[str, Queries]" = None
    of: str = ""
    more: tuple[str, ...] = ()  # what its address takes besides the row
    seen: tuple[str, ...] | str = ()  # or why not

    @property
    def answers(self) -> str:
        return (May(self.who) if isinstance(self.who, str) else self.who).answers

    @property
    def ways(self) -> tuple[str, ...]:
        """How it is seen in the browser."""
        return () if isinstance(self.seen, str) else self.seen or (self.of,)

    def cost(self, visitor: str, *, is_grown: bool = False) -> int | None:
        """What it asks of the tenant's database, or what where there is more."""
        found: Any = self.queries
        if isinstance(found, dict):
            found = found.get(visitor, found.get("L"))
        return found[is_grown] if isinstance(found, tuple) else found


# The same for pages of the shared plane: see test_matrix_root.py.
ANYBODY, NO_FORM_EVER = "oooooo", "mmmmmm"
SIGNED_IN, NO_FORM = "roooot", "mmmmmt"
REGION, REGION_FRESH = "rddoot", "rddost"


@dataclass(frozen=True)
class SharedPage:
    """A page of the shared plane, with the answers to GET and to POST: see test_matrix_root.py.

    Its `queries` are those of the row's owner, or else of the region's coordinator; two numbers
    where it asks more when there is more.
    """

    name: str
    get: str
    post: str
    queries: int | tuple[int, int] | None = None
    of: str = ""
    seen: tuple[str, ...] | str = ()

    @property
    def ways(self) -> tuple[str, ...]:
        """How it is seen in the browser."""
        return () if isinstance(self.seen, str) else self.seen or (self.of,)

    @property
    def costs(self) -> tuple[int | None, int | None]:
        """What it asks of the shared plane, and what when there is more."""
        return self.queries if isinstance(self.queries, tuple) else (self.queries, self.queries)


@dataclass(frozen=True)
class Endpoint:
    """An address of the API, with the answers to what it takes and to any other method."""

    name: str
    get: str
    other: str
    post: str = ""
    put: str = ""
    of: str = ""

    def answers(self, method: str) -> str:
        return getattr(self, method, "") or self.other


class Rows(dict[str, Any]):
    """One row of each kind in the tenant one is in, made when it is first asked for."""

    def __missing__(self, kind: str) -> Any:
        maker = _makers()[kind]
        self[kind] = maker(self) if callable(maker) else maker
        return self[kind]

    def args(self, kind: str) -> tuple[Any, ...]:
        """What an address takes for the row."""
        if not kind:
            return ()
        row = self[kind]
        return row if isinstance(row, tuple) else (getattr(row, "pk", row),)

    @staticmethod
    def known_by_name() -> list[str]:
        """Kinds of which every tenant has one under the same name."""
        return [kind for kind, maker in _makers().items() if isinstance(maker, str)]


Maker = Callable[[Rows], Any] | str | tuple[str, ...]
Kind = TypeVar("Kind", Page, SharedPage, Endpoint)


@dataclass(frozen=True)
class App:
    """What one `pages.py` says of its app."""

    name: str
    pages: tuple[Page | SharedPage | Endpoint, ...]
    rows: dict[str, Maker]
    more: Callable[[Rows], None] | None

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [one for one in self.pages if isinstance(one, kind)]


@cache
def apps() -> dict[str, App]:
    """All apps that declare pages, by their dotted names."""
    names = [".".join(file.relative_to(ROOT).parts[:-1]) for file in ROOT.rglob("pages.py")]
    return {name: _app(name) for name in sorted(names)}


@cache
def _makers() -> dict[str, Maker]:
    makers: dict[str, Maker] = {}
    for app in apps().values():
        assert not makers.keys() & app.rows.keys(), f"two apps make rows of one kind: {app.name}"
        makers |= app.rows
    return makers


def _app(name: str) -> App:
    module = import_module(f"tests.{name}.pages")
    more = getattr(module, "more", None)
    return App(name, tuple(module.PAGES), getattr(module, "ROWS", {}), more)


def apps_with(kind: type[Kind]) -> list[str]:
    """Names of the apps that have pages of this kind: parameters of a sweep, ids of its tests."""
    return [name for name, app in apps().items() if app.of(kind)]


def every(kind: type[Kind]) -> list[Kind]:
    return [page for app in apps().values() for page in app.of(kind)]


def names_of(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The names of all patterns, as reverse() knows them; of a nameless one, what it matches."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from names_of(one.url_patterns, inner)
        else:
            yield namespace + (one.name or str(one.pattern))
