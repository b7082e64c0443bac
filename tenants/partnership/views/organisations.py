"""Institutions: the list, one of them, entering it and what is said of it (REG §1.8, §5.1)."""

from datetime import date
from functools import partial
from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, row, sent, step
from kooperacja.ui.page_parts import parts_of
from kooperacja.ui.polish import polish_order, quoted
from kooperacja.ui.tables import Column, Table
from tenants.exchange.actions import PUBLIC, find_institution
from tenants.exchange.models import PublicData
from tenants.partnership import perms
from tenants.partnership.actions import engagement
from tenants.partnership.actions.terms import require_member
from tenants.partnership.forms.organisations import EngagementForm, FlagsForm, OrganisationsFilter
from tenants.partnership.institutions import FACTS, PROFILE, chosen_on, facts_of
from tenants.partnership.models import DesignatedWorker, Membership
from tenants.people import perms as people_perms
from tenants.people.actions import organisations
from tenants.people.forms import (
    EditOrganisationForm,
    InstitutionProfileForm,
    NewOrganisationForm,
    NumberForm,
)
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation, Person

_COLUMNS = (
    Column("nazwa", "Nazwa", "name", sort=polish_order("name"), is_link=True),
    Column("sektor", "Sektor", "get_sector_display", sort="sector"),
    Column("siedziba", "Siedziba", "city", sort=polish_order("city")),
    Column("od", "Członek od", "joined_on", sort="joined_on"),
)
_FORM = "partnership/organisation_form.html"
_organisation = row(Organisation.objects.current())
_any_organisation = row(Organisation.objects.with_merged())


@page(perms.see_organisations)
def listing(request: PersonRequest) -> HttpResponse:
    form = OrganisationsFilter(request.GET)
    return list_page(
        request,
        Table(
            request,
            chosen_on(timezone.localdate(), **form.chosen),
            _COLUMNS,
            "Instytucje",
            default="nazwa",
            empty="Żadna instytucja nie odpowiada wybranym warunkom.",
            nothing="Nie wpisano jeszcze żadnej instytucji.",
        ),
        form,
        lead="Członkowie Partnerstwa i instytucje, które mogą do niego przystąpić.",
        add=[
            ("Wpisz instytucję", "partnership:organisation_new", people_perms.keep_organisations),
            ("Osoby w rejestrze", "people:people", people_perms.see_people),
            ("Czytelnicy koszyka", "partnership:readers_all", perms.see_all_readers),
        ],
        is_taken=True,
    )


@page(perms.see_organisation, _any_organisation)
def show(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    memberships = _memberships_of(organisation, timezone.localdate())
    context = {
        "organisation": organisation,
        "memberships": memberships,
        "is_member": any(is_current for _, is_current in memberships),
        **_people_of(organisation),
        **_rights_in(request.person, organisation),
        "profile": facts_of(organisation, PROFILE),
        "facts": facts_of(organisation, FACTS),
        "parts": parts_of(Organisation.PAGE, request, organisation, memberships),
    }
    return render(request, "partnership/organisation.html", context)


def _memberships_of(organisation: Organisation, day: date) -> list[tuple[Membership, bool]]:
    """Newest first, with coordinators, levels and flags of each; whether it holds on the day."""
    rows = organisation.memberships.order_by("-from_on").prefetch_related(
        "coordinators__person", "engagements", "flags"
    )
    return [(membership, membership.holds_on(day)) for membership in rows]


def _people_of(organisation: Organisation) -> dict[str, Any]:
    """Posts and designated workers, those of today first."""
    newest = (F("ended_on").desc(nulls_first=True), "-from_on", "pk")
    workers = DesignatedWorker.objects.filter(membership__organisation=organisation)
    return {
        "posts": list(organisation.posts.select_related("person").order_by(*newest)),
        "workers": list(workers.select_related("person", "indicated_by").order_by(*newest)),
    }


def _rights_in(person: Person, organisation: Organisation) -> dict[str, bool]:
    is_current = not organisation.is_merged  # type: ignore[attr-defined]
    return {
        "can_edit": is_current and people_perms.edit_organisation(person, organisation),
        "can_edit_profile": is_current and people_perms.edit_profile(person, organisation),
        "can_keep_posts": is_current and perms.keep_posts(person),
        "can_delegate": is_current and perms.name_coordinators(person, organisation),
        "can_see_readers": is_current and perms.see_readers(person, organisation),
        "can_rate": perms.set_engagement(person),
        "can_see_reasons": perms.see_reasons(person, organisation),
        "sees_members": perms.see_members(person),
    }


@step(people_perms.keep_organisations)
def new(request: PersonRequest) -> HttpResponse:
    asked = _asked(request)
    known = _known_elsewhere(asked)
    number = {"regon": asked.cleaned_data["regon"]} if asked.is_valid() else {}
    initial = {name: getattr(known, name) for name in PUBLIC} if known else number
    form = NewOrganisationForm(**sent(request), initial=initial)
    return form_page(
        request,
        form,
        partial(organisations.add_organisation, by=request.actor),
        said=lambda organisation: f"Wpisano instytucję {quoted(organisation)}.",
        to=lambda organisation: organisation.url,
        template=_FORM,
        asked=asked,
        known=known,
        back=Organisation.list_url(),
    )


def _asked(request: PersonRequest) -> NumberForm:
    """The number that was asked for; a wrong one is told once, not above the form itself."""
    if request.GET.get("regon", "").strip():
        asked = NumberForm(request.GET, auto_id="asked_%s")
        if request.method != "POST" or asked.is_valid():
            return asked
    return NumberForm(auto_id="asked_%s")


def _known_elsewhere(asked: NumberForm) -> PublicData | None:
    """Public data that other units of the region noted of the institution of a number."""
    regon = asked.cleaned_data["regon"] if asked.is_valid() else ""
    return find_institution(regon=regon) if regon else None


@step(people_perms.edit_organisation, _organisation)
def edit(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return form_page(
        request,
        EditOrganisationForm(
            **sent(request),
            instance=organisation,
            names_others=people_perms.keep_organisations(request.person),
        ),
        partial(organisations.edit_organisation, by=request.actor, organisation_id=organisation.pk),
        said="Zapisano zmiany.",
        to=organisation.url,
        template=_FORM,
        organisation=organisation,
        sees_members=perms.see_members(request.person),
        parts=parts_of("partnership:organisation_edit", request, organisation),
    )


@step(people_perms.edit_profile, _organisation)
def edit_profile(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return form_page(
        request,
        InstitutionProfileForm(**sent(request), instance=organisation),
        partial(organisations.edit_profile, by=request.actor, organisation_id=organisation.pk),
        said="Zapisano profil instytucji.",
        title="Profil instytucji",
        lead="Członkowie Partnerstwa znają i akceptują swoje działania i kompetencje "
        f"({people_perms.edit_profile.clause}). Ten opis widzą wszyscy członkowie.",
        **of_institution(organisation),
    )


@step(perms.set_engagement, _organisation)
def level(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    clause = perms.set_engagement.clause
    member = require_member(request.actor, organisation, clause)
    now = member.engagements.on(timezone.localdate()).first()
    return form_page(
        request,
        EngagementForm(**sent(request), now=now),
        partial(engagement.set_engagement, by=request.actor, membership_id=member.pk),
        said="Zapisano stopień zaangażowania.",
        title="Stopień zaangażowania",
        lead=f"Lider określa stopień koniecznego zaangażowania kooperanta ({clause}). "
        "Poprzedni stopień kończy się tego samego dnia i zostaje w historii.",
        **of_institution(organisation),
    )


@step(perms.set_flags, _organisation)
def flags(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    clause = perms.set_flags.clause
    member = require_member(request.actor, organisation, clause)
    held = sorted(member.flags.on(timezone.localdate()).values_list("kind", flat=True))
    return form_page(
        request,
        FlagsForm(**sent(request), initial={"seen": ",".join(held), "kinds": held}),
        partial(engagement.set_flags, by=request.actor, membership_id=member.pk),
        said="Zapisano cechy instytucji.",
        title="Cechy instytucji",
        lead="Lider określa, które organizacje są kluczowe, współpracują okazjonalnie, "
        f"prowadzą diagnozę albo oferują istotne usługi ({clause}).",
        **of_institution(organisation),
    )


def of_institution(organisation: Organisation) -> dict[str, Any]:
    """The place of a form about an institution: its breadcrumbs and the page after it."""
    crumbs = [("Instytucje", "partnership:organisations"), (organisation.name, organisation.url)]
    return {"to": organisation.url, "eyebrow": organisation.name, "crumbs": crumbs}
