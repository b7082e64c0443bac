"""Units of the official register (TERYT) that a description names: the area served, the gmina of a place (REG §3.2)."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from kooperacja.ui.fields import Line
from kooperacja.ui.polish import fold, quoted
from tenants.registry.models import Unit
from tenants.registry.rules import UnitLevel

Named = dict[str, str]  # codes with their labels
_WITH_KIND = 7  # digits of a code with RODZ at its end
_MOST = 60  # more would be the whole voivodeship


def named(codes: Iterable[str]) -> Named:
    """The labels of units by their codes."""
    rows = Unit.objects.filter(code__in=list(codes)).order_by("code")
    return {one.code: one.label for one in rows}


def typed(units: Mapping[str, str]) -> str:
    """Units as their field shows them."""
    return ", ".join(units.values())


class UnitsField(Line):
    """Gminas and powiaty of the voivodeship, by name or by code; what the register has not is refused."""

    def __init__(self, *, is_place: bool = False, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 3000, "required": False, **kwargs})
        self._is_place = is_place

    def clean(self, value: Any) -> Any:
        parts = [part.strip() for part in re.split("[,;]", super().clean(value)) if part.strip()]
        if not parts:
            return {}
        if len(parts) > _MOST:
            raise ValidationError(f"Wpisz najwyżej {_MOST} gmin i powiatów albo same powiaty.")
        if self._is_place and len(parts) > 1:
            raise ValidationError("Wpisz jedną gminę.")
        known = _known(self._is_place)
        units = [_found(part, known) for part in dict.fromkeys(parts)]
        return {one.code: one.label for one in units}


def _known(is_place: bool) -> list[Unit]:
    levels = [UnitLevel.MUNICIPALITY] if is_place else [UnitLevel.MUNICIPALITY, UnitLevel.COUNTY]
    return list(Unit.objects.filter(level__in=levels, is_gone=False).order_by("code"))


def _found(said: str, known: Iterable[Unit]) -> Unit:
    """The unit that is meant; a name that several have is no answer."""
    code = said[:-1] if said.isdigit() and len(said) == _WITH_KIND else said
    wanted = fold(said)
    called = [one for one in known if code == one.code or wanted == fold(one.label)]
    called = called or [one for one in known if wanted == fold(one.name)]
    if len(called) > 1:
        several = ", ".join(f"{one.label} ({one.code})" for one in called)
        raise ValidationError(f"Nazwę {quoted(said)} mają: {several}. Wpisz kod jednej z nich.")
    if not called:
        raise ValidationError(
            f"W rejestrze TERYT naszego województwa nie ma {quoted(said[:60])}. Wpisz nazwę gminy "
            "albo powiatu, na przykład „Gogolin”, albo kod."
        )
    return called[0]
