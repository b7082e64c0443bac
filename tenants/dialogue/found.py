"""Search in all that is said between meetings (REG §6, §7.2, §10).

The texts are sealed, so they are compared in memory: the latest ones.
"""

from collections.abc import Iterator

from django.utils.text import Truncator

from kooperacja.ui.everywhere import Found
from kooperacja.ui.search import is_matching
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.contacts import Contact
from tenants.dialogue.models.disputes import Dispute
from tenants.dialogue.models.notes import Note
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.models.risks import Risk
from tenants.dialogue.said import materials_with, threads_with
from tenants.dialogue.workflow import PlanState
from tenants.people.models import Person

_LATEST = 1000
_SHOWN = 100  # letters


def risks(person: Person, words: str) -> Iterator[Found]:
    """By number, who reported, what it is about and what was said."""
    rows = Risk.objects.read_by(person).select_related("team", "organisation")
    for row in rows.order_by("-reported_at", "-pk")[:_LATEST]:
        if is_matching(words, str(row), row.reporter, row.concerns, row.text):
            said = Truncator(row.concerns).chars(_SHOWN)
            yield Found(str(row), row.url, f"{row.get_state_display()}: {said}")


def disputes(person: Person, words: str) -> Iterator[Found]:
    """By day, what it is about and what was said; those of others are not looked at."""
    rows = Dispute.objects.read_by(person).select_related("team")
    for row in rows.order_by("-reported_at", "-pk")[:_LATEST]:
        if is_matching(words, str(row), row.subject, row.text):
            yield Found(str(row), row.url, f"{row.get_state_display()}: {row.subject}")


def threads(person: Person, words: str) -> Iterator[Found]:
    """By number, subject, who wrote and what was said."""
    for row in threads_with(person, words):
        yield Found(row.subject, row.url, f"{row}, {row.get_state_display()}")


def notes(person: Person, words: str) -> Iterator[Found]:
    """By number, subject, author and what was said; drafts are found by their author alone."""
    rows = Note.objects.read_by(person).select_related("team", "person", "organisation")
    for row in rows.order_by("-begun_at", "-pk")[:_LATEST]:
        if is_matching(words, str(row), row.author, row.of, row.subject, row.content, row.others):
            said = Truncator(row.subject).chars(_SHOWN)
            yield Found(str(row), row.url, f"{row.get_state_display()}: {said}")


def contacts(person: Person, words: str) -> Iterator[Found]:
    """By who, with whom, the subject and what was agreed."""
    rows = Contact.objects.read_by(person).select_related("team", "person", "organisation")
    for row in rows.order_by("-held_on", "-pk")[:_LATEST]:
        if is_matching(words, str(row.person), row.of, row.with_whom, row.subject, row.summary):
            yield Found(str(row), row.url, Truncator(row.subject).chars(_SHOWN))


def activities(person: Person, words: str) -> Iterator[Found]:
    """By what is done, by whom and with whom; of a version that a newer one replaced none."""
    plans = ActionPlan.objects.read_by(person)
    seen = plans.exclude(state__in=[PlanState.REPLACED, PlanState.DROPPED])
    rows = PlanActivity.objects.filter(goal__plan__in=seen)
    rows = rows.select_related("goal__plan__team", "organisation", "undertaking")
    latest = rows.order_by("-goal__plan__from_on", "goal__position", "position", "pk")[:_LATEST]
    for row in latest.prefetch_related("partners__organisation"):
        if is_matching(words, str(row), row.text, row.owner, row.partner_names):
            said = Truncator(row.text).chars(_SHOWN)
            yield Found(said, row.url, f"{row.plan}, {row}")


def materials(person: Person, words: str) -> Iterator[Found]:
    """By title, description, topic and who shared it."""
    for row in materials_with(person, words):
        withdrawn = "" if row.is_shared else f", {row.get_state_display()}"
        yield Found(row.title, row.url, f"{row.topic_name}, {row.get_kind_display()}{withdrawn}")
