"""A change of the regulation: the difference, the voting, the votes, how it ends (REG §9)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from kooperacja.audit.actor import actor
from kooperacja.documents.errors import RejectedUpload
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Missing, Problem
from tenants.partnership import actions, ballots, perms
from tenants.partnership.actions.amendments import (
    require_amendable,
    require_votable,
    require_withdrawable,
)
from tenants.partnership.actions.regulation import CLAUSE
from tenants.partnership.actions.voting import (
    require_closable,
    require_voting,
)
from tenants.partnership.forms import (
    AmendmentAdoptionForm,
    KeyedForm,
    OpenVotingForm,
    PaperVoteForm,
    VoteForm,
    WithdrawalForm,
)
from tenants.partnership.models import Person, RegulationBallot, RegulationVersion
from tenants.partnership.people import person_of
from tenants.partnership.regulation_changes import changes
from tenants.partnership.views.common import form_page, say_already_saved
from tenants.partnership.workflow import RegulationState


def _change(request: TenantRequest, pk: UUID) -> tuple[Person, RegulationVersion]:
    versions = RegulationVersion.objects.select_related("amends")
    return person_of(request), get_object_or_404(versions, pk=pk)


def _page(pk: UUID) -> str:
    return reverse("partnership:regulation", args=[pk])


@require_safe
def difference(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What a change does to the version it amends."""
    person, version = _change(request, pk)
    perms.see_drafts.require(person)
    if version.amends is None:
        raise Missing("Pierwsza wersja niczego nie zmienia", "Nie ma jej z czym porównać.")
    context = {"version": version, "changes": changes(version.amends, version)}
    return render(request, "partnership/regulation_changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: TenantRequest) -> HttpResponse:
    """Begin a change."""
    person = person_of(request)
    perms.write_regulation.require(person)
    form = KeyedForm(request.POST or None, initial={"key": uuid7()})
    if form.is_valid():
        try:
            draft = actions.open_amendment(
                by=actor(request), person=person, key=form.cleaned_data["key"]
            )
        except actions.AlreadySaved as saved:
            say_already_saved(request)
            return redirect(_page(saved.obj.pk))
        messages.success(request, "Powstał projekt zmiany. Obowiązuje nadal dotychczasowa wersja.")
        return redirect(_page(draft.pk))
    newest = require_amendable()
    return confirm(
        request,
        question="Rozpocząć zmianę regulaminu?",
        consequence=(
            f"Powstanie projekt, który jest kopią wersji {newest.number}. Zmienisz w nim, co "
            "trzeba, a potem Lider otworzy głosowanie. Zmiana wymaga akceptacji większości "
            f"członków, w tym Lidera. Podstawa: {CLAUSE}."
        ),
        undo="Projekt można wycofać.",
        button="Rozpocznij zmianę",
        back=reverse("partnership:regulations"),
        form=form,
        danger=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def open_voting(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, version = _change(request, pk)
    perms.adopt_regulation.require(person)
    if request.method == "POST" and version.state == RegulationState.VOTING:
        return _again(request, pk)
    require_votable(version)
    form = OpenVotingForm(request.POST or None)
    if form.is_valid():
        try:
            actions.open_voting(
                by=actor(request), person=person, regulation_id=pk, **form.cleaned_data
            )
        except actions.AlreadySaved:
            return _again(request, pk)
        messages.success(request, "Otwarto głosowanie. Członkowie dostaną wiadomość.")
        return redirect(_page(pk))
    return confirm(
        request,
        question="Otworzyć głosowanie nad zmianą regulaminu?",
        consequence=(
            "Głosuje Lider i każdy kooperant, który dziś jest członkiem; kto przystąpi później, "
            "nie głosuje. Zmiana przechodzi, gdy „za” jest więcej niż połowa wszystkich "
            f"uprawnionych, w tym Lider. Podstawa: {CLAUSE}."
        ),
        undo="Projektu nie można już zmienić. Zmianę można wycofać z podaniem powodu.",
        button="Otwórz głosowanie",
        back=_page(pk),
        form=form,
        danger=False,
    )


def _again(request: TenantRequest, pk: UUID) -> HttpResponse:
    say_already_saved(request)
    return redirect(_page(pk))


# --- Votes ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Vote for one's institution, reading what the change does."""
    person, version = _change(request, pk)
    seats = [
        one
        for one in ballots.seats(version, timezone.localdate())
        if perms.vote(person, one.ballot.organisation_id)
    ]
    if not seats:
        raise perms.vote.refused()
    require_voting(version)
    form = VoteForm(request.POST or None, ballots=[one.ballot for one in seats])
    if form.is_valid():
        return _cast(request, person, version, form)
    if request.method != "POST":
        _refuse_idle(version, seats)
        free = [one.ballot for one in seats if one.may_vote and one.vote is None]
        form = VoteForm(ballots=free)
    assert version.amends is not None  # only a change is voted on
    context = {"version": version, "changes": changes(version.amends, version), "back": _page(pk)}
    return form_page(request, "partnership/regulation_vote.html", form, **context)


def _cast(
    request: TenantRequest, person: Person, version: RegulationVersion, form: VoteForm
) -> HttpResponse:
    ballot: RegulationBallot = form.cleaned_data["ballot"]
    try:
        actions.cast_vote(
            by=actor(request),
            person=person,
            regulation_id=version.pk,
            ballot_id=ballot.pk,
            choice=form.cleaned_data["choice"],
        )
    except actions.AlreadySaved:
        return _again(request, version.pk)
    messages.success(request, f"Zapisano głos: {ballot.name}.")
    return redirect(_page(version.pk))


def _refuse_idle(version: RegulationVersion, seats: list[ballots.Seat]) -> None:
    """Nothing is left to vote on: say why, instead of a form that could only fail."""
    if any(one.may_vote and one.vote is None for one in seats):
        return
    voted = next((one for one in seats if one.vote), None)
    if voted is not None and voted.vote is not None:
        title = "Ten głos już oddano"
        said = f"„{voted.ballot.name}”: zapisała osoba {voted.vote.actor_name}."
    elif version.voting_until and timezone.localdate() > version.voting_until:
        title, said = "Głosowanie się skończyło", f"Trwało do {pl_date(version.voting_until)}"
    else:
        title = "Ta instytucja nie może już głosować"
        said = "Kto odszedł, zanim zagłosował, liczy się jako ktoś, kto nie wyraził zgody."
    raise Problem(title, said, clause=CLAUSE, href=_page(version.pk), action="Zobacz głosy")


@require_http_methods(["GET", "HEAD", "POST"])
def paper_vote(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The office enters a vote that came on paper."""
    person, version = _change(request, pk)
    perms.record_votes.require(person)
    require_voting(version)
    every = ballots.seats(version, timezone.localdate())
    # What was sent is judged by the action, which says who voted.
    shown = [one.ballot for one in every if request.method == "POST" or one.vote is None]
    form = PaperVoteForm(
        request.POST or None, request.FILES or None, ballots=shown, version=version
    )
    if form.is_valid():
        try:
            return _recorded(request, person, version, form)
        except RejectedUpload as rejected:
            form.add_error("file", str(rejected))
    context = {"version": version, "back": _page(pk)}
    return form_page(request, "partnership/regulation_paper_vote.html", form, **context)


def _recorded(
    request: TenantRequest, person: Person, version: RegulationVersion, form: PaperVoteForm
) -> HttpResponse:
    said = form.cleaned_data
    try:
        actions.record_paper_vote(
            by=actor(request),
            person=person,
            regulation_id=version.pk,
            ballot_id=said["ballot"].pk,
            choice=said["choice"],
            cast_on=said["cast_on"],
            upload=said["file"],
            is_electronic=said["is_electronic"],
        )
    except actions.AlreadySaved:
        return _again(request, version.pk)
    messages.success(request, f"Zapisano głos: {said['ballot'].name}.")
    return redirect(_page(version.pk))


# --- How it ends ------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The Lider closes the voting: the change is adopted or rejected, as the votes say."""
    person, version = _change(request, pk)
    perms.adopt_regulation.require(person)
    ended = {RegulationState.ADOPTED, RegulationState.REJECTED}
    if request.method == "POST" and version.state in ended:
        return _again(request, pk)
    count = require_closable(version)
    votes = f"„Za” głosowało {count.yes} z {count.ballots} uprawnionych"
    if not count.is_passed:
        return _reject(request, person, version, f"{votes}: {count.why_rejected}")
    today = timezone.localdate()
    form = AmendmentAdoptionForm(
        request.POST or None,
        request.FILES or None,
        version=version,
        initial={"adopted_on": today, "in_force_from": today},
    )
    if form.is_valid():
        try:
            return _closed(request, person, pk, actions.Adoption(**form.values()))
        except RejectedUpload as rejected:
            form.add_error("file", str(rejected))
    return confirm(
        request,
        question="Zamknąć głosowanie i przyjąć zmianę?",
        consequence=(
            f"{votes}, w tym Lider, więc zmiana została przyjęta. Nowa wersja dostanie numer, "
            "jej tekst zapiszemy jako dokument PDF i DOCX, a każda osoba w Partnerstwie zapozna "
            f"się z nią od dnia, w którym zacznie obowiązywać. Podstawa: {CLAUSE}."
        ),
        button="Zamknij głosowanie i przyjmij zmianę",
        back=_page(pk),
        form=form,
        danger=False,
    )


def _reject(
    request: TenantRequest, person: Person, version: RegulationVersion, votes: str
) -> HttpResponse:
    if request.method == "POST":
        return _closed(request, person, version.pk, None)
    return confirm(
        request,
        question="Zamknąć głosowanie i odrzucić zmianę?",
        consequence=(
            f"{votes}. Potrzeba więcej niż połowy i zgody Lidera. "
            f"Obowiązuje nadal dotychczasowa wersja. Podstawa: {CLAUSE}."
        ),
        button="Zamknij głosowanie",
        back=_page(version.pk),
        danger=False,
    )


def _closed(request: TenantRequest, person: Person, pk: UUID, adoption: Any) -> HttpResponse:
    try:
        version = actions.close_voting(
            by=actor(request), person=person, regulation_id=pk, adoption=adoption
        )
    except actions.AlreadySaved:
        return _again(request, pk)
    if version.state == RegulationState.ADOPTED:
        messages.success(request, f"Przyjęto wersję {version.number} regulaminu.")
    else:
        messages.success(request, "Zamknięto głosowanie. Zmiana nie przeszła.")
    return redirect(_page(pk))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, version = _change(request, pk)
    perms.withdraw_regulation.require(person, version)
    if request.method == "POST" and version.state == RegulationState.WITHDRAWN:
        return _again(request, pk)
    require_withdrawable(version)
    form: forms.Form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw_regulation(
                by=actor(request), person=person, regulation_id=pk, **form.cleaned_data
            )
        except actions.AlreadySaved:
            return _again(request, pk)
        messages.success(request, "Wycofano zmianę regulaminu.")
        return redirect(_page(pk))
    return confirm(
        request,
        question="Wycofać zmianę regulaminu?",
        consequence=(
            "Projekt i oddane głosy pozostaną zapisane, ale zmiana nie wejdzie w życie. "
            f"Podstawa: {CLAUSE}."
        ),
        undo="Wycofania nie można cofnąć. Można rozpocząć nową zmianę.",
        button="Wycofaj zmianę",
        back=_page(pk),
        form=form,
    )
