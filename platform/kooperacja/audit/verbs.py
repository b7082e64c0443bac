"""What the codes of verbs mean in Polish; every app may have a `verbs.py` with its own VERBS."""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

VERBS: dict[str, str] = {"JOURNAL_SEARCHED": "przeszukano dziennik"}


@cache
def all_verbs() -> dict[str, str]:
    """Code → sentence, of all apps."""
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "verbs"):
            found |= import_module(f"{config.name}.verbs").VERBS
    return found


def label(code: str) -> str:
    return all_verbs().get(code, code)
