"""No field of the app carries a family's name to all: each form is attacked on its page (REG §6.1 s.3).

Forms are found by their classes and sent through the pages of the app, so a new one is attacked
unasked.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import quote

import lxml.html
import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.audit.models import Entry, Via
from kooperacja.guard.forms import REASON, SEEN, GuardedForm
from kooperacja.guard.kinds import PASSED, Kind
from kooperacja.incoming.receiving import Outcome
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.fields import WebAddress
from kooperacja.ui.forms import FilterForm
from kooperacja.ui.problems import Problem
from tenants.dialogue.actions.answering import send_held
from tenants.dialogue.models import HeldAnswer, Message
from tests.declared import VISITORS, Page, apps
from tests.factories import dialogue as make_dialogue
from tests.factories import people as make
from tests.kooperacja.guard.planted import PLANTED
from tests.kooperacja.ui.test_fields import EVERY
from tests.place import Place, undone
from tests.tenants.data_protection.test_guard import SURNAMES, all_records
from tests.tenants.dialogue.test_answers import come, letter
from tests.test_no_dead_ends import filled
from tests.traps import SHARED_PLANE, changed_table

APP = "tenants.dialogue"
# Texts that the guard does not read, and why.
FREE = {
    "MediatorForm.name": "whoever mediates is named by their name, to the parties alone",
}
# What a form wants instead of its first choices and a few words.
WANTS = {
    "MediatorForm": {"name": ""},
    "EnterAdoptedForm": {"meeting": ""},
    "ShareMaterialForm": {"link": ""},
    "NewTopicForm": {"after": ""},
    "ChangeTopicForm": {"after": ""},
}
# Pages of a row's author alone, whom no visitor is, and the form that asks the same.
OF_AUTHOR = {"EditNoteForm": "NewNoteForm", "CorrectContactForm": "NewContactForm"}
WHY = "Tak ustalono z zespołem"


def is_text(one: forms.Field) -> bool:
    """One types in it, or gives a file that has a name."""
    is_typed = isinstance(one, forms.CharField) and not isinstance(one, forms.UUIDField)
    return (is_typed or isinstance(one, forms.FileField)) and not one.widget.is_hidden


def texts(form: type[Any]) -> list[str]:
    names = [name for name, one in form.base_fields.items() if is_text(one) and name != REASON]
    return [name for name in names if f"{form.__name__}.{name}" not in FREE]


# Of a filter nothing is kept; a name with a line before it is only the base of others.
OWN = [
    form
    for form in EVERY
    if form.__module__.startswith(f"{APP}.")
    and not issubclass(form, FilterForm)
    and not form.__name__.startswith("_")
]
ATTACKED = {form.__name__ for form in OWN if texts(form)}


def test_every_text_of_the_app_is_guarded() -> None:
    loose = [
        f"{form.__name__}.{name}"
        for form in OWN
        for name in texts(form)
        if not issubclass(form, GuardedForm) or name in form.UNGUARDED
    ]
    assert loose == []
    known = {f"{form.__name__}.{name}" for form in OWN for name in form.base_fields}
    assert FREE.keys() <= known
    asked = {form.__name__: texts(form) for form in OWN}
    assert all(asked[one] == asked[other] for one, other in OF_AUTHOR.items())


# --- The attack --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """The answer to a form, the tables to which it wrote, and its entries in the journal."""

    answer: Any
    wrote: set[str]
    entries: list[Entry]

    @property
    def form(self) -> Any:
        return self.answer.context["form"]


@dataclass(frozen=True)
class Target:
    """A page with a guarded form, somebody who may fill it in, and what they would send."""

    place: Place
    client: Client
    at: str
    form: Any
    plain: dict[str, Any]

    def send(self, **typed: Any) -> Sent:
        """Send it so, and undo what it did."""
        sending = {**self.plain, **typed}
        for file in (one for one in sending.values() if isinstance(one, SimpleUploadedFile)):
            file.seek(0)  # it was read when it was sent before
        with inside(self.place.here), undone():
            before = set(Entry.objects.order_by().values_list("pk", flat=True))
            with watched() as wrote:
                answer = self.client.post(self.at, sending)
            with inside(self.place.here):
                entries = list(Entry.objects.exclude(pk__in=before).order_by("pk"))
        return Sent(answer, wrote, entries)


@contextmanager
def watched() -> Iterator[set[str]]:
    """Tables that are written to, but for what a request may always note of its visitor."""
    wrote: set[str] = set()

    def look(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        table = changed_table(sql if isinstance(sql, str) else sql.as_string(None))
        if table and (context["connection"].alias == "default" or table not in SHARED_PLANE):
            wrote.add(table)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in {
            id(connections[one]): connections[one] for one in settings.DATABASES
        }.values():
            stack.enter_context(connection.execute_wrapper(look))
        yield wrote


def targets(place: Place) -> Iterator[Target]:
    """Each page of the app on which a guarded text is typed."""
    for page in apps()[APP].of(Page):
        visitors = [who for who, said in zip(VISITORS, page.answers, strict=True) if said == "o"]
        if "-" in visitors or not visitors:
            continue  # a page for everybody has no form
        client, at = place.clients[visitors[0]], place.address(page)
        shown: Any = client.get(at)
        form = (shown.context or {}).get("form")
        if isinstance(form, GuardedForm) and texts(type(form)):
            [html] = lxml.html.fromstring(shown.content).xpath("//main//form[@method='post']")
            plain = {**filled(html), **WANTS.get(type(form).__name__, {})}
            yield Target(place, client, at, form, plain)


PLANTS = {kind: cycle(words) for kind, words in PLANTED.items()}


def planted(one: forms.Field, kinds: Iterable[Kind]) -> Iterator[tuple[set[Kind], Any]]:
    """Data of nobody, as much of each kind as the field takes, and the kinds that are in it."""
    if isinstance(one, forms.FileField):
        yield {Kind.NAME}, SimpleUploadedFile("Kowalska_Anna-wywiad.pdf", make.pdf_bytes())
        return
    assert isinstance(one, forms.CharField)
    # A browser writes so what stands in the address of a page.
    begin, written = (
        ("https://strona.example/", quote) if isinstance(one, WebAddress) else ("", str)
    )
    text, held = begin, set[Kind]()
    for kind in kinds:
        more = written(f"Mówiono: {next(PLANTS[kind])}. ")
        if len(text) + len(more) > (one.max_length or 0):
            yield held, text
            text, held = begin, set()
        text, held = text + more, held | {kind}
    yield held, text


@pytest.fixture
def logged() -> Iterator[list[str]]:
    with all_records() as records:
        yield records


def test_what_is_planted_in_any_text_is_held_and_nothing_is_saved(
    place: Place, logged: list[str]
) -> None:
    attacked = set()
    for target in targets(place):
        attacked.add(type(target.form).__name__)
        clean = target.send()
        assert clean.answer.status_code == 302, (target.at, clean.form.errors)
        assert [one.verb for one in clean.entries if one.verb == PASSED] == []
        for name in (one for one in texts(type(target.form)) if one in target.form.fields):
            attack(target, name, target.form.fields[name])
        let_pass(target)
    assert attacked == ATTACKED - OF_AUTHOR.keys()
    # Neither the text nor what was found is logged.
    logging.getLogger("kooperacja").debug("Koniec.")
    told = "\n".join(logged)
    assert told.endswith("Koniec.")
    assert [one for words in PLANTED.values() for one in words if one in told] == []


def attack(target: Target, name: str, one: forms.Field) -> None:
    """It is held, told beside its field and written nowhere."""
    for kinds, text in planted(one, Kind):
        without = {"file": ""} if isinstance(one, WebAddress) else {}  # it stands instead of a file
        sent = target.send(**without, **{name: text})
        where = f"{name} at {target.at}"
        assert (sent.answer.status_code, sent.wrote) == (422, set()), where
        assert kinds - {Kind.SURNAME} <= {found.kind for found in sent.form.checked.findings[name]}
        assert sent.form.errors[name], where
        if Kind.PESEL in kinds:  # the office blocks it, whatever the reason
            again = target.send(**{name: text, REASON: WHY, SEEN: seen_in(sent)})
            assert (again.answer.status_code, again.wrote) == (422, set()), where


def seen_in(sent: Sent) -> str:
    return str(sent.form.data.get(SEEN, ""))


def let_pass(target: Target) -> None:
    """What the office only warns of goes with a reason, and the journal keeps that alone."""
    name = texts(type(target.form))[0]
    for _, text in planted(target.form.fields[name], set(Kind) - {Kind.PESEL}):
        warned = target.send(**{name: text})
        assert (warned.answer.status_code, warned.wrote) == (422, set()), target.at
        passed = target.send(**{name: text, REASON: WHY, SEEN: seen_in(warned)})
        assert passed.answer.status_code == 302, target.at
        assert [one.why for one in passed.entries if one.verb == PASSED] == [WHY], target.at
        kept = " ".join(f"{one.object_label} {one.why} {one.data}" for one in passed.entries)
        assert str(text) not in kept


# --- The oracle ------------------------------------------------------------------------------------

# Of a request's own: tokens, ids, moments, the policy's word.
OF_A_REQUEST = re.compile(
    r"(?<=csrfmiddlewaretoken\" value=\")[^\"]+|(?<=szkic\" value=\")[^\"]+|(?<=nonce=\")[^\"]+"
    r"|\b[0-9a-f]{64}\b|\b0x[0-9a-f]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.+]+"
)


def told(target: Target, name: str, logged: list[str]) -> tuple[Any, ...]:
    """All that somebody could see of it: the answer and its size, the statements, the log."""
    logged.clear()
    planes = {id(connections[one]): connections[one] for one in settings.DATABASES}.values()
    with ExitStack() as stack:
        asked = [stack.enter_context(CaptureQueriesContext(one)) for one in planes]
        answer: Any = target.client.post(target.at, {**target.plain, "text": f"Pani {name}."})
    statements = [query["sql"] for one in asked for query in one]
    assert not any(name in one for one in (*statements, *logged))
    html = answer.content.decode()
    assert name in html
    size = len(html) - html.count(name) * len(name)
    seen = [*statements, html.replace(name, "…"), *logged]
    headers = {name: len(value) for name, value in answer.items() if name != "Content-Length"}
    return (answer.status_code, size, headers, [OF_A_REQUEST.sub("…", one) for one in seen])


def test_a_hundred_names_cannot_be_told_apart_by_who_reports(
    place: Place, logged: list[str]
) -> None:
    """Half of them are known here, in rows that are nobody else's business."""
    with inside(place.here):
        known = f"Pomoc rodzinom: {', '.join(SURNAMES[1::2])}."
        make_dialogue.dispute(None, place.rows["member"], text=known)
        Entry.objects.bulk_create(
            Entry(verb="X", via=Via.WEB, actor_name=name, object_label=f"rodzina {name}")
            for name in SURNAMES[1::2]
        )
    target = next(one for one in targets(place) if type(one.form).__name__ == "AddDoneForm")
    for name in SURNAMES[:2]:  # what is asked once in a process is asked now
        told(target, name, logged)
    first = told(target, SURNAMES[0], logged)
    assert first[0] == 422 and first[3]
    assert {str(told(target, name, logged)) for name in SURNAMES} == {str(first)}


# --- By mail -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "is_name"), [*((kind, False) for kind in Kind), (Kind.PESEL, True), (Kind.NAME, True)]
)
def test_what_comes_by_mail_is_held_too(
    in_partnership: TenantRef, settings: Any, kind: Kind, is_name: bool
) -> None:
    settings.INCOMING_MAIL_ADDRESS = "odpowiedzi@poczta.example.pl"
    author = make_dialogue.seated("Szkoła").coordinators.get().person
    thread = make_dialogue.thread()
    told = Outgoing.objects.filter(payload__code="MESSAGE_SENT").count()
    words = next(PLANTS[kind])
    mail = letter(thread, author, "W załączniku." if is_name else f"Mówiono: {words}.")
    if is_name:
        mail.add_attachment(make.pdf_bytes(), "application", "pdf", filename=f"{words}.pdf")
    assert come(mail) == Outcome.TAKEN
    held = HeldAnswer.objects.get()
    assert (held.reason, Message.objects.count()) == ("GUARD", 1)
    assert Outgoing.objects.filter(payload__code="MESSAGE_SENT").count() == told
    send = partial(send_held, by=make.by(author), held_id=held.pk, version=0, reason=WHY)
    if kind != Kind.PESEL:
        assert send().position == 2
        return
    with pytest.raises(Problem, match="nie można wysłać"):  # the office lets nobody send it
        send()
    assert (HeldAnswer.objects.get().state, Message.objects.count()) == ("WAITING", 1)
