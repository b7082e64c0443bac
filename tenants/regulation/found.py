"""Clauses of the regulation in force, found by words."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from kooperacja.ui.everywhere import Found
from kooperacja.ui.search import is_matching
from tenants.people.models import Person
from tenants.regulation import text
from tenants.regulation.models import RegulationVersion

_SHOWN = 200  # letters


def clauses(person: Person, words: str) -> Iterator[Found]:
    version = RegulationVersion.in_force(timezone.localdate())
    for clause in text.filled(version) if version else ():
        if is_matching(words, clause.name, clause.text):
            said = Truncator(clause.text).chars(_SHOWN)
            yield Found(clause.name, reverse("regulation:regulations"), said)
