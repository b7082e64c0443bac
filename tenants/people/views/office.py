"""The first page of a tenant, "Co dziś", and the people of the Lider's office (REG §1.3.b)."""

from datetime import date
from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.tenancy.context import current_tenant, reading
from kooperacja.ui.everywhere import everywhere
from kooperacja.ui.page_parts import parts_of
from kooperacja.ui.polish import pl_datetime, quoted
from tenants.people import perms
from tenants.people.actions import invitations, office
from tenants.people.calendar import by_month, days_of, soon
from tenants.people.forms import AnswerForm, ColleagueForm, EverywhereForm, SentForm, StopForm
from tenants.people.identity import PersonRequest
from tenants.people.invited import invitations_of, standings
from tenants.people.models import Person, RoleAssignment, holds
from tenants.people.today import (
    LEAD_STEP,
    FirstStep,
    awaited_by,
    beside,
    counts,
    first_steps,
    waiting_for,
)
from tenants.registry import proposals
from tenants.registry.models import AdministratorProposal
from tenants.registry.proposals import answer as answer_proposal
from tenants.registry.roles import Role
from tenants.registry.standing import standing_of
from tenants.registry.workflow import ProposalState

_OFFICE = "people:office"
_any_role = row(RoleAssignment.objects.select_related("person", "organisation"))
_role = row(RoleAssignment.objects.of_office())


@page(perms.enter)
def today(request: PersonRequest) -> HttpResponse:
    """Things that wait, each with its clause, then the parts of the apps."""
    person, day = request.person, timezone.localdate()
    steps = first_steps(person)
    waiting = beside(waiting_for(person, day), steps)
    context = {
        "day": day,
        "waiting": [(one, None) for one in waiting],
        "counts": counts(waiting, day),
        "lacks_lead": _lacks_lead(person, day, steps),
        "steps": steps,
        "awaited": awaited_by(person, day),
        "soon": soon(person, day, waiting),
        "parts": parts_of("home", request, day),
    }
    return render(request, "people/home.html", context)


@page(perms.enter)
def show_calendar(request: PersonRequest) -> HttpResponse:
    """Days that wait for the person here, and those that hold for all, by month."""
    day = timezone.localdate()
    months = by_month((one, None) for one in days_of(request.person, day))
    return render(request, "people/calendar.html", {"day": day, "months": months})


@step(perms.enter)
def search(request: PersonRequest) -> HttpResponse:
    """All that the person may see here in which the words stand; the answer alone is kept nowhere."""
    form = EverywhereForm(request.POST or None)
    words = form.cleaned_data["slowa"] if form.is_valid() else ""
    with reading():
        kinds = everywhere(request, words) if words else []
    context = {"form": form, "words": words, "kinds": kinds}
    return render(request, "people/search.html", context, status=422 if form.errors else 200)


search.is_search = True  # type: ignore[attr-defined]  # counted in the account's pace


def _lacks_lead(person: Person, day: date, steps: list[tuple[FirstStep, bool]]) -> bool:
    """Nobody represents the Lider, the reader can invite somebody, and no first step says so."""
    is_told = any(step.about == LEAD_STEP and not is_taken for step, is_taken in steps)
    if is_told or not perms.manage_people(person) or holds(person, {Role.LEAD}):
        return False
    return not RoleAssignment.objects.on(day).filter(role=Role.LEAD).exists()


@page(perms.manage_people)
def show_office(request: PersonRequest) -> HttpResponse:
    held = list(RoleAssignment.objects.of_office().on(timezone.localdate()).in_order())
    standing = standings(held)
    context = {
        "held": [(assignment, standing[assignment.pk]) for assignment in held],
        "lacks_lead": not any(assignment.role == Role.LEAD for assignment in held),
        "parts": parts_of(_OFFICE, request),
    }
    return render(request, "people/office.html", context)


def _proposal(person: Person, pk: UUID) -> AdministratorProposal:
    """One that is about this unit; for anybody else there is none."""
    return get_object_or_404(AdministratorProposal, pk=pk, tenant_id=current_tenant().id)


@step(perms.answer_proposals, _proposal, again=True)
def administrator(request: PersonRequest, proposal: AdministratorProposal) -> HttpResponse:
    """The unit agrees to an administrator whom the region proposes, or refuses."""
    return form_page(
        request,
        AnswerForm(**sent(request)),
        partial(answer_proposal, by=request.actor, proposal_id=proposal.pk),
        ready=partial(proposal.require_state, ProposalState.PROPOSED),
        said=lambda answered: f"{answered}: {answered.get_state_display()}.",
        to=lambda _: reverse("home"),
        title="Czy to ma być administrator OPS?",
        eyebrow=str(proposal),
        lead=f"Tę osobę proponuje koordynator ROPS: {proposal.proposed_by}. Administrator OPS "
        "czyta dane jednostki, zaprasza ludzi i kończy ich role. Zaproszenie wyślemy tylko wtedy, "
        f"gdy się zgodzisz ({perms.answer_proposals.clause}).",
        submit="Zapisz odpowiedź",
        back=reverse("home"),
        crumbs=[("Ośrodek", _OFFICE)],
        last="Propozycja administratora",
    )


@step(perms.stop_proposals, _proposal, again=True)
def administrator_stop(request: PersonRequest, proposal: AdministratorProposal) -> HttpResponse:
    return question(
        request,
        StopForm(**sent(request)),
        partial(proposals.stop, by=request.actor, proposal_id=proposal.pk),
        ready=partial(proposal.require_state, ProposalState.WAITING),
        said="Zatrzymano zaproszenie. Koordynator ROPS przeczyta powód.",
        to="home",
        crumbs=[("Co dziś", "home")],
        question="Zatrzymać zaproszenie administratora OPS?",
        consequence=f"Zaproszenia nie dostanie {proposal}. Bez zatrzymania wyślemy je "
        f"{pl_datetime(proposal.due_at)}, bo w jednostce nikt nie jest dziś administratorem ani "
        "nie reprezentuje Lidera.",
        undo="Koordynator ROPS może zaproponować inną osobę albo tę samą jeszcze raz.",
        button="Zatrzymaj zaproszenie",
    )


@step(perms.manage_people, again=True)
def invite(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        ColleagueForm(**sent(request)),
        partial(office.invite_colleague, by=request.actor),
        said=lambda role: (
            f"{role.person}: nadano rolę {quoted(role.get_role_display())}. Zaproszenie wysyłamy e-mailem."
        ),
        to=_OFFICE,
        title="Kogo zaprosić?",
        lead="Osoba upoważniona do reprezentowania Lidera wyznacza pracownika ds. sieci "
        f"({perms.manage_people.clause}).",
        submit="Nadaj rolę i zaproś",
        crumbs=[("Ośrodek", _OFFICE)],
        last="Nowa osoba",
    )


@step(perms.manage_people, _role, again=True)
def end_role(request: PersonRequest, assignment: RoleAssignment) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(office.end_role, by=request.actor, assignment_id=assignment.pk),
        said="Rola jest zakończona, a dostęp zamknięty.",
        to=_OFFICE,
        crumbs=[("Ośrodek", _OFFICE)],
        question=f"Zakończyć rolę: {assignment.person}, {assignment.get_role_display()}?",
        consequence="Ta osoba straci dziś dostęp, który dawała jej ta rola. Wszystko, co zrobiła, "
        "pozostanie zapisane.",
        clause=perms.manage_people.clause,
        undo="Rolę można nadać ponownie nowym zaproszeniem.",
        button="Zakończ rolę",
    )


# --- Invitations to roles, of the office and of institutions ---------------------------------


def _place_of(assignment: RoleAssignment) -> tuple[str, str]:
    """The page on which the role stands: its institution's, or the office's."""
    if assignment.organisation is None:
        return "Ośrodek", reverse(_OFFICE)
    return assignment.organisation.name, assignment.organisation.url


@page(perms.keep_invitation, _any_role)
def show_invitation(request: PersonRequest, assignment: RoleAssignment) -> HttpResponse:
    """How far the invitation to a role has come, and all that were sent for it."""
    sent_for, now = invitations_of(assignment), timezone.now()
    context = {
        "assignment": assignment,
        "standing": standings([assignment])[assignment.pk],
        "is_held": assignment.holds_on(timezone.localdate()),
        "history": [
            (one, standing_of(one, now).words if one is sent_for[-1] else "zastąpione nowszym")
            for one in reversed(sent_for)
        ],
        "place": _place_of(assignment),
    }
    return render(request, "people/invitation.html", context)


@step(perms.keep_invitation, _any_role, again=True)
def send_again(request: PersonRequest, assignment: RoleAssignment) -> HttpResponse:
    sent_for, person = invitations_of(assignment), assignment.person
    seen = sent_for[-1].pk if sent_for else None
    address = invitations.address_of(person)
    again, former = (" ponownie", " Poprzedni przestanie działać.") if sent_for else ("", "")
    return question(
        request,
        SentForm(**sent(request), initial={"seen": seen}),
        partial(invitations.send_again, by=request.actor, assignment_id=assignment.pk),
        ready=partial(_require, assignment, "may_send"),
        said=f"Wysłaliśmy zaproszenie na adres {address}. Jest ważne 72 godziny.",
        to=assignment.url,
        crumbs=[_place_of(assignment), (f"Zaproszenie: {person}", assignment.url)],
        question=f"Wysłać zaproszenie{again}: {person}, {assignment.get_role_display()}?",
        consequence=f"Na adres {address} wyślemy odnośnik, ważny 72 godziny.{former}",
        clause=perms.keep_invitation.clause,
        undo="Wysłane zaproszenie można wycofać, dopóki nikt go nie przyjął.",
        button=f"Wyślij zaproszenie{again}",
        danger=False,
    )


@step(perms.keep_invitation, _any_role, again=True)
def withdraw_invitation(request: PersonRequest, assignment: RoleAssignment) -> HttpResponse:
    person = assignment.person
    return question(
        request,
        forms.Form(**sent(request)),
        partial(invitations.withdraw_invitation, by=request.actor, assignment_id=assignment.pk),
        ready=partial(_require, assignment, "may_withdraw"),
        said=f"Wycofano zaproszenie: {person}.",
        to=assignment.url,
        crumbs=[_place_of(assignment), (f"Zaproszenie: {person}", assignment.url)],
        question=f"Wycofać zaproszenie: {person}, {assignment.get_role_display()}?",
        consequence="Odnośnik z wiadomości przestanie działać i powie, że zaproszenie wycofano. "
        "Rola pozostanie wpisana.",
        clause=perms.keep_invitation.clause,
        undo="Zaproszenie można potem wysłać ponownie.",
        button="Wycofaj zaproszenie",
    )


def _require(assignment: RoleAssignment, may: str) -> None:
    standing = standings([assignment])[assignment.pk]
    if not getattr(standing, may) or not assignment.holds_on(timezone.localdate()):
        raise invitations.nothing_waits(assignment)
