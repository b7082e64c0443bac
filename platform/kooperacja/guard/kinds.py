"""Kinds of personal data that are looked for, and one place in a text that looks like it."""

from dataclasses import dataclass

from django.db import models

# The verb of the journal with which an action keeps the reason for sending, and nothing else.
PASSED = "GUARD_PASSED"


class Kind(models.TextChoices):
    """A kind of personal data; an office says of each if it warns or blocks."""

    PESEL = "PESEL", "numer PESEL"
    PHONE = "PHONE", "numer telefonu"
    EMAIL = "EMAIL", "adres e-mail"
    ADDRESS = "ADDRESS", "adres pocztowy"
    NAME = "NAME", "imię z nazwiskiem"
    SURNAME = "SURNAME", "nazwisko rodziny albo osoby"


class Strictness(models.TextChoices):
    """The fate of a text in which such data were found."""

    WARN = "WARN", "ostrzega: można wysłać po podaniu powodu"
    BLOCK = "BLOCK", "blokuje: nie można wysłać"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A place in a text; no log and no row ever holds one."""

    start: int
    end: int
    kind: Kind
    words: str
