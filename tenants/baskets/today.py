"""Things that wait for the Lider and for kooperanci about services (REG §3.2–3.5)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    UUIDField,
    Value,
)
from django.urls import reverse

from kooperacja.notifications.reminders import over
from kooperacja.ui.polish import counted, pl_date
from tenants.baskets import perms
from tenants.baskets.actions.missing import with_turns
from tenants.baskets.missing import card_said, lead_owes, owing
from tenants.baskets.models.adoptions import HIDDEN_PLACE, OWN, TO_REVIEW
from tenants.baskets.models.checks import CardCheck, CheckCall, ServiceReport
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.standing import answers_since_due, of_lead, of_today
from tenants.baskets.workflow import (
    INTEGRATING,
    SUBMITTING,
    TELLING,
    UPDATING,
    CheckState,
    EntryState,
)
from tenants.people.models import Person
from tenants.people.perms import voiced_organisations
from tenants.people.today import Awaited, Waiting

_SOON = timedelta(days=14)
_MOST = 200  # services, of which those of a card are one line
_NAMED = 3  # institutions; of the rest their number is enough
_INSTITUTIONS = ("instytucja", "instytucje", "instytucji")


def services_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Whatever of services waits for the Lider or for their owner, found by one query."""
    if not perms.begin_cards(person):
        return
    reviews, mine = perms.review(person), voiced_organisations(person)
    due: dict[UUID, list[Any]] = {}
    silent: dict[UUID, Any] = {}
    for service in _waiting(mine, day, reviews=reviews)[:_MOST]:
        is_own = service.card.organisation_id in mine or (reviews and service.is_of_lead)
        if reviews and service.followed and service.followed.review_since:
            yield _to_review_again(service)
        if service.ended_on:
            continue
        if reviews and (adoption := getattr(service, "adoption", None)) and adoption.hidden_since:
            yield _hidden_place(service, adoption)
        if service.stands == EntryState.FILED and reviews:
            yield _to_review(service)
        if service.stands == EntryState.RETURNED and is_own:
            yield _to_mend(service)
        elif is_own and service.due_on and service.due_on <= day + _SOON and not service.followed:
            due.setdefault(service.card_id, []).append(service)
        if service.mistake:
            yield _to_look_at(service)
        if service.unanswered and not service.is_of_lead and not service.is_answered:
            silent.setdefault(service.card_id, service)
    for services in due.values():
        yield _to_confirm(services, day)
    for service in silent.values():
        yield _to_call(service)


def _waiting(mine: set[UUID], day: date, *, reviews: bool) -> Any:
    """Services that may wait, with what was said last, the first mistake, and the vain round."""
    said = ServiceEntry.objects.filter(service=OuterRef("pk")).order_by("-number")
    mistakes = ServiceReport.objects.filter(
        service=OuterRef("pk"), settled_on=None, is_of_master=False
    )
    second = CheckCall.objects.filter(check_round=OuterRef("pk")).order_by("pk")[1:2]
    rounds = CardCheck.objects.filter(over(OuterRef("pk")), ~Exists(second), card=OuterRef("card"))
    rounds = rounds.exclude(state=CheckState.DONE)
    own = Q(card__organisation__in=mine)
    if reviews:
        own |= of_lead(day)
    wanted = own & (
        Q(stands=EntryState.RETURNED) | OWN & Q(due_on__lte=day + _SOON) | Q(mistake__isnull=False)
    )
    if reviews:
        wanted |= Q(stands=EntryState.FILED) | Q(mistake__isnull=False)
        others = Q(unanswered__isnull=False) & ~of_lead(day)
        wanted |= others & Q(due_on__lte=day) & ~Q(is_answered=True)
    rows = Service.objects.filter(of_today(day)).annotate(
        is_of_lead=ExpressionWrapper(of_lead(day), BooleanField()),
        stands=Subquery(said.values("state")[:1]),
        reason=Subquery(said.values("reason")[:1]),
        filed_on=Subquery(said.values("filed_on")[:1]),
        mistake=Subquery(mistakes.values("text")[:1]),
        reported_on=Subquery(mistakes.values("reported_on")[:1]),
        unanswered=Subquery(rounds.values("pk")[:1]) if reviews else Value(None, UUIDField()),
        is_answered=Exists(answers_since_due(OuterRef("pk"), OuterRef("due_on"), day)),
        asked_on=Subquery(rounds.values("opened_on")[:1]) if reviews else Value(None, DateField()),
    )
    is_wanted = Q(ended_on=None) & wanted
    if reviews:
        is_wanted |= TO_REVIEW | HIDDEN_PLACE
    return (
        rows.filter(is_wanted)
        .select_related("card__organisation", "adoption")
        .order_by("created_at", "pk")
    )


def _to_review(service: Any) -> Waiting:
    return Waiting(
        f"Rozpatrz opis usługi: {service.name}",
        service.url,
        INTEGRATING,
        service.card.owner,
        since=service.filed_on,
        matter="Usługa do rozpatrzenia",
    )


def _to_review_again(service: Any) -> Waiting:
    """To the Lider: the institution changed it for all units at once."""
    adoption = service.followed
    return Waiting(
        f"Przejrzyj zmianę usługi z katalogu: {service.name}",
        service.url,
        INTEGRATING,
        adoption.origin,
        since=adoption.review_since,
        matter="Zmiana usługi z katalogu",
    )


def _hidden_place(service: Any, adoption: Any) -> Waiting:
    """To the Lider: a place that is protected at the master, of a copy that no longer follows it."""
    return Waiting(
        f"Przejrzyj adres usługi: {service.name}",
        service.url,
        INTEGRATING,
        "Instytucja oznaczyła w katalogu, że adres jest chroniony",
        since=adoption.hidden_since,
        matter="Ukryty adres usługi",
    )


def _to_mend(service: Any) -> Waiting:
    return Waiting(
        f"Popraw opis usługi: {service.name}",
        service.url_of("edit"),
        SUBMITTING,
        service.reason,
        matter="Usługa do poprawy",
    )


def _to_confirm(services: list[Service], day: date) -> Waiting:
    """One line a card: its page confirms what is due, a service's own page what soon will be."""
    first = min(services, key=lambda one: one.due_on or day)
    is_due, due_on = first.is_due(day), first.due_on
    return Waiting(
        f"Potwierdź opisy usług: {first.card.owner}"
        if is_due
        else f"Potwierdź opis usługi: {first.name}",
        first.card.url_of("check") if is_due else first.url_of("confirm"),
        UPDATING,
        "" if is_due else f"Potwierdzono go {pl_date(first.confirmed_on)}",
        is_overdue=due_on is not None and due_on < day,
        due=due_on,
        matter="Usługi do potwierdzenia",
    )


def _to_look_at(service: Any) -> Waiting:
    return Waiting(
        f"Sprawdź opis usługi: {service.name}",
        service.url,
        TELLING,
        service.mistake,
        since=service.reported_on,
        matter="Zgłoszony błąd w opisie usługi",
    )


def _to_call(service: Any) -> Waiting:
    """To the office: an owner whom four letters did not reach (REG §3.5.a)."""
    return Waiting(
        f"Zadzwoń w sprawie usług: {service.card.owner}",
        reverse("baskets:check_call", args=[service.unanswered]),
        UPDATING,
        "Na cztery wiadomości nikt nie odpowiedział",
        since=service.asked_on,
        matter="Instytucja, która nie potwierdza usług",
    )


def cards_wait(person: Person, day: date) -> Iterator[Waiting]:
    """The cards that a kooperant, or the Lider, still has to hand in, to those who speak for it."""
    if not perms.begin_cards(person):
        return
    if perms.review(person) and lead_owes():
        yield Waiting(
            "Przekaż kartę usług Lidera",
            reverse("baskets:cards"),
            SUBMITTING,
            "Lider też opisuje, w czym pomaga",
            matter="Karta usług",
        )
    mine = voiced_organisations(person)
    if not mine:
        return
    row: Any
    for row in owing(day).filter(organisation__in=mine).order_by("from_on", "pk"):
        yield Waiting(
            f"Przekaż kartę usług: {row.organisation.name}",
            reverse("baskets:card", args=[row.card]) if row.card else reverse("baskets:card_new"),
            SUBMITTING,
            f"Każdy kooperant opisuje, w czym pomaga. Stan karty: {card_said(row)}",
            since=row.from_on,
            matter="Karta usług",
        )


def cards_awaited(person: Person, day: date) -> Iterator[Awaited]:
    """To the office, in one line: kooperanci whose card it still waits for."""
    if not perms.review(person):
        return
    rows: list[Any] = list(with_turns(day).order_by("from_on", "organisation__name", "pk"))
    if rows:
        yield Awaited(
            title=f"Karty usług: {counted(len(rows), *_INSTITUTIONS)}",
            href=reverse("baskets:cards_missing"),
            text=_named([row.organisation.name for row in rows]),
            clause=SUBMITTING,
            action="Przypomnij" if any(row.may_be_reminded for row in rows) else "",
            action_href=reverse("baskets:cards_remind"),
        )


def _named(names: list[str]) -> str:
    rest = len(names) - _NAMED
    if rest <= 0:
        return ", ".join(names)
    further = counted(rest, *_INSTITUTIONS)
    return f"{', '.join(names[:_NAMED])} i jeszcze {further}"
