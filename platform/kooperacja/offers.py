"""What an app gives the house: the OFFERS of its `offers.py`, on one page.

Whoever needs something asks for its kind, `of(Verbs)`. A mechanism above may have a kind of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TypeVar

from django.apps import apps
from django.utils.module_loading import module_has_submodule


class Offer:
    """Something that an app gives."""


Kind = TypeVar("Kind", bound=Offer)


def of(kind: type[Kind]) -> tuple[Kind, ...]:
    """All offers of a kind, in the order of INSTALLED_APPS."""
    return tuple(offer for offer in _all() if isinstance(offer, kind))


@cache
def _all() -> tuple[Offer, ...]:
    found: list[Offer] = []
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "offers"):
            found += import_module(f"{config.name}.offers").OFFERS
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Verbs(Offer):
    """What the codes in the journal mean: code → Polish words."""

    words: Mapping[str, str]
