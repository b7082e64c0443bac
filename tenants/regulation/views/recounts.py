"""The Lider settles a result that void votes overturned: votes again or leaves it (REG §9)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import question, row, sent, step
from tenants.people.identity import PersonRequest
from tenants.regulation import perms
from tenants.regulation.actions.recounts import (
    leave_result,
    repeat_voting,
    require_repeatable,
    require_unsettled,
)
from tenants.regulation.forms import LeaveResultForm, RepeatVotingForm
from tenants.regulation.models import RegulationVersion
from tenants.regulation.views.versions import crumbs_of

_version = row(RegulationVersion.objects.select_related("amends"))


@step(perms.adopt_regulation, _version)
def repeat(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    return question(
        request,
        RepeatVotingForm(**sent(request)),
        partial(repeat_voting, by=request.actor, regulation_id=version.pk),
        ready=partial(require_repeatable, version),
        said="Otwarto ponowne głosowanie. Członkowie dostaną wiadomość.",
        to=lambda repeated: repeated.url,
        back=version.url,
        crumbs=crumbs_of(version),
        question="Głosować ponownie nad tym samym tekstem?",
        consequence="Głosuje Lider i każdy kooperant, który w dniu otwarcia jest członkiem. Poprzednie głosy "
        "pozostają w poprzednim głosowaniu i nie przechodzą do nowego. Jeśli zmiana przejdzie, "
        "dostanie nowy numer; jeśli nie przejdzie, poprzedni wynik znowu będzie wymagał "
        "rozstrzygnięcia.",
        clause=perms.adopt_regulation.clause,
        undo="Zmianę można potem wycofać z podaniem powodu.",
        button="Głosuj ponownie",
        danger=False,
    )


@step(perms.adopt_regulation, _version)
def leave(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    return question(
        request,
        LeaveResultForm(**sent(request)),
        partial(leave_result, by=request.actor, regulation_id=version.pk),
        ready=partial(require_unsettled, version),
        said="Pozostawiono wynik głosowania.",
        to=version.url,
        crumbs=crumbs_of(version),
        question="Pozostawić wynik głosowania?",
        consequence="Wynik pozostanie taki, jaki ogłoszono, choć po ponownym policzeniu jest inny. "
        "Powód zobaczą członkowie przy głosach, a czynność zapisze dziennik.",
        clause=perms.adopt_regulation.clause,
        button="Pozostaw wynik",
        danger=False,
    )
