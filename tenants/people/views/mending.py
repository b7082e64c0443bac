"""A clerk's slip is mended: two entries are made one, or two again; a mistake is struck (REG §5.1.a)."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import form_page, question, row, sent, step
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.ui.problems import Missing
from tenants.people import perms, rules
from tenants.people.actions import mending
from tenants.people.forms import InstitutionForm, MergeForm, PartForm, PersonForm, StrikeForm
from tenants.people.identity import PersonRequest
from tenants.people.models import Merge, Organisation, Person
from tenants.people.references import Subject, clashes_of, counted_of, moved_by_merge

_CLAUSE = perms.mend.clause
_organisation = row(Organisation.objects.current())
_any_organisation = row(Organisation)
_person = row(Person.objects.current())
_any_person = row(Person)
# What both entries say of themselves, side by side.
_COMPARED = {
    Organisation: ("name", "sector", "nip", "regon", "krs", "address", "email", "phone"),
    Person: ("full_name", "email", "phone"),
}
_LABELS = {"address": "siedziba"}


def page_of(subject: Subject, name: str, *more: UUID) -> str:
    """The address of one of these pages: people:organisation_merge …"""
    return reverse(f"people:{subject._meta.model_name}_{name}", args=[subject.pk, *more])


def _crumbs(subject: Subject) -> list[tuple[str, str]]:
    lists = {Organisation: "Instytucje", Person: "Osoby w rejestrze"}
    return [(lists[type(subject)], subject.LIST_PAGE), (str(subject), subject.url)]


# --- Striking --------------------------------------------------------------------------------


@step(perms.mend, _organisation)
def strike_organisation(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return _strike(request, organisation)


@step(perms.mend, _person)
def strike_person(request: PersonRequest, person: Person) -> HttpResponse:
    return _strike(request, person)


def _strike(request: PersonRequest, subject: Subject) -> HttpResponse:
    return question(
        request,
        StrikeForm(**sent(request)),
        partial(mending.strike, by=request.actor, kind=type(subject), subject_id=subject.pk),
        ready=partial(mending.require_unused, subject),
        said=f"Usunięto wpis {quoted(subject)}. Ślad został w dzienniku.",
        to=subject.LIST_PAGE,
        back=subject.url,
        crumbs=_crumbs(subject),
        question=f"Usunąć wpis {quoted(subject)}?",
        consequence="Wpis zniknie z list i z wyboru. Nic się z nim nie wiąże, więc nic innego się "
        "nie zmieni. W dzienniku zostanie nazwa, powód i to, kto usunął.",
        clause=_CLAUSE,
        undo="Tego kroku nie można cofnąć. Jeśli wpis okaże się potrzebny, trzeba go wpisać jeszcze "
        "raz.",
        button="Usuń wpis",
    )


# --- Merging ---------------------------------------------------------------------------------


@step(perms.mend, _organisation)
def merge_organisation(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    others = Organisation.objects.current().exclude(pk=organisation.pk).in_order()
    alike = Organisation.objects.exclude(pk=organisation.pk).alike(organisation.described)
    initial = {"organisation": alike[0][0].pk if alike else None}
    form = InstitutionForm(**sent(request), initial=initial, organisations=others)
    return _choose(request, organisation, form, lambda organisation_id: organisation_id)


@step(perms.mend, _person)
def merge_person(request: PersonRequest, person: Person) -> HttpResponse:
    form = PersonForm(**sent(request), people=Person.objects.current().exclude(pk=person.pk))
    return _choose(request, person, form, lambda person_id: person_id)


def _choose(
    request: PersonRequest, subject: Subject, form: Any, chosen: Callable[..., UUID]
) -> HttpResponse:
    """Nothing is written yet: the preview comes next."""
    return form_page(
        request,
        form,
        chosen,
        said="",
        to=lambda pk: page_of(subject, "merge_with", pk),
        title="Z którym wpisem połączyć?",
        eyebrow=str(subject),
        lead=f"Wpis {quoted(subject)} zniknie z list, a wszystko, co się z nim wiąże, przejdzie do "
        "wybranego. Najpierw zobaczysz podgląd.",
        submit="Pokaż podgląd",
        back=subject.url,
        crumbs=_crumbs(subject),
        last="Połączenie wpisów",
    )


def _two(kind: type[Any]) -> Callable[..., tuple[Any, Any]]:
    """Finds the entry that would go and the one that would stay."""

    def find(person: Person, pk: UUID, target: UUID) -> tuple[Any, Any]:
        source, stays = (get_object_or_404(kind.objects.current(), pk=one) for one in (pk, target))
        perms.mend.require(person, stays)
        if source == stays:
            raise Missing("To jest ten sam wpis", "Wybierz inny.")
        return source, stays

    return find


@step(perms.mend, _two(Organisation), again=True)
def merge_organisation_with(
    request: PersonRequest, source: Organisation, target: Organisation
) -> HttpResponse:
    return _merge(request, source, target)


@step(perms.mend, _two(Person), again=True)
def merge_person_with(request: PersonRequest, source: Person, target: Person) -> HttpResponse:
    return _merge(request, source, target)


def _merge(request: PersonRequest, source: Subject, target: Subject) -> HttpResponse:
    kind = type(source)
    moving = [(one, len(ids)) for one, ids in moved_by_merge(source, target)]
    seen = sum(count for _, count in moving)
    return form_page(
        request,
        MergeForm(**sent(request), initial={"seen": seen}),
        partial(
            mending.merge, by=request.actor, kind=kind, source_id=source.pk, target_id=target.pk
        ),
        said=f"Połączono wpisy. Został {quoted(target)}.",
        to=target.url,
        back=source.url,
        template="people/merge.html",
        crumbs=_crumbs(source),
        last="Połączenie wpisów",
        source=source,
        target=target,
        compared=_compared(source, target),
        moves=[reference.words(count) for reference, count in moving],
        stays=[one.words(count) for one, count in counted_of(source) if not one.moves],
        clashes=clashes_of(source, target),
        undo_until=rules.last_day_to_undo(request.actor.today),
    )


def _compared(source: Subject, target: Subject) -> list[tuple[str, str, str]]:
    """The labels of what they say of themselves, with what each says."""
    return [
        (_label(type(source), name), _said(source, name), _said(target, name))
        for name in _COMPARED[type(source)]
    ]


def _label(kind: type[Subject], name: str) -> str:
    return _LABELS.get(name) or str(kind._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _said(subject: Subject, name: str) -> str:
    shown = getattr(subject, f"get_{name}_display", None)
    return str(shown() if shown else getattr(subject, name)) or "–"


# --- Parting ---------------------------------------------------------------------------------


@step(perms.mend, _any_organisation, again=True)
def part_organisation(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return _part(request, organisation)


@step(perms.mend, _any_person, again=True)
def part_person(request: PersonRequest, person: Person) -> HttpResponse:
    return _part(request, person)


def _part(request: PersonRequest, source: Subject) -> HttpResponse:
    merged: Merge = mending.last_merge(source)
    hidden, target = _told_apart(source, merged.target)
    return question(
        request,
        PartForm(**sent(request), initial={"seen": merged.pk}),
        partial(mending.undo, by=request.actor, kind=type(source), source_id=source.pk),
        ready=partial(mending.require_undoable, request.actor, merged),
        said="Cofnięto połączenie. Oba wpisy są znowu osobne.",
        to=source.url,
        crumbs=_crumbs(source),
        question=f"Cofnąć połączenie: {quoted(hidden)} i {quoted(target)}?",
        consequence="Wpis wróci na listy, a z nim wszystko, co przeniesiono do wpisu "
        f"{quoted(target)}. Połączono je {pl_date(merged.merged_on)}",
        undo="Oba wpisy można później połączyć jeszcze raz.",
        button="Cofnij połączenie",
        danger=False,
    )


def _told_apart(source: Subject, target: Subject) -> tuple[str, str]:
    """The names of two entries; of equal ones also what else differs."""
    for words in (str, _with_label, _with_day):
        if words(source) != words(target):
            break
    return words(source), words(target)


def _with_label(subject: Subject) -> str:
    return subject.full_label


def _with_day(subject: Subject) -> str:
    return f"{subject.full_label}, wpis z {pl_date(timezone.localdate(subject.created_at))}"
