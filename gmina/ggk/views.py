"""Pages of the GGK: its composition, requests for delegates, and a delegate's own (POR-C §2.4.2, §3)."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gmina.ggk import perms, said, sides
from gmina.ggk.actions import asking, ending, groups, seating
from gmina.ggk.forms import AskForm, FoundGroupForm, SecrecyForm
from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.standing import county_of, founding, ways_of
from gmina.ggk.today import must_promise
from gmina.ggk.workflow import BELONGING, DELEGATING, SECRECY
from kooperacja.pages import form_page, list_page, page, question, row, sent, step
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.problems import Missing
from kooperacja.ui.tables import Column, Table
from tenants.people.forms import PersonForm
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.teams import perms as teams
from tenants.teams.models import Team

LIST = ("Grupy", "ggk:groups")
_COLUMNS = (
    Column("grupa", "Grupa", str, is_link=True),
    Column("porozumienie", "Porozumienie", "agreement_name", sort="agreement_name"),
    Column("od", "Działa od", "from_on", sort="from_on"),
    Column("do", "Zakończyła działanie", "ended_on", sort="ended_on"),
)
_ROWS = DelegationRequest.objects.select_related("group", "person", "organisation")
_delegation = visible(_ROWS, perms.see_delegation, "Nie ma takiej prośby")
_group = visible(Group, perms.see_group, "Nie ma takiej grupy")


@page(perms.see_groups)
def listing(request: PersonRequest) -> HttpResponse:
    """The group that there is, and those that there were."""
    person = request.person
    groups_known = [one for one in Group.objects.order_by("pk") if perms.see_group(person, one)]
    known = [one.pk for one in groups_known]
    has_none = all(one.is_over for one in groups_known)
    may_found = has_none and bool(founding(timezone.localdate()))
    table = Table(
        request,
        Group.objects.filter(pk__in=known),
        _COLUMNS,
        "Grupy",
        default="-od",
        id="grupy",
        empty="Nie ma jeszcze grupy. Powołuje ją ośrodek, gdy zacznie obowiązywać porozumienie, "
        "które obejmuje tę gminę.",
    )
    return list_page(
        request,
        table,
        title="Gminna Grupa Kooperacji",
        lead="Osoby, które delegowały instytucje, Strony porozumienia (§ 3 porozumienia).",
        add=[("Powołaj grupę", "ggk:group_new", perms.keep_groups)] if may_found else [],
    )


@step(perms.keep_groups)
def new(request: PersonRequest) -> HttpResponse:
    agreements = founding(timezone.localdate())
    return form_page(
        request,
        FoundGroupForm(**sent(request), agreements=agreements),
        partial(groups.found, by=request.actor),
        ready=partial(_require_agreement, agreements),
        said="Powołano Gminną Grupę Kooperacji.",
        to=lambda group: group.url,
        back="ggk:groups",
        title="Powołanie Gminnej Grupy Kooperacji",
        lead="Grupa działa na podstawie porozumienia, które obejmuje tę gminę (§ 3 ust. 1 "
        "porozumienia).",
        crumbs=[LIST],
        submit="Powołaj grupę",
    )


def _require_agreement(agreements: Sequence[object]) -> None:
    groups.require_none()
    if not agreements:
        raise Missing(
            "Nie ma porozumienia, które obejmuje tę gminę",
            "Porozumienie pojawia się tu, gdy wejdzie w życie. Żadne z obowiązujących nie wymienia tej "
            "gminy.",
        )


@page(perms.see_group, _group)
def show(request: PersonRequest, group: Group) -> HttpResponse:
    """The group: its seats, the institutions that were asked, the county's word for it."""
    person, today = request.person, timezone.localdate()
    county, may_ask = county_of(group), perms.ask(person, group)
    rows = list(_ROWS.filter(group=group))
    ways, sees = ways_of(rows), perms.see_delegation
    requests = [said.Request(one, ways.get(one.pk, ""), sees(person, one)) for one in rows]
    shown = {
        "group": group,
        "county": county,
        "confirmed": said.confirmed_said(county),
        "closed": "" if group.is_over else said.closed_said(county),
        "coordinator": said.coordinator_of(group, today),
        "seats": said.seats_of(group, today),
        "current": [one for one in requests if one.is_current and one.sees],
        "past": [one for one in requests if not one.is_current and one.sees],
        "agreement_is": said.agreement_said(county),
        "may_ask": may_ask and not group.is_over and county.is_in_force,
        "convenes": _convened_by(person, group),
        "must_promise": must_promise(person, group),
        "may_keep": perms.keep_groups(person) and not group.is_over,
    }
    return render(request, "ggk/group.html", shown)


def _convened_by(person: Person, group: Group) -> Team | None:
    """The team of the group, for whom it is to convene."""
    if not perms.promise(person, group):
        return None
    team: Team | None = Team.objects.filter(rests_on=group.pk).first()
    return team if team and teams.run(person, team) else None


def _crumbs(group: Group) -> list[tuple[str, str]]:
    return [LIST, (str(group), group.url)]


@step(perms.keep_groups, row(Group), again=True, act="zakończenie działania grupy")
def close(request: PersonRequest, group: Group) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(groups.close, by=request.actor, group_id=group.pk),
        ready=partial(groups.require_open, group),
        question="Zakończyć działanie Gminnej Grupy Kooperacji?",
        consequence="Osoby delegowane dziś tracą miejsce w grupie i dostęp do jej prac, a prośby, "
        "które czekają na odpowiedź, zostaną wycofane. Instytucje dowiedzą się o tym.",
        clause="§ 3 ust. 1 porozumienia",
        undo="Można powołać następną grupę i poprosić o delegowanie osób jeszcze raz.",
        button="Zakończ działanie",
        said="Grupa zakończyła działanie.",
        to=group.url,
        crumbs=_crumbs(group),
    )


@step(perms.keep_groups, row(Group), again=True, act="wskazanie koordynatora grupy")
def coordinator(request: PersonRequest, group: Group) -> HttpResponse:
    return form_page(
        request,
        PersonForm(**sent(request), people=groups.workers(timezone.localdate())),
        partial(groups.appoint, by=request.actor, group_id=group.pk),
        ready=partial(groups.require_open, group),
        said="Wskazano koordynatora grupy.",
        to=group.url,
        title="Koordynator Gminnej Grupy Kooperacji",
        lead="Wyznaczony pracownik ośrodka: zwołuje i prowadzi spotkania grupy, prosi o delegowanie "
        "osób (§ 3 ust. 3 porozumienia). Zastąpi dotychczasowego od dziś.",
        crumbs=_crumbs(group),
        submit="Wskaż koordynatora",
    )


@step(perms.promise, row(Group), again=True, act="oświadczenie o poufności")
def promise(request: PersonRequest, group: Group) -> HttpResponse:
    """The coordinator undertakes secrecy, before the first look at what the group does."""
    return form_page(
        request,
        SecrecyForm(**sent(request)),
        partial(seating.promise, by=request.actor, group_id=group.pk),
        ready=partial(groups.require_open, group),
        said="Zapisano oświadczenie o zachowaniu poufności.",
        to=group.url,
        title="Oświadczenie o zachowaniu poufności",
        lead="Składa je każdy, kto działa w Gminnej Grupie Kooperacji, zanim pierwszy raz zajrzy do "
        f"jej prac ({SECRECY}).",
        crumbs=_crumbs(group),
        submit="Składam oświadczenie",
    )


@step(perms.ask, row(Group))
def ask(request: PersonRequest, group: Group) -> HttpResponse:
    return form_page(
        request,
        AskForm(**sent(request), parties=county_of(group).bound()),
        partial(asking.ask, by=request.actor, group_id=group.pk),
        ready=partial(asking.require_askable, group),
        said="Wysłano prośbę. Odpowiedź pojawi się na tej stronie.",
        to=lambda delegation: delegation.url,
        back=group.url,
        title="Prośba o delegowanie osoby",
        lead="Prośba trafi do instytucji przez jednostkę, która prowadzi porozumienie. Zawiera "
        f"funkcję i terminy, nazwę ośrodka i Twoje nazwisko: o rodzinach nie ma w niej ani słowa "
        f"({DELEGATING}).",
        crumbs=_crumbs(group),
        submit="Wyślij prośbę",
    )


@page(perms.see_delegation, _delegation)
def delegation(request: PersonRequest, delegation: DelegationRequest) -> HttpResponse:
    """A request, its answer and its history."""
    may_keep = perms.keep_delegation(request.person, delegation)
    shown = {
        "delegation": delegation,
        "kind": said.kind_of(delegation),
        "way": ways_of([delegation]).get(delegation.pk, ""),
        "answer": said.answer_of(delegation),
        "history": said.history(delegation),
        "may_withdraw": may_keep and delegation.is_asked,
        "may_end": may_keep and delegation.is_standing,
    }
    return render(request, "ggk/delegation.html", shown)


def _below(delegation: DelegationRequest) -> list[tuple[str, str]]:
    return [*_crumbs(delegation.group), (str(delegation), delegation.url)]


@step(perms.keep_delegation, _delegation)
def withdraw(request: PersonRequest, delegation: DelegationRequest) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=delegation),
        partial(asking.withdraw, by=request.actor, delegation_id=delegation.pk),
        ready=partial(asking.require_asked, delegation),
        question=f"Wycofać prośbę: {delegation.asked_for}?",
        consequence="Instytucja zobaczy, że prośba jest wycofana, a odpowiedź, która przyjdzie "
        "później, nie zostanie przyjęta.",
        clause=DELEGATING,
        undo="Można wysłać nową prośbę.",
        button="Wycofaj prośbę",
        said="Wycofano prośbę.",
        to=delegation.url,
        crumbs=_below(delegation),
    )


@step(perms.keep_delegation, _delegation, again=True, act="koniec delegacji")
def end(request: PersonRequest, delegation: DelegationRequest) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=delegation),
        partial(ending.release, by=request.actor, delegation_id=delegation.pk),
        ready=partial(ending.require_standing, delegation),
        question=f"Zakończyć delegację: {delegation.asked_for}?",
        consequence="Ta osoba od razu traci miejsce w grupie i dostęp do jej prac. Dowie się o tym "
        "ona i instytucja, która ją delegowała.",
        clause=BELONGING,
        undo="Można poprosić instytucję o delegowanie jeszcze raz.",
        button="Zakończ delegację",
        said="Zakończono delegację.",
        to=delegation.url,
        crumbs=_below(delegation),
    )


def _own(person: Person, pk: UUID) -> DelegationRequest:
    found = get_object_or_404(_ROWS, pk=pk)
    if not perms.answer_delegation(person, found):
        raise Missing("Nie ma takiej delegacji", perms.answer_delegation.why)
    return found


@step(perms.answer_delegation, _own, again=True, act="przyjęcie delegacji")
def accept(request: PersonRequest, delegation: DelegationRequest) -> HttpResponse:
    """The delegate reads what the delegation is, undertakes secrecy and accepts."""
    has_promised = sides.has_promised(request.person, delegation.organisation_id)
    return form_page(
        request,
        (forms.Form if has_promised else SecrecyForm)(**sent(request)),
        partial(seating.accept, by=request.actor, delegation_id=delegation.pk),
        said="Przyjęto delegację. Jesteś w składzie Gminnej Grupy Kooperacji.",
        to=delegation.url_of("accept"),
        back="home",
        template="ggk/accept.html",
        title="Delegacja do Gminnej Grupy Kooperacji",
        delegation=delegation,
        kind=said.kind_of(delegation),
        has_promised=has_promised,
        clause=SECRECY,
        may_see=perms.see_group(request.person, delegation.group),
    )


@step(perms.answer_delegation, _own, again=True, act="odmowa przyjęcia delegacji")
def decline(request: PersonRequest, delegation: DelegationRequest) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(seating.decline, by=request.actor, delegation_id=delegation.pk),
        ready=partial(seating.require_named, delegation),
        question=f"Nie przyjmujesz delegacji: {delegation.what_they_do}?",
        consequence="Ośrodek i instytucja, która Cię wskazała, dowiedzą się o tym, a dostęp do tej "
        "jednostki, który był potrzebny tylko do tej delegacji, zostanie zamknięty.",
        clause=DELEGATING,
        undo="Instytucja może Cię wskazać jeszcze raz, gdy ośrodek o to poprosi.",
        button="Nie przyjmuję delegacji",
        said="Zapisano, że nie przyjmujesz delegacji.",
        to=root_reverse("places"),
        crumbs=[],
    )
