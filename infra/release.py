"""A release that is one migration newer than this one, for rehearsals, tests and benchmarks."""

from pathlib import Path

_SAME = """from importlib import import_module

Migration = import_module("{module}").Migration
"""


def write_newer_release(directory: Path, *, real: Path, module: str, name: str, source: str) -> str:
    """A package of migrations: the `real` ones of a module, then one of this source; its name."""
    package = directory / f"newer_{name}"
    package.mkdir()
    (package / "__init__.py").touch()
    stems = sorted(path.stem for path in real.glob("[0-9]*.py"))
    for stem in stems:
        (package / f"{stem}.py").write_text(_SAME.format(module=f"{module}.{stem}"))
    (package / f"9000_{name}.py").write_text(source.replace("LAST", stems[-1]))
    return package.name
