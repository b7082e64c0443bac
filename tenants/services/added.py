"""Types of services that somebody adds to those of the file: their columns, and what must not be (REG §3.2)."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst, slugify

from kooperacja.ui.polish import fold, quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from tenants.services.types import ServiceType, areas
from tenants.services.vocabulary import Vocabulary, vocabulary

AREAS = [(one.code, one.name) for one in areas()]
_CODE = 25  # letters, and room for what tells the codes of units apart


class AddedType(models.Model):
    """A type of service beside those of the file; it may end, and its code stays for ever."""

    IS_OWN: ClassVar[bool] = False

    code = models.CharField("kod", max_length=40)
    name = models.CharField("nazwa", max_length=80)
    area = models.CharField("dziedzina", max_length=30, choices=AREAS)
    broader = models.CharField("typ szerszy", max_length=40, blank=True, default="")
    about = models.CharField("na czym polega", max_length=200)
    # One a line.
    synonyms = models.TextField("inne nazwy", max_length=600, blank=True, default="")
    everyday = models.TextField("słowa potoczne", max_length=600, blank=True, default="")
    added_on = models.DateField("dodany")
    ended_on = models.DateField("zakończony", null=True)
    ended_why = models.CharField("powód zakończenia", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def as_type(self) -> ServiceType:
        """The same as everything that speaks of types knows it."""
        known = {one.code: one for one in areas()}
        return ServiceType(
            code=self.code,
            area=known[self.area],
            name=self.name,
            synonyms=lines_of(self.synonyms),
            about=self.about,
            see_also=(),
            everyday=lines_of(self.everyday),
            broader=self.broader,
            is_ended=self.ended_on is not None,
            is_own=self.IS_OWN,
        )


def told(name: str, before: Any, after: Any) -> str:
    """Nazwa: pasieka → pasieka społeczna"""
    label = capfirst(AddedType._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    texts = (" | ".join(str(one).splitlines()) or "brak" for one in (before, after))
    return f"{label}: {' → '.join(texts)}"


def require_in_use(row: "AddedType") -> None:
    """Refuse to change or to give a type that has ended."""
    if row.ended_on:
        raise Problem(
            f"Typ {quoted(row.name)} jest zakończony",
            "Usługi, które go mają, zachowują go bez zmian. Jeśli jest znowu potrzebny, dodaj nowy.",
            kept=NOTHING_SAVED,
            at=row,
        )


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines())


def free_code(name: str, before: str = "") -> str:
    """A code made of the name that no type has; `before` tells a unit's from all others."""
    known, plain = vocabulary(), slugify(fold(name))[:_CODE].strip("-") or "typ"
    codes = (f"{before}{plain}{end}" for end in ("", *(f"-{count}" for count in range(2, 1000))))
    return next(code for code in codes if known.of(code) is None)


def require_fitting(values: dict[str, Any], known: Vocabulary, code: str = "") -> None:
    """Refuse words that another type has, and a broader type that can't be above this one."""
    wrong = dict(_taken(values, [one for one in known.types if one.code != code]))
    if fault := _misplaced(values, known, code):
        wrong["broader"] = fault
    if wrong:
        raise ValidationError(wrong)


def _taken(values: dict[str, Any], others: Iterable[ServiceType]) -> Iterable[tuple[str, str]]:
    owners = {fold(words): one for one in others for words in one.words}
    for field in ("name", "synonyms"):
        for words in lines_of(values[field]):
            if owner := owners.get(fold(words)):
                yield field, f"{quoted(words)} to już nazwa typu {quoted(owner.name)}."


def _misplaced(values: dict[str, Any], known: Vocabulary, code: str) -> str:
    above = known.of(values["broader"])
    if above is None:
        return ""
    if code and code in known.line(above.code):
        return "Typ nie może być częścią samego siebie."
    if above.area.code != values["area"]:
        return (
            f"Typ {quoted(above.name)} jest w dziedzinie {quoted(above.area.name)}. Wybierz tę "
            "dziedzinę albo inny typ szerszy."
        )
    return ""
