"""An action plan comes before the team, is adopted, changed and continued (REG §2.10)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, question, sent, step
from kooperacja.ui.forms import SeenForm
from tenants.dialogue.actions import plan_adopting as adopting
from tenants.dialogue.actions import plan_copying as copying
from tenants.dialogue.actions import plan_presenting as presenting
from tenants.dialogue.changes import wording
from tenants.dialogue.forms.plan import (
    AmendForm,
    EnterAdoptedForm,
    NextPlanForm,
    PresentForm,
)
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.perms import plan as perms
from tenants.dialogue.rules import following
from tenants.dialogue.views.plan import crumbs_of, find
from tenants.dialogue.workflow import PlanState
from tenants.people.identity import PersonRequest


@step(perms.write_plan, find)
def present(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    """Choose the meeting that decides; without any the way to plan one is shown."""
    meetings = list(presenting.meetings_for(plan))
    return form_page(
        request,
        PresentForm(**sent(request), row=plan, meetings=meetings, wording=partial(wording, plan)),
        partial(guarded(presenting.present), by=request.actor, plan_id=plan.pk),
        ready=partial(presenting.require_complete, plan, PlanState.PROPOSED, request.actor),
        said="Przedstawiono plan zespołowi. Stoi w porządku obrad wybranego spotkania.",
        to=plan.url,
        template="dialogue/plan_present.html",
        plan=plan,
        meetings=meetings,
        title="Przedstaw plan zespołowi",
        crumbs=crumbs_of(plan),
        submit="Przedstaw plan",
    )


@step(perms.write_plan, find)
def take_back(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=plan),
        partial(presenting.take_back, by=request.actor, plan_id=plan.pk),
        ready=partial(presenting.require_taking_back, plan, request.actor),
        question="Wycofać plan do przygotowania?",
        consequence="Będzie można go zmieniać. Punkt zostanie w porządku obrad, ale zespół "
        "zdecyduje dopiero, gdy przedstawisz plan na nowo.",
        undo="Plan można przedstawić zespołowi jeszcze raz.",
        danger=False,
        button="Wycofaj do przygotowania",
        said="Plan wrócił do przygotowania.",
        to=plan.url,
        crumbs=crumbs_of(plan),
    )


@step(perms.write_plan, find)
def enter_adopted(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    meetings = list(adopting.held_meetings(plan)[:50])
    return form_page(
        request,
        EnterAdoptedForm(
            **sent(request), row=plan, meetings=meetings, wording=partial(wording, plan)
        ),
        partial(adopting.enter_adopted, by=request.actor, plan_id=plan.pk),
        ready=partial(presenting.require_complete, plan, PlanState.ADOPTED, request.actor),
        said="Zapisano, że zespół przyjął plan.",
        to=plan.url,
        title="Plan przyjęty poza platformą",
        lead="Wpisz dzień, w którym zespół uzgodnił plan, i dołącz protokół albo wskaż spotkanie. "
        "Potem planu nie można już zmienić bez nowej wersji.",
        crumbs=crumbs_of(plan),
        submit="Zapisz przyjęcie",
    )


@step(perms.write_plan, find)
def amend(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    return question(
        request,
        AmendForm(**sent(request)),
        partial(copying.amend, by=request.actor, plan_id=plan.pk),
        ready=partial(copying.require_changing, plan),
        question="Przygotować zmianę planu?",
        consequence="Powstanie nowa wersja, na początku taka sama. Dotychczasowa obowiązuje, dopóki "
        "zespół nie przyjmie nowej.",
        clause=perms.write_plan.clause,
        undo="Przygotowywaną wersję można porzucić.",
        danger=False,
        button="Przygotuj nową wersję",
        said="Rozpoczęto nową wersję planu.",
        to=lambda new: new.url,
        back=plan.url,
        crumbs=crumbs_of(plan),
    )


@step(perms.write_plan, find)
def begin_next(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    return form_page(
        request,
        NextPlanForm(**sent(request), period=following(plan.period)),
        partial(copying.begin_next, by=request.actor, plan_id=plan.pk),
        ready=partial(copying.require_next, plan),
        said="Rozpoczęto plan na następny okres. Sprawdź terminy i wykonawców.",
        to=lambda new: new.url,
        back=plan.url,
        title="Plan na następny okres",
        lead="Przepiszemy cele i działania, których nie wykonano; wykonane i zaniechane zostają w "
        "tym planie. Postęp przepisanych działań prowadzi się dalej.",
        crumbs=crumbs_of(plan),
        submit="Rozpocznij plan",
    )
