"""What linters can't say about the frame."""

import ast
import itertools
import platform
import re
import sysconfig
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template

from kooperacja.tenancy.models import SharedModel, TenantModel

ROOT = Path(settings.ROOT)
OWN = {"kooperacja", "tenants", "gmina", "powiat", "region", "api"}
PACKAGES = ("platform/kooperacja", "tenants", "gmina", "powiat", "region", "api")
OWN_APPS = [c for c in apps.get_app_configs() if c.name.split(".")[0] in OWN]


def _sources() -> str:
    files = [f for folder in PACKAGES for f in (ROOT / folder).rglob("*.py")]
    templates = [f for f in ROOT.glob("**/templates/**/*.*") if ".venv" not in f.parts]
    return "\n".join(f.read_text(errors="ignore") for f in [*files, *templates])


def test_no_app_is_in_both_planes() -> None:
    assert set(settings.SHARED_APPS).isdisjoint(settings.TENANT_APPS)


def test_no_app_of_tenants_is_open_to_the_region() -> None:
    """Its figures come through offers; the contract must name every app that there is."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    region = next(one for one in contracts["contracts"] if one.get("source_modules") == ["region"])
    ours = [app for app in settings.TENANT_APPS if not app.startswith("kooperacja.")]
    assert region["forbidden_modules"] == ours


# A layer of an app that is a folder by nouns; the app's contract names it as a whole.
LAYERS = {
    "actions",
    "forms",
    "indicators",
    "invented",
    "models",
    "notifications",
    "offers",
    "papers",
    "perms",
    "views",
}
# They only say what there is; a migration is never imported.
SAYING = {"__init__", "apps", "migrations"}


def _packages() -> Iterator[tuple[str, set[str]]]:
    """Every package of the product by its dotted name, with its modules."""
    for folder in map(ROOT.joinpath, PACKAGES):
        for file in sorted(folder.rglob("*.py")):
            if file.name == "__init__.py" and "migrations" not in file.parts:
                package = file.parent
                parts = package.relative_to(ROOT).parts
                modules = {one.stem for one in package.glob("*.py")}
                modules |= {one.parent.name for one in package.glob("*/__init__.py")}
                yield ".".join(parts).removeprefix("platform."), modules - SAYING


def _named() -> dict[str, set[str]]:
    """The modules that contracts put in order, by their package."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    named: dict[str, set[str]] = {}
    for contract in config["contracts"]:
        for container in contract.get("containers", ()):
            named[container] = set(re.findall(r"\w+", " ".join(contract["layers"])))
    return named


def test_every_module_has_its_place_in_a_contract() -> None:
    """Of a single module in its package there is nothing to say."""
    named = _named()
    unnamed = {
        f"{package}.{module}"
        for package, modules in _packages()
        if len(modules) > 1 and package.rpartition(".")[2] not in LAYERS
        for module in modules - named.get(package, set())
    }
    assert unnamed == set()


def test_platform_is_pythons_own_module() -> None:
    assert list((ROOT / "platform").glob("*.py")) == []
    assert Path(platform.__file__).is_relative_to(sysconfig.get_path("stdlib"))


def test_every_model_is_of_its_plane() -> None:
    for config in OWN_APPS:
        base = TenantModel if config.name in settings.TENANT_APPS else SharedModel
        wrong = [m._meta.label for m in config.get_models() if not issubclass(m, base)]
        assert wrong == []


def test_no_foreign_key_crosses_the_planes() -> None:
    for model in apps.get_models():
        here = model._meta.app_config.name in settings.TENANT_APPS
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model and field.related_model != "self":
                there = field.related_model._meta.app_config.name in settings.TENANT_APPS
                assert here == there, f"{model._meta.label}.{field.name}"


def test_a_problem_and_a_refusal_each_have_one_class() -> None:
    assert sorted(re.findall(r"^class (Problem|Refused)\b", _sources(), re.MULTILINE)) == [
        "Problem",
        "Refused",
    ]


def test_no_two_forms_have_one_name() -> None:
    names = re.findall(r"^class (\w+Form)\(", _sources(), re.MULTILINE)
    assert sorted(names) == sorted(set(names))


def test_whoever_is_refused_hears_why() -> None:
    assert re.findall(r"raise PermissionDenied\b.*", _sources()) == []


def test_every_urlconf_loads() -> None:
    for name in [settings.ROOT_URLCONF, *settings.TENANT_URLCONFS.values()]:
        assert import_module(name).urlpatterns


def _functions(app: str) -> dict[str, ast.FunctionDef]:
    """Functions of an app's actions, by name."""
    folder = Path(import_module(app).__file__ or "").parent
    files = [folder / "actions.py", *folder.glob("actions/*.py")]
    nodes = (node for file in files if file.exists() for node in ast.parse(file.read_text()).body)
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}


def _calls(function: ast.FunctionDef) -> set[str]:
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {node.id for node in called if isinstance(node, ast.Name)}
    return names | {node.attr for node in called if isinstance(node, ast.Attribute)}


def _actions_with(pattern: str) -> list[str]:
    files = [file for folder in PACKAGES for file in (ROOT / folder).rglob("*.py")]
    actions = [f for f in files if f.stem == "actions" or f.parent.name == "actions"]
    assert len(actions) > 20
    return [str(f) for f in actions if re.search(pattern, f.read_text())]


def test_an_action_goes_by_the_day_of_its_actor() -> None:
    """One day for the whole of a request, also at midnight."""
    assert _actions_with(r"\blocal(?:date|time)\(\)|\bdate\.today\(\)") == []


def test_an_action_knows_no_addresses() -> None:
    assert _actions_with(r"\breverse(?:_lazy)?\(|\.(?:list_)?url\b") == []


# Asks for what follows from another action, which is the one that is recorded.
CONSEQUENCES = {"tenants.people.end_access"}
# A move writes its own entry, and so do a role that is taken, a paper that is asked for, and what the
# register moves of an adviser.
RECORDING = {
    "record",
    "move",
    "take_role",
    "ask_for_paper",
    "turn_down",
    "end_support",
    "issue_accession",
}


def test_every_action_by_somebody_is_recorded() -> None:
    silent = set()
    for app in settings.TENANT_APPS:
        functions = _functions(app)
        for name, function in functions.items():
            is_action = "by" in {argument.arg for argument in function.args.kwonlyargs}
            if name.startswith("_") or not is_action:
                continue
            reached, new = set(), {name}
            while (
                new := {c for n in new & functions.keys() for c in _calls(functions[n])} - reached
            ):
                reached |= new
            if reached.isdisjoint(RECORDING):
                silent.add(f"{app}.{name}")
    assert silent == CONSEQUENCES


# Django's own way lets the server see an error, and log the row, when two do it at once.
ALONE = {
    "tenants/demo/build.py": "one process makes the demo",
    "tenants/demo/history.py": "the same",
    "tenants/demo/stages.py": "the same",
}
OR_CREATE = re.compile(r"\.a?(?:get|update)_or_create\(")


def test_a_row_is_found_or_made_without_an_error_of_the_server() -> None:
    """`writes.found_or_new`, where two may be at it at once."""
    files = [file for folder in PACKAGES for file in (ROOT / folder).rglob("*.py")]
    assert len(files) > 300
    found = {str(file.relative_to(ROOT)) for file in files if OR_CREATE.search(file.read_text())}
    assert found == set(ALONE)


def test_every_template_is_used_and_compiles() -> None:
    sources = _sources()
    unused = []
    for file in (ROOT / "templates").rglob("*.html"):
        name = str(file.relative_to(ROOT / "templates"))
        get_template(name)
        if name not in sources and not _is_found_by_convention(name):
            unused.append(name)
    assert unused == []


def _is_found_by_convention(name: str) -> bool:
    """allauth, Django's handlers and notifications ask for templates by names they compose."""
    return bool(re.match(r"(account|mfa|usersessions|emails|errors)/|\d{3}(_csrf)?\.html", name))


def test_no_page_has_script_style_or_handler_in_it() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    pages = [
        f
        for f in (ROOT / "templates").rglob("*.html")
        if f.parts[-2] not in {"emails", "documents"}
    ]
    assert [str(f) for f in pages if inline.search(f.read_text())] == []


IN_FUNCTIONS = "# Imports stand in functions: "


def _lengths() -> tuple[list[int], list[int]]:
    """Lines of each function and of each module of the product, the shortest first."""
    files = [file for folder in PACKAGES for file in (ROOT / folder).rglob("*.py")]
    texts = [file.read_text() for file in files if "migrations" not in file.parts]
    functions = [
        node.end_lineno - node.lineno + 1
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    ]
    return sorted(functions), sorted(len(text.splitlines()) for text in texts)


def test_functions_and_modules_are_short() -> None:
    """Nine of ten have 30 lines, or 250, at most; none has more than 40, or 400."""
    functions, modules = _lengths()
    assert len(functions) > 3000
    assert functions[len(functions) * 9 // 10] <= 30
    assert functions[-1] <= 40
    assert modules[len(modules) * 9 // 10] <= 250
    assert modules[-1] <= 400


def test_the_kit_of_pages_stays_small() -> None:
    """See docs/adr/0017: more of what a page needs goes into a module of its own."""
    kit = ast.parse((ROOT / "platform/kooperacja/pages.py").read_text())
    own = [node for node in kit.body if isinstance(node, ast.FunctionDef)]
    statements = [node for node in ast.walk(kit) if isinstance(node, ast.stmt)]
    assert len([one for one in own if not one.name.startswith("_")]) <= 11
    assert len(statements) <= 150


# Celery tells by a signal alone that a process, or a task, begins; migrations keep Django's silent.
OF_OTHERS = {
    "platform/kooperacja/crypto/tasks.py",
    "platform/kooperacja/ops/tasks.py",
    "tenants/schemas/applying.py",
}
SIGNALS = re.compile(r"^from [\w.]*(?:dispatch|signals) import", re.MULTILINE)


def test_no_row_is_written_by_a_signal() -> None:
    files = [file for folder in PACKAGES for file in (ROOT / folder).rglob("*.py")]
    listening = {str(f.relative_to(ROOT)) for f in files if SIGNALS.search(f.read_text())}
    assert listening == OF_OTHERS


def _unexplained(path: Path) -> Iterator[str]:
    """Imports inside functions with no comment above them, above their neighbour or in the file."""
    text = path.read_text()
    lines = text.splitlines()
    if f"\n{IN_FUNCTIONS}" in text:
        return
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    above = itertools.takewhile(
                        lambda line: line.strip().startswith(("from ", "import ", "#")) or not line,
                        reversed(lines[: node.lineno - 1]),
                    )
                    if not any("#" in line for line in (*above, lines[node.lineno - 1])):
                        yield f"{path}:{node.lineno}"


def test_an_import_inside_a_function_says_why() -> None:
    files = [f for folder in PACKAGES for f in (ROOT / folder).rglob("*.py")]
    assert [place for file in files for place in _unexplained(file)] == []


def test_every_form_asks_for_an_address_by_our_own_field() -> None:
    """Django's own takes more than a column of an address holds."""
    assert "forms.EmailField(" not in _sources().replace("class EmailField(forms.EmailField)", "")


def test_a_docstring_says_it_in_a_sentence_or_a_noun() -> None:
    """None begins with a relative clause, which must be read twice."""
    begins = re.compile(r'"""(?:Whether|What|Who|Whose)\b')
    files = [file for folder in PACKAGES for file in (ROOT / folder).rglob("*.py")]
    assert [str(file) for file in files if begins.search(file.read_text())] == []
