"""What docs/clauses.md says of each clause is true of the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import pytest
from django.conf import settings
from django.urls import get_resolver

from tenants.exchange.clauses import framework
from tests.declared import names_of

ROOT = Path(settings.ROOT)
PACKAGES = ("platform/kooperacja", "tenants", "gmina", "powiat", "region", "api", "templates")
ROWS = [
    [cell.strip() for cell in line[2:-2].split(" | ")]
    for line in (ROOT / "docs/clauses.md").read_text().splitlines()
    if re.match(r"\| (REG|POR)", line)
]
IDS = [row[0] for row in ROWS]
# "§1.3.a" or "§ 1 ust. 3 lit. a", of the document that was named last.
CITED = re.compile(
    r"\b(?P<document>REG|POR(?:-[ABC])?)\b"
    r"|§ ?(?P<paragraph>\d+)(?:(?:\.| ust\. )(?P<number>\d+))?(?:(?:\.| lit\. )(?P<letter>[a-z]|\d+)\b)?"
    r"|(?P<whole>fn\.|zał\.|załącznik\w* nr )(?P<of>\d)"
)


def names(column: int) -> list[str]:
    """What stands in backticks in a column."""
    return [name for row in ROWS for name in re.findall(r"`(.+?)`", row[column])]


def spread(text: str) -> str:
    """Clauses cited together, each by itself: 1.4–1.7, § 2 ust. 2 i 3."""
    text = re.sub(r"–(?=\d+\.\d)", ", §", text)
    also = r"(§ \d+)( ust\. \d+(?: lit\. [a-z])?)(?: i| oraz|,) (?:ust\. )?(?=\d)"
    return re.sub(also, r"\1\2, \1 ust. ", text)


def cited(text: str) -> Iterator[str]:
    """Clauses that a line cites, as the ids are written: "REG §1.3.a"."""
    document = "REG"
    for found in CITED.finditer(spread(text)):
        if found["document"]:
            document = found["document"]
        elif found["whole"]:
            yield f"REG {'fn.' if found['whole'] == 'fn.' else 'zał.'}{found['of']}"
        else:
            parts = (found[name] for name in ("paragraph", "number", "letter"))
            yield f"{document} §{'.'.join(part for part in parts if part)}"


def refs_of(line: str, document: str) -> list[str]:
    """Numbers that a line's id means in a document, which in C may be other than in A and B."""
    name, _, rest = line.partition(" ")
    own, _, in_c = rest.partition(" (C ")
    if name not in {document, "POR"} or not document.startswith(name):
        return []
    if in_c and document == "POR-C":
        own = in_c
    # Of "§2.3.6, .7" both, of "§3.3.1–4" what they are parts of.
    own = re.sub(r"(§[\d.]+\.)(\d), \.(\d)", r"\1\2 \1\3", own)
    return re.findall(r"(?:§|fn\.|zał\.)\d+(?:\.\w+(?!–|\w))*", own)


def is_listed(clause: str) -> bool:
    """Whether it has a line, or some of its parts do, or what it is a part of."""
    document, _, ref = clause.partition(" ")
    refs = {one for line in IDS for one in refs_of(line, document)}
    under = any(one.startswith(f"{ref}.") for one in refs)
    above = {one for one in refs if ref == one or ref.startswith(f"{one}.")}
    # A paragraph whose parts have lines stands for none of the parts.
    headings = {one for one in above - {ref} if any(r.startswith(f"{one}.") for r in refs)}
    return under or above > headings


def test_every_clause_has_one_line_that_says_who_serves_it() -> None:
    assert len(IDS) == len(set(IDS))
    for clause, about, *served in ROWS:
        is_open = re.fullmatch(r"– not yet|nothing to do: \w+ \w+ \w+", served[0])
        assert about
        assert len(served) == 3, clause
        assert served[1:] == ["–", "–"] if is_open else all("`" in cell for cell in served), clause


def test_every_page_exists() -> None:
    urlconfs = [settings.ROOT_URLCONF, *settings.TENANT_URLCONFS.values()]
    known = {name for urlconf in urlconfs for name in names_of(get_resolver(urlconf).url_patterns)}
    assert set(names(2)) <= known


def test_all_code_exists() -> None:
    for name in names(3):
        assert resolve_name(name)


def test_all_tests_exist() -> None:
    for name in names(4):
        file, _, test = name.partition("::")
        tree = ast.walk(ast.parse((ROOT / file).read_text()))
        assert not test or test in {one.name for one in tree if isinstance(one, ast.FunctionDef)}


def test_every_clause_of_the_framework_regulation_has_a_line() -> None:
    refs = [one["ref"] for one in framework()]
    clauses = [f"REG {ref}" if ref.startswith("zał") else f"REG §{ref}" for ref in refs]
    assert [clause for clause in clauses if not is_listed(clause)] == []


def test_every_clause_that_the_code_cites_has_a_line() -> None:
    files = [f for folder in PACKAGES for f in (ROOT / folder).rglob("*.*")]
    sources = (f for f in files if f.suffix in {".py", ".html", ".txt"})
    lines = {line for file in sources for line in file.read_text().splitlines()}
    clauses = {clause for line in lines for clause in cited(line)}
    assert len(clauses) > 30
    assert [clause for clause in sorted(clauses) if not is_listed(clause)] == []


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("(REG §1.4–1.7, §9)", ["REG §1.4", "REG §1.7", "REG §9"]),
        ("§ 1 ust. 3 lit. a i ust. 5", ["REG §1.3.a", "REG §1.5"]),
        ("§ 2 ust. 2 i 3 regulaminu", ["REG §2.2", "REG §2.3"]),
        ("§ 8 ust. 3 i § 9 regulaminu", ["REG §8.3", "REG §9"]),
        ("POR-C §2.4.2, załącznik nr 3", ["POR-C §2.4.2", "REG zał.3"]),
    ],
)
def test_a_citation_is_read_as_an_office_writes_it(text: str, clauses: list[str]) -> None:
    assert list(cited(text)) == clauses


@pytest.mark.parametrize(
    ("clause", "listed"),
    [
        ("REG §1", True),
        ("REG §1.3.a", True),
        ("REG §1.5.a", True),
        ("REG §1.12", False),
        ("REG §3.5.d", False),
        ("REG zał.4", False),
        ("POR-C §4.2", True),
        ("POR-A §4.2", False),
        ("POR-B §2.3.7", True),
        ("POR-A §3.3.4", True),
        ("POR-C §2.4.8", False),
        ("POR-C §5.1", False),
    ],
)
def test_a_part_falls_under_its_clause(clause: str, listed: bool) -> None:
    assert is_listed(clause) is listed
