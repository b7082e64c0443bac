"""django-allauth works on the shared plane alone."""

import re
from pathlib import Path

import allauth
import pytest

from kooperacja.accounts.planes import MODULES
from kooperacja.accounts.rules import browser_of, is_local_path

ROOT = Path(allauth.__file__).parent
UNUSED = ("socialaccount", "headless", "idp", "locale", "migrations", "management")


def test_every_module_of_allauth_that_opens_transactions_is_bound():
    found = set()
    for path in ROOT.rglob("*.py"):
        inner = path.relative_to(ROOT)
        if not set(UNUSED) & set(inner.parts) and re.search(r"\btransaction\.", path.read_text()):
            found.add("allauth." + ".".join(inner.with_suffix("").parts))
    assert found == set(MODULES)


def test_every_function_decorated_at_import_is_bound():
    for name, decorated in MODULES.items():
        source = (ROOT / Path(*name.split(".")[1:]).with_suffix(".py")).read_text()
        marked = re.findall(r"@transaction\.atomic\s+def (\w+)", source)
        assert marked == [each.rsplit(".", 1)[-1] for each in decorated]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/gmina/gogolin/?a=b", True),
        ("gmina/", False),
        ("//zly.example", False),
        ("/\\zly.example", False),
        ("http://testserver/", False),
        ("", False),
    ],
)
def test_only_a_path_of_this_site_is_a_place_to_go(url, expected):
    assert is_local_path(url) is expected


def test_browsers_are_told_apart():
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/126 Safari/537 Edg/126"
    assert browser_of(edge) == "Edge, Windows"
    assert browser_of("") == "inna przeglądarka"
