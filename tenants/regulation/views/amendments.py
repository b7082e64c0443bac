"""A change of the regulation: the difference, the voting, the votes, how it ends (REG §9)."""

from datetime import date
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.documents.sigreport import to_check
from kooperacja.pages import IRREVERSIBLE, form_page, page, question, row, sent, step
from kooperacja.ui.forms import KeyedForm
from kooperacja.ui.polish import stopped
from kooperacja.ui.problems import Missing
from tenants.people import perms as people_perms
from tenants.people.identity import PersonRequest
from tenants.regulation import ballots, perms
from tenants.regulation.actions.amendments import (
    open_amendment,
    reopen_amendment,
    require_amendable,
    require_reopenable,
    require_votable,
    require_withdrawable,
    withdraw_regulation,
)
from tenants.regulation.actions.amendments import open_voting as put_to_the_vote
from tenants.regulation.actions.voting import (
    cast_vote,
    close_voting,
    record_paper_vote,
    require_castable,
    require_closable,
    require_voting,
)
from tenants.regulation.changes import changes
from tenants.regulation.forms import (
    AdoptionForm,
    OpenVotingForm,
    PaperVoteForm,
    VoteForm,
    WithdrawalForm,
)
from tenants.regulation.models import RegulationVersion, RegulationVote, VoteMode
from tenants.regulation.views.versions import LISTED, adopted_today, crumbs_of
from tenants.regulation.workflow import RegulationState

_version = row(RegulationVersion.objects.select_related("amends"))


@page(perms.see_drafts, _version)
def difference(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    """The difference between a change and the version it amends."""
    if version.amends is None:
        raise Missing("Pierwsza wersja niczego nie zmienia", "Nie ma jej z czym porównać.")
    context = {"version": version, "changes": changes(version.amends, version)}
    return render(request, "regulation/regulation_changes.html", context)


@step(perms.write_regulation)
def amend(request: PersonRequest) -> HttpResponse:
    """Begin a change."""
    newest = RegulationVersion.newest()
    number = newest.number if newest else None
    return question(
        request,
        KeyedForm(**sent(request)),
        partial(open_amendment, by=request.actor),
        ready=require_amendable,
        said="Powstał projekt zmiany. Obowiązuje nadal dotychczasowa wersja.",
        to=lambda draft: draft.url,
        back=RegulationVersion.list_url(),
        crumbs=[LISTED],
        question="Rozpocząć zmianę regulaminu?",
        consequence=f"Powstanie projekt, który jest kopią wersji {number}. Zmienisz w nim, co "
        "trzeba, a potem Lider otworzy głosowanie. Zmiana wymaga akceptacji większości "
        "członków, w tym Lidera.",
        clause=perms.write_regulation.clause,
        undo="Projekt można wycofać.",
        button="Rozpocznij zmianę",
        danger=False,
    )


@step(perms.write_regulation, _version)
def reopen(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    """Take up the text of a rejected change again."""
    newest = RegulationVersion.newest()
    number = newest.number if newest else None
    return question(
        request,
        KeyedForm(**sent(request)),
        partial(reopen_amendment, by=request.actor, regulation_id=version.pk),
        ready=partial(require_reopenable, version),
        said="Powstał projekt z tekstem odrzuconej zmiany. Obowiązuje nadal dotychczasowa wersja.",
        to=lambda draft: draft.url,
        back=version.url,
        crumbs=crumbs_of(version),
        question="Wrócić do projektu?",
        consequence="Powstanie nowy projekt z tekstem odrzuconej zmiany; porównamy go z wersją "
        f"{number}, która jest najnowsza. Odrzucona zmiana i jej głosy pozostaną w historii. "
        "Projekt można poprawić, zanim Lider znowu otworzy głosowanie.",
        clause=perms.write_regulation.clause,
        undo="Projekt można wycofać.",
        button="Wróć do projektu",
        danger=False,
    )


@step(perms.adopt_regulation, _version)
def open_voting(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    return question(
        request,
        OpenVotingForm(**sent(request), initial={"version": version.version}),
        partial(put_to_the_vote, by=request.actor, regulation_id=version.pk),
        ready=partial(require_votable, version),
        said=_opened,
        to=version.url,
        crumbs=crumbs_of(version),
        question="Otworzyć głosowanie nad zmianą regulaminu?",
        consequence="Głosuje Lider i każdy kooperant, który w dniu otwarcia jest członkiem; kto "
        "przystąpi później, nie głosuje. Zmiana przechodzi, gdy „za” jest więcej niż połowa wszystkich "
        "uprawnionych, w tym Lider.",
        clause=perms.adopt_regulation.clause,
        undo="Projektu nie można już zmienić. Zmianę można wycofać z podaniem powodu.",
        button="Otwórz głosowanie",
        danger=False,
    )


def _opened(version: RegulationVersion) -> str:
    if version.voting_until and version.voting_until < timezone.localdate():
        return "Otwarto głosowanie, które już się odbyło. Wpisz głosy z pism, a potem je zamknij."
    return "Otwarto głosowanie. Członkowie dostaną wiadomość."


@step(people_perms.enter, _version)
def vote(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    """Vote for one's institution, reading what the change does."""
    seats = [
        seat
        for seat in ballots.seats(version, timezone.localdate())
        if perms.vote(request.person, seat.ballot.organisation_id)
    ]
    if not seats:
        raise perms.vote.refused()
    shown = [seat.ballot for seat in seats if seat.may_vote and seat.vote is None]
    return form_page(
        request,
        VoteForm(**sent(request), ballots=[seat.ballot for seat in seats], shown=shown),
        partial(cast_vote, by=request.actor, regulation_id=version.pk),
        ready=partial(_require_seat_to_vote, request.actor.today, version, seats),
        said=_recorded,
        to=version.url,
        template="regulation/regulation_vote.html",
        crumbs=crumbs_of(version),
        last="Głos",
        version=version,
        changes=changes(version.amends, version) if version.amends else [],
    )


def _recorded(vote: RegulationVote) -> str:
    return stopped(f"Zapisano głos: {vote.ballot.name}")


def _require_seat_to_vote(
    today: date, version: RegulationVersion, seats: list[ballots.Seat]
) -> None:
    """Say why nothing is left to vote on, instead of a form that could only fail."""
    require_voting(version)
    if not any(seat.may_vote and seat.vote is None for seat in seats):
        vote = RegulationVote(ballot=seats[0].ballot, mode=VoteMode.HERE, cast_on=today)
        require_castable(version, vote, today)


@step(perms.record_votes, _version)
def paper_vote(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    """The office enters a vote that came on paper."""
    require_voting(version)
    seats = ballots.seats(version, timezone.localdate())
    shown = [seat.ballot for seat in seats if seat.vote is None]
    return form_page(
        request,
        PaperVoteForm(**sent(request), ballots=[seat.ballot for seat in seats], shown=shown),
        partial(record_paper_vote, by=request.actor, regulation_id=version.pk),
        said=_recorded,
        to=version.url,
        template="regulation/regulation_paper_vote.html",
        crumbs=crumbs_of(version),
        last="Głos na piśmie",
        version=version,
    )


@step(perms.adopt_regulation, _version)
def close(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    """The Lider closes the voting: the change is adopted or rejected, as the votes say."""
    act = partial(close_voting, by=request.actor, regulation_id=version.pk)
    if request.method == "POST" and version.state in _CLOSED:
        return form_page(request, forms.Form(**sent(request)), act, said="", to=version.url)
    today = request.actor.today
    count, remarks = require_closable(version, today), _remarks(version, today)
    may_have_papers = count.lost and version.voting_until and version.voting_until < today
    undo = f"{_PAPERS_FIRST} {IRREVERSIBLE}" if may_have_papers else IRREVERSIBLE
    asked = partial(
        question,
        said=_closed,
        to=version.url,
        crumbs=crumbs_of(version),
        remarks=remarks,
        clause=perms.adopt_regulation.clause,
        undo=undo,
        danger=False,
    )
    if not count.is_passed:
        return asked(
            request,
            forms.Form(**sent(request)),
            act,
            question="Zamknąć głosowanie i odrzucić zmianę?",
            consequence=f"{count.votes_for}: {count.why_rejected}. Potrzeba więcej niż połowy i zgody "
            "Lidera. Obowiązuje nadal dotychczasowa wersja.",
            button="Zamknij głosowanie",
        )
    return asked(
        request,
        AdoptionForm(**sent(request), initial=adopted_today(version, today)),
        act,
        question="Zamknąć głosowanie i przyjąć zmianę?",
        consequence=f"{count.votes_for}, w tym Lider, więc zmiana została przyjęta. Nowa wersja dostanie "
        "numer, jej tekst zapiszemy jako dokument PDF i DOCX, a każda osoba w Partnerstwie "
        "zapozna się z nią od dnia, w którym zacznie obowiązywać.",
        button="Zamknij głosowanie i przyjmij zmianę",
    )


_PAPERS_FIRST = (
    "Nie wszyscy zagłosowali. Jeśli są pisma z głosami, które mają datę z dni głosowania, "
    "wpisz je przed zamknięciem."
)


def _remarks(version: RegulationVersion, today: date) -> list[str]:
    """The remarks on votes that were signed electronically, each with whose it is."""
    signed = ballots.signed(ballots.seats(version, today))
    return [f"{name}: {said}" for name, report in signed for said in to_check(report)]


_CLOSED = frozenset({RegulationState.ADOPTED, RegulationState.REJECTED})


def _closed(version: RegulationVersion) -> str:
    if version.state == RegulationState.ADOPTED:
        return f"Przyjęto wersję {version.number} regulaminu."
    return "Zamknięto głosowanie. Zmiana nie przeszła."


@step(perms.withdraw_regulation, _version)
def withdraw(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    return question(
        request,
        WithdrawalForm(**sent(request)),
        partial(withdraw_regulation, by=request.actor, regulation_id=version.pk),
        ready=partial(require_withdrawable, version),
        said="Wycofano zmianę regulaminu.",
        to=version.url,
        crumbs=crumbs_of(version),
        question="Wycofać zmianę regulaminu?",
        consequence="Projekt i oddane głosy pozostaną zapisane, ale zmiana nie wejdzie w życie.",
        clause=perms.withdraw_regulation.clause,
        undo="Wycofania nie można cofnąć. Można rozpocząć nową zmianę.",
        button="Wycofaj zmianę",
    )
